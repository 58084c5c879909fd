from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import REFUSED, crossing
from odoo.addons.ntue_curriculum.tests.worked_out import WorkedOut
from odoo.tests import tagged

from . import records
from .common import window


@tagged("post_install", "-at_install")
class TestWorkedOut(WorkedOut, AccessCase):
    """What follows from other fields is nobody's to write: rules of access go by it."""

    @classmethod
    def add_people(cls):
        window(cls.school)
        records.applications(cls)
        curriculum_records.drafts(cls)

    def rows(self):
        return {**curriculum_records.rows(self), **records.rows(self)}

    @crossing
    def test_nobody_writes_what_a_record_works_out(self):
        self.assertEqual(self.written(self.rows()), [])

    def test_no_assistant_gives_a_draft_to_another_department_past_its_program(self):
        for user in (self.assistant, self.registrar):
            vals = {"department_id": self.cict.id}
            found = self.outcome(user, "ntue.curriculum", "write", self.draft.ids, vals)
            self.assertEqual(found, REFUSED, user.login)

    def test_no_assistant_makes_a_draft_for_a_program_of_another_department(self):
        new = {"code": "NEW-114", "program_id": self.cict_program.id, "entry_year": 114}
        vals = {**new, "graduation_credits": 30, "department_id": self.srd.id}
        found = self.outcome(self.assistant, "ntue.curriculum", "create", vals)
        self.assertEqual(found, REFUSED)

    def test_no_registrar_takes_a_student_of_another_division_past_her_program(self):
        for name, value in (
            ("division", "day"),
            ("department_id", self.cict.id),
            ("program_id", self.day_program.id),
        ):
            vals = {name: value, "correction_reason": "Asked"}
            told = self.refused(self.registrar, "ntue.student", "write", self.student.ids, vals)
            self.assertIn("follows from other fields", told)
