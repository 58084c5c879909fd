"""The readings of rows, F1–F9 and F18: each starts from the small set and changes one thing."""

from odoo.tests import tagged

from ..importer.context import check
from ..importer.problems import Report
from ..importer.reading import read_files
from ..importer.writing.enrollments import KEPT_AS_READ
from ..importer.writing.known import DatabaseKnown
from .test_import_base import FILES, ImportCase, with_row

ENROLLMENT = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"


@tagged("-at_install", "post_install")
class TestImportReadings(ImportCase):
    def test_what_is_kept_of_an_enrolment_as_it_was_read_has_a_field_of_that_name(self):
        line = "Z211,1511,0101,ZQ001,研究法,2.5,選,ZQ,某大學,85,是,,"
        self.import_set(enrollments=with_row("enrollments", 2, line))
        enrollment = self.enrollment("0101")
        self.assertEqual(set(KEPT_AS_READ) - set(enrollment._fields), set())
        kept = {name: enrollment[name] for name in ("credits", "requirement", "grade_locked")}
        self.assertEqual(kept, {"credits": 2.5, "requirement": "elective", "grade_locked": True})

    def test_F1_required_and_elective_in_every_spelling(self):
        for word, requirement in (
            ("必修", "required"),
            ("必", "required"),
            ("選修", "elective"),
            ("選", "elective"),
        ):
            with self.subTest(word):
                line = f"Z211,1511,0101,ZQ001,研究法,3,{word},ZQ,,85,是,,"
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
        line = "Z211,1511,0101,ZQ001,研究法（英語授課）,2,必修,ZQ,,85,是,,"
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
        line = "Z211,1511,0101,ZQ002,專題甲,3,選修,ZQ,,85,是,,"
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

    def test_the_same_rows_of_every_file_may_be_checked_again(self):
        read = read_files(
            self.importer._file_specs(), self.contents(), DatabaseKnown(self.env), Report()
        )
        tables = read.context.tables.items()
        rows = {name: list(table.rows) for name, table in tables}
        check(read.context)
        self.assertEqual(self.told(read.context.report), [])
        self.assertEqual({name: list(table.rows) for name, table in tables}, rows)

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
        report = self.import_set(terms=[*FILES["terms"], "1513,2025-07-01,2025-08-31"])
        self.assertEqual(report.problems, [])

    def test_F9_other_terms_that_overlap_are_a_warning(self):
        lines = [*FILES["terms"], "1521,2025-07-31,2026-01-31"]
        self.assert_warned(self.contents(terms=lines), ("terms.csv", 4, "開始日"))

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
        lines = with_row("terms", 2, "1511,113-08-01,113-01-31")
        self.assert_refused(self.contents(terms=lines), ("terms.csv", 2, "結束日"))
