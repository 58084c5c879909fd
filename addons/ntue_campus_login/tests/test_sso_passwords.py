"""While students sign in by the portal nobody enters their account by a password, nor sets one."""

from unittest.mock import patch

from odoo import fields
from odoo.addons.auth_passkey.models.auth_passkey_key import AuthPasskeyKey
from odoo.addons.base.models.res_users import ResUsers
from odoo.addons.ntue_campus_login.models.sso import sso_http
from odoo.addons.ntue_campus_login.models.sso.sso_users import Vouched
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import CLIENT, ISSUER, WithPortal, switch_on
from .without_captcha import WithoutCaptcha
from .words import LATER

QUIET = ("odoo.http", "odoo.addons.base.models.res_users", "odoo.addons.base.models.ir_http")


@tagged("post_install", "-at_install")
class TestSsoPasswords(WithoutCaptcha, WithPortal, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)

    def by_password(self, user):
        """Whether the sign-in form lets ``user`` in; the password is the login in tests."""
        self.authenticate(None, None)
        form = {"login": user.login, "password": user.login, "type": "password"}
        with mute_logger(*QUIET):
            self.post("/web/login", **form)
        return self.is_in_as(user)

    def is_in_as(self, user):
        page = "/odoo" if user._is_internal() else "/my"
        answer = self.url_open(page, allow_redirects=False)
        return answer.status_code == 200

    def test_a_students_password_lets_nobody_in_and_an_employees_does(self):
        self.assertFalse(self.by_password(self.account))
        self.assertTrue(self.by_password(self.registrar))
        self.campus.enabled = False
        self.assertTrue(self.by_password(self.account))

    def test_remote_calls_with_a_students_password_are_refused_at_once(self):
        users = self.env["res.users"]
        self.campus.enabled = False
        users._check_uid_passwd(self.account.id, self.account.login)
        self.campus.enabled = True
        with self.assertRaises(AccessDenied), mute_logger(*QUIET):
            users._check_uid_passwd(self.account.id, self.account.login)
        users._check_uid_passwd(self.registrar.id, self.registrar.login)

    def test_what_another_request_lets_in_before_the_commit_is_asked_about_after_it(self):
        users, word = self.env["res.users"], self.account.login
        self.campus.enabled = False
        self.campus.enabled = True
        # It sees the portal off still, and whom it lets in the whole process remembers.
        remembered = ResUsers._check_uid_passwd.__cache__
        remembered.add_value(users, self.account.id, word, cache_value=None)
        users._check_uid_passwd(self.account.id, word)
        self.env.cr.postcommit.run()
        with self.assertRaises(AccessDenied), mute_logger(*QUIET):
            users._check_uid_passwd(self.account.id, word)

    def test_who_points_the_sign_in_elsewhere_is_entered_in_the_register(self):
        domain = [("model", "=", "auth.oauth.provider")]
        entries = self.env["ntue.register.entry"]
        before = entries.search(domain)
        admin = self.env.ref("base.user_admin")
        vals = {"ntue_issuer": "https://other.example.edu", "scope": "openid"}
        self.rpc(admin, "auth.oauth.provider", "write", self.campus.ids, vals)
        (entry,) = entries.search(domain) - before
        self.assertEqual((entry.user_id, entry.action), (admin, "changed"))
        self.assertIn("https://other.example.edu", entry.changes_text)
        self.assertIn(ISSUER, entry.changes_text)
        self.rpc(admin, "auth.oauth.provider", "write", self.campus.ids, {"scope": "openid x"})
        self.assertEqual(entries.search(domain) - before, entry, "which decides nothing")
        self.rpc(admin, "auth.oauth.provider", "unlink", self.campus.ids)
        self.assertEqual(entries.search(domain, limit=1).action, "deleted")

    def test_no_key_of_before_calls_for_a_student_of_the_portal(self):
        """Nor by JSON-2, which asks for no password; an employee's does."""

        def called(user):
            keys = self.env["res.users.apikeys"].with_user(user).sudo()
            key = keys._generate("rpc", "a script", fields.Datetime.to_datetime(LATER))
            self.authenticate(None, None)
            headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
            with mute_logger(*QUIET):
                address = "/json/2/res.users/context_get"
                return self.url_open(address, data="{}", headers=headers).status_code

        self.assertEqual((called(self.account), called(self.registrar)), (401, 200))
        self.campus.enabled = False
        self.assertEqual(called(self.account), 200)

    def test_a_refused_password_is_checked_all_the_same_so_that_time_tells_nothing(self):
        users = type(self.env["res.users"])
        with patch.object(users, "_crypt_context", autospec=True) as context:
            context.return_value.verify_and_update.return_value = (True, None)
            with self.assertRaises(AccessDenied), mute_logger(*QUIET):
                credential = {"login": self.account.login, "password": "x", "type": "password"}
                self.account.with_user(self.account)._check_credentials(
                    credential, {"interactive": True}
                )
        context.return_value.verify_and_update.assert_called_once()

    def test_only_our_own_callback_vouches_for_an_account(self):
        account = self.account.with_user(self.account)
        ours = {"login": account.login, "type": "ntue_sso"}
        vouched = Vouched(account.id)
        info = account._check_credentials({**ours, "vouched": vouched}, {"interactive": True})
        self.assertEqual(info["mfa"], "skip")
        for forged in (None, True, account.id, {"user_id": account.id}, Vouched(account.id + 1)):
            with self.assertRaises(AccessDenied):
                account._check_credentials({**ours, "vouched": forged}, {"interactive": True})
        employee = self.registrar.with_user(self.registrar)
        with self.assertRaises(AccessDenied):
            employee._check_credentials(
                {**ours, "vouched": Vouched(employee.id)}, {"interactive": True}
            )
        self.campus.enabled = False
        with self.assertRaises(AccessDenied):
            account._check_credentials({**ours, "vouched": vouched}, {"interactive": True})

    def test_the_form_takes_no_other_kind_of_credential_for_a_student(self):
        for kind in ("ntue_sso", "oauth_token", "webauthn", "totp"):
            self.authenticate(None, None)
            form = {"login": self.account.login, "password": "x", "type": kind, "vouched": "1"}
            with mute_logger(
                *QUIET, "odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense"
            ):
                self.post("/web/login", **form, token="x", webauthn_response='{"id": "x"}')
            self.assertFalse(self.is_in(), kind)

    def test_nobody_sets_changes_or_renews_a_students_password(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.account, admin):
            for act in self.ways_to_a_password(user):
                with (
                    self.undone(),
                    self.assertRaises(UserError),
                    mute_logger(*QUIET),
                ):
                    act()
        self.assertFalse(self.env["mail.mail"].search([("email_to", "=", self.account.email)]))

    def ways_to_a_password(self, user):
        """Calls of ``user`` that would give the student a password, or a link for one."""
        account = self.account.with_user(user)
        wizard = self.env["change.password.wizard"].create(
            {"user_ids": [(0, 0, {"user_id": account.id, "new_passwd": "a new password 1"})]}
        )
        own = self.env["res.users"].with_user(self.account)
        token = self.account.partner_id.sudo()._generate_signup_token()
        return (
            lambda: account.write({"password": "a new password 1"}),
            lambda: own.change_password(self.account.login, "a new password 1"),
            lambda: account._change_password("a new password 1"),
            lambda: wizard.change_password_button(),
            lambda: account.action_reset_password(),
            lambda: self.env["res.users"].reset_password(self.account.login),
            lambda: self.env["res.users"].signup({"password": "a new password 1"}, token),
        )

    def test_an_erased_account_gets_a_password_that_nobody_knows_all_the_same(self):
        """Erasing closes the account, whatever way in it has."""
        with patch(
            "odoo.addons.ntue_campus_login.models.sso.sso_users.is_erasing", return_value=True
        ):
            self.account.password = "what nobody knows"

    def test_an_account_can_be_made_and_invites_nobody(self):
        before = self.env["mail.mail"].search_count([])
        other = self.new_student("210941009", "林小美", taken=())
        account = school_of.account_of(other)
        account.with_context(create_user=True)._action_reset_password(signup_type="signup")
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_the_sign_in_page_shows_the_portal_and_the_form_one_link_away(self):
        page = self.url_open("/web/login?redirect=/my/progress").text
        self.assertIn('id="sso_start"', page)
        self.assertIn("/auth/campus/start?redirect=%2Fmy%2Fprogress", page)
        self.assertNotIn('name="password"', page)
        self.assertIn("/web/login?staff=1&amp;redirect=%2Fmy%2Fprogress", page)
        self.assertIn('name="password"', self.url_open("/web/login?staff=1").text)
        self.campus.enabled = False
        page = self.url_open("/web/login").text
        self.assertIn('name="password"', page)
        self.assertNotIn("/auth/campus/start", page)

    def test_the_pages_for_a_new_password_say_where_students_have_theirs(self):
        page = self.url_open("/web/reset_password").text
        self.assertIn("o_ntue_sso_reset", page)
        for text in (page, self.url_open("/web/login?staff=1").text):
            self.assertNotIn("/web/forgotten", text, "a way that leads back to the portal")
        self.campus.ntue_password_page = "https://portal.example.edu/password"
        self.sign_in()
        page = self.url_open("/my/security").text
        self.assertIn("sso_password_where", page)
        self.assertIn("https://portal.example.edu/password", page)
        self.assertNotIn('type="password"', page)
        answer = self.post("/my/security", old=self.account.login, new1="x 1", new2="x 1")
        self.assertIn("sso_password_where", answer.text)
        self.enter(self.registrar)
        self.assertIn('type="password"', self.url_open("/my/security").text)

    def test_a_link_confirms_an_email_where_there_is_no_password(self):
        self.rpc(
            self.account, "ntue.student", "write", self.student.ids, {"email": "n@example.com"}
        )
        token = self.student._account_email_token()
        self.sign_in()
        page = self.url_open(f"/my/profile/address?token={token}").text
        self.assertNotIn('type="password"', page)
        self.post("/my/profile/address", token=token)
        self.assertEqual(self.account.email, "n@example.com")

    def test_pages_that_are_for_passwords_of_students_lead_elsewhere(self):
        """Whatever part of the addon has them: asked of the addresses, as they are declared."""
        self.assertEqual(sso_http.instead_of("/my/password"), "/my/security")
        self.assertEqual(sso_http.instead_of("/my/password/<step>"), "/my/security")
        self.assertEqual(sso_http.instead_of("/web/forgotten"), "/web/login")
        for route in ("/my", "/my/passwords", "/web/login", "/web/reset_password"):
            self.assertIsNone(sso_http.instead_of(route))
        with patch.object(
            sso_http, "INSTEAD", {"/my/counters": "/my", "/web/reset_password": "/my"}
        ):
            answer = self.url_open("/web/reset_password", allow_redirects=False)
            self.assertEqual((answer.status_code, answer.headers["Location"]), (303, "/my"))
            self.campus.enabled = False
            answer = self.url_open("/web/reset_password", allow_redirects=False)
            self.assertEqual(answer.status_code, 200)

    # What auth_oauth brings along

    def test_the_implicit_flow_is_closed_for_everybody(self):
        provider = self.env["auth.oauth.provider"].create(
            {
                "name": "Other",
                "body": "Other",
                "enabled": True,
                "auth_endpoint": "https://other.example.com/auth",
                "validation_endpoint": "https://other.example.com/info",
            }
        )
        state = f'{{"d": "{self.env.cr.dbname}", "p": {provider.id}}}'
        for user in (None, self.account, self.registrar):
            self.campus.enabled = False
            self.authenticate(user and user.login, user and user.login)
            for page in ("/auth_oauth/signin", "/auth_oauth/oea"):
                with mute_logger(*QUIET):
                    answer = self.url_open(
                        page, params={"state": state, "access_token": "x"}, allow_redirects=False
                    )
                self.assertEqual(answer.status_code, 404, page)
        self.authenticate(None, None)
        self.assertNotIn("other.example.com", self.url_open("/web/login").text)
        with self.assertRaises(AccessError):
            self.rpc(self.account, "res.users", "auth_oauth", provider.id, {"access_token": "x"})
        with self.assertRaises(AccessDenied):
            self.env["res.users"].auth_oauth(provider.id, {"access_token": "x"})

    def test_an_access_token_that_is_stored_lets_nobody_in(self):
        self.registrar.sudo().oauth_access_token = "stored"
        employee = self.registrar.with_user(self.registrar)
        with self.assertRaises(AccessDenied):
            employee._check_credentials(
                {"login": employee.login, "type": "oauth_token", "token": "stored"},
                {"interactive": True},
            )

    # Setting it up

    def test_a_portal_is_switched_on_when_it_is_complete_and_alone(self):
        self.campus.enabled = False
        for name in ("ntue_issuer", "client_id", "ntue_number_claim"):
            with self.undone(), self.assertRaises(ValidationError):
                switch_on(self.env, **{name: False})
        for issuer in ("http://portal.example.edu", "portal", f"{ISSUER}?a=b", "https://localhost"):
            with self.undone(), self.assertRaises(ValidationError):
                switch_on(self.env, ntue_issuer=issuer)
        with self.undone(), self.assertRaises(ValidationError):
            switch_on(self.env, ntue_password_page="javascript:alert(1)")
        switch_on(self.env)
        with self.assertRaises(ValidationError):
            self.campus.copy({"name": "Second", "enabled": True})

    def test_nobody_but_an_administrator_reads_or_tries_the_portal(self):
        for user in (self.account, self.registrar, self.operator):
            for method in ("read", "action_ntue_test_connection"):
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    self.rpc(user, "auth.oauth.provider", method, self.campus.ids)

    def test_the_clients_secret_is_in_no_field_of_the_database(self):
        with patch.dict("os.environ", {"NTUE_SSO_SECRET": "the very secret"}):
            self.assertTrue(self.campus.ntue_has_secret)
            self.assertNotIn("the very secret", str(self.campus.read()))
            self.sign_in()
        (form,) = [how for address, how in self.portal.asked if address.endswith("/token")]
        self.assertEqual(form["words"], (CLIENT, "the%20very%20secret"))
        self.assertNotIn("the very secret", str(form["form"]))

    def test_employees_may_have_to_give_a_second_factor_and_a_passkey_is_enough(self):
        self.env["ir.config_parameter"].set_param("auth_totp.policy", "employee_required")
        self.assertFalse(self.by_password(self.registrar))
        self.assertIn("/web/login/totp", self.url_open("/web/login/totp").url)
        with self.assertRaises(AccessDenied), mute_logger(*QUIET):
            self.env["res.users"]._check_uid_passwd(self.registrar.id, self.registrar.login)
        employee = self.registrar.with_user(self.registrar)
        self.env["auth.passkey.key"].with_user(employee).sudo().create(
            {"name": "key", "credential_identifier": "k", "public_key": "p"}
        )
        credential = {
            "login": employee.login,
            "type": "webauthn",
            "webauthn_response": '{"id": "k"}',
        }
        with patch.object(AuthPasskeyKey, "_verify_auth", return_value=1):
            info = employee._check_credentials(credential, {"interactive": True})
        self.assertEqual(info["mfa"], "skip")
        self.assertEqual(self.sign_in().status_code, 303)

    def test_a_students_passkey_lets_nobody_in(self):
        account = self.account.with_user(self.account)
        self.env["auth.passkey.key"].with_user(account).sudo().create(
            {"name": "key", "credential_identifier": "k", "public_key": "p"}
        )
        credential = {
            "login": account.login,
            "type": "webauthn",
            "webauthn_response": '{"id": "k"}',
        }
        with (
            patch.object(AuthPasskeyKey, "_verify_auth", return_value=1),
            self.assertRaises(AccessDenied),
        ):
            account._check_credentials(credential, {"interactive": True})
