from odoo.tests import Form, tagged

from ..degree_audit import Reading
from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase
from .upgrades import upgrade

OTHERWISE = {"student_id", "reason"}
"""What decisions of every kind have."""


@tagged("post_install", "-at_install")
class TestAuditModels(SchoolCase):
    """Worked student 1, from records to figures: the oracle is the sample's own page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")

    def areas(self, result):
        return {area.code: (area.taken, area.min_credits, area.met) for area in result.areas}

    def ticks(self, *numbers):
        return self.student.enrollment_ids.filtered(lambda row: row.offering_no in numbers)

    def test_D2_worked_student_1_meets_every_area_and_lacks_four_credits(self):
        result = self.student._case().audit()
        self.assertEqual(
            self.areas(result),
            {"A": (6, 6, True), "B": (6, 6, True), "C": (12, 9, True), "D": (4, 4, True)},
        )
        self.assertEqual((result.taken, result.earned, result.in_progress), (28, 24, 4))
        self.assertEqual((result.taken_required, result.taken_elective), (10, 18))
        self.assertEqual((result.missing_credits, result.met), (4, False))

    def test_137_each_tick_adds_to_what_is_expected_and_to_nothing_else(self):
        for ticked, expected, missing, met in (
            ((), 28, 4, False),
            (("0733",), 31, 1, False),
            (("0733", "0812"), 34, 0, True),
        ):
            with self.subTest(ticked=ticked):
                result = self.student._case().audit(self.ticks(*ticked).ids)
                self.assertEqual((result.expected, result.missing_credits), (expected, missing))
                self.assertEqual((result.taken, result.earned, result.met), (28, 24, met))

    def test_D28_the_final_reading_leaves_out_what_is_in_progress(self):
        result = self.student._case().audit(reading=Reading.FINAL)
        self.assertEqual((result.taken, result.earned), (24, 24))
        self.assertFalse(self.areas(result)["D"][2])

    def test_D18_what_is_outside_the_framework_and_undecided_can_be_ticked(self):
        rows = {row.id: row.offering_no for row in self.student.enrollment_ids}
        outcomes = self.student._case().audit().enrolments
        self.assertEqual(
            {rows[row.key]: row.origin.value for row in outcomes if row.tickable},
            {"0733": "other_department", "0812": "off_campus"},
        )

    def test_111_a_subject_not_taken_shows_a_negative_difference_and_fails_nothing(self):
        shown = progress(self.student)
        lines = [line for area in shown["areas"] for line in area.lines]
        difference = {line.subject.name: line.difference for line in lines}
        self.assertEqual(difference["社會統計與資料分析"], "-3")
        self.assertEqual(difference["碩士論文"], "0")
        self.assertTrue(shown["areas"][0].result.met)

    def test_95_a_course_is_labelled_as_the_notice_labels_it(self):
        row = school_of.enrolment(self.student, "0648")
        self.assertEqual(row.display_name, "〔0648〕（1092）環境資源調查與規劃（3）")

    def test_103_courses_from_elsewhere_are_wine_red_and_stand_apart(self):
        cross = progress(self.student)["cross"]
        self.assertEqual(
            {(row.label[1:5], row.colour, row.tag) for row in cross},
            {("0733", "wine", "Outside the framework"), ("0812", "wine", "Outside the framework")},
        )

    def test_D3_a_failed_attempt_is_listed_with_its_tag_and_counts_nothing(self):
        shown = progress(self.student)
        lines = [line for area in shown["areas"] for line in area.lines]
        (line,) = [line for line in lines if line.subject.name == "多元文化與族群研究"]
        (row,) = line.taken
        self.assertEqual((row.tag, row.colour, row.score), ("Not passed", "blue", "65"))
        self.assertEqual(line.difference, "-3")

    def test_D20_a_recognition_counts_for_its_own_term_and_shows_for_good(self):
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": school_of.enrolment(self.student, "0733").id,
                "kind": "flexible",
                "term_id": self.terms["1132"].id,
            }
        )
        self.assertEqual(self.student._case().audit().recognised, 3)
        self.assertEqual(self.student._case(self.terms["1132"]).audit().recognised, 3)
        now = self.student._case(self.terms["1141"]).audit()
        self.assertEqual((now.recognised, now.earned), (0, 24))
        (shown,) = progress(self.student)["recognised"]
        self.assertEqual((shown.label[1:5], shown.decided_term), ("0733", "1132"))

    def test_D19_an_assistant_maps_a_new_course_of_the_own_department_to_an_area(self):
        """A lower-year course of a later framework: outside, until it is mapped (109, 110)."""
        new = school_of.enrol(
            self.school, self.student, "1132", "0777", "SRD099", "韌性城市專題", 3, 90
        )
        outcome = {row.key: row for row in self.student._case().audit().enrolments}[new.id]
        self.assertEqual((outcome.origin.value, outcome.tickable), ("other_entry_year", True))
        area = self.framework.area_ids.filtered(lambda row: row.code == "C")
        self.rpc(
            self.assistant,
            "ntue.recognition",
            "create",
            {
                "student_id": self.student.id,
                "enrollment_id": new.id,
                "kind": "mapped",
                "area_id": area.id,
            },
        )
        result = self.student._case().audit(self.ticks("0733", "0812").ids)
        self.assertEqual(self.areas(result)["C"], (15, 9, True))
        self.assertTrue(result.ticks_allowed, "a mapped course uses up no limit")

    def test_an_exception_forces_a_course_into_an_area_and_needs_a_reason(self):
        written = school_of.enrolment(self.student, "0733")
        area = self.framework.area_ids.filtered(lambda row: row.code == "B")
        exception = {
            "student_id": self.student.id,
            "enrollment_id": written.id,
            "kind": "forced",
            "area_id": area.id,
        }
        sentence = self.refused(self.assistant, "ntue.recognition", "create", exception)
        self.assertIn("Say why", sentence)
        exception["reason"] = "Meeting 5"
        self.rpc(self.assistant, "ntue.recognition", "create", exception)
        result = self.student._case().audit()
        self.assertEqual(self.areas(result)["B"], (9, 6, True))
        later = {**exception, "kind": "refused", "area_id": False}
        self.rpc(self.assistant, "ntue.recognition", "create", later)
        self.assertEqual(self.areas(self.student._case().audit())["B"], (6, 6, True))

    def test_I6_a_decision_begins_on_the_students_form_and_changes_the_audit_beside_it(self):
        action = self.rpc(self.registrar, "ntue.student", "action_decide", self.student.ids)
        decisions = self.env[action["res_model"]].with_user(self.registrar)
        form = Form(decisions.with_context(**action["context"]))
        form.kind = "waived"
        form.line_id = self.framework.line_ids.filtered(lambda row: row.name == "碩士論文")
        form.reason = "Meeting 5"
        decision = form.save()
        self.assertEqual(decision.student_id, self.student)
        self.assertEqual(decision.author_id, self.registrar)
        school_of.enrolment(self.student, "0901").write({"state": "failed", "is_graded": True})
        self.assertEqual(self.student._case().audit().missing_lines, ())

    def test_what_was_chosen_before_another_kind_was_is_not_in_the_decision(self):
        action = self.rpc(self.registrar, "ntue.student", "action_decide", self.student.ids)
        decisions = self.env[action["res_model"]].with_user(self.registrar)
        form = Form(decisions.with_context(**action["context"]))
        form.kind = "forced"
        form.enrollment_id = school_of.enrolment(self.student, "0733")
        form.area_id = self.framework.area_ids.filtered(lambda row: row.code == "B")
        form.line_id = self.framework.line_ids.filtered(lambda row: row.name == "碩士論文")
        form.kind = "flexible"
        form.reason = "Meeting 5"
        decision = form.save()
        self.assertFalse(decision.area_id or decision.line_id)
        self.assertEqual(decision.enrollment_id.offering_no, "0733")

    def test_no_call_gives_a_decision_a_place_that_its_kind_is_not_about(self):
        line = self.framework.line_ids.filtered(lambda row: row.name == "碩士論文")
        everything = {
            "student_id": self.student.id,
            "enrollment_id": school_of.enrolment(self.student, "0733").id,
            "area_id": line.area_id.id,
            "line_id": line.id,
            "reason": "Meeting 5",
        }
        for kind, names in (
            ("flexible", {"enrollment_id"}),
            ("refused", {"enrollment_id"}),
            ("prior_approval", {"enrollment_id"}),
            ("substituted", {"enrollment_id", "line_id"}),
            ("waived", {"line_id"}),
            ("forced", {"enrollment_id", "line_id", "area_id"}),
        ):
            for context in ({}, {"default_kind": kind, "default_area_id": everything["area_id"]}):
                with self.subTest(kind=kind, context=context), self.undone():
                    values = everything if context else {**everything, "kind": kind}
                    number = self.rpc(
                        self.assistant, "ntue.recognition", "create", values, context=context
                    )
                    made = self.env["ntue.recognition"].browse(number)
                    self.assertEqual({name for name in everything if made[name]} - OTHERWISE, names)

    def test_an_upgrade_takes_out_the_places_that_forms_left_in_decisions(self):
        area = self.framework.area_ids.filtered(lambda row: row.code == "B")
        course = {"student_id": self.student.id, "reason": "Meeting 5"}
        course["enrollment_id"] = school_of.enrolment(self.student, "0733").id
        decisions = self.env["ntue.recognition"].create(
            [{**course, "kind": "flexible"}, {**course, "kind": "forced", "area_id": area.id}]
        )
        decisions._set({"area_id": area.id})
        upgrade(self.env, "ntue_curriculum", "19.0.1.3.0", "post-places")
        self.assertEqual([one.area_id for one in decisions], [area.browse(), area])

    def test_D23_nobody_is_extended_before_the_normal_terms_are_over(self):
        self.assertEqual((self.student.enrolled_term_count, self.student.is_extended), (7, True))
        self.program.normal_terms = 7
        self.assertFalse(self.student.is_extended)

    def test_D33_early_entry_years_are_for_reference_only(self):
        for year, expected in ((97, True), (98, True), (99, False), (109, False)):
            self.student.entry_year = year
            self.assertEqual(self.student.reference_only, expected, year)
