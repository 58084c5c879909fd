"""Whether anybody moves a record to a student whose records they may not change.

The crossing takes the rows of the access table, so that a new model is in it by itself, and tries
of each that belongs to a student, as each role, to write another student there: of the same
department, of another one, of another division, and the role's own record as a student.
"""

import psycopg2
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .access import ROLES, own_models
from .chosen import QUIET
from .common import unexplained


def is_of_a_student(model):
    """Whether records of the model are kept, each as one student's."""
    field = model._fields.get("student_id")
    is_kept = model._auto and not model._transient
    return bool(is_kept and field and field.store and field.comodel_name == "ntue.student")


class HandedOver:
    """A mixin over ``AccessTable``."""

    @classmethod
    def add_targets(cls):
        """Students who have nothing that could be in the way; ``alumna`` is staff who try."""
        new, nothing = cls.new_student, {"taken": ()}
        cls.alumna = new("210941021", "校友", **nothing)
        cls.targets = {
            "themselves": cls.alumna,
            "a classmate": new("210941022", "同系學生", **nothing),
            "another department": new(
                "210943023", "他系學生", of_framework=cls.cict_framework, **nothing
            ),
            "another division": new(
                "110941024", "日間學生", of_framework=cls.day_framework, **nothing
            ),
        }

    def models_of_students(self, *addons):
        """Names of the models of ``addons`` whose records belong to a student each."""
        return {
            name
            for addon in addons
            for name in own_models(self.env, addon)
            if is_of_a_student(self.env[name])
        }

    @mute_logger(*QUIET)
    def handed_over(self, rows):
        """Sentences for every way by which a role did it; there should be none."""
        people = self.users()
        return [
            f"{role} moves “{title}” to {whose}"
            for title, row in rows.items()
            if is_of_a_student(row.record)
            for role in ROLES
            for whose, target in self.targets.items()
            if self._hands_over(people[role], row.record, target)
        ]

    def _hands_over(self, user, record, target):
        reasons = {"correction_reason", "change_reason"} & set(record._fields)
        with self.undone(), unexplained():
            if target == self.alumna:
                own = target.search([("partner_id", "=", user.partner_id.id)], limit=1)
                if not own:
                    target.sudo().partner_id = user.partner_id
                target = own or target
            if record.sudo().student_id == target:
                return False
            vals = {"student_id": target.id, **dict.fromkeys(reasons, "Asked")}
            self.env.invalidate_all()
            was_theirs = record.with_user(user).has_access("write")
            try:
                self.rpc(user, record._name, "write", record.ids, vals)
            except (UserError, psycopg2.IntegrityError):
                return False
            self.env.invalidate_all()
            if record.sudo().student_id != target:
                return False
            is_theirs = record.with_user(user).has_access("write")
            return target.partner_id == user.partner_id or not (was_theirs and is_theirs)
