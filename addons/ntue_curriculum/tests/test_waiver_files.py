"""Waivers in files: they come in, leave, and come in again without a difference (A52, F52)."""

from odoo.tests import tagged

from ..importer.problems import Report, Severity
from ..importer.sources import read_uploads
from .test_export import exported, tables_of
from .test_import_base import FILES, ImportCase

HEADER = "學號,科目代碼,認列學年期,說明"
FILE = "student_waivers.csv"


@tagged("post_install", "-at_install")
class TestWaiverFiles(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        areas = [f"{FILES['framework_areas'][0]},免修減免"]
        areas += [f"{line},是" for line in FILES["framework_areas"][1:]]
        cls.import_set(framework_areas=areas)

    def waive(self, *rows):
        return self.run_import(self.only(student_waivers=[HEADER, *rows]))

    def waivers(self, number="Z212"):
        return self.env["ntue.recognition"].search(
            [("student_id", "=", self.student(number).id), ("kind", "=", "waived")]
        )

    def minimum(self, number="Z212"):
        """What area A asks of a student."""
        (area,) = [one for one in self.student(number)._case().audit().areas if one.code == "A"]
        return area.min_credits, area.min_courses

    def test_a_waiver_lowers_the_minimum_of_its_area_for_this_student_alone(self):
        self.assertEqual(self.minimum(), (3, 1))
        report = self.waive("Z212,ZQ001,1511,英文檢定免修")
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.minimum(), (0, 0))
        self.assertEqual(self.minimum("Z211"), (3, 1))
        found = self.waivers()
        self.assertEqual((found.term_id.code, found.reason), ("1511", "英文檢定免修"))
        self.assertEqual(found.line_id.course_id.code, "ZQ001")

    def test_what_is_exported_comes_in_again_without_a_difference(self):
        self.waive("Z212,ZQ001,1511,英文檢定免修", "Z211,ZQ003,,轉學抵免")
        for kind in ("zip", "xlsx"):
            with self.subTest(kind=kind):
                data = exported(self.env, kind, ["student_waivers"])
                report = self.run_import(
                    read_uploads([(f"student_waivers.{kind}", data)], Report())
                )
                self.assertTrue(report.ok, self.texts(report))
                (counts,) = report.counts.values()
                self.assertEqual((counts.created, counts.updated, counts.unchanged), (0, 0, 2))
        rows = tables_of(exported(self.env, names=["student_waivers"]))["student_waivers"]
        mine = [row for row in rows if row[0].startswith("Z21")]
        self.assertEqual(
            mine, [["Z211", "ZQ003", "", "轉學抵免"], ["Z212", "ZQ001", "1511", "英文檢定免修"]]
        )

    def test_one_that_was_given_stays_as_it_was_given(self):
        self.waive("Z212,ZQ001,1511,英文檢定免修")
        report = self.waive("Z212,ZQ001,1511,另有理由")
        self.assertEqual(self.told(report, Severity.WARNING), [(FILE, 2, "說明")])
        self.assertEqual(self.waivers().reason, "英文檢定免修")

    def test_one_without_a_reason_or_a_subject_of_the_framework_is_told_by_row_and_column(self):
        for row, column in (
            ("Z212,ZQ001,1511,", "說明"),
            ("Z212,ZQ777,1511,免修", "科目代碼"),
            ("Z219,ZQ001,1511,免修", "學號"),
            ("Z212,ZQ001,1599,免修", "認列學年期"),
        ):
            with self.subTest(row=row):
                contents = self.only(student_waivers=[HEADER, row])
                self.assert_refused(contents, (FILE, 2, column))

    def test_one_that_is_void_does_not_leave_and_may_be_given_anew(self):
        self.waive("Z212,ZQ001,1511,英文檢定免修")
        files = {name: FILES[name] for name in ("framework_areas", "framework_courses")}
        moved = {
            name: [row.replace("ZQ-E-113", "ZQ-E-114") for row in files[name]] for name in files
        }
        header, row = FILES["frameworks"]
        framework = [header, row.replace("ZQ-E-113", "ZQ-E-114").replace("一班", "二班")]
        head, _first, second = FILES["students"]
        students = [head, second.replace("ZQ-E-113", "ZQ-E-114")]
        report = self.run_import(self.only(frameworks=framework, students=students, **moved))
        self.assertTrue(report.ok, self.texts(report))
        self.assertTrue(self.waivers().is_void)
        rows = tables_of(exported(self.env, names=["student_waivers"]))["student_waivers"]
        self.assertNotIn("Z212", [row[0] for row in rows])
        report = self.waive("Z212,ZQ001,1511,英文檢定免修")
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(sorted(self.waivers().mapped("is_void")), [False, True])


@tagged("post_install", "-at_install")
class TestBlocksBesideStudents(ImportCase):
    """What rows of students name may be of a shared block that their framework has (A54)."""

    def blocks(self):
        head, first = FILES["frameworks"]
        line = "ZQ-GE,G,ZQ900,文學,2,選修,,,,"
        return {
            "frameworks": [
                f"{head},修讀類別,共用區塊代碼",
                f"{first},主修,ZQ-GE",
                "ZQ-GE,ZQ-E,113,通識,2,共用區塊,",
            ],
            "framework_areas": [*FILES["framework_areas"], "ZQ-GE,G,,通識,2,,,,"],
            "framework_courses": [*FILES["framework_courses"], line],
            "framework_milestones": [
                "課架代碼,門檻代碼,門檻名稱,達成方式,計量單位,最低數量",
                "ZQ-GE,SVC,服務學習,時數,小時,16",
            ],
        }

    def of_students(self):
        mapped = "Z211,1512,0648,ZQ901,對應,G,ZQ900,1512,抵免"
        return {
            "recognitions": [FILES["recognitions"][0], mapped],
            "student_waivers": [HEADER, "Z212,ZQ900,1511,轉學抵免"],
            "student_milestones": ["學號,門檻代碼,達成方式,數量", "Z211,SVC,時數,16"],
        }

    def test_they_come_in_with_the_block_and_after_it(self):
        self.import_set(**self.blocks(), **self.of_students())
        self.assertEqual(self.student("Z211").recognition_ids.line_id.name, "文學")
        report = self.run_import(self.only(**self.of_students()))
        self.assertTrue(report.ok, self.texts(report))
        for name in self.of_students():
            counts = report.counts_of(f"{name}.csv")
            self.assertEqual((counts.created, counts.updated, counts.unchanged), (0, 0, 1), name)
