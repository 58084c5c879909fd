"""The importer at its edges: the wizard on screen and the two shell commands."""

import csv
import tempfile
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..cli.ntue_audit import DETAIL_HEADER, HEADER, audit_to_files
from ..cli.ntue_import import import_folder, print_report
from .test_import_base import FILES, ImportCase, csv_bytes, with_row
from .test_import_sources import zip_bytes


@tagged("-at_install", "post_install")
class TestImportWizard(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = new_test_user(
            cls.env, "import.operator", "base.group_user,ntue_curriculum.group_operator"
        )

    def wizard(self, user=None, **values):
        contents = values.pop("contents", None) or self.contents()
        user = user or self.operator
        files = (
            self.env["ir.attachment"]
            .with_user(user)
            .create(
                [
                    {"name": name, "raw": data, "res_model": "ntue.import.wizard", "res_id": 0}
                    for name, data in contents.items()
                ]
            )
        )
        return (
            self.env["ntue.import.wizard"]
            .with_user(user)
            .create({"file_ids": [(6, 0, files.ids)], **values})
        )

    def test_a_check_lists_the_problems_and_writes_nothing(self):
        contents = self.contents(terms=with_row("terms", 2, "1514,,"))
        wizard = self.wizard(contents=contents)
        action = wizard.action_check()
        self.assertEqual((action["res_id"], wizard.state), (wizard.id, "refused"))
        self.assertEqual(wizard.error_count, 1)
        self.assertIn("errors: 1.", wizard.refused_text)
        chinese = wizard.with_context(lang="zh_TW")
        self.assertNotEqual(chinese.refused_text, wizard.refused_text)
        self.assertIn("1", chinese.refused_text)
        problem = wizard.problem_ids
        self.assertEqual(
            (problem.severity, problem.file, problem.row, problem.column),
            ("error", "terms.csv", 2, "學年期"),
        )
        self.assertFalse(self.student())

    def test_a_check_that_finds_nothing_shows_what_an_import_will_do(self):
        wizard = self.wizard()
        wizard.action_check()
        self.assertEqual(wizard.state, "checked")
        self.assertEqual(len(wizard.found["counts"]), len(FILES))
        self.assertFalse(self.student())
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertTrue(self.student())

    def test_a_zip_is_imported_and_the_upload_deleted(self):
        wizard = self.wizard(contents={"set.zip": zip_bytes(**self.contents())})
        files = wizard.file_ids
        wizard.action_import()
        self.assertTrue(self.student())
        self.assertFalse(files.exists())

    def test_a_corrected_file_takes_the_place_of_the_one_uploaded_before(self):
        wizard = self.wizard(contents=self.contents(terms=with_row("terms", 2, "1514,,")))
        wizard.action_check()
        self.assertEqual(wizard.state, "refused")
        wizard.file_ids += self.wizard(contents=self.only(terms=FILES["terms"])).file_ids
        wizard.action_import()
        self.assertEqual(wizard.state, "done")

    def test_a_finding_says_its_file_row_and_column_in_words(self):
        wizard = self.wizard(contents=self.contents(terms=with_row("terms", 2, "1514,,")))
        wizard.action_check()
        for language, place in (("en_US", "terms.csv row 2"), ("zh_TW", "terms.csv 第 2 列")):
            panel = wizard.with_context(lang=language).repairs_panel
            self.assertIn(place, str(panel))

    def test_a_wizard_that_goes_takes_its_uploads_along_and_nothing_else(self):
        wizard = self.wizard()
        uploads = wizard.file_ids
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        wizard.sudo().file_ids += other
        wizard.sudo().unlink()
        self.assertFalse(uploads.exists())
        self.assertTrue(other.exists())

    def test_a_changed_framework_asks_for_the_reason(self):
        self.import_set()
        contents = self.only(frameworks=with_row("frameworks", 2, "ZQ-E-113,ZQ-E,113,一班,12"))
        wizard = self.wizard(contents=contents)
        wizard.action_import()
        self.assertEqual(wizard.state, "refused")
        wizard.revision_reason = "更正"
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertEqual(self.framework().published_by_id, self.operator)

    def test_a_file_of_any_length_is_uploaded_and_none_of_its_words_are_kept_beside_it(self):
        lines = [
            *FILES["students"],
            *(f"Z{number},王,,,,,ZQ-E-113,113,否" for number in range(1000, 4000)),
        ]
        wizard = self.wizard(contents=self.contents(students=lines))
        wizard.action_check()
        self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))
        self.assertFalse(any(wizard.file_ids.mapped("index_content")))

    def test_without_a_file_the_wizard_says_so(self):
        wizard = self.env["ntue.import.wizard"].with_user(self.operator).create({})
        with self.assertRaises(UserError):
            wizard.action_check()

    def test_only_members_of_data_import_may_open_it(self):
        registrar = new_test_user(
            self.env, "import.registrar", "base.group_user,ntue_curriculum.group_registrar_day"
        )
        with self.assertRaises(AccessError):
            self.env["ntue.import.wizard"].with_user(registrar).create({})

    def test_another_operator_does_not_reach_the_upload(self):
        wizard = self.wizard()
        other = new_test_user(
            self.env, "import.other", "base.group_user,ntue_curriculum.group_operator"
        )
        with self.assertRaises(UserError):
            wizard.with_user(other).action_check()


