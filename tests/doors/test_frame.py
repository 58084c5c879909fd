"""Every page that a student can reach is in the frame, with the menu and a way home.

The addresses are read from the running server: a page that another version of Odoo or another
dependency brings along fails here until it has the frame, or a row that says why not.
"""

import re
import threading
from fnmatch import fnmatchcase
from unittest.mock import patch

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.addons.ntue_graduation.tests.common import Way, window
from odoo.tests import tagged
from odoo.tools import mute_logger

LEFT_OUT = ("/web/session/logout", "/web/session/destroy", "/websocket*", "/web/database/*")
"""What ends the session, what is no page, and what lies before any database."""

BARE = {
    "/odoo/offline": "What a browser keeps for when there is no network.",
    "/report/<converter>/*": "Papers, as they are printed.",
    "/web/forgotten*": "Before one is signed in.",
    "/web/invitation": "Before one is signed in.",
    "/web/login": "Before one is signed in.",
    "/web/reset_password": "Before one is signed in.",
}
"""Pages of a student without the frame, by pattern, and why."""

NOISY = (
    "odoo.http",
    "odoo.addons.base.models.ir_http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense",
    "odoo.addons.web.controllers.binary",
)
"""Loggers that tell of refusals."""


@tagged("post_install", "-at_install")
class TestFrameEverywhere(SchoolHttpCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.account = school_of.account_of(cls.student)

    def addresses(self):
        """Every address that is asked for by GET, a record of the student's own in its places."""
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        own = str(Way(self, self.student).start().record.id)
        for rule in rules:
            wanted = "GET" in (rule.methods or {"GET"}) and rule.endpoint.routing["type"] == "http"
            if wanted and not any(fnmatchcase(rule.rule, pattern) for pattern in LEFT_OUT):
                yield rule.rule, re.sub(r"<[^>]*>", own, rule.rule)

    def faults(self, answer):
        """What a page lacks; nothing is asked of what is no page."""
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        tree = html.fromstring(answer.content or b"<p/>")
        if tree.cssselect("main#ntue_error"):  # is alone where no frame can be had
            return [] if tree.cssselect("main#ntue_error a") else ["a way on"]
        needed = {
            "the menu": "nav#ntue_menu",
            "the frame": "header.o_ntue_frame",
            "a way home": "a.o_ntue_home[href='/my']",
            "the student number": "#ntue_student_no",
        }
        return [name for name, query in needed.items() if len(tree.cssselect(query)) != 1]

    def test_every_page_that_a_student_reaches_stands_in_the_frame(self):
        self.enter(self.account)
        bare, looked_at = {}, 0
        for rule, address in self.addresses():
            with mute_logger(*NOISY):
                answer = self.url_open(address)
            self.assertTrue(self.session.uid, f"{rule} signs out")
            found = self.faults(answer)
            looked_at += "ntue_menu" in answer.text
            if found and not any(fnmatchcase(rule, pattern) for pattern in BARE):
                bare[rule] = (answer.status_code, answer.url, found)
        self.assertEqual(bare, {})
        self.assertGreater(looked_at, 12)
