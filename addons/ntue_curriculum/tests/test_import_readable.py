"""Files as people and programs write them are read or refused in words (F25–F28, F30, F31)."""

import io
import zipfile

import openpyxl
from odoo.tests import tagged

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase, cells_of, csv_bytes, with_row

ENROLLMENT = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"
"""Row 2 of the enrolments."""

STUDENT = "Z212,李小華,,z2@example.com,,,ZQ-E-113,113,是"
"""Row 3 of the students."""


def workbook(sheets, change=None):
    """Rows of values by the names of the sheets, as a workbook; ``change`` gets it before."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data, name, text=b"x"):
    """The archive with one more part in it."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, text)
    return stream.getvalue()


def enrollments(*rows):
    """The file of that name with a header and these rows of cells."""
    return [cells_of(FILES["enrollments"])[0], *rows]


@tagged("-at_install", "post_install")
class TestImportCodes(ImportCase):
    def imported_with(self, line):
        return self.import_set(enrollments=with_row("enrollments", 2, line))

    def test_F25_a_code_in_every_disguise_is_the_course_that_is_there(self):
        courses = self.env["ntue.course"]
        self.import_set()
        before = courses.search_count([])
        for code in (
            '"=""ZQ001"""',
            "'ZQ001",
            "zq001",
            "ＺＱ００１",
            " ZQ\u00a0001",
            "\u202aZQ001\u202c",
        ):
            with self.subTest(code):
                report = self.imported_with(ENROLLMENT.replace("ZQ001", code))
                self.assertIn(("enrollments.csv", 2, "科目代碼"), self.told(report, Severity.NOTE))
                self.assertEqual(self.counts(report)["enrollments"], (0, 0, 4))
        self.assertEqual(courses.search_count([]), before)

    def test_F25_what_keeps_a_cell_a_text_is_taken_off_a_term_too(self):
        report = self.imported_with(ENROLLMENT.replace("1511", '"=""1511"""'))
        self.assertEqual(self.told(report, Severity.NOTE), [("enrollments.csv", 2, "學年期")])

    def test_F25_a_mark_that_no_code_has_is_an_error_that_names_it(self):
        line = ENROLLMENT.replace("ZQ001", "ZQ001;ZQ002")
        contents = self.contents(enrollments=with_row("enrollments", 2, line))
        report = self.assert_refused(contents, ("enrollments.csv", 2, "科目代碼"))
        self.assertIn("“;”", self.texts(report)[0])

    def test_F25_two_spellings_of_one_number_are_the_same_row(self):
        lines = [*FILES["students"], STUDENT.replace("Z212", "z212")]
        self.assert_refused(self.contents(students=lines), ("students.csv", 4, "學號"))

    def test_F25_a_code_that_is_typed_is_kept_and_found_in_the_form_of_the_files(self):
        course = self.env["ntue.course"].create({"code": " zq-778", "name": "研究法"})
        self.assertEqual(course.code, "ZQ-778")
        self.assertEqual(self.env["ntue.course"].search([("code", "=", "zq-778")]), course)
        with self.assertRaisesRegex(Exception, "cannot be part of a code"):
            course.write({"code": "ZQ 778;1"})


