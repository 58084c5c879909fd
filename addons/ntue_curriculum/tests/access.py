"""Access as a table in text: which role may do what with which record.

A row is a record, a column a role, a cell the letters of what it may:
``r`` read by id · ``s`` be found by search, count and group · ``n`` be found by name ·
``x`` export · ``w`` write · ``c`` create one like it · ``d`` delete; ``-`` nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import FunctionType

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.modules.registry import Registry
from odoo.tools import mute_logger

from .common import CHANGED, RpcMixin, unexplained

ROLES = (
    "public",
    "student",
    "fellow",
    "assistant",
    "other_assistant",
    "registrar",
    "registrar_day",
    "operator",
)
CHANGES = ("create", "write", "unlink", "onchange", "default_get")
READS = ("read", "web_read", "search_read", "web_search_read", "name_search", "export_data")
OF_EVERY_MODEL = frozenset({*CHANGES, *READS})
"""Odoo's own: asked by letter, and with forged numbers by ``test_seen_by_superuser``."""


@dataclass(frozen=True)
class Row:
    """A record of the table, and how one like it is written and made.

    ``make`` gives the values; it is called inside the savepoint in which the creation is
    tried, and left out where another row asks the same.
    """

    record: BaseModel
    write: dict
    make: Callable[[], dict] | None = None


class AccessTable(RpcMixin):
    """Asks every cell of a table over RPC and draws it as text, to compare with a text."""

    def users(self):
        """User by role; a case names them as attributes, students by their record."""
        found = {}
        for role in ROLES:
            holder = getattr(self, role) if role != "public" else self.env.ref("base.public_user")
            found[role] = holder.partner_id.user_ids if "student_no" in holder else holder
        return found

    @mute_logger("odoo.models", "odoo.orm.models")  # a model without a name says so when asked
    def drawn(self, rows):
        """The table of ``rows`` (by title) as text, as the database answers."""
        users = self.users()
        lines = [["", *ROLES]]
        for title, row in rows.items():
            lines.append([title, *(self.cell(users[role], row) for role in ROLES)])
        return draw(lines)

    def cell(self, user, row):
        model, ids = row.record._name, row.record.ids
        asked = {
            "r": self._may(user, model, "read", ids, own_fields(row.record.with_user(user))),
            "s": self._is_found(user, model, ids),
            "n": self._is_named(user, model, ids),
            "x": self._may(user, model, "export_data", ids, [".id", "display_name"]),
            "w": self.outcome(user, model, "write", ids, row.write) == CHANGED,
            "c": self._may_create(user, row),
            "d": self.outcome(user, model, "unlink", ids) == CHANGED,
        }
        return "".join(letter for letter, allowed in asked.items() if allowed) or "-"

    def _may(self, user, *call):
        try:
            with self.undone(), unexplained():
                self.rpc(user, *call)
        except UserError:
            return False
        return True

    def _may_create(self, user, row):
        if row.make is None:
            return False
        with self.undone():
            vals = dict(row.make())
            return self.outcome(user, row.record._name, "create", vals) == CHANGED

    def callers(self, call, record):
        """Roles whose call of ``model.method`` on ``record`` changes anything at all."""
        model, method = call.rsplit(".", 1)
        self.assertEqual(model, record._name)
        return {
            role
            for role, user in self.users().items()
            if self.outcome(user, model, method, record.ids) == CHANGED
        }

    def _is_found(self, user, model, ids):
        """By every way of searching; they have to agree."""
        domain = [("id", "in", ids)]
        try:
            answers = {
                "search": bool(self.rpc(user, model, "search", domain)),
                "count": bool(self.rpc(user, model, "search_count", domain)),
                "read": bool(self.rpc(user, model, "search_read", domain, ["id"])),
                "group": bool(
                    self.rpc(user, model, "formatted_read_group", domain, [], ["__count"])[0][
                        "__count"
                    ]
                ),
            }
        except UserError:
            return False
        self.assertEqual(len(set(answers.values())), 1, f"{model} {user.login}: {answers}")
        return answers["search"]

    def _is_named(self, user, model, ids):
        try:
            return bool(self.rpc(user, model, "name_search", "", [("id", "in", ids)]))
        except UserError:
            return False


def draw(lines):
    """Columns under each other, blanks at the line ends left out."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def tidy(text):
    """A table as written in a test, drawn the way ``draw`` does."""
    rows = [line.split("|") for line in text.strip("\n").splitlines() if line.strip()]
    lines = [[title.strip(), *cells.split()] for title, cells in rows]
    return draw(lines)


def own_fields(record):
    """Names of the fields that one of our addons defines: anyone who may read, reads all.

    But for those that are not the record's user's to read, by group or because they note
    something for the staff alone.
    """
    return [
        name
        for name, field in record._fields.items()
        if any(module.startswith("ntue_") for module in field._modules)
        and record._has_field_access(field, "read")
    ]


def own_models(env, addon=None):
    """Names of the real models of our addons, transient ones too; of one addon if asked."""
    return {
        name
        for name, model in env.registry.items()
        if name.startswith("ntue.")
        and not model._abstract
        and (addon is None or model._original_module == addon)
    }


def own_methods(env):
    """``model.method`` of every public method that one of our addons defines."""
    return _own_methods(env.cr.dbname)


@cache
def _own_methods(database):
    return {
        f"{model}.{method}"
        for model, method, value in _methods(Registry(database))
        if not method.startswith("_")
        and method not in OF_EVERY_MODEL
        and not getattr(value, "_api_private", False)
    }


def private_methods(env):
    """(model, method) of every other method that one of our addons defines."""
    return {
        (model, method)
        for model, method, value in _methods(env.registry)
        if method.startswith("_") or getattr(value, "_api_private", False)
    }


def _methods(registry):
    """Model, name and function of all methods in the classes of our addons, core models too."""
    for name, model in registry.items():
        for part in model.mro():
            if part.__module__.startswith("odoo.addons.ntue_"):
                for method, value in vars(part).items():
                    if isinstance(value, FunctionType):
                        yield name, method, value
