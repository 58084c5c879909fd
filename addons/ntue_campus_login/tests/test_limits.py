"""Tries are counted for every way in, wait, and are forgotten: by time, or somebody's hand."""

import json
from unittest.mock import patch

import psycopg2.errors
from odoo import sql_db
from odoo.addons.ntue_campus_login import asker, backing_off, known_browser
from odoo.addons.ntue_campus_login.models.door import sign_in_limit
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import HOST, freeze_time, tagged
from odoo.tools import mute_logger

from .sign_in import SignInCase

WAIT = "Too many tries that were not right."
WRONG = "The account or the password is not right."
HERE = "127.0.0.1"
TRIES = backing_off.Rule().tries
MOST_QUERIES = 9
"""To look for both rows, find the student, write one row each; to look again, delete and write."""


@tagged("post_install", "-at_install")
class TestLimits(SignInCase):
    def fail(self, login="210941001", times=TRIES, address=HERE):
        for _time in range(times):
            self.limits._take("sign_in", login, address)

    def left(self, login="210941001", address=HERE):
        return self.limits._wait("sign_in", login, address)

    def rpc_json(self, login, password):
        params = {"db": self.env.cr.dbname, "login": login, "password": password}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params})
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/session/authenticate", body, headers={"Content-Type": "application/json"}
            )
        return answer.json()

    def test_after_five_wrong_passwords_the_right_one_waits_too(self):
        for _time in range(TRIES):
            self.visit()
            self.assert_out(self.sign_in("210941001", "wrong"), WRONG)
        self.visit()
        self.assert_out(self.sign_in("210941001"), f"{WAIT} Please try again in 15 minutes.")
        with freeze_time("2025-11-10 04:15:01"):
            self.visit()
            self.assert_in(self.sign_in("210941001"))
            self.assertEqual(self.left(), 0)
            self.assertFalse(self.limits.search([("user_id", "=", self.account.id)]))

    def test_a_lock_that_was_served_is_over_for_a_program_with_the_right_password_too(self):
        """It has no browser that is known: its try is taken back, and earlier ones stay counted."""
        self.fail()
        self.assertEqual(self.left(), 900)
        with freeze_time("2025-11-10 04:15:01"):
            for _time in range(3):
                self.assertEqual(self.limits._take("sign_in", "210941001", HERE), 0)
                self.limits._taken_back("sign_in", "210941001", HERE)
            self.fail(times=1)
            self.assertEqual(self.left(), 900, "a wrong one locks again at once")

    def test_every_spelling_of_an_account_is_the_same_account(self):
        for typed in ("210941001", "２１０９４１００１", " 210941001", "2109 41001"):
            self.fail(typed, times=1)
        self.assertEqual(self.left(), 0)
        self.fail(self.account.login, times=1)
        self.assertEqual(self.left(), 900)

    def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(self):
        for login in ("210941001", "219999999"):
            for _time in range(TRIES):
                self.visit()
                self.assert_out(self.sign_in(login, "wrong"), WRONG)
            self.visit()
            self.assert_out(self.sign_in(login, "wrong"), WAIT)

    def test_every_address_counts_for_the_same_account(self):
        for last in range(TRIES):
            self.fail(times=1, address=f"203.0.113.{last}")
        self.assertEqual(self.left(address="198.51.100.1"), 900)

    def test_in_a_browser_in_which_the_owner_signed_in_before_others_lock_nobody_out(self):
        self.assert_in(self.sign_in("210941001"))
        cookie = self.opener.cookies[known_browser.COOKIE]
        self.fail(times=50)
        self.assertGreater(self.left(), 0)
        self.visit()
        self.assert_out(self.sign_in("210941001"), WAIT)
        self.visit()
        self.opener.cookies.set(known_browser.COOKIE, cookie, domain=HOST, path="/")
        self.assert_in(self.sign_in("210941001"))
        self.assertGreater(self.left(), 0, "and elsewhere nobody is let in by it")

    def test_such_a_browser_gets_no_more_tries_than_any_other(self):
        self.assert_in(self.sign_in("210941001"))
        cookie = self.opener.cookies[known_browser.COOKIE]
        for words in [WRONG] * TRIES + [WAIT]:
            self.visit()
            self.opener.cookies.set(known_browser.COOKIE, cookie, domain=HOST, path="/")
            self.assert_out(self.sign_in("210941001", "wrong"), words)

    def test_a_browsers_cookie_names_nobody_and_is_good_for_its_own_accounts_only(self):
        self.assert_in(self.sign_in("210941001"))
        cookie = self.opener.cookies[known_browser.COOKIE]
        self.fail(self.assistant.login)
        for value in (cookie, cookie[:-4] + "AAAA", "nonsense", "x" * 5000):
            with self.subTest(value=value[:20]):
                self.visit()
                self.opener.cookies.set(known_browser.COOKIE, value, domain=HOST, path="/")
                self.assert_out(self.sign_in(self.assistant.login, self.assistant.login), WAIT)

    def test_a_household_of_ipv6_is_one_network(self):
        network = sign_in_limit.network_of
        self.assertEqual(network("2001:db8:1:2::a"), network("2001:db8:1:2:ffff::b"))
        self.assertNotEqual(network("2001:db8:1:2::a"), network("2001:db8:1:3::a"))
        self.assertEqual(network("::ffff:203.0.113.7"), "203.0.113.7")

    def test_programs_are_counted_like_people(self):
        for _time in range(TRIES):
            self.assertIn(WRONG, self.rpc_json("210941001", "wrong")["error"]["data"]["message"])
            # An error takes back what its request did; a server's own transaction would stay.
            self.fail(times=1)
        answer = self.rpc_json("210941001", self.account.login)
        self.assertIn(WAIT, answer["error"]["data"]["message"])
        with mute_logger("odoo.addons.rpc.controllers.xmlrpc"):
            name = self.env.cr.dbname
            signed_in = self.xmlrpc_common.authenticate(name, "210941001", self.account.login, {})
        self.assertFalse(signed_in)

    def test_each_place_that_looks_at_a_password_counts(self):
        self.authenticate(self.account.login, self.account.login)
        before = self.limits.search_count([("user_id", "=", self.account.id)])
        self.assertEqual(before, 0)
        for number, address in enumerate(("/my/password", "/my/password"), start=1):
            self.post(address, current="wrong")
            row = self.limits.search([("user_id", "=", self.account.id)])
            self.assertEqual(row.failures, number)
        self.fail(times=3)
        page = self.post("/my/password", current=self.account.login)
        self.assertIn(WAIT, page.text)

    def test_a_dialog_that_asks_for_the_password_says_that_one_has_to_wait(self):
        self.fail(self.assistant.login)
        self.authenticate(self.assistant.login, self.assistant.login)
        made = self.call_aloud("res.users", "action_create_passkey", [self.assistant.id])
        number = made["result"]["res_id"]
        answer = self.call(
            "res.users.identitycheck",
            "run_check",
            [number],
            context={"password": self.assistant.login},
        )
        self.assertIn(WAIT, answer["error"]["data"]["message"])

    def test_a_network_that_used_up_its_budget_shows_a_captcha_and_locks_nobody_out(self):
        self.setting("captcha_when", "failure")
        for number in range(int(sign_in_limit.BUDGET.failures)):
            self.limits._failed("sign_in", f"nobody {number}", HERE)
        tree = self.page()
        self.assertTrue(self.answered(tree))
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))
        answer = self.rpc_json("210941001", self.account.login)
        self.assertIn(WAIT, answer["error"]["data"]["message"], "a program can show none")

    def test_five_hundred_of_whom_fifty_mistype_leave_the_network_open(self):
        for number in range(500):
            login = f"student {number}"
            self.limits._take("sign_in", login, HERE)
            if number % 10:
                self.limits._succeeded("sign_in", login, HERE)
        self.assertFalse(self.limits._crowded("sign_in", HERE))

    def test_a_try_that_was_right_asks_little_leaves_no_row_and_frees_the_network(self):
        """Every sign-in of the last evening counts a try and takes it back."""
        self.fail(times=2)
        self.limits._succeeded("sign_in", self.account, HERE)
        mine = [("user_id", "=", self.account.id)]
        self.assertFalse(self.limits.search(mine))
        (network,) = self.limits.search([("user_id", "=", False)])
        self.assertEqual(network.failures, 1)
        self.env.flush_all()
        with self.assertQueryCount(MOST_QUERIES):
            self.limits._take("sign_in", self.account, HERE)
            self.env.flush_all()
            self.limits._succeeded("sign_in", self.account, HERE)
            self.env.flush_all()
        self.assertFalse(self.limits.search(mine))
        self.assertEqual(network.failures, 1)
        self.fail(times=1)
        row = self.limits.search(mine)
        self.assertEqual((row.failures, row.address, row.student_id), (1, HERE, self.student))

    def test_a_new_password_lets_its_owner_in_at_once(self):
        self.fail(times=20)
        self.account.password = "Another one 9"
        self.assertEqual(self.left(), 0)
        self.assert_in(self.sign_in("210941001", "Another one 9"))

    def test_odoos_own_pause_for_everybody_behind_an_address_is_off(self):
        users = self.env["res.users"]
        self.assertFalse(users._on_login_cooldown(1000, None))

    def test_what_is_no_text_or_empty_is_refused_without_a_look(self):
        nothing = (("", "x"), ("210941001", ""), (["a"], "x"), ("a", {"b": 1}))
        no_text = (("a\0", "x"), ("a\ud800", "x"), ("210941001", "\0"), ("210941001", "\udfff"))
        for login, password in (*nothing, *no_text):
            with self.subTest(login=login, password=password):
                answer = self.rpc_json(login, password)
                self.assertIn(WRONG, answer["error"]["data"]["message"])
        self.assertEqual(self.limits.search_read([]), [])

    # What others hold

    def test_who_waits_for_an_erasure_at_the_door_is_let_go_and_tries_again(self):
        """A real second connection holds the table, as the job does that erases accounts."""
        self.fail(times=1)
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL statement_timeout = '60s'")  # no end without the patience
        patience = sign_in_limit.PATIENCE.replace("10s", "50ms")
        self.assertNotEqual(patience, sign_in_limit.PATIENCE)
        with (
            sql_db.db_connect(self.env.cr.dbname).cursor() as eraser,
            patch.object(sign_in_limit, "PATIENCE", patience),
            asker.program(HERE),
            mute_logger("odoo.sql_db"),
        ):
            eraser.execute("LOCK TABLE ntue_sign_in_limit IN ROW EXCLUSIVE MODE NOWAIT")
            with self.assertRaises(psycopg2.errors.LockNotAvailable):
                self.fail(times=1)
            eraser.rollback()
            self.fail(times=1)
        row = self.limits.search([("user_id", "=", self.account.id)])
        self.assertEqual(row.failures, 2)

    # The officer

    def test_the_registrar_of_the_division_unlocks_and_it_is_entered(self):
        self.fail()
        row = self.limits.search([("user_id", "=", self.account.id)])
        self.assertEqual(row.student_id, self.student)
        self.rpc(self.registrar, row._name, "action_unlock", row.ids)
        self.assertEqual(self.left(), 0)
        event = self.events.search([("kind", "=", "unlock")])
        self.assertEqual((event.user_id, event.actor_id), (self.account, self.registrar))
        self.assertEqual(event.student_id, self.student)

    def test_nobody_else_unlocks(self):
        self.fail()
        row = self.limits.search([("user_id", "=", self.account.id)])
        others = (self.account, self.assistant, self.registrar_day, self.operator)
        for user in others:
            with self.subTest(user=user.login):
                self.refused(user, row._name, "action_unlock", row.ids)
                self.assertGreater(self.left(), 0)

    def test_an_employee_who_studies_here_is_no_matter_of_the_registrars(self):
        """Whose sign-ins they are decides the account, not the student record beside it."""
        self.student.sudo().partner_id = self.assistant.partner_id
        self.fail(self.assistant.login)
        row = self.limits.search([("user_id", "=", self.assistant.id)])
        self.events._record("sign_in", None, self.assistant, "failure", HERE)
        event = self.events.search([("user_id", "=", self.assistant.id)])
        self.assertTrue(row and event)
        for record in (row, event):
            found = self.rpc(
                self.registrar, record._name, "search_count", [("id", "in", record.ids)]
            )
            self.assertEqual(found, 0, record._name)
        self.refused(self.registrar, row._name, "action_unlock", row.ids)
        self.assertGreater(self.left(self.assistant.login), 0)

    def test_an_officer_does_not_unlock_the_own_account(self):
        admin = self.env.ref("base.user_admin")
        self.fail(admin.login)
        row = self.limits.search([("user_id", "=", admin.id)])
        with self.assertRaises(AccessError):
            self.rpc(admin, row._name, "action_unlock", row.ids)

    def test_the_settings_say_how_many_tries_and_how_long_and_refuse_nonsense(self):
        settings = self.env["res.config.settings"]
        settings.create({"ntue_lock_after": 3, "ntue_lock_minutes": 30}).execute()
        self.fail(times=3)
        self.assertEqual(self.left(), 1800)
        for wrong in ({"ntue_lock_after": 0}, {"ntue_lock_minutes": 0}, {"ntue_lock_after": 101}):
            with self.subTest(wrong=wrong), self.undone(), self.assertRaises(UserError):
                settings.create(wrong).execute()

    def test_a_key_of_a_program_is_counted_by_network(self):
        for _time in range(int(sign_in_limit.BUDGET.failures)):
            self.limits._failed("key", None, HERE)
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/json/2/res.users/search_count",
                "{}",
                headers={"Content-Type": "application/json", "Authorization": "bearer made-up"},
            )
        self.assertEqual(answer.status_code, 429)

    def test_denied_is_denied_in_the_shell_too(self):
        credential = {"type": "password", "login": "210941001", "password": "wrong"}
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base.models.res_users"):
            self.env["res.users"].authenticate(credential, {"interactive": True})
        self.assertFalse(school_of.account_of(self.student).login == "wrong")