@tagged("-at_install", "post_install")
class TestImportNames(ImportCase):
    def named(self, name):
        return self.contents(students=with_row("students", 3, STUDENT.replace("李小華", name)))

    def test_F26_a_name_that_lost_a_character_is_an_error(self):
        for name in (
            "李\ufffd華",
            "李&#22531;華",
            "李?華",
            "李？華",
            "李\u202e小華",
            "李\u200b小華",
        ):
            with self.subTest(name):
                self.assert_refused(self.named(name), ("students.csv", 3, "姓名"))

    def test_F26_a_character_of_one_computers_own_set_is_a_warning(self):
        self.assert_warned(self.named("李\ue000華"), ("students.csv", 3, "姓名"))

    def test_F26_dots_and_rare_characters_are_kept_as_they_are_written(self):
        for name in ("Lowking・Yurung", "陳\U0002137c堃", "喬\u2027安", "何?"):
            with self.subTest(name):
                report = self.run_import(self.named(name))
                self.assertEqual(self.texts(report), [])
                self.assertEqual(self.student("Z212").name, name)

    def test_F30_an_english_name_that_the_registrar_accepted_passes_in_a_file(self):
        lines = with_row("students", 3, STUDENT.replace("華,,", "華,SUHARTO,"))
        self.assert_refused(self.contents(students=lines), ("students.csv", 3, "英文姓名"))
        self.import_set()
        student = self.student("Z212")
        student.write({"english_name": "SUHARTO", "english_name_accepted": True})
        self.import_set(students=lines)
        self.assertTrue(student.english_name_accepted)
        other = with_row("students", 3, STUDENT.replace("華,,", "華,SUKARNO,"))
        self.assert_refused(self.contents(students=other), ("students.csv", 3, "英文姓名"))

    def test_F30_a_file_may_say_that_the_registrar_accepted_a_name_as_an_export_does(self):
        header = f"{FILES['students'][0]},英文姓名核可"

        def filed(name, accepted):
            rows = (FILES["students"][1], STUDENT.replace("華,,", f"華,{name},"))
            lines = [header, f"{rows[0]},", f"{rows[1]},{accepted}"]
            return self.contents(students=lines)

        for name, accepted in (("SUHARTO", "否"), ("Suharto1", "是"), ("李小華", "是")):
            self.assert_refused(filed(name, accepted), ("students.csv", 3, "英文姓名"))
        self.assert_warned(filed("SUHARTO", "是"), ("students.csv", 3, "英文姓名核可"))
        student = self.student("Z212")
        self.assertEqual((student.english_name, student.english_name_accepted), ("SUHARTO", True))
        self.assertFalse(self.student("Z211").english_name_accepted)
        report = self.run_import(filed("SUHARTO", ""))
        self.assertTrue(report.ok, self.texts(report))
        self.assertTrue(student.english_name_accepted, "no file takes it away")

    def test_F31_an_equivalent_that_nobody_offers_yet_is_kept_until_it_appears(self):
        lines = ["科目代碼,等同科目代碼", "ZQ001,ZQ905"]
        self.assert_warned(
            self.contents(course_equivalents=lines), ("course_equivalents.csv", 2, "等同科目代碼")
        )
        course = self.env["ntue.course"].search([("code", "=", "ZQ905")])
        self.assertIn(course, self.framework().line_ids.course_id.equivalent_ids)
        taken = [*FILES["enrollments"], "Z212,1512,0103,ZQ905,新研究法,3,選修,ZQ,,90,是,,"]
        self.import_set(enrollments=taken)
        self.assertEqual(course.name, "新研究法")

    def test_F28_credits_in_unusual_steps_are_a_warning(self):
        line = ENROLLMENT.replace(",3,", ",2.7,")
        contents = self.contents(enrollments=with_row("enrollments", 2, line))
        self.assert_warned(contents, ("enrollments.csv", 2, "學分"))

    def test_a_word_in_place_of_a_score_says_which_state_to_write(self):
        for word, state in (("抵", "抵免"), ("缺考", "未通過"), ("P", "通過"), ("A+", "通過")):
            line = ENROLLMENT.replace(",85,", f",{word},")
            contents = self.contents(enrollments=with_row("enrollments", 2, line))
            report = self.assert_refused(contents, ("enrollments.csv", 2, "成績"))
            self.assertIn(state, self.texts(report)[0])


@tagged("-at_install", "post_install")
class TestImportEncodings(ImportCase):
    def test_a_file_in_utf_16_is_read_by_its_mark(self):
        data = "\n".join(FILES["students"]).encode("utf-16")
        self.assertEqual(self.import_set(students=data).problems, [])

    def test_a_file_in_big5_is_read_with_a_warning(self):
        data = "\r\n".join(FILES["students"]).encode("cp950")
        self.assert_warned(self.contents(students=data), ("students.csv", 1, ""))
        self.assertEqual(self.student().name, "王小明")

    def test_the_line_that_names_the_separator_is_no_row(self):
        lines = [line.replace(",", ";") for line in FILES["terms"]]
        for first in ("sep=;", '"sep=;"', "SEP=;"):
            report = self.import_set(terms=[first, *lines])
            self.assertEqual(report.problems, [])
        wrong = ["sep=;", *lines, "1519;;"]
        self.assert_refused(self.contents(terms=wrong), ("terms.csv", 4, "學年期"))

    def test_a_title_above_the_header_is_named_and_left_out(self):
        lines = ["學年期一覽", "印表日期 114-10-27", *FILES["terms"]]
        report = self.import_set(terms=lines)
        (note,) = report.problems
        self.assertEqual((note.severity, note.row), (Severity.NOTE, 1))
        self.assertIn("row 3", str(note.message))
        lines[3] = lines[3].replace("1511", "1519")
        self.assert_refused(self.contents(terms=lines), ("terms.csv", 4, "學年期"))

    def test_a_file_without_a_header_names_the_columns_that_it_must_have(self):
        contents = self.contents(students=FILES["students"][1:])
        report = self.run_import(contents)
        first = report.of(Severity.ERROR)[0]
        self.assertEqual((first.file, first.row), ("students.csv", 1))
        self.assertIn("學號、姓名", str(first.message))
        self.assertNotIn("王小明", " ".join(self.texts(report)))

    def test_an_unknown_column_is_reported_with_the_name_that_is_most_like_it(self):
        lines = ["學年期,開始日,結束日期", *FILES["terms"][1:]]
        report = self.assert_warned(self.contents(terms=lines), ("terms.csv", 1, "結束日期"))
        self.assertIn("“結束日”", self.texts(report, Severity.WARNING)[0])


