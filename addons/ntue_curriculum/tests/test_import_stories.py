"""What a file may do to what is there, said in the dialog and in the shell (F21–F27).

By JSON-2 the same four stories are in ``test_import_feed``.
"""

import tempfile
from pathlib import Path

from odoo.tests import tagged

from ..cli.ntue_import import exit_code, import_folder, print_report
from ..wording.imports import findings_of
from .test_import_base import FILES, with_row
from .test_import_preview import WizardCase
from .test_import_readable import workbook

PASSED = with_row("enrollments", 3, "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,90,否,,")


class Stories:
    """One way in; ``send`` imports files and gives what was said of it."""

    def send(self, contents, **choices):
        raise NotImplementedError

    def problem(self, told):
        (problem,) = [one for one in told["problems"] if one["severity"] == "error"]
        return problem["file"], problem["row"], problem["column"]

    def counts(self, told, file="enrollments.csv"):
        return told["counts"][file]

    def test_F23_a_correction_then_the_old_file_is_kept_listed_decided_and_logged(self):
        self.send(self.contents())
        row = self.enrollment("0101").with_user(self.registrar)
        row.write({"score": 90, "correction_reason": "Typed wrongly"})
        told = self.send(self.only(enrollments=FILES["enrollments"]))
        self.assertEqual(self.counts(told)["conflicts"], 1)
        self.assertEqual(row.score, 90)
        conflict = row.env["ntue.import.conflict"].search([])
        record = self.env["ntue.import"].search([], limit=1)
        self.assertEqual((conflict.state, conflict.import_ids), ("open", record))
        conflict.decision_reason = "List of the teacher"
        conflict.action_take()
        self.assertEqual((row.score, conflict.state), (85, "taken"))
        entry = self.student().register_ids[:1]
        self.assertEqual((entry.record, entry.reason), (row.id, "List of the teacher"))

    def test_F21_a_file_without_the_scores_changes_no_grade(self):
        self.send(self.contents())
        gone = FILES["enrollments"][0].split(",").index("成績")
        lines = [line.split(",") for line in FILES["enrollments"]]
        without = [",".join(cells[:gone] + cells[gone + 1 :]) for cells in lines]
        told = self.send(self.only(enrollments=without))
        self.assertTrue(told["nothing_changes"])
        self.assertEqual(self.enrollment("0101").score, 85)

    def test_F24_a_whole_list_without_a_course_is_shown_then_withdrawn_and_the_audit_follows(self):
        self.send(self.contents(enrollments=PASSED))
        row = self.enrollment("0102")
        self.assertEqual(self.student()._case().audit().earned, 6)
        contents = self.only(enrollments=[line for line in PASSED if "ZQ002" not in line])
        told = self.send(contents, whole_terms=("1512",))
        self.assertEqual((told["missing"], row.state), (1, "passed"))
        told = self.send(contents, whole_terms=("1512",), withdraw_missing=True)
        self.assertEqual((self.counts(told)["withdrawn"], row.state), (1, "withdrawn"))
        entry = self.student().register_ids[:1]
        self.assertIn("完整名單", entry.reason)
        self.assertEqual(entry.import_id, self.env["ntue.import"].search([], limit=1))
        self.assertEqual(self.student()._case().audit().earned, 3)

    def test_F27_a_score_formula_without_a_result_is_an_error_with_row_and_column(self):
        cells = [line.split(",") for line in FILES["enrollments"]]
        cells[1][cells[0].index("成績")] = "=40+45"
        data = workbook({"enrollments": cells})
        told = self.send({**self.contents(enrollments=None), "enrollments.xlsx": data})
        self.assertEqual(self.problem(told), ("enrollments.xlsx", 2, "成績"))
        self.assertEqual(told["exit_code"], 1)
        self.assertFalse(self.student())


@tagged("-at_install", "post_install")
class TestStoriesInTheDialog(Stories, WizardCase):
    def send(self, contents, **choices):
        codes = choices.pop("whole_terms", ())
        terms = self.env["ntue.term"].search([("code", "in", codes)])
        wizard = self.wizard(contents, whole_term_ids=terms.ids, **choices)
        wizard.action_check()
        if wizard.state == "checked":
            self.assertEqual(wizard.missing_count, wizard.found["missing"])
            wizard.action_import()
        return wizard.found


@tagged("-at_install", "post_install")
class TestStoriesInTheShell(Stories, WizardCase):
    def send(self, contents, **choices):
        with tempfile.TemporaryDirectory() as name:
            folder, said = Path(name), []
            for file, data in contents.items():
                (folder / file).write_bytes(data)
            report = import_folder(self.env, folder, False, None, said.append, **choices)
        lines = []
        print_report(self.env, report, lambda line="": lines.append(line))
        for problem in report.problems:
            if problem.row:
                self.assertTrue([line for line in lines if f"{problem.file}:{problem.row}" in line])
        found = findings_of(self.env, report)
        self.assertEqual(found["exit_code"], exit_code(report))
        return found
