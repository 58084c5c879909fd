"""What a student asks who does this for the first time is answered where she asks it."""

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .common import TICKABLE, GraduationHttpCase
from .stands import supplement


@tagged("post_install", "-at_install")
class TestNineDoubts(GraduationHttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")
        self.enter(self.way.account)
        self.opener.cookies["frontend_lang"] = "en_US"

    def page(self, address):
        self.env.flush_all()
        return html.fromstring(self.url_open(address).text)

    def text(self, page, selector="main"):
        return " ".join(" ".join(part.itertext()) for part in page.cssselect(selector)).split()

    def assert_says(self, page, sentence, selector="main"):
        self.assertIn(sentence, " ".join(self.text(page, selector)))

    def test_1_which_e_mail_gets_what(self):
        """The diploma's address on the profile, the receipt's on the page that follows sending."""
        self.assert_says(
            self.page("/my/profile"),
            "The digital diploma is sent to this address. Choose one that you keep after",
        )
        self.way.submitted()
        page = self.page("/my/graduation?submitted=1")
        self.assert_says(
            page,
            "A confirmation with the slip and a calendar entry goes to "
            f"{self.way.account.partner_id.email}",
        )

    def test_2_nobody_is_asked_to_make_an_account(self):
        self.authenticate(None, None)
        page = self.page("/web/login")
        self.assertEqual(page.cssselect("a[href*='signup']"), [])
        if "ntue.captcha" in self.env:  # the campus's own sign-in page is there
            self.assert_says(
                page, "Students sign in with their account (student number) and password.", "body"
            )

    def test_3_name_and_e_mail_have_one_door(self):
        """No address book beside the profile, under whatever name."""
        links = {link.get("href") for link in self.page("/my").cssselect("a[href^='/my/']")}
        self.assertIn("/my/profile", links)
        self.assertFalse(links & {"/my/account", "/my/addresses"})
        self.assertTrue(self.url_open("/my/account").url.endswith("/my/profile"))

    def test_4_credits_and_course_records_are_told_apart(self):
        """Twelve records, of which nine make the 28 credits."""
        form = self.page(f"/my/graduation/{self.way.drafted().record.id}")
        head = form.cssselect("[data-block=header] [data-figure]")
        figures = {row.get("data-figure"): row.text for row in head}
        self.assertEqual((figures["taken"], figures["records"]), ("28", "12"))
        self.assert_says(
            form,
            "Of the course records: 9 count in the credits taken, 2 are from elsewhere and count "
            "by a tick only, 1 do not count.",
        )

    def test_5_why_fewer_can_be_ticked_than_are_listed(self):
        """A department that approves beforehand has approved nothing."""
        rules = school_of.RULE_F2
        draft = school_of.framework(self.school, "SRD-E-111", self.program, 111, rules)
        of_framework = school_of.publish(draft)
        student = self.new_student("210941008", "核准學生", of_framework=of_framework)
        way = self.way_of(student).start()
        self.enter(way.account)
        form = self.page(f"/my/graduation/{way.record.id}")
        self.assert_says(form, "Of the 2 courses listed 2 cannot be ticked")
        boxes = form.cssselect("input[name=tick]")
        self.assertEqual([box.get("disabled") is not None for box in boxes], [True, True])
        self.assert_says(form, "your department has not approved it beforehand")

    def test_6_whether_it_was_submitted(self):
        self.way.drafted()
        self.way.by_student("write", {"tick_ids": self.way.ticks(*TICKABLE)})
        address = f"/my/graduation/{self.way.record.id}"
        for page in ("/my", "/my/graduation", address):
            self.assertRegex(
                " ".join(self.text(self.page(page))), "[Nn]ot submitted|Nothing is saved"
            )
        self.way.submit()
        for page in ("/my", "/my/graduation", address):
            self.assertNotIn("not submitted", " ".join(self.text(self.page(page))).lower())

    def test_7_whether_something_is_to_be_handed_in_or_nothing_is_to_be_done(self):
        supplement(self.way)
        for address in ("/my", "/my/graduation", f"/my/graduation/{self.way.record.id}"):
            page = self.page(address)
            self.assert_says(page, "Your department asks you for a supplement.")
            self.assertNotIn("Nothing: ", " ".join(self.text(page)))

    def test_8_which_total_counts_and_what_is_in_it(self):
        self.way.submitted()
        for address in ("/my", "/my/graduation", f"/my/graduation/{self.way.record.id}"):
            page = self.page(address)
            self.assert_says(
                page,
                "You are expected to have 34 of 32 credits, courses in progress included.",
            )

    def test_9_until_what_hour(self):
        self.way.drafted()
        until = "114-11-21 24:00 (2025-11-21)"
        for address in ("/my", "/my/graduation", f"/my/graduation/{self.way.record.id}"):
            self.assert_says(self.page(address), until)
