"""Whether anybody moves a record to a student whose records they may not change.

The crossing takes the rows of the access table, so that a new model is in it by itself, and tries
of each that belongs to a student, as each role, to write another student there: of the same
department, of another one, of another division, and the role's own record as a student; and the
same from the other side, by the commands of the student's own fields.
"""

from contextlib import nullcontext

import psycopg2
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .access import ROLES, own_models
from .chosen import QUIET
from .common import unexplained

REASONS = frozenset({"correction_reason", "change_reason"})
"""Fields by which a write says why; whoever tries it does."""

MOST = 12
"""Records of one model that are tried as another place: the latest."""

GIVEN_UP = {("ntue.student", "curriculum_id")}
"""Who changes to another division is its registrar's from then on; the register says why."""


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
            f"{role} moves “{title}” to {whose} by a write of {where}"
            for title, row in rows.items()
            if is_of_a_student(row.record)
            for owner in [row.record.sudo().student_id]
            for role in ROLES
            for whose, target in self.targets.items()
            for where in self._handing_over(people[role], row.record, owner, target)
        ]

    @mute_logger(*QUIET)
    def given_away(self, rows):
        """Sentences for every write after which the writer may write the record no more.

        Of each field that leads to a record of ours, to any other one.
        """
        people = self.users()
        found = []
        for title, row in rows.items():
            allowed = [
                role for role in ROLES if row.record.with_user(people[role]).has_access("write")
            ]
            places = list(self._places_of(row.record)) if allowed else []
            found += [
                f"{role} gives “{title}” away by {name}"
                for role in allowed
                for name, target in places
                if (row.record._name, name) not in GIVEN_UP
                if self._gives_away(people[role], row.record, {name: target.id})
            ]
        return found

    def _places_of(self, record):
        """(field, other record) of where a record may be brought to."""
        for name, field in record._fields.items():
            if field.type == "many2one" and field.store and field.comodel_name.startswith("ntue."):
                other_than = [("id", "!=", record.sudo()[name].id)]
                comodel = self.env[field.comodel_name]
                for other in comodel.search(other_than, order="id desc", limit=MOST):
                    yield name, other

    def _gives_away(self, user, record, vals):
        with self.undone(), unexplained():
            try:
                self.rpc(user, record._name, "write", record.ids, {**vals, **self._reasons(record)})
            except (UserError, psycopg2.IntegrityError):
                return False
            self.env.invalidate_all()
            return not record.with_user(user).has_access("write")

    def _handing_over(self, user, record, owner, target):
        """What was written in each way by which the record of ``owner`` became another's."""
        with self.undone() if target == self.alumna else nullcontext():
            target = self._own_or(user, target)
            if target == owner:
                return []
            return [
                f"{written._name} {sorted(vals)}"
                for written, vals in self._ways(record, target)
                if self._hands_over(user, record, target, written, vals)
            ]

    def _own_or(self, user, target):
        """The record of who tries it, where ``target`` stands for that."""
        if target != self.alumna:
            return target
        own = target.search([("partner_id", "=", user.partner_id.id)], limit=1)
        if not own:
            target.partner_id = user.partner_id
        return own or target

    def _ways(self, record, target):
        """(record that is written, values) of every way to give ``record`` to ``target``."""
        moved = {"student_id": target.id}
        yield record, {**moved, **self._reasons(record)}
        for name, field in target._fields.items():
            if field.type == "one2many" and field.comodel_name == record._name:
                for command in (Command.link(record.id), Command.update(record.id, moved)):
                    yield target, {name: [command], **self._reasons(target)}

    @staticmethod
    def _reasons(record):
        return dict.fromkeys(REASONS & set(record._fields), "Asked")

    def _hands_over(self, user, record, target, written, vals):
        """Whether the record came to ``target`` whose, or by whom, it may not be written.

        Whose it was is looked at when the write is taken back: most are refused at once.
        """
        with self.undone(), unexplained():
            try:
                self.rpc(user, written._name, "write", written.ids, vals)
            except (UserError, psycopg2.IntegrityError):
                return False
            self.env.invalidate_all()
            if record.sudo().student_id != target:
                return False
            is_theirs = record.with_user(user).has_access("write")
        self.env.invalidate_all()
        was_theirs = record.with_user(user).has_access("write")
        return target.partner_id == user.partner_id or not (was_theirs and is_theirs)
