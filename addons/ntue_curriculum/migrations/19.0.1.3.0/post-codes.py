"""Codes that were typed by hand take the form in which codes are kept (F25).

Where two would become one they stay as they are, and the log names them: people merge courses and
students, no upgrade does.
"""

import logging

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_curriculum import codes
from odoo.addons.ntue_curriculum.models.guarded.decisive import because
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

FIELDS = (
    ("ntue.course", "code", ()),
    ("ntue.department", "code", ()),
    ("ntue.program", "code", ()),
    ("ntue.curriculum", "code", ()),
    ("ntue.curriculum.area", "code", ("curriculum_id",)),
    ("ntue.student", "student_no", ()),
    ("ntue.enrollment", "offering_no", ("student_id", "term_id", "course_id")),
)
"""Each code, and the fields within whose values it tells records apart."""

GUARDED = ("ntue.curriculum", "ntue.curriculum.area")
"""Published ones refuse every write; no register has their codes."""


def migrate(cr, _version):
    why = "Codes take the form in which they are kept."
    env = api.Environment(cr, SUPERUSER_ID, {**because(why), "active_test": False})
    for model, name, within in FIELDS:
        table, column = SQL.identifier(env[model]._table), SQL.identifier(name)
        stored = env.execute_query(
            SQL("SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL", column, table, column)
        )
        for code in sorted(code for (code,) in stored):
            tidied = codes.tidy(code)
            if tidied != code:
                _tidy(env[model], name, within, code, tidied)


def _tidy(model, name, within, code, tidied):
    """Write ``tidied`` where ``code`` is and no other record has its place."""
    if not tidied and model._fields[name].required:
        _logger.error("%s: %r is no code. Write the right one.", model._name, code)
        return
    taken = _taken(model, name, within, code, tidied)
    if taken:
        _logger.error("%s: %r and %r are one code. Merge the two.", model._name, code, tidied)
    _write(model.browse(_with_code(model, name, code) - taken), name, tidied or None)
    model.env.flush_all()


def _with_code(model, name, code):
    table, column = SQL.identifier(model._table), SQL.identifier(name)
    found = model.env.execute_query(SQL("SELECT id FROM %s WHERE %s = %s", table, column, code))
    return {number for (number,) in found}


def _taken(model, name, within, code, tidied):
    """Those with ``code`` beside which, in the same place, another one is ``tidied`` already."""
    same = [
        SQL("%s = %s", SQL.identifier("own", field), SQL.identifier("other", field))
        for field in within
    ]
    table = SQL.identifier(model._table)
    found = model.env.execute_query(
        SQL(
            "SELECT DISTINCT own.id FROM %s own JOIN %s other ON %s WHERE %s = %s",
            table,
            table,
            SQL(" AND ").join(
                [SQL("COALESCE(%s, '') = %s", SQL.identifier("other", name), tidied), *same]
            ),
            SQL.identifier("own", name),
            code,
        )
    )
    return {number for (number,) in found}


def _write(records, name, code):
    if not records:
        return
    if records._name not in GUARDED:
        records.write({name: code})
        return
    records.env.execute_query(
        SQL(
            "UPDATE %s SET %s = %s WHERE id IN %s RETURNING id",
            SQL.identifier(records._table),
            SQL.identifier(name),
            code,
            tuple(records.ids),
        )
    )
    records.invalidate_recordset([name])
