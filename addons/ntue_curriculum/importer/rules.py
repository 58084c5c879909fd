"""What the rows of one file must keep to beyond their cells: ``rule(context, table)``.

Rules may also put a row into its final form, as everything after them reads it. The same rows may
be checked again: a rule leaves alone what is in that form already.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from ..labels import plain_number
from ..selecting import selector_words
from ..year_spans import are_year_spans
from .context import Context
from .problems import Message, _
from .rows import Table
from .spec import Row

PASS_MARKS = {"bachelor": 60, "master": 70, "doctor": 70}
"""What is passed when a program says nothing of it: what is usual in Taiwan."""


def ends_after_start(start: str, end: str) -> Callable[[Context, Table], None]:
    """The rule that the day in column ``end`` is not before that in ``start`` (F18)."""

    def rule(context: Context, table: Table) -> None:
        for row in table.sound_rows:
            first, last = getattr(row, start), getattr(row, end)
            if first and last and last < first:
                message = _("%(last)s comes before %(first)s.", last=last, first=first)
                context.error(table, row, end, message)

    return rule


def terms_do_not_overlap(context: Context, table: Table) -> None:
    """Warn of first and second terms that overlap; summer terms may (docs/readings.md F9)."""
    rows = [
        row
        for row in table.sound_rows
        if row.date_start and row.date_end and not row.code.endswith("3")
    ]
    rows.sort(key=lambda row: row.date_start)
    for before, row in pairwise(rows):
        if row.date_start <= before.date_end:
            message = _(
                "The term begins before term %(other)s ends (row %(row)s).",
                other=before.code,
                row=before.number,
            )
            context.warning(table, row, "date_start", message)


def kind_fits_division(context: Context, table: Table) -> None:
    """Warn of a daytime class in continuing education, or an evening one in the day division."""
    for row in table.sound_rows:
        if row.kind and (row.division == "day") != (row.kind == "day"):
            message = _("This kind of class is unusual for the division. Check both.")
            context.warning(table, row, "kind", message)


def has_pass_mark(context: Context, table: Table) -> None:
    """Fill in the usual pass mark of the degree where the file has none; warn of a new one."""
    context.look_up("programs", {(row.code,) for row in table.sound_rows})

    def with_mark(row: Row) -> Row:
        if row.pass_mark is None:
            mark = PASS_MARKS[row.degree]
            row = row._replace(pass_mark=Decimal(mark))
            message = _("There is no pass mark, so the usual %(mark)s is taken.", mark=mark)
            context.warning(table, row, "pass_mark", message)
        before = context.stored("programs", (row.code,))
        if before not in (None, row.pass_mark) and "enrollments" not in context.tables:
            message = _(
                "The pass mark changes from %(old)s to %(new)s. Import the enrolments again: "
                "until then they stay passed or failed as they are.",
                old=plain_number(before),
                new=plain_number(row.pass_mark),
            )
            context.warning(table, row, "pass_mark", message)
        return row

    table.rewrite(with_mark)


def assistants_exist(context: Context, table: Table) -> None:
    """Warn of accounts of assistants that are not there (docs/readings.md F13)."""
    logins = {(login,) for row in table.sound_rows for login in row.assistants}
    context.look_up("users", logins)
    for row in table.sound_rows:
        missing = [login for login in row.assistants if context.stored("users", (login,)) is None]
        if missing:
            message = _(
                "There is no account %(logins)s. Make it, then import this file again.",
                logins="、".join(missing),
            )
            context.warning(table, row, "assistants", message)


def equivalents_differ(context: Context, table: Table) -> None:
    """A course needs no row to stand for itself."""
    for row in table.sound_rows:
        if row.course == row.equivalent:
            message = _("A course stands for itself already. Leave the row out.")
            context.error(table, row, "equivalent", message)


def equivalent_is_known(context: Context, table: Table) -> None:
    """Warn of an equivalent that nobody has taken or offers yet; the row is kept (F31)."""
    if context.may_exist("courses"):
        return
    named = {(row.equivalent,) for row in table.sound_rows}
    missing = named - context.offered("courses", named)
    context.look_up("courses", missing)
    for row in table.sound_rows:
        key = (row.equivalent,)
        if key in missing and context.stored("courses", key) is None:
            message = _(
                "There is no course “%(value)s” yet. The row is kept and counts as soon as there "
                "is one; correct it if it is a slip of the hand.",
                value=row.equivalent,
            )
            context.warning(table, row, "equivalent", message)


def limit_fits_unit(context: Context, table: Table) -> None:
    """Put each limit into its unit; it may be empty where the rule exempts (F7)."""

    def in_its_unit(row: Row) -> Row:
        if isinstance(row.limit, Decimal):  # already
            return row
        limit, fault = _limit(row)
        if fault:
            context.error(table, row, "limit", fault)
        return row._replace(limit=limit)

    table.rewrite(in_its_unit)


def _limit(row: Row) -> tuple[Decimal | None, Message | None]:
    """The limit in the unit of the row, and what is wrong with it."""
    if row.limit is None:
        if row.exempt:
            return None, None
        return None, _("Write the limit; it may be empty only where 不計入上限 is 是.")
    number: Decimal = row.limit.number
    if row.unit == "share":
        if number > 1:
            return None, _("A share lies between 0 and 1: write 0.25 or 25%.")
        if number != round(number, 4):
            return None, _("A share has at most four decimals.")
        return number, None
    if row.limit.is_percentage:
        return None, _("A percentage goes with 比例 in the column 單位 only.")
    if row.unit == "courses" and number % 1:
        return None, _("Courses are counted whole.")
    if number != round(number, 1):
        return None, _("Credits have at most one decimal.")
    return number, None


def years_of_entry_are_years(context: Context, table: Table) -> None:
    """The years of entry for which an area is there can be read (A43)."""
    for row in table.sound_rows:
        if not are_year_spans(row.entry_years):
            message = _(
                "“%(value)s” are no years of entry. Write them as 113; 115-117; 119-.",
                value=row.entry_years,
            )
            context.error(table, row, "entry_years", message)


def blocks_are_known(context: Context, table: Table) -> None:
    """Shared blocks are frameworks of that kind; codes are put into their order (A54)."""
    says_kind = "kind" not in table.absent
    kinds = {row.code: row.kind for row in table.sound_rows} if says_kind else {}

    def in_order(row: Row) -> Row:
        codes = sorted(selector_words(row.blocks))
        context.look_up("frameworks", [(code,) for code in codes])
        for code in codes:
            stored = context.stored("frameworks", (code,))
            is_published = stored is not None and stored.state == "published"
            kind = kinds.get(code) or (stored.header.kind if stored and is_published else "")
            if kind != "block" or row.kind == "block":
                message = _("There is no shared block “%(value)s” that may be in it.", value=code)
                context.error(table, row, "blocks", message)
        return (
            row if ";".join(codes) == (row.blocks or "") else row._replace(blocks=";".join(codes))
        )

    table.rewrite(in_order)
