"""A student writes to the office whose turn it is, from the page of the application."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .common import GraduationHttpCase


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
