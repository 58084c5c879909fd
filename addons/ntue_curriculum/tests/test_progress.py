from odoo.tests import tagged

from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase

AREAS = (
    # code, parent, what it asks
    ("P", None, {"min_children": 1}),
    ("X", "P", {"min_credits": 3}),
    ("Y", "P", {"min_credits": 3, "has_cap": True, "max_credits": 4}),
    ("Z", None, {"min_courses": 1, "has_floor": True, "min_score": 80}),
)
LINES = (
    # course, name, areas, what is special about it
    ("N001", "兩處皆列", "XY", {}),
    ("N002", "兩處皆計", "XZ", {"shareable": True}),
    ("N003", "必修未修", "Y", {"requirement": "required"}),
    ("N004", "必修免修", "Z", {"requirement": "required"}),
    ("N005", "不計學分", "Y", {"counts_in_total": False}),
)


@tagged("post_install", "-at_install")
class TestProgress(SchoolCase):
    """Everything that decides about a student's credits is told on the progress page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nested = cls._framework()
        taken = (
            ("1131", "0001", "N001", "兩處皆列", 3, 90),
            ("1131", "0002", "N002", "兩處皆計", 3, 90),
            ("1131", "0003", "E001", "校外", 3, 90),
        )
        cls.student = cls.new_student("210941001", "王大明", taken=taken)
        cls.student.curriculum_id = cls.nested

    @classmethod
    def _framework(cls):
        made = cls.env["ntue.curriculum"].create(
            {
                "code": "NEST",
                "program_id": cls.program.id,
                "entry_year": 109,
                "graduation_credits": 12,
                "flexible_rule_ids": [(0, 0, rule) for rule in school_of.RULE_F3],
            }
        )
        areas = {}
        for code, parent, asked in AREAS:
            above = areas[parent].id if parent else False
            vals = {"curriculum_id": made.id, "code": code, "name": code, "parent_id": above}
            areas[code] = cls.env["ntue.curriculum.area"].create({**vals, **asked})
        for code, name, where, special in LINES:
            course = school_of.course(cls.school, code, name)
            for area in where:
                vals = {"curriculum_id": made.id, "area_id": areas[area].id, "credits": 3}
                vals.update(course_id=course.id, name=name, **special)
                cls.env["ntue.curriculum.line"].create(vals)
        made._publish("Made for these tests.")
        return made

    def area(self, code):
        return next(row for row in progress(self.student)["areas"] if row.area.code == code)

    def line(self, code, name):
        return next(line for line in self.area(code).lines if line.subject.name == name)

    def test_a_course_listed_in_two_areas_says_in_the_other_one_where_it_counts(self):
        self.assertEqual([row.score for row in self.line("Y", "兩處皆列").taken], ["90"])
        other = self.line("X", "兩處皆列")
        self.assertEqual((other.taken, other.difference), ((), "-3"))
        self.assertEqual(other.note, "Counts in area Y.")

    def test_a_shared_course_stands_in_every_area_where_it_counts(self):
        for code in "XZ":
            with self.subTest(area=code):
                line = self.line(code, "兩處皆計")
                self.assertEqual(len(line.taken), 1)
                self.assertEqual((line.difference, line.note), ("0", ""))

    def test_A2_a_required_subject_that_is_missing_is_marked_and_a_waived_one_says_why(self):
        self.assertTrue(self.line("Y", "必修未修").missing)
        self.assertTrue(self.line("Z", "必修免修").missing)
        waived = self.nested.line_ids.filtered(lambda row: row.name == "必修免修")
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "kind": "waived",
                "line_id": waived.id,
                "reason": "系務會議決議",
            }
        )
        line = self.line("Z", "必修免修")
        self.assertEqual((line.missing, line.waived), (False, True))
        self.assertEqual(line.note, "系務會議決議")

    def test_D41_a_subject_outside_the_graduation_credits_says_so(self):
        self.assertFalse(self.line("Y", "不計學分").subject.in_total)
        self.assertTrue(self.line("Y", "必修未修").subject.in_total)

    def test_an_area_tells_its_cap_its_least_score_and_how_many_areas_it_needs(self):
        parent = self.area("P")
        self.assertEqual((parent.area.min_children, parent.children_met), (1, 2))
        self.assertEqual((self.area("Y").area.cap, self.area("Z").area.floor), ("4", "80"))
        self.assertEqual((self.area("X").area.cap, self.area("X").area.floor), ("", ""))

    def test_D17_the_limits_of_flexible_credits_are_told_with_what_is_used(self):
        outside = school_of.enrolment(self.student, "0003")
        outside.offering_department_id = self.cict
        vals = {"student_id": self.student.id, "enrollment_id": outside.id, "kind": "flexible"}
        self.env["ntue.recognition"].create(vals)
        self.assertEqual(
            progress(self.student)["limits"],
            [
                "All origins: at most 3 credits, 3 credits used.",
                "Off campus: at most 1 courses, 0 courses used.",
                "Other entry years: without limit.",
            ],
        )
        strict = school_of.framework(self.school, "F2", self.program, rules=school_of.RULE_F2)
        self.student.curriculum_id = school_of.publish(strict)
        self.assertEqual(
            progress(self.student)["limits"],
            [
                "All origins: at most 2 courses, 1 courses used.",
                "All origins: each course needs an approval beforehand.",
            ],
        )

    def test_the_page_and_the_sheet_draw_all_of_it(self):
        page = str(self.student.audit_panel)
        for text in ("Still to be taken", "Not in the graduation credits", "Counts in area Y."):
            self.assertIn(text, page)
        sheet, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "ntue_curriculum.report_progress_sheet", self.student.ids
        )
        for text in ("必修未修", "兩處皆計", "114-11-10"):
            self.assertIn(text, sheet.decode())
