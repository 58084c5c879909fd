"""A mail is in the language of who reads it, whoever takes the step, on whatever page."""

from functools import partial
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests.common import crossing, unexplained
from odoo.addons.ntue_curriculum.tests.reading import foreign, words_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .. import tasks
from ..mail.answers import tell_office, written
from ..mail.receipt import attached
from ..mail.slip import mail_slip
from ..mail.supplement import uploaded
from ..steps.effects.telling import SENTENCES
from .common import APPLICATION, Way
from .stands import REASON
from .test_transitions import CALLS, TransitionCase

PAIRS = (("zh_TW", "en_US"), ("en_US", "zh_TW"))
"""Of who acts, and of who reads."""

UNSIGNED = "unsigned"
"""Where steps are taken from beside the stands of the table: submitted, without paper."""

ALSO = {"clear_paper": ("write", {"paper_received_on": False})}
"""Steps of the log that are no call of their own in the table of transitions."""

RENDER = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_qweb_pdf"


@tagged("post_install", "-at_install")
class TestMailLanguage(TransitionCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")

    def settle(self, actor, reader):
        """Who acts has one language, who is written to another."""
        staff = self.assistant | self.registrar
        staff.lang = actor
        self.way.account.lang = reader
        self.env.company.partner_id.lang = reader
        self.env.flush_all()

    def new_mails(self, step, *args):
        """What is mailed by ``step``, a function of ``args``."""
        mails = self.env["mail.mail"].sudo()
        last = mails.search([], order="id desc", limit=1).id or 0
        step(*args)
        self.env.flush_all()
        return mails.search([("id", ">", last)])

    def assert_in(self, lang, mail):
        """Subject and body of ``mail`` are in ``lang``."""
        page = f'<html lang="{lang.replace("_", "-")}"><body>{mail.body_html}</body></html>'
        text = f"{mail.subject}\n{words_of(self.env, page, [REASON])}"
        self.assertEqual(foreign(text, lang), [], html2plaintext(mail.body_html))
        chinese = self.assertRegex if lang == "zh_TW" else self.assertNotRegex
        chinese(mail.subject, "[\u4e00-\u9fff]")

    def taken(self, step, user, actor):
        """What is mailed when ``user`` takes ``step``; nothing where nobody may."""
        method, *args = {**CALLS, **ALSO}[step]
        call = (user, APPLICATION, method, self.way.record.ids, *args)
        with self.undone(), unexplained():
            try:
                mails = self.new_mails(partial(self.rpc, *call, context={"lang": actor}))
            except UserError:
                return
            for mail in mails:
                yield mail, self.way.record.event_ids[-1:].action

    @crossing
    def test_every_step_is_told_in_the_language_of_its_student_whoever_takes_it(self):
        for actor, reader in PAIRS:
            told = set()
            look = partial(self.look, actor, reader, told)
            with self.undone():
                self.settle(actor, reader)
                self.at_each_stand(look)
                self.way = Way(self, self.student).submitted()
                self.student.mobile = "0911-111-111"
                look(UNSIGNED)
            self.assertEqual(set(SENTENCES) - {"lapse"}, told & set(SENTENCES))

    def look(self, actor, reader, told, stand):
        """Every step that may be taken here; ``told`` gets the action of each mail."""
        for step, user in self.takers(stand):
            for mail, action in self.taken(step, user, actor):
                with self.subTest(reader=reader, stand=stand, step=step):
                    told.add(action)
                    self.assert_in(reader, mail)

    def takers(self, stand):
        """(step, user) of every step and whoever may take it there, as far as a table says."""
        users = {"s": self.way.account, "a": self.assistant, "r": self.registrar}
        cells = {} if stand == UNSIGNED else self.cells(stand)
        for step in sorted(CALLS.keys() | ALSO.keys()):
            for letter, user in users.items():
                if letter in cells.get(step, users):
                    yield step, user

    def test_what_a_job_tells_is_in_the_language_of_its_reader(self):
        for _actor, reader in PAIRS:
            with self.subTest(reader=reader), self.undone():
                self.way = Way(self, self.student)
                self.settle(reader, reader)
                self.way.submitted()

                def lapse():
                    with freeze_time("2026-03-01 04:00:00"):
                        self.env[APPLICATION]._lapse_overdue()

                cron = type(self.env["ir.cron"])
                with patch.object(cron, "_commit_progress", lambda *_args, **_kw: 60.0):
                    digest = self.new_mails(self.env[APPLICATION]._send_digest)
                self.assertTrue(digest)
                for mail in digest | self.new_mails(lapse):
                    self.assert_in(reader, mail)

    def test_what_a_student_does_is_mailed_in_the_readers_language_not_in_that_of_her_page(self):
        """The slip in her mailbox, the receipt, and what the office learns of her messages."""
        for page, reader in PAIRS:
            with self.subTest(reader=reader), self.undone():
                self.way = Way(self, self.student)
                self.settle(page, reader)
                self.way.submitted()
                record = self.way.record.with_user(self.way.account).with_context(lang=page)
                self.srd.email = "srd@school.example.com"
                with patch(RENDER, return_value=(b"%PDF-1.4", "pdf")):
                    mails = self.new_mails(mail_slip, record)
                    files, words = attached(record)
                for say in (written, uploaded):
                    mails |= self.new_mails(tell_office, record, tasks.WRITTEN, say)
                self.assertEqual(len(mails), 3)
                for mail in mails:
                    self.assert_in(reader, mail)
                (days,) = [content for _name, content, kind in files if "calendar" in kind]
                text = words_of(self.env, f"<p>{words}{days.decode()}</p>")
                self.assertEqual(foreign(text, reader), [])
