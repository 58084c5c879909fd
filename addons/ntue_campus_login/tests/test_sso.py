"""Signing in and out by the campus portal, as far as this desk decides it."""

import time
from unittest.mock import patch

from joserfc import jwk
from odoo.addons.ntue_campus_login.asking import published
from odoo.addons.ntue_campus_login.controllers import sso
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import ISSUER, Portal, WithPortal, query_of


@tagged("post_install", "-at_install")
class TestSso(WithPortal, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)

    def refused(self, answer):
        """The page for whatever went wrong; nobody is in."""
        self.assertEqual(answer.status_code, 403)
        self.assertIn("sso_reference", answer.text)
        self.assertFalse(self.is_in())

    def test_a_student_is_signed_in_in_a_session_with_a_new_key(self):
        asked = self.begin(redirect="/my/profile")
        self.assertEqual(asked["redirect_uri"], f"{self.base_url()}/auth/campus/callback")
        self.assertEqual(asked["code_challenge_method"], "S256")
        before = self.opener.cookies["session_id"]
        answer = self.come_back(state=asked["state"], code="good")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/my/profile"))
        self.assertNotEqual(answer.cookies["session_id"][:42], before[:42])
        self.assertTrue(self.is_in())

    def test_a_student_who_never_changed_a_first_password_gets_to_the_desk(self):
        self.account.ntue_must_change = True
        self.sign_in()
        self.assertTrue(self.is_in())

    def test_nothing_of_the_session_before_is_left(self):
        begun = self.begin()["state"]
        session = self.session_of_browser()
        session["identity-check-last"] = time.time()
        self.save(session)
        self.come_back(state=begun, code="good")
        self.assertNotIn("identity-check-last", self.session_of_browser())

    def session_of_browser(self):
        return sso.http.root.session_store.get(list(self.opener.cookies)[-1].value)

    def save(self, session):
        sso.http.root.session_store.save(session)

    def test_a_state_is_good_once_and_not_for_long(self):
        state = self.begin()["state"]
        with patch.object(sso, "MINUTES", -1):
            self.refused(self.come_back(state=state, code="good"))
        self.refused(self.come_back(state=state, code="good"))
        self.refused(self.come_back(state="made up", code="good"))
        self.refused(self.come_back(code="good"))

    def test_a_session_that_ended_while_one_was_at_the_portal_is_begun_anew(self):
        state = self.begin()["state"]
        self.authenticate(None, None)
        answer = self.come_back(state=state, code="good")
        self.refused(answer)
        self.assertIn("/auth/campus/start", answer.text, "a way on")
        self.assertEqual(self.sign_in().status_code, 303)
        self.assertTrue(self.is_in())

    def test_an_answer_without_a_code_takes_the_state_with_it(self):
        state = self.begin()["state"]
        self.refused(self.come_back(state=state, error="access_denied"))
        self.refused(self.come_back(state=state, code="good"))

    def test_three_windows_of_one_browser_may_sign_in_and_a_fourth_pushes_the_first_out(self):
        states = [self.begin()["state"] for _window in range(4)]
        nonce = self.portal.nonce
        self.refused(self.come_back(state=states[0], code="good"))
        self.portal.nonce = nonce
        self.assertEqual(self.come_back(state=states[3], code="good").status_code, 303)

    def test_a_code_that_the_portal_did_not_give_is_refused(self):
        self.refused(self.come_back(state=self.begin()["state"], code="bad"))

    def test_a_token_for_another_sign_in_is_refused(self):
        state = self.begin()["state"]
        self.begin()
        self.refused(self.come_back(state=state, code="good"))

    def test_a_portal_that_is_switched_off_meanwhile_lets_nobody_in(self):
        state = self.begin()["state"]
        self.campus.enabled = False
        with mute_logger("odoo.http"):
            self.assertEqual(self.come_back(state=state, code="good").status_code, 404)
            self.assertEqual(self.url_open("/auth/campus/start").status_code, 404)
            answer = self.url_open("/auth/campus/backchannel", data={"logout_token": "x"})
            self.assertEqual(answer.status_code, 404)

    def test_only_an_open_account_of_that_very_number_is_entered(self):
        for number in ("210941002", "21094100", "21094100_", "%", "", " "):
            self.portal.claims = {"student_no": number}
            self.refused(self.sign_in())
        self.portal.claims = {"student_no": " ２１０９４１００１ "}
        self.assertEqual(self.sign_in().status_code, 303)
        self.authenticate(None, None)
        self.account.active = False
        self.refused(self.sign_in())

    def test_an_employee_who_studies_here_is_not_entered_by_the_portal(self):
        self.student.sudo().partner_id = self.assistant.partner_id
        self.refused(self.sign_in())

    def test_the_number_may_lie_in_user_information_of_the_same_person_alone(self):
        self.portal.claims = {}
        self.portal.userinfo = {"sub": "person", "student_no": "210941001"}
        self.refused(self.sign_in())
        self.campus.ntue_ask_userinfo = True
        self.assertEqual(self.sign_in().status_code, 303)
        self.assertEqual(self.portal.asked[-1][1]["token"], "an access token")
        self.authenticate(None, None)
        self.portal.userinfo["sub"] = "somebody else"
        self.refused(self.sign_in())

    def test_what_the_id_token_says_counts_before_user_information(self):
        self.campus.ntue_ask_userinfo = True
        self.portal.claims = {"student_no": "999999999"}
        self.portal.userinfo = {"sub": "person", "student_no": "210941001"}
        self.refused(self.sign_in())

    def test_a_school_maps_claims_in_one_method(self):
        self.portal.claims = {"mail": "a210941001@grad.example.edu"}
        portals = type(self.campus)

        def number(_self, claims):
            return claims["mail"].split("@")[0].removeprefix("a")

        with patch.object(portals, "_ntue_student_number", number):
            self.assertEqual(self.sign_in().status_code, 303)

    def test_a_key_that_was_rotated_in_is_looked_for_once(self):
        self.sign_in()
        self.portal.key = jwk.RSAKey.generate_key(2048, {"kid": "two"})
        self.portal.published = [self.portal.key]
        self.portal.asked.clear()
        self.assertEqual(self.sign_in().status_code, 303)
        looked = [address for address, _how in self.portal.asked]
        self.assertEqual(looked.count(f"{ISSUER}/jwks"), 1)
        self.assertEqual(looked.count(f"{ISSUER}/.well-known/openid-configuration"), 0)

    def test_tokens_of_unknown_keys_do_not_have_the_portal_asked_without_end(self):
        self.sign_in()
        self.portal.key = jwk.RSAKey.generate_key(2048, {"kid": "forged"})
        self.portal.asked.clear()
        for _try in range(9):
            forged = {"logout_token": self.portal.logout_token()}
            self.assertEqual(self.url_open("/auth/campus/backchannel", forged).status_code, 400)
        self.assertEqual(len(self.portal.asked), 5)

    def test_what_was_published_is_kept_for_an_hour(self):
        self.sign_in()
        self.portal.asked.clear()
        with patch.object(type(published), "get", autospec=True, side_effect=type(published).get):
            self.sign_in()
        self.assertEqual([address for address, _how in self.portal.asked], [f"{ISSUER}/token"])

    def test_the_log_has_the_reason_under_the_reference_and_nothing_of_the_person(self):
        self.portal.claims = {"student_no": "299999999", "sub": "a person's name"}
        with patch.object(sso, "_logger") as log:
            answer = self.sign_in()
        said = str(log.mock_calls)
        reference = log.info.call_args.args[1]
        self.assertIn(reference, answer.text)
        for secret in ("299999999", "person's", self.portal.nonce, "good", "eyJ"):
            self.assertNotIn(secret, said)

    def test_a_portal_that_gives_no_answer_is_a_sentence_and_no_fault(self):
        self.portal.description = None
        answer = self.url_open("/auth/campus/start", allow_redirects=False)
        self.refused(answer)

    def test_another_address_of_the_desk_leads_to_its_own_first(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "https://desk.example.edu")
        start = {"redirect": "/my/progress", "iss": ISSUER}
        answer = self.url_open("/auth/campus/start", params=start, allow_redirects=False)
        address = answer.headers["Location"]
        self.assertTrue(address.startswith("https://desk.example.edu/auth/campus/start?"))
        self.assertEqual(query_of(address), {**start, "moved": "1"})

    # Signing out

    def test_signing_out_leads_to_the_portal_and_back(self):
        self.sign_in()
        answer = self.url_open("/web/session/logout", allow_redirects=False)
        asked = query_of(answer.headers["Location"])
        self.assertTrue(answer.headers["Location"].startswith(f"{ISSUER}/end?"))
        self.assertEqual(asked["post_logout_redirect_uri"], f"{self.base_url()}/web/login")
        self.assertTrue(asked["id_token_hint"])
        self.assertFalse(self.is_in())

    def test_signing_out_stays_here_where_the_portal_has_no_such_page_or_it_is_not_wanted(self):
        self.sign_in()
        self.campus.ntue_sign_out = False
        answer = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertNotIn(ISSUER, answer.headers["Location"])
        self.assertFalse(self.is_in())

    def order(self, **changes):
        token = self.portal.logout_token(**changes)
        return self.url_open("/auth/campus/backchannel", {"logout_token": token})

    def test_the_portal_ends_one_session_or_all_of_a_person(self):
        self.sign_in()
        for changes in ({"sid": "other"}, {"sub": "other", "sid": None}, {"aud": "other"}):
            self.order(**changes)
            self.assertTrue(self.is_in(), changes)
        self.assertEqual(self.order().status_code, 200)
        self.assertFalse(self.is_in())
        self.sign_in()
        self.assertEqual(self.order(sid=None).status_code, 200)
        self.assertFalse(self.is_in())
        self.assertFalse(self.env["ntue.sso.session"].search([]))

    def test_an_id_token_ends_no_session(self):
        self.sign_in()
        answer = self.url_open("/auth/campus/backchannel", {"logout_token": self.portal.token()})
        self.assertEqual(answer.status_code, 400)
        self.assertTrue(self.is_in())

    def test_sessions_that_have_ended_are_forgotten(self):
        self.sign_in()
        rows = self.env["ntue.sso.session"].search([])
        self.assertEqual(rows.user_id, self.account)
        self.env["ntue.sso.session"]._gc_ended()
        self.assertTrue(rows.exists())
        self.url_open("/web/session/logout", allow_redirects=False)
        self.env["ntue.sso.session"]._gc_ended()
        self.assertFalse(rows.exists())

    def test_nobody_reads_or_writes_by_which_session_a_person_came(self):
        self.sign_in()
        sessions = self.env["ntue.sso.session"]
        for user in (self.account, self.registrar, self.operator, self.env.ref("base.user_admin")):
            for mode in ("read", "write", "create", "unlink"):
                self.assertFalse(sessions.with_user(user).has_access(mode), user.login)

    def test_the_portal_is_the_same_for_a_fresh_desk(self):
        """A record comes with the addon; nothing is switched on until somebody does."""
        self.campus.enabled = False
        self.assertFalse(self.env["auth.oauth.provider"]._ntue_campus())
        self.assertEqual(Portal().description["issuer"], ISSUER)
