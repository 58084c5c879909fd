"""Section C, the frame: 校園入口網 as it looks once one is signed in."""

from odoo.tests import tagged

from .desk import DeskCase, text_of

PAGES = ("/my", "/my/progress", "/my/graduation", "/my/profile", "/my/security")


@tagged("post_install", "-at_install")
class TestFrame(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "北教大"

    def panel(self, name, address="/my"):
        return self.one(self.page(address), f"header.o_ntue_frame #{name}")

    def test_056_the_sign_in_has_a_way_back_to_the_home_page(self):
        self.env.company.website = "https://www.ntue.edu.tw"
        self.authenticate(None, None)
        page = self.url_open("/web/login", headers={"Accept-Language": "zh-TW"})
        self.assertIn("回首頁", page.text)

    def test_057_the_desk_is_the_first_of_the_academic_systems(self):
        group = self.panel("ntue_applications").cssselect(".o_ntue_group")[0]
        self.assertEqual(text_of(group.cssselect("summary")[0]), "校務教學系統")
        self.assertEqual(text_of(group.cssselect("li")[0]), "iNTUE 校務資訊系統")

    def test_065_the_school_at_the_top_left_leads_home_from_every_page(self):
        for address in PAGES:
            home = self.one(self.page(address), "header.o_ntue_frame a.o_ntue_home")
            self.assertEqual((home.get("href"), text_of(home)[:3]), ("/my", "北教大"), address)

    def test_066_without_a_picture_the_name_stands_at_the_top_right_and_opens_a_panel(self):
        person = self.panel("ntue_person")
        self.assertEqual(person.tag, "details")
        self.see("王大明", self.one(person, "summary"))
        self.assertIsNone(person.get("open"))

    def test_067_068_the_panel_shows_name_and_student_number(self):
        who = self.one(self.panel("ntue_person", "/my/progress"), ".o_ntue_who")
        self.assertEqual(text_of(who), "王大明 210941001")

    def test_069_a_button_opens_recent_use_and_applications(self):
        applications = self.panel("ntue_applications")
        self.see("應用系統", applications.cssselect("summary")[0])
        self.assertEqual(self.words(applications, "h2"), ["常用的系統使用紀錄", "應用系統"])
        desk = self.env.ref("ntue_campus_login.app_desk")
        self.page("/my")
        self.url_open(f"/my/applications/{desk.id}")
        recent = self.one(self.panel("ntue_applications"), "#ntue_recent li")
        self.see("iNTUE 校務資訊系統 114-11-10", recent)

    def test_070_applications_stand_in_groups_that_are_closed_at_first_and_open(self):
        for group in self.panel("ntue_applications").cssselect(".o_ntue_group"):
            self.assertEqual((group.tag, group.get("open")), ("details", None))
            self.assertTrue(group.cssselect("li a"))

    def test_086_the_menu_holds_progress_and_application_on_every_page(self):
        for address in PAGES:
            menu = self.one(self.page(address), "nav#ntue_menu")
            self.assertEqual(
                self.words(menu, ".o_ntue_menu_group"),
                ["教務資訊 修業進度管制 畢業資格申請", "個人資訊 學生基本資料"],
            )
