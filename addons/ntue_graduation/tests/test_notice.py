from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged

from .common import Way, window

ADDRESS = "/my/graduation/notice"


@tagged("post_install", "-at_install")
class TestNotice(SchoolHttpCase):
    """The notice page is made from the window; it needs no script and writes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.window = window(
            cls.school,
            contact_name="承辦人",
            contact_phone="82203",
            legal_basis_url="https://www.example.com/rules",
        )
        cls.student = cls.new_student("210941001", "王大明")

    def setUp(self):
        super().setUp()
        self.opener.cookies["frontend_lang"] = "en_US"
        self.enter(school_of.account_of(self.student))

    def page(self, address=ADDRESS):
        self.env.flush_all()
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.url.endswith(address), answer.url)
        return html.fromstring(answer.text)

    def block(self, name):
        """The text of a part of the notice; nothing when it is not there."""
        found = self.page().xpath(f"//*[@data-block='{name}']")
        return " ".join(found[0].text_content().split()) if found else ""

    def test_6_the_period_is_told_in_roc_years_with_the_days_that_are_left(self):
        told = self.block("period")
        self.assertIn("from 114-10-27 (2025-10-27) to 114-11-21 (2025-11-21)", told)
        self.assertIn("until 114-11-21 (2025-11-21) (days left: 11)", told)
        self.assertIn("115-02-13", told)

    def test_6_the_state_of_the_period_is_told_on_either_side_of_it(self):
        for vals, words in (
            ({"date_open": "2025-11-11"}, "taken from 114-11-11"),
            ({"date_close": "2025-11-10"}, "Today is the last day"),
            ({"date_close": "2025-11-09"}, "ended on 114-11-09"),
        ):
            with self.subTest(vals=vals):
                self.window.write({"date_open": "2025-10-27", "date_close": "2025-11-21", **vals})
                self.assertIn(words, self.block("period"))

    def test_8_it_says_who_applies_and_who_need_not(self):
        self.assertIn("collect their diploma this term", self.block("who_applies"))
        told = self.block("who_waits")
        for words in ("has nothing to do", "teacher education", "selection examination"):
            self.assertIn(words, told)  # 8, 17, 18
        self.assertIn("Office of Teacher Education", told)  # 19

    def test_9_it_says_the_conditions(self):
        told = self.block("conditions")
        for words in ("at least 2 terms", "will be with the courses of this term", "they hold"):
            self.assertIn(words, told)  # 9, 10, 12

    def test_29_it_says_the_steps_in_their_order_with_links_to_the_pages(self):
        told = self.block("steps")
        order = [told.index(word) for word in ("study progress", "New application", "Print")]
        self.assertEqual(order, sorted(order))
        links = self.page().xpath("//*[@data-block='steps']//a/@href")
        self.assertEqual(links, ["/my/progress", "/my/profile", "/my/graduation"])

    def test_14_it_shows_the_schedule_with_its_four_columns(self):
        table = self.page().xpath("//table[@role='table']")[0]
        heads = [cell.text_content() for cell in table.xpath(".//th[@scope='col']")]
        self.assertEqual(heads, ["Days", "Item", "Content", "Remark"])
        rows = table.xpath(".//tbody/tr")
        self.assertEqual(len(rows), 5)
        cells = [cell.text_content().strip() for cell in rows[0].xpath("./td")]
        self.assertEqual(cells[0], "114-10-27 (2025-10-27) – 114-11-21 (2025-11-21)")
        self.assertTrue(all(cells))

    def test_27_it_shows_the_cautions(self):
        told = self.block("cautions")
        for words in (
            "your own responsibility",  # 27, 41
            "cannot change anything yourself",  # 156, 158
            "does not count as an application",  # 194
            "holds for this term only",  # 186
        ):
            self.assertIn(words, told)

    def test_7_it_shows_contact_and_legal_basis(self):
        told = self.block("contact")
        for words in ("承辦人", "82203", "社會與區域發展學系", "what can still be done"):  # 22–25
            self.assertIn(words, told)
        link = self.page().xpath("//a[@href='https://www.example.com/rules']")[0]
        self.assertIn("graduation qualification", link.text_content())

    def test_51_it_links_to_where_names_are_spelled(self):
        self.assertTrue(
            self.page().xpath("//a[@href='https://www.boca.gov.tw/sp-natr-singleform-1.html']")
        )

    def test_21_early_entry_years_read_that_the_classification_is_for_reference(self):
        self.assertEqual(self.block("legacy"), "")
        self.student.entry_year = 98
        self.assertIn("for reference only", self.block("legacy"))

    def test_I14_what_the_registrar_writes_is_what_students_read(self):
        self.window.write(
            {"who_waits": "<script>x</script> 其他人", "teacher_education": False, "steps": False}
        )
        self.window.schedule_ids[0].remark = "新的備註"
        page = self.page()
        self.assertIn("<script>x</script> 其他人", page.text_content())
        self.assertFalse(page.xpath("//*[@data-block='who_waits']//script"))
        self.assertIn("新的備註", page.text_content())
        self.assertFalse(page.xpath("//*[@data-block='steps']"))

    def test_the_notice_is_in_the_language_of_its_reader(self):
        self.opener.cookies["frontend_lang"] = "zh_TW"
        page = self.page()
        self.assertIn("畢業流程日程表", page.text_content())
        self.assertIn("114-10-27 – 114-11-21", page.text_content())
        self.assertNotIn("Hand in", page.text_content())

    def test_D13_it_tells_of_a_permit(self):
        self.assertEqual(self.block("permit"), "")
        self.window.write({"date_close": "2025-11-09"})
        self.env["ntue.graduation.late.permit"].with_user(self.assistant).create(
            {
                "student_id": self.student.id,
                "term_id": self.terms["1141"].id,
                "reason": "住院",
                "date_end": "2025-12-05",
            }
        )
        self.assertIn("until 114-12-05", self.block("permit"))
        listed = self.page("/my/graduation")
        self.assertIn("until 114-12-05", listed.text_content())
        self.assertTrue(listed.xpath("//form[@action='/my/graduation/new']"))

    def test_without_an_announced_window_it_says_so(self):
        for vals in ({"date_leave": "2025-11-09"}, {"kind": "summer"}, {"division": "day"}):
            with self.subTest(vals=vals):
                self.window.write(
                    {
                        "date_open": "2025-10-01",
                        "date_close": "2025-10-31",
                        "date_leave": "2026-02-13",
                        "kind": False,
                        "division": "continuing",
                        **vals,
                    }
                )
                page = self.page()
                self.assertTrue(page.xpath("//*[@data-empty]"))
                self.assertFalse(page.xpath("//*[@data-block]"))
                self.assertFalse(self.page("/my").xpath(f"//a[@href='{ADDRESS}']"))

    def test_it_is_reached_from_the_home_page_and_the_list(self):
        for address in ("/my", "/my/graduation"):
            self.assertTrue(self.page(address).xpath(f"//a[@href='{ADDRESS}']"), address)

    def test_it_writes_nothing_and_tells_nothing_of_others(self):
        other = self.new_student("210941002", "同系同學")
        Way(self, other).drafted()
        before = self.fingerprint()
        text = self.page().text_content()
        self.assertEqual(self.fingerprint(), before)
        self.assertNotIn("同系同學", text)

    def test_somebody_who_is_no_student_or_not_signed_in_is_told_so(self):
        self.enter(self.operator)
        self.assertIn("No student record", self.url_open(ADDRESS).text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(ADDRESS).url)
