"""One student's wrong row need not stop all others (docs/readings.md F29)."""

import json

from odoo.tests import tagged

from ..cli.ntue_import import exit_code, report_as_json
from ..importer.problems import Severity
from . import school as school_of
from .test_import_base import FILES, ImportCase, with_row

WRONG = with_row("enrollments", 5, "Z212,1511,0101,ZQ001,研究法,3,必修,ZQ,,185,否,,")
"""A score that is none, of the second student."""

WHERE = [("enrollments.csv", 5, "成績")]


@tagged("-at_install", "post_install")
class TestImportLeavingOut(ImportCase):
    def imported(self, **files):
        return self.run_import(self.contents(**files), leave_out_students=True)

    def test_F29_without_the_choice_one_wrong_row_refuses_all(self):
        report = self.run_import(self.contents(enrollments=WRONG))
        self.assertEqual((self.told(report), exit_code(report)), (WHERE, 1))
        self.assertFalse(self.student())

    def test_F29_all_but_the_student_of_the_wrong_row_are_imported(self):
        report = self.imported(enrollments=WRONG)
        self.assertEqual((self.told(report), report.left_out), (WHERE, ("Z212",)))
        self.assertEqual(len(self.student().enrollment_ids), 3)
        self.assertFalse(self.student("Z212"), "nothing of the student, of any file")
        self.assertIn("Z212", self.importer._import_summary(report)[0])
        self.assertEqual(exit_code(report), 3)

    def test_F29_what_is_stored_of_the_student_stays(self):
        self.import_set()
        renamed = with_row("students", 3, FILES["students"][2].replace("李小華", "李大華"))
        report = self.imported(enrollments=WRONG, students=renamed)
        self.assertTrue(report.ok)
        self.assertEqual(self.student("Z212").name, "李小華")

    def test_F29_an_error_that_is_no_students_refuses_all(self):
        for change in (
            {"terms": with_row("terms", 2, "1519,,")},
            {"enrollments": with_row("enrollments", 5, WRONG[4].replace("Z212", ""))},
            {"students": [line.replace("學號", "號碼") for line in FILES["students"]]},
        ):
            with self.subTest(change):
                report = self.imported(**{"enrollments": WRONG, **change})
                self.assertEqual((report.ok, report.left_out), (False, ()))
                self.assertFalse(self.student())

    def test_F29_a_decision_on_a_row_that_is_wrong_goes_with_its_student(self):
        lines = with_row("enrollments", 4, FILES["enrollments"][3].replace("1512", "1519"))
        report = self.imported(enrollments=lines)
        self.assertEqual((report.left_out, self.student().id), (("Z211",), False))
        self.assertTrue(self.student("Z212").enrollment_ids)

    def test_F29_a_student_who_is_left_out_has_nothing_missing_in_a_whole_list(self):
        self.import_set()
        report = self.run_import(
            self.only(enrollments=WRONG),
            leave_out_students=True,
            whole_terms=("1511",),
            withdraw_missing=True,
        )
        self.assertEqual((report.left_out, report.missing), (("Z212",), 0))
        self.assertEqual(self.enrollment("0101", "Z212").state, "in_progress")

    def test_F29_a_mistyped_number_withdraws_no_course_of_the_student_that_was_meant(self):
        self.import_set()
        mistyped = with_row("enrollments", 3, FILES["enrollments"][2].replace("Z211", "Z2111"))
        chosen = {"leave_out_students": True, "withdraw_missing": True}
        for dry_run in (True, False):
            report = self.run_import(
                self.only(enrollments=mistyped), whole_terms=("1512",), dry_run=dry_run, **chosen
            )
            self.assertEqual((report.left_out, report.missing), (("Z2111",), 1))
            listed, why = sorted(self.texts(report, Severity.WARNING), key=len)
            self.assertIn("專題甲", listed)
            self.assertIn("Correct the errors, then import the whole list again", why)
            self.assertEqual((exit_code(report), self.enrollment("0102").state), (3, "failed"))

    def test_F29_a_mistyped_number_settles_no_conflict_of_the_student_that_was_meant(self):
        self.import_set()
        row = self.enrollment("0102")
        row.with_user(self.registrar()).write({"score": 90, "correction_reason": "Typed wrongly"})
        self.run_import(self.only(enrollments=FILES["enrollments"]))
        conflict = self.env["ntue.import.conflict"].search([])
        self.assertEqual(conflict.state, "open")
        mistyped = with_row("enrollments", 3, FILES["enrollments"][2].replace("Z211", "Z2111"))
        chosen = {"leave_out_students": True, "whole_terms": ("1512",)}
        self.run_import(self.only(enrollments=mistyped), **chosen)
        self.assertEqual(conflict.state, "open", "the file may say it of the other number")

    def registrar(self):
        groups = school_of.GROUPS["registrar"]
        return school_of.user(self.env, "leaves.out@staff.example.com", groups)

    def test_the_report_for_programs_says_each_place_and_who_is_left_out(self):
        told = json.loads(report_as_json(self.env, self.imported(enrollments=WRONG)))
        (problem,) = told["problems"]
        found = (problem["file"], problem["row"], problem["column"])
        self.assertEqual(([found], problem["severity"]), (WHERE, "error"))
        self.assertIn("185", problem["message"])
        self.assertEqual((told["exit_code"], told["left_out"]), (3, ["Z212"]))
        self.assertEqual(told["counts"]["enrollments.csv"]["created"], 3)

    def test_F29_the_wizard_imports_the_others_and_names_who_is_left_out(self):
        operator = school_of.user(
            self.env, "leaving.out@staff.example.com", school_of.GROUPS["operator"]
        )
        file = self.env["ir.attachment"].with_user(operator)
        files = file.create(
            [
                {"name": name, "raw": data, "res_model": "ntue.import.wizard"}
                for name, data in self.contents(enrollments=WRONG).items()
            ]
        )
        wizards = self.env["ntue.import.wizard"].with_user(operator)
        wizard = wizards.create({"file_ids": files.ids, "leave_out_students": True})
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertIn("Z212", wizard.left_out)
        self.assertTrue(self.student())
