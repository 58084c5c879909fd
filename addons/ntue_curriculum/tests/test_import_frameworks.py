"""Frameworks and decisions: F5, A6, F20, and the states of enrolments A20–A24."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase, with_row

NEW_LINE = "ZQ-E-113,B,ZQ004,專題丙,3,選修,2,2,,"


@tagged("-at_install", "post_install")
class TestImportFrameworks(ImportCase):
    def test_F5_a_new_framework_is_published_at_once(self):
        self.import_set()
        framework = self.framework()
        self.assertEqual((framework.state, framework.revision), ("published", 1))
        self.assertEqual(framework.area_ids.sorted("sequence").mapped("code"), ["A", "B"])

    def test_F5_a_change_without_a_reason_is_an_error_at_each_changed_row(self):
        self.import_set()
        contents = self.contents(
            framework_areas=with_row("framework_areas", 3, "ZQ-E-113,B,,專題領域,6,1,,,"),
            framework_courses=[*FILES["framework_courses"], NEW_LINE],
        )
        report = self.assert_refused(
            contents,
            ("framework_areas.csv", 3, "最低學分"),
            ("framework_courses.csv", 5, "科目代碼"),
        )
        self.assertIn("--revision REASON", self.texts(report)[0])

    def test_F5_a_change_with_a_reason_becomes_a_new_revision(self):
        self.import_set()
        old = self.framework()
        contents = self.contents(framework_courses=[*FILES["framework_courses"], NEW_LINE])
        report = self.run_import(contents, revision_reason="系務會議 114-3")
        self.assertTrue(report.ok, self.texts(report))
        new = self.framework()
        self.assertEqual((new.revision, new.revision_reason), (2, "系務會議 114-3"))
        self.assertEqual(old.state, "archived")
        self.assertEqual(self.student().curriculum_id, new)
        self.assertEqual(len(new.line_ids), 4)
        self.assertEqual(self.counts(report)["framework_courses"], (1, 0, 3))
        again = self.run_import(contents)
        self.assertEqual(self.counts(again)["framework_courses"], (0, 0, 4))
        self.assertEqual(self.framework(), new)

    def test_F5_a_changed_header_is_a_revision_too(self):
        self.import_set()
        contents = self.only(frameworks=with_row("frameworks", 2, "ZQ-E-113,ZQ-E,113,一班,12"))
        self.assert_refused(contents, ("frameworks.csv", 2, "畢業學分數"))
        report = self.run_import(contents, revision_reason="更正")
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.framework().graduation_credits, 12)
        self.assertEqual(len(self.framework().line_ids), 3)

    def test_F5_a_reason_alone_revises_nothing(self):
        self.import_set()
        framework = self.framework()
        self.run_import(revision_reason="沒有改變")
        self.assertEqual(self.framework(), framework)

    def test_F5_rows_absent_from_a_later_file_stay(self):
        self.import_set()
        lines = FILES["framework_courses"]
        report = self.run_import(self.only(framework_courses=[lines[0], lines[3]]))
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(len(self.framework().line_ids), 3)
        self.assertEqual(self.framework().revision, 1)

    def test_F5_a_framework_that_is_being_edited_is_not_changed_beneath_the_editor(self):
        self.import_set()
        self.framework()._start_revision("editing")
        contents = self.only(framework_courses=[FILES["framework_courses"][0], NEW_LINE])
        report = self.assert_refused(
            contents, ("framework_courses.csv", 2, "科目代碼"), revision_reason="更正"
        )
        self.assertIn("draft", self.texts(report)[0])
        self.assertTrue(self.run_import().ok)

    def test_F5_a_framework_that_was_never_published_is_left_to_its_editor(self):
        self.import_set(recognitions=None)
        draft = self.env["ntue.curriculum"].create(
            {
                "code": "ZQ-D",
                "program_id": self.framework().program_id.id,
                "entry_year": 114,
                "graduation_credits": 9,
            }
        )
        self.assertEqual(draft.state, "draft")
        contents = self.only(frameworks=[FILES["frameworks"][0], "ZQ-D,ZQ-E,114,,9"])
        self.assert_refused(contents, ("frameworks.csv", 2, "課架代碼"))
        contents = self.only(students=with_row("students", 2, "Z213,王新生,,,,,ZQ-D,114,"))
        self.assert_refused(contents, ("students.csv", 2, "課架代碼"))

    def test_F5_areas_in_another_order_are_a_warning_and_with_a_reason_a_revision(self):
        self.import_set()
        lines = FILES["framework_areas"]
        contents = self.only(framework_areas=[lines[0], lines[2], lines[1]])
        self.assert_warned(contents, ("framework_areas.csv", 2, "領域代碼"))
        self.assertEqual(self.framework().revision, 1)
        report = self.run_import(contents, revision_reason="領域順序")
        self.assertTrue(report.ok, self.texts(report))
        areas = self.framework().area_ids.sorted("sequence")
        self.assertEqual(areas.mapped("code"), ["B", "A"])

    def test_F5_what_forbids_another_order_is_told_at_the_first_row_that_is_in_one(self):
        self.import_set()
        lines = FILES["framework_areas"]
        contents = self.only(framework_areas=[lines[0], lines[2], lines[1]])
        refusal = patch.object(type(self.framework()), "_publish", side_effect=UserError("No"))
        with refusal:
            self.assert_refused(
                contents, ("framework_areas.csv", 2, "課架代碼"), revision_reason="領域順序"
            )

    def test_F5_a_new_area_stands_where_the_file_puts_it(self):
        self.import_set()
        lines = list(FILES["framework_areas"])
        lines.insert(2, "ZQ-E-113,A2,,方法進階,0,,,,")
        report = self.run_import(self.only(framework_areas=lines), revision_reason="新領域")
        self.assertTrue(report.ok, self.texts(report))
        areas = self.framework().area_ids.sorted("sequence")
        self.assertEqual(areas.mapped("code"), ["A", "A2", "B"])

    def test_F5_decisions_move_with_the_revision_and_are_not_doubled(self):
        lines = [FILES["recognitions"][0], "Z211,1512,0648,ZQ901,對應,B,ZQ003,1512,人工審核"]
        self.import_set(recognitions=lines)
        contents = self.contents(
            recognitions=lines, framework_courses=[*FILES["framework_courses"], NEW_LINE]
        )
        report = self.run_import(contents, revision_reason="新科目")
        self.assertEqual(self.counts(report)["recognitions"], (0, 0, 1))
        decision = self.student().recognition_ids
        self.assertEqual(decision.line_id.curriculum_id, self.framework())

    def test_A6_a_subject_in_an_area_with_areas_of_its_own_is_an_error(self):
        lines = [*FILES["framework_areas"], "ZQ-E-113,A1,A,方法基礎,0,,,,"]
        contents = self.contents(framework_areas=lines)
        self.assert_refused(contents, ("framework_courses.csv", 2, "領域代碼"))
        self.import_set()
        self.assert_refused(
            self.only(framework_areas=lines),
            ("framework_areas.csv", 4, "上層領域代碼"),
            revision_reason="分領域",
        )

    def test_A6_an_area_inside_itself_is_an_error(self):
        lines = with_row("framework_areas", 3, "ZQ-E-113,C,D,甲,0,,,,")
        lines.append("ZQ-E-113,D,C,乙,0,,,,")
        contents = self.contents(
            framework_areas=lines, framework_courses=FILES["framework_courses"][:2]
        )
        self.assert_refused(
            contents,
            ("framework_areas.csv", 3, "上層領域代碼"),
            ("framework_areas.csv", 4, "上層領域代碼"),
        )

    def test_A12_a_subject_without_an_area_counts_in_the_total_only(self):
        lines = [*FILES["framework_courses"], "ZQ-E-113,,ZQ005,自由選修,2,選修,,,,"]
        self.import_set(framework_courses=lines)
        free = self.framework().line_ids.filtered(lambda line: not line.area_id)
        self.assertEqual(free.course_id.code, "ZQ005")


@tagged("-at_install", "post_install")
class TestImportDecisions(ImportCase):
    def decided(self, *lines):
        return [FILES["recognitions"][0], *lines]

    def test_F20_every_word_becomes_its_decision(self):
        self.import_set(
            recognitions=self.decided(
                "Z211,1511,0101,ZQ001,不採計,,,1511,",
                "Z211,1512,0102,ZQ002,對應,A,,1512,",
                "Z211,1512,0648,ZQ901,事先核准,,,1511,所務會議",
                "Z211,1512,0648,ZQ901,彈性,,,1512,初審通過",
                "Z212,1511,0101,ZQ001,對應,,ZQ002,1512,",
            )
        )
        decisions = self.student().recognition_ids
        self.assertEqual(
            decisions.mapped("kind"), ["refused", "mapped", "prior_approval", "flexible"]
        )
        self.assertEqual(decisions[1].area_id.code, "A")
        self.assertEqual(decisions[3].term_id.code, "1512")
        self.assertEqual(decisions[3].reason, "初審通過")
        mapped = self.student("Z212").recognition_ids
        self.assertEqual((mapped.area_id.code, mapped.line_id.name), ("B", "專題甲"))

    def test_F20_a_decision_that_changed_is_added_and_the_older_one_kept(self):
        self.import_set()
        refused = self.decided("Z211,1512,0648,ZQ901,不採計,,,1512,更正")
        report = self.import_set(recognitions=refused)
        self.assertEqual(self.counts(report)["recognitions"], (1, 0, 0))
        self.assertEqual(self.student().recognition_ids.mapped("kind"), ["flexible", "refused"])

    def test_F20_the_words_of_a_decision_that_was_taken_stay(self):
        self.import_set()
        again = self.decided("Z211,1512,0648,ZQ901,彈性,,,1512,別的說法")
        self.assert_warned(self.contents(recognitions=again), ("recognitions.csv", 2, "說明"))
        self.assertEqual(self.student().recognition_ids.reason, "初審通過")

    def test_F20_two_decisions_on_one_enrolment_for_one_term_are_an_error(self):
        lines = self.decided(
            "Z211,1512,0648,ZQ901,彈性,,,1512,", "Z211,1512,0648,ZQ901,不採計,,,1512,"
        )
        self.assert_refused(self.contents(recognitions=lines), ("recognitions.csv", 3, "認列"))

    def test_F20_a_mapping_without_a_target_or_with_one_that_is_not_there_is_an_error(self):
        for area, course, column in (
            ("", "", "領域代碼"),
            ("X", "", "領域代碼"),
            ("A", "ZQ002", "對應科目代碼"),
            ("", "ZQ901", "對應科目代碼"),
        ):
            with self.subTest(area=area, course=course):
                line = f"Z211,1512,0648,ZQ901,對應,{area},{course},1512,"
                contents = self.contents(recognitions=self.decided(line))
                self.assert_refused(contents, ("recognitions.csv", 2, column))

    def test_F20_a_decision_is_found_by_enrolments_of_the_database(self):
        self.import_set(recognitions=None)
        report = self.run_import(self.only(recognitions=FILES["recognitions"]))
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.student().recognition_ids.kind, "flexible")

    def state(self, score="", state="", withdrawn_on=""):
        line = f"Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,{score},是,{state},{withdrawn_on}"
        report = self.import_set(enrollments=with_row("enrollments", 2, line))
        return self.enrollment("0101").state, self.told(report, Severity.WARNING)

    def test_A20_the_state_wins_over_the_score_with_a_warning(self):
        warned = [("enrollments.csv", 2, "狀態")]
        self.assertEqual(self.state("85", "未通過"), ("failed", warned))
        self.assertEqual(self.state("60", "通過"), ("passed", warned))
        self.assertEqual(self.state("85", "修習中"), ("in_progress", warned))
        self.assertEqual(self.state("85", "通過"), ("passed", []))
        self.assertEqual(self.state("85", "通過", "114-06-13"), ("passed", warned))

    def test_A21_a_day_of_withdrawal_alone_means_withdrawn(self):
        self.assertEqual(self.state(withdrawn_on="113-12-01"), ("withdrawn", []))

    def test_A22_a_score_that_is_not_locked_counts(self):
        line = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,否,,"
        self.import_set(enrollments=with_row("enrollments", 2, line))
        self.assertEqual(self.enrollment("0101").state, "passed")
        self.assertFalse(self.enrollment("0101").grade_locked)

    def test_A23_a_score_just_below_the_pass_mark_is_not_rounded(self):
        self.assertEqual(self.state("69.5")[0], "failed")
        self.assertEqual(self.state("70")[0], "passed")

    def test_A23_the_pass_mark_is_that_of_the_students_program(self):
        programs = with_row("programs", 2, FILES["programs"][1].replace(",70,", ",60,"))
        self.import_set(programs=programs)
        self.assertEqual(self.enrollment("0102").state, "passed")
        report = self.run_import(self.only(enrollments=FILES["enrollments"]))
        self.assertEqual(self.counts(report)["enrollments"], (0, 0, 4))

    def test_A23_a_new_pass_mark_asks_for_the_enrolments_again(self):
        self.import_set()
        programs = with_row("programs", 2, FILES["programs"][1].replace(",70,", ",60,"))
        self.assert_warned(self.only(programs=programs), ("programs.csv", 2, "及格分數"))
        report = self.run_import(self.only(enrollments=FILES["enrollments"]))
        self.assertEqual(self.counts(report)["enrollments"], (0, 1, 3))
        self.assertEqual(self.enrollment("0102").state, "passed")

    def test_A24_a_blank_score_of_a_term_that_is_over_is_in_progress(self):
        self.assertEqual(self.state(), ("in_progress", []))
