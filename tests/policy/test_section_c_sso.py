"""Section C, the way in: the school's own portal, and what it takes the place of."""

import ast
from unittest.mock import patch

from lxml import html
from odoo.addons.ntue_campus_login import asking
from odoo.addons.ntue_campus_login.tests.portal import WithPortal, query_of, switch_on
from odoo.tests import tagged
from odoo.tools import mute_logger

from dev.checkout import Checkout

from .desk import DeskCase


@tagged("post_install", "-at_install")
class TestSectionCSso(WithPortal, DeskCase):
    def login_page(self, query=""):
        return html.fromstring(self.url_open(f"/web/login{query}").content)

    def test_052_students_enter_by_the_schools_portal(self):
        button = self.one(self.login_page(), "#sso_start")
        answer = self.url_open(button.get("href"), allow_redirects=False)
        self.portal.nonce = query_of(answer.headers["Location"])["nonce"]
        state = query_of(answer.headers["Location"])["state"]
        self.assertEqual(self.come_back(state=state, code="good").status_code, 303)
        page = html.fromstring(self.url_open("/my/progress").content)
        self.see("王大明", page)

    def test_054_the_portals_address_is_a_setting(self):
        for address in ("https://portal.example.edu", "https://protocol.ntue.edu.tw"):
            self.portal.description["issuer"] = address
            self.portal.description["authorization_endpoint"] = f"{address}/auth"
            switch_on(self.env, ntue_issuer=address)
            with self.portal_at(address):
                answer = self.url_open("/auth/campus/start", allow_redirects=False)
            self.assertTrue(answer.headers["Location"].startswith(f"{address}/auth?"))

    def portal_at(self, address):
        """The portal of the tests under another address."""
        known = self.portal.ask

        def ask(asked, **how):
            return known(asked.replace(address, "https://portal.example.edu"), **how)

        asking.published.forget()
        return patch.object(asking, "ask", ask)

    def test_071_a_click_in_the_portals_menu_signs_straight_in(self):
        """The portal's entry is this address; no page of ours lies between."""
        start = self.campus.ntue_start
        self.assertEqual(start, f"{self.base_url()}/auth/campus/start")
        asked = self.begin(iss=self.campus.ntue_issuer, target_link_uri=f"{self.base_url()}/my")
        answer = self.come_back(state=asked["state"], code="good")
        self.assertTrue(answer.headers["Location"].endswith("/my"))
        self.assertTrue(self.is_in())

    def test_073_other_ways_to_sign_in_are_for_employees(self):
        page = self.login_page()
        self.assertFalse(page.cssselect("input[type=password], .passkey_login_link"))
        link = self.one(page, "#sso_staff")
        self.assertIn("staff=1", link.get("href"))
        self.assertTrue(self.login_page("?staff=1").cssselect("input[type=password]"))
        form = {"login": self.account.login, "password": self.account.login, "type": "password"}
        with mute_logger("odoo.addons.base.models.res_users"):
            self.post("/web/login", **form)
        self.assertFalse(self.is_in())

    def test_I19_the_addon_is_removable_and_single_sign_on_takes_its_place(self):
        addons = Checkout.here().addons
        for addon in ("ntue_curriculum", "ntue_graduation"):
            manifest = ast.literal_eval((addons / addon / "__manifest__.py").read_text("utf-8"))
            self.assertNotIn("ntue_campus_login", manifest["depends"])
            sources = (file.read_text("utf-8") for file in (addons / addon).rglob("*.py"))
            self.assertFalse([text for text in sources if "addons.ntue_campus_login" in text])
        self.assertFalse(self.login_page().cssselect("input[type=password]"))
        self.campus.enabled = False
        self.assertTrue(self.login_page().cssselect("input[type=password]"))
