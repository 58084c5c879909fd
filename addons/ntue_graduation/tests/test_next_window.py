"""The next term's window is prepared, or open, while an application is still in work."""

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import freeze_time, tagged

from ..pages.check import check_version
from ..pages.home import home_rows
from ..pages.in_work import present
from .common import APPLICATION, TICKABLE, GraduationHttpCase, window
from .stands import STANDS

LIST = "/my/graduation"
BEFORE = "2025-11-25 04:00:00"
"""After the close of 1141; the window of 1142 is prepared, and a return may still be answered."""
WITHIN = "2025-12-02 04:00:00"
"""Within the period of 1142."""


@tagged("post_install", "-at_install")
class TestNextWindow(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.account.lang = "en_US"
        cls.env["res.lang"]._activate_lang("en_US")
        term = cls.env["ntue.term"].search([("code", "=", "1142")]) or cls.env["ntue.term"].create(
            {"code": "1142", "date_start": "2026-02-01", "date_end": "2026-07-31"}
        )
        days = {"date_open": "2025-12-01", "date_close": "2025-12-20", "date_leave": "2026-07-31"}
        cls.next = window(cls.school, term_id=term.id, **days)

    def own(self):
        self.env.invalidate_all()
        return self.student.with_user(self.way.account).with_context(lang="en_US")

    def enter_as(self, user):
        self.enter(user)
        self.opener.cookies["frontend_lang"] = "en_US"

    def page(self, address):
        self.env.flush_all()
        self.answer = self.url_open(address)
        self.assertEqual(self.answer.status_code, 200, address)
        return html.fromstring(self.answer.text)

    def text(self, part):
        return " ".join(part.text_content().split())

    def redirected(self, address):
        self.env.flush_all()
        return self.url_open(address, allow_redirects=False).headers.get("Location", "")

    def submit_by_page(self, way):
        """What answers 確認送出 of the check page."""
        mine = way.record.with_user(way.account)
        sent = {"version": check_version(mine), "shortfall_acknowledged": "1"}
        self.answer = self.post(f"{LIST}/{way.record.id}/submit", **sent)
        return html.fromstring(self.answer.text)

    def another_one(self):
        """Her application for 1142, begun where she may."""
        return self.way_of(self.student).start().tick(*TICKABLE)

    # What has just happened is told of the application to which it happened

    def test_159_what_is_submitted_again_after_the_close_is_confirmed_with_number_and_slip(self):
        self.way.returned().tick(*TICKABLE)
        with freeze_time(BEFORE):
            self.enter_as(self.way.account)
            for already in (False, True):
                (box,) = self.submit_by_page(self.way).cssselect("#submitted")
                self.assertEqual(bool(box.cssselect("[data-already]")), already)
                self.assertIn("1141-210941001", self.text(box))
                self.assertTrue(box.cssselect(f"a[href='{LIST}/{self.way.record.id}/slip']"))
                self.assertIn("Print the slip, sign it and hand it in.", self.text(box))

    def test_159_of_two_in_work_that_one_is_confirmed_which_was_submitted(self):
        STANDS["first_failed"](self.way)
        with freeze_time(WITHIN):
            later = self.another_one()
            self.enter_as(self.way.account)
            (box,) = self.submit_by_page(later).cssselect("#submitted")
            self.assertIn("1142-210941001", self.text(box))
            (box,) = self.page(f"{LIST}?submitted=already&term=1141").cssselect("#submitted")
            self.assertIn("1141-210941001", self.text(box))

    def test_the_address_of_a_confirmation_tells_nothing_of_a_fellow_student(self):
        self.way.submitted()
        self.enter_as(school_of.account_of(self.fellow))
        pages = set()
        for term in ("1141", "1142", "9999", "x", str(self.way.record.id), ""):
            tree = self.page(f"{LIST}?submitted=1&term={term}")
            self.assertFalse(tree.cssselect("#submitted"))
            (main,) = tree.cssselect("main")
            pages.add(self.text(main))
        self.assertEqual(len(pages), 1)

    def test_a_draft_of_next_term_that_is_discarded_takes_nothing_from_the_one_in_work(self):
        STANDS["first_failed"](self.way)
        with freeze_time(WITHIN):
            later = self.another_one()
            self.enter_as(self.way.account)
            answer = self.post(f"{LIST}/{later.record.id}/discard")
            self.assertIn("The draft is discarded.", answer.text)
            self.assertNotIn("You have no application this term.", answer.text)

    # The slip is that of the application in work

    def test_D25_the_slip_of_what_was_submitted_is_found_while_next_term_is_prepared(self):
        for stand in ("submitted", "first_passed", "completed"):
            with self.subTest(stand), self.undone():
                way = self.way_of(self.student)
                STANDS[stand](way)
                with freeze_time(BEFORE):
                    self.enter_as(way.account)
                    self.assertFalse(self.page(LIST).cssselect("[data-block=slip]"))
                    slip = self.redirected(f"/en{LIST}/slip")
                    self.assertTrue(slip.endswith(f"{LIST}/{way.record.id}/slip"), slip)

    def test_D25_of_a_returned_one_it_is_said_to_submit_that_one_again(self):
        self.way.returned()
        with freeze_time(BEFORE):
            self.enter_as(self.way.account)
            tree = self.page(f"{LIST}/slip")
            self.assertIn("then the slip can be printed", self.answer.text)
            self.assertTrue(tree.cssselect(f"main a[href='{LIST}/{self.way.record.id}']"))

    def test_D25_whoever_cannot_submit_is_not_told_to(self):
        self.way.returned()
        with freeze_time("2025-12-06 04:00:00"):
            self.enter_as(self.way.account)
            self.page(f"{LIST}/slip")
            self.assertNotIn("then the slip can be printed", self.answer.text)
            self.assertIn("Ask the assistant of your department", self.answer.text)

    def test_D25_nobody_is_told_to_begin_what_cannot_be_begun(self):
        for moment, begins in ((BEFORE, False), (WITHIN, True)):
            with self.subTest(moment), freeze_time(moment):
                self.enter_as(self.way.account)
                self.assertEqual(bool(self.page(LIST).cssselect("[data-block=slip]")), begins)
                self.page(f"{LIST}/slip")
                told = "Begin a new application of this term first." in self.answer.text
                self.assertEqual(told, begins)

    # Advice

    def test_D11_nothing_is_advised_during_a_review_or_a_return_of_an_earlier_term(self):
        for stand in ("submitted", "returned", "supplement", "first_passed", "second_passed"):
            for moment in (BEFORE, WITHIN):
                with self.subTest(stand, moment=moment), self.undone():
                    way = self.way_of(self.student)
                    STANDS[stand](way)
                    with freeze_time(moment):
                        self.assertFalse(self.own()._is_advised())

    def test_D11_a_returned_form_advises_nothing_while_next_term_is_prepared(self):
        refused = {"decision": "refused", "decision_reason": "Below master's level"}
        self.way.submitted().receive().decide(no_0733=refused).send_back(reason="Untick 0733")
        self.way.tick("0812")
        with freeze_time(BEFORE):
            self.enter_as(self.way.account)
            form = self.page(f"{LIST}/{self.way.record.id}")
            self.assertFalse(form.cssselect(".o_ntue_suggestion"))
            progress = self.page("/my/progress")
            self.assertFalse(progress.cssselect("#what_if .btn-primary[href*=tick]"))

    def test_what_was_not_passed_keeps_no_advice_from_the_next_application(self):
        STANDS["first_failed"](self.way)
        self.assertFalse(self.own()._is_advised(), "while its own window is the present one")
        with freeze_time(BEFORE):
            self.assertTrue(self.own()._is_advised())

    # Home, list and progress

    def test_who_has_graduated_is_not_asked_to_apply_again(self):
        STANDS["completed"](self.way)
        with freeze_time(WITHIN):
            own = self.own()
            (row,) = home_rows(own)
            self.assertEqual(row.application, self.way.record.with_user(self.way.account))
            self.enter_as(self.way.account)
            self.assertFalse(self.page(LIST).cssselect("#may_i"))
            told = self.refused(self.way.account, APPLICATION, "create", {"student_id": own.id})
            self.assertIn("You have graduated: your application for term 114-1", told)

    def test_home_begins_with_the_application_in_work_and_ends_with_what_may_be_begun(self):
        self.way.submitted()
        for moment, terms in ((BEFORE, ["1141"]), (WITHIN, ["1141", False])):
            with self.subTest(moment), freeze_time(moment):
                rows = home_rows(self.own())
                self.assertEqual([row.application.term_id.code for row in rows], terms)
        self.assertEqual(rows[-1].next_steps[0].key, "apply")

    def test_the_list_asks_may_i_apply_below_what_is_in_work_and_only_where_one_may(self):
        self.way.submitted()
        for moment, order in ((BEFORE, ["1141"]), (WITHIN, ["1141", "may_i"])):
            with self.subTest(moment), freeze_time(moment):
                self.enter_as(self.way.account)
                parts = self.page(LIST).cssselect("article[data-term], #may_i")
                self.assertEqual([part.get("data-term") or part.get("id") for part in parts], order)

    def test_D20_the_progress_page_speaks_of_the_application_in_work(self):
        """What its own first review recognised counts in it, whatever window is prepared."""
        self.way.first_passed()
        with freeze_time(BEFORE):
            self.enter_as(self.way.account)
            self.assertFalse(self.page("/my/progress").cssselect("[data-block=application]"))

    def test_which_application_is_in_work(self):
        for stand, moment, expected in (
            ("draft", BEFORE, []),
            ("draft", "2025-11-10 04:00:00", ["1141"]),
            ("returned", BEFORE, ["1141"]),
            ("submitted", WITHIN, ["1141"]),
            ("first_failed", BEFORE, ["1141"]),
            ("completed", BEFORE, []),
            ("lapsed", BEFORE, []),
        ):
            with self.subTest(stand, moment=moment), self.undone():
                STANDS[stand](self.way_of(self.student))
                with freeze_time(moment):
                    found = present(self.own()).in_work
                self.assertEqual(found.mapped("term_id.code"), expected)

    def test_of_two_that_of_the_present_window_is_in_work(self):
        STANDS["first_failed"](self.way)
        with freeze_time(WITHIN):
            self.another_one()
            now = present(self.own())
            self.assertEqual(len(now.applications), 2)
            self.assertEqual(now.in_work.term_id.code, "1142")
