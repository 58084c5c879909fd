"""No mail and no page asks for a signed slip where none is waited for."""

from unittest.mock import patch

from lxml import html
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..mail.receipt import attached
from ..mail.slip import mail_slip
from ..mail.texts import TEXTS, step_text, text_of
from ..steps.effects.telling import SENTENCES
from .common import GraduationHttpCase
from .stands import STANDS

RENDER = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_qweb_pdf"
LANGUAGES = {"en_US": r"\bsign|\bpaper|the slip", "zh_TW": "簽名|確認單|紙本"}
"""Words by which the paper is asked for."""

RECEIVED = ("receive_paper", "clear_paper")
"""Steps that a paperless department takes only where somebody brought a paper all the same."""


def awaited(way):
    way.submitted()


def paperless(way):
    way.student.department_id.is_paperless = True
    way.submitted()


def received(way):
    way.submitted().receive()


USES = {
    "awaited": (awaited, "sign"),
    "paperless": (paperless, "copy"),
    "received": (received, "copy"),
    "first_passed": (STANDS["first_passed"], "copy"),
    "first_failed": (STANDS["first_failed"], "copy"),
    "completed": (STANDS["completed"], "copy"),
    "lapsed": (STANDS["lapsed"], None),
    "returned": (STANDS["returned"], None),
    "draft": (STANDS["draft"], None),
}
"""How an application comes there, and what its slip is for then."""


@tagged("post_install", "-at_install")
class TestPaperAskedFor(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.way.account.lang = "en_US"

    def own(self, way):
        self.env.invalidate_all()
        return way.record.with_user(way.account).with_context(lang="en_US")

    def mailed(self, way):
        """Subject and text of the mail with the slip; None where it is refused."""
        before = self.env["mail.mail"].search([])
        with patch(RENDER, return_value=(b"%PDF-1.4", "pdf")):
            try:
                mail_slip(self.own(way))
            except UserError:
                return None
        (mail,) = self.env["mail.mail"].search([]) - before
        return f"{mail.subject} {html2plaintext(mail.body_html)}"

    def enclosed(self, way):
        """What the receipt says of its enclosures, if it is sent now."""
        with patch(RENDER, return_value=(b"%PDF-1.4", "pdf")):
            files, words = attached(way.record.sudo())
        return [kind for _name, _content, kind in files], " ".join(html2plaintext(words).split())

    def test_D27_in_a_department_without_paper_no_mail_asks_for_any(self):
        paperless(self.way)
        record = self.way.record.sudo()
        for lang, asking in LANGUAGES.items():
            self.way.account.lang = lang
            self.env.invalidate_all()
            there = record.with_context(lang=lang)
            for action in SENTENCES.keys() - set(RECEIVED):
                with self.subTest(lang=lang, action=action):
                    _subject, body = step_text(there, action, SENTENCES[action](there))
                    self.assertNotRegex(html2plaintext(body), asking)
                    self.assertNotRegex(SENTENCES[action](there), asking)
            for kind in ("closing", "last_day", "returned", "extended"):
                with self.subTest(lang=lang, kind=kind):
                    self.assertNotRegex(html2plaintext(text_of(there, kind)[1]), asking)
        self.assertLess({"submit", "return"}, TEXTS.keys())

    def test_where_paper_is_asked_for_the_receipt_says_so_once_with_day_and_place(self):
        self.srd.counter = "Room 201"
        awaited(self.way)
        body = html2plaintext(self.way.record.correspondence_ids.message_ids[0].body)
        self.assertEqual(body.count("Print the slip, sign it and hand it in."), 1)
        self.assertEqual(body.count("sign it"), 1)
        for text in ("114-11-21", "Room 201"):
            self.assertIn(text, body)

    def test_a_paper_that_was_entered_by_mistake_is_asked_for_in_the_next_step_alone(self):
        received(self.way)
        self.way.by_assistant("write", {"paper_received_on": False})
        body = html2plaintext(self.way.record.correspondence_ids.message_ids[0].body)
        self.assertIn("no longer recorded as received", body)
        self.assertEqual(body.lower().count("hand it in"), 1)

    def test_170_the_slip_is_mailed_to_be_signed_or_as_a_copy_or_not_at_all(self):
        for name, (stand, use) in USES.items():
            with self.subTest(name), self.undone():
                way = self.way_of(self.student)
                stand(way)
                text = self.mailed(way)
                self.assertEqual(text is None, use is None)
                if use:
                    self.assertEqual("sign it" in text, use == "sign", text)
                    self.assertEqual("only then is the application complete" in text, use == "sign")
                    self.assertEqual("as a copy for your records" in text, use == "copy")

    def test_170_the_pages_offer_to_mail_it_where_it_is_mailed(self):
        labels = {"sign": "將確認單寄到我的信箱", "copy": "將審核確認單寄到我的信箱留存"}
        for name, (stand, use) in USES.items():
            with self.subTest(name), self.undone():
                way = self.way_of(self.student)
                stand(way)
                way.account.lang = "zh_TW"
                self.enter(way.account)
                self.read_in("zh_TW")
                for address in ("/my/graduation", f"/my/graduation/{way.record.id}"):
                    self.env.flush_all()
                    tree = html.fromstring(self.url_open(address).text)
                    buttons = tree.cssselect("[data-block=print_help] form button")
                    found = [" ".join(button.text_content().split()) for button in buttons]
                    self.assertEqual(found, [labels[use]] if use else [], address)
                    for part in tree.cssselect("[data-block=print_help]"):
                        self.assertEqual("簽名" in part.text_content(), use == "sign", address)

    def test_159_the_receipt_says_what_the_enclosed_slip_is_for_when_it_is_sent(self):
        calendar, pdf = "text/calendar", "application/pdf"
        copy = "Attached: the slip, as a copy for your records, and the days for your calendar."
        for stand, expected in (
            (
                awaited,
                (
                    [pdf, calendar],
                    "Attached: the slip to print and sign, and the days for your calendar.",
                ),
            ),
            (paperless, ([pdf, calendar], copy)),
            (received, ([pdf, calendar], copy)),
            (STANDS["returned"], ([], "")),
        ):
            with self.subTest(expected[1]), self.undone():
                way = self.way_of(self.student)
                stand(way)
                self.assertEqual(self.enclosed(way), expected)
