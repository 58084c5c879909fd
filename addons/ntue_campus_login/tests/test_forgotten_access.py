"""Nobody reads or makes what a forgotten password leaves, by any call."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import Row
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.records import people
from odoo.tests import tagged

from ..models.password.password_link import digest
from .numbers import KEY, keys, number

TABLE = """
                                  | public student fellow assistant other_assistant registrar registrar_day operator
ID number as a hash               | -      -       -      -         -               -         -             -
link for a new password           | -      -       -      -         -               -         -             -
request of the forgotten page     | -      -       -      -         -               -         -             -
"""  # noqa: E501

ASKED = {"ntue.national.id", "ntue.password.link", "ntue.forgotten.request"}
CALLS: dict = {}


@tagged("post_install", "-at_install")
class TestForgottenAccess(AccessCase):
    table = TABLE

    @classmethod
    def add_people(cls):
        people(cls)
        with keys(KEY):
            cls.student._ntue_set_national_id(number(1))
        cls.account = school_of.account_of(cls.student)

    def rows(self):
        later = "2099-01-01 00:00:00"
        whose = {"student_id": self.fellow.id, "digest": "forged"}
        link = {"user_id": self.account.id, "digest": digest("x"), "expires_at": later}
        mine = {"user_id": self.account.id, "digest": digest("mine"), "expires_at": later}
        asked = {"mailbox": "a@b.tw", "hashes": "{}", "network": "192.0.2.1"}
        made = self.env["ntue.password.link"].create(link)
        request = self.env["ntue.forgotten.request"].create(asked)
        kept = self.env["ntue.national.id"].search([])
        return {
            "ID number as a hash": Row(kept, {"student_id": self.fellow.id}, lambda: whose),
            "link for a new password": Row(made, {"is_used": False}, lambda: mine),
            "request of the forgotten page": Row(request, {"network": "x"}, lambda: asked),
        }

    @crossing
    def test_I9_nobody_reaches_a_hash_a_link_or_a_request(self):
        self.assert_table()

    def test_the_table_asks_about_what_it_says(self):
        self.assertEqual(self.models_asked(), ASKED)

    def test_somebody_who_sets_odoo_up_reaches_none_of_them_either(self):
        admin = self.env.ref("base.user_admin")
        for title, row in self.rows().items():
            with self.subTest(title=title):
                self.assertEqual(self.cell(admin, row), "-")

    def test_no_search_on_a_student_reaches_the_hash(self):
        """By no field: neither a student record nor a contact points to it."""
        for model in ("ntue.student", "res.partner", "res.users"):
            targets = {
                field.comodel_name for field in self.env[model]._fields.values() if field.relational
            }
            self.assertFalse(targets & {"ntue.national.id", "ntue.password.link"}, model)
