"""The frame around a student's pages: school, applications, person, language, way out."""

import base64
from unittest.mock import patch

from lxml import html
from odoo.addons.ntue_curriculum.tests import records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.addons.ntue_curriculum.tests.cost import PageCostCase
from odoo.addons.ntue_curriculum.tests.papers import picture
from odoo.tests import tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestFrame(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.company = cls.env.company
        cls.company.name = "示範大學"

    def page(self, address="/my", user=None):
        self.enter(user or self.account)
        with mute_logger("odoo.http"):
            return html.fromstring(self.url_open(address).content)

    def frame(self, *args, **kwargs):
        found = self.page(*args, **kwargs).cssselect("header.o_ntue_frame")
        self.assertEqual(len(found), 1)
        return found[0]

    def test_the_schools_name_leads_home_where_there_is_no_logo(self):
        self.assertTrue(self.company.uses_default_logo)
        (home,) = self.frame("/my/security").cssselect("a.o_ntue_home")
        self.assertEqual(home.get("href"), "/my")
        self.assertIn("示範大學", home.text_content())
        self.assertEqual(home.cssselect("img"), [])

    def test_the_schools_logo_is_a_setting(self):
        settings = self.env["res.config.settings"].create({})
        settings.ntue_school_logo = base64.b64encode(picture())
        settings.ntue_school_name = "示範科技大學"
        settings.execute()
        (logo,) = self.frame().cssselect("a.o_ntue_home img")
        self.assertEqual(logo.get("alt"), "示範科技大學")
        answer = self.url_open(logo.get("src"))
        self.assertTrue(answer.headers["Content-Type"].startswith("image/"))

    def test_what_is_no_address_of_a_page_is_nobodys_home_page(self):
        """People who keep contacts write the school's: the sign-in page runs nothing of it."""
        for wrong in ("javascript:alert(1)", "data:text/html,x", "https://a@b.example", "ftp://a"):
            self.company.partner_id.website = wrong
            self.env.flush_all()
            self.authenticate(None, None)
            for address in ("/web/login", "/web/forgotten"):
                page = html.fromstring(self.url_open(address).content)
                leads = [link.get("href") for link in page.cssselect("a[href]")]
                self.assertNotIn(self.company.website, leads, address)
        self.company.website = "http://www.example.edu.tw/"
        self.env.flush_all()
        self.assertIn('href="http://www.example.edu.tw/"', self.url_open("/web/login").text)

    def test_every_page_before_the_sign_in_says_what_it_is_and_names_no_maker(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        for address in ("/web/login", "/web/forgotten", "/web/reset_password", "/web/invitation"):
            self.authenticate(None, None)
            page = html.fromstring(self.url_open(address).content)
            (title,) = page.cssselect("title")
            with self.subTest(address):
                self.assertNotIn(title.text, (None, "", "None", "Odoo"))
                links = " ".join(link.text_content() for link in page.cssselect("body a"))
                self.assertNotIn("Odoo", links)

    def test_the_sign_in_says_whose_either_way_to_a_new_password_is(self):
        """Students have a page of their own: two links that are called alike help nobody."""
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/login").content)
        (own,) = page.cssselect("a[href='/web/forgotten']")
        (other,) = page.cssselect("a[href^='/web/reset_password']")
        self.assertEqual(own.text_content().strip(), "忘記登入密碼")
        self.assertIn("教職員", other.text_content())

    def test_no_page_of_anybody_shows_a_logo_of_nobodys(self):
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        pages = [self.page(user=user) for user in (self.account, self.assistant, guest)]
        self.authenticate(None, None)
        pages.append(html.fromstring(self.url_open("/web/login").content))
        for page in pages:
            logos = page.xpath("//img[contains(@src, 'logo') and not(contains(@alt, 'Odoo'))]")
            self.assertEqual([logo.get("src") for logo in logos], [])
            self.assertIn("示範大學", page.text_content())

    def test_name_and_number_stand_behind_the_picture(self):
        person = self.frame().get_element_by_id("ntue_person")
        self.assertEqual(person.cssselect("summary .o_ntue_face")[0].text, "大明")
        self.assertEqual(person.cssselect("summary .o_ntue_name")[0].text, "王大明")
        (panel,) = person.cssselect(".o_ntue_who")
        self.assertEqual(panel.cssselect("strong")[0].text, "王大明")
        self.assertEqual(panel.get_element_by_id("ntue_student_no").text, "210941001")

    def test_a_picture_stands_in_place_of_the_initials(self):
        self.student.partner_id.image_1920 = base64.b64encode(picture())
        person = self.frame().get_element_by_id("ntue_person")
        (face,) = person.cssselect("summary img.o_ntue_face")
        self.assertEqual(face.get("alt"), "")  # the name is beside it
        self.assertIn("王大明", person.cssselect("summary")[0].text_content())
        self.assertEqual(self.url_open(face.get("src")).headers["Content-Type"], "image/png")

    def test_every_link_of_the_frame_leads_to_a_page_and_the_last_one_out(self):
        frame = self.frame()
        links = [link.get("href") for link in frame.cssselect("a[href]")]
        self.assertIn("/my/security", links)
        for address in links:
            if "logout" not in address:
                self.assertEqual(self.url_open(address).status_code, 200, address)
        (out,) = [address for address in links if "logout" in address]
        self.assertTrue(self.url_open(out).url.endswith("/web/login"))
        self.assertIn("/web/login", self.url_open("/my").url)

    def test_it_opens_without_a_script(self):
        frame = self.frame()
        self.assertEqual(frame.cssselect("[data-bs-toggle], .dropdown-toggle"), [])
        self.assertEqual(
            [drop.get("id") for drop in frame.cssselect("details.o_ntue_drop")],
            ["ntue_applications", "ntue_person"],
        )

    def test_languages_are_offered_where_there_are_several(self):
        self.assertEqual(self.frame().cssselect("#ntue_languages"), [])
        self.env["res.lang"]._activate_lang("en_US")
        languages = self.frame().get_element_by_id("ntue_languages")
        offered = {link.get("lang"): link for link in languages.cssselect("a")}
        self.assertLessEqual({"en-US", "zh-TW"}, set(offered))
        here = [lang for lang, link in offered.items() if link.get("aria-current")]
        self.assertEqual(len(here), 1)
        for lang, word in (("zh-TW", "登出"), ("en-US", "Sign out"), ("zh-TW", "登出")):
            for address in (offered[lang].get("href"), "/my/progress"):  # it is kept
                page = html.fromstring(self.url_open(address).content)
                self.assertIn(word, page.get_element_by_id("top").text_content())

    def test_somebody_who_is_no_student_keeps_odoos_own_header(self):
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        for user in (guest, self.assistant):
            page = self.page(user=user)
            self.assertEqual(page.cssselect(".o_ntue_frame"), [])
            self.assertTrue(page.cssselect("header#top"))
        self.assertEqual(len(self.page().cssselect("header#top")), 1)

    def test_the_sign_in_leads_to_the_schools_home_page(self):
        self.authenticate(None, None)
        self.assertNotIn("ntue_home_page", self.url_open("/web/login").text)
        self.company.website = "https://www.example.edu.tw"
        page = html.fromstring(self.url_open("/web/login").content)
        link = page.get_element_by_id("ntue_home_page")
        self.assertEqual(link.get("href"), "https://www.example.edu.tw")


@tagged("post_install", "-at_install")
class TestFrameCost(PageCostCase):
    """What the frame asks of the database beside the page in it."""

    MOST = 4

    def test_it_asks_a_few_things_however_much_there_is(self):
        student = self.student_with(10)
        self.asked_by("/my/progress", student)
        framed = len(self.asked_by("/my/progress", student))
        group = self.env.ref("ntue_campus_login.app_group_academic")
        apps = self.env["ntue.portal.app"].create(
            [{"name": f"App {number}", "group_id": group.id} for number in range(30)]
        )
        recent = self.env["ntue.portal.recent"].with_user(school_of.account_of(student))
        for app in apps:
            recent._note(app.with_env(recent.env))
        self.asked_by("/my/progress", student)
        self.assertEqual(len(self.asked_by("/my/progress", student)), framed)
        with self.unframed():
            bare = len(self.asked_by("/my/progress", student))
        self.assertLessEqual(framed - bare, self.MOST)

    def unframed(self):
        """The same page without what this addon puts around it."""
        return patch.object(type(self.env["ntue.frame"]), "_values", lambda *_args: {})
