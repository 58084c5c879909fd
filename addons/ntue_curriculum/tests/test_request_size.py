"""What is larger than a student or a visitor has to send is refused before it is read."""

import json
import threading
from unittest.mock import patch

import requests
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import gate, request_size
from . import records
from . import school as school_of
from .common import SchoolHttpCase
from .test_turns import PATIENCE

OWN_BOUND = {
    "/my/profile",
    "/my/graduation/<int:application_id>/supplement",
    "/web/database/restore",
}
"""Addresses with a bound of their own: passport's copy, supplement, and what `list_db` closes."""


@tagged("post_install", "-at_install")
class TestRequestSize(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def sent(self, address, data, kind="application/x-www-form-urlencoded", files=None):
        headers = {} if files else {"Content-Type": kind}
        with mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc"):
            answer = self.url_open(address, data=data, files=files, headers=headers)
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            error = answer.json().get("error", {}).get("data", {})
            return 413 if error.get("name", "").endswith("RequestEntityTooLarge") else 200
        return answer.status_code

    def large(self, most):
        return b"x=" + b"1" * most

    def test_a_student_sends_a_form_of_texts_and_no_megabytes(self):
        self.enter(self.account)
        self.assertEqual(self.sent("/my", self.large(request_size.FORM)), 413)
        self.assertEqual(self.sent("/my", b"x=1"), 400)  # no token, and read all the same
        call = json.dumps({"params": {"model": "x" * request_size.JSON}})
        self.assertEqual(self.sent("/web/dataset/call_kw", call, "application/json"), 413)
        file = {"file": b"1" * (request_size.FILES + 1)}
        self.assertEqual(self.sent("/my", {}, files=file), 413)

    def test_a_body_whose_length_is_not_said_is_not_read_to_its_end_either(self):
        self.enter(self.account)
        call = b'{"params": {"model": "%s"}}'
        for size, status in ((1000, 200), (request_size.JSON, 400)):
            pieces = iter([call % (b"x" * size)])  # requests sends them without a length
            answered = self.sent("/web/dataset/call_kw", pieces, "application/json")
            self.assertEqual(answered, status, "a text that was cut off is no JSON")

    def test_a_visitor_sends_no_more_and_a_remote_call_has_room(self):
        self.authenticate(None, None)
        self.assertEqual(self.sent("/web/login", self.large(request_size.FORM)), 413)
        call = {"params": {"service": "common", "method": "version", "args": []}}
        call["more"] = "x" * (request_size.JSON + 1)
        self.assertEqual(self.sent("/jsonrpc", json.dumps(call), "application/json"), 200)
        call["more"] = "x" * (request_size.RPC + 1)
        self.assertEqual(self.sent("/jsonrpc", json.dumps(call), "application/json"), 413)
        with patch.dict("os.environ", {"NTUE_RPC_BYTES": str(2 * request_size.RPC)}):
            self.assertEqual(self.sent("/jsonrpc", json.dumps(call), "application/json"), 200)

    def test_a_call_that_names_its_database_in_the_text_has_as_much_room_and_no_more(self):
        """Without a database there is no model to bound it."""
        nowhere = {"X-Odoo-Database": "nowhere"}
        texts = {
            ("/jsonrpc", "application/json"): (
                '{"params": {"service": "common", "method": "version", "args": []}, "more": "%s"}'
            ),
            ("/xmlrpc/2/common", "text/xml"): (
                "<methodCall><methodName>version</methodName><!--%s--><params/></methodCall>"
            ),
        }
        for (address, kind), text in texts.items():
            for size, is_read in ((1000, True), (request_size.RPC, False)):
                headers = {**nowhere, "Content-Type": kind}
                with self.subTest(address=address, size=size), mute_logger("odoo.http"):
                    with self.allow_requests(all_requests=True):
                        answer = requests.post(
                            f"{self.base_url()}{address}",
                            text % ("x" * size),
                            headers=headers,
                            timeout=PATIENCE,
                        )
                    self.assertEqual("server_serie" in answer.text, is_read)
                    self.assertEqual(
                        "TooLarge" in answer.text or answer.status_code == 413, not is_read
                    )

    def test_an_employee_sends_as_much_as_odoo_allows(self):
        self.enter(self.assistant)
        call = json.dumps({"params": {"model": "x" * request_size.JSON}})
        for known in (False, True):
            with patch.dict(gate._employees, clear=not known):
                self.assertEqual(self.sent("/web/dataset/call_kw", call, "application/json"), 200)
        self.assertEqual(self.sent("/my", self.large(request_size.FORM)), 400)

    def test_a_passports_copy_that_is_somewhat_too_large_is_told_so_on_the_page(self):
        self.enter(self.account)
        copies = self.env["ntue.passport.copy"]
        file = {"passport_copy": ("copy.png", b"1" * (copies._max_bytes() + 1), "image/png")}
        answer = self.post("/my/profile", files=file)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(f"{copies._max_mb()} MB", answer.text)
        file = {"passport_copy": b"1" * (copies._most_request_bytes() + 1)}
        self.assertEqual(self.sent("/my/profile", {}, files=file), 413)

    def test_no_other_address_of_the_installed_addons_has_a_bound_of_its_own(self):
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        own = {rule.rule for rule in rules if "max_content_length" in rule.endpoint.routing}
        self.assertEqual(own, OWN_BOUND & {rule.rule for rule in rules} | {"/my/profile"})
