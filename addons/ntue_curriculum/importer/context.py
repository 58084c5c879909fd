"""Files against each other and against what exists: does every reference lead somewhere?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Protocol

from .problems import Message, Report
from .rows import Table
from .spec import FileSpec, Key, Reference, Row


class Known(Protocol):
    """What exists already. The ORM is behind it in an import, a dict in tests."""

    def find(self, target: str, keys: Collection[Key]) -> Mapping[Key, Any]:
        """Those of ``keys`` that exist, each with what is known of it.

        ``terms``, ``departments``, ``courses``, ``users``: True. ``enrollments``: state, whether
        there is a department, and school.
        ``department_names``: the codes that bear the name. ``programs``: the pass mark.
        ``frameworks``: a ``frameworks.Stored``. ``framework_areas``: True.
        ``students``: the code of the framework. ``accepted_names``: the English name of a
        student that the registrar accepted as it is. ``entry_years``: of students. ``people``: by
        name and e-mail in small letters, the number of the student. ``contacts``: True for the
        e-mail of a contact who is no student.
        """


class Context:
    """The files of one run, what exists beside them, and the report."""

    def __init__(
        self, specs: Iterable[FileSpec], tables: Mapping[str, Table], known: Known, report: Report
    ) -> None:
        self.specs = {spec.name: spec for spec in specs}
        self.tables = tables
        self.report = report
        self._known = known
        self._found: dict[str, dict[Key, Any]] = defaultdict(dict)
        self._asked: dict[str, set[Key]] = defaultdict(set)
        self._provided: dict[str, dict[Key, Any]] = {}
        self._faulty: set[tuple[str, int, str]] = set()
        self.contents: dict[str, Any] = {}
        """Areas and subjects of frameworks that a rule has looked into."""

    def again(self, report: Report) -> Context:
        """The same files, to be checked anew."""
        return Context(self.specs.values(), self.tables, self._known, report)

    def reporting_to(self, report: Report) -> Context:
        """The same, of which is told in another report."""
        self.report = report
        return self

    def error(self, table: Table, row: Row, column: str, message: Message) -> None:
        """Report a fault of ``row`` in the column of that name."""
        self._faulty.add((table.file, row.number, column))
        table.bad.add(row.number)
        self.report.error(table.file, message, row.number, table.spec.header(column))

    def warning(self, table: Table, row: Row, column: str, message: Message) -> None:
        self.report.warning(table.file, message, row.number, table.spec.header(column))

    def is_faulty(self, table: Table, row: Row, column: str) -> bool:
        return (table.file, row.number, column) in self._faulty

    def rows(self, name: str) -> Iterable[Any]:
        """The rows of a file without a fault; none when the file is not there."""
        table = self.tables.get(name)
        return table.sound_rows if table else ()

    def absent(self, name: str) -> frozenset[str]:
        """The columns that a file lacks; all of them are when it is not there."""
        table = self.tables.get(name)
        return table.absent if table else frozenset(self.specs[name].by_name)

    def provided(self, target: str) -> dict[Key, Any]:
        """What the files themselves offer for references to ``target``: rows by key."""
        if target not in self._provided:
            rows: dict[Key, Any] = {}
            for table in self.tables.values():
                columns = table.spec.provides.get(target, ())
                for key, row in keyed(table.rows, columns) if columns else ():
                    rows.setdefault(key, row)
            self._provided[target] = rows
        return self._provided[target]

    def forget(self, table: Table) -> None:
        """A rule has changed rows of ``table``: what it offers is read anew."""
        for target in table.spec.provides:
            self._provided.pop(target, None)

    def look_up(self, target: str, keys: Iterable[Key]) -> None:
        """Ask for all ``keys`` at once, so that ``stored`` need not ask for each."""
        missing = set(keys) - self._asked[target]
        if missing:
            self._asked[target] |= missing
            self._found[target].update(self._known.find(target, missing))

    def stored(self, target: str, key: Key) -> Any:
        """What is known of ``key`` in the database, or None."""
        self.look_up(target, [key])
        return self._found[target].get(key)

    def offered(self, target: str, keys: Iterable[Key]) -> set[Key]:
        """Those of ``keys`` that the files themselves have, of however many rows."""
        wanted, found = {*keys}, set[Key]()
        for table in self.tables.values():
            if columns := table.spec.provides.get(target):
                for block in table.rows.blocks() if wanted else ():
                    found |= wanted.intersection(block.keys(columns))
        return found

    def exists(self, target: str, key: Key) -> bool:
        return key in self.provided(target) or self.stored(target, key) is not None

    def may_exist(self, target: str) -> bool:
        """Whether a file that offers ``target`` could not be read whole."""
        return any(
            target in table.spec.provides and not table.whole for table in self.tables.values()
        )


def check(context: Context, only: Iterable[Table] | None = None) -> None:
    """Check all references, then the rules of each file; report every fault.

    ``only``: the files to look at, when the others were.
    """
    tables = list(context.tables.values() if only is None else only)
    for table in tables:
        for reference in table.spec.references:
            check_reference(context, table, reference)
    for table in tables:
        for rule in table.spec.rules:
            rule(context, table)
            context.forget(table)


def check_reference(context: Context, table: Table, reference: Reference) -> None:
    """Report the rows of ``table`` whose reference leads nowhere (docs/readings.md F12)."""
    target, reported = reference.target, reference.columns[-1]
    if context.may_exist(target):
        return
    keys = {
        key for block in table.rows.blocks() for key in block.keys(reference.columns) if key[-1]
    }
    missing = keys - context.offered(target, keys)
    context.look_up(target, missing)
    unknown = {key for key in missing if None not in key and context.stored(target, key) is None}
    if not unknown:
        return
    message = unknown_message(context, target)
    for key, row in keyed(table.rows, reference.columns):
        if key not in unknown:
            continue
        if not any(context.is_faulty(table, row, name) for name in reference.columns):
            context.error(table, row, reported, message.fill(value=key[-1]))


def keyed(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[tuple[Key, Row]]:
    """Each row with the values of these columns, of which there is one at least."""
    value = attrgetter(*columns)
    if len(columns) == 1:
        return (((value(row),), row) for row in rows)
    return ((value(row), row) for row in rows)


def unknown_message(context: Context, target: str) -> Message:
    """The sentence of the file that ``target`` is named after, else of one that offers it."""
    specs: list[FileSpec | None] = [context.specs.get(target), *context.specs.values()]
    return next(spec.unknown for spec in specs if spec and target in spec.provides and spec.unknown)
