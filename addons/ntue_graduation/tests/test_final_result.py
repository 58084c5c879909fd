from decimal import Decimal

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from ..pages.final_result import final_result, kept_result
from .common import GraduationCase


@tagged("post_install", "-at_install")
class TestFinalResult(GraduationCase):
    """畢業成績: the average by the program's rule and the rank as imported, both frozen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.way.second_passed().record
        cls.student.write({"class_rank": 3, "class_size": 21})

    def scored(self):
        return self.student.enrollment_ids.filtered(
            lambda row: row.is_graded and row.state in ("passed", "failed")
        )

    def expected(self, rows):
        weight = sum(Decimal(str(row.credits)) for row in rows)
        total = sum(Decimal(str(row.credits)) * Decimal(str(row.score)) for row in rows)
        return (total / weight).quantize(Decimal("0.01"))

    def add_failed(self):
        values = ("1132", "0990", "X990", "未通過", 3, 40)
        row = school_of.enrol(self.school, self.student, *values)
        self.assertEqual(row.state, "failed")
        return row

    def test_184_every_course_with_a_score_weighs_by_its_credits(self):
        self.add_failed()
        self.assertEqual(final_result(self.record).average, self.expected(self.scored()))

    def test_184_which_courses_count_is_said_by_the_program(self):
        failed = self.add_failed()
        self.program.average_counts = "passed"
        passed = self.scored().filtered(lambda row: row.state == "passed")
        self.assertNotIn(failed, passed)
        self.assertEqual(final_result(self.record).average, self.expected(passed))
        self.program.average_counts = "counted"
        counted = self.scored().filtered(
            lambda row: (
                row.id
                in [e.key for e in self.record._audit(final=True).enrolments if e.counted_credits]
            )
        )
        self.assertEqual(final_result(self.record).average, self.expected(counted))

    def test_184_a_course_that_is_in_no_average_is_left_out(self):
        rows = self.scored()
        rows[0].course_id.in_average = False
        left = rows.filtered("course_id.in_average")
        self.assertEqual(final_result(self.record).average, self.expected(left))

    def test_184_the_average_is_rounded_as_the_program_says(self):
        self.program.average_decimals = 0
        self.assertEqual(final_result(self.record).average.as_tuple().exponent, 0)

    def test_184_the_result_is_frozen_with_the_completion(self):
        before = final_result(self.record)
        self.way.by_registrar("action_complete")
        self.assertEqual(kept_result(self.record), before)
        self.assertIn("班排名 3／21。", self.record.event_ids[-1].reason)
        self.assertIn(f"畢業成績 {before.average}。", self.record.event_ids[-1].reason)
        self.scored()[:1].write({"score": 71})
        self.student.class_rank = 4
        self.assertEqual(kept_result(self.record), before)
        self.assertNotEqual(final_result(self.record), before)

    def test_184_a_completion_that_is_taken_back_freezes_nothing(self):
        self.way.by_registrar("action_complete")
        self.way.by_registrar("action_take_back", "Not yet")
        self.assertFalse(self.record.has_average or self.record.final_rank)
        self.student.class_rank = 4
        self.assertEqual(kept_result(self.record).rank, 4)
