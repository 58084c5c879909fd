"""應用系統 and 常用的系統使用紀錄: opened by the list, remembered for the student alone."""

from datetime import date, timedelta

from lxml import html
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOON, SchoolCase, SchoolHttpCase
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..web_address import LONGEST
from . import portal_records as records


@tagged("post_install", "-at_install")
class TestApplications(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.recent = cls.env["ntue.portal.recent"]

    def open(self, app, user=None):
        self.enter(user or self.account)
        self.env.flush_all()
        answer = self.url_open(f"/my/applications/{app.id}", allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def panel(self):
        self.enter(self.account)
        return html.fromstring(self.url_open("/my").content).get_element_by_id("ntue_applications")

    def test_an_entry_leads_to_the_address_that_the_school_gave_it(self):
        answer = self.open(self.app)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(answer.headers["Location"], "https://library.example.edu.tw/")

    def test_the_entry_of_this_desk_opens_it_without_another_sign_in(self):
        self.enter(self.account)
        answer = self.url_open(f"/my/applications/{self.env.ref('ntue_campus_login.app_desk').id}")
        self.assertEqual((answer.status_code, answer.url.endswith("/my")), (200, True))
        self.assertIn("210941001", answer.text)

    def test_an_address_of_the_request_leads_nowhere(self):
        self.enter(self.account)
        for path in (
            f"/my/applications/{self.app.id}?address=https://evil.example/",
            f"/my/applications/{self.app.id}?url=https://evil.example/",
        ):
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.headers["Location"], "https://library.example.edu.tw/")
        self.app.active = False
        for number in (self.app.id, 2_000_000_000):
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/my/applications/{number}").status_code, 404)

    def test_what_was_opened_last_stands_first_and_once(self):
        desk = self.env.ref("ntue_campus_login.app_desk")
        for number, app in enumerate((self.app, desk, self.app)):
            with freeze_time(f"2025-11-10 04:0{number}:00"):
                self.open(app)
        rows = self.recent.search([("student_id", "=", self.student.id)])
        self.assertEqual(rows.mapped("app_id"), self.app | desk)
        self.assertEqual(rows.mapped("times"), [2, 1])
        links = self.panel().cssselect("#ntue_recent a")
        shown = [" ".join(link.text_content().split()) for link in links]
        self.assertEqual(shown, ["圖書館 114-11-10 12:02", "iNTUE 校務資訊系統 114-11-10 12:01"])

    def test_nobody_else_sees_it_and_nobody_makes_it_up(self):
        self.open(self.app)
        row = self.recent.search([("student_id", "=", self.student.id)])
        for user in (school_of.account_of(self.fellow), self.assistant, self.registrar):
            self.assertEqual(self.rpc(user, row._name, "search", [("id", "=", row.id)]), [])
        forged = {"student_id": self.student.id, "app_id": self.app.id, "times": 1}
        for method, args in (
            ("create", [{**forged, "used_at": NOON}]),
            ("write", [row.ids, {"times": 99}]),
        ):
            self.refused(self.account, row._name, method, *args)

    def test_somebody_who_is_no_student_is_led_on_and_not_remembered(self):
        before = self.recent.search_count([])
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        for user in (self.assistant, guest):
            self.assertEqual(self.open(self.app, user).status_code, 303)
        self.assertEqual(self.recent.search_count([]), before)

    def test_a_student_deletes_the_own_record_and_no_other(self):
        self.open(self.app)
        self.open(self.app, school_of.account_of(self.fellow))
        self.enter(self.account)
        self.assertIn("/my/applications/forget", self.url_open("/my").text)
        self.assertEqual(self.post("/my/applications/forget").status_code, 200)
        self.assertEqual(self.recent.search([]).student_id, self.fellow)
        self.assertNotIn("/my/applications/forget", self.url_open("/my").text)

    def test_groups_open_and_show_what_the_registrar_listed_at_once(self):
        groups = [group.text for group in self.panel().cssselect(".o_ntue_group > summary")]
        self.assertIn("圖書資源", groups)
        self.app.with_user(self.registrar).name = "新圖書館"
        self.assertIn("新圖書館", self.panel().text_content())
        self.app.group_id.with_user(self.registrar).active = False
        self.assertNotIn("圖書資源", self.panel().text_content())

    def test_what_leads_elsewhere_opens_in_a_tab_of_its_own_and_says_so(self):
        elsewhere = self.panel().cssselect("a[target=_blank]")
        (link,) = [found for found in elsewhere if "圖書館" in found.text_content()]
        self.assertEqual(link.get("rel"), "noopener noreferrer")
        self.assertIn("在新分頁開啟", link.text_content())


@tagged("post_install", "-at_install")
class TestAddresses(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)

    def test_an_address_is_https_or_none(self):
        for bad in (
            "http://library.example.edu.tw/",
            "javascript:alert(1)",
            "//library.example.edu.tw/",
            "/my",
            "https://me:secret@library.example.edu.tw/",
            "https://library.example.edu.tw/\\evil",
            "https://library.example.edu.tw/ a",
            "https://",
            "https://library.example.edu.tw:0/",
            f"https://library.example.edu.tw/{'x' * LONGEST}",
        ):
            with self.subTest(address=bad), self.undone(), self.assertRaises(ValidationError):
                self.app.with_user(self.registrar).address = bad
        for good in (False, "https://b.example.edu.tw:8443/a?b=c#d"):
            self.app.with_user(self.registrar).address = good
            self.assertEqual(self.app._leads_to(), good or "/my")

    def test_somebody_who_is_no_registrar_of_a_division_lists_nothing(self):
        for user in (self.assistant, self.operator, school_of.account_of(self.student)):
            with self.undone(), self.assertRaises(AccessError):
                self.app.with_user(user).name = "Changed"


@tagged("post_install", "-at_install")
class TestKeepingUses(SchoolCase):
    """The record of use goes after its time, on request, and is in the student's copy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.env["ntue.portal.recent"].with_user(cls.account)._note(cls.app.with_user(cls.account))
        cls.use = cls.env["ntue.portal.recent"].search([("student_id", "=", cls.student.id)])

    def test_it_goes_half_a_year_after_it_was_opened_last(self):
        first = date.fromisoformat(NOON[:10])
        keeping.run(self, f"{first + timedelta(days=179)} 04:00:00")
        self.assertTrue(self.use.exists())
        keeping.run(self, f"{first + timedelta(days=180)} 04:00:00")
        self.assertFalse(self.use.exists())

    def test_its_days_are_a_setting(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.ntue_keep_app_uses_days, 180)
        settings.ntue_keep_app_uses_days = 30
        first = date.fromisoformat(NOON[:10])
        keeping.run(self, f"{first + timedelta(days=30)} 04:00:00")
        self.assertFalse(self.use.exists())

    def test_it_goes_with_an_erasure_which_tells_of_it_before(self):
        student = self.student.with_user(self.registrar)
        rows = [row for row in student._erasure_plan("contacts") if "applications" in row["what"]]
        self.assertEqual([(row["number"], row["goes"]) for row in rows], [(1, True)])
        with freeze_time(keeping.LATER):
            vals = {"student_id": student.id, "reason": "Letter", "understood": True}
            number = self.rpc(self.registrar, "ntue.student.erasure", "create", vals)
            self.rpc(self.registrar, "ntue.student.erasure", "action_erase", [number])
        self.assertFalse(self.use.exists())

    def test_it_is_in_the_students_own_copy_and_on_the_page_about_her_data(self):
        student = self.student.with_user(self.account)
        (use,) = student._kept()["Use of an application"]
        self.assertIn("圖書館", use.values())
        kinds = {kind["label"]: kind["seen"] for kind in student._privacy_page()["kinds"]}
        self.assertIn("You alone.", kinds["Which applications students opened"])
