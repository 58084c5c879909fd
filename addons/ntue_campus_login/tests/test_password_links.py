"""Links for a new password: once, for some minutes, for one account, and not to be found again."""

from datetime import timedelta

from odoo.addons.ntue_curriculum.tests.common import NOON, SchoolCase
from odoo.exceptions import AccessDenied
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .asking import Asking

NEW = "Zephyr-4417-quince"


@tagged("post_install", "-at_install")
class TestPasswordLinks(Asking, SchoolCase):
    def signs_in(self, password):
        credential = {"type": "password", "login": self.account.login, "password": password}
        try:
            self.env["res.users"].authenticate(credential, {"interactive": False})
        except AccessDenied:
            return False
        return True

    def test_a_link_sets_the_password_once(self):
        secret = self.link()
        self.assertTrue(self.signs_in(self.account.login), "the tests' password")
        self.links._of(secret)._use(NEW)
        self.assertTrue(self.signs_in(NEW))
        self.assertFalse(self.signs_in(self.account.login))
        self.assertFalse(self.links._of(secret))

    def test_a_link_is_good_for_thirty_minutes_or_as_long_as_the_school_says(self):
        secret = self.link()
        for minutes, good in ((29, True), (30, False)):
            with freeze_time(Datetime.to_datetime(NOON) + timedelta(minutes=minutes)):
                self.assertEqual(bool(self.links._of(secret)), good)
        self.env["ir.config_parameter"].set_param("ntue_campus_login.forgotten_minutes", "60")
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(hours=1)):
            secret = self.link()
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(hours=1, minutes=59)):
            self.assertTrue(self.links._of(secret))

    def test_a_new_password_by_whatever_way_ends_every_link(self):
        first = self.link()
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(minutes=3)):
            second = self.link()
            self.assertTrue(self.links._of(first) and self.links._of(second))
            self.account.password = NEW
            self.env.flush_all()
            self.assertFalse(self.links._of(first) or self.links._of(second))

    def test_a_closed_account_and_one_of_an_employee_are_not_opened_by_a_link(self):
        secret = self.link()
        with self.undone():
            self.account.active = False
            self.assertFalse(self.links._of(secret))
        self.account.write({"group_ids": [(6, 0, self.env.ref("base.group_user").ids)]})
        self.assertFalse(self.links._of(secret))

    def test_no_row_and_no_mail_in_the_database_has_the_link(self):
        secret = self.link()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cr.fetchall():
            query = f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1'  # noqa: S608
            cr.execute(query, [f"%{secret}%"])
            self.assertFalse(cr.fetchall(), table)
        self.assertNotIn(secret, str(self.links.search([]).read()))

    def test_what_is_no_secret_of_a_link_opens_nothing(self):
        link = self.link()
        digest = self.links.search([]).digest
        for text in ("", digest, link[:-1], link + "x", link.swapcase(), "x" * 10_000, "%", None):
            self.assertFalse(self.links._of(text), text)

    def test_old_links_are_deleted(self):
        self.link()
        for days, left in ((0, 1), (1, 0)):
            with freeze_time(Datetime.to_datetime(NOON) + timedelta(days=days, hours=1)):
                self.links._gc_links()
                self.assertEqual(self.links.search_count([]), left)
