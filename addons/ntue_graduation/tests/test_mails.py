from unittest.mock import patch

from odoo.addons.ntue_curriculum.office_mail import language_of
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .. import tasks
from .common import GraduationCase, Way


@tagged("post_install", "-at_install")
class TestMails(GraduationCase):
    """Students are told at every step, assistants once a day; nothing leaves for a draft (I10)."""

    def mails(self):
        return self.env["mail.mail"].search([]) - self.before

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.student.partner_id.lang = cls.assistant.lang = "en_US"

    def setUp(self):
        super().setUp()
        self.before = self.env["mail.mail"].search([])

    def digest(self):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env["ntue.graduation.application"]._send_digest()

    def test_I10_the_student_is_told_at_every_step(self):
        told = []
        steps = ("start", "submit", "receive", "decide", "pass_first", "pass_second")
        for step in steps:
            if step == "submit":
                self.way.tick("0733", "0812")
            if step == "pass_second":
                self.way.grade(85)
            getattr(self.way, step)()
            told.append((step, len(self.mails())))
            self.before |= self.mails()
        self.way.by_registrar("action_complete")
        told.append(("complete", len(self.mails())))
        self.assertEqual(
            told,
            [
                ("start", 0),
                ("submit", 1),
                ("receive", 1),
                ("decide", 0),
                ("pass_first", 1),
                ("pass_second", 1),
                ("complete", 1),
            ],
        )

    def test_D31_who_was_asked_to_submit_again_is_told_that_it_has_lapsed(self):
        self.way.returned()
        self.before |= self.mails()
        with freeze_time("2026-02-14 04:00:00"):
            self.way.record.sudo()._lapse_overdue()
        self.assertEqual(self.way.position(), "lapsed/returned/pending")
        mail = self.mails()
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        self.assertEqual(mail.subject, "Your graduation application has lapsed")

    def test_I10_a_draft_leaves_no_mail_not_even_when_it_lapses(self):
        self.way.drafted()
        self.way.record.sudo()._lapse_overdue()
        self.window.sudo().write({"date_leave": "2025-11-09", "date_close": "2025-11-09"})
        self.env["ntue.graduation.application"]._lapse_overdue()
        self.assertEqual(self.way.position(), "lapsed/pending/pending")
        self.digest()
        self.assertFalse(self.mails())

    def test_14_the_registrars_words_go_out_and_a_broken_text_holds_nothing_up(self):
        self.way.submitted()
        template = self.env.ref("ntue_graduation.mail_step_paper")
        template = template.with_context(lang=language_of(self.env, self.student.partner_id))
        template.subject = "Paper of {{ object.slip_number }}"
        self.way.receive()
        self.assertEqual(self.mails()[:1].subject, "Paper of 1141-210941001")
        template = self.env.ref("ntue_graduation.mail_step_first_passed")
        self.env.cr.execute(
            "UPDATE mail_template SET subject = %s WHERE id = %s",
            ('{"en_US": "{{ object.student_id.partner_id.user_ids.password }}"}', template.id),
        )  # in no other language: the English one is taken for all
        template.invalidate_recordset()
        self.way.decide()
        with self.assertLogs("odoo.addons.ntue_graduation.mail.texts", "ERROR"):
            self.way.pass_first()
        self.assertIn("Your first review has passed.", self.mails()[:1].body_html)

    def test_I10_assistants_get_one_mail_a_day_with_numbers_and_no_names(self):
        self.way.submitted()
        Way(self, self.new_student("210941002", "林同學")).submitted()
        Way(self, self.new_student("210941003", "陳草稿")).drafted()
        self.before |= self.mails()
        self.digest()
        (mail,) = self.mails()
        self.assertEqual(mail.email_to, self.assistant.email)
        for text in ("1141-210941001", "1141-210941002", ">2<"):
            self.assertIn(text, mail.body_html)
        for text in ("王大明", "林同學", "陳草稿", "210941003"):
            self.assertNotIn(text, mail.body_html)
        self.before |= mail
        self.digest()
        self.assertFalse(self.mails(), "nothing new, no mail")

    def test_what_the_registrar_handed_back_is_in_the_next_mail_and_said_to_be(self):
        other = Way(self, self.new_student("210941002", "林同學")).first_passed()
        self.way.first_passed()
        self.digest()
        self.before |= self.mails()
        other.by_registrar("write", {"review_reason": "The slip names another department"})
        other.by_registrar("action_hand_back")
        self.before |= self.mails()
        self.digest()
        (mail,) = self.mails()
        self.assertEqual(mail.subject, "Graduation applications that were handed back: 1")
        self.assertIn("has handed these graduation applications", mail.body_html)
        self.assertIn("1141-210941002", mail.body_html)
        for text in ("1141-210941001", "have come in", "林同學", "another department"):
            self.assertNotIn(text, mail.body_html)
        self.before |= mail
        self.digest()
        self.assertFalse(self.mails(), "told once")

    def test_what_the_student_submitted_again_after_a_hand_back_came_in(self):
        self.way.first_passed()
        self.way.by_registrar("write", {"review_reason": "The slip names another department"})
        self.way.by_registrar("action_hand_back")
        self.way.send_back().tick("0733", "0812").submit()
        self.before |= self.mails()
        self.digest()
        (mail,) = self.mails()
        self.assertEqual(mail.subject, "Graduation applications that came in: 1")
        self.assertNotIn("handed", mail.body_html)

    def test_an_assistant_without_an_address_is_told_at_the_departments(self):
        department = self.student.department_id
        department.email = "srd@school.example.com"
        self.assistant.email = False
        self.way.submitted()
        self.before |= self.mails()
        self.digest()
        (mail,) = self.mails()
        self.assertEqual(mail.email_to, "srd@school.example.com")
        self.assertIn("1141-210941001", mail.body_html)

    def test_a_step_is_told_in_the_students_language_whoever_takes_it(self):
        """Taking back has no template of its own: its sentence and subject are the product's."""
        self.assistant.lang = "en_US"
        self.student.partner_id.lang = "zh_TW"
        self.way.first_passed()
        self.before |= self.mails()
        self.way.by_assistant("action_take_back", "Too early")
        (mail,) = self.mails()
        self.assertIn("已撤回", mail.body_html)
        self.assertEqual(mail.subject, "114-1 學期畢業資格申請的通知")

    def test_what_staff_write_has_a_subject_that_says_what_it_is_about(self):
        self.student.partner_id.lang = "zh_TW"
        self.way.submitted()
        self.before |= self.mails()
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        place.message_post(
            body="Please call",
            partner_ids=self.student.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.mails().mapped("subject"), ["114-1 學期畢業資格申請的通知"])

    def test_a_steps_mail_says_all_once_in_a_plain_text_reader_too(self):
        self.student.partner_id.lang = "zh_TW"
        self.way.submitted()
        (mail,) = self.mails()
        self.assertEqual(html2plaintext(mail.body_html).count("王大明"), 1)
        self.assertIn('lang="zh-TW"', mail.body_html)
        self.assertIn("font-size: 16px", mail.body_html)

    def test_a_task_is_in_the_language_of_whose_task_it_is(self):
        for lang, word in (("zh_TW", "初審"), ("en_US", "First review")):
            with self.subTest(lang=lang), self.undone():
                self.assistant.lang = lang
                way = Way(self, self.student).submitted()
                self.assertIn(word, way.record.activity_ids.summary)

    def test_D30_what_a_job_finds_short_stands_in_the_log_in_the_language_of_the_papers(self):
        self.way.submitted()
        self.way.grade(30)
        application = self.way.record.sudo().with_context(lang=None)
        tasks.begin_short(application._restate())
        entry = application.event_ids.filtered(lambda row: row.action == "found_short")
        self.assertRegex(entry.reason, "[\u4e00-\u9fff]{4}")
        self.assertNotRegex(entry.reason, "[A-Za-z]{4}")

    def test_I10_a_submission_puts_it_on_the_assistants_list_and_mails_nobody_of_staff(self):
        self.way.submitted()
        self.assertEqual(self.way.record.activity_ids.user_id, self.assistant)
        self.assertEqual(self.mails().recipient_ids, self.student.partner_id)
        self.way.receive().decide().pass_first()
        self.assertFalse(self.way.record.activity_ids)
