from lxml import html
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import school as school_of
from .common import SchoolHttpCase

PAGES = {
    # address → page of the menu, and what it is marked with
    "/my": None,
    "/my/progress": ("/my/progress", "page"),
    "/my/progress/what-if?try=1": ("/my/progress", "true"),
    "/my/profile": ("/my/profile", "page"),
    "/my/profile/privacy": ("/my/profile", "true"),
    "/my/security": None,
    "/my/nothing/of/the/kind": None,
}


@tagged("post_install", "-at_install")
class TestPortalMenu(SchoolHttpCase):
    """教務資訊 and 個人資訊 beside every page (86), Odoo's too, with the page one is on marked.

    The database of the tests speaks Chinese, as the school does.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.account = school_of.account_of(cls.student)

    def page(self, address, user=None):
        self.enter(user or self.account)
        with mute_logger("odoo.http"):
            return html.fromstring(self.url_open(address).content)

    def test_it_stands_on_every_page_and_marks_the_one_that_is_open(self):
        for address, marked in PAGES.items():
            with self.subTest(address=address):
                (menu,) = self.page(address).cssselect("nav#ntue_menu")
                here = [
                    (link.get("href"), link.get("aria-current"))
                    for link in menu.cssselect("a[aria-current]")
                ]
                self.assertEqual(here, [marked] if marked else [])
                self.assertEqual(
                    [text.text for text in menu.cssselect(".o_ntue_menu_title")],
                    ["教務資訊", "個人資訊"],
                )

    def test_it_needs_no_script_and_every_link_of_it_leads_to_a_page(self):
        (menu,) = self.page("/my").cssselect("nav#ntue_menu")
        self.assertEqual(menu.cssselect("button, [data-bs-toggle], .collapse"), [])
        self.assertTrue(menu.get("aria-label"))
        links = [link.get("href") for link in menu.cssselect("a")]
        self.assertLessEqual({"/my/progress", "/my/profile"}, set(links))
        for address in links:
            answer = self.url_open(address)
            self.assertEqual((answer.status_code, answer.url.endswith(address)), (200, True))

    def test_the_window_of_the_browser_says_page_and_school(self):
        school = self.env.company.name
        for address, title in (
            ("/my", school),
            ("/my/progress", f"修業進度管制 · {school}"),
            ("/my/profile/privacy", f"學生基本資料 · {school}"),
        ):
            self.assertEqual(self.page(address).findtext(".//title"), title)

    def test_somebody_who_is_no_student_has_none(self):
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        for user in (guest, self.assistant):
            self.assertEqual(self.page("/my", user).cssselect("#ntue_menu"), [])
        self.authenticate(None, None)
        with mute_logger("odoo.http"):
            found = html.fromstring(self.url_open("/my/nothing").content)
        self.assertEqual(found.cssselect("#ntue_menu"), [])

    def test_an_employee_who_studies_here_has_it(self):
        self.student.partner_id = self.assistant.partner_id
        self.assertTrue(self.page("/my", self.assistant).cssselect("#ntue_menu"))
