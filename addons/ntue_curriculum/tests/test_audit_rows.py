"""What an audit reads, and what is read beside it for pages that show the grades."""

from odoo.tests import tagged

from . import school as school_of
from .common import SchoolCase

REFUSED, UNDECIDED = "0812", "0733"


@tagged("post_install", "-at_install")
class TestAuditRows(SchoolCase):
    """Two students who took the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.other = cls.new_student("210941002", "李小華")

    def decide(self, student, **decision):
        self.env["ntue.recognition"].create({"student_id": student.id, **decision})

    def tickable(self, student):
        numbers = {row.id: row.offering_no for row in student.enrollment_ids}
        outcomes = student._case().audit().enrolments
        return {numbers[row.key] for row in outcomes if row.tickable}

    def digest(self):
        ((_student, _case, source),) = self.student._sourced_cases(None, {})
        return source.digest(b"")

    def test_who_is_read_beside_a_student_with_a_decision_has_none_of_it(self):
        refused = school_of.enrolment(self.other, REFUSED)
        self.decide(self.other, enrollment_id=refused.id, kind="refused", reason="Too far")
        found = {student: case.decisions for student, case in (self.student | self.other)._cases()}
        self.assertEqual([len(found[one]) for one in (self.student, self.other)], [0, 1])
        self.assertEqual(self.tickable(self.student), {REFUSED, UNDECIDED})
        self.assertEqual(self.tickable(self.other), {UNDECIDED})

    def test_what_is_decided_of_who_took_nothing_counts(self):
        newcomer = self.new_student("210941003", "張新生", taken=())
        line = self.framework.line_ids.filtered(lambda row: row.requirement == "required")[:1]
        self.assertIn(line.id, newcomer._case().audit().missing_lines)
        self.decide(newcomer, line_id=line.id, kind="waived", reason="Taken elsewhere")
        self.assertNotIn(line.id, newcomer._case().audit().missing_lines)

    def test_the_grades_are_those_of_the_records(self):
        row = school_of.enrolment(self.student, UNDECIDED)
        row.write({"grade_locked": False, "grade": "A-"})
        case, grades = self.student._case_with_grades()
        self.assertEqual(set(grades), {one.key for one in case.enrolments})
        self.assertEqual(grades[row.id], (False, "A-"))
        self.assertEqual(
            [(one.final, one.letter) for key, one in grades.items() if key != row.id],
            [(bool(one.grade_locked), None) for one in self.student.enrollment_ids - row],
        )

    def test_whether_a_grade_is_final_makes_no_audit_out_of_date(self):
        before = self.digest()
        row = school_of.enrolment(self.student, UNDECIDED)
        row.grade_locked = not row.grade_locked
        self.assertEqual(self.digest(), before)
        row.credits += 1
        self.assertNotEqual(self.digest(), before)
