"""Work without a bound, from files: whatever comes in ends soon, and as findings."""

import io
import re
import zipfile
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..importer import cells, csv_files, problems, tables, workbook_parts
from ..importer.problems import Report, Severity
from ..importer.reading import read_files
from ..importer.sources import read_uploads
from ..importer.writing.known import DatabaseKnown
from . import damage
from .test_import_base import FILES, ImportCase, cells_of, xlsx_bytes

SHEET = "xl/worksheets/sheet1.xml"


def workbook_of(rows):
    """A workbook of texts; what no spreadsheet can hold is left out."""
    return xlsx_bytes(
        [[tables_text(cell) for cell in row] for row in rows]  # openpyxl refuses control marks
    )


def tables_text(cell):
    return "".join(mark for mark in cell if mark >= " " or mark == "\n")


def with_part(data, name, change):
    """A workbook with one part of it changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == name else part)
    return packed.getvalue()


def renamed_sheet(data, path):
    """A workbook whose only sheet is the part of that name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            part = old.read(info).replace(SHEET.encode(), path.encode())
            new.writestr(path if info.filename == SHEET else info.filename, part)
    return packed.getvalue()


def prefix_of_its_own(part):
    """The same part with a prefix before the name of each tag."""
    tags = re.sub(rb"<(/?)(?=\w)", rb"<\1a-b.c:", part)
    return tags.replace(b"xmlns=", b"xmlns:a-b.c=", 1)


class CountedRange:
    """``range`` that counts what is taken of it, and stops what would go on for ever."""

    def __init__(self):
        self.turns = 0

    def __call__(self, *ends):
        for number in range(*ends):
            self.turns += 1
            if self.turns > 1000:
                raise AssertionError
            yield number


