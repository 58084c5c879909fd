"""Section E: the list of applications, and the question before it: may I apply?"""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.pages.conditions import conditions
from odoo.addons.ntue_graduation.tests.common import APPLICATION
from odoo.tests import freeze_time, tagged

from .applying import LIST, ApplyingCase
from .desk import text_of


@tagged("post_install", "-at_install")
class TestSectionE(ApplyingCase):
    def term(self, tree, code):
        """The row of one term."""
        return self.one(tree, f"article[data-term='{code}']")

    def cells(self, row):
        """Application date, first review, second review."""
        return [
            text_of(self.one(row, f"[data-cell={name}]")) for name in ("date", "first", "second")
        ]

    def other_student(self, number, **values):
        """Another student, who takes over the browser."""
        self.student = self.new_student(number, "另一位", **values)
        self.account = school_of.account_of(self.student)
        self.account.lang = "zh_TW"
        self.enter(self.account)
        return self.student

    def test_113_it_says_that_rules_on_flexible_courses_differ(self):
        self.see("各系所規定不同", self.page(LIST))
        self.window.with_context(lang="zh_TW").flexible_notice = "本學期另有規定"
        self.see("本學期另有規定", self.page(LIST))

    def test_114_it_says_that_some_departments_ask_for_an_approval(self):
        self.see("是否須事先申請", self.one(self.page(LIST), "#may_i"))

    def test_115_116_somebody_who_applied_before_sees_each_term_with_both_reviews(self):
        self.submitted()
        with freeze_time("2026-03-01 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        row = self.term(self.page(LIST), "1141")
        self.assertEqual(self.cells(row), ["114-11-10", "待審核", "待審核"])
        self.see("已失效", row)

    def test_117_118_an_extended_student_who_never_applied_sees_every_late_term(self):
        tree = self.page(LIST)
        terms = [row.get("data-term") for row in tree.cssselect("article")]
        self.assertEqual(terms, ["1141", "1132", "1131"])
        for term in terms:
            self.assertEqual(self.cells(self.term(tree, term)), ["", "待審核", "待審核"])

    def test_D23_those_rows_are_stored_nowhere(self):
        before = self.env[APPLICATION].search_count([])
        self.page(LIST)
        self.assertEqual(self.env[APPLICATION].search_count([]), before)

    def test_D23_once_applied_for_a_term_the_other_rows_are_gone(self):
        self.drafted()
        tree = self.page(LIST)
        self.assertEqual([row.get("data-term") for row in tree.cssselect("article")], ["1141"])

    def test_119_those_rows_do_not_keep_from_applying(self):
        tree = self.page(LIST)
        self.see("不影響當學期的申請資格", self.term(tree, "1141"))
        self.assertIn("新增", self.buttons(tree))

    def test_120_121_a_prospective_graduate_who_never_applied_finds_nothing(self):
        self.other_student("211141001", enrolled=("1132", "1141"))
        tree = self.page(LIST)
        self.assertEqual(self.words(tree, "[data-empty]"), ["查無資料"])
        self.assertEqual(tree.cssselect("article"), [])

    def test_122_new_opens_the_form(self):
        self.press_new()
        self.assertTrue(self.answer.url.endswith(self.address), self.answer.url)

    def test_123_it_says_that_somebody_who_leaves_this_term_applies_this_term(self):
        self.see("本學期要舉行學位考試並離校的同學，請在本學期申請", self.page(LIST))

    def test_124_the_slip_of_a_term_is_there_once_it_is_submitted(self):
        self.drafted()
        slip = f"a[href='{self.address}/slip'][target=_blank]"
        self.assertEqual(self.page(LIST).cssselect(slip), [])
        self.confirm()
        self.one(self.page(LIST), slip)

    def test_124_before_there_is_a_draft_the_button_tells_why_there_is_no_slip(self):
        button = self.one(self.page(LIST), "a[href='/my/graduation/slip']")
        self.assertEqual(text_of(button), "主修畢業學分審核確認單")
        self.see("尚未送出", self.page(button.get("href")))

    def test_125_126_the_row_tells_term_date_and_both_reviews(self):
        self.submitted()
        row = self.term(self.page(LIST), "1141")
        self.see("學年期 114-1", row)
        self.assertEqual(self.cells(row), ["114-11-10", "待審核", "待審核"])
        self.way.record = self.mine.sudo()
        self.way.receive().decide().pass_first()
        self.assertEqual(
            self.cells(self.term(self.page(LIST), "1141")), ["114-11-10", "通過", "待審核"]
        )

    def test_127_the_magnifier_opens_it_to_read(self):
        self.submitted()
        link = self.one(self.page(LIST), f"article a[href='{self.address}']")
        self.one(link, ".fa-search")
        tree = self.page(self.address)
        fields = tree.cssselect("main input:not([type=hidden]), main button")
        # To the office, and a copy of the slip to herself; neither changes anything here.
        message = tree.cssselect("#answers button, [data-block=print_help] button")
        self.assertEqual([field for field in fields if field not in message], [])

    # Where it is, and what is next

    def steps(self, tree):
        return {
            step.get("data-step"): step.get("aria-current") or ""
            for step in tree.cssselect("ol li")
        }

    def test_D24_the_steps_say_where_it_stands(self):
        self.drafted()
        for move, current, words in (
            (lambda: None, "submitted", "送出申請 尚未送出"),
            (self.confirm, "paper", "請列印審核確認單"),
            (lambda: self.way.receive(), "first", "系所正在初審"),
            (lambda: self.way.decide().pass_first(), "second", "請辦理離校手續"),
            (lambda: self.way.grade(85).pass_second(), "completed", "領取畢業證書"),
        ):
            with self.subTest(current=current):
                move()
                self.way.record = self.mine.sudo()
                row = self.term(self.page(LIST), "1141")
                found = [key for key, value in self.steps(row).items() if value == "step"]
                self.assertEqual(found, [current])
                self.see(words, row)

    def test_D24_a_returned_one_says_why_and_until_when(self):
        self.submitted()
        self.way.record = self.mine.sudo()
        self.way.send_back(reason="英文姓名有誤")
        row = self.term(self.page(LIST), "1141")
        self.see("退回修正", row)
        self.see("英文姓名有誤 期限： 114-12-05", self.one(row, "[data-next]"))

    def test_what_is_next_has_its_day_and_its_place(self):
        self.srd.write({"phone": "分機 50101"})
        self.drafted()
        self.see("期限： 114-11-21", self.one(self.page(LIST), "[data-next]"))
        self.confirm()
        told = self.one(self.page(LIST), "[data-next]")
        self.see("期限： 114-11-21", told)
        self.see("社會與區域發展學系助教 分機 50101", told)

    # May I apply?

    def test_I11_new_is_there_only_while_one_may_apply(self):
        self.assertIn("新增", self.buttons(self.page(LIST)))
        for day in ("2025-10-26 15:59:00", "2025-11-21 16:01:00"):
            with freeze_time(day), self.subTest(day=day):
                self.enter(self.account)
                tree = self.page(LIST)
                self.assertNotIn("新增", self.buttons(tree))
                self.assertEqual(self.condition(tree, "window")[1], "no")
        with freeze_time("2025-11-21 15:59:00"):
            self.enter(self.account)
            self.assertIn("新增", self.buttons(self.page(LIST)))

    def test_I11_after_the_close_a_late_permit_brings_it_back_with_its_end(self):
        with freeze_time("2025-11-25 04:00:00"):
            vals = {
                "student_id": self.student.id,
                "term_id": self.window.term_id.id,
                "reason": "住院",
                "date_end": "2025-12-01",
            }
            self.rpc(self.assistant, "ntue.graduation.late.permit", "create", vals)
            self.enter(self.account)
            tree = self.page(LIST)
            row, verdict = self.condition(tree, "window")
            self.assertEqual(verdict, "yes")
            self.see("114-12-01", row)
            self.assertIn("新增", self.buttons(tree))

    def test_I8_while_there_is_an_application_there_is_no_second(self):
        self.drafted()
        first = self.mine
        tree = self.page(LIST)
        self.assertNotIn("新增", self.buttons(tree))
        self.press_new()
        self.assertTrue(self.answer.url.endswith(f"/{first.id}"))
        self.assertEqual(self.mine, first)

    def test_D15_the_terms_enrolled_are_told_and_leave_is_no_part_of_them(self):
        row, verdict = self.condition(self.page(LIST), "enrolled")
        self.assertEqual(verdict, "yes")
        self.see("您已在學 7 學期，至少需 2 學期（休學不計）", row)
        self.srd.phone = "分機 50101"
        self.other_student("211141002", enrolled=("1141",))
        tree = self.page(LIST)
        row, verdict = self.condition(tree, "enrolled")
        self.assertEqual(verdict, "no")
        self.see("您已在學 1 學期，至少需 2 學期", row)
        self.see("請洽： 社會與區域發展學系助教 分機 50101", row)
        self.assertNotIn("新增", self.buttons(tree))

    def test_D32_past_the_study_limit_the_office_of_the_window_is_named(self):
        self.see("目前第 4 年，修業年限 4 年", self.condition(self.page(LIST), "limit")[0])
        self.program.max_years = 3
        self.window.write({"contact_name": "王小姐", "contact_phone": "分機 80000"})
        row, verdict = self.condition(self.page(LIST), "limit")
        self.assertEqual(verdict, "no")
        self.see("請洽： 進修教育中心 王小姐 分機 80000", row)

    def test_D16_what_will_be_missing_is_told_and_does_not_keep_from_applying(self):
        row, verdict = self.condition(self.page(LIST), "credits")
        self.assertEqual(verdict, "careful")
        self.see("預計可得 28 學分（畢業學分數 32", row)
        self.see("預計可達 34 學分", row)
        self.one(row, "a[href='/my/progress']")
        self.enrolment("0655").write({"state": "failed", "score": 60})
        self.enrolment("0511").write({"state": "failed", "score": 60})
        row, verdict = self.condition(self.page(LIST), "credits")
        self.see("領域 C 區域發展與環境規劃領域：尚缺 3 學分", row)
        self.see("仍可提出申請", row)
        self.program.shortfall_policy = "block"
        self.see("可以暫存，但無法送出", self.condition(self.page(LIST), "credits")[0])

    def test_045_english_name_e_mail_and_mobile_stand_there_with_a_way_to_correct_them(self):
        tree = self.page(LIST)
        for key, words in (
            ("english_name", "WANG, TA-MING"),
            ("email", "a210941001@mail.example.com"),
            ("mobile", "0900-000-000"),
        ):
            row, verdict = self.condition(tree, key)
            self.assertEqual(verdict, "yes")
            self.see(words, row)
        self.student.write({"english_name": False, "mobile": False})
        tree = self.page(LIST)
        for key in ("english_name", "mobile"):
            row, verdict = self.condition(tree, key)
            self.assertEqual(verdict, "careful")
            self.one(row, "a[href='/my/profile?back=graduation']")
        self.assertIn("新增", self.buttons(tree))

    def test_045_the_contact_phone_is_confirmed_too(self):
        self.see("未填寫", self.condition(self.page(LIST), "phone")[0])
        self.student.phone = "02-2732-1104"
        self.see("02-2732-1104", self.condition(self.page(LIST), "phone")[0])
        self.press_new()
        self.see("02-2732-1104", self.one(self.page(self.address), "[data-profile=phone]"))

    def test_D16_the_first_line_says_what_blocks_and_what_only_delays(self):
        def first(tree):
            line = self.one(tree, "[data-outlook]")
            return line.get("data-outlook"), text_of(line)

        self.assertEqual(first(self.page(LIST))[0], "careful", "ticks are enough")
        self.enrolment("0655").write({"state": "failed", "score": 60})
        self.enrolment("0511").write({"state": "failed", "score": 60})
        kind, line = first(self.page(LIST))
        self.assertEqual(kind, "delayed")
        self.assertIn("不影響送出申請，但補足之前無法畢業", line)
        self.student.english_name = False
        kind, line = first(self.page(LIST))
        self.assertEqual(kind, "blocked")
        self.assertIn("須先補正以下項目才能送出：英文姓名", line)
        self.assertIn("補足之前無法畢業", line)
        self.program.shortfall_policy = "block"
        self.assertIn("英文姓名", first(self.page(LIST))[1])
        self.assertIn("預計學分", first(self.page(LIST))[1])

    def test_009_D15_who_may_not_yet_is_told_when(self):
        self.other_student("211141005", enrolled=("1141",))
        line = self.one(self.page(LIST), "[data-outlook=no]")
        self.see("最早可於 114-2 學期的申請期間提出", line)
        for day, words in (
            ("2025-10-20 04:00:00", "自 114-10-27 起"),
            ("2025-11-25 04:00:00", "次一學期的申請期間"),
        ):
            with freeze_time(day), self.subTest(day=day):
                self.other_student(f"2111410{day[8:10]}")
                self.see(words, self.one(self.page(LIST), "[data-outlook=no]"))

    def test_D16_each_lack_is_said_once_and_in_a_list(self):
        self.enrolment("0901").write({"is_graded": True, "state": "failed", "score": 60})
        row, _verdict = self.condition(self.page(LIST), "credits")
        points = self.words(row, "ul > li")
        self.assertEqual(sum("碩士論文" in point for point in points), 1, points)
        self.assertEqual(sum("4 學分" in point for point in points), 1, points)

    def test_the_profile_returns_to_where_one_came_from_and_nowhere_else(self):
        profile = {
            "english_name": "WANG, TA-MING",
            "email": "a@mail.example.com",
            "mobile": "0900-000-000",
        }
        self.drafted()
        for token, end in (
            ("graduation", "/my/graduation"),
            ("form", self.address),
            ("check", f"{self.address}/check"),
            ("https://evil.example.com/", "/my/profile?saved=1&as="),
            ("//evil.example.com", "/my/profile?saved=1&as="),
        ):
            with self.subTest(token=token):
                self.send("/my/profile", action="save", back=token, **profile)
                self.assertTrue(self.answer.url.endswith(end), self.answer.url)

    def test_D35_who_is_in_teacher_education_is_told_that_a_question_comes(self):
        self.assertEqual(self.page(LIST).cssselect("[data-condition=teacher_ed]"), [])
        self.student.is_teacher_ed = True
        row, verdict = self.condition(self.page(LIST), "teacher_ed")
        self.assertEqual(verdict, "careful")
        self.see("請暫勿提出申請", row)

    def test_I18_every_condition_has_a_word_beside_its_colour(self):
        for row in self.page(LIST).cssselect("[data-condition]"):
            self.assertIn(text_of(self.one(row, ".o_ntue_tag")), ("符合", "不符合", "請留意"))

    def test_the_page_refuses_for_what_the_guard_refuses_for(self):
        """Both ask the same conditions: no case in which they differ."""
        self.other_student("211141003", enrolled=("1141",))
        self.program.max_years = 0
        for close in ("2025-11-21", "2025-11-05"):
            self.window.date_close = close
            told = {
                row.evidence
                for row in conditions(self.student.with_user(self.account))
                if row.verdict == "no"
            }
            vals = {"student_id": self.student.id}
            refused = self.refused(self.account, APPLICATION, "create", vals)
            self.assertEqual(set(refused.split("\n")), told)
            tree = self.press_new()
            self.assertEqual(self.answer.status_code, 422)
            self.assertEqual(len(self.words(tree, "#problems li")), len(told))
