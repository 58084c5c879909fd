"""The rules hold whichever door a password of a student comes in by (85, D45)."""

import json
import os
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.ntue_curriculum import log_key
from odoo.addons.ntue_curriculum.erasing import erasing
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import tagged

from .. import id_tail
from ..hooks import leave_nothing
from .words import BETTER, FOURTH, GOOD, LATER, THIRD, id_number, server_key

ADDON = "ntue_campus_login"

WEAK = "short"

OLD, NEW = "a key of the tests, long enough", "a newer key of the tests"

IDLE = "write new_password"
"""A door that Odoo has and that sets no password in this version; one that does fails here."""


@tagged("post_install", "-at_install")
class TestPasswordGuard(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)
        cls.admin = cls.env.ref("base.user_admin")

    def is_password(self, password, interactive=True):
        account = self.account.with_user(self.account)
        credential = {"type": "password", "login": account.login, "password": password}
        try:
            account._check_credentials(credential, {"interactive": interactive})
        except AccessDenied:
            return False
        return True

    def doors(self):
        """Every way in which a password gets in, each as a function of the password."""
        env, account = self.env, self.account

        def by_token(password):
            partner = account.partner_id
            partner.signup_prepare(signup_type="reset")
            token = partner._generate_signup_token()
            public = env(user=env.ref("base.public_user").id)["res.users"].sudo()
            public.signup({"login": account.login, "password": password}, token)

        def by_dialog_for_others(password):
            values = {
                "user_ids": [fields.Command.create({"user_id": account.id, "new_passwd": password})]
            }
            dialog = env(user=self.admin.id)["change.password.wizard"].create(values)
            dialog.change_password_button()

        def by_own_call(password):
            account.password = GOOD
            self.rpc(account, "res.users", "change_password", GOOD, password)

        def by_write(field):
            return lambda password: self.rpc(
                self.admin, "res.users", "write", account.ids, {field: password}
            )

        def by_ours(password):
            account.with_user(account)._ntue_set_new_password(password)

        def by_new_account(password):
            other = self.new_student("210941009", "新生", taken=())
            school_of.account_of(other).unlink()
            values = {
                "login": "new.one",
                "name": "新生",
                "partner_id": other.partner_id.id,
                "group_ids": [fields.Command.set(env.ref("base.group_portal").ids)],
                "password": password,
            }
            quiet = {"no_reset_password": True}
            self.rpc(self.admin, "res.users", "create", values, context=quiet)

        return {
            "token of Odoo": by_token,
            "dialog for others": by_dialog_for_others,
            "own call": by_own_call,
            "write password": by_write("password"),
            "write new_password": by_write("new_password"),
            "form of this product": by_ours,
            "new account": by_new_account,
        }

    def test_a_weak_password_is_refused_at_every_door_and_a_good_one_taken(self):
        for door, enter in self.doors().items():
            with self.subTest(door=door):
                if door != IDLE:
                    with self.undone(), self.assertRaises(UserError) as refused:
                        enter(WEAK)
                    self.assertIn("8 to 128", str(refused.exception))
                with self.undone():
                    enter(BETTER)
                    taken = door == "new account" or self.is_password(BETTER)
                    self.assertEqual(taken, door != IDLE)

    def test_every_rule_that_is_broken_is_said_at_once(self):
        with self.assertRaises(UserError) as refused:
            self.account.with_user(self.account)._ntue_set_new_password("2109")
        for words in ("8 to 128", "Three of these four", "student number", "common"):
            self.assertIn(words, str(refused.exception))

    def test_an_employee_keeps_the_ways_of_odoo(self):
        self.rpc(self.admin, "res.users", "write", self.assistant.ids, {"password": WEAK})
        self.assertFalse(self.assistant.sudo().ntue_must_change)

    def test_none_of_the_last_three_passwords_comes_again_and_the_fourth_may(self):
        own = self.account.with_user(self.account)
        for password in (GOOD, BETTER, THIRD):
            own._ntue_set_new_password(password)
        for password in (GOOD, BETTER, THIRD):
            with self.assertRaises(UserError, msg=password) as refused:
                own._ntue_set_new_password(password)
            self.assertIn("last three", str(refused.exception))
        own._ntue_set_new_password(FOURTH)
        own._ntue_set_new_password(GOOD)

    def test_of_former_passwords_hashes_alone_are_kept_and_nobody_reads_them(self):
        own = self.account.with_user(self.account)
        for password in (GOOD, BETTER, THIRD):
            own._ntue_set_new_password(password)
        kept = json.loads(self.account.ntue_former_passwords)
        self.assertEqual(len(kept), 2)
        context = self.account._crypt_context()
        self.assertEqual([context.identify(one) for one in kept], ["pbkdf2_sha512"] * 2)
        names = [name for name, field in self.account._fields.items() if ADDON in field._modules]
        self.assertIn("ntue_former_passwords", names)
        for name in names:
            for user in (self.admin, self.account, self.registrar):
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    self.rpc(user, "res.users", "read", self.account.ids, [name])
            with self.assertRaises(AccessError, msg=name):
                self.rpc(self.admin, "res.users", "write", self.account.ids, {name: False})

    def test_a_change_ends_sessions_keys_passkeys_and_remembered_devices(self):
        self.account.password = GOOD
        key_of = self.env["res.users.apikeys"].with_user(self.account).sudo()
        soon = fields.Datetime.to_datetime(LATER)
        key = key_of._generate(None, "a script", soon)
        device = self.env["auth_totp.device"].with_user(self.account).sudo()
        device._generate("browser", "a browser", soon)
        log = {"user_id": self.account.id, "session_identifier": "s" * 42}
        log = self.env["res.device.log"].create(
            {**log, "last_activity": fields.Datetime.now(), "revoked": False}
        )
        passkeys = self.env["auth.passkey.key"].with_user(self.account).sudo()
        passkeys.create({"name": "phone", "credential_identifier": "c", "public_key": "k"})
        self.env.flush_all()
        self.assertTrue(key_of._check_credentials(scope="rpc", key=key))
        session = self.account._compute_session_token("sid")
        self.account.with_user(self.account)._ntue_set_new_password(BETTER)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotEqual(self.account._compute_session_token("sid"), session)
        self.assertFalse(key_of._check_credentials(scope="rpc", key=key))
        mine = [("user_id", "=", self.account.id)]
        self.assertFalse(device.search(mine))
        self.assertFalse(passkeys.search([("create_uid", "=", self.account.id)]))
        self.assertTrue(log.revoked)
        self.assertFalse(self.env["res.device"].search(mine))

    def test_what_somebody_else_chose_is_good_for_choosing_another_one_only(self):
        self.rpc(self.admin, "res.users", "write", self.account.ids, {"password": GOOD})
        self.assertTrue(self.account.ntue_must_change)
        self.assertTrue(self.account.ntue_password_until)
        self.account.with_user(self.account)._ntue_set_new_password(BETTER)
        self.assertFalse(self.account.ntue_must_change)

    def test_an_erasure_takes_the_hashes_with_it(self):
        self.account.with_user(self.account)._ntue_set_new_password(GOOD)
        self.account.with_user(self.account)._ntue_set_new_password(BETTER)
        erasing(self.account).write({"password": "whatever"})
        self.assertFalse(self.account.ntue_former_passwords)
        self.assertFalse(self.account.ntue_password_at)

    # First passwords

    def test_a_first_password_signs_in_at_a_browser_only_and_until_its_day(self):
        number = id_number(7654321)
        self.account._ntue_set_first_password(number)
        first = f"{number[-5:]}@Ntue"
        self.assertTrue(self.is_password(first))
        self.assertFalse(self.is_password(first, interactive=False))
        self.account.ntue_password_until = fields.Datetime.now() - timedelta(minutes=1)
        self.assertFalse(self.is_password(first))

    def test_the_setting_says_for_how_many_days(self):
        self.env["ir.config_parameter"].set_param("ntue_campus_login.first_days", "3")
        self.account._ntue_set_first_password(id_number(7654321))
        left = self.account.ntue_password_until - fields.Datetime.now()
        self.assertEqual(left, timedelta(days=3))

    def test_the_end_of_the_id_number_is_known_by_a_keyed_mark_and_refused(self):
        number = id_number(7654321)
        own = self.account.with_user(self.account)
        with server_key():
            self.account._ntue_set_first_password(number)
            self.assertNotIn(number[-5:], self.account.ntue_id_tail)
            with self.assertRaises(UserError) as refused:
                own._ntue_set_new_password(f"Kestrel-{number[-5:]}-roofs")
            self.assertIn("ID number", str(refused.exception))
            own._ntue_set_new_password(GOOD)

    def test_a_mark_holds_with_a_newer_key_before_its_own_and_with_that_of_before(self):
        """Keys are changed one after the other; marks of before were made with the logs' key."""
        tail = id_tail.tail_of(id_number(7654321))
        with server_key(OLD):
            said = id_tail.mark(self.account.id, tail)
        for given, holds in ((f"{NEW},{OLD}", True), (NEW, False), ("", False)):
            with self.subTest(given), server_key(given):
                self.assertEqual(id_tail.is_mark(self.account.id, tail, said), holds)
                self.assertFalse(id_tail.is_mark(self.account.id, "54322", said))
        with server_key(NEW), patch.dict(os.environ, {log_key.VARIABLE: OLD}):
            self.assertTrue(id_tail.is_mark(self.account.id, tail, said.partition(":")[2]))

    def test_a_list_that_waits_is_read_with_a_newer_key_before_its_own(self):
        with server_key(OLD):
            sealed = id_tail.sealed("a number")
        with server_key(f"{NEW},{OLD}"):
            self.assertEqual(id_tail.unsealed(sealed), "a number")
        with server_key(NEW):
            self.assertEqual(id_tail.unsealed(sealed), "")

    def test_uninstalling_takes_first_passwords_away_and_leaves_all_others(self):
        other = school_of.account_of(self.new_student("210941002", "同學", taken=()))
        before = other._ntue_password_hash()
        self.account._ntue_set_first_password(id_number(7654321))
        self.env.flush_all()
        leave_nothing(self.env)
        self.assertEqual(self.account._ntue_password_hash(), "")
        self.assertEqual(other._ntue_password_hash(), before)

    def test_the_days_of_a_first_password_are_few_and_at_least_one(self):
        settings = self.env["res.config.settings"]
        for wrong in (0, -1, 61, 100_000):
            with self.subTest(wrong), self.undone(), self.assertRaises(UserError):
                settings.create({"ntue_first_days": wrong}).execute()
        settings.create({"ntue_first_days": 3}).execute()
        left = self.account._ntue_first_until() - fields.Datetime.now()
        self.assertEqual(left, timedelta(days=3))

    def test_without_a_key_of_the_server_nothing_is_kept_of_the_id_number(self):
        with server_key(""):
            self.account._ntue_set_first_password(id_number(7654321))
        self.assertFalse(self.account.ntue_id_tail)
