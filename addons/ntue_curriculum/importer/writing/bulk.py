"""Records of students by the hundred thousand: read as plain rows, new ones sent by COPY.

For models of which a new record means nothing but itself and an audit to be made anew: what their
``create`` does for an import is done here for many at once. A test compares the two.
"""

import csv
import io

from odoo.tools import SQL

from ...importing import import_of

STAMPS = ("create_uid", "create_date", "write_uid", "write_date")

NOTHING = {"char": "''", "boolean": "FALSE", "float": "0", "integer": "0"}
"""What an empty field of a kind is as good as, as SQL; of other kinds it is NULL."""


def stored_rows(env, model, student_ids, names):
    """``(id, values)`` of the records of these students, ``values`` of the fields ``names``.

    As the database has them, a many2one by its number; what is empty as a row of a file has it.
    """
    records = env[model]
    records.flush_model()
    columns = SQL(", ").join(_column(records._fields[name]) for name in names)
    table = SQL.identifier(records._table)
    query = SQL("SELECT id, %s FROM %s WHERE student_id = ANY(%s)", columns, table, [*student_ids])
    env.cr.execute(query)
    return ((row[0], row[1:]) for row in env.cr.fetchall())


def _column(field):
    column = SQL.identifier(field.name)
    nothing = NOTHING.get(field.type)
    return SQL("COALESCE(%s, %s)", column, SQL(nothing)) if nothing else column


def upsert(run, model, names, wanted, stored, counts, left_alone=frozenset(), **how):
    """As ``ImportRun.upsert``, of plain rows.

    ``wanted``: values of ``names`` by key; ``stored``: ``(id, values)`` by key. ``how``:
    ``shelter`` as there, and ``computed``, columns that the database keeps beside those of a new
    record, each with a function of its values.
    """
    fresh, changed = [], []
    for key, values in wanted:
        record = stored.get(key)
        if record is None:
            fresh.append(values)
        elif record[1] != values:
            changed.append((key, values))
    counts.unchanged += len(wanted) - len(fresh) - len(changed)
    records = {key: run.env[model].browse(stored[key][0]) for key, _values in changed}
    said = [(key, _as_written(names, values)) for key, values in changed]
    run.upsert(model, said, records, counts, left_alone, shelter=how.get("shelter"))
    counts.created += len(fresh)
    before = _last_number(run.env[model]) if run.preview.shows and fresh else None
    for start in range(0, len(fresh), AT_ONCE):
        _copy(run.env, model, names, fresh[start : start + AT_ONCE], how.get("computed", {}))
    if before is not None:
        run.preview.created(run.env[model].search([("id", ">", before)], order="id"))


def _last_number(records):
    table = SQL.identifier(records._table)
    records.env.cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", table))
    return records.env.cr.fetchone()[0]


AT_ONCE = 20_000
"""Rows that are sent with one COPY."""


def _as_written(names, values):
    return {
        name: False if value is None else value for name, value in zip(names, values, strict=True)
    }


def _copy(env, model, names, rows, computed):
    """Add records of these values with one COPY, and have the audits of their students made."""
    records = env[model]
    if "import_id" in records._fields:
        number = import_of(records) or None
        computed = {**computed, "import_id": lambda _row: number}
    stamps = (env.uid, env.cr.now(), env.uid, env.cr.now())
    text = io.StringIO()
    # An empty text is NULL, as a field writes it that nobody fills in.
    csv.writer(text).writerows(
        (*row, *(value_of(row) for value_of in computed.values()), *stamps) for row in rows
    )
    text.seek(0)
    columns = SQL(", ").join(map(SQL.identifier, [*names, *computed, *STAMPS]))
    table = SQL.identifier(records._table)
    env.cr.copy_expert(SQL("COPY %s (%s) FROM STDIN (FORMAT csv)", table, columns).code, text)
    place = names.index("student_id")
    students = env["ntue.student"].browse({row[place] for row in rows})
    env["ntue.audit"]._outdate(students)
