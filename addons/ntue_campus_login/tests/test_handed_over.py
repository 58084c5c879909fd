from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import Row
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.handed_over import HandedOver, is_of_a_student
from odoo.tests import tagged

from . import portal_records as records
from .numbers import KEY, keys, number
from .records import invite

ADDRESS = "203.0.113.7"


@tagged("post_install", "-at_install")
class TestHandedOver(HandedOver, AccessCase):
    """Nobody hands what signing in keeps of a student to another one."""

    @classmethod
    def add_people(cls):
        records.people(cls)
        cls.add_targets()
        with keys(KEY):
            cls.student._ntue_set_national_id(number(1))
        account = school_of.account_of(cls.student)
        cls.env["ntue.sign.in.event"]._record("sign_in", "typed", account, "failure", ADDRESS)
        cls.env["ntue.sign.in.limit"]._failed("sign_in", account, ADDRESS)
        invite(cls)

    def rows(self):
        mine = [("student_id", "=", self.student.id)]
        kept = ("ntue.national.id", "ntue.sign.in.event", "ntue.sign.in.limit")
        found = {name: self.env[name].search(mine, limit=1) for name in kept}
        found["ntue.account.batch.line"] = self.batch.line_ids[:1]
        return {**records.rows(self), **{name: Row(one, {}) for name, one in found.items()}}

    @crossing
    def test_nobody_moves_a_record_to_a_student_whose_records_they_may_not_change(self):
        self.assertEqual(self.handed_over(self.rows()), [])

    def test_every_model_whose_records_are_a_students_is_tried(self):
        tried = {row.record._name for row in self.rows().values() if is_of_a_student(row.record)}
        self.assertEqual(tried, self.models_of_students("ntue_campus_login"))
