"""The captcha: right answers, once, in their own session; and nothing of it in the page."""

import io
import re
import wave

from lxml import html
from odoo import http
from odoo.addons.ntue_campus_login.models.door import captcha as captcha_of
from odoo.tests import freeze_time, tagged

from .sign_in import LOGIN, SignInCase

NOT_RIGHT = "The verification code is not right."
MISSING = "Please type the verification code as well."


@tagged("post_install", "-at_install")
class TestCaptcha(SignInCase):
    def assert_captcha_refused(self, answer, words=NOT_RIGHT):
        self.assert_out(answer, words)

    def test_a_right_answer_lets_in_with_blanks_and_full_width_digits_too(self):
        tree = self.page()
        right = self.answered(tree)
        wide = "　".join(chr(ord(digit) + 0xFEE0) for digit in right["captcha"])
        self.assert_in(
            self.send(tree, "210941001", self.account.login, **{**right, "captcha": wide})
        )

    def test_without_an_answer_or_with_a_wrong_one_no_password_is_looked_at(self):
        tree = self.page()
        self.assert_captcha_refused(self.send(tree, "210941001", self.account.login), MISSING)
        wrong = {**self.answered(tree), "captcha": "wrong"}
        self.assert_captcha_refused(self.send(tree, "210941001", self.account.login, **wrong))
        self.assertFalse(self.limits.search([("user_id", "=", self.account.id)]))
        self.assertEqual(self.events.search([]).mapped("outcome"), ["captcha"])
        self.assertEqual(self.events.search([]).times, 2)

    def test_an_answer_is_good_once(self):
        tree = self.page()
        right = self.answered(tree)
        self.assert_out(self.send(tree, "210941001", "wrong", **right), "not right")
        again = self.send(self.page(), "210941001", self.account.login, **right)
        self.assert_captcha_refused(again)

    def test_two_at_the_same_moment_are_not_both_the_first(self):
        used = self.env["ntue.captcha.used"]
        tree = self.page()
        right = self.answered(tree)
        # The other request has not saved its session yet, but has answered.
        self.assertTrue(used._is_first(right["captcha_number"]))
        self.assert_captcha_refused(self.send(tree, "210941001", self.account.login, **right))

    def test_an_answer_is_good_in_its_own_session_only(self):
        right = self.answered(self.page())
        self.visit()
        answer = self.send(self.page(), "210941001", self.account.login, **right)
        self.assert_captcha_refused(answer)

    def test_an_answer_is_good_for_its_own_page_only(self):
        tree = self.page()
        right = self.answered(tree)
        sid = self.opener.cookies["session_id"]
        session = http.root.session_store.get(sid)
        session[captcha_of.SESSION] = {
            number: {**kept, "purpose": "forgotten"} for number, kept in self.waiting().items()
        }
        http.root.session_store.save(session)
        self.assert_captcha_refused(self.send(tree, "210941001", self.account.login, **right))

    def test_an_answer_comes_in_time(self):
        tree = self.page()
        right = self.answered(tree)
        with freeze_time("2025-11-10 04:15:01"):
            self.assert_captcha_refused(self.send(tree, "210941001", self.account.login, **right))

    def test_pages_side_by_side_are_all_good_and_not_without_end(self):
        trees = [self.page() for _tab in range(captcha_of.OPEN + 1)]
        self.assertEqual(len(self.waiting()), captcha_of.OPEN)
        self.assertNotIn(self.field(trees[0], "captcha_number"), self.waiting())
        second = self.answered(trees[1])
        self.assert_in(self.send(trees[1], "210941001", self.account.login, **second))

    def test_the_answer_stands_nowhere_in_the_page(self):
        tree = self.page()
        text = self.answered(tree)["captcha"]
        whole = re.sub(rb"data:image/png;base64,[^\"]+", b"", html.tostring(tree))
        self.assertNotIn(text.encode(), whole)

    def test_the_digits_are_spoken_in_the_visitors_language_for_this_session_only(self):
        tree = self.page()
        (audio,) = tree.cssselect("audio")
        heard = self.url_open(audio.get("src"))
        self.assertEqual(heard.headers["Content-Type"], "audio/wav")
        self.assertEqual(heard.headers["Cache-Control"], "no-store")
        with wave.open(io.BytesIO(heard.content)) as sound:
            self.assertGreater(sound.getnframes() / sound.getframerate(), captcha_of.DIGITS)
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))
        self.visit()
        with self.subTest("another session"):
            self.assertEqual(self.url_open(audio.get("src")).status_code, 404)

    def test_there_is_a_voice_for_each_digit_in_chinese_and_in_english(self):
        folders = [captcha_of._folder_of("zh_TW"), captcha_of._folder_of("en_US")]
        self.assertTrue(folders[0])
        self.assertEqual(folders[1], "")
        for folder in folders:
            self.assertLessEqual(set("0123456789"), set(captcha_of._voice(folder).choices))

    def test_one_challenge_is_spoken_some_times_and_no_more(self):
        (audio,) = self.page().cssselect("audio")
        for _time in range(captcha_of.SOUNDS):
            self.assertEqual(self.url_open(audio.get("src")).status_code, 200)
        self.assertEqual(self.url_open(audio.get("src")).status_code, 404)

    def test_after_a_failure_only_where_the_school_says_so(self):
        self.setting("captcha_when", "failure")
        tree = self.page()
        self.assertEqual(self.answered(tree), {})
        answer = self.send(tree, "210941001", "wrong")
        self.assert_out(answer, "not right")
        self.assertTrue(self.answered(html.fromstring(answer.content)))
        self.assertTrue(self.answered(self.page()), "in this session")
        self.visit()
        self.assertEqual(self.answered(self.page()), {}, "not in another one")
        self.assert_captcha_refused(
            self.send(self.page(), "210941001", self.account.login), MISSING
        )
        self.visit()
        self.assert_in(self.sign_in(self.assistant.login, self.assistant.login))

    def test_work_for_the_browser_takes_the_place_of_the_picture(self):
        self.setting("captcha", "work")
        tree = self.page()
        self.assertFalse(tree.cssselect("img.o_ntue_captcha_picture"))
        right = self.answered(tree)
        for wrong in ("", "AAAA", "e30=", "W10=", right["captcha"][:-4]):
            with self.subTest(wrong=wrong):
                self.visit()  # a browser that did no work is given a picture the next time
                tree = self.page()
                fields = {"captcha_number": self.field(tree, "captcha_number"), "captcha": wrong}
                self.assert_captcha_refused(
                    self.send(tree, "210941001", self.account.login, **fields)
                )
        tree = self.page()
        other = {**self.answered(tree), "captcha": right["captcha"]}
        self.assert_captcha_refused(self.send(tree, "210941001", self.account.login, **other))
        tree = self.page()
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))

    def test_a_browser_that_did_not_work_is_given_the_picture_until_it_is_let_in(self):
        self.setting("captcha", "work")
        tree = self.page()
        nothing = {"captcha_number": self.field(tree, "captcha_number"), "captcha": ""}
        answer = self.send(tree, "210941001", self.account.login, **nothing)
        self.assert_captcha_refused(answer)
        tree = html.fromstring(answer.content)
        self.assertTrue(tree.cssselect("img.o_ntue_captcha_picture"))
        self.assertEqual(self.field(tree, "login"), "210941001")
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))
        self.visit()
        self.assertTrue(self.page().cssselect(".o_ntue_captcha_work"))

    def test_without_scripts_one_is_led_to_the_picture_at_once(self):
        self.setting("captcha", "work")
        (refresh,) = self.page(f"{LOGIN}?redirect=/my/progress").cssselect("noscript meta")
        said = refresh.get("content")
        self.assertEqual(said.partition("?")[0], "0; url=")
        self.assertIn("captcha=picture", said)
        self.assertIn("redirect=", said)

    def test_without_scripts_a_refusal_is_read_and_not_led_away_from(self):
        self.setting("captcha", "work")
        tree = self.page(f"{LOGIN}?captcha=picture")
        answer = self.send(tree, "210941001", "wrong", **self.answered(tree))
        self.assert_out(answer, "not right")
        tree = html.fromstring(answer.content)
        self.assertFalse(tree.cssselect("noscript meta"))
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))

    def test_without_scripts_there_is_the_picture_all_the_same(self):
        self.setting("captcha", "work")
        (link,) = self.page(f"{LOGIN}?redirect=/my/progress").cssselect("noscript a")
        self.assertIn("redirect=", link.get("href"))
        tree = self.page(f"{LOGIN}{link.get('href')}")
        self.assertTrue(tree.cssselect("img.o_ntue_captcha_picture"))
        self.assert_in(self.send(tree, "210941001", self.account.login, **self.answered(tree)))
