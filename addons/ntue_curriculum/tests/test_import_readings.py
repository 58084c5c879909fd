"""The readings of the files, F1–F20: each starts from the small set and changes one thing."""

from datetime import date

from odoo.tests import new_test_user, tagged

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase, cells_of, csv_bytes, with_row, xlsx_bytes

ENROLLMENT = "Z211,1131,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"


@tagged("-at_install", "post_install")
class TestImportReadings(ImportCase):
    def test_F1_required_and_elective_in_every_spelling(self):
        for word, requirement in (
            ("必修", "required"),
            ("必", "required"),
            ("選修", "elective"),
            ("選", "elective"),
        ):
            with self.subTest(word):
                line = f"Z211,1131,0101,ZQ001,研究法,3,{word},ZQ,,85,是,,"
                self.import_set(enrollments=with_row("enrollments", 2, line))
                self.assertEqual(self.enrollment("0101").requirement, requirement)

    def test_F2_what_an_area_may_ask_and_a_shareable_subject_and_a_milestone(self):
        self.import_set(
            framework_areas=[
                FILES["framework_areas"][0],
                "ZQ-E-113,T,,全部,3,1,20,1,",
                "ZQ-E-113,A,T,方法領域,3,1,,,72.5",
                "ZQ-E-113,B,T,專題領域,3,1,,,",
            ],
            framework_courses=[
                *FILES["framework_courses"],
                "ZQ-E-113,A,ZQ009,學術倫理,0,必修,1,1,否,是",
            ],
        )
        areas = {area.code: area for area in self.framework().area_ids}
        self.assertEqual((areas["T"].min_children, areas["T"].max_credits), (1, 20))
        self.assertEqual(areas["A"].parent_id, areas["T"])
        self.assertTrue(areas["A"].has_floor)
        self.assertEqual(areas["A"].min_score, 72.5)
        self.assertFalse(areas["A"].has_cap)
        milestone = self.framework().line_ids.filtered(lambda line: line.course_id.code == "ZQ009")
        self.assertEqual(milestone.credits, 0)
        self.assertTrue(milestone.shareable)
        self.assertFalse(milestone.counts_in_total)

    def test_F3_equivalents_link_the_courses(self):
        self.import_set()
        course = self.env["ntue.course"].search([("code", "=", "ZQ001")])
        self.assertEqual(course.equivalent_ids.mapped("code"), ["ZQ901"])

    def test_F3_a_course_is_no_equivalent_of_itself(self):
        lines = with_row("course_equivalents", 2, "ZQ001,ZQ001")
        self.assert_refused(
            self.contents(course_equivalents=lines), ("course_equivalents.csv", 2, "等同科目代碼")
        )

    def test_F4_an_enrolment_never_changes_the_name_of_a_line_or_course(self):
        line = "Z211,1131,0101,ZQ001,研究法（英語授課）,2,必修,ZQ,,85,是,,"
        self.import_set(enrollments=with_row("enrollments", 2, line))
        subject = self.framework().line_ids.filtered(lambda row: row.course_id.code == "ZQ001")
        self.assertEqual((subject.name, subject.credits), ("研究法", 3))
        self.assertEqual(subject.course_id.name, "研究法")
        self.assertEqual(self.enrollment("0101").name, "研究法（英語授課）")
        self.assertEqual(self.enrollment("0101").credits, 2)

    def test_F4_one_code_may_carry_another_name_in_another_framework(self):
        self.import_set(
            frameworks=[*FILES["frameworks"], "ZQ-E-114,ZQ-E,114,,9"],
            framework_courses=[
                *FILES["framework_courses"],
                "ZQ-E-114,,ZQ001,新研究法,2,必修,,,,",
            ],
        )
        self.assertEqual(self.framework("ZQ-E-114").line_ids.name, "新研究法")

    def test_F6_and_F19_the_same_row_twice_is_an_error_in_every_file(self):
        for name, lines in FILES.items():
            with self.subTest(name):
                contents = self.contents(**{name: [*lines, lines[1]]})
                report = self.run_import(contents)
                self.assertEqual(
                    [(file, row) for file, row, _column in self.told(report)],
                    [(f"{name}.csv", len(lines) + 1)],
                )
                self.assertIn("row 2", self.texts(report)[0])

    def test_F6_one_offering_may_stand_for_two_courses(self):
        line = "Z211,1131,0101,ZQ002,專題甲,3,選修,ZQ,,85,是,,"
        self.import_set(enrollments=[*FILES["enrollments"], line])
        self.assertEqual(len(self.enrollment("0101")), 2)

    def test_F7_a_share_is_a_fraction_or_a_percentage(self):
        for text, limit in (("25%", 0.25), ("0.25", 0.25), ("12.5%", 0.125), ("1", 1)):
            with self.subTest(text):
                line = f"ZQ-{limit},全部,比例,{text},是,否"
                header = FILES["frameworks"][0]
                self.import_set(
                    frameworks=[*FILES["frameworks"], f"ZQ-{limit},ZQ-E,113,,9"],
                    flexible_rules=[FILES["flexible_rules"][0], line],
                )
                rule = self.framework(f"ZQ-{limit}").flexible_rule_ids
                self.assertEqual((rule.unit, rule.limit), ("share", limit))
                self.assertTrue(rule.prior_approval)
                self.assertTrue(header)

    def test_F7_a_limit_that_does_not_go_with_its_unit_is_an_error(self):
        for unit, text in (("比例", "25"), ("學分", "25%"), ("科目", "1.5"), ("學分", "1.25")):
            with self.subTest(unit=unit, text=text):
                lines = with_row("flexible_rules", 2, f"ZQ-E-113,全部,{unit},{text},否,否")
                self.assert_refused(
                    self.contents(flexible_rules=lines), ("flexible_rules.csv", 2, "上限")
                )

    def test_F7_a_limit_may_be_empty_where_the_origin_is_exempt(self):
        rows = [*FILES["flexible_rules"], "ZQ-E-113,他學年度,學分,,否,是"]
        self.import_set(flexible_rules=rows)
        exempt = self.framework().flexible_rule_ids.filtered("exempt")
        self.assertFalse(exempt.has_limit)
        self.assertEqual(exempt.origin, "other_entry_year")

    def test_F8_years_below_100_with_and_without_a_zero_are_the_same(self):
        self.import_set(
            terms=[*FILES["terms"], "0981,,", "982,,"],
            frameworks=[*FILES["frameworks"], "ZQ-E-098,ZQ-E,098,,9"],
            students=[*FILES["students"], "Z098,王老生,,,,,ZQ-E-098,98,"],
            student_terms=[*FILES["student_terms"], "Z098,981,在學", "Z098,0982,在學"],
        )
        terms = self.student("Z098").term_ids.term_id.mapped("code")
        self.assertEqual(sorted(terms), ["981", "982"])
        self.assertEqual(self.framework("ZQ-E-098").entry_year, 98)

    def test_F8_two_spellings_of_one_term_are_the_same_row(self):
        lines = [*FILES["terms"], "0981,,", "981,,"]
        self.assert_refused(self.contents(terms=lines), ("terms.csv", 5, "學年期"))

    def test_F9_a_summer_term_may_overlap_others_without_a_word(self):
        report = self.import_set(terms=[*FILES["terms"], "1133,2025-07-01,2025-08-31"])
        self.assertEqual(report.problems, [])

    def test_F9_other_terms_that_overlap_are_a_warning(self):
        lines = [*FILES["terms"], "1141,2025-07-31,2026-01-31"]
        self.assert_warned(self.contents(terms=lines), ("terms.csv", 4, "開始日"))

    def test_F10_the_field_names_of_iNTUE_are_taken_in_enrollments(self):
        header = (
            "學號,學年期,SemesterCourseNo,科目代碼,SemesterCourseName,Credit,Choose,"
            "StudyCourseCategoryName,Score,IsPass,StudyClassName,Memo,StopDate"
        )
        lines = [
            header,
            "Z211,1131,0101,ZQ001,研究法,3,必修,測試學系,85,是,碩專一,補登,",
            "Z211,1132,0648,ZQ901,舊研究法,3,選修,別的學系,90,是,,,",
            "Z212,1131,0101,ZQ001,研究法,3,必修,ZQ,50,否,,,",
            "Z212,1132,0102,ZQ002,專題甲,3,選修,ZQ,,否,,,",
            "Z212,1132,0103,ZQ003,專題乙,3,選修,ZQ,,否,,,114-06-13",
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
        transferred = "Z211,1131,,ZQ001,研究法,3,必修,ZQ,,,是,抵免,"
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
            'Z211,1132,0648,ZQ901,彈性,,,1132,"初審\n通過\n二行"',
            "",
            "Z211,1131,0101,ZQ001,彈性的,,,1132,",
        ]
        self.assert_refused(self.contents(recognitions=lines), ("recognitions.csv", 4, "認列"))

    def test_F14_rows_of_a_workbook_are_numbered_the_same(self):
        rows = [*cells_of(FILES["terms"]), [], ["1134", None, None]]
        contents = {**self.contents(terms=None), "terms.xlsx": xlsx_bytes(rows)}
        self.assert_refused(contents, ("terms.xlsx", 5, "學年期"))

    def test_F15_full_width_digits_and_blanks_are_put_right_with_a_note(self):
        line = "Ｚ２１１ ,１１３１,\u30000101,ZQ001,研究法（一）,３,必修,ZQ,,８５,是,,"
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

    def test_F18_an_area_that_asks_more_than_it_offers_is_a_warning(self):
        lines = with_row("framework_areas", 2, "ZQ-E-113,A,,方法領域,6,2,,,")
        self.assert_warned(
            self.contents(framework_areas=lines),
            ("framework_areas.csv", 2, "最低學分"),
            ("framework_areas.csv", 2, "最低科目數"),
        )

    def test_F18_an_entry_year_unlike_the_frameworks_is_a_warning(self):
        line = "Z212,李小華,,z2@example.com,,,ZQ-E-113,112,是"
        self.assert_warned(
            self.contents(students=with_row("students", 3, line)),
            ("students.csv", 3, "入學學年度"),
        )

    def test_F18_a_term_that_ends_before_it_begins_is_an_error(self):
        lines = with_row("terms", 2, "1131,113-08-01,113-01-31")
        self.assert_refused(self.contents(terms=lines), ("terms.csv", 2, "結束日"))

    def test_a_file_in_big5_is_refused_in_plain_words(self):
        data = "\n".join(FILES["departments"]).encode("cp950")
        report = self.assert_refused(self.contents(departments=data), ("departments.csv", 1, ""))
        self.assertIn("Big5", self.texts(report)[0])

    def test_a_bom_is_tolerated(self):
        data = b"\xef\xbb\xbf" + csv_bytes(FILES["departments"])
        self.assertEqual(self.import_set(departments=data).problems, [])
