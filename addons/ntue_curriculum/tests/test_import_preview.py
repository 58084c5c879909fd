"""What an import would do is shown before it is done: record by record, and for whom."""

import base64
import io
from unittest.mock import patch

import openpyxl
from odoo.tests import tagged

from ..importer import marked
from ..importer.problems import Severity
from . import school as school_of
from .test_import_base import FILES, ImportCase, csv_bytes, with_row

PASSED = "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,90,否,,"
"""Row 3 of the enrolments with a score that passes; the small set has 69.5."""
SCORED = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"


class WizardCase(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = school_of.GROUPS
        cls.operator = school_of.user(
            cls.env, "preview.operator@staff.example.com", groups["operator"]
        )
        both = ",".join((groups["operator"], groups["registrar"]))
        cls.registrar = school_of.user(cls.env, "preview.registrar@staff.example.com", both)

    def wizard(self, contents, user=None, **values):
        mine = self.env(user=(user or self.operator).id)
        files = mine["ir.attachment"].create(
            [
                {"name": name, "raw": data, "res_model": "ntue.import.wizard"}
                for name, data in contents.items()
            ]
        )
        return mine["ntue.import.wizard"].create({"file_ids": files.ids, **values})

    def checked(self, contents, **values):
        wizard = self.wizard(contents, **values)
        wizard.action_check()
        return wizard


@tagged("-at_install", "post_install")
class TestImportPreview(WizardCase):
    def part(self, wizard, model):
        title = self.env["ir.model"]._get(model).name
        return next(part for part in wizard.found["changes"] if part["title"] == title)

    def rescored(self):
        return self.only(enrollments=with_row("enrollments", 3, PASSED))

    def test_what_would_be_new_is_named_and_counted(self):
        wizard = self.checked(self.contents())
        part = self.part(wizard, "ntue.student")
        self.assertEqual((part["created_count"], part["created"]), (2, ["Z211", "Z212"]))
        part = self.part(wizard, "ntue.enrollment")
        self.assertEqual(part["created_count"], len(FILES["enrollments"]) - 1)
        self.assertTrue(part["created"][0].startswith("Z211 "))
        self.assertEqual(wizard.found["affected"]["new_count"], 2)
        self.assertFalse(self.student(), "nothing is written")

    def test_what_would_change_is_shown_field_by_field_to_who_may_read_it(self):
        self.import_set()
        wizard = self.checked(self.rescored(), user=self.registrar)
        (row,) = self.part(wizard, "ntue.enrollment")["changed"]
        self.assertTrue(row["label"].startswith("Z211"))
        changes = {one["field"]: (one["old"], one["new"]) for one in row["fields"]}
        self.assertEqual(changes, {"Score": ("69.5", "90"), "State": ("Failed", "Passed")})
        self.assertIn("69.5 → 90", wizard.panel)

    def test_the_right_to_import_shows_no_grade_that_is_there(self):
        self.import_set()
        wizard = self.checked(self.rescored())
        (row,) = self.part(wizard, "ntue.enrollment")["changed"]
        self.assertEqual({one["old"] for one in row["fields"]}, {"…"})
        self.assertEqual(wizard.found["affected"]["audits"], [])
        self.assertEqual(wizard.found["affected"]["audits_count"], 1)

    def test_whose_audit_would_come_out_differently_is_named_with_both_figures(self):
        self.import_set()
        found = self.checked(self.rescored(), user=self.registrar).found["affected"]
        self.assertEqual((found["students_count"], found["audits_count"]), (1, 1))
        (row,) = found["audits"]
        self.assertEqual(row["student"], "Z211")
        self.assertEqual(row["before"]["earned"], "3")
        self.assertEqual(row["after"]["earned"], "6")

    def test_the_same_files_again_concern_nobody_and_say_so(self):
        self.import_set()
        wizard = self.checked(self.contents())
        self.assertTrue(wizard.found["nothing_changes"])
        self.assertEqual(wizard.found["affected"]["students_count"], 0)
        self.assertIn("Nothing changes", wizard.panel)

    def test_a_conflict_and_what_is_missing_are_shown_before(self):
        self.import_set()
        row = self.enrollment("0101")
        row.with_user(self.registrar).write({"score": 90, "correction_reason": "Typed wrongly"})
        lines = [line for line in FILES["enrollments"] if "ZQ002" not in line]
        term = self.env["ntue.term"].search([("code", "=", "1512")])
        contents = self.only(enrollments=lines)
        wizard = self.checked(contents, user=self.registrar, whole_term_ids=term.ids)
        part = self.part(wizard, "ntue.enrollment")
        self.assertEqual((part["conflicts_count"], part["missing_count"]), (1, 1))
        self.assertIn("專題甲", part["missing"][0])
        counts = wizard.found["counts"]["enrollments.csv"]
        self.assertEqual((counts["conflicts"], counts["missing"]), (1, 1))

    def test_a_new_framework_of_a_student_names_it_by_its_code(self):
        self.import_set()
        second = "ZQ-E-113B,ZQ-E,113,二班,9"
        areas = [line.replace("ZQ-E-113", "ZQ-E-113B") for line in FILES["framework_areas"][1:]]
        lines = [line.replace("ZQ-E-113", "ZQ-E-113B") for line in FILES["framework_courses"][1:]]
        moved = "Z212,李小華,,z2@example.com,,,ZQ-E-113B,113,是"
        wizard = self.checked(
            self.only(
                frameworks=[FILES["frameworks"][0], second],
                framework_areas=[FILES["framework_areas"][0], *areas],
                framework_courses=[FILES["framework_courses"][0], *lines],
                students=with_row("students", 3, moved),
            ),
            user=self.registrar,
        )
        self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))
        (row,) = self.part(wizard, "ntue.student")["changed"]
        self.assertEqual([one["new"] for one in row["fields"]], ["ZQ-E-113B"])


