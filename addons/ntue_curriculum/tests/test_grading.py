"""Grades in letters (A44): the points that they stand for decide, and the letter is shown."""

from odoo.tests import tagged

from ..grading import POINTS
from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase
from .test_import_base import FILES, ImportCase

TAKEN = "學號,學年期,開課號,科目代碼,科目名稱,學分,開課系所代碼,成績,等第"


@tagged("post_install", "-at_install")
class TestImportedLetters(ImportCase):
    def taken(self, *cells):
        lines = [TAKEN, f"Z211,1511,0101,ZQ001,研究法,3,ZQ,{','.join(cells)}"]
        report = self.import_set(enrollments=lines, recognitions=None)
        student = self.env["ntue.student"].search([("student_no", "=", "Z211")])
        (row,) = student.enrollment_ids
        return report, row

    def test_a_letter_stands_for_its_points_and_passes_by_the_mark_of_the_program(self):
        self.assertEqual(FILES["programs"][1].split(",")[7], "70")
        for letter, state in (("A+", "passed"), ("B-", "passed"), ("C+", "failed")):
            with self.subTest(letter=letter):
                _report, row = self.taken("", letter)
                self.assertEqual((row.grade, row.state), (letter, state))
                self.assertEqual(row.score, float(POINTS[letter]))

    def test_F23_points_that_staff_corrected_are_a_conflict_with_a_letter(self):
        _report, row = self.taken("", "A-")
        registrar = school_of.user(
            self.env, "letters@staff.example.com", school_of.GROUPS["registrar"]
        )
        conflicts = self.env["ntue.import.conflict"]
        row.with_user(registrar).write({"score": 84, "correction_reason": "List of the teacher"})
        self.taken("", "A-")
        conflict = conflicts.search([("record", "=", row.id)])
        self.assertEqual((row.score, conflict.state), (84, "open"))
        row.with_user(registrar).write(
            {"score": 85, "grade": "A-", "correction_reason": "Copied wrongly"}
        )
        self.taken("", "A-")
        self.assertEqual((row.score, row.grade, conflict.state), (85, "A-", "settled"))
        self.taken("", "B")
        self.assertEqual(row.score, 85)
        conflict = conflicts.search([("record", "=", row.id), ("state", "=", "open")])
        self.assertIn("75", conflict.changes_text)

    def test_F22_points_of_before_stay_when_a_later_file_has_the_same_letter_alone(self):
        _report, row = self.taken("84", "A-")
        self.taken("", "A-")
        self.assertEqual((row.score, row.grade), (84, "A-"))
        self.taken("82", "A-")
        self.assertEqual(row.score, 82)
        self.taken("84", "A-")
        self.taken("", "B")
        self.assertEqual((row.score, row.grade), (75, "B"))

    def test_points_beside_a_letter_are_what_counts(self):
        _report, row = self.taken("71", "B-")
        self.assertEqual((row.score, row.grade, row.state), (71, "B-", "passed"))

    def test_a_letter_among_the_points_is_an_error_that_names_the_column(self):
        lines = [TAKEN, "Z211,1511,0101,ZQ001,研究法,3,ZQ,A-,"]
        contents = self.contents(enrollments=lines, recognitions=None)
        report = self.assert_refused(contents, ("enrollments.csv", 2, "成績"))
        self.assertIn("等第", self.texts(report)[0])

    def test_an_average_that_the_student_system_gives_is_kept(self):
        header, first, *rest = FILES["students"]
        lines = [f"{header},平均成績", f"{first},3.85", *(f"{row}," for row in rest)]
        self.import_set(students=lines)
        found = self.env["ntue.student"].search([("student_no", "=", "Z211")])
        self.assertEqual(found.final_average, 3.85)
        self.import_set()  # an older file takes nothing away
        self.assertEqual(found.final_average, 3.85)


@tagged("post_install", "-at_install")
class TestLetters(SchoolCase):
    def test_a_letter_goes_with_the_points_that_it_stood_for(self):
        row = school_of.enrolment(self.new_student("210941001", "王大明"), "0501")
        row.grade = "A"
        vals = {"score": 50, "state": "failed", "correction_reason": "Another exam"}
        self.rpc(self.registrar, "ntue.enrollment", "write", row.ids, vals)
        self.assertEqual((row.score, row.grade), (50, False))

    def test_a_letter_that_is_entered_by_hand_brings_its_points_and_is_shown(self):
        student = self.new_student("210941001", "王大明")
        row = school_of.enrolment(student, "0501")
        row.write({"grade": "A-"})
        self.assertEqual((row.score, row.is_graded), (82, True))
        told = {
            one.key: one.score
            for area in progress(student)["areas"]
            for line in area.lines
            for one in line.taken
        }
        self.assertEqual(told[row.id], "A-")
