from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.handed_over import HandedOver, is_of_a_student
from odoo.tests import tagged

from . import records
from .common import window

ADDONS = ("ntue_curriculum", "ntue_graduation")


@tagged("post_install", "-at_install")
class TestHandedOver(HandedOver, AccessCase):
    """Nobody takes a record over, nor hands one away, by writing whose it is."""

    @classmethod
    def add_people(cls):
        window(cls.school)
        records.applications(cls)
        cls.add_targets()
        curriculum_records.drafts(cls)

    def rows(self):
        return {**curriculum_records.rows(self), **records.rows(self)}

    @crossing
    def test_nobody_moves_a_record_to_a_student_whose_records_they_may_not_change(self):
        self.assertEqual(self.handed_over(self.rows()), [])

    @crossing
    def test_nobody_writes_a_record_out_of_their_own_reach(self):
        self.assertEqual(self.given_away(self.rows()), [])

    def test_every_model_whose_records_are_a_students_is_tried(self):
        tried = {row.record._name for row in self.rows().values() if is_of_a_student(row.record)}
        self.assertEqual(tried, self.models_of_students(*ADDONS))
