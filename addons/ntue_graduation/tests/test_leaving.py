"""What a student reads who leaves the form: what is kept, and until when it can be submitted."""

from lxml import html
from odoo.tests import freeze_time, tagged

from .common import TICKABLE, GraduationHttpCase

CLOSED = "2025-11-25 04:00:00"
RETURN_OVER = "2025-12-06 04:00:00"


@tagged("post_install", "-at_install")
class TestLeaving(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.way.account.lang = "en_US"

    def leave(self, moment=None):
        """The texts of the question whether to leave, and of the list after leaving it kept."""
        with freeze_time(moment or "2025-11-10 04:00:00"):
            self.enter(self.way.account)
            self.read_in("en_US")
            asked = self.page(f"/my/graduation/{self.way.record.id}/leave")
            (link,) = asked.cssselect("main a[href*='left=kept']")
            (told,) = self.page(link.get("href")).cssselect("[data-kept]")
        (main,) = asked.cssselect("main")
        return self.text(main), self.text(link), self.text(told)

    def page(self, address):
        self.env.flush_all()
        return html.fromstring(self.url_open(address).text)

    def text(self, part):
        return " ".join(part.text_content().split())

    def test_145_a_saved_draft_is_kept_and_the_day_to_submit_is_named(self):
        self.way.drafted()
        asked, link, told = self.leave()
        self.assertIn("You have saved a draft.", asked)
        self.assertEqual(link, "Keep the draft and leave")
        self.assertIn("The draft is kept. It is not submitted.", told)
        self.assertIn("Come back and submit it by 114-11-21 24:00", told)

    def test_145_after_the_close_nobody_is_told_to_come_back_within_the_period(self):
        self.way.drafted()
        asked, _link, told = self.leave(CLOSED)
        self.assertNotIn("You can go on with it until", asked)
        self.assertNotIn("Come back", told)
        self.assertIn("It cannot be submitted today", told)

    def test_D12_a_return_names_its_own_day_and_none_once_it_is_past(self):
        self.way.returned().tick(*TICKABLE)
        for moment, said in (
            (CLOSED, "Come back and submit it by 114-12-05 24:00"),
            (RETURN_OVER, "It cannot be submitted today"),
        ):
            with self.subTest(moment):
                self.assertIn(said, self.leave(moment)[2])

    def test_D11_of_what_was_returned_it_is_not_said_that_something_was_saved_since(self):
        self.way.returned()
        asked, link, told = self.leave()
        self.assertNotIn("You have saved a draft.", asked)
        self.assertIn("You have saved nothing since", asked)
        self.assertEqual(link, "Leave it as it is")
        self.assertIn("It is left as it was returned to you", told)
        self.way.tick(*TICKABLE)
        asked, link, told = self.leave()
        self.assertIn("You have saved a draft.", asked)
        self.assertIn("The draft is kept.", told)

    def test_nothing_is_told_of_a_draft_that_was_submitted_meanwhile(self):
        self.way.submitted()
        self.enter(self.way.account)
        self.assertFalse(self.page("/my/graduation?left=kept&term=1141").cssselect("[data-kept]"))
