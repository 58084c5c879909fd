from datetime import date

from odoo.tests import Form, freeze_time, tagged

from ..pages.timeline import own_timeline, timeline
from .common import EVENT, TICKABLE
from .test_statistics import OVERVIEW, STATISTICS, CountCase

WITH_STUDENT = "ntue.graduation.with.student"
WHY = "The slip names another department"


@tagged("post_install", "-at_install")
class TestWithStudent(CountCase):
    """Nobody is lost between desks: what is with the student is listed and counted."""

    def found(self, user=None, *names):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env[WITH_STUDENT].with_user(user or self.assistant).search([])
        return [tuple(row[name] for name in names) for row in rows]

    def test_a_returned_application_is_listed_with_reason_day_and_who_returned_it(self):
        self.way.returned()
        names = ("student_no", "kind", "reason", "since", "deadline", "sent_by_id", "returns")
        row = (
            "210941001",
            "returned",
            "English name differs",
            date(2025, 11, 10),
            date(2025, 12, 5),
            self.assistant,
            1,
        )
        for user in (self.assistant, self.registrar):
            self.assertEqual(self.found(user, *names), [row])
        for user in (self.other_assistant, self.registrar_day):
            self.assertEqual(self.found(user, *names), [])

    def test_I9_the_list_has_nothing_that_the_student_changes_in_the_draft(self):
        self.way.returned()
        names = sorted(set(self.env[WITH_STUDENT]._fields) - {"display_name"})
        before = self.found(self.assistant, *names)
        self.way.tick("0733")
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.assertEqual(self.found(self.assistant, *names), before)

    def test_what_was_submitted_again_is_with_the_student_no_more(self):
        self.way.returned().tick(*TICKABLE).submit()
        self.assertEqual(self.found(None, "kind"), [])

    def test_a_supplement_that_is_asked_for_is_with_the_student_until_it_comes(self):
        self.way.submitted()
        self.way.by_assistant("action_ask_supplement", "A copy of the passport", "2025-12-05")
        names = ("kind", "reason", "deadline")
        row = ("supplement", "A copy of the passport", date(2025, 12, 5))
        self.assertEqual(self.found(None, *names), [row])
        self.way.by_assistant("action_supplement_received")
        self.assertEqual(self.found(None, *names), [])

    def test_an_overdue_one_says_so(self):
        self.way.returned()
        with freeze_time("2025-12-08 04:00:00"):
            self.assertEqual(self.found(None, "days_left"), [(-3,)])

    def test_a_returned_one_stays_in_every_count_and_how_often_it_was_returned_too(self):
        self.way.returned()
        names = ("applied", "with_student", "returned")
        self.assertEqual(self.sums(self.registrar, *names), (1, 1, 1))
        row = self.one(OVERVIEW, self.registrar)
        self.assertEqual((row.applied, row.with_student), (1, 1))
        self.assertEqual(self.one(STATISTICS).waiting_paper, 0)

    def test_a_handed_back_application_says_why_until_it_is_decided_again(self):
        self.way.first_passed().by_registrar("write", {"review_reason": WHY})
        self.way.by_registrar("action_hand_back")
        record = self.way.record.with_user(self.assistant)
        self.assertEqual(record.hand_back_reason, WHY)
        self.assertEqual(record.handed_back_on, date(2025, 11, 10))
        self.assertIn(WHY, record.findings)
        with Form(record) as form:
            self.assertEqual(form.hand_back_reason, WHY)
        self.way.pass_first()
        self.assertFalse(record.hand_back_reason or record.handed_back_on)
        self.assertNotIn(WHY, record.findings)

    def test_why_it_was_handed_back_is_not_the_students_to_read(self):
        self.way.first_passed().by_registrar("write", {"review_reason": WHY})
        self.way.by_registrar("action_hand_back")
        record, account = self.way.record, self.way.account
        self.refused(account, record._name, "read", record.ids, ["hand_back_reason"])
        event = record.event_ids[-1]
        self.assertEqual((event.action, event.reason), ("hand_back", WHY))
        self.refused(account, EVENT, "read", event.ids, ["reason"])
        (own,) = self.rpc(account, EVENT, "read", event.ids, ["action", "shown_reason"])
        self.assertEqual((own["action"], own["shown_reason"]), ("hand_back", False))
        latest = own_timeline(record.with_user(account))[0]
        self.assertEqual((latest.what, latest.reason), ("Handed back to the department", ""))
        self.assertEqual(timeline(record.with_user(self.assistant))[0].reason, WHY)

    def test_a_student_is_told_that_it_is_with_the_department_again_and_not_why(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.way.first_passed().by_registrar("write", {"review_reason": WHY})
        for lang, words in (
            ("en_US", "Your application is with your department again; its review goes on."),
            ("zh_TW", "您的申請已交還系所，審核繼續進行。"),
        ):
            with self.subTest(lang), self.undone():
                self.way.account.lang = lang
                before = self.env["mail.mail"].search([])
                self.way.by_registrar("action_hand_back")
                mail = self.env["mail.mail"].search([]) - before
                self.assertEqual(mail.recipient_ids, self.student.partner_id)
                self.assertIn(words, mail.body_html)
                self.assertNotIn(WHY, mail.body_html)

    def test_an_archived_student_does_not_wait_unmarked(self):
        record = self.way.submitted().record.with_user(self.assistant)
        self.assertNotIn("archived", record.findings)
        doubt = record.doubt
        self.student.active = False
        self.assertIn("archived", record.findings)
        self.assertGreater(record.doubt, doubt)
