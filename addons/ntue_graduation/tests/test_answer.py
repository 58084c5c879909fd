"""A student writes to the office whose turn it is, from the page of the application."""

import re
import threading
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from lxml import html
from odoo.addons.ntue_curriculum.clock import taipei_day
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..pages.offices import office_to_call
from .common import GraduationHttpCase

AFTER_THE_CLOSE = "2025-11-24 04:00:00"
AFTER_LEAVING = "2026-02-16 04:00:00"
LONG_OVER = {"date_open": "2025-01-01", "date_close": "2025-01-02", "date_leave": "2025-01-03"}


@tagged("post_install", "-at_install")
class TestAnswer(GraduationHttpCase):
    def page(self):
        return f"/my/graduation/{self.way.record.id}"

    def said(self):
        return self.way.record.correspondence_ids.message_ids.filtered(
            lambda message: message.author_id == self.student.partner_id
        )

    def test_what_a_student_writes_stands_on_her_page_and_with_the_application(self):
        self.way.submitted()
        self.enter(self.way.account)
        answer = self.post(f"{self.page()}/answer", answer="Where do I hand it in?\n<b>Now?</b>")
        self.assertEqual(answer.status_code, 200)
        self.assertIn('data-answer="1"', answer.text)
        self.assertIn("&lt;b&gt;Now?&lt;/b&gt;", answer.text)
        # The day as the timeline above has it: in years of the Republic.
        message = self.said()
        self.assertIn(roc_date(taipei_day(message.date)), answer.text.partition('id="answers"')[2])
        self.assertEqual(len(self.said()), 1)
        self.assertEqual(self.way.record.activity_ids.user_id, self.assistant)

    def test_too_much_nothing_and_the_sixth_of_a_day_are_refused_in_words(self):
        self.way.submitted()
        self.enter(self.way.account)
        for text in ("x" * 2001, "  \n"):
            answer = self.post(f"{self.page()}/answer", answer=text)
            self.assertEqual(answer.status_code, 422)
            self.assertIn('id="problems"', answer.text)
        self.assertEqual(self.post(f"{self.page()}/answer").status_code, 422)
        for number in range(6):
            answer = self.post(f"{self.page()}/answer", answer=f"Question {number}")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('id="problems"', answer.text)
        self.assertEqual(len(self.said()), 5)

    def test_nobody_writes_on_somebody_elses_application_or_on_a_draft(self):
        self.way.drafted()
        self.enter(self.way.account)
        self.assertNotIn("/answer", self.url_open(self.page()).text)
        self.assertEqual(self.post(f"{self.page()}/answer", answer="Hm").status_code, 422)
        self.way.submit()
        self.enter(school_of.account_of(self.fellow))
        self.assertEqual(self.post(f"{self.page()}/answer", answer="Hm").status_code, 404)
        self.assertFalse(self.said())

    def test_an_office_that_only_types_and_sends_reaches_the_student_and_nobody_else(self):
        """Whom Odoo proposes as receivers, also below a message that bears the office's address."""
        self.way.submitted()
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        for answered in (False, True):
            if answered:
                self.way.record.with_user(self.way.account)._answer("Where do I hand it in?")
            found = place._message_get_suggested_recipients(reply_discussion=True)
            with self.subTest(answered=answered):
                proposed = [row["partner_id"] for row in found]
                self.assertEqual(proposed, self.student.partner_id.ids)

    def test_the_offices_answer_stands_on_the_page_and_names_an_office_not_a_person(self):
        self.assistant.name = "Helpful Person"
        self.srd.email = "srd@office.example.com"
        self.way.submitted()
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        told = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        place.message_post(body="Room 201", partner_ids=self.student.partner_id.ids, **told)
        place.message_post(body="Among us", subtype_xmlid="mail.mt_note")
        self.enter(self.way.account)
        page = self.url_open(self.page()).text
        self.assertIn("Room 201", page)
        self.assertIn('data-answer="0"', page)
        self.assertIn(self.srd.name, page.partition('id="answers"')[2].partition("Room 201")[0])
        for words in ("Among us", "Helpful Person"):
            self.assertNotIn(words, page)
        self.way.send_back()
        page = self.url_open(self.page()).text
        self.assertIn("Room 201", page)
        self.assertNotIn("/answer", page)

    def leave_nobody(self, **values):
        department = self.student.department_id
        department.write({"email": False, "change_reason": "Nobody left", **values})

    def told(self):
        """What the page says of the message that is being sent, and the sentence."""
        self.enter(self.way.account)
        page = html.fromstring(self.post(f"{self.page()}/answer", answer="Where to?").text)
        (cell,) = page.cssselect("#answers [role=status]")
        return cell.get("data-cell"), cell.text_content()

    def test_that_a_message_is_sent_is_said_only_when_somebody_was_notified(self):
        self.way.submitted()
        self.assertEqual(self.told()[0], "written")
        self.leave_nobody(assistant_ids=[(5,)], phone="02-2732-1104")
        logger = "odoo.addons.ntue_graduation.mail.answers"
        with self.assertLogs(logger) as log:
            cell, sentence = self.told()
        self.assertEqual(cell, "unheard")
        self.assertIn("02-2732-1104", sentence)
        self.assertEqual(len(self.said()), 2, "it is kept all the same")
        (line,) = log.output
        self.assertIn(f"application {self.way.record.id}: nobody", line)
        self.assertNotIn("Where to?", line)

    def test_one_with_a_task_alone_or_a_mail_alone_is_notified(self):
        self.way.submitted()
        self.leave_nobody()
        self.assertEqual(self.told()[0], "written")
        self.leave_nobody(assistant_ids=[(5,)], email="srd@office.example.com")
        self.assertEqual(self.told()[0], "written")

    def test_184_after_completion_nobody_has_a_task_so_a_message_needs_an_address(self):
        self.way.second_passed().by_registrar("action_complete")
        self.window.contact_phone = "02-2732-5000"
        self.srd.email = "srd@office.example.com"
        self.assertEqual(self.told()[0], "written")
        self.leave_nobody()
        cell, sentence = self.told()
        self.assertEqual(cell, "unheard")
        self.assertIn("02-2732-5000", sentence)
        self.window.contact_email = "cec@office.example.com"
        self.assertEqual(self.told()[0], "written")

    def test_of_two_offices_the_one_in_charge_is_called_unless_only_the_other_has_a_phone(self):
        self.way.first_passed()
        own = self.way.record.with_user(self.way.account)
        self.srd.phone = "1104"
        self.assertEqual(office_to_call(own).phone, "1104")
        self.window.contact_phone = "5000"
        self.assertEqual(office_to_call(own).phone, "5000")
        self.way.by_registrar("write", {"review_reason": "Look again"})
        self.way.by_registrar("action_hand_back")
        self.assertEqual(office_to_call(own).phone, "1104")

    def test_what_was_typed_and_refused_is_still_there_to_be_sent(self):
        self.way.submitted()
        self.enter(self.way.account)
        for number in range(5):
            self.post(f"{self.page()}/answer", answer=f"Question {number}")
        answer = self.post(f"{self.page()}/answer", answer="The long one")
        self.assertRegex(answer.text, r"<textarea[^>]*>The long one</textarea>")

    def assert_given_back(self, phone):
        """What she sends from a page of before is refused, with whom to call, and given back."""
        answer = self.post(f"{self.page()}/answer", answer="The <long> one")
        self.assertEqual(answer.status_code, 422)
        page = html.fromstring(answer.text)
        (problem,) = page.cssselect("#problems li")
        self.assertIn(phone, problem.text_content())
        (kept,) = page.cssselect("#answers textarea[readonly]")
        self.assertEqual(kept.text, "The <long> one")
        self.assertFalse(page.cssselect("#answers form"))
        self.assertFalse(self.said())

    def test_what_was_typed_while_the_assistant_returned_it_is_given_back(self):
        self.srd.phone = "02-2732-1104"
        self.way.submitted()
        self.enter(self.way.account)
        self.way.send_back()
        self.assert_given_back("02-2732-1104")

    def test_what_was_typed_before_it_lapsed_is_given_back(self):
        self.window.contact_phone = "02-2732-5000"
        self.way.first_passed()
        with freeze_time(AFTER_LEAVING):
            self.env["ntue.graduation.application"]._lapse_overdue()
            self.enter(self.way.account)
            self.assert_given_back("02-2732-5000")

    def test_a_student_who_cannot_write_now_reads_why_and_others_that_it_is_not_theirs(self):
        def refused(send, user=None):
            with self.assertRaises(UserError) as refusal:
                send(self.way.record.with_user(user or self.way.account))
            return str(refusal.exception)

        ways = (lambda own: own._answer("Hm"), lambda own: own._hand_in(papers.PDF))
        self.srd.phone = "02-2732-1104"
        self.way.drafted()
        stands = (
            (lambda: None, "is a draft"),
            (lambda: self.way.submit().send_back(), "was returned to you"),
            (lambda: self.window.write(LONG_OVER) and self.lapse(), "has lapsed"),
        )
        for step, words in stands:
            step()
            for send in ways:
                with self.subTest(words):
                    told = refused(send)
                    self.assertIn(words, told)
                    self.assertIn("02-2732-1104", told)
                    self.assertNotIn("Only the student", told)
        for send in ways:
            self.assertNotIn("has lapsed", refused(send, self.assistant))

    def lapse(self):
        self.env["ntue.graduation.application"]._lapse_overdue()

    def test_a_file_that_is_not_asked_for_any_more_is_refused_with_whom_to_call(self):
        self.srd.phone = "02-2732-1104"
        self.way.submitted()
        self.enter(self.way.account)
        answer = self.post(
            f"{self.page()}/supplement", files={"supplement": ("passport.pdf", papers.PDF)}
        )
        self.assertEqual(answer.status_code, 422)
        (problem,) = html.fromstring(answer.text).cssselect("#problems li")
        self.assertIn("02-2732-1104", problem.text_content())

    def test_the_end_of_a_line_counts_once_and_what_is_too_long_is_given_back_whole(self):
        self.way.submitted()
        self.enter(self.way.account)
        lines = "123\r\n" * 500  # a browser's 2000 characters, as it sends them
        self.assertEqual(self.post(f"{self.page()}/answer", answer=lines).status_code, 200)
        answer = self.post(f"{self.page()}/answer", answer="x" * 2000 + "the end")
        self.assertEqual(answer.status_code, 422)
        (field,) = html.fromstring(answer.text).cssselect("#answer")
        self.assertTrue(field.text.endswith("the end"), field.text[-9:])

    def test_the_mail_of_an_offices_answer_leads_back_to_the_application(self):
        self.way.submitted()
        before = self.env["mail.mail"].search([])
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        place.with_context(mail_notify_force_send=False).message_post(
            body="Room 201",
            partner_ids=self.student.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        (mail,) = self.env["mail.mail"].search([]) - before
        self.assertIn(f"{self.page()}#answers", mail.body_html)

    def test_after_the_close_the_office_is_written_to_as_long_as_it_reviews(self):
        self.way.submitted()
        with freeze_time(AFTER_THE_CLOSE):
            self.enter(self.way.account)
            self.assertIn(f"{self.page()}/answer", self.url_open(self.page()).text)
            answer = self.post(f"{self.page()}/answer", answer="Which term is meant?")
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(self.said()), 1)
        with freeze_time(AFTER_LEAVING):
            self.env["ntue.graduation.application"]._lapse_overdue()
            self.enter(self.way.account)
            answer = self.post(f"{self.page()}/answer", answer="Too late?")
            self.assertEqual(answer.status_code, 422)
            self.assertIn('id="problems"', answer.text)
        self.assertEqual(len(self.said()), 1)

    def test_what_a_phone_saves_after_the_close_is_refused_in_words_and_changes_nothing(self):
        self.way.drafted()
        with freeze_time(AFTER_THE_CLOSE):
            self.enter(self.way.account)
            for action in ("save", "check"):
                with self.subTest(action=action):
                    before = self.fingerprint()
                    answer = self.post(f"{self.page()}/save", action=action)
                    self.assertEqual(answer.status_code, 422)
                    self.assertIn('id="problems"', answer.text)
                    self.assertEqual(self.fingerprint(), before)


