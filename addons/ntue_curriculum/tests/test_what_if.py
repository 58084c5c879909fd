from odoo.tests import tagged

from ..pages.what_if import frameworks_to_try, what_if
from . import school as school_of
from .common import SchoolHttpCase

PAGE = "/my/progress/what-if"


@tagged("post_install", "-at_install")
class TestWhatIf(SchoolHttpCase):
    """A trial tells what would be, and leaves everything as it is (D19)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.account = school_of.account_of(cls.student)

    def own(self):
        """The student as seen with the student's own rights."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.student.with_user(self.account)

    def ticks(self, *numbers, of=None):
        return [school_of.enrolment(of or self.student, number).id for number in numbers]

    def line(self, name, framework=None):
        return (framework or self.framework).line_ids.filtered(lambda row: row.name == name).id

    def test_each_tick_adds_to_what_is_expected(self):
        for numbers, expected, met in (
            ((), 28, False),
            (("0733",), 31, False),
            (("0733", "0812"), 34, True),
        ):
            with self.subTest(numbers=numbers):
                then = what_if(self.own(), self.ticks(*numbers))["then"]
                self.assertEqual((then.expected, then.met), (expected, met))

    def test_a_planned_subject_counts_in_its_area_as_if_it_were_being_taken(self):
        values = what_if(self.own(), planned=[self.line("社會統計與資料分析")])
        self.assertEqual((values["now"].taken, values["then"].taken), (28, 31))
        row = next(row for row in values["areas"] if row.area.code == "A")
        self.assertEqual((row.before.taken, row.after.taken), (6, 9))

    def test_each_area_tells_its_credits_and_its_courses_before_and_after(self):
        values = what_if(self.own(), planned=[self.line("社會統計與資料分析")])
        row = next(row for row in values["areas"] if row.area.code == "A")
        parts = [side.parts for side in row.sides]
        self.assertEqual(parts, [["6/6 credits", "2/2 courses"], ["9/6 credits", "3/2 courses"]])

    def test_what_is_taken_is_not_offered_again_and_what_was_failed_is(self):
        offered = [
            entry.subject.name for group in what_if(self.own())["plans"] for entry in group.subjects
        ]
        self.assertEqual(offered, ["社會統計與資料分析", "多元文化與族群研究"])

    def test_the_suggestion_is_legal_and_reaches_the_graduation_credits(self):
        values = what_if(self.own())
        self.assertEqual(values["suggested"], sorted(self.ticks("0733", "0812")))
        self.assertTrue(what_if(self.own(), values["suggested"])["then"].met)

    def test_ticks_beyond_a_limit_are_told_and_do_not_meet_anything(self):
        row = ("1132", "0813", "X813", "都市設計", 3, 90)
        school_of.enrol(self.school, self.student, *row).school = "他校大學"
        values = what_if(self.own(), self.ticks("0812", "0813"))
        self.assertEqual(len(values["problems"]), 1)
        self.assertIn("at most 3", values["problems"][0])
        self.assertFalse(values["then"].met)

    def test_the_plan_that_is_proposed_fills_the_gaps(self):
        thesis = school_of.enrolment(self.student, "0901")
        thesis.write({"is_graded": True, "score": 60, "state": "failed"})
        values = what_if(self.own())
        self.assertEqual(values["filled"], [self.line("碩士論文")])
        then = what_if(self.own(), values["suggested"], values["filled"])["then"]
        self.assertTrue(then.met)

    def test_D19_another_framework_judges_the_same_courses(self):
        other = school_of.framework(self.school, "SRD-E-110", self.program, 110)
        other.graduation_credits = 25
        other.line_ids.filtered(lambda row: row.name == "觀光與地方創生").unlink()
        other.action_publish()
        frameworks = frameworks_to_try(self.own())
        self.assertEqual(frameworks.mapped("code"), ["SRD-E-109", "SRD-E-110", "SRD-B-109"])
        values = what_if(self.own(), curriculum=frameworks[1])
        self.assertEqual((values["then"].taken, values["then"].met), (25, True))
        (moved,) = values["moved"]
        self.assertIn("觀光與地方創生", moved.label)
        self.assertEqual(self.student.curriculum_id, self.framework)

    def test_what_a_reviewer_placed_in_an_area_holds_in_the_own_framework_only(self):
        other = school_of.publish(school_of.framework(self.school, "SRD-E-110", self.program, 110))
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": self.ticks("0733")[0],
                "kind": "mapped",
                "area_id": self.framework.area_ids[0].id,
            }
        )
        self.assertEqual(what_if(self.own())["then"].taken, 31)
        frameworks = frameworks_to_try(self.own())
        values = what_if(self.own(), curriculum=frameworks.filtered(lambda row: row == other))
        self.assertEqual(values["then"].taken, 28)

    def test_ids_that_cannot_be_meant_are_left_out(self):
        plain = what_if(self.own())["then"]
        foreign = self.line("碩士論文", self.cict_framework)
        ticks = [*self.ticks("0501", "0650"), *self.ticks("0733", of=self.fellow), 0, 10**9]
        self.assertEqual(what_if(self.own(), ticks, [foreign, 0, 10**9])["then"], plain)

    def test_the_page_shows_the_trial_and_changes_nothing(self):
        self.enter(self.account)
        before = self.fingerprint()
        query = "&".join(f"tick={key}" for key in self.ticks("0733", "0812"))
        page = self.url_open(f"{PAGE}?{query}&plan={self.line('社會統計與資料分析')}")
        self.assertIn("37 / 32", page.text.replace("\n", ""))
        self.assertEqual(self.fingerprint(), before)

    def test_a_page_asked_with_nonsense_is_still_a_page(self):
        self.enter(self.account)
        for query in ("tick=x", "plan=-1", "framework=x", f"framework={self.cict_framework.id}"):
            with self.subTest(query=query):
                page = self.url_open(f"{PAGE}?{query}")
                self.assertEqual(page.status_code, 200)
                self.assertIn("28 / 32", page.text)

    def test_nobody_tries_with_the_record_of_another(self):
        self.enter(school_of.account_of(self.fellow))
        page = self.url_open(f"{PAGE}?tick={self.ticks('0733')[0]}").text
        self.assertNotIn("王大明", page)
        self.assertIn("28 / 32", page)
