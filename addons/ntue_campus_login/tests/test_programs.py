"""Programs that sign in by a key: nobody locks them out, and they give nobody who guesses a try."""

from unittest.mock import patch

from odoo import fields
from odoo.addons.ntue_campus_login import backing_off
from odoo.addons.ntue_campus_login.models.door import sign_in_limit
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sign_in import SignInCase
from .words import LATER

HERE = "127.0.0.1"
RULE = backing_off.Rule()
REFUSALS = ("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")


@tagged("post_install", "-at_install")
class TestPrograms(SignInCase):
    def setUp(self):
        super().setUp()
        keys = self.env["res.users.apikeys"].with_user(self.assistant).sudo()
        self.key = keys._generate("rpc", "a program", fields.Datetime.to_datetime(LATER))
        self.env.flush_all()

    def failures(self):
        return sum(self.limits.search([("user_id", "=", self.assistant.id)]).mapped("failures"))

    def enters(self, word):
        """The account that XML-RPC gives for the password or key, or False."""
        self.env.flush_all()
        with mute_logger(*REFUSALS):
            return self.xmlrpc_common.authenticate(
                self.env.cr.dbname, self.assistant.login, word, {}
            )

    def asks(self, key):
        """The status of a call by JSON-2."""
        headers = {"Content-Type": "application/json", "Authorization": f"bearer {key}"}
        with mute_logger("odoo.http"):
            address = "/json/2/res.users/context_get"
            return self.url_open(address, "{}", headers=headers).status_code

    def calls(self, word):
        """Whether a call by XML-RPC is answered; Odoo remembers who was let in."""
        self.env.registry.clear_cache()
        call = ["res.users", "context_get", []]
        try:
            with mute_logger(*REFUSALS):
                self.xmlrpc_object.execute_kw(self.env.cr.dbname, self.assistant.id, word, *call)
        except Exception:  # whatever a client makes of a refusal
            return False
        return True

    def test_wrong_passwords_of_others_lock_no_key_out(self):
        for _time in range(RULE.tries):
            self.limits._take("sign_in", self.assistant.login, "203.0.113.7")
        self.assertFalse(self.enters(self.assistant.login), "the right password has to wait")
        self.assertEqual(self.enters(self.key), self.assistant.id)
        self.assertTrue(self.calls(self.key))
        self.assertFalse(self.enters(self.key[:-1]))

    def test_a_network_that_used_up_its_failures_locks_no_key_out(self):
        for purpose in ("sign_in", "key"):
            for _time in range(int(sign_in_limit.BUDGET.failures)):
                self.limits._failed(purpose, None, HERE)
        self.assertEqual(self.asks(self.key), 200)
        self.assertEqual(self.asks("made-up"), 429)
        self.assertEqual(self.enters(self.key), self.assistant.id)
        self.assertFalse(self.enters(self.assistant.login))

    def test_a_program_that_signs_in_every_minute_gives_nobody_new_tries(self):
        for word in (self.key, self.assistant.login):
            with self.subTest(word=word):
                self.limits._unlock(self.assistant)
                for _time in range(RULE.tries - 1):
                    self.limits._take("sign_in", self.assistant.login, "203.0.113.7")
                self.assertEqual(self.enters(word), self.assistant.id)
                self.assertTrue(self.calls(word))
                self.assertEqual(self.failures(), RULE.tries - 1)

    def test_a_program_that_signs_in_again_and_again_is_one_entry_with_a_number(self):
        for _time in range(3):
            self.assertEqual(self.enters(self.key), self.assistant.id)
        event = self.events.search([("user_id", "=", self.assistant.id)])
        self.assertEqual((event.outcome, event.times), ("success", 3))

    def test_a_wrong_password_counts_by_whichever_call_it_comes(self):
        """Odoo shows no request while it serves these calls: they count all the same."""
        database = self.env.cr.dbname
        call = [database, self.assistant.id, "wrong", "res.users", "context_get", []]

        def json_rpc(service, method, args):
            params = {"service": service, "method": method, "args": args}
            body = {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}
            return self.url_open("/jsonrpc", json=body)

        ways = (
            lambda: self.enters("wrong"),
            lambda: self.calls("wrong"),
            lambda: json_rpc("common", "login", [database, self.assistant.login, "wrong"]),
            lambda: json_rpc("object", "execute", [*call[:5], []]),
        )
        taken, limits = [], type(self.limits)
        take = limits._take

        def noting(model, purpose, account, address):
            taken.append((account.id, address))
            return take(model, purpose, account, address)

        with patch.object(limits, "_take", noting):
            for number, way in enumerate(ways, start=1):
                with mute_logger(*REFUSALS, "odoo.addons.rpc.controllers.jsonrpc"):
                    way()
                self.assertEqual(taken, number * [(self.assistant.id, HERE)])
        self.env.invalidate_all()
        events = self.events.search([("user_id", "=", self.assistant.id)])
        self.assertEqual(set(events.mapped("outcome")), {"failure"})
        self.assertEqual(set(events.mapped("address")), {HERE})

    def test_after_so_many_wrong_ones_the_right_password_of_a_program_waits_too(self):
        for _time in range(RULE.tries):
            self.assertFalse(self.enters("wrong"))
        self.assertFalse(self.enters(self.assistant.login))
        self.assertEqual(self.failures(), RULE.tries)

    def test_a_key_of_somebody_else_is_none(self):
        keys = self.env["res.users.apikeys"].with_user(self.registrar).sudo()
        other = keys._generate("rpc", "another", fields.Datetime.to_datetime(LATER))
        self.assertFalse(self.enters(other))
        self.assertEqual(self.failures(), 1)
