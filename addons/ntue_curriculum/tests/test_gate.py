"""The gate before every request: one student's crowd is told to come later, others are served."""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from unittest.mock import patch

import requests
from odoo import http
from odoo.service import db as service_db
from odoo.tests import BaseCase, tagged
from odoo.tests.common import HOST
from odoo.tools import config, mute_logger

from .. import gate
from ..turns import Limit
from . import records
from . import school as school_of
from .common import SchoolHttpCase
from .test_turns import PATIENCE, until

NARROW = {kind: Limit(running=1, waiting=0, calm=1) for kind in gate.LIMITS}
VERSION_JSON = '{"params": {"service": "common", "method": "version", "args": []}}'
VERSION_XML = "<methodCall><methodName>version</methodName><params/></methodCall>"
ROOMY = {kind: Limit(running=1, waiting=5, calm=5) for kind in gate.LIMITS}


@tagged("post_install", "-at_install")
class TestGate(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.other = school_of.account_of(cls.fellow)

    def setUp(self):
        super().setUp()
        self.limited(NARROW)

    def limited(self, limits):
        patcher = patch.object(gate, "limits", lambda: limits)
        patcher.start()
        self.addCleanup(patcher.stop)

    def key(self, user):
        return (self.env.cr.dbname, user.id)

    def held(self, user):
        """A context in which a request of ``user`` is being worked on."""
        return gate.turns().turn(self.key(user), NARROW[gate.STUDENT])

    def counted(self, user):
        return gate.turns().counted(self.key(user))

    def test_an_address_of_ipv4_in_the_form_of_ipv6_is_that_address(self):
        self.assertEqual(gate.network_of("::ffff:203.0.113.7"), "203.0.113.7")
        self.assertNotEqual(
            gate.network_of("::ffff:203.0.113.7"), gate.network_of("::ffff:7.7.7.7")
        )
        self.assertEqual(gate.network_of("2001:db8::1"), gate.network_of("2001:db8::2"))

    def test_one_more_is_told_to_come_later_in_her_language_and_another_student_is_served(self):
        self.enter(self.account)
        self.assertEqual(self.url_open("/my/progress").status_code, 200)
        with self.held(self.account):
            for lang, title in (("zh_TW", "請稍候"), ("en_US", "One moment, please")):
                self.session.context["lang"] = lang
                http.root.session_store.save(self.session)
                answer = self.url_open("/my/progress")
                self.assertEqual(answer.status_code, 429)
                self.assertIn("Retry-After", answer.headers)
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.assertIn(f"<h1>{title}</h1>", answer.text)
            self.enter(self.other)
            self.assertEqual(self.url_open("/my/progress").status_code, 200)
        self.enter(self.account)
        self.assertEqual(self.url_open("/my/progress").status_code, 200)

    def test_a_program_gets_an_error_that_it_understands(self):
        self.enter(self.account)
        with self.held(self.account):
            answer = self.call_aloud("ntue.student", "search_read")
            self.assertEqual(answer["error"]["code"], 429)
            self.assertEqual(answer["error"]["data"]["name"], "werkzeug.exceptions.TooManyRequests")
            plain = self.url_open("/json/2/ntue.student/search_read", json={})
            self.assertEqual(plain.status_code, 429)
            self.assertEqual(plain.json()["message"], answer["error"]["data"]["message"])

    def test_visitors_count_by_their_address(self):
        place = (self.env.cr.dbname, "127.0.0.1")
        self.authenticate(None, None)
        with gate.turns().turn(place, NARROW[gate.ADDRESS]):
            self.assertEqual(self.url_open("/web/login").status_code, 429)
            self.enter(self.account)
            self.assertEqual(self.url_open("/my/progress").status_code, 200)
        self.authenticate(None, None)
        self.assertEqual(self.url_open("/web/login").status_code, 200)

    def test_a_call_for_a_database_that_is_named_in_its_text_has_its_turn_too(self):
        """Who names none of ours in the header is served without one, and may call any."""

        def ask(kind):
            address, body, content = {
                "json": ("/jsonrpc", VERSION_JSON, "application/json"),
                "xml": ("/xmlrpc/2/common", VERSION_XML, "text/xml"),
            }[kind]
            headers = {"X-Odoo-Database": "nowhere", "Content-Type": content}
            with self.allow_requests(all_requests=True):
                address = f"{self.base_url()}{address}"
                return requests.post(address, body, headers=headers, timeout=PATIENCE)

        for kind in ("json", "xml"):
            with self.subTest(kind=kind):
                self.assertIn("server_serie", ask(kind).text)
                with gate.turns().turn((None, "127.0.0.1"), NARROW[gate.ADDRESS]):
                    self.assertEqual(ask(kind).status_code, 429)
                self.assertEqual(ask(kind).status_code, 200)

    def test_six_things_at_a_time_as_a_browser_asks_for_them_are_all_answered(self):
        self.limited(gate.LIMITS)
        self.enter(self.account)
        with self.allow_requests(all_requests=True), ThreadPoolExecutor(6) as threads:
            asked = partial(requests.get, cookies=dict(self.opener.cookies), timeout=PATIENCE)
            answers = threads.map(asked, [f"{self.base_url()}/my/progress"] * 18)
            self.assertEqual({answer.status_code for answer in answers}, {200})
        self.assertEqual(self.counted(self.account), (0, 0))

    def test_a_turn_is_free_after_an_error_and_after_a_page_that_is_not_there(self):
        self.enter(self.account)
        with (
            mute_logger("odoo.http"),
            patch.object(type(self.env["ir.http"]), "_dispatch", side_effect=ZeroDivisionError),
        ):
            self.assertEqual(self.url_open("/my/progress").status_code, 500)
        self.assertEqual(self.counted(self.account), (0, 0))
        self.assertEqual(self.url_open("/my/nothing/here").status_code, 404)
        self.assertEqual(self.counted(self.account), (0, 0))
        self.assertEqual(self.url_open("/my/progress").status_code, 200)

    def test_a_connection_that_is_killed_while_it_waits_leaves_nothing_behind(self):
        self.limited(ROOMY)
        self.enter(self.account)
        cookie = f"Cookie: session_id={self.session.sid}"
        request = f"GET /my HTTP/1.0\r\nHost: {HOST}\r\n{cookie}\r\n\r\n"
        place = (HOST, self.http_port())
        with self.allow_requests(all_requests=True):
            with self.held(self.account), socket.create_connection(place, PATIENCE) as gone:
                gone.sendall(request.encode())
                until(lambda: self.counted(self.account) == (1, 1))
                gone.close()
            until(lambda: self.counted(self.account) == (0, 0))
        self.assertEqual(self.url_open("/my/progress").status_code, 200)

    def test_an_employee_has_more_turns_since_she_was_let_in(self):
        gate._employees.clear()
        self.enter(self.assistant)
        self.assertEqual(gate.asker(self.fake()), (self.key(self.assistant), gate.STUDENT))
        self.url_open("/my")
        self.assertEqual(gate.asker(self.fake())[1], gate.STAFF)
        self.enter(self.account)
        self.url_open("/my")
        self.assertEqual(gate.asker(self.fake())[1], gate.STUDENT)

    def fake(self):
        """What the gate sees of a request of this session."""
        sent = type("Sent", (), {"remote_addr": "127.0.0.1"})
        return type("Request", (), {
            "session": self.session, "db": self.env.cr.dbname, "httprequest": sent,
        })  # fmt: skip

    def test_while_a_paper_is_drawn_by_another_program_other_tabs_are_served(self):
        drawing, drawn = threading.Event(), threading.Event()
        self.addCleanup(drawn.set)
        turn = (self.key(self.account), NARROW[gate.STUDENT])

        def drawer():
            request = type("Request", (), {"ntue_turn": turn})
            with gate.turns().turn(*turn), patch.object(http, "request", request), gate.released():
                drawing.set()
                drawn.wait(PATIENCE)

        self.enter(self.account)
        thread = threading.Thread(target=drawer)
        thread.start()
        drawing.wait(PATIENCE)
        self.assertEqual(self.counted(self.account), (0, 0))
        drawn.set()
        thread.join(PATIENCE)
        self.assertEqual(self.counted(self.account), (0, 0))


@tagged("post_install", "-at_install")
class TestGateSettings(BaseCase):
    def limit(self, text):
        with patch.dict(os.environ, {"NTUE_TURNS_STUDENT": text}):
            return gate.limit_of(gate.STUDENT)

    def test_the_servers_setting_is_heeded_and_never_refuses_a_browser(self):
        self.assertEqual((self.limit("3,50").running, self.limit("3,50").waiting), (3, 50))
        self.assertEqual(self.limit("2,0").waiting, gate.LEAST[gate.STUDENT])
        for wrong in ("0,9", "many", "3", "-1,4"):
            with self.assertLogs("odoo.addons.ntue_curriculum.gate", "WARNING"):
                self.assertEqual(self.limit(wrong), gate.LIMITS[gate.STUDENT])
        self.assertEqual(self.limit(""), gate.LIMITS[gate.STUDENT])

    def test_of_worker_processes_one_is_left_to_others(self):
        for workers, most in ((0, 4), (2, 1), (3, 2), (9, 4), (1, 1)):
            gate.limits.cache_clear()
            self.addCleanup(gate.limits.cache_clear)
            with patch.dict(config.options, {"workers": workers}):
                self.assertEqual(max(limit.running for limit in gate.limits().values()), most)

    def test_a_household_with_ipv6_is_one_place(self):
        self.assertEqual(gate.network_of("2001:db8::1"), gate.network_of("2001:db8::ffff"))
        self.assertNotEqual(gate.network_of("2001:db8::1"), gate.network_of("2001:db8:0:1::1"))
        self.assertNotEqual(gate.network_of("192.0.2.1"), gate.network_of("192.0.2.2"))

    def test_the_gate_is_put_once(self):
        before = http.Request._serve_db, http.Request._serve_nodb
        gate.install()
        self.assertEqual((http.Request._serve_db, http.Request._serve_nodb), before)
        self.assertTrue(all(serve.ntue_gate for serve in before))

    def test_databases_are_listed_by_one_visitor_at_a_time(self):
        """Each list takes a connection, before the gate."""
        most, now, lock = 0, 0, threading.Lock()

        def listing(_force):
            nonlocal most, now
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.01)
            with lock:
                now -= 1

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(gate._one_after_the_other(listing), range(8)))
        self.assertEqual(most, 1)
        self.assertTrue(hasattr(service_db.list_dbs, "__wrapped__"))
