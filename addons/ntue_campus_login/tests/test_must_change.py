"""Before the first change a session can do nothing else (63, D44): every route, every call."""

import json
import re
import threading
import xmlrpc.client
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.http import SessionExpiredException
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.password import must_change
from .words import LATER, Words, id_number

CALLS = (
    ("res.users", "read", [["login"]]),
    ("res.users", "context_get", []),
    ("res.users", "change_password", ["old", "Kestrel-on-7-roofs"]),
    ("res.users", "action_revoke_all_devices", []),
    ("res.users", "api_key_wizard", []),
    ("res.partner", "search_read", [[]]),
    ("ntue.student", "search_read", [[]]),
    ("ntue.term", "search_read", [[]]),
    ("ir.ui.menu", "load_menus", [False]),
)
"""Calls that a student's account may make otherwise, or that change its password."""

OF_RECORDS = {"read", "action_revoke_all_devices", "api_key_wizard"}

METHODS = ("GET", "POST")


class Session(dict):
    """What the websocket looks at of a session."""

    uid = property(lambda self: self["uid"])


@tagged("post_install", "-at_install")
class TestMustChange(Words, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)

    def setUp(self):
        super().setUp()
        self.first = self.first_password(self.account, id_number(7654321))
        self.reached = reached = []
        http = type(self.env["ir.http"])
        dispatch = http._dispatch

        def noting(_cls, endpoint):
            reached.append(endpoint)
            return dispatch(endpoint)

        patcher = patch.object(http, "_dispatch", classmethod(noting))
        patcher.start()
        self.addCleanup(patcher.stop)

    def come_in(self):
        """By the page for signing in, since nothing else takes a first password."""
        self.sign_in(self.account.login, self.first)
        self.reached.clear()

    def routes(self):
        """Every route of the installed addons: its rule as declared, methods and type."""
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            return [
                (rule.rule, (rule.methods or set(METHODS)) & set(METHODS), rule.endpoint.routing)
                for rule in self.env["ir.http"].routing_map().iter_rules()
            ]

    def asked(self, path, method, kind):
        address = re.sub(r"<[^>]*>", "1", path)
        if method == "GET":
            return self.url_open(address, allow_redirects=False)
        if kind == "jsonrpc":
            return self.url_open(address, json={"params": {}}, allow_redirects=False)
        data = {"csrf_token": self.token(), "password": "x"}
        return self.url_open(address, data=data, allow_redirects=False)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_no_route_of_any_addon_is_reached_and_a_page_leads_to_the_change(self):
        self.come_in()
        let_in = []
        for path, methods, routing in self.routes():
            if must_change.is_open_before(path):
                continue
            for method in sorted(methods):
                self.reached.clear()
                answer = self.asked(path, method, routing["type"])
                led = answer.status_code == 303 and answer.headers["Location"].endswith(
                    must_change.CHANGE
                )
                refused = answer.status_code in (400, 401, 403, 404, 405, 415)
                error = answer.status_code == 200 and "error" in answer.text[:20000]
                told = routing["type"] == "jsonrpc" and error
                if self.reached or not (led or refused or told):
                    let_in.append((method, path, answer.status_code, self.reached[:1]))
        self.assertEqual(let_in, [])

    def test_the_walk_finds_what_is_open_to_somebody_who_has_chosen_a_password(self):
        """It can fail: the same request reaches its page once there is nothing to change."""
        self.account.ntue_must_change = False
        self.enter(self.account)
        answer = self.asked("/my", "GET", "http")
        self.assertEqual((answer.status_code, len(self.reached)), (200, 1))

    def test_what_is_open_before_is_little_and_shows_nobodys_data(self):
        found = {path for path, *_rest in self.routes() if must_change.is_open_before(path)}
        used = {
            pattern
            for pattern in must_change.OPEN_BEFORE
            if any(must_change.fnmatchcase(path, pattern) for path in found)
        }
        self.assertEqual(used, set(must_change.OPEN_BEFORE), "of no route")
        self.assertLessEqual(len(found), 20)
        self.come_in()
        for path in found - {must_change.CHANGE}:
            with mute_logger("odoo.addons.web.controllers.binary"):
                answer = self.asked(path, "GET", "http")
            self.assertNotIn("王大明", answer.text, path)

    @mute_logger("odoo.http")
    def test_no_call_of_the_browsers_session_is_answered(self):
        self.come_in()
        ids = [self.account.ids]
        for model, method, args in CALLS:
            with self.subTest(call=f"{model}.{method}"):
                of = ids if method in OF_RECORDS else []
                answer = self.call_aloud(model, method, *of, *args)
                self.assertNotIn("result", answer)
                self.assertEqual(self.reached, [])

    @mute_logger("odoo.http")
    def test_no_call_by_json_2_is_answered_not_with_a_key_made_before_or_after(self):
        soon = fields.Datetime.to_datetime(LATER)
        keys = self.env["res.users.apikeys"].with_user(self.account).sudo()
        key = keys._generate("rpc", "a script", soon)
        self.authenticate(None, None)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        for model, method, _args in CALLS:
            answer = self.url_open(
                f"/json/2/{model}/{method}", data=json.dumps({}), headers=headers
            )
            self.assertEqual(answer.status_code, 403, f"{model}.{method}")
        self.assertEqual(self.reached, [])
        before = keys._generate("rpc", "an older script", soon)
        self.first_password(self.account, id_number(7654321))
        self.assertFalse(keys._check_credentials(scope="rpc", key=before))

    def test_xml_rpc_takes_neither_the_first_password_nor_a_key(self):
        soon = fields.Datetime.to_datetime(LATER)
        keys = self.env["res.users.apikeys"].with_user(self.account).sudo()
        self.env.flush_all()
        database = self.env.cr.dbname
        for word in (self.first, keys._generate("rpc", "a script", soon)):
            with mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http"):
                self.assertFalse(
                    self.xmlrpc_common.authenticate(database, self.account.login, word, {})
                )
                with self.assertRaises(xmlrpc.client.Fault):
                    self.xmlrpc_object.execute_kw(
                        database, self.account.id, word, "res.users", "context_get", []
                    )

    def test_xml_rpc_that_was_answered_before_is_not_answered_afterwards(self):
        """Odoo remembers by account and password who was let in."""
        self.account.ntue_must_change = False
        users = self.env["res.users"]
        users._check_uid_passwd(self.account.id, self.first)
        self.account.ntue_must_change = True
        with self.assertRaises(Exception) as refused:
            users._check_uid_passwd(self.account.id, self.first)
        self.assertEqual(type(refused.exception).__name__, "AccessDenied")

    def test_the_websocket_opens_for_nobody_who_has_to_choose(self):
        env = self.env(user=self.account.id)
        session = Session(uid=self.account.id)
        asking = SimpleNamespace(env=env, session=session)
        with (
            patch.object(must_change, "wsrequest", asking),
            patch("odoo.addons.bus.models.ir_websocket.wsrequest", asking),
            patch("odoo.service.security.check_session", return_value=True),
        ):
            websocket = type(self.env["ir.websocket"])
            with self.assertRaises(SessionExpiredException):
                websocket._authenticate()
            self.account.ntue_must_change = False
            websocket._authenticate()
