"""An account is found by its name in any spelling, and never by the name of two."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .sign_in import SignInCase

WRONG = "The account or the password is not right."


@tagged("post_install", "-at_install")
class TestAccountFound(SignInCase):
    def found(self, typed):
        return self.env["res.users"]._ntue_account(typed)

    def test_blanks_full_width_digits_and_case_are_forgiven(self):
        staff = self.assistant.login
        for typed in (" 210941001 ", "２１０９４１００１", "210941001\u200b", self.account.login):
            with self.subTest(typed=typed):
                self.assertEqual(self.found(typed), self.account)
        self.assertEqual(self.found(staff.upper()), self.assistant)

    def test_a_student_signs_in_by_number_whatever_the_account_is_called(self):
        self.account.login = "wang@mail.example.com"
        self.assertEqual(self.found("２１０９４１００１"), self.account)
        self.assertEqual(self.found("Wang@mail.example.com "), self.account)

    def test_where_two_accounts_have_a_spelling_in_common_it_names_neither(self):
        small = school_of.user(self.env, "desk-a", "base.group_user")
        large = school_of.user(self.env, "DESK-A", "base.group_user")
        self.assertEqual(self.found("desk-a"), small)
        self.assertEqual(self.found("DESK-A"), large)
        for typed in ("Desk-A", "desk-a ", "ＤＥＳＫ-Ａ"):
            with self.subTest(typed=typed):
                self.assertFalse(self.found(typed))

    def test_another_students_number_is_no_way_into_an_account_that_is_called_so(self):
        other = self.new_student("210941002", "陳小美", taken=())
        self.account.login = "210941002 b"
        self.assertEqual(self.found("210941002"), school_of.account_of(other))
        school_of.account_of(other).active = False
        self.assertFalse(self.found("210941002"))

    def test_an_archived_account_and_what_is_no_name_are_none(self):
        for typed in ("", " ", "\0", "2109%", "21094100_", "nobody", "1" * 300):
            self.assertFalse(self.found(typed), typed)
        self.account.active = False
        self.assertFalse(self.found("210941001"))

    def test_the_page_lets_in_by_each_spelling_and_the_session_has_the_accounts_own_name(self):
        for typed in ("２１０９４１００１", f" {self.account.login.upper()} "):
            with self.subTest(typed=typed):
                self.visit()
                self.assert_in(self.sign_in(typed))
        self.visit()
        self.assert_out(self.sign_in("210941009"), WRONG)
