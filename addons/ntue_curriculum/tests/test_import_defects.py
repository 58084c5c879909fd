"""A folder with many different defects: each is found, at its place, in one run."""

from odoo.tests import tagged

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase

ERROR, WARNING = Severity.ERROR, Severity.WARNING

DEFECTS = (
    # file, a row below those of the small set, severity, column that the finding names
    ("terms", "1521,114-08-01,114-07-01", ERROR, "結束日"),
    ("terms", "1522,2025-13-01,", ERROR, "開始日"),
    ("departments", "ZS,,,,,", ERROR, "系所名稱"),
    ("departments", "ZT,丁系,,,,nobody.at.all", WARNING, "助教帳號"),
    ("programs", "ZQ-M,早班,,ZQ,進修,早上,碩士,70,2,4,6,4", ERROR, "班別"),
    ("programs", "ZQ-N,無系,,ZX,進修,夜間,碩士,70,2,4,6,4", ERROR, "系所代碼"),
    ("programs", "ZQ-P,滿分,,ZQ,進修,夜間,碩士,101,2,4,6,4", ERROR, "及格分數"),
    ("programs", "ZQ-R,日班,,ZQ,進修,日間,碩士,70,2,4,6,4", WARNING, "班別"),
    ("frameworks", "ZQ-F-113,ZQ-ZZ,113,,9", ERROR, "學程代碼"),
    ("frameworks", "ZQ-G-113,ZQ-E,abc,,9", ERROR, "入學學年度"),
    ("framework_areas", "ZQ-E-113,C,D,循環一,0,0,,,", ERROR, "上層領域代碼"),
    ("framework_areas", "ZQ-E-113,D,C,循環二,0,0,,,", ERROR, "上層領域代碼"),
    ("framework_areas", "ZQ-E-113,E,Q,孤,0,0,,,", ERROR, "上層領域代碼"),
    ("framework_areas", "ZQ-E-113,F,,太多,30,0,,,", WARNING, "最低學分"),
    ("framework_courses", "ZQ-E-113,A,ZQ004,甲,三,選修,,,,", ERROR, "學分"),
    ("framework_courses", "ZQ-E-113,A,ZQ005,乙,2.3,選修,,,,", WARNING, "學分"),
    ("framework_courses", "ZQ-E-113,Z,ZQ006,丙,3,選修,,,,", ERROR, "領域代碼"),
    ("framework_courses", "ZQ-E-113,A,ZQ001,研究法,3,必修,1,1,,", ERROR, "課架代碼"),
    ("course_equivalents", "ZQ001,ZQ001", ERROR, "等同科目代碼"),
    ("course_equivalents", "ZQ777,ZQ001", ERROR, "科目代碼"),
    ("flexible_rules", "ZQ-E-113,校外,比例,2,否,否", ERROR, "上限"),
    ("flexible_rules", "ZQ-E-113,他系,學分,,否,否", ERROR, "上限"),
    ("students", "Z213,王?明,,,,,ZQ-E-113,113,否", ERROR, "姓名"),
    ("students", "Z214,丙生,王大明,,,,ZQ-E-113,113,否", ERROR, "英文姓名"),
    ("students", "Z215,丁生,,not-an-address,,,ZQ-E-113,113,否", WARNING, "電子信箱"),
    ("students", "Z216,戊生,,,,,ZQ-X-113,113,否", ERROR, "課架代碼"),
    ("students", "Z217,李小華,,Z2@example.com,,,ZQ-E-113,113,否", WARNING, "學號"),
    ("students", "Z218,己生,,known@example.com,,,ZQ-E-113,113,否", WARNING, "電子信箱"),
    ("students", "Z219,庚生,,,,,ZQ-E-113,112,否", WARNING, "入學學年度"),
    ("student_terms", "Z211,1514,在學", ERROR, "學年期"),
    ("student_terms", "Z299,1511,在學", ERROR, "學號"),
    ("student_terms", "Z212,1532,在學", ERROR, "學年期"),
    ("student_terms", "Z212,1512,退學", ERROR, "在學狀態"),
    ("enrollments", "Z212,1512,0201,ZQ002,專題甲,3,選修,ZQ,,101,否,,", ERROR, "成績"),
    ("enrollments", "Z212,1512,0202,ZQ002,專題甲,3,選修,ZQ,,A+,否,,", ERROR, "成績"),
    ("enrollments", "Z212,1512,0203,ZQ002,專題甲,-1,選修,ZQ,,80,否,,", ERROR, "學分"),
    ("enrollments", "Z212,1512,0204,ZQ002,專題甲,3,選修,無此系,,80,否,,", ERROR, "開課系所代碼"),
    ("enrollments", "Z212,1512,,ZQ003,專題乙,3,選修,ZQ,,80,否,,", ERROR, "開課號"),
    ("enrollments", "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,", ERROR, "學號"),
    ("enrollments", "Z212,1101,0205,ZQ002,專題甲,3,選修,ZQ,,80,否,,", WARNING, "學年期"),
    ("enrollments", "Z212,1512,0206,ZQ002,專題甲,3,選修,ZQ,,50,否,通過,", WARNING, "狀態"),
    ("recognitions", "Z211,1512,0999,ZQ901,彈性,,,1512,", ERROR, "科目代碼"),
    ("recognitions", "Z211,1511,0101,ZQ001,對應,,,1512,", ERROR, "領域代碼"),
)


