from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..mail import reminders
from ..mail.texts import text_of
from .common import APPLICATION, GraduationCase, Way

REMINDER = "ntue.graduation.reminder"
PERMIT = "ntue.graduation.late.permit"


def morning(day):
    """07:00 in Taipei on ``day``, as UTC."""
    before = date.fromisoformat(day) - timedelta(days=1)
    return f"{before} 23:00:00"


@tagged("post_install", "-at_install")
class TestReminders(GraduationCase):
    """Mails against forgetting: each once, to the student alone, and of a draft no trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.student.partner_id.lang = cls.fellow.partner_id.lang = "zh_TW"

    @contextmanager
    def uncommitted(self, left=60.0):
        """A test's transaction cannot be committed; ``left``: the cron's seconds."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: left):
            yield

    def run_at(self, moment, **kwargs):
        """The mails of one run of the cron at ``moment`` (UTC)."""
        before = self.env["mail.mail"].search([])
        with freeze_time(moment), self.uncommitted(**kwargs):
            self.env[APPLICATION]._send_reminders()
        self.env.flush_all()
        return self.env["mail.mail"].search([], order="id") - before

    def daily(self, first, last):
        """Kind by day of what the cron mails, run every morning from ``first`` to ``last``."""
        day, found = date.fromisoformat(first), {}
        while day <= date.fromisoformat(last):
            known = self.env[REMINDER].search([])
            mails = self.run_at(morning(str(day)))
            kinds = (self.env[REMINDER].search([]) - known).mapped("kind")
            self.assertEqual(len(mails), len(kinds))
            if kinds:
                found[str(day)] = kinds[0] if len(kinds) == 1 else sorted(kinds)
            day += timedelta(days=1)
        return found

    # A draft

    def test_8_a_draft_is_recalled_three_days_before_the_end_and_on_the_last_day(self):
        self.way.drafted()
        self.assertEqual(
            self.daily("2025-11-11", "2026-02-20"),
            {"2025-11-18": "closing", "2025-11-21": "last_day"},
        )

    def test_D14_the_day_of_a_reminder_is_that_of_taipei(self):
        self.way.drafted()
        self.assertFalse(self.run_at("2025-11-17 15:59:59"))  # still 17 November there
        self.assertTrue(self.run_at("2025-11-17 16:00:00"))  # 18 November, 00:00
        self.assertTrue(self.run_at("2025-11-21 15:59:59"))  # the last second of the last day
        self.env[REMINDER].search([]).unlink()
        self.assertFalse(self.run_at("2025-11-21 16:00:00"))

    def test_a_run_repeated_on_the_same_day_mails_nothing_twice(self):
        self.way.drafted()
        self.assertEqual(len(self.run_at(morning("2025-11-18"))), 1)
        self.assertFalse(self.run_at(morning("2025-11-18")))
        self.assertFalse(self.run_at("2025-11-18 15:00:00"))

    def test_a_day_on_which_nothing_ran_is_made_up_for(self):
        self.way.drafted()
        self.assertEqual(
            self.daily("2025-11-20", "2025-11-22"),
            {"2025-11-20": "closing", "2025-11-21": "last_day"},
        )

    def test_a_draft_begun_later_is_recalled_on_the_last_day_only(self):
        with freeze_time("2025-11-19 04:00:00"):
            self.way.drafted()
        self.assertEqual(self.daily("2025-11-20", "2025-11-22"), {"2025-11-21": "last_day"})

    def test_8_somebody_who_did_not_begin_gets_no_mail(self):
        """Nor who opened the form and saved nothing."""
        self.way.start()
        self.assertEqual(self.daily("2025-11-11", "2025-11-30"), {})

    def test_a_draft_that_was_discarded_and_begun_anew_is_recalled_once(self):
        self.way.drafted()
        self.assertTrue(self.run_at(morning("2025-11-18")))
        with freeze_time("2025-11-18 04:00:00"):
            self.way.by_student("unlink")
            Way(self, self.student).drafted()
        self.assertFalse(self.run_at("2025-11-18 06:00:00"))

    def test_D13_a_permit_moves_the_last_day_of_its_draft(self):
        with freeze_time("2025-11-25 04:00:00"):
            vals = {
                "student_id": self.student.id,
                "term_id": self.terms["1141"].id,
                "reason": "住院",
                "date_end": "2025-12-05",
            }
            self.rpc(self.assistant, PERMIT, "create", vals)
            self.way.drafted()
        found = self.daily("2025-11-26", "2025-12-10")
        self.assertEqual(found, {"2025-12-02": "closing", "2025-12-05": "last_day"})

    def test_a_window_that_is_prolonged_recalls_again_before_its_new_end(self):
        self.way.drafted()
        self.assertEqual(self.daily("2025-11-17", "2025-11-19"), {"2025-11-18": "closing"})
        self.window.date_close = "2025-11-28"
        self.assertEqual(
            self.daily("2025-11-20", "2025-11-30"),
            {"2025-11-25": "closing", "2025-11-28": "last_day"},
        )

    # Submitted, returned, over

    def test_163_somebody_who_has_not_handed_in_the_slip_is_reminded_then_weekly(self):
        self.way.submitted()  # on 10 November
        self.window.first_review_due = "2025-12-04"
        self.assertEqual(
            self.daily("2025-11-11", "2026-02-20"),
            {
                "2025-11-13": "paper",
                "2025-11-20": "paper",
                "2025-11-27": "paper",
                "2025-12-04": "paper",
            },
        )

    def test_163_the_first_reminder_of_the_slip_comes_after_the_due_day_too(self):
        """Anyone who submits on the last day is reminded once."""
        with freeze_time("2025-11-21 04:00:00"):
            self.way.submitted()
        self.assertEqual(self.daily("2025-11-22", "2026-02-20"), {"2025-11-24": "paper"})

    def test_163_the_window_says_after_how_many_days_and_whether_at_all(self):
        self.way.submitted()
        self.window.paper_reminder_days = 5
        with self.undone():
            found = self.daily("2025-11-11", "2025-11-21")
            self.assertEqual(found, {"2025-11-15": "paper"})
        self.window.paper_reminder_days = 0
        self.assertEqual(self.daily("2025-11-11", "2025-11-21"), {})

    def test_163_somebody_who_has_handed_in_the_slip_is_left_in_peace(self):
        self.way.submitted().receive()
        self.assertEqual(self.daily("2025-11-11", "2025-12-31"), {})

    def test_D12_a_returned_application_is_recalled_the_day_before_its_deadline(self):
        self.way.returned()  # until 5 December
        self.assertEqual(self.daily("2025-11-11", "2026-02-20"), {"2025-12-04": "returned"})

    def test_D12_a_return_inside_the_window_is_asked_by_its_day_and_then_by_the_last_one(self):
        with freeze_time("2025-11-10 04:00:00"):
            self.way.submitted().send_back(deadline="2025-11-13")
        for day, words in (
            ("2025-11-12", "114-11-13"),
            ("2025-11-13", "114-11-13"),
            ("2025-11-14", "114-11-21"),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 04:00:00"):
                self.way.record.invalidate_recordset()
                self.assertIn(words, self.way.record.reminder_last_day)
                self.assertIn(words, text_of(self.way.record.sudo(), "returned")[1])

    def test_D14_who_comes_after_everything_is_told_the_last_of_the_days(self):
        with freeze_time("2025-11-10 04:00:00"):
            self.way.submitted().send_back(deadline="2025-11-13")
        with freeze_time("2025-11-25 04:00:00"):
            self.way.record.invalidate_recordset()
            told = self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)
        self.assertIn("114-11-21", told)
        self.assertNotIn("114-11-13", told)

    def test_D12_a_return_whose_day_is_past_is_recalled_before_the_window_ends(self):
        with freeze_time("2025-11-10 04:00:00"):
            self.way.submitted().send_back(deadline="2025-11-13")
        self.assertEqual(
            self.daily("2025-11-11", "2025-11-30"),
            {"2025-11-12": "returned", "2025-11-20": "returned"},
        )

    def test_what_is_over_is_not_recalled(self):
        fellow = Way(self, self.fellow).submitted()
        self.way.second_passed().by_registrar("action_complete")
        fellow.record._set({"state": "lapsed"})
        self.assertEqual(self.daily("2025-11-11", "2025-12-31"), {})

    def test_nothing_is_mailed_after_the_final_leaving_date(self):
        self.way.submitted()
        self.window.date_leave = "2025-11-21"
        self.assertEqual(self.daily("2025-11-22", "2025-12-31"), {})

    def test_who_left_the_school_or_has_no_address_gets_no_mail(self):
        self.way.drafted()
        for vals in ({"active": False}, {"email": False}, {"email": "nonsense"}):
            with self.subTest(vals=vals), self.undone():
                self.student.write(vals)
                self.assertEqual(self.daily("2025-11-17", "2025-11-22"), {})

    # What is in it

    def test_I10_the_mail_of_a_draft_goes_to_its_student_alone(self):
        self.way.drafted()
        mail = self.run_at(morning("2025-11-18"))
        self.assertEqual(mail.email_to, self.student.email)
        self.assertFalse(mail.email_cc or mail.recipient_ids or mail.model or mail.res_id)
        self.assertTrue(mail.auto_delete)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("114-1", mail.subject)
        for words in ("王大明", "114-11-21", "/my/graduation"):
            self.assertIn(words, mail.body_html)
        self.assertIn(f'href="{self.way.record.get_base_url()}/my/graduation"', mail.body_html)
        self.assertNotIn("t-out", mail.body_html)

    def test_the_mail_is_in_the_language_of_its_student(self):
        for lang, word in (("zh_TW", "尚未送出"), ("en_US", "not submitted yet"), (False, "尚未")):
            with self.subTest(lang=lang), self.undone():
                self.student.partner_id.lang = lang
                self.way = Way(self, self.student).drafted()
                mail = self.run_at(morning("2025-11-18"))
                self.assertIn(word, mail.subject)
                self.assertIn(word, mail.body_html)

    def test_every_kind_of_reminder_has_a_text_in_both_languages(self):
        self.way.submitted()
        for kind, _label in self.env[REMINDER]._fields["kind"].selection:
            for lang in ("zh_TW", "en_US"):
                self.student.partner_id.lang = lang
                subject, body = text_of(self.way.record, kind)
                chinese = self.assertRegex if lang == "zh_TW" else self.assertNotRegex
                chinese(subject, r"[\u4e00-\u9fff]")
                self.assertNotIn("{{", subject)
                self.assertNotIn("<t", body)
                self.assertIn("王大明", body)

    # No trace

    def assert_no_trace(self, mails):
        """Nothing of ``mails`` is found or read by staff, the technical administrator's mail
        queue aside.
        """
        system = school_of.user(self.env, "system@staff.example.com", "base.group_system")
        self.assertTrue(mails)
        for user in (self.assistant, self.registrar, self.registrar_day, self.operator, system):
            with self.subTest(user=user.login):
                ids = mails.mail_message_id.ids
                self.assertEqual(self.rpc(user, "mail.message", "search", [("id", "in", ids)]), [])
                self.refused(user, "mail.message", "read", ids, ["subject"])
                self.refused(user, REMINDER, "search", [])
                if user != system:
                    self.refused(user, "mail.mail", "search", [])

    def test_I9_the_reminder_of_a_draft_is_seen_by_nobody_of_the_staff(self):
        self.way.drafted()
        watched = ("mail.followers", "mail.activity", "mail.notification", "ir.attachment")
        before = [self.env[model].search_count([]) for model in watched]
        mail = self.run_at(morning("2025-11-18"))
        self.assertEqual([self.env[model].search_count([]) for model in watched], before)
        about = [("model", "=", APPLICATION), ("res_id", "=", self.way.record.id)]
        self.assertFalse(self.env["mail.message"].search(about))
        self.assertFalse(mail.mail_message_id.partner_ids)
        self.assert_no_trace(mail)

    def test_I9_what_is_submitted_later_does_not_tell_that_it_was_recalled(self):
        self.way.drafted()
        mail = self.run_at(morning("2025-11-18"))
        with freeze_time("2025-11-18 04:00:00"):
            self.way.submit()
        about = [("model", "=", APPLICATION), ("res_id", "=", self.way.record.id)]
        for user in (self.assistant, self.registrar):
            found = self.rpc(user, "mail.message", "search_read", about, ["body", "subject"])
            self.assertNotIn("114-11-21", str(found))
        self.assert_no_trace(mail)

    def test_a_mail_that_has_left_is_gone_with_its_message(self):
        self.way.drafted()
        mail = self.run_at(morning("2025-11-18"))
        message = mail.mail_message_id
        mail._postprocess_sent_message([], [self.student.email])
        self.assertFalse(mail.exists() or message.exists())

    def test_an_assistant_who_studies_here_is_mailed_and_told_nothing_of_others(self):
        self.fellow.partner_id = self.assistant.partner_id
        self.way.drafted()
        self.assert_no_trace(self.run_at(morning("2025-11-18")))

    # Whose texts

    def test_I14_the_registrar_writes_the_texts_and_nobody_else_does(self):
        text = self.env.ref("ntue_graduation.mail_closing")
        vals = {"subject": "記得送出 {{ object.reminder_term }}"}
        for user in (self.assistant, self.operator, self.way.account):
            self.refused(user, "mail.template", "write", text.ids, vals)
        self.rpc(
            self.registrar, "mail.template", "write", text.ids, vals, context={"lang": "zh_TW"}
        )
        self.refused(self.registrar, "mail.template", "unlink", text.ids)
        self.way.drafted()
        self.assertEqual(self.run_at(morning("2025-11-18")).subject, "記得送出 114-1")

    def test_a_text_names_fields_and_holds_no_code(self):
        text = self.env.ref("ntue_graduation.mail_closing")
        for vals in (
            {"subject": "{{ object.env.user.name }}"},
            {"subject": "{{ object.student_id.mobile }}"},
            {"body_html": '<p t-out="object.sudo().tick_ids"/>'},
            {"body_html": '<p t-if="object.id">x</p>'},
        ):
            with self.subTest(vals=vals), self.undone(), self.assertRaises(AccessError):
                self.rpc(self.registrar, "mail.template", "write", text.ids, vals)

    def test_a_text_cannot_send_the_mail_to_anybody_else(self):
        text = self.env.ref("ntue_graduation.mail_closing")
        vals = {"email_cc": "spy@example.com", "partner_to": str(self.registrar.partner_id.id)}
        vals |= {"email_to": "spy@example.com", "use_default_to": False, "auto_delete": False}
        self.rpc(self.registrar, "mail.template", "write", text.ids, vals)
        self.way.drafted()
        mail = self.run_at(morning("2025-11-18"))
        self.assertEqual((mail.email_to, mail.email_cc), (self.student.email, False))
        self.assertFalse(mail.recipient_ids)
        self.assertTrue(mail.auto_delete)

    # When something goes wrong

    def test_a_text_that_cannot_be_used_stops_the_others_not(self):
        text = self.env.ref("ntue_graduation.mail_closing")
        self.env.cr.execute(
            "UPDATE mail_template SET subject = %s WHERE id = %s",
            ('{"en_US": "{{ object.env }}", "zh_TW": "{{ object.env }}"}', text.id),
        )
        text.invalidate_recordset()
        self.way.drafted()
        with freeze_time("2025-11-15 04:00:00"):
            Way(self, self.fellow).submitted()
        with self.assertLogs("odoo.addons.ntue_graduation", "ERROR") as log:
            mails = self.run_at(morning("2025-11-18"))
        self.assertEqual(mails.email_to, self.fellow.email)
        self.assertNotIn("王大明", str(log.output))
        self.assertEqual(self.env[REMINDER].search([]).mapped("kind"), ["paper"])

    def test_a_run_that_is_killed_mails_the_next_time_what_it_had_not(self):
        self.way.drafted()
        broken = patch.object(reminders, "mail_student", side_effect=OSError)
        with broken, self.undone(), self.assertRaises(OSError):
            self.run_at(morning("2025-11-18"))
        self.assertFalse(self.env[REMINDER].search([]))
        self.assertEqual(len(self.run_at(morning("2025-11-18"))), 1)

    def test_a_run_out_of_time_goes_on_with_the_next(self):
        self.way.drafted()
        Way(self, self.fellow).drafted()
        self.assertEqual(len(self.run_at(morning("2025-11-18"), left=0)), 1)
        self.assertEqual(len(self.run_at(morning("2025-11-18"))), 1)
        self.assertFalse(self.run_at(morning("2025-11-18")))

    def test_what_was_submitted_while_the_run_went_on_is_not_recalled(self):
        self.way.drafted()
        fellow = Way(self, self.fellow).drafted()
        mail = reminders.mail_student

        def and_fellow_submits(record, subject, body):
            mail(record, subject, body)
            fellow.record._set({"state": "submitted", "submitted_at": datetime.now()})  # noqa: DTZ005  # frozen

        with patch.object(reminders, "mail_student", and_fellow_submits):
            mails = self.run_at(morning("2025-11-18"))
        self.assertEqual(mails.email_to, self.student.email)

    def test_the_database_itself_keeps_a_reminder_once(self):
        vals = {
            "student_id": self.student.id,
            "term_id": self.terms["1141"].id,
            "kind": "paper",
            "day": "2025-11-18",
        }
        self.env[REMINDER].create(vals)
        quiet = mute_logger("odoo.sql_db")
        with quiet, self.undone(), self.assertRaisesRegex(Exception, "unique"):
            self.env.cr.execute(
                "INSERT INTO ntue_graduation_reminder (student_id, term_id, kind, day)"
                " VALUES (%(student_id)s, %(term_id)s, %(kind)s, %(day)s)",
                vals,
            )

    def test_the_cron_runs_daily_in_the_morning_of_taipei(self):
        cron = self.env.ref("ntue_graduation.cron_reminders")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
        self.assertEqual(cron.nextcall.hour, 23, "UTC: 07:00 in Taipei")
