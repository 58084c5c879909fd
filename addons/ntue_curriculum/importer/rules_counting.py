"""What a row of ``counting_rules`` must say beyond its cells (docs/readings.md A51)."""

from __future__ import annotations

from ..selecting import selector_words
from .context import Context
from .problems import _
from .rows import Table


def rule_says_something(context: Context, table: Table) -> None:
    """A limit has a number, the other kinds name two courses."""
    for row in table.sound_rows:
        if row.kind != "limit":
            if len(selector_words(row.courses)) < 2:
                message = _("Name two courses at least, with a semicolon between.")
                context.error(table, row, "courses", message)
            continue
        least = row.min_credits or row.min_courses
        most = (row.max_credits, row.max_courses, row.max_share)
        if not least and all(number is None for number in most):
            message = _("Say how much counts at least or at most.")
            context.error(table, row, "min_credits", message)
        elif least and row.per != "whole":
            message = _("What is asked at least is asked in all: leave 上限範圍 empty.")
            context.error(table, row, "per", message)