@tagged("post_install", "-at_install")
class TestAfterTheSession(GraduationHttpCase):
    """A form is sent when the session has ended: nothing is done, and the way back is a page."""

    def addresses(self):
        """Addresses of pages of ours that take forms only, by introspection."""
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            for rule in self.env["ir.http"].routing_map().iter_rules():
                classes = type(rule.endpoint.func.__self__).mro()
                named = [one for one in classes if rule.endpoint.func.__name__ in vars(one)]
                ours = named[-1].__module__.startswith("odoo.addons.ntue_")
                if ours and rule.rule.startswith("/my/") and "GET" not in (rule.methods or {"GET"}):
                    yield re.sub("<int:.*?>", str(self.way.record.id), rule.rule)

    def test_every_form_leads_over_the_sign_in_back_to_its_page(self):
        self.way.submitted()
        addresses = sorted(self.addresses())
        self.assertIn(f"/my/graduation/{self.way.record.id}/answer", addresses)
        before = self.fingerprint()
        for address in addresses:
            with self.subTest(address=address):
                self.authenticate(None, None)
                answer = self.url_open(address, data={"answer": "x"}, allow_redirects=False)
                way = parse_qs(urlsplit(answer.headers["Location"]).query)["redirect"][0]
                self.enter(self.way.account)
                page = self.url_open(way)
                self.assertEqual(page.status_code, 200, way)
                self.assertTrue(address.startswith(urlsplit(page.url).path), page.url)
        self.assertEqual(self.fingerprint(), before)
