from odoo.tests import tagged

from ..pages.effect import effects_of
from . import school as school_of
from .common import REFUSED, UNCHANGED, SchoolCase

WHAT_IF = "ntue.student.what.if"


@tagged("post_install", "-at_install")
class TestOtherFramework(SchoolCase):
    """A student under another framework: looked at, and bound to it with a reason (I3, D19)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        draft = school_of.framework(cls.school, "SRD-W-109", cls.program)
        draft.graduation_credits = 34
        draft.area_ids.filtered(lambda area: area.code == "B").min_credits = 9
        cls.sister = school_of.publish(draft)

    def asked(self, user, **vals):
        """The dialog of ``user`` with this asked in it."""
        given = {"student_id": self.student.id, "curriculum_id": self.sister.id, **vals}
        wizard = self.rpc(user, WHAT_IF, "create", given)
        return self.env[WHAT_IF].browse(wizard).with_user(user)

    def test_both_audits_stand_beside_each_other(self):
        panel = self.asked(self.assistant).panel
        for text in (
            "SRD-E-109",
            "SRD-W-109",
            "Credits to graduate: 32 → 34.",
            "Area B 社會文化領域 is not met: 6/9 credits, 2/2 courses.",
        ):
            self.assertIn(text, panel)

    def test_the_own_framework_changes_nothing(self):
        panel = self.asked(self.assistant, curriculum_id=self.framework.id).panel
        self.assertIn("Nothing would change", panel)

    def test_the_dialog_opens_with_the_own_framework_where_ticks_can_be_tried(self):
        action = self.rpc(self.assistant, "ntue.student", "action_what_if", self.student.ids)
        context = action["context"]
        wizard = self.env[WHAT_IF].with_user(self.assistant).with_context(**context).new()
        self.assertIn("Nothing would change", wizard.panel)
        self.assertTrue(wizard.is_present)
        wizard.curriculum_id = self.sister
        self.assertFalse(wizard.is_present)

    def test_ticks_are_tried_and_those_not_allowed_left_out(self):
        rows = self.student.enrollment_ids.filtered(
            lambda row: row.offering_no in ("0733", "0501", "0650")
        )
        panel = self.asked(self.assistant, tick_ids=[(6, 0, rows.ids)]).panel
        self.assertIn("課程理論研究（3）: outside the framework → flexible credits", panel)
        self.assertNotIn("社會科學研究法（3）:", panel)

    def test_looking_writes_nothing_but_the_dialog(self):
        self.student._store_audits()
        wizard = self.asked(self.assistant)
        self.env.flush_all()
        before = self.fingerprint()
        self.rpc(self.assistant, WHAT_IF, "read", wizard.ids, ["panel"])
        self.assertEqual(self.fingerprint(), before)
        found = self.outcome(self.assistant, "ntue.student", "action_what_if", self.student.ids)
        self.assertEqual(found, UNCHANGED)
        self.assertEqual(self.student.curriculum_id, self.framework)

    def test_nobody_looks_at_a_student_or_a_framework_that_is_not_theirs(self):
        given = {"student_id": self.student.id, "curriculum_id": self.sister.id}
        account = school_of.account_of(self.student)
        for user in (self.other_assistant, self.registrar_day, self.operator, account):
            with self.subTest(user=user.login):
                self.assertEqual(self.outcome(user, WHAT_IF, "create", given), REFUSED)
        foreign = {**given, "curriculum_id": self.cict_framework.id}
        self.assertEqual(self.outcome(self.assistant, WHAT_IF, "create", foreign), REFUSED)

    def test_an_unsaved_dialog_shows_nothing_that_is_not_the_users(self):
        """The page asks with values that are in no record yet."""
        spec = {"panel": {}, "curriculum_id": {}}
        given = {"student_id": self.student.id, "curriculum_id": self.sister.id}
        args = ([], given, ["curriculum_id"], spec)
        shown = self.rpc(self.assistant, WHAT_IF, "onchange", *args)
        self.assertIn("Credits to graduate", shown["value"]["panel"])
        self.refused(self.other_assistant, WHAT_IF, "onchange", *args)

    def test_I3_a_registrar_binds_the_student_with_a_reason_and_nobody_else_does(self):
        for user, vals in (
            (self.assistant, {"reason": "Changed class"}),
            (self.registrar, {}),
            (self.registrar, {"reason": " "}),
        ):
            with self.subTest(user=user.login, vals=vals), self.undone():
                wizard = self.asked(user, **vals)
                self.refused(user, WHAT_IF, "action_rebind", wizard.ids)
        wizard = self.asked(self.registrar, reason="Changed class")
        self.rpc(self.registrar, WHAT_IF, "action_rebind", wizard.ids)
        self.assertEqual(self.student.curriculum_id, self.sister)
        self.assertTrue(
            any(
                "Changed class" in body
                for body in self.student.correspondence_ids.message_ids.mapped("body")
            )
        )

    def test_I3_a_student_is_bound_to_what_is_published(self):
        draft = school_of.framework(self.school, "SRD-E-114", self.program, 114)
        vals = {"curriculum_id": draft.id, "correction_reason": "Changed class"}
        told = self.refused(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.assertIn("published framework only", told)

    def test_a_decision_on_an_area_does_not_follow_into_another_framework_of_the_same_codes(self):
        """What was decided for area B of one class says nothing about area B of another."""
        row = school_of.enrolment(self.student, "0733")
        area = self.framework.area_ids.filtered(lambda area: area.code == "B")
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": row.id,
                "kind": "mapped",
                "area_id": area.id,
            }
        )
        ((_student, now, then, effect),) = effects_of(self.student, self.sister)
        self.assertEqual((now.taken, then.taken), (31, 28))
        (course,) = [one for one in effect.courses if one.key == row.id]
        self.assertTrue(course.loses_decision)
        self.student.curriculum_id = self.sister
        self.assertEqual(self.student._case().audit().enrolments, then.enrolments)
