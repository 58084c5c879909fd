"""One subject waived by two people: the second is told, and on record it counts once (A52)."""

from odoo.tests import tagged

from . import school as school_of
from .common import SchoolCase
from .test_export import exported, tables_of

RECOGNITION = "ntue.recognition"


@tagged("post_install", "-at_install")
class TestWaivedTwice(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = school_of.framework(cls.school, "SRD-E-110", cls.program, 110)
        draft.area_ids.filtered(lambda area: area.code == "D").waivers_lower = True
        cls.own = school_of.publish(draft)
        cls.student = cls.new_student("210941001", "王大明", of_framework=cls.own)
        school_of.enrolment(cls.student, "0901").write({"state": "withdrawn"})
        cls.thesis = cls.own.line_ids.filtered(lambda line: line.name == "碩士論文")
        cls.values = {
            "student_id": cls.student.id,
            "kind": "waived",
            "line_id": cls.thesis.id,
            "term_id": cls.terms["1141"].id,
            "reason": "Passed elsewhere",
        }

    def asked(self):
        """What area D asks for, and which subjects are missing."""
        self.env.invalidate_all()
        result = self.student._case().audit()
        (area,) = [row for row in result.areas if row.code == "D"]
        return area.min_credits, area.min_courses, area.met, result.missing_lines

    def test_the_second_to_waive_a_subject_is_told_who_did_it_and_when(self):
        self.rpc(self.assistant, RECOGNITION, "create", self.values)
        values = {**self.values, "reason": "Meeting 5"}
        for user in (self.registrar, self.assistant):
            told = self.refused(user, RECOGNITION, "create", values)
            for words in ("碩士論文 is waived already", self.assistant.name, "114-11-10"):
                self.assertIn(words, told)

    def test_two_in_one_call_are_one_too_many(self):
        told = self.refused(self.registrar, RECOGNITION, "create", [self.values, self.values])
        self.assertIn("is waived already", told)

    def test_once_it_is_taken_back_it_may_be_waived_anew(self):
        number = self.rpc(self.assistant, RECOGNITION, "create", self.values)
        self.rpc(self.assistant, RECOGNITION, "unlink", [number])
        self.rpc(self.registrar, RECOGNITION, "create", self.values)
        self.assertTrue(self.asked()[2])

    def test_another_subject_and_another_term_are_other_waivers(self):
        self.rpc(self.assistant, RECOGNITION, "create", self.values)
        other = self.own.line_ids - self.thesis
        for more in ({"line_id": other[0].id}, {"term_id": self.terms["1132"].id}):
            self.rpc(self.assistant, RECOGNITION, "create", {**self.values, **more})

    def test_two_that_are_on_record_count_once_and_leave_as_one(self):
        """A first review and a file come past the question, as records of before do."""
        before = self.asked()
        self.assertEqual(before[2], False)
        both = self.env[RECOGNITION].create([self.values, {**self.values, "reason": "Meeting 5"}])
        self.assertEqual(self.asked(), (0, 0, True, ()))
        rows = tables_of(exported(self.env, names=["student_waivers"]))["student_waivers"]
        self.assertEqual(len([row for row in rows if row[0] == "210941001"]), 1)
        both[0].unlink()
        self.assertEqual(self.asked(), (0, 0, True, ()))
        both[1].unlink()
        self.assertEqual(self.asked(), before)
