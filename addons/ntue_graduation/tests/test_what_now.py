"""What now, and how it stands: the same on every page, wherever an application is.

``SITUATIONS`` is walked: every stand, and what may lie over it. That every stage of the workflow is
among them is a test of its own, so a new stage is in it or fails it.
"""

from datetime import date

from lxml import html
from odoo import fields
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import freeze_time, tagged

from .. import workflow
from ..pages.next_steps import OF_STAGE, next_steps, next_steps_before, stage_of, state_words
from ..pages.offices import window_office
from ..pages.standing import standing
from ..papers.slip import slip
from .common import TICKABLE, GraduationHttpCase, Way, window
from .stands import STANDS, at_each

SUPPLEMENT = ("action_ask_supplement", "Copy of the passport", "2025-12-05")
CLOSED, AFTER = "2025-11-25 04:00:00", "2025-12-06 04:00:00"
"""After the period, and after every deadline that the stands give too."""

NEXT_TERM = "2026-04-20 04:00:00"
"""In the period of the next term, when what was not completed has lapsed."""


def supplement(way):
    way.submitted().by_assistant(*SUPPLEMENT)


def permit(way):
    way.drafted()
    vals = {
        "student_id": way.student.id,
        "term_id": way.case.window.term_id.id,
        "reason": "In hospital",
        "date_end": "2025-12-01",
    }
    with freeze_time(CLOSED):
        way.case.rpc(way.case.assistant, "ntue.graduation.late.permit", "create", vals)


def not_yet_open(way):
    way.drafted()
    way.case.window.write({"date_open": "2025-11-12", "change_reason": "Moved"})


def short(way):
    refused = {"decision": "refused", "decision_reason": "Below master's level"}
    way.submitted().receive().decide(no_0733=refused, no_0812=refused).pass_first()


def of_another_desk(way):
    """The department says where papers are handed in."""
    way.student.department_id.counter = "Room 201, 9:00–17:00"
    way.submitted()


SITUATIONS = {
    **{name: (name, None) for name in STANDS},
    "unsaved": (lambda way: way.start(), None),
    "no paper": (lambda way: way.submitted(), None),
    "no paper, late": (lambda way: way.submitted(), AFTER),
    "a counter": (of_another_desk, None),
    "supplement, no paper": (supplement, None),
    "supplement, late": ("supplement", AFTER),
    "draft, period over": (lambda way: way.drafted(), CLOSED),
    "draft, late permit": (permit, CLOSED),
    "draft, not yet open": (not_yet_open, None),
    "returned, period over": ("returned", CLOSED),
    "returned, too late": ("returned", AFTER),
    "passed and short": (short, None),
}
"""A stand or how an application comes there, and the moment at which its pages are read."""

TOLD = {"submitted", "supplement", "no paper", "supplement, no paper", "passed and short"} | {
    name for name in STANDS if name.startswith(("first_", "second_", "returned"))
}
"""Situations in which the last step was told by mail, and nothing else happened since."""


def said(tree):
    """What the one box of ``tree`` says: its next_steps in words, and how it stands."""
    (box,) = tree.cssselect("[data-next]")
    words = [
        (row.get("data-next-step"), " ".join(row.text_content().split()))
        for row in box.cssselect("[data-next-step]")
    ]
    return words, [row.get("data-standing") for row in box.cssselect("[data-standing]")]


