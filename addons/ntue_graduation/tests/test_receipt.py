"""A submission leaves a receipt, mails can be chosen, and days go into people's calendars."""

from unittest.mock import patch

import vobject
from lxml import html
from odoo.addons.ntue_curriculum.models.school.program import KINDS
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..mail.texts import OPTIONAL
from ..papers.calendar import application_calendar, window_calendar
from ..steps.effects.telling import SENTENCES
from .common import GraduationHttpCase

RENDER = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_qweb_pdf"


def events(content):
    return list(vobject.readOne(content.decode()).vevent_list)


@tagged("post_install", "-at_install")
class TestReceipt(GraduationHttpCase):
    def mailed(self, step):
        """The mails that are queued for the student while ``step`` is taken."""
        before = self.env["mail.mail"].search([])
        step()
        found = self.env["mail.mail"].search([]) - before
        return found.filtered(lambda mail: mail.recipient_ids == self.student.partner_id)

    def test_159_the_success_page_says_to_which_address_the_confirmation_goes(self):
        self.student.partner_id.email = "known@mail.example.com"
        self.way.submitted()
        self.enter(self.way.account)
        tree = html.fromstring(self.url_open("/my/graduation?submitted=1").text)
        (told,) = tree.cssselect("#submitted [data-cell=mailed_to] strong")
        self.assertEqual(told.text_content(), "known@mail.example.com")

    def test_159_the_mail_repeats_number_ticks_and_what_is_next(self):
        self.way.drafted()
        (mail,) = self.mailed(self.way.submit)
        record = self.way.record
        for text in (record._number(), *record.line_ids.filtered("ticked").mapped("label")):
            self.assertIn(text, mail.body_html)
        self.assertIn("114-11-21", mail.body_html)
        self.assertEqual(mail.body_html.count("o_ntue_next_step"), 1)

    def test_159_slip_and_calendar_are_attached_when_it_is_sent_and_to_no_other_mail(self):
        self.student.partner_id.lang = "zh_TW"
        self.way.drafted()
        (mail,) = self.mailed(self.way.submit)
        with patch(RENDER, autospec=True, return_value=(b"%PDF-1.4", "pdf")) as render:
            (values,) = mail._prepare_outgoing_list()
        self.assertEqual(render.call_args.args[2], self.way.record.ids)
        slip, days = values["attachments"]
        self.assertTrue(slip[0].endswith(f"{self.way.record._number()}.pdf"))
        self.assertEqual(slip[1:], (b"%PDF-1.4", "application/pdf"))
        self.assertEqual(len(events(days[1])), 2)
        self.assertIn("附件：請列印並簽名的審核確認單", values["body"])
        self.assertIn("附件：請列印並簽名的審核確認單", values["body_alternative"])
        (other,) = self.mailed(self.way.receive)
        (values,) = other._prepare_outgoing_list()
        self.assertEqual(values["attachments"], [])

    def test_159_of_what_was_returned_meanwhile_neither_slip_nor_calendar_is_sent(self):
        self.student.partner_id.lang = "zh_TW"
        self.way.drafted()
        (mail,) = self.mailed(self.way.submit)
        self.way.send_back()
        with patch(RENDER, autospec=True) as render:
            (values,) = mail._prepare_outgoing_list()
        render.assert_not_called()
        self.assertEqual(values["attachments"], [])
        self.assertNotIn("附件", values["body"])

    def test_159_when_no_day_is_left_the_slip_goes_without_a_calendar_and_the_mail_says_so(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.student.partner_id.lang = "en_US"
        self.way.drafted()
        (mail,) = self.mailed(self.way.submit)
        with (
            freeze_time("2026-03-01 04:00:00"),
            patch(RENDER, autospec=True, return_value=(b"%PDF-1.4", "pdf")),
        ):
            (values,) = mail._prepare_outgoing_list()
        self.assertEqual([kind for *_rest, kind in values["attachments"]], ["application/pdf"])
        self.assertIn("Attached: the slip to print and sign.", values["body"])
        self.assertNotIn("calendar", values["body"])

    def test_the_calendar_of_an_application_has_what_is_still_to_do_with_day_and_place(self):
        self.srd.counter = "Room 201"
        self.way.submitted()
        paper, leave = events(application_calendar(self.way.record))
        self.assertEqual(str(paper.dtstart.value), "2025-11-21")
        self.assertEqual(str(paper.dtend.value), "2025-11-22", "the day itself included")
        self.assertEqual(paper.location.value, "Room 201")
        self.assertEqual(str(leave.dtstart.value), "2026-02-13")
        self.way.receive()
        (left,) = events(application_calendar(self.way.record))
        self.assertEqual(left.uid.value, leave.uid.value, "the same entry, not another one")
        with freeze_time("2026-03-01 04:00:00"):
            self.assertNotIn(b"VEVENT", application_calendar(self.way.record))

    def test_the_calendar_of_a_window_has_the_rows_of_its_schedule(self):
        rows = self.window.schedule_ids.filtered(lambda row: row.date_from or row.date_to)
        found = events(window_calendar(self.window))
        self.assertEqual(len(found), len(rows))
        self.assertIn("2025-10-27", {str(event.dtstart.value) for event in found})
        self.window.schedule_ids.unlink()
        period, leave = events(window_calendar(self.window))
        self.assertEqual(str(period.dtend.value), "2025-11-22")
        self.assertEqual(str(leave.dtstart.value), "2026-02-13")

    def test_4_the_notice_is_read_without_signing_in_and_names_no_student(self):
        answer = self.url_open("/graduation/notice")
        self.assertEqual(answer.status_code, 200)
        tree = html.fromstring(answer.text)
        self.assertTrue(tree.cssselect("[data-block=period]"))
        self.assertNotIn(self.student.student_no, answer.text)
        (link,) = tree.cssselect("a[href$='calendar.ics']")
        days = self.url_open(link.get("href"))
        self.assertTrue(days.headers["Content-Type"].startswith("text/calendar"))
        with freeze_time("2026-03-01 04:00:00"):
            self.assertIn("data-empty", self.url_open("/graduation/notice").text)
            over = self.url_open(f"/graduation/notice/{self.window.id}/calendar.ics")
            self.assertNotIn("calendar", over.headers["Content-Type"])

    def test_4_a_window_that_is_being_prepared_is_not_public(self):
        self.window.with_user(self.registrar).notice_is_public = False
        self.assertIn("data-empty", self.url_open("/graduation/notice").text)
        days = self.url_open(f"/graduation/notice/{self.window.id}/calendar.ics")
        self.assertNotIn("calendar", days.headers["Content-Type"])

    def test_a_student_whose_kind_of_program_changed_still_has_the_days_of_her_application(self):
        self.window.kind = self.student.program_id.kind
        self.way.submitted()
        other = next(kind for kind, _name in KINDS if kind != self.window.kind)
        self.student.program_id.kind = other
        self.env.registry.clear_cache()  # where Odoo keeps what the rules say of her
        own = self.way.record.with_user(self.way.account)
        with self.assertRaises(AccessError):
            own.window_id.read(["date_leave"])
        self.assertEqual(len(events(application_calendar(own))), 2)

    def test_159_an_administrator_may_send_a_receipt_again(self):
        self.way.drafted()
        (mail,) = self.mailed(self.way.submit)
        admin = school_of.user(self.env, "settings@staff.example.com", "base.group_system")
        with patch(RENDER, autospec=True, return_value=(b"%PDF-1.4", "pdf")):
            (values,) = mail.with_user(admin)._prepare_outgoing_list()
        self.assertEqual(len(values["attachments"]), 2)

    def test_an_application_gives_its_days_to_its_student_alone(self):
        self.way.submitted()
        address = f"/my/graduation/{self.way.record.id}/calendar.ics"
        self.enter(self.way.account)
        self.assertIn(b"BEGIN:VCALENDAR", self.url_open(address).content)
        self.enter(school_of.account_of(self.fellow))
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_where_no_day_is_left_the_list_offers_no_calendar(self):
        self.way.submitted()
        address = f"/my/graduation/{self.way.record.id}/calendar.ics"
        self.enter(self.way.account)
        self.assertIn(address, self.url_open("/my/graduation").text)
        with freeze_time("2026-02-14 04:00:00"):
            self.enter(self.way.account)
            self.assertNotIn(address, self.url_open("/my/graduation").text)
            left = self.url_open(address)
            self.assertTrue(left.url.endswith("/my/graduation"))

    def test_a_student_chooses_mails_and_what_asks_for_something_comes_all_the_same(self):
        self.way.submitted()
        self.enter(self.way.account)
        self.post("/my/graduation/mails", mails="pressing")
        self.assertTrue(self.student.only_pressing_mails)
        self.assertFalse(self.mailed(self.way.receive))
        place = self.way.record.correspondence_ids
        self.assertEqual(place.message_ids[0].notified_partner_ids.ids, [])
        ask = ("action_ask_supplement", "Copy of the passport", "2025-11-13")
        self.assertTrue(self.mailed(lambda: self.way.by_assistant(*ask)))
        self.way.by_assistant("action_supplement_received")
        self.post("/my/graduation/mails", mails="all")
        self.way.decide()
        self.assertTrue(self.mailed(self.way.pass_first))

    def test_nothing_that_asks_or_ends_can_be_left_out(self):
        pressing = {"submit", "return", "ask_supplement", "fail_first", "fail_second"}
        decided = pressing | {"complete", "lapse"}
        decided |= {"take_back_completion", "take_back_lapse", "clear_paper"}
        self.assertFalse(OPTIONAL & decided)
        self.assertEqual(set(SENTENCES), OPTIONAL | decided, "a new step is decided here")

    def test_nobody_chooses_the_mails_of_somebody_else(self):
        for user in (school_of.account_of(self.fellow), self.assistant, self.registrar):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.student.with_user(user)._choose_mails(only_pressing=True)
        vals = {"only_pressing_mails": True}
        self.refused(school_of.account_of(self.fellow), "ntue.student", "write", [1], vals)
        self.refused(self.assistant, "ntue.student", "write", self.student.ids, vals)
