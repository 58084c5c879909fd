"""Two assistants at the rows of one application: the second is told of what the first decided."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .common import APPLICATION, LINE, GraduationCase

SECOND = {"decision": "refused", "decision_reason": "Below level"}


@tagged("post_install", "-at_install")
class TestTwoReviewers(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "ntue_curriculum.group_assistant"
        cls.other = school_of.user(cls.env, "second@staff.example.com", group)
        cls.other.name = "第二位助教"
        cls.student.department_id.sudo().assistant_ids |= cls.other
        cls.way.submitted()
        cls.row = cls.way.record.line_ids.filtered("ticked")[:1]

    def seen(self):
        """What the form of either has of the row now."""
        self.row.invalidate_recordset()
        return str(self.row.decided_at) if self.row.decided_at else False

    def decide(self, user, seen, **values):
        """As the form saves it: a row of the application, with what was on the screen."""
        vals = {"outside_line_ids": [(1, self.row.id, {**values, "seen_at": seen})]}
        return self.rpc(user, APPLICATION, "write", self.way.record.ids, vals)

    def test_the_second_to_decide_a_row_is_told_of_the_first(self):
        seen = self.seen()
        self.decide(self.other, seen, decision="accepted")
        vals = {"outside_line_ids": [(1, self.row.id, {**SECOND, "seen_at": seen})]}
        told = self.refused(self.assistant, APPLICATION, "write", self.way.record.ids, vals)
        for words in (self.row.label, "Accepted as flexible", "第二位助教", "114-11-10"):
            self.assertIn(words, told)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.decision, "accepted")

    def test_who_has_seen_it_may_decide_otherwise(self):
        self.decide(self.other, self.seen(), decision="accepted")
        self.decide(self.assistant, self.seen(), **SECOND)
        self.row.invalidate_recordset()
        self.assertEqual((self.row.decision, self.row.decided_by_id), ("refused", self.assistant))

    def test_ones_own_decision_is_changed_at_once(self):
        seen = self.seen()
        for values in ({"decision": "accepted"}, SECOND):
            self.decide(self.assistant, seen, **values)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.decision, "refused")

    def test_the_button_accepts_what_is_open_and_overrules_nobody(self):
        self.decide(self.other, self.seen(), **SECOND)
        told = self.refused(self.assistant, LINE, "action_accept", self.row.ids)
        self.assertIn("第二位助教", told)
        self.rpc(self.other, LINE, "action_accept", self.row.ids)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.decision, "accepted")
