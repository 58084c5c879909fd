"""Who signed in, tried to, or was let in again: entered, shown to the owner, changed by nobody."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ntue_curriculum.erasing import erasing
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .sign_in import SignInCase

PAGE = "/my/sign-ins"


@tagged("post_install", "-at_install")
class TestEvents(SignInCase):
    def entered(self, **domain):
        return self.events.search([(name, "=", value) for name, value in domain.items()])

    def test_a_sign_in_and_a_try_that_failed_are_entered_with_time_account_and_address(self):
        self.assert_out(self.sign_in("２１０９４１００１", "wrong"), "not right")
        self.assert_in(self.sign_in("210941001"))
        for outcome in ("failure", "success"):
            event = self.entered(outcome=outcome)
            with self.subTest(outcome=outcome):
                self.assertEqual(event.user_id, self.account)
                self.assertEqual(event.student_id, self.student)
                self.assertEqual(event.account, self.account.login)
                self.assertEqual(event.address, "127.0.0.1")
                self.assertEqual(event.recorded_at, fields.Datetime.now())

    def test_what_was_typed_that_is_no_account_is_kept_by_a_mark_alone(self):
        for secret in ("33445@Ntue", "my-password"):
            self.visit()
            self.sign_in(secret, "wrong")
        events = self.entered(outcome="failure")
        self.assertEqual(len(set(events.mapped("account"))), 2)
        for event in events:
            self.assertRegex(event.account, r"^\[[0-9a-f]{8}\]$")
            self.assertFalse(event.user_id)
        self.env.cr.execute("SELECT row_to_json(t)::text FROM ntue_sign_in_limit t")
        self.assertNotIn("my-password", "".join(row for (row,) in self.env.cr.fetchall()))

    def test_refusals_are_one_entry_with_a_number(self):
        for _time in range(40):
            self.events._record("sign_in", "210941001", self.account, "waiting", "203.0.113.7")
        event = self.entered(outcome="waiting")
        self.assertEqual((len(event), event.times), (1, 40))

    def test_the_owner_reads_the_own_ones_only(self):
        other = school_of.account_of(self.new_student("210941002", "陳小美", taken=()))
        self.events._record("sign_in", None, self.account, "failure", "203.0.113.7")
        self.events._record("sign_in", None, other, "failure", "198.51.100.9")
        self.enter(self.account)
        page = self.url_open(PAGE).text
        self.assertIn("203.0.113.7", page)
        self.assertNotIn("198.51.100.9", page)
        self.assertIn("127.0.0.1", page, "where one is now")

    def test_the_home_page_leads_there(self):
        self.enter(self.account)
        self.assertIn(f'href="{PAGE}"', self.url_open("/my").text)

    def test_staff_see_their_own_there_too(self):
        self.events._record("sign_in", None, self.assistant, "success", "203.0.113.7")
        self.enter(self.assistant)
        self.assertIn("203.0.113.7", self.url_open(PAGE).text)

    def test_a_program_that_signs_in_leaves_an_entry_of_each_try(self):
        users = self.env["res.users"]
        users._ntue_note("210941001", self.account, "failure")
        self.assertEqual(len(self.entered(outcome="failure")), 1)

    def test_they_go_when_their_time_is_over_and_no_earlier(self):
        self.events._record("sign_in", None, self.account, "success", "203.0.113.7")
        self.events._record("sign_in", None, self.account, "failure", "203.0.113.7")
        old = self.entered(outcome="failure")
        old.recorded_at = fields.Datetime.now() - timedelta(days=182)
        with keeping.no_commit(self.env):
            self.env["ntue.retention"]._run()
        self.assertEqual(self.events.search([]).mapped("outcome"), ["success"])

    def test_forgotten_failures_and_answered_captchas_are_cleared_away(self):
        self.limits._failed("sign_in", "210941001", "203.0.113.7")
        self.env["ntue.captcha.used"]._is_first("a")
        long_ago = fields.Datetime.now() - timedelta(days=2)
        self.limits.search([]).last_failure = long_ago
        self.env["ntue.captcha.used"].search([]).answered_at = long_ago
        self.limits._gc_forgotten()
        self.env["ntue.captcha.used"]._gc_old()
        self.assertFalse(self.limits.search([]))
        self.assertFalse(self.env["ntue.captcha.used"].search([]))

    def test_an_erasure_takes_them_along(self):
        self.limits._failed("sign_in", "210941001", "203.0.113.7")
        self.events._record("sign_in", None, self.account, "failure", "203.0.113.7")
        erasing(self.student)._erase_contacts()
        self.assertFalse(self.events.search([]))
        self.assertFalse(self.limits.search([("user_id", "!=", False)]))
        self.env.cr.execute("SELECT row_to_json(t)::text FROM ntue_sign_in_event t")
        self.assertNotIn("210941001", "".join(row for (row,) in self.env.cr.fetchall()))
