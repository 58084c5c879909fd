from unittest.mock import patch

from odoo.addons.ntue_curriculum.degree_audit import Reason
from odoo.addons.ntue_curriculum.pages.progress import progress
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import APPLICATION, LINE, GraduationCase
from .records import waiver
from .stands import returned

EXCEPTION = "ntue.graduation.exception"


@tagged("post_install", "-at_install")
class TestExceptions(GraduationCase):
    """Waived and substituted subjects, decided with the rows (D19)."""

    def grant(self, **values):
        vals = {**waiver(self.way), **values}
        number = self.rpc(self.assistant, EXCEPTION, "create", vals)
        self.way.record.invalidate_recordset()
        return self.env[EXCEPTION].browse(number)

    def missing(self):
        return self.way.record._audit(final=True).missing_lines

    def test_a_waived_subject_counts_at_once_and_is_recognised_by_the_pass(self):
        self.way.reviewed()
        school_of.enrolment(self.student, "0901").write({"state": "withdrawn"})
        self.assertTrue(self.missing())
        exception = self.grant()
        self.assertEqual(exception.author_id, self.assistant)
        self.assertFalse(self.missing())
        self.assertFalse(self.env["ntue.recognition"].search([("kind", "=", "waived")]))
        self.way.pass_first()
        found = self.env["ntue.recognition"].search([("kind", "=", "waived")])
        self.assertEqual(found.application_id, self.way.record)
        self.assertEqual((found.author_id, found.reason), (self.assistant, "Passed elsewhere"))
        self.assertFalse(self.missing())
        self.way.by_assistant("action_take_back", "Not so")
        self.assertFalse(found.exists())

    def test_an_exception_that_does_not_say_its_kind_waives_the_subject(self):
        self.way.submitted()
        values = {name: value for name, value in waiver(self.way).items() if name != "kind"}
        number = self.rpc(self.assistant, EXCEPTION, "create", values)
        self.assertEqual(self.env[EXCEPTION].browse(number).kind, "waived")

    def test_another_course_stands_for_a_subject(self):
        self.way.submitted()
        other = school_of.enrolment(self.student, "0733")
        self.grant(kind="substituted", enrollment_id=other.id)
        outcome = next(row for row in self.way.record._audit().enrolments if row.key == other.id)
        self.assertEqual(outcome.areas, ("D",))

    def test_several_courses_stand_for_a_subject_together(self):
        self.way.submitted()
        first = school_of.enrolment(self.student, "0733")
        second = school_of.enrolment(self.student, "0812")
        together = {"kind": "substituted", "enrollment_id": first.id}
        self.grant(**together, together_ids=[(6, 0, second.ids)])
        rows = {row.key: row for row in self.way.record._audit().enrolments}
        self.assertEqual((rows[first.id].areas, rows[first.id].counted_credits), (("D",), 4))
        self.assertIs(rows[second.id].reason, Reason.TOGETHER)
        said = self.way.record.event_ids.sorted("id")[-1].reason
        self.assertIn(first.name, said)
        self.assertIn(second.name, said)
        self.way.receive().decide().pass_first()
        found = self.env["ntue.recognition"].search([("kind", "=", "substituted")])
        self.assertEqual((found.enrollment_id, found.together_ids), (first, second))
        rows = {row.key: row for row in self.way.record._audit(final=True).enrolments}
        self.assertIs(rows[second.id].reason, Reason.TOGETHER)

    def test_only_courses_that_may_stand_for_a_subject_together_are_offered(self):
        self.way.submitted()
        first, second, failed, begun = (
            school_of.enrolment(self.student, number) for number in ("0733", "0812", "0650", "0901")
        )
        (field,) = self.rpc(self.assistant, EXCEPTION, "fields_get", ["together_ids"]).values()
        given = {"student_id": self.student.id, "enrollment_id": first.id}
        offered = self.env["ntue.enrollment"].search(safe_eval(field["domain"], given))
        self.assertIn(second, offered)
        self.assertFalse(offered & (first | failed | begun))

    def test_courses_together_have_the_credits_of_the_subject_and_are_the_students_own(self):
        self.way.submitted()
        first = school_of.enrolment(self.student, "0733")
        second = school_of.enrolment(self.student, "0812")
        fellow = self.new_student("210941002", "同系同學")
        second.credits = 0.5
        together = {"kind": "substituted", "enrollment_id": first.id}
        for values in (
            {**together, "together_ids": [(6, 0, second.ids)]},
            {**together, "together_ids": [(6, 0, first.ids)]},
            {**together, "together_ids": [(6, 0, fellow.enrollment_ids[:1].ids)]},
            {"together_ids": [(6, 0, second.ids)]},
        ):
            with self.subTest(values=values):
                self.refused(self.assistant, EXCEPTION, "create", {**waiver(self.way), **values})

    def test_a_second_submission_drops_them_and_makes_the_figures_once(self):
        returned(self.way)
        self.assertTrue(self.way.record.exception_ids)
        applications = self.env.registry[APPLICATION]
        restate = applications._restate
        with patch.object(applications, "_restate", autospec=True, side_effect=restate) as made:
            self.way.submit()
        self.assertFalse(self.way.record.exception_ids)
        self.assertEqual(made.call_count, 1)

    def test_an_exception_has_a_reason_and_stays_in_the_framework_and_with_the_student(self):
        self.way.submitted()
        fellow = self.new_student("210941002", "同系同學")
        foreign = self.cict_framework.line_ids[0].id
        for values in (
            {"reason": "  "},
            {"line_id": foreign},
            {"kind": "substituted"},
            {"enrollment_id": self.student.enrollment_ids[0].id},
            {"kind": "substituted", "enrollment_id": fellow.enrollment_ids[0].id},
            {"author_id": self.registrar.id},
        ):
            with self.subTest(values=values):
                self.refused(self.assistant, EXCEPTION, "create", {**waiver(self.way), **values})

    def test_an_exception_is_in_the_log_when_granted_and_when_taken_back(self):
        self.way.submitted()
        exception = self.grant()
        self.rpc(self.assistant, EXCEPTION, "unlink", exception.ids)
        self.assertEqual(
            self.way.record.event_ids.mapped("action"),
            ["submit", "except", "withdraw_exception"],
        )
        self.assertIn("碩士論文", self.way.record.event_ids[-1].reason)

    def test_the_form_grants_an_exception_with_the_other_decisions(self):
        """One save of the page carries rows and exceptions."""
        self.way.submitted()
        vals = waiver(self.way)
        del vals["application_id"]
        row = self.way.record.line_ids.filtered("ticked")[:1]
        self.way.by_assistant(
            "write",
            {
                "exception_ids": [(0, 0, vals)],
                "outside_line_ids": [(1, row.id, {"decision": "accepted"})],
            },
        )
        self.assertEqual(len(self.way.record.exception_ids), 1)
        self.assertEqual(row.decision, "accepted")

    def test_a_form_that_waives_after_all_names_no_course_in_its_place(self):
        record = self.way.submitted().record.with_user(self.assistant)
        with Form(record) as form, form.exception_ids.new() as row:
            row.kind = "substituted"
            row.line_id = self.env["ntue.curriculum.line"].browse(waiver(self.way)["line_id"])
            row.enrollment_id = school_of.enrolment(self.student, "0733")
            row.kind = "waived"
            row.reason = "Meeting 5"
        self.assertFalse(record.exception_ids.enrollment_id)

    def test_the_second_to_except_a_subject_is_told_who_did_it_and_when(self):
        self.way.submitted()
        self.grant()
        other = school_of.enrolment(self.student, "0733")
        for values in ({"reason": "Meeting 5"}, {"kind": "substituted", "enrollment_id": other.id}):
            told = self.refused(self.assistant, EXCEPTION, "create", {**waiver(self.way), **values})
            for words in ("exception for 碩士論文 already", self.assistant.name, "114-11-10"):
                self.assertIn(words, told)

    def test_a_subject_that_is_waived_on_the_students_record_as_well_counts_once(self):
        self.way.reviewed()
        school_of.enrolment(self.student, "0901").write({"state": "withdrawn"})
        owner = {"student_id": self.student.id, "term_id": self.terms["1141"].id}
        values = {"kind": "waived", "line_id": waiver(self.way)["line_id"], "reason": "Meeting 5"}
        number = self.rpc(self.registrar, "ntue.recognition", "create", {**owner, **values})
        with_one = self.way.record._audit(final=True).areas
        self.grant()
        self.assertEqual(self.way.record._audit(final=True).areas, with_one)
        self.way.pass_first()
        found = self.env["ntue.recognition"].search([("kind", "=", "waived")])
        self.assertEqual(len(found), 2)
        self.assertFalse(self.missing())
        self.rpc(self.registrar, "ntue.recognition", "unlink", [number])
        self.assertFalse(self.missing(), "the first review's own holds")

    def test_an_exception_is_not_rewritten_and_not_granted_after_the_pass(self):
        self.way.submitted()
        exception = self.grant()
        self.refused(self.assistant, EXCEPTION, "write", exception.ids, {"reason": "Other"})
        self.way.receive().decide().pass_first()
        self.refused(self.assistant, EXCEPTION, "unlink", exception.ids)
        self.refused(self.assistant, EXCEPTION, "create", waiver(self.way, "SRD001"))

    def test_the_audit_counts_what_is_decided_before_the_pass(self):
        self.way.submitted()
        record = self.way.record
        self.assertEqual((record._audit().taken, record._audit().ticked), (28, 6))
        self.way.decide()
        self.assertEqual((record._audit().taken, record._audit().ticked), (34, 0))
        row = record.line_ids.filtered("ticked")[:1]
        vals = {"decision": "refused", "decision_reason": "Below level"}
        self.rpc(self.assistant, LINE, "write", row.ids, vals)
        self.assertEqual(record._audit().taken, 31)
        self.assertEqual(progress(self.student)["result"].taken, 28, "nowhere else (108)")

    def test_the_form_recounts_while_a_decision_is_being_filled_in(self):
        self.way.submitted()
        row = self.way.record.line_ids.filtered("ticked")[:1]
        vals = {"outside_line_ids": [(1, row.id, {"decision": "accepted"})]}
        spec = {
            "review_panel": {},
            "outside_line_ids": {"fields": {"decision": {}, "mapped_area_id": {"fields": {}}}},
        }
        answer = self.rpc(
            self.assistant,
            APPLICATION,
            "onchange",
            self.way.record.ids,
            vals,
            ["outside_line_ids"],
            spec,
        )
        self.assertIn("31", answer["value"]["review_panel"])
        self.assertEqual(row.decision, "pending")