@tagged("-at_install", "post_install")
class TestImportWorkbooks(ImportCase):
    def in_workbook(self, data, name="enrollments"):
        """The set with one file as a workbook."""
        alone = dict.fromkeys((name, "recognitions", "course_equivalents"))
        return {**self.contents(**alone), f"{name}.xlsx": data}

    def taken(self, score=85):
        return enrollments(
            ["Z211", "1511", "0101", "ZQ001", "研究法", 3, "必修", "ZQ", None, score, "是"]
        )

    def test_one_workbook_has_a_sheet_for_each_table(self):
        data = workbook({name: cells_of(lines) for name, lines in FILES.items()})
        report = self.run_import({"學校.xlsx": data})
        self.assertEqual(self.texts(report), [])
        self.assertEqual(self.student().name, "王小明")
        wrong = {**FILES, "terms": [*FILES["terms"], "9"]}
        data = workbook({name: cells_of(lines) for name, lines in wrong.items()})
        self.assert_refused({"學校.xlsx": data}, ("學校.xlsx › terms", 4, "學年期"))

    def test_a_sheet_and_a_file_of_one_table_are_an_error(self):
        data = workbook({"students": cells_of(FILES["students"]), "說明": [["x"]]})
        report = self.assert_refused(
            {**self.contents(), "學校.xlsx": data}, ("學校.xlsx › students", None, "")
        )
        self.assertIn("students.csv", self.texts(report)[0])
        self.assertEqual(self.told(report, Severity.WARNING), [("學校.xlsx › 說明", None, "")])

    def test_of_a_tables_own_workbook_the_sheet_of_its_name_is_read(self):
        data = workbook({"說明": [["x"]], "Enrollments": self.taken()})
        self.assert_warned(self.in_workbook(data), ("enrollments.xlsx", None, ""))

    def test_F27_a_formula_without_a_result_is_an_error_at_its_cell(self):
        data = workbook({"a": self.taken("=80+5")})
        self.assert_refused(self.in_workbook(data), ("enrollments.xlsx", 2, "成績"))

    def test_F27_an_error_of_the_spreadsheet_is_an_error(self):
        data = workbook({"a": self.taken("#REF!")})
        self.assert_refused(self.in_workbook(data), ("enrollments.xlsx", 2, "成績"))

    def test_F27_a_cell_that_a_merge_covers_is_an_error(self):
        rows = [*self.taken(), ["Z212", "1511", "0101", "ZQ001", "研究法", 3, "必修", "ZQ"]]

        def merge(book):
            book["a"].merge_cells("J2:J3")

        report = self.assert_refused(
            self.in_workbook(workbook({"a": rows}, merge)), ("enrollments.xlsx", 3, "成績")
        )
        self.assertIn("merge", self.texts(report)[0])

    def test_F27_hidden_rows_and_sheets_are_a_warning(self):
        def hide(book):
            book["a"].row_dimensions[2].hidden = True
            book.create_sheet("b")
            book["a"].sheet_state = "hidden"
            book.active = 1

        report = self.run_import(self.in_workbook(workbook({"enrollments": self.taken()}, None)))
        self.assertEqual(self.told(report, Severity.WARNING), [])
        report = self.run_import(self.in_workbook(workbook({"a": self.taken()}, hide)))
        texts = " ".join(self.texts(report, Severity.WARNING))
        self.assertIn("sheet “a” is hidden", texts)
        self.assertIn("1 rows are hidden", texts)

    def test_macros_and_links_to_other_files_are_refused(self):
        data = workbook({"a": self.taken()})
        for part in ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"):
            contents = self.in_workbook(with_part(data, part))
            report = self.run_import(contents)
            self.assertEqual(self.told(report)[0], ("enrollments.xlsx", None, ""), part)

    def test_what_a_merge_covers_above_the_header_harms_nobody(self):
        rows = [["修課紀錄"], *self.taken()]

        def merge(book):
            book["a"].merge_cells("A1:M1")

        report = self.run_import(self.in_workbook(workbook({"a": rows}, merge)))
        self.assertEqual(self.texts(report), [])

    def test_text_of_the_product_comes_back_as_it_went_out(self):
        lines = with_row("enrollments", 2, ENROLLMENT.replace("研究法", "'=研究法"))
        self.import_set(enrollments=csv_bytes(lines))
        self.assertEqual(self.enrollment("0101").name, "=研究法")


