"""What the tests of a forgotten password share: a student with an ID number, and the mails."""

import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of

from .numbers import KEY, MAILBOX, keys, number

ADDRESS = "192.0.2.7"
LINK = re.compile(r"https?://\S+?/web/forgotten/new\?token=([\w-]+)")


@contextmanager
def outbox(fails=False):
    """The mails that are sent meanwhile."""
    sent = []

    def send(_server, message, *_args, **_kwargs):
        if fails:
            raise ConnectionRefusedError
        sent.append(message)
        return message["Message-Id"]

    with patch.object(IrMail_Server, "send_email", send):
        yield sent


def text_of(mail):
    """The words of a mail."""
    return mail.get_body(("html",)).get_content()


def secret_in(mail):
    """The secret of the link in a mail."""
    return LINK.search(text_of(mail))[1]


class Asking:
    """A student who knows her number, beside another who has none on record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.fellow = cls.new_student("210941002", "同系同學", taken=())
        cls.account = school_of.account_of(cls.student)
        cls.number = number(1)
        cls.mailbox = MAILBOX.format("210941001")
        with keys(KEY):
            cls.student._ntue_set_national_id(cls.number)

    def setUp(self):
        super().setUp()
        self.enterContext(keys(KEY))
        self.requests = self.env["ntue.forgotten.request"]
        self.links = self.env["ntue.password.link"]

    def asked(self, text=None, mailbox=None, address=ADDRESS):
        """Put a request down; by default the right one."""
        text = self.number if text is None else text
        mailbox = self.mailbox if mailbox is None else mailbox
        self.requests.with_user(self.env.ref("base.public_user"))._ask(text, mailbox, address)

    def answered(self, fails=False):
        """The mails that the job sends for all that waits."""
        with outbox(fails) as sent, keeping.no_commit(self.env):
            self.requests._answer()
        self.env.flush_all()
        return sent

    def link(self):
        """The secret of a link that was asked for and mailed."""
        self.asked()
        (mail,) = self.answered()
        return secret_in(mail)