@tagged("post_install", "-at_install")
class TestWhatNow(GraduationHttpCase):
    def page(self, address):
        self.env.flush_all()
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, address)
        return html.fromstring(answer.text)

    def pages(self):
        """Each page that says what now, by name."""
        record, here = self.way.record, f"/my/graduation/{self.way.record.id}"
        found = {"home": "/my", "list": "/my/graduation", "view": here}
        if record.state == "draft" and record.saved_at:
            found["check"] = f"{here}/check"
        return found

    def test_every_stage_says_what_now_and_is_crossed(self):
        names = {stage.name for stage in workflow.STAGES}
        self.assertEqual(set(OF_STAGE), names)
        met = set()

        def look(_name, _moment):
            met.add(stage_of(self.way.record).name)
            self.assertTrue(state_words(self.way.record))

        self.in_each_situation(look)
        self.assertEqual(met, names)

    def in_each_situation(self, look):
        """Call ``look(name, moment)`` where ``self.way`` is in each of the situations."""

        def at(place):
            for name, (where, moment) in SITUATIONS.items():
                if where == place:
                    with self.undone():
                        look(name, moment)

        at_each(self.way, at)
        for place in dict.fromkeys(where for where, _moment in SITUATIONS.values()):
            if callable(place):
                with self.undone():
                    place(self.way)
                    at(place)

    @crossing
    def test_every_page_mail_and_desk_says_the_same_wherever_it_stands(self):
        def look(name, moment):
            with self.subTest(name), freeze_time(moment or "2025-11-10 04:00:00"):
                self.assert_alike(name)

        self.in_each_situation(look)

    def assert_alike(self, name):
        self.enter(self.way.account)
        trees = {page: self.page(address) for page, address in self.pages().items()}
        found = {page: said(tree) for page, tree in trees.items()}
        own = self.own()
        words, figures = found["home"]
        self.assertEqual([key for key, _text in words], [step.key for step in next_steps(own)])
        for page, told in found.items():
            if page == "check":  # its own row says how it stands
                figure = trees[page].cssselect("#check_credits [data-standing]")
                told = told[0], [row.get("data-standing") for row in figure]
            self.assertEqual(told, (words, figures), page)
        if own.state == "draft":
            expected = trees["view"].get_element_by_id("ntue_expected").text
            self.assertEqual(expected, standing(own).expected)
            self.assertEqual(slip(own)["totals"]["expected"], standing(own).expected)
        else:
            desk = own.with_user(self.assistant).asked_panel
            self.assertEqual(self.texts(desk), [text for _key, text in words])
        if name in TOLD:
            message = self.way.record.correspondence_ids.message_ids[0]
            self.assertEqual(self.texts(message.body), [text for _key, text in words])

    def own(self):
        """The application as its student has it, in the language of the pages."""
        return self.way.record.with_user(self.way.account).with_context(lang="zh_TW")

    def texts(self, markup):
        tree = html.fromstring(str(markup))
        rows = tree.xpath("//div[contains(@class, 'o_ntue_next_step')]")
        return [" ".join(row.text_content().split()) for row in rows]

    def test_a_supplement_is_never_beside_nothing_to_do(self):
        STANDS["supplement"](self.way)
        own = self.way.record.with_user(self.way.account)
        self.assertEqual([step.key for step in next_steps(own)], ["supplement"])
        self.assertEqual(next_steps(own)[0].day, "114-12-05 24:00")

    def test_the_mail_of_a_slip_received_says_nothing_beside_a_supplement_that_is_open(self):
        for lang, nothing in (("zh_TW", "不需"), ("en_US", "nothing to do")):
            with self.subTest(lang), self.undone():
                self.env["res.lang"]._activate_lang("en_US")
                way = self.way_of(self.student)
                way.account.lang = lang
                supplement(way)
                way.receive()
                message = way.record.correspondence_ids.message_ids[0]
                self.assertEqual(len(self.texts(message.body)), 1)
                self.assertNotIn(nothing, message.body)

    def test_what_was_passed_too_short_says_so_before_leaving(self):
        short(self.way)
        own = self.way.record.with_user(self.way.account)
        first, second = next_steps(own)
        self.assertEqual((first.key, second.key), ("short", "leave"))
        self.assertIn("28/32", first.text)

    def next_window(self):
        """That of the term after 1141, open on ``NEXT_TERM``."""
        days = {"date_open": "2026-04-13", "date_close": "2026-05-08", "date_leave": "2026-07-31"}
        term = self.env["ntue.term"].create({"code": "1142"})
        return window(self.school, term_id=term.id, **days)

    def lapsed_step(self, user=None):
        """The one step of the lapsed application, for its student or for ``user``."""
        self.env.flush_all()
        self.env.invalidate_all()
        (step,) = next_steps(self.way.record.with_user(user or self.way.account))
        self.assertEqual(step.key, "lapsed")
        return step

    def test_D31_who_applied_again_is_not_asked_to_under_the_application_that_lapsed(self):
        STANDS["lapsed"](self.way)
        with freeze_time(NEXT_TERM):
            self.next_window()
            step = self.lapsed_step()
            self.assertIn("Apply again in the term in which you leave", step.text)
            self.assertFalse(step.waits)
            Way(self, self.student).start()
            step = self.lapsed_step()
            self.assertNotIn("Apply again", step.text)
            self.assertTrue(step.waits)
            self.enter(self.way.account)
            rows = self.page("/my/graduation").cssselect("[data-next]")
            (old,) = [row for row in rows if row.cssselect("[data-next-step=lapsed]")]
            self.assertIn("alert-light", old.get("class"))
            self.assertNotIn("重新提出申請", old.text_content())

    def test_148_what_staff_read_of_it_does_not_tell_of_a_later_draft(self):
        STANDS["lapsed"](self.way)
        with freeze_time(NEXT_TERM):
            self.next_window()
            before = self.lapsed_step(self.assistant)
            later = Way(self, self.student).start().record
            self.assertEqual(self.lapsed_step(self.assistant), before)
            later._set({"state": "submitted", "submitted_at": fields.Datetime.now()})
            self.assertTrue(self.lapsed_step(self.assistant).waits)

    def test_D31_who_graduated_is_not_asked_to_apply_again(self):
        """A draft of the next term was begun before the application of this one was completed."""
        before = self.way
        STANDS["second_passed"](before)
        with freeze_time(NEXT_TERM):
            self.next_window()
            self.way = Way(self, self.student).start()
            before.by_registrar("action_complete")
        with freeze_time("2026-08-01 04:00:00"):
            self.way.record._lapse_overdue()
            self.assertEqual(before.record.state, "completed")
            step = self.lapsed_step()
        self.assertTrue(step.waits)
        self.assertNotIn("Apply again", step.text)

    def test_188_past_the_study_limit_the_lapsed_application_names_the_office(self):
        STANDS["lapsed"](self.way)
        self.program.max_years = 3
        step = self.lapsed_step()
        self.assertIn("your study period of 3 years is over", step.text)
        self.assertNotIn("Apply again", step.text)
        self.assertFalse(step.waits)
        office = window_office(self.student, self.window).line
        self.assertTrue(office)
        self.assertEqual(step.place, office)

    def test_before_an_application_home_says_when_one_may_apply(self):
        moments = (
            ("2025-10-20 04:00:00", "window", "2025-10-27"),
            ("2025-11-10 04:00:00", "apply", "2025-11-21"),
            (CLOSED, "window", "2025-11-21"),
        )
        for moment, key, day in moments:
            with self.subTest(moment), freeze_time(moment):
                self.enter(self.way.account)
                ((found, text),), figures = said(self.page("/my"))
                self.assertEqual((found, figures), (key, []))
                self.assertIn(roc_date(date.fromisoformat(day)), text)
                student = self.student.with_user(self.way.account).with_context(lang="zh_TW")
                self.assertIn(next_steps_before(student)[0].text, text)

    def test_138_what_a_review_refused_before_is_not_advised_and_is_said_beside_it(self):
        """Of an application of an earlier term: it may be ticked again all the same (189)."""
        refused = self.student.enrollment_ids.filtered(lambda row: row.offering_no == "0733")
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": refused.id,
                "kind": "refused",
                "term_id": self.terms["1132"].id,
                "reason": "Below master's level",
            }
        )
        case = self.student._case(self.window.term_id)
        self.assertIn(refused.id, case.tickable)
        self.assertNotIn(refused.id, case.suggestion)
        self.way.start()
        self.enter(self.way.account)
        (row,) = self.page(f"/my/graduation/{self.way.record.id}").xpath(
            f"//div[@id='tick_{refused.id}_about']"
        )
        self.assertIn("1132", row.text_content())

    def test_D11_while_a_return_is_open_nothing_is_advised_against_it(self):
        refused = {"decision": "refused", "decision_reason": "Below master's level"}
        self.way.submitted().receive().decide(no_0733=refused).send_back(reason="Untick 0733")
        self.enter(self.way.account)
        address = f"/my/graduation/{self.way.record.id}"
        tree = self.page(address)
        self.assertFalse(tree.cssselect(".o_ntue_suggestion"))
        told = [row.text_content() for row in tree.cssselect("[id^=tick_][id$=_about]")]
        self.assertEqual(sum("Below master's level" in text for text in told), 1)
        self.way.tick("0812")
        self.assertFalse(self.page(address).cssselect(".o_ntue_suggestion"))
        self.assertFalse(self.page("/my/progress").cssselect("#what_if .btn-primary[href*=tick]"))

    def test_nothing_is_advised_to_a_student_who_has_enough(self):
        """33 of 32 without a tick."""
        self.framework._set({"graduation_credits": 28})
        self.assertTrue(self.student._case(self.window.term_id).audit().met)
        self.way.start()
        self.enter(self.way.account)
        tree = self.page(f"/my/graduation/{self.way.record.id}")
        self.assertFalse(tree.cssselect(".o_ntue_suggestion"))

    def test_D20_the_progress_page_says_what_an_application_does_not_count(self):
        """Recognised in an earlier term: 34 on one page, 28 on the other, and why on both."""
        for number in TICKABLE:
            course = self.student.enrollment_ids.filtered(
                lambda row, number=number: row.offering_no == number
            )
            self.env["ntue.recognition"].create(
                {
                    "student_id": self.student.id,
                    "enrollment_id": course.id,
                    "kind": "flexible",
                    "term_id": self.terms["1132"].id,
                    "reason": "First review of 1132",
                }
            )
        self.enter(self.way.account)
        (beside,) = self.page("/my/progress").cssselect("[data-block=application]")
        self.assertEqual(beside.get("data-standing"), "28/32")
        self.way.start()
        self.enter(self.way.account)
        (box,) = self.page(f"/my/graduation/{self.way.record.id}").cssselect("[data-next]")
        again = standing(self.own()).again
        self.assertIn("課程理論研究", again)
        for row in (beside, box):
            self.assertIn(again, row.text_content())
        self.way.tick(*TICKABLE)
        self.assertFalse(self.page("/my/progress").cssselect("[data-block=application]"))
