"""Files before they are rows: folders, zips, encodings and workbooks. No database is asked."""

import io
import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase

from ..importer import cells, columns, outgoing, problems, sources, tables, workbook_parts
from .test_import_base import xlsx_bytes


def zip_bytes(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


class TestImportSources(BaseCase):
    def setUp(self):
        super().setUp()
        self.report = problems.Report()

    def told(self):
        return [(one.severity.value, one.file) for one in self.report.problems]

    def test_a_zip_gives_its_files_by_their_last_name(self):
        data = zip_bytes(**{"ntue/terms.csv": b"t", "ntue/README.md": b"r", "__MACOSX/._t": b"x"})
        found = sources.read_uploads([("set.zip", data), ("students.csv", b"s")], self.report)
        self.assertEqual(found, {"terms.csv": b"t", "students.csv": b"s"})
        self.assertEqual(self.told(), [])

    def test_a_zip_that_points_out_of_itself_is_refused(self):
        for path in ("../terms.csv", "/etc/terms.csv", "a/../../terms.csv", "C:\\terms.csv"):
            with self.subTest(path):
                self.report = problems.Report()
                data = zip_bytes(**{path: b"x"})
                self.assertEqual(sources.read_zip("set.zip", data, self.report), {})
                self.assertEqual(self.told(), [("error", "set.zip")])

    def test_many_zips_have_together_the_room_of_one(self):
        several = [
            (f"{name}.zip", zip_bytes(**{f"{name}.csv": b"\0" * 600_000}))
            for name in ("terms", "programs")
        ]
        with patch.object(sources, "MAX_ARCHIVE", 1_000_000):
            found = sources.read_uploads(several, self.report)
        self.assertEqual([*found], ["terms.csv"])
        self.assertEqual(self.told(), [("error", "programs.zip")])

    def test_a_zip_bomb_is_not_opened(self):
        bomb = zip_bytes(**{"terms.csv": b"\0" * 2_000_000})
        with patch.object(sources, "MAX_ARCHIVE", 1_000_000):
            self.assertEqual(sources.read_zip("set.zip", bomb, self.report), {})
        self.assertEqual(self.told(), [("error", "set.zip")])

    def test_a_zip_of_thousands_of_files_is_not_opened(self):
        data = zip_bytes(**{f"{number}.csv": b"" for number in range(sources.MAX_MEMBERS + 1)})
        self.assertEqual(sources.read_zip("set.zip", data, self.report), {})
        self.assertEqual(self.told(), [("error", "set.zip")])

    def test_what_is_no_zip_is_told(self):
        sources.read_zip("set.zip", b"hello", self.report)
        self.assertEqual(self.told(), [("error", "set.zip")])

    def test_a_file_that_is_too_large_is_not_read(self):
        with tempfile.TemporaryDirectory() as name, patch.object(sources, "MAX_FILE", 3):
            (Path(name) / "terms.csv").write_bytes(b"1234")
            (Path(name) / "students.csv").write_bytes(b"123")
            found = sources.read_folder(Path(name), self.report)
        self.assertEqual(found, {"students.csv": b"123"})
        self.assertEqual(self.told(), [("error", "terms.csv")])

    def test_hidden_files_and_the_readme_of_a_folder_are_left_alone(self):
        with tempfile.TemporaryDirectory() as name:
            for file in (".DS_Store", "README.md", "~$terms.xlsx", "terms.csv"):
                (Path(name) / file).write_bytes(b"x")
            (Path(name) / "old").mkdir()
            found = sources.read_folder(Path(name), self.report)
        self.assertEqual(list(found), ["terms.csv"])
        self.assertEqual(self.told(), [("warning", "old")])

    def test_a_table_of_a_kind_that_is_not_read_is_an_error(self):
        found = sources.sort_files(
            {"terms.xls": b"", "Students.CSV": b""}, ["terms", "students"], self.report
        )
        self.assertEqual(found, {"students": sources.Source("Students.CSV")})
        self.assertEqual(self.told(), [("error", "terms.xls")])


class TestImportTables(BaseCase):
    def fault(self, name, data):
        with self.assertRaises(cells.UnreadableError) as caught:
            list(tables.read_cells(name, data))
        return caught.exception

    def test_a_file_in_an_encoding_that_cannot_be_read_says_so(self):
        self.assertIn("UTF-8", str(self.fault("terms.csv", b"a\xff\xfeb").message))
        cut = "系所".encode("utf-16")[:-1]
        self.assertIn("UTF-16", str(self.fault("terms.csv", cut).message))

    def test_a_workbook_under_a_wrong_name_is_told(self):
        self.assertIn("Excel", str(self.fault("terms.csv", xlsx_bytes([["a"]])).message))
        self.assertIn(".xlsx", str(self.fault("terms.xlsx", b"a,b\n").message))

    def test_a_quotation_mark_that_is_not_closed_is_told_at_its_row(self):
        self.assertEqual(self.fault("terms.csv", b'a,b\n1,2\n"3,4\n').row, 3)

    def test_a_workbook_that_unpacks_to_an_absurd_size_is_not_opened(self):
        with patch.object(workbook_parts, "MAX_UNPACKED", 100):
            self.assertIn("absurd", str(self.fault("terms.xlsx", xlsx_bytes([["a"]])).message))

    def test_a_workbook_keeps_its_row_numbers_over_empty_rows(self):
        data = xlsx_bytes([["學年期"], [], [], [1131]])
        self.assertEqual([number for number, _row in tables.read_cells("terms.xlsx", data)], [1, 4])


class TestImportColumns(BaseCase):
    def value(self, column, raw):
        return column(name="x", header="X").read_cell(raw)[0]

    def fault(self, column, raw, **options):
        with self.assertRaises(columns.CellError) as caught:
            column(name="x", header="X", **options).read_cell(raw)
        return str(caught.exception.message)

    def test_dates_in_every_spelling(self):
        day = date(2025, 10, 27)
        for text in ("2025-10-27", "114-10-27", "114/10/27", "民國114年10月27日", "0114-10-27"):
            self.assertEqual(self.value(columns.Date, text), day)
        self.assertEqual(self.value(columns.Date, datetime(2025, 10, 27)), day)  # noqa: DTZ001
        for text in ("2025-02-30", "27.10.2025", "114", 45957, "0000-10-27"):
            self.assertIn("no date", self.fault(columns.Date, text))

    def test_a_number_of_a_workbook_is_what_it_shows(self):
        column = columns.Number(name="x", header="X", high=100, decimals=2)
        self.assertEqual(column.read_cell(69.90000000000001)[0], Decimal("69.9"))
        self.assertEqual(column.read_cell(3)[0], Decimal(3))
        self.assertIn("no number", self.fault(columns.Number, True))

    def test_what_a_spreadsheet_spoils_is_an_error(self):
        self.assertIn("#N/A", self.fault(columns.Text, "#N/A"))
        self.assertIn("shortened", self.fault(columns.Code, "2.10941E+08"))
        self.assertIn("date", self.fault(columns.Code, datetime(2025, 1, 2)))  # noqa: DTZ001

    def test_an_empty_cell_that_must_be_filled_is_an_error(self):
        self.assertIn("must be filled", self.fault(columns.Text, " \u3000", required=True))

    def test_yes_and_no_also_as_a_workbooks_truth(self):
        self.assertIs(self.value(columns.YesNo, "是"), True)
        self.assertIs(self.value(columns.YesNo, False), False)
        self.assertIn("是、否", self.fault(columns.YesNo, "yes"))


class TestImportOutgoing(BaseCase):
    def test_F17_text_that_a_spreadsheet_would_run_is_neutralised_and_numbers_are_not(self):
        for text in ("=1+1", "+886", "-3", "@x", "\t=1", "＝1+1", "＋886", "－3", "＠x"):
            self.assertEqual(outgoing.safe_cell(text), f"'{text}")
        self.assertEqual(outgoing.safe_cell(Decimal("-3.0")), "-3")
        self.assertEqual(outgoing.safe_cell(0), "0")
        self.assertEqual(outgoing.safe_cell("王小明"), "王小明")

    def test_a_file_appears_only_once_it_is_whole(self):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "audit.csv"
            with self.assertRaises(ValueError), outgoing.new_table(path, ["甲"]) as table:
                table.add([1])
                raise ValueError
            self.assertEqual(list(Path(name).iterdir()), [])
            with outgoing.new_table(path, ["甲"]) as table:
                table.add([True])
            self.assertEqual(path.read_bytes(), "\ufeff甲\r\n是\r\n".encode())


class TestImportPure(BaseCase):
    def test_the_importer_package_imports_nothing_of_odoo(self):
        files = Path(sources.__file__).parent.rglob("*.py")
        for path in (file for file in files if file.parent.name != "writing"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found = [line for line in lines if line.startswith(("from odoo", "import odoo"))]
            self.assertEqual(found, [], path.name)
