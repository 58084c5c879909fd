"""Rows that are locked or written as they are, so that two transactions at once see each other.

Each sees the database as it was when it began. Where what one does depends on rows that the other
writes, it marks them: PostgreSQL refuses the one that comes second, and Odoo repeats it.
"""

from odoo.models import BaseModel
from odoo.tools import SQL


def lock_rows(records: BaseModel) -> None:
    """Let others that write these rows end first; where one of them did, this is repeated."""
    records.flush_recordset()
    if records:
        records.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(records._table),
                tuple(records.ids),
            ),
            log_exceptions=False,
        )


def mark_rows(records: BaseModel) -> None:
    """Nobody writes these rows at the same time without seeing what is done here."""
    records.flush_recordset()
    if records:
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_uid = write_uid WHERE id IN %s",
                SQL.identifier(records._table),
                tuple(records.ids),
            ),
            log_exceptions=False,
        )
