"""What the files make of each curriculum framework, beside what is published (F5).

A framework is described in six files. Their rows are laid over what is published: rows that
are absent from the files stay. What comes out says what would change, so that an
unchanged framework changes nothing and a changed one can ask for its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..labels import plain_number
from ..selecting import SELECTING, selector_words
from .context import Context
from .counting_files import COUNTING_RULES
from .framework_files import FLEXIBLE_RULES, FRAMEWORK_AREAS, FRAMEWORK_COURSES
from .milestone_files import FRAMEWORK_MILESTONES, FRAMEWORK_SOURCES
from .problems import _
from .spec import FileSpec, Key, Row

PARTS = (
    FRAMEWORK_AREAS,
    FRAMEWORK_COURSES,
    FLEXIBLE_RULES,
    COUNTING_RULES,
    FRAMEWORK_MILESTONES,
    FRAMEWORK_SOURCES,
)


@dataclass
class Stored:
    """A framework as the database has it, in rows of its files (``number`` None).

    ``state``: ``published``, or ``draft`` when it never was. ``draft_open``: a revision
    of it is being edited.
    """

    header: Any
    parts: dict[str, list[Row]] = field(default_factory=dict)
    state: str = "published"
    draft_open: bool = False


@dataclass(frozen=True)
class PlannedRow:
    """One area, subject or rule as it shall be; ``old``: as it is, if it is there."""

    row: Row
    old: Any = None

    @property
    def from_file(self) -> bool:
        return self.row.number is not None

    @property
    def change(self) -> str:
        """``created``, ``updated`` or ``unchanged``."""
        if self.old is None:
            return "created"
        return "unchanged" if self.row[1:] == self.old[1:] else "updated"


@dataclass
class Plan:
    """One framework as it shall be. ``parts``: entries by file, in framework order.

    ``reordered``: the row of ``framework_areas`` where the published areas are first
    in another order, which is part of what a framework says (docs/readings.md A3).
    """

    code: str
    stored: Stored | None
    header: PlannedRow | None
    parts: dict[str, list[PlannedRow]]
    reordered: Any = None

    @property
    def from_files(self) -> list[tuple[str, PlannedRow]]:
        """The entries that the files name, with their file."""
        return [(name, entry) for name, entry in self._entries() if entry.from_file]

    @property
    def changes(self) -> list[tuple[str, PlannedRow]]:
        """The entries that differ from what is published, with their file."""
        return [(name, entry) for name, entry in self._entries() if entry.change != "unchanged"]

    def _entries(self) -> list[tuple[str, PlannedRow]]:
        entries = [("frameworks", self.header)] if self.header else []
        return entries + [(name, entry) for name, part in self.parts.items() for entry in part]

    @property
    def blocks(self) -> tuple[str, ...]:
        """The codes of the shared blocks that it has (A54)."""
        header = self.header.row if self.header else self.stored and self.stored.header
        return selector_words(header.blocks) if header else ()

    def areas(self) -> list[Row]:
        return [entry.row for entry in self.parts["framework_areas"]]

    def lines(self) -> list[Row]:
        return [entry.row for entry in self.parts["framework_courses"]]


def plans_of(context: Context) -> dict[str, Plan]:
    """The plan of every framework that the files speak of, by code."""
    headers = {row.code: row for row in context.rows("frameworks")}
    by_part = {spec.name: _by_framework(context, spec) for spec in PARTS}
    codes = dict.fromkeys([*headers, *(code for rows in by_part.values() for code in rows)])
    context.look_up("frameworks", [(code,) for code in codes])
    plans = {}
    for code in codes:
        stored = context.stored("frameworks", (code,))
        if stored or code in headers:
            rows = {name: found.get(code, []) for name, found in by_part.items()}
            absent = {name: context.absent(name) for name in (*rows, "frameworks")}
            plans[code] = _plan(code, stored, headers.get(code), rows, absent)
    return plans


def _by_framework(context: Context, spec: FileSpec) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in context.rows(spec.name):
        rows.setdefault(row.framework, []).append(row)
    return rows


def _plan(
    code: str,
    stored: Stored | None,
    header: Any,
    rows: dict[str, list[Row]],
    absent: Mapping[str, frozenset[str]],
) -> Plan:
    """``absent``: the columns that each file lacks."""
    known = stored.header if stored else None
    entry = PlannedRow(_kept(header, known, absent["frameworks"]), known) if header else None
    plan = Plan(code, stored, entry, {})
    for spec in PARTS:
        old = stored.parts.get(spec.name, []) if stored else []
        plan.parts[spec.name] = laid_over(spec, old, rows[spec.name], absent[spec.name])
    plan.reordered = _first_out_of_order(plan.parts["framework_areas"], stored)
    return plan


def _kept(row: Row, old: Row | None, absent: frozenset[str]) -> Row:
    """``row`` with what is stored in place of the columns that its file lacks (F21)."""
    if old is None or not absent:
        return row
    return row._replace(**{name: getattr(old, name) for name in absent})


def laid_over(
    spec: FileSpec,
    old: Iterable[Row],
    new: Iterable[Row],
    absent: frozenset[str] = frozenset(),
) -> list[PlannedRow]:
    """``new`` rows in their order, with the ``old`` ones that they leave out between them.

    A row that is left out keeps its place behind the one it was behind. ``absent``: the columns
    that the file of the new rows lacks.
    """

    def key(row: Row) -> Key:
        return tuple(getattr(row, name) for name in spec.key)

    old_rows = {key(row): row for row in old}
    entries = []
    for row in new:
        known = old_rows.get(key(row))
        entries.append((key(row), PlannedRow(_kept(row, known, absent), known)))
    present = {row_key for row_key, _entry in entries}
    before = None
    for row_key, row in old_rows.items():
        if row_key not in present:
            keys = [found for found, _entry in entries]
            place = keys.index(before) + 1 if before is not None else 0
            entries.insert(place, (row_key, PlannedRow(row, row)))
        before = row_key
    return [entry for _key, entry in entries]


def _first_out_of_order(areas: list[PlannedRow], stored: Stored | None) -> Any:
    if not stored:
        return None
    published = [row.area for row in stored.parts.get("framework_areas", [])]
    wanted = [entry for entry in areas if entry.old]
    return next(
        (
            entry.row
            for entry, area in zip(wanted, published, strict=True)
            if entry.row.area != area and entry.from_file
        ),
        None,
    )


def check_plans(context: Context, reason: str | None) -> dict[str, Plan]:
    """Plan every framework and report what forbids it; returns the plans."""
    plans = plans_of(context)
    for plan in plans.values():
        for check in (_check_tree, _check_minima):
            check(context, plan)
        _check_apart(context, plan, plans)
        if plan.stored:
            _check_may_change(context, plan, plan.stored, reason)
    return plans


def _check_may_change(context: Context, plan: Plan, stored: Stored, reason: str | None) -> None:
    """A published framework changes for a reason only, and never under an open draft."""
    tables = context.tables
    is_draft = stored.state == "draft"
    for name, entry in plan.from_files if is_draft else plan.changes:
        if is_draft or stored.draft_open:
            message = _(
                "Framework %(code)s is being edited as a draft. "
                "Publish or delete the draft, then import again.",
                code=plan.code,
            )
        elif not reason:
            message = _(
                "Framework %(code)s is published, and this row changes it. Say why with "
                "--revision REASON, or in “Reason for the revision”: it then becomes a new "
                "revision.",
                code=plan.code,
            )
        else:
            return
        context.error(tables[name], entry.row, _changed_column(tables[name].spec, entry), message)
    if plan.reordered and not plan.changes and not reason:
        context.warning(
            tables["framework_areas"],
            plan.reordered,
            "area",
            _(
                "The areas of %(code)s are in another order than those published, and stay "
                "in that. To change it, give a reason for the revision.",
                code=plan.code,
            ),
        )


def _changed_column(spec: FileSpec, entry: PlannedRow) -> str:
    """The first column that differs from what is published; else the last of the key."""
    if entry.change != "updated":
        return spec.key[-1]
    return next(
        column.name
        for column in spec.columns
        if getattr(entry.row, column.name) != getattr(entry.old, column.name)
    )


def _check_tree(context: Context, plan: Plan) -> None:
    """Areas form a tree, and subjects are in its leaves (docs/readings.md A6)."""
    areas = {row.area: row for row in plan.areas()}
    parents = {row.parent for row in areas.values() if row.parent}
    for row in areas.values():
        if row.number is not None and _is_in_itself(row, areas):
            context.error(
                context.tables["framework_areas"],
                row,
                "parent",
                _("Area %(area)s is inside itself.", area=row.area),
            )
    reported = set()
    for row in plan.lines():
        if row.area in parents:
            child = next(area for area in areas.values() if area.parent == row.area)
            message = _(
                "Area %(area)s has areas of its own, so no subject can be in it: put "
                "%(course)s into one of those.",
                area=row.area,
                course=row.course,
            )
            if row.number is not None:
                context.error(context.tables["framework_courses"], row, "area", message)
            elif child.number is not None and child not in reported:
                reported.add(child)
                context.error(context.tables["framework_areas"], child, "parent", message)


def _check_apart(context: Context, plan: Plan, plans: Mapping[str, Plan]) -> None:
    """Nothing of a framework is called as something of a shared block that it has (A54)."""
    for code in plan.blocks:
        for spec in PARTS[:-1]:  # sources have no code
            theirs = {_called(spec, row) for row in _part_of(context, plans, code, spec)}
            twice = [one for one in plan.parts[spec.name] if _called(spec, one.row) in theirs]
            for entry in twice:
                values = {"name": " ".join(filter(None, _called(spec, entry.row))), "block": code}
                message = _(
                    "“%(name)s” is in the shared block %(block)s too, which the framework has. "
                    "Give one of the two another code.",
                    **values,
                )
                if entry.from_file:
                    context.error(context.tables[spec.name], entry.row, spec.key[-1], message)
                elif plan.header:
                    context.error(context.tables["frameworks"], plan.header.row, "blocks", message)


def _called(spec: FileSpec, row: Row) -> Key:
    """What tells a part from others in its framework."""
    return tuple(getattr(row, name) for name in spec.key[1:])


def _part_of(
    context: Context, plans: Mapping[str, Plan], code: str, spec: FileSpec
) -> Iterable[Row]:
    """The rows of one part of a shared block, as the files make it or as it is stored."""
    if code in plans:
        return [entry.row for entry in plans[code].parts[spec.name]]
    stored = context.stored("frameworks", (code,))
    return stored.parts.get(spec.name, []) if stored else []


def _is_in_itself(row: Row, areas: dict[str, Any]) -> bool:
    seen = {row.area}
    while row is not None and row.parent:
        if row.parent in seen:
            return True
        seen.add(row.parent)
        row = areas.get(row.parent)
    return False


def _check_minima(context: Context, plan: Plan) -> None:
    """Warn of an area that asks more than it offers (docs/readings.md F18)."""
    children: dict[str, list[str]] = {}
    for row in plan.areas():
        children.setdefault(row.parent, []).append(row.area)
    table = context.tables.get("framework_areas")
    if table is None:
        return
    for row in plan.areas():
        if row.number is None or context.is_faulty(table, row, "parent"):
            continue
        inside = _subtree(row.area, children)
        selects = any(_selects(area) for area in plan.areas() if area.area in inside)
        lines = [line for line in plan.lines() if line.area in inside]
        offered = sum(line.credits * line.repeats for line in lines)
        most = offered if row.max_credits is None else min(offered, row.max_credits)
        for column, asked, offer in (
            ("min_credits", row.min_credits, most),
            ("min_courses", row.min_courses, _times(lines)),
            ("min_children", row.min_children, len(children.get(row.area, []))),
        ):
            if asked > offer and not (selects and column != "min_children"):
                message = _(
                    "Area %(area)s asks for %(asked)s, but offers %(offer)s only.",
                    area=row.area,
                    asked=plain_number(asked),
                    offer=plain_number(offer),
                )
                context.warning(table, row, column, message)


def _times(lines: list[Any]) -> int:
    """How many passes these lines can count: of each course as often as it counts (A36)."""
    times: dict[str, int] = {}
    for line in lines:
        times[line.course] = max(times.get(line.course, 1), int(line.repeats))
    return sum(times.values())


def _selects(row: Any) -> bool:
    """Whether an area has courses that it does not list, so many as there are (A35)."""
    return any(getattr(row, name) for name in SELECTING if name != "select_exceptions")


def _subtree(area: str, children: dict[str, list[str]]) -> set[str]:
    found, rest = set(), [area]
    while rest:
        current = rest.pop()
        if current not in found:
            found.add(current)
            rest.extend(children.get(current, []))
    return found