@tagged("-at_install", "post_install")
class TestImportCommands(ImportCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.lines = []

    def say(self, line=""):
        self.lines.append(line)

    def test_each_problem_is_a_line_with_file_row_and_column(self):
        (self.folder / "terms.csv").write_bytes(csv_bytes(with_row("terms", 2, "1514,,")))
        (self.folder / "else.csv").write_bytes(b"x")
        report = import_folder(self.env, self.folder, False, None, self.say)
        print_report(self.env, report, self.say)
        self.assertIn("terms.csv: 2 rows read", self.lines)
        text = "“1514” is no term: write the ROC year and 1, 2 or 3, as in 1141."
        self.assertIn(f"terms.csv:2: 學年期: {text}", self.lines)
        self.assertTrue([line for line in self.lines if line.startswith("else.csv: ")])
        self.assertIn("Nothing was imported", self.lines[-1])

    def test_A25_the_audit_has_a_row_an_area_and_one_for_the_whole(self):
        students = with_row("students", 3, "Z212,=李小華,,,,,ZQ-E-113,113,是")
        enrollments = with_row("enrollments", 5, "Z212,1511,0101,ZQ001,=研究法,2.5,必修,ZQ,,,否,,")
        self.import_set(
            students=students,
            enrollments=enrollments,
            recognitions=FILES["recognitions"][:1],
            course_equivalents=FILES["course_equivalents"][:1],
        )
        self.env["ntue.student"].search([("student_no", "not like", "Z21%")]).active = False
        output, detail = self.folder / "audit.csv", self.folder / "detail.csv"
        audit_to_files(self.env, output, detail, self.say)
        self.assertTrue(output.read_bytes().startswith(b"\xef\xbb\xbf"))
        rows = self.rows_of(output)
        self.assertEqual(rows[0], list(HEADER))
        self.assertEqual(
            rows[1:],
            [
                ["Z211", "A", "3", "3", "3", "0", "1", "是"],
                ["Z211", "B", "3", "0", "0", "0", "0", "否"],
                ["Z211", "", "9", "3", "3", "0", "1", "否"],
                ["Z212", "A", "3", "2.5", "0", "2.5", "1", "否"],
                ["Z212", "B", "3", "0", "0", "0", "0", "否"],
                ["Z212", "", "9", "2.5", "0", "2.5", "1", "否"],
            ],
        )
        rows = self.rows_of(detail)
        self.assertEqual(rows[0], list(DETAIL_HEADER))
        self.assertEqual(rows[1][:6], ["Z211", "1511", "0101", "研究法", "3", "A"])
        self.assertEqual(rows[-1][:6], ["Z212", "1511", "0101", "'=研究法", "2.5", "A"])
        self.assertTrue(all(row[6] for row in rows))

    def rows_of(self, path):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
