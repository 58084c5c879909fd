"""Who gets where by the addresses around the slip."""

from urllib.parse import unquote

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged

from .common import Way, window

NONE_TO_PRINT = "尚未送出本學期申請，無可列印之確認單"
NOTHING = "這裡沒有可查看的內容"
SCANNED = "/graduation/slip/1141-210941001-1"


class RoutesCase(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.fellow = cls.new_student("210941002", "同系同學")
        for person in (school_of.account_of(cls.student), cls.assistant):
            person.lang = "zh_TW"

    def setUp(self):
        super().setUp()
        self.way = Way(self, self.student)

    def get(self, address, user=None):
        """What ``address`` answers, without being sent on."""
        if user:
            self.enter(user)
        else:
            self.env.flush_all()
            self.authenticate(None, None)
        return self.url_open(address, allow_redirects=False)


@tagged("post_install", "-at_install")
class TestScanned(RoutesCase):
    """The address in the QR code."""

    def form(self):
        return f"/odoo/ntue.graduation.application/{self.way.record.id}"

    def test_it_brings_a_reviewer_to_the_application(self):
        self.way.submitted()
        for user in (self.assistant, self.registrar):
            with self.subTest(user=user.login):
                answer = self.get(SCANNED, user)
                self.assertEqual(answer.status_code, 303)
                self.assertTrue(answer.headers["Location"].endswith(self.form()))

    def test_everybody_else_learns_nothing_not_even_whether_there_is_such_a_slip(self):
        self.way.submitted()
        account = school_of.account_of(self.student)
        people = {
            "the student": account,
            "a fellow student": school_of.account_of(self.fellow),
            "the assistant of another department": self.other_assistant,
            "the registrar of another division": self.registrar_day,
            "an operator": self.operator,
            "somebody who is not signed in": None,
        }
        for name, user in people.items():
            with self.subTest(who=name):
                real, invented = self.get(SCANNED, user), self.get("/graduation/slip/x", user)
                self.assertEqual(real.status_code, invented.status_code, 404)
                told = [answer.text.split("<main", 1)[1] for answer in (real, invented)]
                told = [
                    text.replace("1141-210941001-1", "x").replace("王大明", "") for text in told
                ]
                self.assertNotIn("210941001", told[0])
                self.assertEqual(_without_tokens(told[0]), _without_tokens(told[1]))

    def test_they_are_told_so_kindly_and_reviewers_how_to_sign_in(self):
        answer = self.get(SCANNED, school_of.account_of(self.student))
        self.assertIn(NOTHING, answer.text)
        self.assertIn(f"/web/login?redirect={SCANNED}", answer.text)

    def test_a_draft_is_nobodys(self):
        self.way.drafted()
        for user in (self.assistant, self.registrar):
            self.assertEqual(self.get(SCANNED, user).status_code, 404)

    def test_a_returned_application_is_its_students_again(self):
        self.way.returned()
        self.assertEqual(self.get(SCANNED, self.assistant).status_code, 404)

    def test_an_assistant_does_not_review_themselves_out_of_their_department(self):
        self.way.submitted()
        self.srd.assistant_ids = [(3, self.assistant.id)]
        self.assertEqual(self.get(SCANNED, self.assistant).status_code, 404)

    def test_an_old_paper_is_told_from_the_one_that_counts(self):
        self.way.returned().tick("0733", "0812").submit()
        answer = self.get(SCANNED, self.assistant)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("這份紙本已不適用", answer.text)
        self.assertIn("1141-210941001-2", answer.text)
        self.assertIn(self.form(), answer.text)
        later = self.get("/graduation/slip/1141-210941001-2", self.assistant)
        self.assertTrue(later.headers["Location"].endswith(self.form()))

    def test_what_is_no_number_is_nothing(self):
        self.way.submitted()
        for number in ("1141", "-", "1141-", "1141-210941001", "1141-%-1", "x" * 500):
            with self.subTest(number=number):
                self.assertEqual(
                    self.get(f"/graduation/slip/{number}", self.assistant).status_code, 404
                )


def _without_tokens(text):
    """A page without what is different at each request."""
    return [line for line in text.splitlines() if "csrf" not in line]


@tagged("post_install", "-at_install")
class TestOwn(RoutesCase):
    """The student's own buttons."""

    def test_D25_before_submission_the_button_says_why_there_is_no_slip(self):
        account = school_of.account_of(self.student)
        for stand in (lambda: None, self.way.start, lambda: self.way.tick("0733")):
            stand()
            answer = self.get("/my/graduation/slip", account)
            self.assertIn(NONE_TO_PRINT, answer.text)
            self.assertNotEqual(answer.headers["Content-Type"], "application/pdf")

    def test_D25_a_draft_that_was_never_saved_prints_nothing_blank(self):
        record = self.way.start().record
        address = f"/my/graduation/{record.id}/slip"
        self.assertIn(NONE_TO_PRINT, self.get(address, self.way.account).text)
        self.way.tick("0733")
        answer = self.get(address, self.way.account)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_after_submission_it_opens_the_slip(self):
        record = self.way.submitted().record
        answer = self.get("/my/graduation/slip", self.way.account)
        self.assertTrue(answer.headers["Location"].endswith(f"/my/graduation/{record.id}/slip"))

    def test_173_to_176_the_browser_shows_it_under_a_good_name(self):
        record = self.way.drafted().record
        address = f"/my/graduation/{record.id}/slip"
        for name, step in (("（暫存檔）_1141", None), ("_1141", self.way.submit)):
            if step:
                step()
            given = unquote(self.get(address, self.way.account).headers["Content-Disposition"])
            self.assertTrue(given.startswith("inline"), given)
            self.assertIn(f"主修畢業學分審核確認單{name}-210941001.pdf", given)

    def test_somebody_who_has_no_student_record_reads_that_there_is_no_slip(self):
        answer = self.get("/my/graduation/slip", self.assistant)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(NONE_TO_PRINT, answer.text)

    def test_28_the_guide_is_a_page_and_a_paper(self):
        page = self.get("/my/graduation/guide", self.way.account)
        self.assertIn("操作流程", page.text)
        paper = self.get("/my/graduation/guide/pdf", self.way.account)
        self.assertEqual(paper.headers["Content-Type"], "application/pdf")

    def test_nobody_who_is_not_signed_in_gets_anywhere(self):
        for address in ("/my/graduation/slip", "/my/graduation/guide", "/my/graduation/guide/pdf"):
            answer = self.get(address)
            self.assertIn("/web/login", answer.headers["Location"], address)
