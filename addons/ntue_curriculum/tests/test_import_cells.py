"""The readings of files, headers and cells: F10–F17, changing one thing in the small set."""

from datetime import date

from odoo.tests import new_test_user, tagged

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase, cells_of, csv_bytes, with_row, xlsx_bytes

ENROLLMENT = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"


@tagged("-at_install", "post_install")
class TestImportCells(ImportCase):
    def test_F10_the_field_names_of_iNTUE_are_taken_in_enrollments(self):
        header = (
            "學號,學年期,SemesterCourseNo,科目代碼,SemesterCourseName,Credit,Choose,"
            "StudyCourseCategoryName,Score,IsPass,StudyClassName,Memo,StopDate"
        )
        lines = [
            header,
            "Z211,1511,0101,ZQ001,研究法,3,必修,測試學系,85,是,碩專一,補登,",
            "Z211,1512,0648,ZQ901,舊研究法,3,選修,別的學系,90,是,,,",
            "Z212,1511,0101,ZQ001,研究法,3,必修,ZQ,50,否,,,",
            "Z212,1512,0102,ZQ002,專題甲,3,選修,ZQ,,否,,,",
            "Z212,1512,0103,ZQ003,專題乙,3,選修,ZQ,,否,,,114-06-13",
        ]
        report = self.import_set(enrollments=lines)
        self.assertEqual(report.problems, [])
        taken = self.enrollment("0101")
        self.assertEqual((taken.state, taken.offering_department_id.code), ("passed", "ZQ"))
        self.assertEqual((taken.study_class, taken.note), ("碩專一", "補登"))
        self.assertEqual(self.enrollment("0101", "Z212").state, "failed")
        self.assertEqual(self.enrollment("0102", "Z212").state, "in_progress")
        self.assertEqual(self.enrollment("0103", "Z212").state, "withdrawn")
        self.assertEqual(self.enrollment("0103", "Z212").withdrawn_on, date(2025, 6, 13))

    def test_F10_aliases_are_taken_in_no_other_file(self):
        lines = ["科目代碼,等同科目代碼,Memo", "ZQ001,ZQ901,x"]
        self.assert_warned(
            self.contents(course_equivalents=lines), ("course_equivalents.csv", 1, "Memo")
        )

    def test_F10_a_department_name_that_two_bear_is_an_error(self):
        line = ENROLLMENT.replace(",ZQ,", ",別的學系,")
        contents = self.contents(
            departments=[*FILES["departments"], "ZS,別的學系,,,,"],
            enrollments=with_row("enrollments", 2, line),
        )
        self.assert_refused(contents, ("enrollments.csv", 2, "開課系所代碼"))

    def test_F10_a_department_of_the_database_is_found_by_name(self):
        self.import_set()
        line = ENROLLMENT.replace(",ZQ,", ",別的學系,")
        report = self.run_import(self.only(enrollments=with_row("enrollments", 2, line)))
        self.assertEqual(self.texts(report), [])
        self.assertEqual(self.enrollment("0101").offering_department_id.code, "ZR")

    def test_F11_an_unknown_header_is_a_warning(self):
        lines = [FILES["terms"][0] + ",備註", *(line + ",x" for line in FILES["terms"][1:])]
        self.assert_warned(self.contents(terms=lines), ("terms.csv", 1, "備註"))

    def test_F11_a_header_twice_is_an_error_also_under_its_alias(self):
        lines = [line + ",x" for line in FILES["enrollments"]]
        lines[0] = FILES["enrollments"][0] + ",SemesterCourseNo"
        self.assert_refused(self.contents(enrollments=lines), ("enrollments.csv", 1, "開課號"))

    def test_F11_headers_stand_in_any_order(self):
        lines = [",".join(reversed(line.split(","))) for line in FILES["terms"]]
        self.assertEqual(self.import_set(terms=lines).problems, [])

    def test_F11_a_column_that_is_not_needed_may_be_missing_and_counts_as_empty(self):
        lines = ["學號,姓名,課架代碼", "Z211,王小明,ZQ-E-113", "Z212,李小華,ZQ-E-113"]
        self.assertEqual(self.import_set(students=lines).problems, [])
        self.assertEqual(self.student().entry_year, 113)
        self.assertFalse(self.student().is_teacher_ed)

    def test_F11_a_missing_column_of_the_key_is_one_error_and_not_one_a_row(self):
        lines = ["姓名,課架代碼", "王小明,ZQ-E-113", "李小華,ZQ-E-113"]
        self.assert_refused(self.contents(students=lines), ("students.csv", 1, "學號"))

    def test_F11_a_missing_file_changes_nothing(self):
        self.import_set()
        report = self.run_import(self.only(students=FILES["students"]))
        self.assertEqual(self.counts(report), {"students": (0, 0, 2)})
        self.assertEqual(len(self.student().enrollment_ids), 3)

    def test_F11_a_file_with_a_header_only_is_fine(self):
        self.assertEqual(self.import_set(recognitions=FILES["recognitions"][:1]).problems, [])

    def test_F11_csv_and_xlsx_of_one_name_together_are_an_error(self):
        contents = {**self.contents(), "terms.xlsx": xlsx_bytes(cells_of(FILES["terms"]))}
        self.assert_refused(contents, ("terms.xlsx", None, ""))

    def test_F11_an_unknown_file_is_a_warning_and_a_readme_is_none(self):
        contents = {**self.contents(), "grades.csv": b"x", "terms.bak": b"x"}
        self.assert_warned(contents, ("grades.csv", None, ""), ("terms.bak", None, ""))

    def test_F12_the_department_may_be_empty_off_campus_only(self):
        off_campus = ENROLLMENT.replace(",ZQ,,", ",,示範大學,")
        self.import_set(enrollments=with_row("enrollments", 2, off_campus))
        self.assertEqual(self.enrollment("0101").school, "示範大學")
        nowhere = ENROLLMENT.replace(",ZQ,,", ",,,")
        contents = self.contents(enrollments=with_row("enrollments", 2, nowhere))
        self.assert_refused(contents, ("enrollments.csv", 2, "開課系所代碼"))

    def test_F12_the_offering_number_may_be_empty_for_transferred_credit_only(self):
        transferred = "Z211,1511,,ZQ001,研究法,3,必修,ZQ,,,是,抵免,"
        self.import_set(enrollments=with_row("enrollments", 2, transferred))
        self.assertEqual(
            self.student().enrollment_ids.filtered(lambda row: not row.offering_no).state,
            "transferred",
        )
        taken = transferred.replace("抵免", "通過")
        contents = self.contents(enrollments=with_row("enrollments", 2, taken))
        self.assert_refused(contents, ("enrollments.csv", 2, "開課號"))

    def test_F12_what_is_filled_must_exist(self):
        line = "Z219,1149,0101,ZQ001,研究法,3,必修,ZX,示範大學,85,是,,"
        self.assert_refused(
            self.contents(enrollments=with_row("enrollments", 2, line)),
            ("enrollments.csv", 2, "學年期"),
            ("enrollments.csv", 2, "學號"),
        )
        line = ENROLLMENT.replace(",ZQ,,", ",ZX,示範大學,")
        self.assert_refused(
            self.contents(enrollments=with_row("enrollments", 2, line)),
            ("enrollments.csv", 2, "開課系所代碼"),
        )

    def test_F13_an_account_that_is_not_there_is_a_warning(self):
        assistant = new_test_user(self.env, "import.assistant", "base.group_user")
        student = new_test_user(self.env, "import.student", "base.group_portal")
        logins = f"nobody.zq;{assistant.login};{student.login}"
        lines = with_row("departments", 2, f"ZQ,測試學系,,,,{logins}")
        self.assert_warned(self.contents(departments=lines), ("departments.csv", 2, "助教帳號"))
        department = self.env["ntue.department"].search([("code", "=", "ZQ")])
        self.assertEqual(department.assistant_ids, assistant)

    def test_F14_rows_are_numbered_as_a_spreadsheet_shows_them(self):
        lines = [
            FILES["recognitions"][0],
            'Z211,1512,0648,ZQ901,彈性,,,1512,"初審\n通過\n二行"',
            "",
            "Z211,1511,0101,ZQ001,彈性的,,,1512,",
        ]
        self.assert_refused(self.contents(recognitions=lines), ("recognitions.csv", 4, "認列"))

    def test_F14_rows_of_a_workbook_are_numbered_the_same(self):
        rows = [*cells_of(FILES["terms"]), [], ["1514", None, None]]
        contents = {**self.contents(terms=None), "terms.xlsx": xlsx_bytes(rows)}
        self.assert_refused(contents, ("terms.xlsx", 5, "學年期"))

    def test_F15_full_width_digits_and_blanks_are_put_right_with_a_note(self):
        line = "Ｚ２１１ ,１５１１,\u30000101,ZQ001,研究法（一）,３,必修,ZQ,,８５,是,,"
        report = self.import_set(enrollments=with_row("enrollments", 2, line))
        self.assertEqual(
            self.told(report, Severity.NOTE),
            [
                ("enrollments.csv", 2, "學分"),
                ("enrollments.csv", 2, "學年期"),
                ("enrollments.csv", 2, "學號"),
                ("enrollments.csv", 2, "成績"),
                ("enrollments.csv", 2, "開課號"),
            ],
        )
        self.assertEqual(self.enrollment("0101").score, 85)
        self.assertEqual(self.enrollment("0101").name, "研究法（一）")

    def test_F15_equal_notes_of_one_column_are_told_once(self):
        lines = [line.replace("Z21", " Z21") for line in FILES["enrollments"]]
        report = self.import_set(enrollments=lines)
        self.assertEqual(len(report.of(Severity.NOTE)), 1)
        self.assertIn("4 cells", self.texts(report, Severity.NOTE)[0])

    def test_F15_a_student_number_has_no_fixed_length(self):
        number = "Z" + "9" * 30
        line = f"{number},王長號,,,,,ZQ-E-113,113,否"
        self.import_set(students=[*FILES["students"], line])
        self.assertTrue(self.student(number))

    def test_F16_whole_numbers_of_a_workbook_are_text_in_text_columns(self):
        student = [211999001, "王數字", None, None, 900, None, "ZQ-E-113", 113, "否"]
        rows = [*cells_of(FILES["students"]), student]
        contents = {**self.contents(students=None), "students.xlsx": xlsx_bytes(rows)}
        self.assertTrue(self.run_import(contents).ok)
        self.assertEqual(self.student("211999001").mobile, "900")

    def test_F16_offering_numbers_and_course_codes_must_be_text_in_a_workbook(self):
        rows = cells_of(FILES["enrollments"])
        rows[1][2] = 101
        rows[2][3] = 4002
        contents = {**self.contents(enrollments=None), "enrollments.xlsx": xlsx_bytes(rows)}
        report = self.assert_refused(
            contents, ("enrollments.xlsx", 2, "開課號"), ("enrollments.xlsx", 3, "科目代碼")
        )
        self.assertIn("as text", self.texts(report)[0])

    def test_F17_scores_lie_between_0_and_100_with_up_to_two_decimals(self):
        for score in ("-1", "100.01", "85.125", "八十", "NaN", "1e2"):
            with self.subTest(score):
                line = ENROLLMENT.replace(",85,", f",{score},")
                contents = self.contents(enrollments=with_row("enrollments", 2, line))
                self.assert_refused(contents, ("enrollments.csv", 2, "成績"))
        for score in ("0", "100", "69.99", "85.0"):
            with self.subTest(score):
                line = ENROLLMENT.replace(",85,", f",{score},")
                self.import_set(enrollments=with_row("enrollments", 2, line))
                self.assertEqual(self.enrollment("0101").score, float(score))

    def test_F17_a_text_of_256_characters_is_too_long(self):
        for length, places in ((255, ()), (256, (("departments.csv", 3, "系所名稱"),))):
            with self.subTest(length):
                lines = with_row("departments", 3, f"ZR,{'系' * length},,,,")
                report = self.run_import(self.contents(departments=lines), dry_run=True)
                self.assertEqual(self.told(report), list(places))

    def test_F17_text_that_looks_like_a_formula_stays_text(self):
        line = "Z212,=1+1,,z2@example.com,+886900,-,ZQ-E-113,113,是"
        self.import_set(students=with_row("students", 3, line))
        student = self.student("Z212")
        self.assertEqual((student.name, student.mobile, student.phone), ("=1+1", "+886900", "-"))

    def test_a_bom_is_tolerated(self):
        data = b"\xef\xbb\xbf" + csv_bytes(FILES["departments"])
        self.assertEqual(self.import_set(departments=data).problems, [])
