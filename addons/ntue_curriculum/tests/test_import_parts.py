"""Long files are compared and written in parts, some of which wait while others are worked on."""

import gc
from unittest.mock import patch

from odoo.tests import tagged

from ..importer import row_store
from ..importer.writing import bulk
from .test_import_base import FILES, ImportCase, with_row

HEADER, *ROWS = FILES["enrollments"]
MORE = [
    "Z212,1512,0102,ZQ002,專題甲,3,選修,ZQ,,88,是,,",
    "Z212,1512,0648,ZQ901,舊研究法,3,選修,ZR,,90,是,,",
]


@tagged("-at_install", "post_install")
class TestImportParts(ImportCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(bulk, "STUDENTS_AT_ONCE", 1))
        self.enterContext(patch.object(bulk, "PARTS_TO_TELL", 1))
        self.enterContext(patch.object(row_store, "BLOCK", 2))

    def terms_first(self):
        """The enrolments in the order of their terms: those of a student lie apart."""
        return [HEADER, *sorted([*ROWS, *MORE], key=lambda line: line.split(",")[1])]

    def taken(self):
        rows = self.env["ntue.enrollment"].search(
            [("student_id.student_no", "in", ("Z211", "Z212"))]
        )
        return sorted(
            (row.student_id.student_no, row.term_id.code, row.offering_no, row.score, row.state)
            for row in rows
        )

    def test_a_file_in_the_order_of_terms_is_as_one_in_the_order_of_students(self):
        self.import_set(enrollments=[HEADER, *ROWS, *MORE])
        before = self.taken()
        self.assertEqual(len(before), len(ROWS) + len(MORE))
        report = self.run_import(self.only(enrollments=self.terms_first()))
        self.assertEqual(self.counts(report), {"enrollments": (0, 0, len(before))})
        self.assertEqual(self.taken(), before)

    def test_a_new_file_in_the_order_of_terms_is_written_whole(self):
        self.import_set(enrollments=self.terms_first())
        report = self.run_import(self.only(enrollments=[HEADER, *ROWS, *MORE]))
        self.assertTrue(report.changes_nothing)

    def test_new_changed_and_equal_rows_of_one_file_are_counted_each(self):
        self.import_set()
        lines = [*with_row("enrollments", 2, ROWS[0].replace(",85,", ",60,")), *MORE]
        third = "Z213,林小安,,,,,ZQ-E-113,113,否"
        taken = "Z213,1511,0101,ZQ001,研究法,3,必修,ZQ,,77,是,,"
        report = self.run_import(
            self.only(students=[*FILES["students"], third], enrollments=[*lines, taken])
        )
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(
            self.counts(report), {"students": (1, 0, 2), "enrollments": (3, 1, len(ROWS) - 1)}
        )
        self.assertEqual(self.enrollment("0101").score, 60)
        self.assertEqual(self.enrollment("0101", "Z213").score, 77)

    def test_marks_that_a_line_writes_otherwise_come_back_and_stay(self):
        lines = [f"{HEADER},備註", *(f"{row},a\\b\\N\\t" for row in ROWS)]
        self.import_set(enrollments=lines)
        self.assertEqual(self.enrollment("0101").note, "a\\b\\N\\t")
        self.assertTrue(self.run_import(self.only(enrollments=lines)).changes_nothing)

    def test_what_fails_while_python_goes_on_leaves_nothing_behind(self):
        before = self.table_sizes()

        def fail(_lines, _rows):
            raise ZeroDivisionError

        with (
            patch.object(bulk.Lines, "send", fail),
            patch.object(type(self.env["ntue.import"]), "_keep_failure"),
            self.assertRaises(ZeroDivisionError),
            self.env.cr.savepoint(),
        ):
            self.run_import()
        self.assertTrue(gc.isenabled(), "the server looks for garbage again")
        self.assertEqual(self.table_sizes(), before)
        self.import_set()
