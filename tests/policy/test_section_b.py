"""Section B: e-mail, phone and English name on 學生基本資料, and where they are asked for."""

from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_graduation.papers.slip import slip
from odoo.addons.ntue_graduation.tests.common import APPLICATION
from odoo.tests import freeze_time, tagged

from .desk import DeskCase, text_of

PROFILE, LIST = "/my/profile", "/my/graduation"
BOCA = "https://www.boca.gov.tw/sp-natr-singleform-1.html"


@tagged("post_install", "-at_install")
class TestSectionB(DeskCase):
    def form(self):
        return self.page(f"{LIST}/{self.way.start().record.id}")

    def refusal(self):
        """Why the saved draft cannot be submitted."""
        return self.refused(
            self.account,
            APPLICATION,
            "action_submit",
            self.way.record.ids,
            context={"lang": "zh_TW"},
        )

    def save(self, **fields):
        self.enter(self.account)
        whole = {"english_name": "WANG, TA-MING", "email": "a@mail.example.com"}
        whole |= {"mobile": "0900-000-000", "phone": "", "action": "save", **fields}
        return self.post(PROFILE, **whole)

    def test_031_045_the_application_shows_name_e_mail_and_phone_to_be_confirmed(self):
        tree = self.form()
        for words in ("WANG, TA-MING", "a210941001@mail.example.com", "0900-000-000"):
            self.see(words, tree)

    def test_032_033_034_they_are_corrected_on_one_page_linked_from_the_application(self):
        self.assertTrue(self.form().cssselect(f"a[href^='{PROFILE}']"))
        self.save(email="new@mail.example.com")
        self.assertEqual(self.student.email, "new@mail.example.com")

    def test_D5_the_page_has_one_name(self):
        self.assertEqual(text_of(self.one(self.page(PROFILE), "h1")), "學生基本資料")

    def test_035_036_the_page_says_that_the_digital_diploma_goes_to_the_e_mail(self):
        self.see("數位畢業證書會寄到此信箱", self.one(self.page(PROFILE), "#profile_email_hint"))
        self.way.submitted()
        self.assertEqual(self.way.record.email, "a210941001@mail.example.com")

    def test_037_after_completion_the_registrar_takes_over_a_corrected_e_mail_and_it_is_logged(
        self,
    ):
        self.way.second_passed()
        self.way.by_registrar("action_complete")
        self.save(email="new@mail.example.com")
        self.way.by_registrar("action_accept_profile")
        self.assertEqual(self.way.record.diploma_email, "new@mail.example.com")
        self.assertIn("accept", self.way.record.event_ids.sorted("id")[-1].action)

    def test_038_the_english_name_is_needed_from_term_1132_on(self):
        self.student.english_name = False
        self.way.drafted()
        self.assertIn("英文姓名", self.refusal())
        self.env["ir.config_parameter"].set_param("ntue_curriculum.bilingual_from_term", "1142")
        self.way.submit()

    def test_039_040_047_a_blank_name_and_one_unlike_a_passport_are_both_found(self):
        self.way.drafted()
        self.student.english_name = False
        self.assertIn("空白", self.refusal())
        answer = self.save(english_name="王大明")
        self.assertIn("profile_english_name_error", answer.text)
        self.assertFalse(self.student.english_name)

    def test_041_a_wrong_name_is_at_the_students_own_risk(self):
        self.see("由同學自負責任", self.one(self.page(PROFILE), ".o_ntue_profile"))

    def test_042_051_the_ministry_is_linked_for_those_without_a_passport(self):
        link = self.one(self.page(PROFILE), f"a[href='{BOCA}']")
        self.see("護照", link)

    def test_043_D9_an_alias_needs_a_copy_of_the_passport(self):
        answer = self.save(use_alias="1", alias_name="WANG, DAVID")
        self.assertIn("profile_passport_copy_error", answer.text)
        self.assertFalse(self.student.alias_name)
        self.student.alias_name = "WANG, DAVID"
        self.way.drafted()
        self.assertIn("護照影本", self.refusal())
        papers.upload(self.student)
        self.way.submit()

    def test_044_the_example_of_the_notice_stands_beside_the_field(self):
        hint = self.one(self.page(PROFILE), "#profile_english_name_hint")
        self.see("填寫範例：王大明 → WANG, TA-MING", hint)

    def test_046_the_mobile_number_is_for_the_assistant_who_can_read_it(self):
        self.see("補件", self.one(self.page(PROFILE), "#profile_mobile_hint"))
        self.way.submitted()
        (read,) = self.rpc(self.assistant, APPLICATION, "read", self.way.record.ids, ["mobile"])
        self.assertEqual(read["mobile"], "0900-000-000")

    def test_048_the_slip_carries_name_and_e_mail_and_asks_to_check_them(self):
        self.way.submitted()
        paper = slip(self.way.record)
        self.assertEqual(paper["student"]["english_name"], "WANG, TA-MING")
        self.assertIn("電子信箱是否正確", paper["notice"])

    def test_049_each_of_the_four_points_stops_a_submission(self):
        self.way.drafted()
        for name, word in (("english_name", "英文姓名"), ("email", "信箱"), ("mobile", "手機")):
            with self.subTest(point=name), self.undone():
                self.student[name] = False
                self.assertIn(word, self.refusal())
        tick = self.enrolment("0733")
        tick.write({"is_graded": True, "score": 50, "state": "failed"})
        self.assertIn("彈性學分", self.refusal())

    def test_050_the_schedule_asks_again_for_the_spelling(self):
        notice = self.one(self.page("/my/graduation/notice"), "[data-block=profile]")
        self.see("拼寫須與護照一致", notice)

    def test_D6_what_is_changed_later_leaves_the_submission_alone_and_is_flagged(self):
        self.way.submitted()
        self.save(english_name="WANG, DA-MING")
        self.assertEqual(self.way.record.english_name, "WANG, TA-MING")
        (read,) = self.rpc(
            self.assistant, APPLICATION, "read", self.way.record.ids, ["profile_changed"]
        )
        self.assertTrue(read["profile_changed"])

    def test_D7_a_registrar_may_let_another_form_of_name_pass_with_a_reason(self):
        self.student.english_name = False
        self.way.drafted()
        vals = {"english_name_accepted": True, "correction_reason": "單名"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.way.submit()

    def test_D8_case_and_comma_are_put_in_order_and_the_student_is_told(self):
        answer = self.save(english_name="wang,ta-ming")
        self.assertEqual(self.student.english_name, "WANG, TA-MING")
        self.assertIn("WANG, TA-MING", answer.text)
        self.assertIn("已儲存為", answer.text)

    def test_D49_the_mobile_is_needed_and_the_contact_phone_is_not(self):
        self.student.write({"mobile": False, "phone": "02-0000-0000"})
        self.way.drafted()
        self.assertIn("手機", self.refusal())
        self.student.write({"mobile": "0900-000-000", "phone": False})
        self.way.submit()

    def test_D35_a_student_of_teacher_education_answers_before_submitting(self):
        self.student.is_teacher_ed = True
        self.way.drafted()
        self.assertIn("教程", self.refusal())
        self.see("師資培育處", self.page(f"{LIST}/{self.way.record.id}"))
        with freeze_time("2025-11-12 04:00:00"):
            self.student.is_teacher_ed = False
            self.way.submit()
