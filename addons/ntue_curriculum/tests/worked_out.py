"""Whether anybody writes what a record works out for itself, as whose department it is.

The crossing takes the rows of the access table and, of each, every stored field that is computed
and that no form lets anybody write; record rules and desks go by them.
"""

import psycopg2
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .access import ROLES
from .chosen import QUIET
from .common import unexplained
from .handed_over import REASONS


def worked_out(model):
    """The fields of a kept model whose stored values follow from others, and nobody writes."""
    if not model._auto or model._transient:
        return []
    return [
        field
        for name, field in model._fields.items()
        if field.store and field.compute and field.readonly and not field.inverse
        if any(module.startswith("ntue_") for module in field._modules)
    ]


class WorkedOut:
    """A mixin over ``AccessTable``."""

    @mute_logger(*QUIET)
    def written(self, rows):
        """Sentences for every value that a role wrote; there should be none."""
        people = self.users()
        return [
            f"{role} writes {field.name} of “{title}”"
            for title, row in rows.items()
            for field in worked_out(row.record)
            for role in ROLES
            if self._writes(people[role], row.record, field)
        ]

    def _writes(self, user, record, field):
        other = self._other(record, field)
        reasons = dict.fromkeys(REASONS & set(record._fields), "Asked")
        before = record.sudo()[field.name]
        with self.undone(), unexplained():
            vals = {field.name: other, **reasons}
            try:
                self.rpc(user, record._name, "write", record.ids, vals)
            except (UserError, psycopg2.IntegrityError):
                return False
            self.env.invalidate_all()
            return record.sudo()[field.name] != before

    def _other(self, record, field):
        """Another value than the one that is there."""
        value = record.sudo()[field.name]
        if field.type == "many2one":
            others = self.env[field.comodel_name].with_context(active_test=False)
            return others.search([("id", "!=", value.id)], limit=1).id
        if field.type == "selection":
            return next(key for key in field.get_values(self.env) if key != value)
        if field.type == "boolean":
            return not value
        if field.type in ("integer", "float"):
            return value + 1
        if field.type in ("date", "datetime"):
            return "2001-01-01"
        return "Other"
