"""A decision that maps a course names a place that takes it, however it is made (D19)."""

from odoo.tests import Form, tagged

from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase

RECOGNITION = "ntue.recognition"


@tagged("post_install", "-at_install")
class TestMappedDecisions(SchoolCase):
    """In the framework an area has a floor above the course's score, and one is a parent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = school_of.framework(cls.school, "SRD-E-110", cls.program, entry_year=110)
        areas = {area.code: area for area in draft.area_ids}
        areas["C"].write({"has_floor": True, "min_score": 90})
        areas["A"].parent_id = areas["A"].create(
            {"curriculum_id": draft.id, "code": "P", "name": "共同"}
        )
        cls.framework = school_of.publish(draft)
        cls.student = cls.new_student("210941004", "課架學生", of_framework=cls.framework)
        cls.course = school_of.enrolment(cls.student, "0733")

    def mapping(self, **place):
        return {
            "student_id": self.student.id,
            "enrollment_id": self.course.id,
            "kind": "mapped",
            "term_id": self.terms["1141"].id,
            "reason": "Meeting 1",
            **place,
        }

    def offered(self):
        """The areas and subjects that the form offers."""
        new = self.env[RECOGNITION].with_user(self.assistant).new(self.mapping())
        return new.fitting_area_ids._origin, new.fitting_line_ids._origin

    def places(self):
        """Each place of the framework as values, and whether it is offered."""
        areas, lines = self.offered()
        for area in self.framework.area_ids:
            yield {"area_id": area.id}, area in areas
        for line in self.framework.line_ids:
            yield {"line_id": line.id}, line in lines

    def test_D19_a_place_that_is_not_offered_is_refused_to_every_caller(self):
        found = set()
        for place, offered in self.places():
            for user in (self.assistant, self.registrar):
                with self.subTest(place=place, user=user.login):
                    said = self.outcome(user, RECOGNITION, "create", self.mapping(**place))
                    self.assertEqual(said, CHANGED if offered else REFUSED)
            found.add((*place, offered))
        every = {(name, offered) for name in ("area_id", "line_id") for offered in (True, False)}
        self.assertEqual(found, every, "a place of each kind that is offered, and one that is not")

    def test_D19_the_refusal_names_course_and_place_and_says_what_to_do(self):
        taken = self.framework.line_ids.filtered(lambda line: line.course_id.code == "SRD001")
        told = self.refused(self.assistant, RECOGNITION, "create", self.mapping(line_id=taken.id))
        for words in (self.course.name, taken.name, "the list offers"):
            self.assertIn(words, told)

    def test_D19_two_courses_that_are_mapped_at_once_do_not_take_one_subject(self):
        (line, *_more) = self.offered()[1]
        other = {"enrollment_id": school_of.enrolment(self.student, "0812").id}
        both = [self.mapping(line_id=line.id), self.mapping(line_id=line.id, **other)]
        self.refused(self.assistant, RECOGNITION, "create", both)
        self.rpc(self.assistant, RECOGNITION, "create", both[:1])

    def test_D19_what_it_changes_is_shown_before_it_is_saved_and_not_any_more_after(self):
        area = self.offered()[0][0]
        new = self.env[RECOGNITION].with_user(self.assistant)
        with Form(new.with_context(default_student_id=self.student.id)) as form:
            self.assertFalse(form.effect)
            form.kind = "mapped"
            form.enrollment_id = self.course
            self.assertFalse(form.effect)
            form.area_id = area
            self.assertRegex(form.effect, r"\d+ → \d+")
            form.term_id = self.terms["1141"]
            form.reason = "Meeting 1"
        self.assertFalse(form.record.effect)
        self.assertFalse(form.record.fitting_area_ids)

    def test_D19_a_subject_and_another_area_are_refused_whatever_the_decision_is(self):
        """Otherwise it would count in the one, and be told as counting in the other."""
        (line, *_more) = self.framework.line_ids.filtered("area_id")
        (other, *_others) = self.framework.area_ids - line.area_id
        for kind in ("mapped", "forced"):
            both = {**self.mapping(line_id=line.id, area_id=other.id), "kind": kind}
            told = self.refused(self.assistant, RECOGNITION, "create", both)
            for words in (line.name, line.area_id.display_name, "Leave the area empty"):
                self.assertIn(words, told)

    def test_an_exception_may_still_name_any_place_with_its_reason(self):
        """What no rule allows is decided by name and kept as such."""
        place = next(place for place, offered in self.places() if not offered)
        vals = {**self.mapping(**place), "kind": "forced"}
        self.rpc(self.assistant, RECOGNITION, "create", vals)