@tagged("-at_install", "post_install")
class TestDefects(ImportCase):
    def folder(self, defects=DEFECTS):
        """The small set with these rows below, and the places of the rows."""
        files = {name: list(lines) for name, lines in FILES.items()}
        files["terms"].append("1101,2021-08-01,2022-01-31")
        places = set()
        for name, line, severity, column in defects:
            files[name].append(line)
            places.add((severity, f"{name}.csv", len(files[name]), column))
        return files, places

    def found(self, report):
        return {
            (one.severity, one.file, one.row, one.column)
            for one in report.problems
            if one.severity is not Severity.NOTE
        }

    def test_every_one_of_many_defects_is_found_at_its_place_and_nothing_is_written(self):
        self.env["res.partner"].create({"name": "Somebody", "email": "Known@example.com"})
        files, places = self.folder()
        self.assertGreaterEqual(len(places), 30)
        before = self.table_sizes(), self.table_sums()
        report = self.run_import(self.contents(**files))
        self.assertEqual(self.found(report), places)
        self.assertEqual(report.count(Severity.ERROR) + report.count(Severity.WARNING), len(places))
        self.assertEqual((self.table_sizes(), self.table_sums()), before)

    def test_each_defect_is_told_with_what_is_wrong_and_in_a_whole_sentence(self):
        files, _places = self.folder()
        for problem in self.run_import(self.contents(**files)).problems:
            self.assertRegex(str(problem.message), r"[.:]( |$)|[.]$")

    def test_the_set_without_the_defects_has_none(self):
        files, _places = self.folder(())
        report = self.run_import(self.contents(**files))
        self.assertEqual(self.found(report), set())
        self.assertTrue(report.ok)

    def table_sums(self):
        """A sum over the rows of every table of ours, and of contacts and accounts.

        Except the record of imports, which keeps one that failed as well.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT tablename FROM pg_tables WHERE tablename ~ '^(ntue_|res_|mail_)'"
            " AND tablename !~ '^ntue_import(_file)?$'"
        )
        names = sorted(name for (name,) in cr.fetchall())
        union = " UNION ALL ".join(
            f"SELECT '{name}', sum(hashtext(t::text)::bigint) FROM {name} t"  # noqa: S608 - names from the catalogue
            for name in names
        )
        cr.execute(union)
        return dict(cr.fetchall())


@tagged("-at_install", "post_install")
class TestSomebodyElse(ImportCase):
    """A student who may be on record already, and a course before entry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set()

    def students(self, line):
        return self.only(students=[FILES["students"][0], line])

    def test_a_student_with_name_and_email_of_one_on_record_is_asked_about(self):
        line = "Z311,王小明,,Z1@example.com,,,ZQ-E-113,113,否"
        self.assert_warned(self.students(line), ("students.csv", 2, "學號"))

    def test_another_name_or_another_email_is_another_student(self):
        for line in (
            "Z312,王小明,,other@example.com,,,ZQ-E-113,113,否",
            "Z313,王小英,,,,,ZQ-E-113,113,否",
        ):
            self.assert_warned(self.students(line))

    def test_a_student_on_record_is_not_asked_about_as_such(self):
        self.assert_warned(self.only(students=FILES["students"]))

    def test_a_contact_with_the_email_of_a_new_student_is_told_and_left_alone(self):
        contact = self.env["res.partner"].create({"name": "師長", "email": "prof@example.com"})
        line = "Z314,新生,,prof@example.com,,,ZQ-E-113,113,否"
        self.assert_warned(self.students(line), ("students.csv", 2, "電子信箱"))
        self.assertNotEqual(self.student("Z314").partner_id, contact)

    def test_a_course_before_entry_is_asked_about_unless_it_was_transferred(self):
        self.env["ntue.term"].create({"code": "1122"})
        header = FILES["enrollments"][0]
        line = "Z211,1122,030{},ZQ003,專題乙,3,選修,ZQ,,,否,{},"
        for number, state in enumerate(("通過", "修習中", "抵免")):
            with self.subTest(state=state):
                contents = self.only(enrollments=[header, line.format(number, state)])
                warned = [("enrollments.csv", 2, "學年期")] if state != "抵免" else []
                self.assert_warned(contents, *warned)
