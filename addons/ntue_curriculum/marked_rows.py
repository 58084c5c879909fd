"""Rows that are locked or written as they are, so that two transactions at once see each other.

Each sees the database as it was when it began. Where what one does depends on rows that the other
writes, it marks them: PostgreSQL refuses the one that comes second, and Odoo repeats it.
"""

from functools import partial
from typing import LiteralString

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import SQL

AT_END = "ntue_marked_at_end"
"""Key of the numbers to be marked, by model, in what a cursor keeps until it commits."""


def lock_rows(records: BaseModel) -> None:
    """Let others that write these rows end first; where one of them did, this is repeated."""
    _on_rows(records, "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE")


def mark_rows(records: BaseModel) -> None:
    """Nobody writes these rows at the same time without seeing what is done here."""
    _on_rows(records, "UPDATE %s SET write_uid = write_uid WHERE id IN %s")


def _on_rows(records: BaseModel, statement: LiteralString) -> None:
    """Execute ``statement`` on the rows, as they are to be kept by now; of none on nothing."""
    records.flush_recordset()
    if records:
        rows = SQL.identifier(records._table), tuple(records.ids)
        records.env.cr.execute(SQL(statement, *rows), log_exceptions=False)


def mark_rows_at_end(records: BaseModel) -> None:
    """As ``mark_rows``, when the transaction is about to end: nobody waits for what it does before.

    It is as good at the end as at the beginning. Who wrote the rows since this transaction's
    picture of the database was taken has this refused and repeated; who comes later finds them
    written.
    """
    if not records:
        return
    before_commit = records.env.cr.precommit
    marks = before_commit.data.setdefault(AT_END, {})
    if not marks:
        before_commit.add(partial(_mark_now, records.env))
    marks.setdefault(records._name, set()).update(records.ids)


def _mark_now(env: Environment) -> None:
    """Mark what is to be marked at the end: model by model, so that no two wait for each other."""
    marks = env.cr.precommit.data.pop(AT_END, {})
    for name in sorted(marks):
        mark_rows(env[name].browse(sorted(marks[name])))
