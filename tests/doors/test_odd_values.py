"""Every route × odd values × role: no fault of the server, and nobody else's data.

One request to each route by each role, the same in every run; `make hostile` sends more of them.
"""

import inspect
import random
import sys
import threading
from pathlib import Path
from unittest.mock import patch

import requests
from odoo import http
from odoo.addons.ntue_curriculum.tests import records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged
from odoo.tools import mute_logger

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench" / "hostile"))

import odd

LEFT_OUT = ("/websocket", "/web/session/logout", "/web/session/destroy", "/web/tests")
"""What ends the session by design or keeps the connection, and pages for Odoo's own tests."""

REFUSALS = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.rpc.controllers.jsonrpc",
    "odoo.addons.rpc.controllers.xmlrpc",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_actions_report",
    "odoo.addons.base.models.ir_http",
    "odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense",
    # Odoo's addresses that warn of what they were sent, and answer it.
    "odoo.addons.google_gmail.controllers.main",
    "odoo.addons.mail.controllers.mail",
    "odoo.addons.microsoft_outlook.controllers.main",
    "odoo.addons.web.controllers.binary",
    "odoo.modules.module",
)


@tagged("post_install", "-at_install")
class TestOddValues(SchoolHttpCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.marks = [
            mark.encode()
            for mark in (cls.fellow.student_no, cls.fellow.name, cls.fellow.partner_id.email)
            if mark
        ]

    def routes(self):
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            return [
                {
                    "rule": rule.rule,
                    "methods": sorted((rule.methods or {"GET", "POST"}) & {"GET", "POST"}),
                    "type": rule.endpoint.routing["type"],
                    "names": [
                        name
                        for name in inspect.signature(inspect.unwrap(rule.endpoint.func)).parameters
                        if name not in rule.arguments and name != "self"
                    ],
                }
                for rule in self.env["ir.http"].routing_map().iter_rules()
                if not rule.rule.startswith(LEFT_OUT)
            ]

    def attacked(self, user):
        """What went wrong when ``user``, or a visitor, sent every route something odd."""
        rng = random.Random(user.login if user else "visitor")  # noqa: S311  # draws cases
        ids = [self.student.id, self.fellow.id, self.fellow.partner_id.id, self.assistant.id]
        reports = self.env["ir.actions.report"].search([]).mapped("report_name")
        wrong = []
        for route in self.routes():
            self.enter(user) if user else self.authenticate(None, None)
            token = http.Request.csrf_token(self) if user else ""
            method, address, body, kind = odd.request(rng, route, token, ids, reports)
            try:
                answer = self.opener.request(
                    method,
                    self.base_url() + address,
                    data=body,
                    headers={"Content-Type": kind} if kind else {},
                    allow_redirects=False,
                    timeout=60,
                )
            except requests.exceptions.ConnectionError as error:
                if "LineTooLong" in str(error):  # sent to where it asked for, 200 kB away
                    continue
                raise
            shown = user != self.assistant and any(mark in answer.content for mark in self.marks)
            if answer.status_code >= 500 or shown:
                wrong.append(
                    (answer.status_code, shown, method, address[:200], (body or b"")[:200])
                )
        return wrong

    def test_a_visitor_finds_no_fault_and_nobodys_data(self):
        with mute_logger(*REFUSALS):
            self.assertEqual(self.attacked(None), [])

    def test_a_student_finds_no_fault_and_nobody_elses_data(self):
        with mute_logger(*REFUSALS):
            self.assertEqual(self.attacked(self.account), [])

    def test_an_assistant_finds_no_fault(self):
        with mute_logger(*REFUSALS):
            self.assertEqual(self.attacked(self.assistant), [])