@tagged("-at_install", "post_install")
class TestFindingsBook(WizardCase):
    """The uploaded files with what was found in them."""

    def book(self, contents):
        wizard = self.checked(contents)
        self.assertEqual(wizard.state, "refused")
        return openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.findings_book)))

    def test_every_row_is_there_with_what_was_found_and_the_cell_marked(self):
        lines = with_row("enrollments", 3, "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,185,否,,")
        book = self.book(self.contents(enrollments=lines))
        page = book["enrollments"]
        rows = list(page.iter_rows())
        self.assertEqual(len(rows), len(lines))
        self.assertEqual([cell.value for cell in rows[0][1:]], FILES["enrollments"][0].split(","))
        told = rows[2]
        self.assertIn("成績", told[0].value)
        score = next(cell for cell in told if cell.value == "185")
        self.assertEqual(score.fill.fgColor.rgb, "00F8CBAD")
        self.assertEqual(rows[1][0].value, None)
        self.assertEqual(rows[1][0].fill.fill_type, None)

    def test_beyond_so_many_rows_of_all_tables_only_those_with_a_finding_are_there(self):
        enrolled = with_row("enrollments", 3, "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,185,否,,")
        students = with_row("students", 3, "Z212,王小明,,wrong,,,ZQ-E-113,113,是")
        contents = self.contents(enrollments=enrolled, students=students)
        for most, whole in (
            (len(enrolled) + len(students), ["enrollments", "students"]),
            (len(enrolled) + len(students) - 1, ["enrollments"]),
            (2, []),
        ):
            with self.subTest(most=most), patch.object(marked, "MOST_ROWS", most):
                book = self.book(contents)
                sizes = {name: book[name].max_row for name in ("enrollments", "students")}
                lengths = {"enrollments": len(enrolled), "students": len(students)}
                self.assertEqual([name for name in sizes if sizes[name] == lengths[name]], whole)
                for name in sizes.keys() - set(whole):
                    self.assertEqual(sizes[name], 2, "header and the row with the finding")
                    self.assertTrue(book[name]["A2"].value.startswith("Row 3"), name)

    def test_the_first_sheet_says_what_mends_most(self):
        rows = [SCORED.replace("Z211", "Z999").replace("0101", f"010{n}") for n in range(2, 5)]
        book = self.book(self.contents(enrollments=[*FILES["enrollments"], *rows]))
        page = book.worksheets[0]
        first = [cell.value for cell in next(page.iter_rows(min_row=2))]
        self.assertEqual(first[:2], ["Error", 3])
        self.assertIn("Z999", first[2])

    def test_no_cell_of_the_workbook_is_run(self):
        evil = "=HYPERLINK(0)"
        lines = with_row("students", 3, f"Z212,{evil},,wrong,,+1,ZQ-E-113,113,@x")
        book = self.book(self.contents(students=lines))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        self.assertIn(evil, [cell.value for cell in cells])
        for cell in cells:
            self.assertNotEqual(cell.data_type, "f", cell.value)
            if str(cell.value or "").startswith(("=", "+", "-", "@")):
                self.assertTrue(cell.quotePrefix, cell.value)

    def test_the_workbook_is_read_again_as_it_is(self):
        lines = with_row("enrollments", 3, "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,185,否,,")
        book = self.book(self.contents(enrollments=lines))
        page = book["enrollments"]
        next(cell for row in page.iter_rows() for cell in row if cell.value == "185").value = "69.5"
        stream = io.BytesIO()
        book.save(stream)
        contents = {**self.contents(enrollments=None), "findings.xlsx": stream.getvalue()}
        report = self.run_import(contents)
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.enrollment("0102").score, 69.5)

    def test_the_record_gives_the_workbook_as_long_as_the_files_are_kept(self):
        contents = {"terms.csv": csv_bytes(with_row("terms", 2, "1514,,"))}
        self.run_import(contents)
        record = self.env["ntue.import"].search([], limit=1).with_user(self.operator)
        self.assertTrue(record.findings_book)
        kept = [("res_model", "like", "ntue.import"), ("res_field", "!=", False)]
        self.env["ir.attachment"].search(kept).unlink()
        record.invalidate_recordset()
        self.assertFalse(record.findings_book)
