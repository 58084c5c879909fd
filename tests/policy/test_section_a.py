"""Section A: the notice, its window, and who may apply."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.pages.conditions import missing_conditions
from odoo.addons.ntue_graduation.tests.common import APPLICATION, window
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .desk import DeskCase, text_of

NOTICE, LIST = "/my/graduation/notice", "/my/graduation"
WINDOW = "ntue.graduation.window"


def may_not_apply(student):
    """Why this student cannot start an application now, in sentences."""
    return [row.evidence for row in missing_conditions(student)]


@tagged("post_install", "-at_install")
class TestSectionA(DeskCase):
    def block(self, name):
        return self.one(self.page(NOTICE), f"[data-block={name}]")

    def may_not_apply(self):
        self.env.invalidate_all()
        return "\n".join(may_not_apply(self.student.with_user(self.account)))

    def test_001_a_window_of_another_kind_of_program_is_not_this_students(self):
        summer = window(self.school, kind="summer", date_open="2025-11-01")
        self.assertEqual(self.env[WINDOW]._for_student(self.student), self.window)
        own = window(self.school, kind="evening", date_open="2025-11-02")
        self.assertEqual(self.env[WINDOW]._for_student(self.student), own)
        self.assertNotEqual(self.env[WINDOW]._for_student(self.student), summer)

    def test_002_the_center_of_the_division_is_who_answers(self):
        self.see("進修教育中心", self.block("contact"))
        self.assertEqual(
            self.outcome(self.registrar_day, WINDOW, "write", self.window.ids, {}), "refused"
        )

    def test_004_an_application_is_of_one_term_and_is_for_those_who_leave_in_it(self):
        self.way.start()
        self.assertEqual(self.way.record.term_id.code, "1141")
        self.see("預計本學期辦理離校手續並領取畢業證書的同學", self.block("who_applies"))

    def test_005_006_both_days_are_included_and_shown_in_roc_years(self):
        self.see("114-10-27 起至 114-11-21 止", self.block("period"))
        for moment, may in (
            ("2025-10-26 15:59:59", False),
            ("2025-10-26 16:00:00", True),
            ("2025-11-21 15:59:59", True),
            ("2025-11-21 16:00:00", False),
        ):
            with self.subTest(utc=moment), freeze_time(moment):
                self.assertEqual(not self.may_not_apply(), may)

    def test_007_the_legal_basis_is_named_and_linked_as_the_registrar_has_it(self):
        self.see("學生畢業資格審核作業要點", self.block("contact"))
        self.window.legal_basis_url = "https://example.com/rules"
        self.one(self.block("contact"), "a[href='https://example.com/rules']")

    def test_008_030_only_who_leaves_this_term_applies(self):
        self.see("本學期不打算離校的同學不需要做任何事", self.block("who_waits"))
        schedule = self.block("schedule")
        self.see("本學期要離校並領取畢業證書的同學才需要申請", schedule)

    def test_009_two_enrolled_terms_are_needed_and_leave_does_not_count(self):
        new = self.new_student("211441009", "新生", taken=(), enrolled=("1141",))
        account = school_of.account_of(new)
        self.assertIn("2", "".join(may_not_apply(new.with_user(account))))
        self.program.min_enrolled_terms = 1
        self.assertEqual(may_not_apply(new.with_user(account)), [])

    def test_010_courses_in_progress_count_as_about_to_be_completed(self):
        self.assertTrue(self.student._case().audit(()).areas[3].met)
        self.way.submitted()
        self.see("即將修畢", self.block("conditions"))

    def test_011_nothing_is_started_or_submitted_outside_the_window(self):
        self.way.drafted()
        with freeze_time("2025-11-22 04:00:00"):
            told = self.refused(self.account, APPLICATION, "action_submit", self.way.record.ids)
            self.assertIn("114-11-21", told)
            other = self.new_student("210941012", "同學")
            with self.assertRaises(UserError):
                other.with_user(school_of.account_of(other))._check_may_apply()

    def test_012_a_program_has_terms_and_years_of_its_own(self):
        self.assertEqual(self.may_not_apply(), "")
        self.program.min_enrolled_terms = 8
        self.assertIn("8", self.may_not_apply())
        self.program.write({"min_enrolled_terms": 2, "max_years": 3})
        self.assertIn("3", self.may_not_apply())
        self.see("依系所規定", self.block("conditions"))

    def test_013_an_earlier_application_does_not_replace_this_terms(self):
        early = window(self.school, term_id=self.school.terms["1132"].id)
        early.write({"date_open": "2025-03-01", "date_close": "2025-04-01"})
        early.date_leave = "2025-07-31"
        with freeze_time("2025-03-10 04:00:00"):
            self.way.submitted()
        self.assertEqual(self.may_not_apply(), "")
        self.see("請在要離校的學期重新申請", self.block("who_applies"))

    def test_014_015_the_schedule_is_a_table_with_the_slip_in_it(self):
        schedule = self.block("schedule")
        self.assertEqual(
            [text_of(head) for head in schedule.cssselect("th")], ["日期", "項目", "內容", "備註"]
        )
        self.see("繳交主修畢業學分審核確認單", schedule)
        self.window.schedule_ids[0].with_context(lang="zh_TW").item = "登記口試"
        self.see("登記口試", self.block("schedule"))

    def test_016_017_018_who_goes_on_in_teacher_education_holds_off(self):
        block = self.block("who_waits")
        self.see("下學期仍需選修教程課程的教程生，請暫勿提出畢業資格申請", block)
        self.see("校內教程生資格甄選考試的同學，請暫勿提出畢業資格申請", block)

    def test_019_who_finishes_teacher_education_asks_its_office(self):
        self.see("師資培育處", self.block("who_waits"))

    def test_020_021_early_students_see_their_progress_and_must_apply_too(self):
        self.student.entry_year = 98
        self.see("〔0648〕", self.page("/my/progress"))
        self.see("以人工審核為準；您仍須上網提出申請", self.block("legacy"))
        self.assertEqual(self.may_not_apply(), "")

    def test_022_024_questions_on_courses_go_to_the_framework_then_to_the_department(self):
        self.srd.write({"phone": "分機 50101", "email": "srd@example.com"})
        for address in (NOTICE, "/my/progress", LIST):
            with self.subTest(address=address):
                tree = self.page(address)
                self.see("課程架構", tree)
                self.see("社會與區域發展學系", tree)
                self.see("分機 50101", tree)

    def test_023_the_case_officer_is_of_the_window(self):
        self.window.write({"contact_name": "承辦人", "contact_phone": "分機 50901"})
        for address in (NOTICE, LIST):
            tree = self.page(address)
            self.see("承辦人", tree)
            self.see("分機 50901", tree)

    def test_025_who_missed_the_window_is_sent_to_the_assistant_who_may_let_them_in(self):
        with freeze_time("2025-11-25 04:00:00"):
            self.assertIn("系所助教", self.may_not_apply_in_chinese())
            permit = {
                "student_id": self.student.id,
                "term_id": self.school.terms["1141"].id,
                "reason": "住院",
                "date_end": "2025-12-05",
            }
            self.rpc(self.assistant, "ntue.graduation.late.permit", "create", permit)
            self.assertEqual(self.may_not_apply(), "")

    def may_not_apply_in_chinese(self):
        student = self.student.with_user(self.account).with_context(lang="zh_TW")
        return "\n".join(may_not_apply(student))

    def test_026_the_first_review_has_a_due_date_that_stops_nobody(self):
        self.window.first_review_due = "2025-11-12"
        self.way.reviewed()
        with freeze_time("2025-11-20 04:00:00"):
            self.way.pass_first()
        self.assertEqual(self.way.record.first_review, "passed")

    def test_027_who_does_not_submit_or_hand_in_bears_the_delay(self):
        self.see("由同學自負責任", self.block("cautions"))
        self.way.drafted()
        self.see("由同學自負責任", self.page(f"{LIST}/{self.way.record.id}"))

    def test_028_the_illustrated_guide_is_linked_from_list_and_form(self):
        self.way.start()
        for address in (LIST, f"{LIST}/{self.way.record.id}"):
            self.assertTrue(self.page(address).cssselect("a[href='/my/graduation/guide']"))
        self.assertGreater(len(self.page("/my/graduation/guide").cssselect("img[alt]")), 4)

    def test_029_progress_first_then_the_application(self):
        steps = text_of(self.block("steps"))
        self.assertLess(steps.index("修業進度管制"), steps.index("新增"))

    def test_I1_a_term_is_written_as_code_and_as_year_and_term(self):
        term = self.school.terms["1141"].with_context(lang="zh_TW")
        self.assertEqual((term.code, term._short_name()), ("1141", "114-1"))
        self.assertEqual(term.name, "114 學年度第 1 學期")
        self.assertEqual(self.env["ntue.term"].create({"code": "1143"}).digit, "3")

    def test_I2_a_window_holds_all_that_is_said_of_a_term(self):
        names = "date_open date_close date_leave first_review_due second_review_due slip_notice"
        names += " caution contact_name contact_phone legal_basis legal_basis_url"
        self.assertLessEqual(set(names.split()), set(self.window._fields))

    def test_I14_the_registrar_writes_every_caution_without_a_developer(self):
        for name in ("caution", "submit_caution", "draft_caution", "validity_notice"):
            with self.subTest(text=name):
                vals = {name: f"新的文字 {name}"}
                context = {"lang": "zh_TW"}
                self.rpc(self.registrar, WINDOW, "write", self.window.ids, vals, context=context)
                self.see(f"新的文字 {name}", self.block("cautions"))

    def test_I15_no_page_of_a_student_shows_a_year_of_the_common_era(self):
        self.way.submitted()
        for address in (NOTICE, LIST, f"{LIST}/{self.way.record.id}", "/my/progress"):
            with self.subTest(address=address):
                self.assertNotRegex(text_of(self.one(self.page(address), "#wrap")), r"20[12]\d")

    def test_D13_a_permit_does_not_go_beyond_the_final_leaving_date(self):
        permit = {
            "student_id": self.student.id,
            "term_id": self.school.terms["1141"].id,
            "reason": "住院",
            "date_end": "2026-02-14",
        }
        self.refused(self.assistant, "ntue.graduation.late.permit", "create", permit)

    def test_D14_the_window_closes_at_midnight_in_taipei(self):
        with freeze_time("2025-11-21 15:59:59"):
            self.assertEqual(self.may_not_apply(), "")
        with freeze_time("2025-11-21 16:00:00"):
            self.assertNotEqual(self.may_not_apply(), "")

    def test_D15_terms_on_leave_are_not_counted(self):
        before = self.student._enrolled_terms_until(self.school.terms["1141"])
        row = self.student.term_ids.filtered(lambda term: term.term_id.code == "1132")
        row.status = "leave"
        self.env.invalidate_all()
        self.assertEqual(self.student._enrolled_terms_until(self.school.terms["1141"]), before - 1)

    def test_D32_past_the_study_limit_the_center_is_named(self):
        self.program.max_years = 3
        self.assertIn("3", self.may_not_apply_in_chinese())
        self.assertIn("教務行政單位", self.may_not_apply_in_chinese())