@tagged("-at_install", "post_install")
class TestImportLeavesAlone(ImportCase):
    """What a file does not say changes nothing (F21, F22)."""

    HEADER = "學號,學年期,開課號,科目代碼,科目名稱,學分"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set()

    def kept(self, offering_no="0101"):
        row = self.enrollment(offering_no)
        return row.score, row.is_graded, row.state, row.withdrawn_on

    def test_F21_a_list_without_scores_changes_no_score(self):
        before = self.kept(), self.kept("0102"), self.kept("0648")
        lines = [
            self.HEADER,
            "Z211,1511,0101,ZQ001,研究法,3",
            "Z211,1512,0102,ZQ002,專題甲,3",
            "Z211,1512,0648,ZQ901,舊研究法,3",
        ]
        report = self.run_import(self.only(enrollments=lines))
        self.assertEqual(self.texts(report) + self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.counts(report)["enrollments"], (0, 0, 3))
        self.assertEqual((self.kept(), self.kept("0102"), self.kept("0648")), before)
        self.assertEqual(self.enrollment("0648").offering_department_id.code, "ZR")

    def test_F21_in_a_new_row_a_column_that_is_missing_counts_as_empty(self):
        lines = [self.HEADER + ",開課系所代碼", "Z212,1512,0109,ZQ002,專題甲,3,ZQ"]
        self.run_import(self.only(enrollments=lines))
        self.assertEqual(self.enrollment("0109", "Z212").state, "in_progress")

    def test_F21_columns_of_students_departments_and_frameworks_that_are_missing_stay(self):
        report = self.run_import(
            self.only(
                students=["學號,姓名,課架代碼", "Z212,李小華,ZQ-E-113"],
                departments=["系所代碼,系所名稱", "ZQ,測試學系"],
                programs=[
                    "學程代碼,學程名稱,系所代碼,學制,班別,學位,及格分數",
                    "ZQ-E,測試碩士在職專班,ZQ,進修,夜間,碩士,70",
                ],
                framework_areas=["課架代碼,領域代碼,領域名稱", "ZQ-E-113,A,方法領域"],
            )
        )
        self.assertEqual(self.texts(report), [])
        self.assertEqual({counts[1] for counts in self.counts(report).values()}, {0})
        self.assertTrue(self.student("Z212").is_teacher_ed)
        self.assertEqual(self.framework().area_ids[0].min_credits, 3)

    def test_F22_a_blank_score_leaves_the_score_with_a_warning(self):
        before = self.kept()
        lines = with_row("enrollments", 2, ENROLLMENT.replace(",85,", ",,"))
        contents = self.only(enrollments=lines)
        self.assert_warned(contents, ("enrollments.csv", 2, "成績"))
        self.assertEqual(self.kept(), before)

    def test_F22_blanks_erase_when_the_run_says_so(self):
        lines = with_row("enrollments", 2, ENROLLMENT.replace(",85,", ",,"))
        report = self.run_import(self.only(enrollments=lines), blanks_erase=True)
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.kept(), (0, False, "in_progress", False))

    def test_F22_a_state_that_was_said_holds_until_the_file_says_another(self):
        said = with_row("enrollments", 2, ENROLLMENT.replace(",85,是,,", ",,是,抵免,"))
        self.run_import(self.only(enrollments=said), blanks_erase=True)
        self.assertEqual(self.kept()[2], "transferred")
        blank = with_row("enrollments", 2, ENROLLMENT.replace(",85,", ",,"))
        self.assert_warned(self.only(enrollments=blank), ("enrollments.csv", 2, "狀態"))
        self.assertEqual(self.kept()[2], "transferred")
        scored = self.only(enrollments=FILES["enrollments"])
        self.assert_warned(scored, ("enrollments.csv", 2, "狀態"))
        self.assertEqual(self.kept(), (85, True, "transferred", False))
        self.run_import(scored, blanks_erase=True)
        self.assertEqual(self.kept(), (85, True, "passed", False))

    def test_F22_a_new_score_gives_a_course_in_progress_its_state(self):
        lines = [*FILES["enrollments"][:4], FILES["enrollments"][4].replace(",ZQ,,,", ",ZQ,,66,")]
        report = self.run_import(self.only(enrollments=lines))
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.enrollment("0101", "Z212").state, "failed")
