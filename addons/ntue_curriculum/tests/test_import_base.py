"""A small correct set of the school's files, to start from and change one thing."""

import csv
import io

import openpyxl
from odoo.tests import TransactionCase

from ..importer.problems import Severity

FILES = {
    "terms": ["學年期,開始日,結束日", "1511,113-08-01,114-01-31", "1512,2025-02-01,2025-07-31"],
    "departments": [
        "系所代碼,系所名稱,系所英文名稱,聯絡電話,電子信箱,助教帳號",
        "ZQ,測試學系,Department of Tests,分機 1,zq@example.org,",
        "ZR,別的學系,,,,",
    ],
    "programs": [
        "學程代碼,學程名稱,學程英文名稱,系所代碼,學制,班別,學位,及格分數,"
        "最低在學學期數,一般修業學期數,最高修業年限,延畢起始年級",
        "ZQ-E,測試碩士在職專班,,ZQ,進修,夜間,碩士,70,2,4,6,4",
    ],
    "frameworks": ["課架代碼,學程代碼,入學學年度,班級名稱,畢業學分數", "ZQ-E-113,ZQ-E,113,一班,9"],
    "framework_areas": [
        "課架代碼,領域代碼,上層領域代碼,領域名稱,最低學分,最低科目數,採計上限學分,最低子領域數,最低成績",
        "ZQ-E-113,A,,方法領域,3,1,,,",
        "ZQ-E-113,B,,專題領域,3,1,,,",
    ],
    "framework_courses": [
        "課架代碼,領域代碼,科目代碼,科目名稱,學分,必選修,應修年級,應修學期,計入畢業學分,可重複採計",
        "ZQ-E-113,A,ZQ001,研究法,3,必修,1,1,,",
        "ZQ-E-113,B,ZQ002,專題甲,3,選修,1,2,,",
        "ZQ-E-113,B,ZQ003,專題乙,3,選修,2,1,,",
    ],
    "course_equivalents": ["科目代碼,等同科目代碼", "ZQ001,ZQ901"],
    "flexible_rules": [
        "課架代碼,適用來源,單位,上限,需事先核准,不計入上限",
        "ZQ-E-113,全部,學分,6,否,否",
    ],
    "students": [
        "學號,姓名,英文姓名,電子信箱,行動電話,聯絡電話,課架代碼,入學學年度,教程生",
        'Z211,王小明,"WANG, HSIAO-MING",z1@example.com,0900-000-001,,ZQ-E-113,113,否',
        "Z212,李小華,,z2@example.com,,,ZQ-E-113,113,是",
    ],
    "student_terms": ["學號,學年期,在學狀態", "Z211,1511,在學", "Z211,1512,休學", "Z212,1511,在學"],
    "enrollments": [
        "學號,學年期,開課號,科目代碼,科目名稱,學分,必選修,開課系所代碼,開課學校,成績,成績鎖定,狀態,停修日",
        "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,",
        "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,69.5,否,,",
        "Z211,1512,0648,ZQ901,舊研究法,3,選修,ZR,,90,是,,",
        "Z212,1511,0101,ZQ001,研究法,3,必修,ZQ,,,否,,",
    ],
    "recognitions": [
        "學號,學年期,開課號,科目代碼,認列,領域代碼,對應科目代碼,認列學年期,說明",
        "Z211,1512,0648,ZQ901,彈性,,,1512,初審通過",
    ],
}
"""The lines of each file; a test's row 2 is the line after the header."""


KEPT = ("ntue_import", "ntue_import_file", "ir_attachment", "bus_bus")
"""Tables in which a refused import leaves its record; attachments are counted without its files."""


def csv_bytes(lines):
    """Lines as a CSV file in UTF-8."""
    return ("\n".join(lines) + "\n").encode()


def cells_of(lines):
    """Lines of CSV as lists of cells."""
    return list(csv.reader(io.StringIO("\n".join(lines))))


def xlsx_bytes(rows):
    """Rows of values as a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_row(name, row, line, files=None):
    """The lines of a file with row number ``row`` (header = 1) written otherwise."""
    lines = list((files or FILES)[name])
    lines[row - 1 : row] = [line]
    return lines


class ImportCase(TransactionCase):
    """Imports the small set, with whatever a test changes in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls.env["ntue.importer"]

    @classmethod
    def contents(cls, **changes):
        """The set as CSV; ``changes`` are lines, bytes, or None to leave a file out."""
        files = {**FILES, **changes}
        return {
            f"{name}.csv": lines if isinstance(lines, bytes) else csv_bytes(lines)
            for name, lines in files.items()
            if lines is not None
        }

    def only(self, **files):
        """These files as CSV, without the rest of the set."""
        return {f"{name}.csv": csv_bytes(lines) for name, lines in files.items()}

    @classmethod
    def run_import(cls, contents=None, **options):
        return cls.importer._import(cls.contents() if contents is None else contents, **options)

    @classmethod
    def import_set(cls, **changes):
        """Import the set, which must be without an error."""
        report = cls.run_import(cls.contents(**changes))
        assert report.ok, cls.told(report)
        return report

    @classmethod
    def told(cls, report, severity=Severity.ERROR):
        """The problems of one severity as ``(file, row, column)``."""
        return [(one.file, one.row, one.column) for one in report.of(severity)]

    def texts(self, report, severity=Severity.ERROR):
        return [str(one.message) for one in report.of(severity)]

    def assert_refused(self, contents, *places, **options):
        """The import reports errors at exactly these places and changes nothing."""
        before = self.table_sizes()
        report = self.run_import(contents, **options)
        self.assertEqual(self.told(report), list(places), self.texts(report))
        self.assertEqual(self.table_sizes(), before)
        return report

    def assert_warned(self, contents, *places):
        """The import goes through, with warnings at exactly these places."""
        report = self.run_import(contents)
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.told(report, Severity.WARNING), list(places))
        return report

    def table_sizes(self):
        """How many rows every table of the database has, but for what is kept of an import."""
        self.env.flush_all()
        self.env.cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [name for (name,) in self.env.cr.fetchall() if name not in KEPT]
        of_imports = "SELECT 'ir_attachment', count(*) FROM ir_attachment WHERE res_field IS NULL"
        union = " UNION ALL ".join(
            f"SELECT '{name}', count(*) FROM \"{name}\""  # noqa: S608 - names from the catalogue
            for name in names
        )
        self.env.cr.execute(f"{union} UNION ALL {of_imports}")
        return dict(self.env.cr.fetchall())

    def counts(self, report):
        """``{"students": (created, updated, unchanged)}``."""
        return {
            file.split(".")[0]: (counts.created, counts.updated, counts.unchanged)
            for file, counts in report.counts.items()
        }

    @classmethod
    def student(cls, number="Z211"):
        return cls.env["ntue.student"].search([("student_no", "=", number)])

    @classmethod
    def enrollment(cls, offering_no, number="Z211"):
        return cls.student(number).enrollment_ids.filtered(
            lambda row: row.offering_no == offering_no
        )

    def framework(self, code="ZQ-E-113"):
        return self.env["ntue.curriculum"].search(
            [("code", "=", code), ("state", "=", "published")]
        )
