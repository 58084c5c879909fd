from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED
from odoo.tests import Form, tagged

from ..models.application import application_line
from .common import APPLICATION, LINE, GraduationCase, Way


@tagged("post_install", "-at_install")
class TestMapping(GraduationCase):
    """A course is mapped where it counts, and what that changes is read before it is saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.way.submitted().record.with_user(cls.assistant)

    def form_row(self, number="0733"):
        """The place of a row in the form."""
        return self.record.outside_line_ids.mapped("offering_no").index(number)

    def offered(self, number="0733"):
        """The areas and subjects that a row which is being mapped is offered."""
        row = self.record.outside_line_ids.filtered(lambda one: one.offering_no == number)
        trial = self.env[LINE].with_user(self.assistant).new({"decision": "mapped"}, origin=row)
        return trial.fitting_area_ids._origin, trial.fitting_line_ids._origin

    def credits_if(self, **vals):
        """Whether the course counts, and the credits expected, were it mapped so unasked."""
        with self.undone(), patch.object(application_line, "fits", lambda _line: True):
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
        self.assertTrue(subjects)
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


@tagged("post_install", "-at_install")
class TestRefusedPlaces(GraduationCase):
    """The server takes the places that the form offers, and no other, however it is called.

    In the student's framework are an area that has a floor above the course's score, one that
    is a parent of others, and subjects that are passed and that are not.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = school_of.framework(cls.school, "SRD-E-110", cls.program, entry_year=110)
        areas = {area.code: area for area in draft.area_ids}
        areas["C"].write({"has_floor": True, "min_score": 90})
        parent = areas["A"].create({"curriculum_id": draft.id, "code": "P", "name": "共同"})
        areas["A"].parent_id = parent
        student = cls.new_student("210941004", "課架學生", of_framework=school_of.publish(draft))
        way = Way(cls, student).drafted()
        way.by_student("write", {"shortfall_acknowledged": True})
        cls.record = way.submit().record
        cls.row = cls.record.outside_line_ids.filtered(lambda one: one.offering_no == "0733")
        cls.framework = draft

    def places(self):
        """Each area and subject of the framework, as values of a row, and whether it is offered."""
        trial = self.env[LINE].with_user(self.assistant)
        trial = trial.new({"decision": "mapped"}, origin=self.row.with_user(self.assistant))
        for name, offered in (
            ("mapped_area_id", trial.fitting_area_ids),
            ("mapped_line_id", trial.fitting_line_ids),
        ):
            for place in self.env[offered._name].search(
                [("curriculum_id", "=", self.framework.id)]
            ):
                yield {"decision": "mapped", name: place.id}, place in offered._origin

    def test_D19_a_place_that_is_not_offered_is_refused_by_row_and_by_application(self):
        found = set()
        for vals, offered in self.places():
            expected = CHANGED if offered else REFUSED
            rows = {"outside_line_ids": [(1, self.row.id, vals)]}
            for model, number, sent in (
                (LINE, self.row.id, vals),
                (APPLICATION, self.record.id, rows),
            ):
                with self.subTest(vals=vals, model=model):
                    said = self.outcome(self.assistant, model, "write", [number], sent)
                    self.assertEqual(said, expected)
            found.add((*vals, offered))
        fields = ("mapped_area_id", "mapped_line_id")
        every = {("decision", name, offered) for name in fields for offered in (True, False)}
        self.assertEqual(found, every, "a place of each kind that is offered, and one that is not")

    def test_D19_nobody_else_maps_a_course_anywhere(self):
        administrator = self.env.ref("base.user_admin")
        users = self.registrar | self.registrar_day | self.other_assistant | self.operator
        users |= school_of.account_of(self.record.student_id) | administrator
        for vals, offered in self.places():
            for user in users:
                with self.subTest(vals=vals, user=user.login, offered=offered):
                    said = self.outcome(user, LINE, "write", self.row.ids, vals)
                    self.assertEqual(said, REFUSED)

    def test_D19_two_courses_are_not_mapped_to_one_subject(self):
        """Neither one after the other, nor both at once."""
        (vals, *_more) = [v for v, offered in self.places() if offered and "mapped_line_id" in v]
        other = self.record.outside_line_ids - self.row
        both = {"outside_line_ids": [(1, row.id, vals) for row in self.row | other]}
        with self.undone():
            self.rpc(self.assistant, LINE, "write", self.row.ids, vals)
            self.refused(self.assistant, LINE, "write", other.ids, vals)
        self.refused(self.assistant, APPLICATION, "write", self.record.ids, both)

    def test_D19_an_area_beside_a_subject_is_the_subjects_own(self):
        (vals, *_more) = [v for v, offered in self.places() if offered and "mapped_line_id" in v]
        own = self.env["ntue.curriculum.line"].browse(vals["mapped_line_id"]).area_id
        for area in self.framework.area_ids:
            with self.subTest(area=area.code):
                both = {**vals, "mapped_area_id": area.id}
                said = self.outcome(self.assistant, LINE, "write", self.row.ids, both)
                self.assertEqual(said, CHANGED if area == own else REFUSED)
