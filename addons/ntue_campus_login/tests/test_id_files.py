"""Uploaded files lose their ID numbers before they are kept, and nothing else."""

import csv
import io
import zipfile

import openpyxl
from odoo.addons.ntue_curriculum.importer.problems import Report
from odoo.addons.ntue_curriculum.importer.rows import read_table
from odoo.addons.ntue_curriculum.importer.sources import Source
from odoo.addons.ntue_curriculum.importer.student_files import STUDENTS
from odoo.addons.ntue_curriculum.tests.test_import_base import FILES, cells_of, xlsx_bytes
from odoo.tests import TransactionCase, tagged

from ..id_column import NAME, with_column
from ..id_files import without_numbers
from .numbers import KEY, keys, number, wrong

HEADER = FILES["students"][0]
GOOD, BAD = number(1), wrong(2)


def students(*numbers, title="身分證字號"):
    """The lines of a file with the column, one number per student."""
    rows = [
        f"Z{21 + place},王小明,,,,,ZQ-E-113,113,否,{text}" for place, text in enumerate(numbers)
    ]
    return [f"{HEADER},{title}", *rows]


def as_csv(lines, encoding="utf-8"):
    return ("\n".join(lines) + "\n").encode(encoding)


@tagged("post_install", "-at_install")
class TestIdFiles(TransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(keys(KEY))

    def hidden(self, name, data, *texts):
        """The file as it is kept; none of the numbers, or of ``texts``, is in it."""
        kept = without_numbers(name, data)
        everything = kept
        if zipfile.is_zipfile(io.BytesIO(kept)):
            with zipfile.ZipFile(io.BytesIO(kept)) as archive:
                everything += b"".join(map(archive.read, archive.namelist()))
        for text in (GOOD, BAD, *texts):
            self.assertNotIn(text.encode(), everything)
        self.assertEqual(without_numbers(name, kept), kept, "and stays as it is")
        return kept

    def found_in(self, name, data):
        """Rows and problems of a file, as the importer reads them."""
        report = Report()
        table = read_table(with_column(STUDENTS), Source(name), data, report)
        told = [(one.row, one.column, str(one.message)) for one in report.problems]
        return list(table.rows), told

    def test_a_file_without_the_column_is_kept_as_it_came(self):
        for name, data in (
            ("students.csv", as_csv(FILES["students"])),
            ("students.csv", "學號,姓名\n1,王\n".encode("cp950")),
            ("students.csv", b""),
            ("students.xlsx", xlsx_bytes(cells_of(FILES["students"]))),
        ):
            self.assertIs(without_numbers(name, data), data)

    def test_what_is_kept_of_a_file_reads_as_the_file_itself(self):
        lines = students(GOOD, "", BAD, number(3).lower())
        lines[2:2] = [""]
        lines[4] = lines[4].replace("王小明", '"王\n小明"')
        for name, data in (
            ("students.csv", as_csv(lines)),
            ("students.xlsx", xlsx_bytes(cells_of(lines))),
        ):
            with self.subTest(name=name):
                rows, told = self.found_in(name, data)
                kept = self.hidden(name, data, number(3), number(3).lower())
                self.assertEqual(self.found_in(name, kept), (rows, told))
                self.assertTrue(getattr(rows[0], NAME))
                self.assertEqual([place[:2] for place in told], [(5, "身分證字號")])

    def test_other_cells_keep_their_kind(self):
        rows = cells_of(students(GOOD))
        rows[1][1], rows[1][7] = "=SUM(1)", 113
        book = openpyxl.load_workbook(
            io.BytesIO(self.hidden("students.xlsx", xlsx_bytes_of_texts(rows)))
        )
        cells = next(book.active.iter_rows(min_row=2, max_row=2))
        self.assertEqual((cells[1].value, cells[1].data_type), ("=SUM(1)", "s"))
        self.assertEqual(cells[7].value, 113)

    def test_a_file_that_cannot_be_read_is_cut_and_says_what_is_wrong_where_it_was(self):
        lines = students(GOOD, BAD, GOOD)
        broken = [*lines[:3], f'Z29,"王,{BAD}', *lines[3:]]
        for data in (
            as_csv(lines, "cp950"),
            as_csv(lines, "utf-16"),
            as_csv(lines[:3]) + b"\xff\xfe" + as_csv(lines[3:]),
            as_csv(broken),
            as_csv([line.replace(",", ";") for line in lines]),
        ):
            with self.subTest(data=data[:20]):
                before = [place[:2] for place in self.found_in("students.csv", data)[1]]
                kept = self.hidden("students.csv", data)
                after = [place[:2] for place in self.found_in("students.csv", kept)[1]]
                self.assertTrue(before)
                self.assertEqual(after[0], before[0])

    def test_a_title_with_more_words_hides_its_cells_too(self):
        self.hidden("students.csv", as_csv(students(GOOD, title="身分證字號（必填）")))
        self.hidden("others.csv", as_csv(students(GOOD, title="居留證號碼")))

    def test_a_zip_is_packed_anew_without_the_numbers(self):
        def packed(**files):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name, data in files.items():
                    archive.writestr(name.replace("__", "."), data)
            return stream.getvalue()

        plain = packed(terms__csv=as_csv(FILES["terms"]))
        self.assertIs(without_numbers("set.zip", plain), plain)
        inner = packed(students__csv=as_csv(students(GOOD)))
        kept = self.hidden("set.zip", packed(students__csv=as_csv(students(GOOD)), in__zip=inner))
        with zipfile.ZipFile(io.BytesIO(kept)) as archive:
            text = archive.read("students.csv").decode()
        self.assertEqual(next(csv.reader([text.splitlines()[0]]))[-1], "身分證字號")
        self.assertIn("ntue-id:", text)

    def test_what_is_packed_and_no_table_is_cut_to_its_first_bytes(self):
        for data in (b"PK\x03\x04" + GOOD.encode() * 9, b"\xd0\xcf\x11\xe0" + GOOD.encode() * 9):
            self.hidden("students.xlsx", data)
            self.hidden("students.zip", data)

    def test_without_a_key_numbers_are_hidden_all_the_same(self):
        with keys(""):
            kept = self.hidden("students.csv", as_csv(students(GOOD)))
        _rows, told = self.found_in("students.csv", kept)
        self.assertIn("NTUE_ID_KEY", told[0][2])


def xlsx_bytes_of_texts(rows):
    """A workbook in which every text is a text, one that looks like a formula too."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
