"""What no page sends is answered as its sender's fault, and no fault of the server is logged."""

import json
import socket
import threading
from unittest.mock import patch

from lxml import html
from odoo import http
from odoo.service import db as service_db
from odoo.tests import tagged
from odoo.tests.common import HOST
from odoo.tools import config, mute_logger

from ..models.platform.ir_http_nonsense import is_large
from ..server_fixes import Rest
from . import records
from . import school as school_of
from .common import SchoolHttpCase
from .test_turns import PATIENCE

LOGGER = "odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense"

NO_NUMBER = "9" * 25


@tagged("post_install", "-at_install")
class TestNonsense(SchoolHttpCase):
    """An error in the log fails these tests by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def setUp(self):
        super().setUp()
        self.enter(self.account)

    def call(self, body):
        kind = {"Content-Type": "application/json"}
        return self.url_open("/web/dataset/call_kw", data=body, headers=kind)

    def test_a_body_that_is_no_call_is_refused(self):
        for body in ("{", "[]", "7", '"x"', "null", "{}", '{"params": 7}', '{"params": {}}'):
            answer = self.call(body)
            if answer.status_code != 400:
                self.assertIn("error", answer.json(), body)

    def test_half_of_a_character_is_refused_and_a_whole_one_is_not(self):
        text = (
            '{"params": {"model": "ntue.student", "method": "search_count", "kwargs": {},'
            ' "args": [[["name", "=", "%s"]]]}}'
        )
        half, whole = (self.call(text % mark).json() for mark in ("\\ud800", "\\ud83d\\ude00"))
        self.assertEqual(half["error"]["data"]["name"], "werkzeug.exceptions.BadRequest")
        self.assertEqual(whole["result"], 0)

    def test_a_parameter_that_is_missing_is_named(self):
        answer = self.call('{"params": {"model": "ntue.student", "method": "read"}}')
        self.assertIn("args, kwargs", answer.json()["error"]["data"]["message"])

    def test_what_an_address_of_odoos_falls_over_is_the_senders_fault(self):
        with self.assertLogs(
            "odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense", "WARNING"
        ) as log:
            answer = self.url_open("/web/image?width=x&model=res.partner&id=1")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("ValueError in", log.output[0])

    def test_a_token_that_is_none_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.url_open("/web/login", data={"csrf_token": "學", "login": "x"})
        self.assertEqual(answer.status_code, 400)

    def test_a_truth_where_a_number_belongs_is_the_senders_fault(self):
        """Odoo hands it to PostgreSQL, which finds no such comparison."""
        params = {"channel_id": True, "known_member_ids": []}
        self.logout()
        with mute_logger(LOGGER, "odoo.http", "odoo.sql_db"):
            answer = self.url_open(
                "/discuss/channel/members",
                data=json.dumps({"params": params}),
                headers={"Content-Type": "application/json"},
            )
        self.assertEqual(answer.json()["error"]["data"]["name"], "werkzeug.exceptions.BadRequest")

    def test_what_odoos_addresses_catch_themselves_is_the_senders_fault_too(self):
        """And leaves no traceback: an error in the log fails this test by itself."""
        wrong = '{"model": "res.country", "fields": 7, "ids": [], "domain": [], "import_compat": 0}'
        sent = (
            ("/web/export/csv", {"data": "{"}),
            ("/web/export/xlsx", {"data": wrong}),
            ("/web/export/csv", {"data": "[]"}),
            ("/base_import_module/login_upload", {"login": "admin", "password": "x"}),
            ("/mail/font_to_img/%2F%2Fa.b/x/a%0D%0AX-Odd%3A%201/7x7/-1", {}),
            ("/mail/font_to_img/61569?font=/web/static/src", {}),
            ("/mail/font_to_img/61569?font=/web/__manifest__.py", {}),
            ("/web/assets/any/web.assets_frontend.min.css?assets_params=x", {}),
        )
        for address, form in sent:
            with self.subTest(address=address, form=form), mute_logger(LOGGER, "odoo.http"):
                answer = self.post(address, **form) if form else self.url_open(address)
                self.assertEqual(answer.status_code, 400)

    def test_a_list_that_may_not_be_exported_is_refused_in_words_that_pages_show(self):
        asked = {"model": "res.country", "fields": [{"name": "name", "label": "Name"}]}
        data = json.dumps({**asked, "ids": [], "domain": [], "import_compat": False})
        for kind in ("csv", "xlsx"):
            answer = self.post(f"/web/export/{kind}", data=data)
            self.assertEqual(answer.status_code, 422)
            shown = html.fromstring(answer.content).findtext(".//p")
            self.assertEqual(json.loads(shown)["data"]["name"], "odoo.exceptions.UserError")

    def test_nobody_is_led_on_to_an_address_that_no_header_holds(self):
        for user, address, name in (
            (self.account, "/web/login/totp", "redirect"),
            (None, "/mail/view", "model"),
        ):
            self.enter(user) if user else self.authenticate(None, None)
            for length, status in ((200_000, 414), (100, 303)):
                token = http.Request.csrf_token(self)
                sent = {name: "x" * length, "res_id": 1, "csrf_token": token}
                answer = self.url_open(address, sent, allow_redirects=False)
                self.assertEqual(answer.status_code, status, (address, length))

    def test_a_visitor_writes_no_lines_into_the_log(self):
        """A warning in the log fails this test by itself."""
        self.authenticate(None, None)
        kind = {"Content-Type": "application/json"}
        for addons in (["x"] * 1000, "ntue_curriculum", ["web", "x"], [["web"]], [7], {"web": 1}):
            body = json.dumps({"params": {"mods": addons}})
            answer = self.url_open("/web/webclient/bootstrap_translations", body, headers=kind)
            self.assertIn("BadRequest", answer.text)
        body = json.dumps({"params": {"mods": ["ntue_curriculum"]}})
        answer = self.url_open("/web/webclient/bootstrap_translations", body, headers=kind)
        self.assertEqual(answer.json()["result"]["modules"], {}, "there is one, without such texts")

    def test_nobody_begins_a_line_of_the_log(self):
        self.enter(self.assistant)
        for name, address in (
            ("error", "/google_gmail/confirm"),
            ("error_description", "/microsoft_outlook/confirm"),
        ):
            said = f"{address}?{name}=a%0A2026-01-01 00:00:00,000 1 INFO"
            self.assertEqual(self.url_open(said).status_code, 400)

    def test_where_no_databases_are_listed_nobody_tries_the_master_password(self):
        form = {"master_pwd": "x", "master_pwd_new": "y", "name": "a", "lang": "b"}
        form.update(new_name="c", password="x")
        names = ("create", "drop", "duplicate", "backup", "change_password")
        with patch.object(service_db, "check_super") as tried, mute_logger("odoo.http"):
            for name in names:
                answer = self.post(f"/web/database/{name}", **form)
                self.assertEqual(answer.status_code, 404, name)
            self.assertEqual(self.url_open("/web/database/manager").status_code, 404)
        tried.assert_not_called()
        with patch.dict(config.options, {"list_db": True}):
            self.assertEqual(self.url_open("/web/database/selector").status_code, 200)

    def test_no_picture_is_drawn_as_large_as_somebody_likes(self):
        self.assertEqual([is_large(side) for side in (64, "64", None, "x")], [False] * 4)
        for side in (20_000, 2**31, "9" * 30):
            self.assertTrue(is_large(side))

    def test_what_an_address_of_ours_falls_over_is_a_fault_of_ours(self):
        progress = "odoo.addons.ntue_curriculum.controllers.portal.progress"
        with patch(progress, side_effect=ValueError), mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/my/progress").status_code, 500)

    def test_a_request_line_that_is_too_long_and_one_without_host_are_answered(self):
        for line in (
            f"GET /{'x' * 70_000} HTTP/1.1\r\nHost: a\r\n",
            "GET /web/health HTTP/1.0\r\n",
        ):
            with (
                self.allow_requests(all_requests=True),
                mute_logger("werkzeug"),
                socket.create_connection((HOST, self.http_port()), 30) as connection,
            ):
                connection.sendall(f"{line}\r\n".encode())
                self.assertIn(connection.recv(12)[9:12], (b"414", b"200"))

    def test_what_is_not_read_of_a_request_is_thrown_away_as_it_comes(self):
        """And keeps no thread waiting for more, with all that was sent in its hands."""
        mine, other = socket.socketpair()
        with mine, other, mine.makefile("rb") as stream:
            mine.settimeout(PATIENCE)
            other.sendall(b"x" * 100)
            self.assertEqual(Rest(stream).read(10_000_000), b"x" * 100)
        is_thrown = threading.Event()

        def read(_rest, _size=-1):
            is_thrown.set()
            return b""

        with patch.object(Rest, "read", read):
            self.assertEqual(self.post("/my", phone="1" * 2_000_000).status_code, 413)
            # The answer is there before the server reads what is left.
            self.assertTrue(is_thrown.wait(PATIENCE))

    def test_a_number_that_no_database_holds_is_refused(self):
        answer = self.url_open(f"/my/graduation/{NO_NUMBER}")
        self.assertIn(answer.status_code, (400, 404))
        body = (
            '{"params": {"model": "ntue.student", "method": "search_read", "args": [], '
            f'"kwargs": {{"domain": [["id", "=", {NO_NUMBER}]]}}}}}}'
        )
        self.call(body).json()
