from odoo.tests import Form, tagged

from .common import LINE, GraduationCase


@tagged("post_install", "-at_install")
class TestMapping(GraduationCase):
    """A course is mapped where it counts, and what that changes is read before it is saved."""

    def setUp(self):
        super().setUp()
        self.record = self.way.submitted().record.with_user(self.assistant)

    def form_row(self, number="0733"):
        """The place of a row in the form."""
        return self.record.outside_line_ids.mapped("offering_no").index(number)

    def offered(self, number="0733"):
        """The areas and subjects that a row which is being mapped is offered."""
        row = self.record.outside_line_ids.filtered(lambda one: one.offering_no == number)
        trial = self.env[LINE].with_user(self.assistant).new({"decision": "mapped"}, origin=row)
        return trial.fitting_area_ids._origin, trial.fitting_line_ids._origin

    def credits_if(self, **vals):
        """Whether the course counts, and the credits expected, once it was mapped so."""
        with self.undone():
            row = self.record.outside_line_ids.filtered(lambda one: one.offering_no == "0733")
            row.write({"decision": "mapped", **vals})
            result = self.record._audit()
            (outcome,) = [one for one in result.enrolments if one.key == row.enrollment_id.id]
            return outcome.reason.value, result.expected

    def test_D19_what_is_offered_is_where_the_course_counts_and_nothing_else(self):
        areas, subjects = self.offered()
        leaves = self.framework.area_ids.filtered(lambda area: not area.child_ids)
        for area in leaves:
            reason, _expected = self.credits_if(mapped_area_id=area.id)
            self.assertEqual(area in areas, reason == "mapped", area.code)
        for subject in subjects:
            reason, _expected = self.credits_if(mapped_line_id=subject.id)
            self.assertEqual(reason, "mapped", subject.name)

    def test_D19_a_subject_that_is_passed_already_is_not_offered(self):
        passed = self.student.enrollment_ids.filtered(lambda row: row.state == "passed").course_id
        _areas, subjects = self.offered()
        self.assertFalse(subjects.course_id & passed)
        self.assertTrue(self.framework.line_ids.course_id & passed)

    def test_D19_what_a_decision_changes_is_said_before_it_is_saved(self):
        self.assertFalse(any(self.record.outside_line_ids.mapped("effect")))
        with Form(self.record) as form:
            with form.outside_line_ids.edit(self.form_row()) as row:
                row.decision = "refused"
                row.decision_reason = "Below level"
                self.assertIn("34 → 31", row.effect)
                self.assertIn("not enough", row.effect)
                row.decision = "accepted"
                self.assertIn("34 → 34", row.effect)
                row.decision = "pending"
                self.assertFalse(row.effect)
            self.assertEqual(self.record.outside_line_ids.mapped("decision"), ["pending"] * 2)

    def test_D19_students_read_neither_what_is_offered_nor_what_it_would_change(self):
        rows = self.record.line_ids.ids
        for name in ("fitting_area_ids", "fitting_line_ids", "effect"):
            self.refused(self.way.account, LINE, "read", rows, [name])

    def test_139_a_short_application_says_so_before_its_first_review_passes(self):
        self.way.receive()
        self.assertFalse(self.record.short_text)
        refused = {"decision": "refused", "decision_reason": "Below level"}
        self.way.decide(no_0733=refused)
        self.record.invalidate_recordset()
        self.assertIn("1", self.record.short_text)
        with Form(self.record) as form:
            self.assertTrue(form.short_text)
        self.way.pass_first()
        self.assertFalse(self.record.short_text)
