"""A student at the application's pages: presses buttons by what they send."""

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.tests.common import TICKABLE

from .desk import DeskCase

LIST = "/my/graduation"


class ApplyingCase(DeskCase):
    """The list, the form and the check page, and what is sent from them."""

    def setUp(self):
        super().setUp()
        self.enter(self.account)

    @property
    def mine(self):
        """The application as its student sees it."""
        self.env.invalidate_all()
        record = self.env["ntue.graduation.application"].search(
            [("student_id", "=", self.student.id)]
        )
        return record.with_user(self.account)

    @property
    def address(self):
        return f"{LIST}/{self.mine.id}"

    def send(self, address, **fields):
        """The page that answers a form; ``self.answer`` has its status and address."""
        self.answer = self.post(address, **fields)
        return html.fromstring(self.answer.content)

    def press_new(self):
        return self.send(f"{LIST}/new")

    def ids(self, *numbers):
        return [school_of.enrolment(self.student, number).id for number in numbers]

    def shown_version(self, tree):
        """The token that a page would be sent with."""
        return self.one(tree, "input[name=version]").get("value")

    def save(self, *numbers, tree=None, **fields):
        """暫存 with these courses ticked, from ``tree`` or from the page as it is now."""
        tree = self.page(self.address) if tree is None else tree
        fields = {"version": self.shown_version(tree), "tick": self.ids(*numbers), **fields}
        return self.send(f"{self.address}/save", action="save", **fields)

    def to_check(self, *numbers):
        """送出申請 of the form, with these courses ticked on the page."""
        return self.send(f"{self.address}/save", action="check", tick=self.ids(*numbers))

    def confirm(self, tree=None, **fields):
        """確認送出, from ``tree`` or from the check page as it is now."""
        tree = self.page(f"{self.address}/check") if tree is None else tree
        return self.send(
            f"{self.address}/submit", **{"version": self.shown_version(tree), **fields}
        )

    def drafted(self, *numbers):
        """新增 and 暫存, both courses from elsewhere ticked unless others are named."""
        self.press_new()
        return self.save(*(numbers or TICKABLE))

    def submitted(self):
        self.drafted()
        return self.confirm()

    def buttons(self, tree):
        """What can be pressed on a page, in its order."""
        return self.words(tree, "main button[type=submit], main a.btn")

    def condition(self, tree, key):
        """The row of one condition, and its verdict."""
        row = self.one(tree, f"[data-condition={key}]")
        return row, row.get("data-verdict")