@tagged("post_install", "-at_install")
class TestDamagedFiles(ImportCase):
    """Every file × every damage: an import says what is wrong and never falls over."""

    def looked_at(self, contents):
        """The report of reading and checking ``contents``; nothing is written."""
        report = Report()
        specs = self.importer._file_specs()
        read_files(specs, contents, DatabaseKnown(self.env), report, "Reason")
        return report

    def fallen(self, what, contents):
        """What an import falls over, in a line; None when it only reports."""
        try:
            sorted(map(str, self.looked_at(contents).problems))
        except Exception as error:  # anything at all is what is looked for
            return f"{what}: {type(error).__name__}: {error}"
        return None

    def lines_of(self, spec):
        """The sample lines of a file; of one without samples its header and a blank row."""
        header = ",".join(column.header for column in spec.columns)
        return FILES.get(spec.name) or [header, "," * (len(spec.columns) - 1)]

    def test_every_file_with_every_damage_is_reported_on(self):
        fallen = []
        for spec in self.importer._file_specs():
            rows = cells_of(self.lines_of(spec))
            for seed, harm in enumerate((*damage.OF_ROWS, *damage.OF_BYTES) * 2):
                rng = damage.chance(f"{spec.name} {seed}")
                changed = [list(row) for row in rows]
                workbook = seed % 2
                if harm in damage.OF_ROWS:
                    harm(rng, changed)
                data = workbook_of(changed) if workbook else damage._csv(changed)
                if harm in damage.OF_BYTES:
                    data = harm(rng, data)
                contents = self.contents(**{spec.name: None})
                contents[f"{spec.name}.{'xlsx' if workbook else 'csv'}"] = data
                fallen.append(self.fallen(f"{spec.name}, {harm.__name__}, {seed}", contents))
        self.assertEqual([one for one in fallen if one], [])

    def test_sets_damaged_in_several_places_are_reported_on(self):
        fallen = []
        for seed in range(150):
            contents = damage.damaged(damage.chance(seed), FILES, workbook_of)
            fallen.append(self.fallen(seed, contents))
        self.assertEqual([one for one in fallen if one], [])

    def test_archives_damaged_anywhere_are_reported_on(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.contents().items():
                archive.writestr(name, data)
        for seed in range(150):
            rng = damage.chance(seed)
            data = rng.choice(damage.OF_BYTES)(rng, packed.getvalue())
            with self.subTest(seed=seed):
                self.looked_at(read_uploads([("files.zip", data)], Report()))

    def test_a_column_that_is_missing_is_told_once_and_nothing_goes_by_its_rows(self):
        lines = [line.replace("ZQ,進修,夜間,碩士,", "ZQ,進修,夜間,") for line in FILES["programs"]]
        lines[0] = lines[0].replace("學位,", "")
        report = self.looked_at(self.contents(programs=lines))
        self.assertIn(("programs.csv", 1, "學位"), self.told(report))


@tagged("post_install", "-at_install")
class TestBoundedFiles(TransactionCase):
    """Files that grow when they are read."""

    def report_on(self, **files):
        report = Report()
        specs = self.env["ntue.importer"]._file_specs()
        read_files(specs, files, DatabaseKnown(self.env), report)
        return report

    def refusal(self, name, data):
        """What reading the file says against it; fails when it says nothing."""
        with self.assertRaises(cells.UnreadableError) as caught:
            list(tables.read_cells(name, data))
        return str(caught.exception)

    def test_findings_stop_at_a_number_and_are_counted_all_the_same(self):
        wrong = ["x" * 300] * 13
        data = xlsx_bytes([FILES["students"][0].split(","), *[wrong] * 2000])
        report = self.report_on(**{"students.xlsx": data})
        self.assertGreater(report.count(Severity.ERROR), 5000)
        errors = report.of(Severity.ERROR)
        self.assertEqual(len(errors), problems.MOST + 1)
        left = report.count(Severity.ERROR) - problems.MOST
        self.assertTrue(str(errors[-1].message).startswith(f"{left} more"))
        self.assertFalse(report.ok)

    def test_what_a_finding_repeats_of_a_file_is_short(self):
        report = self.report_on(**{"terms.csv": ("學年期\n" + "9" * 90_000 + "\n").encode()})
        (error,) = report.of(Severity.ERROR)
        self.assertLess(len(str(error.message)), 400)

    def test_a_row_far_below_is_refused_before_the_rows_between_are_made(self):
        data = xlsx_bytes([["學年期"], ["1141"], ["1142"]])
        for number in (b"2000000000", b"99999999999999999999"):
            far = with_part(
                data, SHEET, lambda part, n=number: part.replace(b'r="3"', b'r="%s"' % n)
            )
            self.assertIn("more than", self.refusal("terms.xlsx", far))

    def test_cells_and_different_texts_of_a_workbook_are_counted_before_they_are_read(self):
        data = xlsx_bytes([[f"{row} {place}" for place in range(10)] for row in range(50)])
        packed = io.BytesIO(data)
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr("xl/sharedStrings.xml", "<sst>" + "<si><t>a</t></si>" * 500 + "</sst>")
        for name, workbook in (("MAX_CELLS", data), ("MAX_STRINGS", packed.getvalue())):
            with patch.object(workbook_parts, name, 499), patch("openpyxl.load_workbook") as reader:
                self.assertIn("absurd size", self.refusal("terms.xlsx", workbook), name)
            reader.assert_not_called()
        self.assertEqual(len(list(tables.read_cells("terms.xlsx", data))), 50)

    def test_merges_that_cover_no_cell_that_is_read_cost_a_glance_each(self):
        data = xlsx_bytes([["學年期"], ["1141"]])
        for ref in (b"BZ1:BZ2000000", b"C1:A2000000"):
            merge = b'<mergeCell ref="%s"/>' % ref
            sheet = with_part(
                data,
                SHEET,
                lambda part, one=merge: part.replace(
                    b"</sheetData>", b"</sheetData><mergeCells>" + one * 50 + b"</mergeCells>"
                ),
            )
            with (
                self.subTest(ref),
                patch.object(workbook_parts, "range", CountedRange(), create=True) as rows,
                zipfile.ZipFile(io.BytesIO(sheet)) as archive,
            ):
                (part,) = workbook_parts.parts_of(archive)
                self.assertFalse(workbook_parts.marks_of(archive, part).covered)
                self.assertEqual(rows.turns, 0)
            with patch.object(workbook_parts, "MAX_COVERED", 49):
                self.assertIn("merged cells", self.refusal("terms.xlsx", sheet))

    def test_a_sheet_of_another_name_encoding_or_prefix_is_counted_too(self):
        data = xlsx_bytes([[f"{row} {place}" for place in range(10)] for row in range(50)])
        renamed = renamed_sheet(data, "xl/worksheets/sheet1.dat")
        self.assertEqual(len(list(tables.read_cells("terms.xlsx", renamed))), 50)
        wide = with_part(data, SHEET, lambda part: part.decode().encode("utf-16"))
        self.assertEqual(len(list(tables.read_cells("terms.xlsx", wide))), 50)
        prefixed = with_part(data, SHEET, prefix_of_its_own)
        self.assertEqual(len(list(tables.read_cells("terms.xlsx", prefixed))), 50)
        for workbook in (renamed, wide, prefixed):
            with patch.object(workbook_parts, "MAX_CELLS", 499):
                self.assertIn("absurd size", self.refusal("terms.xlsx", workbook))

    def test_a_cell_far_to_the_right_makes_no_long_row(self):
        data = xlsx_bytes([["學年期"], ["1141"]])
        far = with_part(data, SHEET, lambda part: part.replace(b'r="A2"', b'r="XFD2"'))
        self.assertTrue(all(len(row) <= 60 for _no, row in tables.read_cells("a.xlsx", far)))

    def test_rows_lines_and_cells_of_text_have_an_end(self):
        with patch.object(csv_files, "MAX_ROWS", 10), patch.object(cells, "MAX_ROWS", 10):
            self.assertIn("more than 10 rows", self.refusal("a.csv", b"x\n" * 11))
        self.assertIn("limit", self.refusal("a.csv", b"," * (2 * csv_files.MAX_LINE)))
        self.assertIn("limit", self.refusal("a.csv", b'"\n",' * (2 * csv_files.MAX_LINES)))

    def test_an_archive_of_an_unknown_kind_is_a_finding(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("terms.csv", "學年期\n1141\n")
        data = bytearray(packed.getvalue())
        for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
            data[data.index(mark) + at] = 99
        report = Report()
        self.assertEqual(read_uploads([("a.zip", bytes(data))], report), {})
        self.assertFalse(report.ok)
