"""The template workbook and the published format: both are made of the declared columns."""

import io
import json
import re
import zipfile

import openpyxl
from odoo.tests import tagged

from ..importer.columns import OneOf
from ..importer.problems import Severity
from ..importer.sources import EXPLAINING
from .test_import_base import FILES, ImportCase, cells_of

INTUE = {
    "SemesterCourseNo": "開課號",
    "SemesterCourseName": "科目名稱",
    "Choose": "必選修",
    "Credit": "學分",
    "Score": "成績",
    "IsPass": "及格",
    "StopDate": "停修日",
}
"""What the school's old system calls columns that it has in several tables."""


@tagged("-at_install", "post_install")
class TestTemplate(ImportCase):
    def specs(self):
        return self.importer._file_specs()

    def book(self):
        return openpyxl.load_workbook(io.BytesIO(self.env["ntue.exporter"]._template()))

    def uploaded(self, book):
        stream = io.BytesIO()
        book.save(stream)
        return {"範本.xlsx": stream.getvalue()}

    def test_the_template_has_a_sheet_of_each_file_with_the_headers_that_are_read(self):
        book = self.book()
        self.assertEqual(book.sheetnames, [EXPLAINING, *(spec.name for spec in self.specs())])
        for spec in self.specs():
            titles = [cell.value for cell in book[spec.name][1]]
            self.assertEqual(titles, [column.header for column in spec.columns])

    def test_each_column_is_explained_in_Chinese_and_each_column_of_words_offers_them(self):
        book = self.book()
        explained = [
            [cell.value or "" for cell in row] for row in book[EXPLAINING].iter_rows(min_row=2)
        ]
        for spec in self.specs():
            offered = {
                str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
                for rule in book[spec.name].data_validations.dataValidation
            }
            for place, column in enumerate(spec.columns, 1):
                with self.subTest(file=spec.name, column=column.header):
                    rows = [
                        row
                        for row in explained
                        if row[0].startswith(spec.name + "（") and row[1] == column.header
                    ]
                    self.assertEqual(len(rows), 1)
                    self.assertRegex(rows[0][3], "[\u4e00-\u9fff]")
                    letter = openpyxl.utils.get_column_letter(place)
                    if isinstance(column, OneOf):
                        self.assertEqual(offered[letter], f'"{",".join(column.choices)}"')
                        self.assertEqual(rows[0][4], "、".join(column.choices))
                    else:
                        self.assertNotIn(letter, offered)

    def test_the_note_of_each_column_is_shown_whole(self):
        """Excel cuts what a box has no room for: at 8 points a letter, and 11.5 a line."""
        content = self.env["ntue.exporter"]._template()
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            drawings = [
                parts.read(f"xl/drawings/vmlDrawing{number}.vml").decode()
                for number, _spec in enumerate(self.specs(), 1)
            ]
        book = self.book()
        for spec, drawing in zip(self.specs(), drawings, strict=True):
            boxes = re.findall(r";width:([\d.]+)pt;height:([\d.]+)pt;", drawing)
            cells = book[spec.name][1]
            for cell, (width, height) in zip(cells, boxes, strict=True):
                with self.subTest(file=spec.name, column=cell.value):
                    letters = (float(width) - 14) // 8
                    lines = sum(-(-len(line) // letters) for line in cell.comment.text.split("\n"))
                    self.assertLessEqual(lines * 11.5, float(height) - 7)

    def test_each_required_column_has_an_example_that_is_read(self):
        for spec in self.specs():
            for column in spec.columns:
                with self.subTest(file=spec.name, column=column.header):
                    self.assertTrue(column.example or not column.required)
                    if column.example:
                        self.assertIsNone(column.read_cell(column.example).note)

    def test_the_template_as_it_comes_imports_nothing_and_warns_of_nothing(self):
        report = self.run_import(self.uploaded(self.book()))
        self.assertEqual(report.problems, [])

    def test_a_template_that_was_filled_in_is_imported_as_it_is(self):
        book = self.book()
        for name, lines in FILES.items():
            places = {cell.value: cell.column for cell in book[name][1]}
            titles, *rows = cells_of(lines)
            for number, row in enumerate(rows, 2):
                for title, value in zip(titles, row, strict=True):
                    book[name].cell(number, places[title], value or None)
        report = self.run_import(self.uploaded(book))
        self.assertTrue(report.ok, self.texts(report))
        self.assertTrue(self.student())

    def test_the_old_systems_names_of_columns_are_taken_in_every_file_that_has_the_column(self):
        for name, header in INTUE.items():
            for spec in self.specs():
                for column in spec.columns:
                    if column.header == header:
                        with self.subTest(file=spec.name, name=name):
                            self.assertIn(name, column.aliases)

    def test_a_framework_with_the_old_systems_headers_is_imported(self):
        lines = list(FILES["framework_courses"])
        for header in ("科目名稱", "學分", "必選修"):
            name = next(old for old, new in INTUE.items() if new == header)
            lines[0] = lines[0].replace(f",{header},", f",{name},")
        self.import_set(framework_courses=lines)
        self.assertEqual(self.framework().line_ids[0].name, "研究法")

    def test_no_two_columns_of_a_file_answer_to_one_name(self):
        for spec in self.specs():
            names = [
                title.casefold()
                for column in spec.columns
                for title in (column.header, *column.aliases)
            ]
            self.assertEqual(len(names), len(set(names)), spec.name)

    def test_the_published_format_names_every_column_with_what_it_may_hold(self):
        package = json.loads(self.env["ntue.exporter"]._data_package())
        found = {one["name"]: one["schema"] for one in package["resources"]}
        for spec in self.specs():
            fields = found[spec.name]["fields"]
            self.assertEqual([one["name"] for one in fields], [c.header for c in spec.columns])
            required = [one["name"] for one in fields if one.get("constraints", {}).get("required")]
            self.assertEqual(required, [c.header for c in spec.columns if c.required])
            self.assertEqual(found[spec.name]["primaryKey"], [spec.header(n) for n in spec.key])

    def test_what_a_column_writes_it_reads_as_the_same_value(self):
        report = self.import_set()
        self.assertEqual(report.count(Severity.ERROR), 0)
        for spec in self.specs():
            for column in spec.columns:
                for word in column.choices:
                    value = column.read_cell(word).value
                    self.assertEqual(column.read_cell(column.written(value)).value, value)
