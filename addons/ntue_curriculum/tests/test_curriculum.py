from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import school as school_of
from .common import REFUSED, SchoolCase


@tagged("post_install", "-at_install")
class TestCurriculum(SchoolCase):
    """The life of a framework: draft, published, revised (I3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = school_of.framework(cls.school, "SRD-E-114", cls.program, 114)
        cls.new_course = school_of.course(cls.school, "NEW001", "New")

    def revision(self, reason="Meeting 3"):
        return self.framework._start_revision(reason)

    def test_I3_what_is_published_is_not_changed_by_anybody(self):
        area, line = self.framework.area_ids[0], self.framework.line_ids[0]
        rule = self.framework.flexible_rule_ids[0]
        new_area = {"code": "Z", "name": "New"}
        for vals in (
            {"graduation_credits": 1},
            {"class_name": "Changed"},
            {"code": "NEW"},
            {"area_ids": [(0, 0, new_area)]},
            {"area_ids": [(1, area.id, {"min_credits": 0})]},
            {"area_ids": [(2, area.id)]},
            {"line_ids": [(1, line.id, {"credits": 9})]},
            {"flexible_rule_ids": [(1, rule.id, {"limit": 99})]},
            {"flexible_rule_ids": [(5,)]},
            {"state": "draft"},
            {"state": "archived"},
        ):
            for user in (self.assistant, self.registrar, self.env.user):
                with self.subTest(vals=vals, user=user.login):
                    found = self.outcome(user, "ntue.curriculum", "write", self.framework.ids, vals)
                    self.assertEqual(found, REFUSED)

    def test_I3_parts_of_a_published_framework_stay_as_they_are_for_the_superuser_too(self):
        owner = {"curriculum_id": self.framework.id}
        line = {**owner, "name": "New", "credits": 3}
        for part, new in (
            (self.framework.area_ids[0], {**owner, "code": "Z", "name": "New"}),
            (self.framework.line_ids[0], {**line, "course_id": self.new_course.id}),
            (self.framework.flexible_rule_ids[0], {**owner, "origin": "other_department"}),
        ):
            for act in (
                lambda part=part: part.write({"sequence": 99}),
                lambda part=part: part.unlink(),
                lambda part=part, new=new: part.create(new),
            ):
                with self.subTest(part=part), self.undone(), self.assertRaises(UserError):
                    act()

    def test_I3_nothing_is_moved_into_a_published_framework(self):
        for part in (self.draft.flexible_rule_ids[0], self.draft.line_ids[0]):
            self.refused(
                self.registrar,
                part._name,
                "write",
                part.ids,
                {"curriculum_id": self.framework.id},
            )

    def test_a_framework_begins_as_a_draft_whatever_the_caller_says(self):
        vals = {
            "code": "NEW",
            "program_id": self.program.id,
            "entry_year": 113,
            "graduation_credits": 30,
        }
        self.refused(self.registrar, "ntue.curriculum", "create", {**vals, "state": "published"})
        history = {
            "state": "published",
            "revision": 7,
            "revises_id": self.cict_framework.id,
            "published_by_id": self.registrar.id,
            "revision_reason": "Forged",
        }
        for user in (self.registrar, self.assistant):
            with self.undone():
                context = {f"default_{key}": value for key, value in history.items()}
                number = self.rpc(user, "ntue.curriculum", "create", vals, context=context)
                made = self.env["ntue.curriculum"].browse(number)
                self.assertEqual((made.state, made.revision), ("draft", 1))
                self.assertFalse(made.revises_id or made.published_by_id or made.revision_reason)

    def test_the_history_of_a_draft_is_not_written_by_hand(self):
        for vals in (
            {"revision": 9},
            {"revises_id": self.cict_framework.id},
            {"published_by_id": self.registrar.id},
            {"published_on": "2001-01-01 00:00:00"},
            {"revision_reason": "Forged"},
            {"state": "archived"},
            {"state": "published", "class_name": "Changed"},
        ):
            for user in (self.assistant, self.registrar):
                with self.subTest(vals=vals, user=user.login):
                    self.refused(user, "ntue.curriculum", "write", self.draft.ids, vals)

    def test_writing_the_state_is_publishing_and_for_the_registrar_only(self):
        vals = {"state": "published"}
        told = self.refused(self.assistant, "ntue.curriculum", "write", self.draft.ids, vals)
        self.assertIn("Only the registrar publishes", told)
        self.rpc(self.registrar, "ntue.curriculum", "write", self.draft.ids, vals)
        self.assertEqual(self.draft.state, "published")
        self.assertEqual(self.draft.published_by_id, self.registrar)

    def test_a_draft_does_not_take_the_place_of_another_departments_framework(self):
        """By taking its code an assistant would make the registrar archive it."""
        self.draft._set({"code": self.cict_framework.code, "revision": 9})
        told = self.refused(self.registrar, "ntue.curriculum", "action_publish", self.draft.ids)
        self.assertIn("published already", told)
        self.assertEqual(self.cict_framework.state, "published")

    def test_I3_a_revision_needs_a_reason_and_starts_from_what_is_published(self):
        for record, reason in ((self.framework, " "), (self.draft, "Meeting 3")):
            with self.assertRaises(UserError):
                record._start_revision(reason)
        wizard = {"curriculum_id": self.framework.id, "reason": "Meeting 3"}
        number = self.rpc(self.registrar, "ntue.curriculum.revise", "create", wizard)
        found = self.rpc(self.registrar, "ntue.curriculum.revise", "action_revise", [number])
        draft = self.env["ntue.curriculum"].browse(found["res_id"])
        self.assertEqual((draft.state, draft.revision), ("draft", 2))
        self.assertEqual((draft.revises_id, draft.revision_reason), (self.framework, "Meeting 3"))

    def test_a_revision_begins_as_a_true_copy(self):
        parent = {"curriculum_id": self.draft.id, "code": "P", "name": "Parent"}
        top = self.env["ntue.curriculum.area"].create(parent)
        self.draft.area_ids.filtered(lambda area: area.code in "AB").parent_id = top
        school_of.publish(self.draft)
        self.env.flush_all()
        copy = self.draft._start_revision("Meeting 3")

        def told(framework):
            return (
                [(a.code, a.name, a.parent_id.code, a.min_credits) for a in framework.area_ids],
                [(r.area_id.code, r.course_id, r.name, r.credits) for r in framework.line_ids],
                [(r.origin, r.unit, r.limit) for r in framework.flexible_rule_ids],
                framework.graduation_credits,
            )

        self.assertEqual(told(copy), told(self.draft))
        self.assertEqual(copy.area_ids.filtered("parent_id").parent_id.curriculum_id, copy)

    @mute_logger("odoo.sql_db")
    def test_a_second_draft_of_a_framework_is_refused(self):
        self.revision()
        self.env.flush_all()
        with self.undone(), self.assertRaisesRegex(Exception, "one_draft|edit that one"):
            self.revision()
            self.env.flush_all()

    def test_I3_publishing_a_revision_archives_the_older_and_moves_students_and_decisions(self):
        student = self.new_student("210941001", "王大明")
        line = self.framework.line_ids.filtered(lambda row: row.name == "社會統計與資料分析")
        waived = self.env["ntue.recognition"].create(
            {"student_id": student.id, "kind": "waived", "line_id": line.id}
        )
        mapped = self.env["ntue.recognition"].create(
            {
                "student_id": student.id,
                "enrollment_id": school_of.enrolment(student, "0733").id,
                "kind": "mapped",
                "area_id": line.area_id.id,
            }
        )
        draft = self.revision()
        draft.area_ids[0].min_credits = 9
        self.rpc(self.registrar, "ntue.curriculum", "action_publish", draft.ids)
        self.env.invalidate_all()
        self.assertEqual((self.framework.state, draft.state), ("archived", "published"))
        self.assertEqual(student.curriculum_id, draft)
        self.assertEqual(waived.line_id.curriculum_id, draft)
        self.assertEqual(waived.line_id.name, "社會統計與資料分析")
        self.assertEqual(mapped.area_id, draft.area_ids[0])
        self.assertEqual(student._case().audit().areas[0].min_credits, 9)

    def test_a_revision_takes_over_students_of_either_division_and_former_ones(self):
        """No matter who publishes: rules on students do not decide whom a framework binds."""
        former = self.new_student("210941009", "離校學生", active=False)
        draft = self.revision()
        self.rpc(self.registrar_day, "ntue.curriculum", "action_publish", draft.ids)
        self.assertEqual(former.curriculum_id, draft)

    def test_a_framework_that_the_audit_cannot_read_is_not_published(self):
        """Subjects in an area that has areas of its own: where would they count?"""
        areas = self.draft.area_ids
        with self.undone(), self.assertRaises(ValidationError):
            areas[1].parent_id = areas[0]
            self.env.flush_all()
            self.draft.action_publish()

    def test_a_draft_may_be_discarded_and_a_published_one_may_not(self):
        self.refused(self.registrar, "ntue.curriculum", "unlink", self.framework.ids)
        self.rpc(self.assistant, "ntue.curriculum", "unlink", self.draft.ids)
        self.assertFalse(self.draft.exists())
