from contextlib import closing

from odoo import fields
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..cases import KEPT, KEY, held
from .common import LINE, TICKABLE, GraduationCase
from .records import excepted
from .step_cost import counted


@tagged("post_install", "-at_install")
class TestCaseMemory(GraduationCase):
    """An audit that was remembered says what one made afresh would say, whatever changed."""

    def audit(self, **options):
        return self.way.record._audit(**options)

    def afresh(self):
        """The audit that nothing remembered has a part in."""
        self.env.cr.cache.pop(KEY, None)
        return self.audit()

    def assert_followed(self, change):
        """After ``change`` within the transaction the audit is another, and the right one."""
        before = self.audit()
        self.assertIs(self.audit(), before, "it is remembered")
        change()
        after = self.audit()
        self.assertNotEqual(after, before, "the change is one that an audit sees")
        self.assertEqual(after, self.afresh())

    def sql(self, query, *values):
        """A change past the ORM."""
        self.env.flush_all()
        self.env.cr.execute(query, values)

    def test_a_tick_is_followed(self):
        self.way.drafted()
        self.assert_followed(lambda: self.way.tick(TICKABLE[0]))

    def test_a_tick_that_is_not_written_yet_is_followed(self):
        self.way.drafted()
        self.assert_followed(lambda: self.way.record._set({"tick_ids": [fields.Command.clear()]}))

    def test_a_grade_is_followed(self):
        self.way.drafted()
        self.assert_followed(lambda: self.way.grade(60))

    def test_a_grade_that_is_not_written_yet_is_followed(self):
        self.way.drafted()
        row = school_of.enrolment(self.student, "0901")
        self.assert_followed(lambda: row.update({"state": "withdrawn"}))

    def test_a_grade_written_past_the_orm_is_followed(self):
        self.way.drafted()
        row = school_of.enrolment(self.student, "0901")
        query = "UPDATE ntue_enrollment SET state = 'withdrawn' WHERE id = %s"
        self.assert_followed(lambda: self.sql(query, row.id))

    def test_credits_are_followed(self):
        self.way.drafted()
        row = school_of.enrolment(self.student, "0733")
        self.assert_followed(lambda: row.write({"credits": 4}))

    def test_an_enrolment_more_and_one_less_is_followed(self):
        self.way.drafted()
        added = []

        def add():
            row = ("1141", "0999", "CICT099", "新課程", 3, 90)
            added.append(school_of.enrol(self.school, self.student, *row))

        self.assert_followed(add)
        self.assert_followed(lambda: added[0].unlink())

    def test_a_recognition_is_followed_and_its_end_too(self):
        self.way.drafted()
        refusal = {
            "student_id": self.student.id,
            "enrollment_id": school_of.enrolment(self.student, TICKABLE[0]).id,
            "kind": "refused",
            "term_id": self.terms["1141"].id,
            "author_id": self.assistant.id,
            "reason": "Seen",
        }
        made = []
        self.assert_followed(lambda: made.append(self.env["ntue.recognition"].create(refusal)))
        self.assert_followed(lambda: made[0].unlink())

    def test_a_decision_on_a_row_is_followed(self):
        self.way.submitted()
        row = self.way.record.line_ids.filtered("ticked")[0]
        vals = {"decision": "refused", "decision_reason": "Not of the kind"}
        self.assert_followed(lambda: self.rpc(self.assistant, LINE, "write", row.ids, vals))

    def test_an_exception_is_followed_and_its_end_too(self):
        self.way.submitted()
        school_of.enrolment(self.student, "0901").write({"state": "withdrawn"})
        granted = []
        self.assert_followed(lambda: granted.append(excepted(self.way, self.assistant)))
        self.assert_followed(lambda: granted[0].with_user(self.assistant).unlink())

    def test_the_first_review_is_followed_and_what_it_recognised_counts_on(self):
        self.way.reviewed()
        before = self.audit()
        self.way.pass_first()
        self.assertEqual(self.audit(), self.afresh())
        self.assertEqual(self.audit().expected, before.expected)

    def test_a_raised_limit_is_followed_and_its_end_too(self):
        self.way.drafted()
        rule = self.framework.flexible_rule_ids.filtered(lambda row: row.origin == "all")
        vals = {
            "student_id": self.student.id,
            "term_id": self.terms["1141"].id,
            "rule_id": rule.id,
            "limit": 7,
            "reason": "By the department's meeting",
        }
        model = self.env["ntue.graduation.cap.exception"].with_user(self.assistant)
        granted = []
        self.assert_followed(lambda: granted.append(model.create(vals)))

        def revoke():
            granted[0].revoke_reason = "Mistaken"
            granted[0].action_revoke()

        self.assert_followed(revoke)

    def test_another_framework_is_followed(self):
        self.way.drafted()
        draft = self.framework._start_revision("Meeting 3")
        draft.graduation_credits = 34
        self.assert_followed(lambda: school_of.publish(draft))

    def test_a_framework_that_is_drawn_up_is_followed(self):
        self.way.drafted()
        draft = self.framework._start_revision("Meeting 3")
        query = "UPDATE ntue_student SET curriculum_id = %s WHERE id = %s"
        self.sql(query, draft.id, self.student.id)
        self.student.invalidate_recordset()
        self.assert_followed(lambda: draft.write({"graduation_credits": 34}))

    def test_the_end_of_a_term_is_followed(self):
        self.way.drafted()
        self.assert_followed(lambda: self.enterContext(freeze_time("2030-01-01 04:00:00")))

    def test_what_was_taken_back_is_followed(self):
        self.way.drafted()
        before = self.audit()
        for flush in (True, False):
            with self.subTest(flush=flush):
                with closing(self.env.cr.savepoint(flush=flush)):
                    self.way.grade(60)
                    self.env.flush_all()
                    self.assertNotEqual(self.audit(), before)
                self.env.invalidate_all()
                self.assertEqual(self.audit(), before)

    def test_each_reading_is_its_own(self):
        self.way.first_passed()
        self.assertNotEqual(self.audit(), self.audit(final=True))

    def test_one_student_is_not_taken_for_another(self):
        other = self.way_of(self.new_student("210941002", "同系同學")).drafted()
        self.way.drafted().grade(60)
        self.assertNotEqual(self.audit().met, other.record._audit().met)
        self.assertEqual(self.audit(), self.afresh())

    def test_somebody_who_asks_in_one_request_is_answered_by_one_audit(self):
        self.way.drafted()
        self.env.cr.cache.pop(KEY, None)
        with counted() as found:
            self.audit()
            self.way.record.with_user(self.way.account)._audit()
            self.way.record.sudo()._audit(strict=True)
            list(self.way.record._audits())
        self.assertEqual(found[0].audits, 1)

    def test_while_nothing_is_written_what_was_taken_is_read_once(self):
        self.way.drafted()
        self.audit()
        with held(self.env):
            self.audit()
            with counted() as found:
                self.audit()
                self.audit(strict=True)
        self.assertEqual(found[0].queries, 0)
        self.assert_followed(lambda: self.way.grade(60))

    def test_what_a_step_writes_is_followed_within_it(self):
        self.way.reviewed()
        row = self.way.record.line_ids.filtered("ticked")[0]
        before = self.audit()
        with held(self.env):
            self.way.by_assistant("action_pass_first")
            self.assertEqual(self.audit(), before, "recognised now, and no longer pending")
            self.env["ntue.recognition"].search(
                [("enrollment_id", "=", row.enrollment_id.id)]
            ).unlink()
            self.assertNotEqual(self.audit(), before)
        self.assertEqual(self.audit(), self.afresh())

    def test_what_the_system_read_is_not_held_for_a_user_who_may_not(self):
        self.way.drafted()
        with held(self.env):
            self.way.record.sudo()._audit()
            with self.assertRaises(AccessError):
                self.way.record.with_user(self.other_assistant)._audit()

    def test_a_job_over_many_keeps_few(self):
        self.way.drafted()
        self.env.cr.cache.pop(KEY, None)
        self.audit()
        last = self.env.cr.cache[KEY].last
        ((student, term),) = last
        for number in range(1, KEPT + 1):
            last[-number, term] = last[student, term]
        self.audit()
        self.assertLessEqual(len(last), KEPT)
