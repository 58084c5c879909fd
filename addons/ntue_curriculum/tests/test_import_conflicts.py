"""What staff corrected with a reason stays until somebody decides (docs/readings.md F23)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..erasing import erasing
from ..importer.problems import Severity
from . import school as school_of
from .test_import_base import FILES, ImportCase, with_row

SCORED = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"
WHERE = [("enrollments.csv", 2, "成績")]


@tagged("-at_install", "post_install")
class TestImportConflicts(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registrar = school_of.user(
            cls.env, "conflict@staff.example.com", school_of.GROUPS["registrar"]
        )
        cls.import_set()
        cls.row = cls.enrollment("0101")

    def correct(self, **values):
        vals = {**values, "correction_reason": "Typed wrongly"}
        self.row.with_user(self.registrar).write(vals)

    def imported(self, line=SCORED, **options):
        lines = with_row("enrollments", 2, line)
        report = self.run_import(self.only(enrollments=lines), **options)
        self.assertTrue(report.ok, self.texts(report))
        return report

    def conflicts(self):
        return self.env["ntue.import.conflict"].with_user(self.registrar).search([])

    def decided(self, step, reason="List of the teacher"):
        conflict = self.conflicts().filtered(lambda one: one.state == "open")
        conflict.decision_reason = reason
        getattr(conflict, f"action_{step}")()
        return conflict

    def test_F23_a_corrected_score_stays_and_the_file_is_a_conflict_to_decide(self):
        self.correct(score=90)
        report = self.imported()
        self.assertEqual(self.row.score, 90)
        self.assertEqual(self.told(report, Severity.WARNING), WHERE)
        self.assertEqual(self.counts(report)["enrollments"], (0, 0, 4))
        conflict = self.conflicts()
        self.assertEqual((conflict.state, conflict.file, conflict.row), ("open", *WHERE[0][:2]))
        self.assertEqual((conflict.student_id, conflict.reason), (self.student(), "Typed wrongly"))
        self.assertIn("90.0 → 85.0", conflict.changes_text)
        self.imported(SCORED.replace(",85,", ",50,"))
        self.assertEqual(self.conflicts(), conflict, "one is open at a time")
        self.assertIn("50.0", conflict.changes_text)
        self.assertEqual((self.row.score, self.row.state), (90, "passed"))

    def test_F23_what_was_not_corrected_is_taken_from_the_file(self):
        self.correct(score=90)
        report = self.imported(SCORED.replace("研究法", "研究方法"))
        self.assertEqual((self.row.name, self.row.score), ("研究方法", 90))
        self.assertEqual(self.counts(report)["enrollments"], (0, 1, 3))

    def test_F23_a_score_that_only_imports_changed_is_no_conflict(self):
        self.imported(SCORED.replace(",85,", ",60,"))
        self.assertEqual((self.row.score, self.row.state), (60, "failed"))
        self.assertFalse(self.conflicts())

    def test_F23_a_check_lists_the_conflict_and_keeps_none(self):
        self.correct(score=90)
        report = self.imported(dry_run=True)
        self.assertEqual(self.told(report, Severity.WARNING), WHERE)
        self.assertFalse(self.conflicts())

    def test_F23_a_conflict_decided_for_the_correction_is_not_asked_again(self):
        self.correct(score=90)
        self.imported()
        conflict = self.decided("keep")
        self.assertEqual((conflict.state, conflict.decided_by), ("kept", self.registrar))
        self.assertEqual(self.told(self.imported(), Severity.WARNING), [])
        self.assertEqual(self.row.score, 90)
        self.imported(SCORED.replace(",85,", ",50,"))
        self.assertEqual(self.conflicts().mapped("state"), ["open", "kept"])

    def test_F23_a_conflict_decided_for_the_file_writes_its_value(self):
        self.correct(score=90)
        self.imported()
        conflict = self.decided("take")
        self.assertEqual((self.row.score, conflict.state), (85, "taken"))
        entry = self.student().register_ids.filtered(lambda one: one.record == self.row.id)[:1]
        self.assertEqual(entry.reason, "List of the teacher")
        self.imported(SCORED.replace(",85,", ",60,"))
        self.assertEqual((self.row.score, self.row.state), (60, "failed"))

    def test_F23_a_decision_needs_a_reason_and_is_taken_once(self):
        self.correct(score=90)
        self.imported()
        conflict = self.conflicts()
        with self.assertRaisesRegex(UserError, "Reason of the decision"):
            conflict.action_take()
        self.decided("keep")
        for call in (conflict.action_take, lambda: conflict.write({"decision_reason": "x"})):
            with self.assertRaisesRegex(UserError, "decided already"):
                call()
        with self.assertRaises(AccessError):
            conflict.write({"offered": '{"score": 100}'})

    def open_one(self):
        """The conflict about a score that the registrar corrected to 90; the file says 85."""
        self.correct(score=90)
        self.imported()
        return self.conflicts()

    def test_F23_a_conflict_is_settled_once_the_file_says_what_is_on_record(self):
        conflict = self.open_one()
        report = self.imported(SCORED.replace(",85,", ",90,"))
        self.assertEqual((conflict.state, conflict.decided_by.ids), ("settled", []))
        self.assertIn(str(report.record), conflict.decision_reason)
        self.assertTrue(conflict.decided_at)
        self.assertEqual(self.told(report, Severity.NOTE), WHERE)
        with self.assertRaisesRegex(UserError, "decided already"):
            conflict.action_take()
        self.imported()
        self.assertEqual(self.conflicts().mapped("state"), ["open", "settled"])

    def test_F23_a_conflict_is_settled_once_the_file_says_what_was_decided_on_before(self):
        self.open_one()
        self.decided("keep")
        self.imported(SCORED.replace(",85,", ",50,"))
        self.imported()
        self.assertEqual(self.conflicts().mapped("state"), ["settled", "kept"])
        self.assertEqual(self.row.score, 90)

    def test_F23_a_conflict_stays_as_long_as_the_file_says_so_or_nothing_of_its_student(self):
        conflict = self.open_one()
        others = [line for line in FILES["enrollments"] if not line.startswith("Z211")]
        without = [SCORED, SCORED.replace("0101,ZQ001,研究法", "0109,ZQ002,專題甲")]
        for lines in (FILES["enrollments"], others, [FILES["enrollments"][0], without[1]]):
            report = self.run_import(self.only(enrollments=lines))
            self.assertTrue(report.ok, self.texts(report))
            self.assertEqual(conflict.state, "open")

    def test_F23_a_check_settles_no_conflict(self):
        conflict = self.open_one()
        report = self.imported(SCORED.replace(",85,", ",90,"), dry_run=True)
        self.assertEqual(self.told(report, Severity.NOTE), WHERE)
        self.assertEqual(conflict.state, "open")

    def test_F23_a_conflict_about_what_the_file_has_no_column_for_stays_open(self):
        self.student().with_user(self.registrar).write(
            {"mobile": "0911-222-333", "correction_reason": "Asked by phone"}
        )
        self.run_import(self.only(students=FILES["students"]))
        conflict = self.conflicts()
        header, row = "學號,姓名,課架代碼,入學學年度", "Z211,王小明,ZQ-E-113,113"
        for lines, state in (
            ([header, row], "open"),
            ([f"{header},行動電話", f"{row},"], "settled"),
        ):
            report = self.run_import(self.only(students=lines))
            self.assertTrue(report.ok, self.texts(report))
            self.assertEqual(conflict.state, state)
        self.assertEqual(self.student().mobile, "0911-222-333")

    def test_F23_a_conflict_of_a_term_is_settled_once_the_file_says_what_is_on_record(self):
        term = self.student().term_ids.filtered(lambda one: one.term_id.code == "1512")
        vals = {"status": "enrolled", "correction_reason": "Came back"}
        term.with_user(self.registrar).write(vals)
        self.run_import(self.only(student_terms=FILES["student_terms"]))
        conflict = self.conflicts()
        self.run_import(self.only(student_terms=with_row("student_terms", 3, "Z211,1512,在學")))
        self.assertEqual(conflict.state, "settled")

    def test_F23_nobody_decides_on_what_the_file_says_otherwise_since_the_page_was_opened(self):
        conflict = self.open_one()
        conflict.decision_reason = "List of the teacher"
        seen = conflict.with_context(ntue_seen=conflict.stamp)
        self.imported(SCORED.replace(",85,", ",50,"))
        self.env.invalidate_all()
        for step in (seen.action_take, seen.action_keep):
            with self.assertRaisesRegex(UserError, "Something has changed since you opened"):
                step()
        self.assertEqual((conflict.state, self.row.score), ("open", 90))
        conflict.with_context(ntue_seen=conflict.stamp).action_take()
        self.assertEqual((conflict.state, self.row.score), ("taken", 50))

    def test_F23_nobody_overwrites_a_correction_that_came_since_the_page_was_opened(self):
        conflict = self.open_one()
        conflict.decision_reason = "List of the teacher"
        seen = conflict.with_context(ntue_seen=conflict.stamp)
        self.correct(score=95)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Something has changed since you opened"):
            seen.action_take()
        self.assertEqual((conflict.state, self.row.score), ("open", 95))
        self.assertIn("95.0 → 85.0", conflict.changes_text)
        conflict.with_context(ntue_seen=conflict.stamp).action_keep()
        self.assertIn("95.0 → 85.0", conflict.changes_text)

    def test_F23_the_same_value_in_a_later_file_changes_nothing_that_was_seen(self):
        conflict = self.open_one()
        conflict.decision_reason = "List of the teacher"
        seen = conflict.with_context(ntue_seen=conflict.stamp)
        self.imported()
        self.env.invalidate_all()
        seen.action_take()
        self.assertEqual((conflict.state, self.row.score), ("taken", 85))

    def moved(self):
        """The student, whom the registrar has moved to another framework than the file's."""
        other = self.framework().copy({"code": "ZQ-F-113"})
        other._publish("Sample")
        student = self.student()
        vals = {"curriculum_id": other.id, "correction_reason": "Changed over"}
        student.with_user(self.registrar).write(vals)
        return student

    def students_again(self):
        report = self.run_import(self.only(students=FILES["students"]))
        self.assertTrue(report.ok, self.texts(report))
        self.env.invalidate_all()

    def revise(self, code):
        self.framework(code)._start_revision("Meeting 5")._publish("Meeting 5")

    def test_F23_a_corrected_framework_stays_when_it_is_revised(self):
        student = self.moved()
        self.revise("ZQ-F-113")
        self.students_again()
        self.assertEqual(
            (student.curriculum_id.code, student.curriculum_id.revision), ("ZQ-F-113", 2)
        )
        self.assertEqual(self.conflicts().mapped("state"), ["open"])

    def test_F23_a_framework_that_was_not_taken_is_not_asked_about_again_when_it_is_revised(self):
        student = self.moved()
        self.students_again()
        self.decided("keep")
        self.revise("ZQ-E-113")
        self.students_again()
        self.assertEqual(self.conflicts().mapped("state"), ["kept"])
        self.assertEqual(student.curriculum_id.code, "ZQ-F-113")

    def test_F23_of_a_framework_that_was_revised_since_the_one_in_force_is_taken(self):
        student = self.moved()
        self.students_again()
        self.revise("ZQ-E-113")
        self.decided("take")
        self.assertEqual(
            (student.curriculum_id.code, student.curriculum_id.revision), ("ZQ-E-113", 2)
        )

    def test_F23_a_corrected_address_stays_and_its_conflict_goes_with_the_contacts(self):
        student = self.student()
        student.with_user(self.registrar).write(
            {"email": "right@example.com", "correction_reason": "Asked by phone"}
        )
        report = self.run_import(self.only(students=FILES["students"]))
        self.assertEqual(self.told(report, Severity.WARNING), [("students.csv", 2, "電子信箱")])
        self.assertEqual(student.email, "right@example.com")
        self.assertIn("z1@example.com", self.conflicts().changes_text)
        erasing(student)._erase_contacts()
        self.assertFalse(self.conflicts())

    def test_F23_a_corrected_term_stays_until_the_file_is_taken(self):
        term = self.student().term_ids.filtered(lambda one: one.term_id.code == "1512")
        vals = {"status": "enrolled", "correction_reason": "Came back"}
        term.with_user(self.registrar).write(vals)
        report = self.run_import(self.only(student_terms=FILES["student_terms"]))
        where = [("student_terms.csv", 3, "在學狀態")]
        self.assertEqual(self.told(report, Severity.WARNING), where)
        self.assertEqual(term.status, "enrolled")
        self.decided("take")
        self.assertEqual(term.status, "leave")
