"""Section C, the door: what the sign-in page shows and takes."""

from lxml import html
from odoo.addons.ntue_campus_login.tests.sign_in import LOGIN, SignInCase
from odoo.tests import tagged

from .desk import text_of


@tagged("post_install", "-at_install")
class TestDoor(SignInCase):
    language = "zh-TW,zh;q=0.9"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_TW")
        cls.account.lang = "zh_TW"

    def labels(self, tree):
        return {label.get("for"): text_of(label) for label in tree.cssselect("label")}

    def test_055_after_account_password_and_code_comes_the_button_sign_in(self):
        (button,) = self.page().cssselect("form.oe_login_form button[type=submit]")
        self.assertEqual(text_of(button), "登入")
        self.assert_in(self.sign_in("210941001"))

    def test_056_a_link_leads_back_to_the_schools_home_page(self):
        self.env.company.website = "https://www.example.edu.tw"
        links = {text_of(link): link.get("href") for link in self.page().cssselect("a")}
        self.assertEqual(links["回首頁"], "https://www.example.edu.tw")

    def test_058_059_the_fields_are_account_student_number_password_and_verification_code(self):
        labels = self.labels(self.page())
        wanted = {"login": "帳號（學號）", "password": "密碼", "captcha": "驗證碼"}
        self.assertEqual({name: labels.get(name) for name in wanted}, wanted)

    def test_073_other_ways_in_are_named_as_those_of_staff(self):
        tree = self.page()
        self.assertIn("其他方式供教職員使用", text_of(tree))
        hint = tree.cssselect(".o_ntue_for_students")[0]
        (other,) = tree.cssselect(".o_login_auth")
        order = list(tree.iter())
        self.assertLess(order.index(hint), order.index(other))

    def test_074_students_sign_in_with_account_and_password_and_make_no_account(self):
        tree = self.page()
        self.assertIn("學生請以帳號（學號）及密碼登入", text_of(tree))
        for words in ("電郵", "電子郵件", "還沒有帳戶", "由 Odoo 提供", "管理資料庫"):
            self.assertNotIn(words, text_of(tree))
        self.assertFalse(tree.cssselect("a[href*='/web/signup']"))
        self.assertFalse(tree.cssselect("owl-component"), "who signed in here before")

    def test_the_form_is_there_without_scripts(self):
        (form,) = self.page().cssselect("form.oe_login_form")
        self.assertNotIn("d-none", form.get("class").split())

    def test_a_refusal_is_said_in_chinese(self):
        answer = self.sign_in("210941001", "wrong")
        self.assert_out(answer, "帳號或密碼不正確")
        tree = html.fromstring(answer.content)
        self.assertEqual(self.field(tree, "login"), "210941001")
        self.assertIsNone(self.field(tree, "password"))

    def test_D48_the_code_is_made_here_with_a_picture_and_a_sound(self):
        tree = self.page()
        (picture,) = tree.cssselect("img.o_ntue_captcha_picture")
        self.assertTrue(picture.get("src").startswith("data:image/png;base64,"))
        (sound,) = tree.cssselect("audio[controls]")
        self.assertTrue(sound.get("src").startswith("/web/captcha/"))
        self.assertEqual(self.url_open(sound.get("src")).headers["Content-Type"], "audio/wav")
        for element in tree.cssselect("script[src], img[src], link[href], iframe[src]"):
            address = element.get("src") or element.get("href")
            self.assertFalse(address.startswith(("http", "//")), address)

    def test_after_five_tries_an_account_waits_for_fifteen_minutes(self):
        for _time in range(5):
            self.visit()
            self.sign_in("210941001", "wrong")
        self.visit()
        self.assert_out(self.sign_in("210941001"), "請於 15 分鐘後再試")

    def test_the_page_is_where_odoo_has_it(self):
        self.assertEqual(self.url_open(f"{LOGIN}?redirect=/my/progress").status_code, 200)
