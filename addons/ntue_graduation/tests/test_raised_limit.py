from odoo.exceptions import UserError
from odoo.tests import tagged

from ..pages.form import form
from .common import APPLICATION, TICKABLE, GraduationCase

RAISED = "ntue.graduation.cap.exception"


@tagged("post_install", "-at_install")
class TestRaisedLimit(GraduationCase):
    """A limit on flexible credits is raised for one student and one term (D17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.enrollment_ids.filtered(
            lambda row: row.offering_no == TICKABLE[0]
        ).credits = 4  # 7 credits in all; the limit is 6

    def grant(self, user=None, **values):
        rule = self.framework.flexible_rule_ids.filtered(lambda row: row.origin == "all")
        vals = {
            "student_id": self.student.id,
            "term_id": self.terms["1141"].id,
            "rule_id": rule.id,
            "limit": 7,
            "reason": "By the department's meeting",
            **values,
        }
        number = self.rpc(user or self.assistant, RAISED, "create", vals)
        return self.env[RAISED].browse(number)

    def refused_ticks(self):
        vals = {"tick_ids": self.way.ticks(*TICKABLE)}
        return self.refused(self.way.account, APPLICATION, "write", self.way.record.ids, vals)

    def test_D17_the_student_ticks_up_to_the_raised_limit_in_that_term(self):
        self.way.start()
        self.assertIn("at most 6", self.refused_ticks())
        exception = self.grant()
        self.assertEqual(exception.granted_by_id, self.assistant)
        self.way.tick(*TICKABLE).submit()
        self.assertFalse(self.way.record.is_over_cap)
        self.assertEqual(self.way.record.known_flexible, "7 / 7")

    def test_D17_the_page_tells_and_counts_by_the_raised_limit(self):
        self.way.start()
        self.grant()
        caps = form(self.way.record.with_user(self.way.account))["caps"]
        self.assertIn("7", [cap.limit for cap in caps])
        self.assertIn("All origins: at most 7 credits.", [cap.sentence for cap in caps])

    def test_D17_a_raised_limit_lowers_none_that_the_framework_has_by_now(self):
        self.way.start()
        self.grant()
        rule = self.framework.flexible_rule_ids.filtered(lambda row: row.origin == "all")
        for limit, shown in ((8, ["8", "3"]), (6, ["7", "3"]), (None, ["3"])):
            with self.subTest(limit=limit), self.undone():
                self.env.cr.execute(
                    'UPDATE ntue_flexible_rule SET has_limit = %s, "limit" = %s WHERE id = %s',
                    [limit is not None, limit or 0, rule.id],
                )
                self.env.invalidate_all()
                self.env.registry.clear_all_caches()
                caps = form(self.way.record.with_user(self.way.account))["caps"]
                self.assertEqual([cap.limit for cap in caps], shown)

    def test_D17_it_holds_in_its_own_term_and_until_it_is_revoked(self):
        self.way.start()
        self.grant(term_id=self.terms["1132"].id)
        self.refused_ticks()
        exception = self.grant()
        self.refused(self.registrar, RAISED, "action_revoke", exception.ids)
        self.rpc(self.registrar, RAISED, "write", exception.ids, {"revoke_reason": "Mistaken"})
        self.rpc(self.registrar, RAISED, "action_revoke", exception.ids)
        self.refused_ticks()
        self.assertEqual(exception.revoked_by_id, self.registrar)

    def test_D17_it_is_granted_by_who_may_for_a_reason_and_above_the_limit(self):
        foreign = self.cict_framework.flexible_rule_ids.filtered("has_limit")[:1]
        for user, values in (
            (self.other_assistant, {}),
            (self.registrar_day, {}),
            (self.assistant, {"reason": " "}),
            (self.assistant, {"limit": 6}),
            (self.assistant, {"limit": float("nan")}),
            (self.assistant, {"limit": float("inf")}),
            (self.assistant, {"limit": "9"}),
            (self.assistant, {"rule_id": foreign.id or 0}),
            (self.assistant, {"granted_by_id": self.registrar.id}),
        ):
            with (
                self.subTest(user=user.login, values=values),
                self.assertRaises(UserError),
                self.undone(),
            ):
                self.grant(user, **values)
        exception = self.grant()
        self.refused(self.assistant, RAISED, "write", exception.ids, {"limit": 9})
        self.refused(self.assistant, RAISED, "unlink", exception.ids)
