"""Reviewers at an application: what they call, and what they and the student get of it."""

from odoo.addons.ntue_graduation.tests.common import APPLICATION

from .applying import LIST
from .desk import DeskCase

REASON = "ntue.graduation.reason"
WHY = "英文姓名與護照不符"


class ReviewCase(DeskCase):
    """Steps of reviewers, and what they and the student get of them."""

    @property
    def ids(self):
        return self.way.record.ids

    def refuse(self, users, method, *args):
        """The sentences, in Chinese, with which each of ``users`` is refused the call."""
        context = {"lang": "zh_TW"}
        return [
            self.refused(user, APPLICATION, method, self.ids, *args, context=context)
            for user in users
        ]

    def others(self, *but):
        """Everybody of the school but ``but``; the student, too."""
        people = (
            self.account,
            self.assistant,
            self.other_assistant,
            self.registrar,
            self.registrar_day,
            self.operator,
        )
        return [person for person in people if person not in but]

    def asked(self, user, action):
        """The window that asks ``user`` why, filled in; what is in it as deadline."""
        vals = {"application_id": self.way.record.id, "action": action, "reason": WHY}
        asked = self.rpc(user, REASON, "create", vals)
        (read,) = self.rpc(user, REASON, "read", [asked], ["deadline"])
        return asked, str(read["deadline"])

    def answer(self, user, action, **changes):
        """Fill that window in, change what is to be changed, and press its button."""
        asked, _deadline = self.asked(user, action)
        if changes:
            self.rpc(user, REASON, "write", [asked], changes)
        self.rpc(user, REASON, "action_confirm", [asked])

    def mailed(self, step):
        """The mails that leave when ``step`` is taken."""
        before = self.env["mail.mail"].search([])
        step()
        return self.env["mail.mail"].search([]) - before

    def read(self, user, *names):
        (values,) = self.rpc(
            user, APPLICATION, "read", self.ids, list(names), context={"lang": "zh_TW"}
        )
        return [values[name] for name in names]

    def row(self):
        """The student's application on the list."""
        return self.one(self.page(LIST), "article[data-term='1141']")

    def cell(self, name):
        return self.words(self.row(), f"[data-cell={name}]")
