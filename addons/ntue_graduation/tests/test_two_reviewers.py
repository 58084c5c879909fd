"""Two assistants at the rows of one application: the second is told of what the first decided."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .common import APPLICATION, LINE, GraduationCase
from .records import excepted, waiver

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


@tagged("post_install", "-at_install")
class TestWithdrawnMeanwhile(GraduationCase):
    """What was made good by a waiver when the form was opened, and is not when it is passed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.submitted().receive()
        cls.way.decide()
        school_of.enrolment(cls.student, "0901").write({"state": "withdrawn"})

    def shown(self):
        """What the form shows as short to the one who opens it now."""
        ids = self.way.record.ids
        (row,) = self.rpc(self.assistant, APPLICATION, "read", ids, ["short_text"])
        return row["short_text"] or ""

    def passing(self, shown):
        call = (self.assistant, APPLICATION, "action_pass_first", self.way.record.ids)
        return {"context": {"ntue_short": shown}}, call

    def assert_told(self, shown):
        """Whoever passes it is told what is short, and passes it once that has been seen."""
        context, call = self.passing(shown)
        told = self.refused(*call, **context)
        self.assertIn("has changed since you opened this page", told)
        self.assertIn(self.shown(), told)
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        context, call = self.passing(self.shown())
        with self.undone():
            self.rpc(*call, **context)
            self.assertEqual(self.way.position(), "submitted/passed/pending")

    def test_a_waiver_that_a_colleague_took_back_is_told_to_who_passes_the_review(self):
        exception = excepted(self.way, self.assistant)
        shown = self.shown()
        self.assertNotIn("碩士論文", shown)
        self.rpc(self.assistant, exception._name, "unlink", exception.ids)
        self.assertIn("碩士論文", self.shown())
        self.assert_told(shown)

    def test_so_is_one_on_the_students_record_that_the_registrar_took_back(self):
        values = {"kind": "waived", "line_id": waiver(self.way)["line_id"], "reason": "Meeting 5"}
        owner = {"student_id": self.student.id, "term_id": self.terms["1141"].id}
        number = self.rpc(self.registrar, "ntue.recognition", "create", {**owner, **values})
        shown = self.shown()
        self.rpc(self.registrar, "ntue.recognition", "unlink", [number])
        self.assert_told(shown)

    def test_what_a_colleague_made_good_meanwhile_keeps_nobody_from_passing(self):
        school_of.enrolment(self.student, "0650").write({"state": "passed", "score": 80})
        shown = self.shown()
        self.assertTrue(shown)
        school_of.enrolment(self.student, "0901").write({"state": "passed", "score": 80})
        self.env.flush_all()
        self.assertFalse(self.shown())
        context, call = self.passing(shown)
        self.rpc(*call, **context)
        self.assertEqual(self.way.position(), "submitted/passed/pending")

    def test_a_call_that_says_nothing_of_what_it_saw_passes_as_ever(self):
        self.assertTrue(self.shown())
        for context in ({}, {"ntue_short": 7}, {"ntue_short": False}):
            with self.subTest(context=context), self.undone():
                ids = self.way.record.ids
                self.rpc(self.assistant, APPLICATION, "action_pass_first", ids, context=context)
                self.assertEqual(self.way.position(), "submitted/passed/pending")
