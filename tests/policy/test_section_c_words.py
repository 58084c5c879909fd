"""Section C: the first password, its change, and 變更個人密碼 (60–64, 80–85, D44, D45)."""

from datetime import timedelta

from lxml import html
from odoo import fields
from odoo.addons.ntue_campus_login.tests.words import BETTER, FOURTH, GOOD, THIRD, Words, id_number
from odoo.exceptions import UserError
from odoo.tests import tagged

from .desk import DeskCase

CHANGE = "/my/password"
SECOND = f"{CHANGE}?step=new"


@tagged("post_install", "-at_install")
class TestSectionCWords(Words, DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.login = "210941001"
        cls.account.password = GOOD
        cls.number = id_number(3344512)

    def read(self, address):
        """The page at ``address`` as the browser's session gets it, in Chinese."""
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.content)

    def changed(self, password):
        """The new password is sent, both times alike; where the browser is led."""
        answer = self.post_there(CHANGE, step="new", password=password, password_again=password)
        return answer.headers.get("Location", "")

    def first(self):
        return self.first_password(self.account, self.number)

    def signs_in(self, password):
        self.sign_in("210941001", password)
        return self.is_in()

    def test_060_061_the_first_password_is_the_end_of_the_id_number_and_at_ntue(self):
        first = self.first()
        self.assertEqual(first, f"{self.number[-5:]}@Ntue")
        self.sign_in("210941001", first)
        self.assertIn(CHANGE, self.url_open("/my").url)

    def test_062_once_changed_the_first_password_no_longer_works(self):
        first = self.first()
        self.sign_in("210941001", first)
        self.changed(BETTER)
        self.sign_in("210941001", first)
        self.assertIn("/web/login", self.url_open("/my").url)
        self.assertTrue(self.signs_in(BETTER))

    def test_063_the_first_sign_in_forces_a_change_on_a_page_with_the_rules(self):
        self.sign_in("210941001", self.first())
        for address in ("/my", "/my/progress", "/my/graduation", "/odoo"):
            self.assertIn(CHANGE, self.url_open(address).url, address)
        tree = self.read(CHANGE)
        rules = " ".join(self.words(tree, "li[data-rule]"))
        for words in ("8 到 128 個字元", "四種", "學號", "身分證", "前三次"):
            self.assertIn(words, rules)

    def test_064_after_the_change_one_is_told_so_and_signs_in_anew(self):
        self.sign_in("210941001", self.first())
        self.assertTrue(self.changed(BETTER).endswith("/web/login"))
        tree = self.read("/web/login")
        self.see("密碼更改完成", self.one(tree, "#password_changed"))
        self.see("請以新設密碼重新登入", self.one(tree, "#password_changed"))
        self.assertFalse(self.is_in(), "the session is over")
        self.assertTrue(self.signs_in(BETTER))

    def test_080_a_student_who_is_signed_in_changes_the_password(self):
        self.sign_in("210941001", GOOD)
        self.see("變更個人密碼", self.one(self.read(CHANGE), "h1"))
        links = self.read("/my/security").cssselect(f"a[href='{CHANGE}']")
        self.assertTrue(links)

    def test_081_the_page_shows_when_the_password_was_changed_last(self):
        self.account.ntue_password_at = "2025-03-04 05:06:07"
        self.env.flush_all()
        self.sign_in("210941001", GOOD)
        shown = self.one(self.read(CHANGE), "#password_changed_at")
        self.see("前次密碼修改時間", shown)
        self.see("114-03-04 13:06", shown)

    def test_082_first_comes_the_password_in_use_and_then_the_next_step(self):
        self.sign_in("210941001", GOOD)
        tree = self.read(CHANGE)
        self.assertEqual(len(tree.cssselect("input[type=password]")), 1)
        self.see("下一步", self.one(tree, "main form button[type=submit]"))
        self.post_there(CHANGE, current="Wrong-one-7")
        self.assertEqual(len(self.read(SECOND).cssselect("input[name=current]")), 1)
        self.post_there(CHANGE, current=GOOD)
        self.assertEqual(len(self.read(SECOND).cssselect("input[name=password]")), 1)

    def test_083_cancel_leaves_the_password_as_it_is(self):
        self.sign_in("210941001", GOOD)
        self.post_there(CHANGE, current=GOOD)
        for address in (CHANGE, SECOND):
            self.see("取消", self.one(self.read(address), "main form a[href='/my']"))
        self.assertEqual(self.url_open("/my").status_code, 200)
        self.assertTrue(self.signs_in(GOOD))

    def test_084_the_second_step_changes_it_for_the_next_sign_in(self):
        self.sign_in("210941001", GOOD)
        self.post_there(CHANGE, current=GOOD)
        self.see("修改密碼", self.one(self.read(SECOND), "main form button[type=submit]"))
        self.changed(BETTER)
        self.assertFalse(self.signs_in(GOOD))
        self.assertTrue(self.signs_in(BETTER))

    def test_085_the_rules_hold_for_the_change(self):
        self.sign_in("210941001", GOOD)
        self.post_there(CHANGE, current=GOOD)
        for weak in ("short", "kestrel-on-roofs", "Kestrel-210941001", GOOD):
            self.assertEqual(self.changed(weak), "", weak)
        self.assertTrue(self.changed(BETTER).endswith("/web/login"))

    def test_D44_a_first_password_is_good_for_some_days_and_for_choosing_another_only(self):
        first = self.first()
        self.sign_in("210941001", first)
        self.assertIn(CHANGE, self.url_open("/my/graduation").url)
        self.assertEqual(self.changed(first), "", "never the same again")
        self.assertEqual(self.changed("12345@Ntue"), "", "nor one made like it")
        self.account.ntue_password_until = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.sign_in("210941001", first)
        self.assertIn("/web/login", self.url_open("/my").url)

    def test_D45_eight_characters_of_three_classes_and_none_of_the_last_three(self):
        own = self.account.with_user(self.account)
        for password in (BETTER, THIRD):
            own._ntue_set_new_password(password)
        for refused in ("Ab-7xyz", "kestrel-on-roofs", "Kestrel-0941", GOOD, BETTER, THIRD):
            with self.assertRaises(UserError, msg=refused):
                own._ntue_set_new_password(refused)
        own._ntue_set_new_password(FOURTH)
        own._ntue_set_new_password(GOOD)
