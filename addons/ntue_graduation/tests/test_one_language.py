"""A reader of English meets no Chinese on her way but names, a reader of Chinese no English."""

import threading
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.reading import foreign, words_of
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..papers.words import DRAFT_MARK, SLIP_TITLE
from .common import GraduationHttpCase
from .stands import REASON, at_each

LANGUAGES = ("en_US", "zh_TW")

BY_CHOICE = (SLIP_TITLE, DRAFT_MARK, f"{REASON} (114-12-05)", REASON)
"""Printed in Chinese for all, what the log keeps for all, and what a person has typed."""

OF_STAND = ("/my", "/my/graduation", "/my/graduation/{id}", "/my/progress")
"""Pages that say where an application stands."""

NOT_WALKED = {
    "/web/session/logout": "ends the walk",
    "/report/barcode": "a picture",
    "/web/export/csv": "a file of the backend's",
    "/web/export/xlsx": "a file of the backend's",
    "/my/profile/address": "by a mailed link",
    "/my/graduation/slip": "what has no slip: the same address with one is a paper",
}


@tagged("post_install", "-at_install")
class TestOneLanguage(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def addresses(self):
        """Every page that a browser opens with GET below /my and before the sign-in."""
        arguments = {"application_id": self.way.record.id, "window_id": self.window.id}
        found = set()
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            routing = rule.endpoint.routing
            ours = "ntue_" in rule.endpoint.func.__module__
            readable = routing["type"] == "http" and "GET" in (routing.get("methods") or ["GET"])
            if ours and readable and rule.arguments <= set(arguments) and not rule.alias:
                values = {name: arguments[name] for name in rule.arguments}
                found.add(rule.build(values)[1])
        return sorted(found - set(NOT_WALKED))

    def said(self, address):
        """The text of the page at ``address``; none of what is no page."""
        with mute_logger("odoo.http"):
            answer = self.url_open(address)
        if not answer.headers["Content-Type"].startswith("text/html"):
            return ""
        if 'id="wrapwrap"' in answer.text:  # what Odoo cannot draw has no frame at all
            self.assertIn('id="ntue_languages"', answer.text, "the switch of languages")
        return words_of(self.env, answer.text, BY_CHOICE)

    @crossing
    def test_every_page_is_in_the_language_of_its_reader(self):
        self.way.submitted()
        addresses = self.addresses()
        self.assertIn("/my/progress", addresses)
        self.assertIn(f"/my/graduation/{self.way.record.id}", addresses)
        for user in (self.way.account, None):
            self.enter(user) if user else self.authenticate(None, None)
            for lang in LANGUAGES:
                self.read_in(lang)
                for address in addresses:
                    self.read_in(lang)
                    with self.subTest(user=user and user.login, lang=lang, address=address):
                        text = self.said(address)
                        self.assertEqual(foreign(text, lang), [], text)

    @crossing
    def test_wherever_an_application_stands_its_pages_are_in_one_language(self):
        self.enter(self.way.account)

        def look(stand):
            self.env.flush_all()
            for lang in LANGUAGES:
                self.read_in(lang)
                for address in OF_STAND:
                    address = address.format(id=self.way.record.id)
                    with self.subTest(stand=stand, lang=lang, address=address):
                        text = self.said(address)
                    self.assertEqual(foreign(text, lang), [], text)

        at_each(self.way, look)
