"""Plans of trials: saved by a student, read by the department when she shares them."""

from lxml import html
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..erasing import erasing
from ..models.student.study_plan import MOST
from . import school as school_of
from .common import SchoolHttpCase

PLAN = "ntue.study.plan"
TRIALS = "/my/progress/what-if"


@tagged("post_install", "-at_install")
class TestStudyPlan(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.account = school_of.account_of(cls.student)

    def saved(self, **values):
        vals = {
            "student_id": self.student.id,
            "name": "Next term",
            "framework_code": self.framework.code,
            **values,
        }
        (number,) = self.rpc(self.account, PLAN, "create", [vals])
        return self.env[PLAN].browse(number)

    def page(self, address=TRIALS):
        self.enter(self.account)
        return html.fromstring(self.url_open(address).content)

    def line(self, name):
        return self.framework.line_ids.filtered(lambda row: row.name == name)

    def save(self, **fields):
        self.enter(self.account)
        return self.post("/my/progress/plan", **fields)

    def test_what_was_tried_is_saved_and_opened_again(self):
        tick = school_of.enrolment(self.student, "0733")
        line = self.line("社會統計與資料分析")
        trial = f"{TRIALS}?try=1&framework={self.framework.id}&tick={tick.id}&plan={line.id}"
        form = self.page(trial).cssselect("#save_plan")[0]
        sent = {
            name: [field.get("value") for field in form.cssselect(f"input[name={name}]")]
            for name in ("framework", "tick", "plan")
        }
        self.assertEqual(self.save(**sent, name="Next term").status_code, 200)
        plan = self.env[PLAN].search([("student_id", "=", self.student.id)])
        self.assertEqual((plan.tick_ids, plan.course_ids), (tick, line.course_id))
        self.assertFalse(plan.is_shared)
        (link,) = self.page().cssselect(f"[data-plan='{plan.id}'] a")
        tree = self.page(link.get("href"))
        ticked = [box.get("value") for box in tree.cssselect("input[type=checkbox][checked]")]
        self.assertEqual(ticked, [str(tick.id), str(line.id)])

    def test_a_plan_without_a_name_is_not_saved_and_nothing_tried_is_lost(self):
        tick = school_of.enrolment(self.student, "0733")
        answer = self.save(framework=self.framework.id, tick=[tick.id], name=" ")
        self.assertEqual(answer.status_code, 422)
        boxes = html.fromstring(answer.content).cssselect("input[name=tick][checked]")
        self.assertEqual([box.get("value") for box in boxes], [str(tick.id)])
        self.assertFalse(self.env[PLAN].search([]))

    def test_the_department_reads_it_only_while_it_is_shared(self):
        plan = self.saved()
        for action, readers in (
            (None, 0),
            ("share", 1),
            ("unshare", 0),
        ):
            if action:
                self.enter(self.account)
                self.post(f"/my/progress/plan/{plan.id}", action=action)
            for user in (self.assistant, self.registrar):
                self.assertEqual(self.rpc(user, PLAN, "search_count", []), readers, action)
            for user in (self.other_assistant, school_of.account_of(self.fellow)):
                self.assertEqual(self.rpc(user, PLAN, "search_count", []), 0, action)

    def test_readers_see_what_would_come_of_it(self):
        tick = school_of.enrolment(self.student, "0733")
        plan = self.saved(tick_ids=[(6, 0, tick.ids)], is_shared=True)
        (row,) = self.rpc(self.assistant, PLAN, "read", plan.ids, ["outcome", "shared_at"])
        self.assertIn("31", row["outcome"])
        self.assertTrue(row["shared_at"])

    def test_only_the_student_changes_or_deletes_it(self):
        plan = self.saved(is_shared=True)
        for user in (self.assistant, self.registrar, school_of.account_of(self.fellow)):
            with self.subTest(user=user.login):
                self.refused(user, PLAN, "write", plan.ids, {"name": "Mine"})
                self.refused(user, PLAN, "unlink", plan.ids)
        self.enter(school_of.account_of(self.fellow))
        self.post(f"/my/progress/plan/{plan.id}", action="delete")
        self.assertTrue(plan.exists())
        self.enter(self.account)
        self.post(f"/my/progress/plan/{plan.id}", action="delete")
        self.assertFalse(plan.exists())

    def test_nobody_saves_a_plan_for_somebody_else_or_with_their_courses(self):
        vals = {"student_id": self.student.id, "name": "x", "framework_code": "x"}
        for user in (self.assistant, self.registrar, school_of.account_of(self.fellow)):
            with self.subTest(user=user.login), self.undone(), self.assertRaises(AccessError):
                self.rpc(user, PLAN, "create", [vals])
        theirs = school_of.enrolment(self.fellow, "0733")
        with self.undone(), self.assertRaises(UserError):
            self.saved(tick_ids=[(6, 0, theirs.ids)])
        with self.assertRaises(AccessError):
            self.saved(shared_at="2001-01-01 00:00:00")

    def test_there_is_an_end_to_plans_and_to_names(self):
        for number in range(MOST):
            self.saved(name=str(number))
        with self.undone(), self.assertRaises(UserError):
            self.saved()
        self.env[PLAN].search([]).unlink()
        with self.assertRaises(ValidationError):
            self.saved(name="x" * 256)

    def test_a_plan_outlives_a_revision_of_the_framework(self):
        line = self.line("社會統計與資料分析")
        plan = self.saved(course_ids=[(6, 0, line.course_id.ids)], is_shared=True)
        school_of.publish(self.framework._start_revision("Meeting 1"))
        (link,) = self.page().cssselect(f"[data-plan='{plan.id}'] a")
        planned = self.page(link.get("href")).cssselect("input[name=plan][type=checkbox][checked]")
        self.assertEqual(len(planned), 1)

    def test_her_own_copy_has_it_and_an_erasure_takes_it_away(self):
        plan = self.saved()
        kept = self.student.with_user(self.account)._kept()
        self.assertIn("Next term", str(kept))
        self.assertEqual(self.student._erasure_counts()["plans"], 1)
        erasing(self.student.sudo())._erase_data()
        self.assertFalse(plan.exists())
