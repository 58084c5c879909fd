"""An access right reaches no record that a rule of the same mode does not let in."""

from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.tests import tagged

from . import records
from .common import window

MODES = ("read", "write", "create", "unlink")

OF_THE_SCHOOL = {
    "ntue.term",
    "ntue.department",
    "ntue.program",
    "ntue.course",
    "ntue.curriculum",
    "ntue.curriculum.area",
    "ntue.curriculum.line",
    "ntue.flexible.rule",
    "ntue.counting.rule",
    "ntue.import.mapping",
    "ntue.import.mapping.line",
    "ntue.portal.app",
    "ntue.portal.app.group",
}
"""Models of what is asked of everybody; all other models say something about somebody."""

ROLES = {
    "an employee without a role": school_of.STAFF,
    "a registrar of no division": f"{school_of.STAFF},ntue_curriculum.group_registrar",
    "an assistant of no department": f"{school_of.STAFF},ntue_curriculum.group_assistant",
    "an operator": f"{school_of.STAFF},ntue_curriculum.group_operator",
    "a portal user who is no student": school_of.PORTAL,
}
"""Groups that give rights to models and nobody's records to anyone who holds them alone."""

BY_OFFICE = {
    ("an operator", "read", "ntue.import"),
    ("an operator", "read", "ntue.import.file"),
}
"""What the group alone is the office for: who brings files in reads what was brought in."""


@tagged("post_install", "-at_install")
class TestRightWithoutRule(SchoolCase):
    def test_every_access_right_has_a_record_rule_of_its_mode(self):
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "in", sorted(own_models(self.env)))]
        )
        bare = [
            f"{right.group_id.full_name or 'everybody'} may {mode} {right.model_id.model}"
            for right in rights
            for mode in MODES
            if right[f"perm_{mode}"] and not self.ruled(right, mode)
        ]
        self.assertEqual(bare, [])

    def ruled(self, right, mode):
        """Whether a rule of ``mode`` narrows ``right`` down for anyone who has its group alone."""
        rules = self.env["ir.rule"].search(
            [("model_id", "=", right.model_id.id), (f"perm_{mode}", "=", True)]
        )
        groups = right.group_id | right.group_id.all_implied_ids
        return any(not rule.groups or rule.groups & groups for rule in rules)

    def test_who_has_a_group_and_no_more_does_nothing_with_what_is_somebodys(self):
        window(self.school)
        records.applications(self)
        curriculum_records.drafts(self)
        records.rows(self)
        curriculum_records.rows(self)
        users = {
            role: school_of.user(self.env, f"bare{number}@staff.example.com", groups)
            for number, (role, groups) in enumerate(ROLES.items())
        }
        reached = [
            f"{role} may {mode} {len(found)} of {model}"
            for model in sorted(own_models(self.env) - OF_THE_SCHOOL)
            for role, user in users.items()
            for mode in MODES
            if (found := self.within(user, model, mode))
            and not (role == "an assistant of no department" and model in self.seen_by_staff())
            and (role, mode, model) not in BY_OFFICE
        ]
        self.assertEqual(reached, [])

    def seen_by_staff(self):
        """Windows say the same to all assistants."""
        return {"ntue.graduation.window", "ntue.graduation.schedule"}

    def within(self, user, model, mode):
        everything = self.env[model].with_context(active_test=False).search([], order="id")
        return everything.with_user(user)._filtered_access(mode)

    def test_the_group_registrar_alone_changes_no_grade_and_no_window(self):
        student = self.new_student("210941001", "王大明")
        user = school_of.user(
            self.env, "bare@staff.example.com", ROLES["a registrar of no division"]
        )
        row = school_of.enrolment(student, "0650")
        better = {"score": 95, "state": "passed", "correction_reason": "Typed wrongly"}
        self.refused(user, "ntue.enrollment", "write", row.ids, better)
        spare = window(self.school)
        self.refused(user, "ntue.graduation.window", "unlink", spare.ids)
        number = {"student_id": student.id, "term_id": self.terms["1081"].id}
        self.refused(user, "ntue.student.term", "create", number)
