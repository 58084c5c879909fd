"""Section D: 修業進度管制, read as the student reads it."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .desk import DeskCase, text_of

PROGRESS = "/my/progress"


@tagged("post_install", "-at_install")
class TestSectionD(DeskCase):
    def area(self, tree, code):
        return self.one(tree, f"[data-area='{code}']")

    def figure(self, tree, name):
        return text_of(self.one(tree, f"[data-figure={name}]"))

    def taken(self, tree, number):
        """The element with the label of the course taken under ``number``."""
        found = [
            element
            for element in tree.cssselect(".o_ntue_taken > span:first-child")
            if f"〔{number}〕" in element.text_content()
        ]
        self.assertEqual(len(found), 1, number)
        return found[0]

    def subject(self, tree, name):
        (line,) = [
            line for line in tree.cssselect(".o_ntue_lines > li") if name in line.text_content()
        ]
        return line

    def test_086_progress_and_application_stand_together_on_the_first_page(self):
        group = self.one(self.page("/my"), "#ntue_student_category")
        for words in ("教務資訊", "修業進度管制", "畢業資格申請"):
            self.see(words, group)

    def test_086_the_menu_stands_on_every_inner_page(self):
        self.way.drafted()
        form = f"/my/graduation/{self.way.record.id}"
        for address in (
            "/my/progress",
            "/my/progress/what-if",
            "/my/graduation",
            "/my/graduation/slip",
            "/my/graduation/notice",
            "/my/graduation/guide",
            "/my/profile",
            form,
            f"{form}/check",
            f"{form}/leave",
        ):
            with self.subTest(address=address):
                menu = self.one(self.page(address), "nav#ntue_menu")
                for words in ("教務資訊", "修業進度管制", "畢業資格申請"):
                    self.see(words, menu)

    def test_087_the_application_advises_to_look_at_the_progress_first(self):
        advice = self.words(self.page("/my/graduation"), f"a[href='{PROGRESS}']")
        self.assertIn("建議先查看修業進度管制，確認個人修課狀況", advice)

    def test_088_the_course_category_is_major_and_cannot_be_changed(self):
        query = self.one(self.page(PROGRESS), ".o_ntue_query")
        self.see("課程類別 主修", query)
        self.assertEqual(query.cssselect("select, input"), [])

    def test_089_the_framework_is_named_by_entry_year_and_program(self):
        query = self.one(self.page(PROGRESS), ".o_ntue_query")
        self.see("入學學年度課程架構 社會與區域發展學系碩士在職專班 109 學年度入學課程架構", query)

    def test_090_the_framework_of_a_later_year_changes_nothing(self):
        before = text_of(self.one(self.page(PROGRESS), "#result"))
        later = school_of.framework(self.school, "SRD-E-114", self.program, 114)
        later.graduation_credits = 40
        later.action_publish()
        self.assertEqual(text_of(self.one(self.page(PROGRESS), "#result")), before)

    def test_091_the_page_has_a_button_to_query(self):
        button = self.one(self.page(PROGRESS), ".o_ntue_query button[type=submit]")
        self.assertEqual(text_of(button), "查詢")

    def test_092_the_courses_taken_stand_below_the_query(self):
        tree = self.page(PROGRESS)
        every = list(tree.iter())
        self.assertLess(
            every.index(self.one(tree, ".o_ntue_query")), every.index(self.taken(tree, "0648"))
        )

    def test_093_the_class_is_the_heading_of_the_result(self):
        heading = self.one(self.page(PROGRESS), "#result > h2")
        self.assertEqual(text_of(heading), "社發碩專109（夜）")

    def test_094_a_taken_course_is_blue_behind_the_name_of_its_subject(self):
        tree = self.page(PROGRESS)
        line = self.subject(tree, "環境資源調查與規劃")
        self.assertTrue(text_of(line).startswith("環境資源調查與規劃（3）"))
        self.assertIn(self.taken(tree, "0648"), list(line.iter()))
        self.assertEqual(self.taken(tree, "0648").get("class"), "o_ntue_blue")

    def test_095_the_label_is_the_one_of_the_notice(self):
        label = self.taken(self.page(PROGRESS), "0648")
        self.assertEqual(label.text.strip(), "〔0648〕（1092）環境資源調查與規劃（3）")

    def test_096_a_transferred_course_without_a_number_begins_with_its_term(self):
        self.enrol("1091", False, "SRD003", "社會統計與資料分析", 3, None, state="transferred")
        line = self.subject(self.page(PROGRESS), "社會統計與資料分析")
        self.see("（1091）社會統計與資料分析（3） 抵免", line)
        self.see_not("〔", line)

    def test_097_students_of_98_and_earlier_read_that_it_is_for_reference_only(self):
        self.assertEqual(self.page(PROGRESS).cssselect(".alert-warning"), [])
        self.student.entry_year = 98
        banner = self.one(self.page(PROGRESS), ".alert-warning")
        self.see("98 學年度以前資料僅供參考", banner)
        self.see("助教", banner)
        self.see("仍需上網登錄畢業資料", banner)

    def test_109_110_it_says_that_the_assistant_decides_by_hand_on_new_courses_of_a_lower_year(
        self,
    ):
        block = self.one(self.page(PROGRESS), "[data-block=cross]")
        self.see("新學年度新增課程", block)
        self.see("需由系所助教協助人工審核是否符合畢業資格", block)

    def test_D33_the_last_year_for_reference_only_is_a_setting(self):
        settings = self.env["res.config.settings"].create({"ntue_reference_only_year": 109})
        settings.execute()
        self.one(self.page(PROGRESS), ".alert-warning")

    def test_098_each_area_tells_minimum_credits_taken_and_number_of_courses(self):
        area = self.area(self.page(PROGRESS), "C")
        self.see("最低應修學分數 9 學分 實修學分數 12 學分", area)
        self.see("科目數 4 科", area)

    def test_099_the_tick_counts_courses_in_progress(self):
        self.see("已修畢 ✓", self.area(self.page(PROGRESS), "D"))
        self.enrolment("0901").write({"is_graded": True, "score": 60, "state": "failed"})
        area = self.area(self.page(PROGRESS), "D")
        self.see_not("✓", area)
        self.see("尚缺 4 學分和1 科；修習 碩士論文（4） 即可補足", area)

    def test_100_101_areas_come_first_then_courses_from_elsewhere_then_the_totals(self):
        tree = self.page(PROGRESS)
        marks = [
            element.get("data-area") or element.get("data-block")
            for element in tree.cssselect("[data-area], [data-block]")
        ]
        self.assertEqual(marks, ["A", "B", "C", "D", "cross", "totals"])

    def test_102_103_what_is_not_in_the_framework_is_wine_red_in_a_block_of_its_own(self):
        tree = self.page(PROGRESS)
        block = self.one(tree, "[data-block=cross]")
        self.see("所際及校際選課", block)
        for number in ("0733", "0812"):
            with self.subTest(number=number):
                label = self.taken(tree, number)
                self.assertIn(label, list(block.iter()))
                self.assertEqual(label.get("class"), "o_ntue_wine")

    def test_what_is_met_is_folded_and_what_is_missing_is_open(self):
        self.enrolment("0901").write({"is_graded": True, "score": 60, "state": "failed"})
        tree = self.page(PROGRESS)
        is_open = {
            area.get("data-area"): area.get("open") is not None
            for area in tree.cssselect("details[data-area]")
        }
        self.assertEqual(is_open, {"A": False, "B": False, "C": False, "D": True})
        for link in self.one(tree, "#jump").cssselect("li a"):
            self.one(tree, link.get("href"))

    def test_only_what_is_missing_is_shown_when_one_asks_for_it(self):
        self.enrolment("0901").write({"is_graded": True, "score": 60, "state": "failed"})
        tree = self.page(f"{PROGRESS}?only=missing")
        areas = [area.get("data-area") for area in tree.cssselect("details[data-area]")]
        self.assertEqual(areas, ["D"])
        self.one(tree, f"#jump a[href='{PROGRESS}#jump']")

    def test_104_an_application_alone_changes_no_colour(self):
        for step in (self.way.drafted, self.way.submit, self.way.receive):
            step()
            self.assertEqual(self.taken(self.page(PROGRESS), "0733").get("class"), "o_ntue_wine")

    def test_105_after_a_passed_first_review_they_are_flexible_courses_of_a_term(self):
        self.way.first_passed()
        tree = self.page(PROGRESS)
        block = self.one(tree, "[data-block=recognised]")
        for number in ("0733", "0812"):
            self.assertIn(self.taken(tree, number), list(block.iter()))
        self.see("認列學年期 1141", block)
        self.assertEqual(self.figure(tree, "earned"), "30")

    def test_106_the_totals_are_graduation_credits_and_credits_earned(self):
        totals = self.one(self.page(PROGRESS), "[data-block=totals]")
        self.see("最低修習學分數 32 學分 實得學分數 24 學分", totals)

    def test_107_108_without_a_passed_first_review_they_are_not_earned(self):
        self.way.reviewed()
        self.assertEqual(self.figure(self.page(PROGRESS), "earned"), "24")
        self.way.pass_first()
        self.assertEqual(self.figure(self.page(PROGRESS), "earned"), "30")

    def test_109_110_a_new_course_of_a_later_framework_waits_for_the_assistant(self):
        later = school_of.framework(self.school, "SRD-E-114", self.program, 114)
        new = school_of.course(self.school, "SRD099", "韌性城市專題")
        self.env["ntue.curriculum.line"].create(
            {
                "curriculum_id": later.id,
                "area_id": later.area_ids[0].id,
                "course_id": new.id,
                "name": new.name,
                "credits": 3,
            }
        )
        later.action_publish()
        self.enrol("1141", "0999", "SRD099", "韌性城市專題", 3, 90)
        tree = self.page(PROGRESS)
        self.assertEqual(self.taken(tree, "0999").get("class"), "o_ntue_wine")
        self.see("韌性城市專題", self.one(tree, "[data-block=cross]"))

    def test_111_a_negative_difference_is_explained_and_fails_nothing(self):
        tree = self.page(PROGRESS)
        self.see("差異學分 -3", self.subject(tree, "社會統計與資料分析"))
        self.see("✓", self.area(tree, "A"))
        self.see("差異學分若呈現負分僅代表未選修該門課程", self.one(tree, "[data-block=totals]"))

    def test_112_planned_year_and_term_are_shown_and_matter_to_nothing(self):
        line = self.framework.line_ids.filtered(lambda row: row.name == "區域發展理論")
        line._write({"planned_year": 4, "planned_term": "2"})
        self.env.registry.clear_cache()
        tree = self.page(PROGRESS)
        self.see("應修年級／學期 4/2", self.subject(tree, "區域發展理論"))
        self.see("✓", self.area(tree, "C"))
        self.see("應修年級及應修學期", self.one(tree, "[data-block=totals]"))

    def test_113_114_138_the_limits_of_flexible_credits_stand_with_the_courses_from_elsewhere(self):
        block = self.one(self.page(PROGRESS), "[data-block=cross]")
        all_origins, off_campus = self.words(block, ".o_ntue_limits > li")
        self.assertIn("6", all_origins)
        self.assertIn("3", off_campus)

    def test_D41_a_subject_that_adds_nothing_to_the_graduation_credits_is_marked(self):
        self.assertEqual(self.page(PROGRESS).cssselect("[data-mark=outside_total]"), [])
        line = self.framework.line_ids.filtered(lambda row: row.name == "區域發展理論")
        line._write({"counts_in_total": False})
        self.env.registry.clear_cache()
        tree = self.page(PROGRESS)
        mark = self.one(tree, "[data-mark=outside_total]")
        self.assertIn(mark, list(self.subject(tree, "區域發展理論").iter()))
        self.assertEqual(self.figure(tree, "earned"), "21")

    def test_A1_A2_a_required_subject_is_marked_until_it_is_taken_or_waived(self):
        line = self.framework.line_ids.filtered(lambda row: row.name == "碩士論文")
        self.assertEqual(self.page(PROGRESS).cssselect("[data-mark=missing]"), [])
        self.enrolment("0901").write({"is_graded": True, "score": 60, "state": "failed"})
        self.one(self.page(PROGRESS), "[data-mark=missing]")
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "kind": "waived",
                "line_id": line.id,
                "reason": "系務會議決議",
            }
        )
        tree = self.page(PROGRESS)
        self.assertEqual(tree.cssselect("[data-mark=missing]"), [])
        self.one(tree, "[data-mark=waived]")
        self.see("系務會議決議", self.subject(tree, "碩士論文"))

    def test_D1_a_withdrawn_course_is_written_in_words_and_counts_nowhere(self):
        before = self.figure(self.page(PROGRESS), "earned")
        self.enrol("1132", "0777", "SRD003", "社會統計與資料分析", 3, None, state="withdrawn")
        tree = self.page(PROGRESS)
        self.see("停修", self.taken(tree, "0777"))
        self.assertEqual(self.figure(tree, "earned"), before)

    def test_D2_credits_taken_are_those_earned_and_those_in_progress(self):
        totals = self.one(self.page(PROGRESS), "[data-block=totals]")
        self.see("實得學分數 24 學分 修習中 4 學分 實修學分數 28 學分", totals)

    def test_D3_a_failed_course_is_blue_with_its_score_and_counts_nothing(self):
        tree = self.page(PROGRESS)
        label = self.taken(tree, "0650")
        self.assertEqual(label.get("class"), "o_ntue_blue")
        self.see("未通過", label)
        self.see("成績 65", label.getparent())
        self.see("差異學分 -3", self.subject(tree, "多元文化與族群研究"))

    def test_D4_a_grade_that_is_not_final_is_purple_unless_the_school_wants_one_colour(self):
        self.enrolment("0655").grade_locked = False
        label = self.taken(self.page(PROGRESS), "0655")
        self.assertEqual(label.get("class"), "o_ntue_purple")
        self.see("通過，成績尚未鎖定", label)
        self.env["res.config.settings"].create({"ntue_one_colour": True}).execute()
        self.assertEqual(self.taken(self.page(PROGRESS), "0655").get("class"), "o_ntue_blue")

    def test_D20_what_was_recognised_for_an_earlier_term_is_still_shown_with_it(self):
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": self.enrolment("0733").id,
                "kind": "flexible",
                "term_id": self.school.terms["1132"].id,
            }
        )
        block = self.one(self.page(PROGRESS), "[data-block=recognised]")
        self.see("〔0733〕（1101）課程理論研究（3）", block)
        self.see("認列學年期 1132", block)

    def test_D40_a_framework_without_areas_is_one_list_of_subjects(self):
        bare = self.env["ntue.curriculum"].create(
            {
                "code": "SRD-E-X",
                "program_id": self.program.id,
                "entry_year": 109,
                "graduation_credits": 6,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "course_id": school_of.course(self.school, code, name).id,
                            "name": name,
                            "credits": 3,
                            "requirement": "required",
                        },
                    )
                    for code, name in (("SRD001", "社會科學研究法"), ("SRD003", "社會統計"))
                ],
            }
        )
        bare.action_publish()
        self.student.curriculum_id = bare
        tree = self.page(PROGRESS)
        self.see("課程架構科目", self.one(tree, "[data-area='']"))
        self.see("〔0501〕", self.subject(tree, "社會科學研究法"))
        self.see("尚未修習的必修科目：社會統計", self.one(tree, ".o_ntue_total"))

    def test_D42_transferred_credit_counts_as_passed_and_is_written_so(self):
        self.enrol("1091", False, "SRD003", "社會統計與資料分析", 3, None, state="transferred")
        tree = self.page(PROGRESS)
        self.see("抵免", self.subject(tree, "社會統計與資料分析"))
        self.assertEqual(self.figure(tree, "earned"), "27")

    def test_I16_neither_difference_nor_planned_term_is_read_by_the_audit(self):
        before = self.student._case().audit()
        for line in self.framework.line_ids:
            line._write({"planned_year": 9, "planned_term": "9"})
        self.env.registry.clear_cache()
        self.assertEqual(self.student._case().audit(), before)

    def test_I18_every_coloured_course_has_a_word_beside_it(self):
        coloured = self.page(PROGRESS).cssselect(".o_ntue_taken > span:first-child")
        self.assertEqual(len(coloured), 12)
        for label in coloured:
            self.assertTrue(text_of(self.one(label, ".o_ntue_tag")))

    def test_022_024_the_page_names_the_department_to_ask(self):
        self.srd.write({"phone": "分機 50101", "email": "srd@example.com"})
        tree = self.page(PROGRESS)
        self.see("請先查詢所屬學年度課程架構是否有該科目", tree)
        self.see("社會與區域發展學系 分機 50101 srd@example.com", tree)
