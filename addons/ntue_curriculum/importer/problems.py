"""What an import has to say: values with an English source, translated at the edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePosixPath

from .repairs import Place, Repairs

SHOWN = 100
"""Characters of a file's own text that a problem repeats."""

MOST = 1000
"""Problems of one severity that are kept; somebody who has more corrects these first."""


HIDDEN = "…"
"""In place of what the reader may not know."""


@dataclass(frozen=True, slots=True)
class OfStudent:
    """What the database has of a student, by number, and no file said.

    The right to import is none to read records: it is shown to those alone who may read hers.
    """

    student: str
    value: object

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated: ``source`` with ``%(name)s`` places, and its values.

    ``module``: the addon whose translations hold it. A value may be a message too.
    """

    source: str
    args: Mapping[str, object] = field(default_factory=dict)
    module: str = "ntue_curriculum"

    def __str__(self) -> str:
        return self.source % self.args if self.args else self.source

    def clipped(self) -> Message:
        """The same with no value longer than can be read in a sentence."""
        long = {
            name: f"{value[:SHOWN]}…"
            for name, value in self.args.items()
            if isinstance(value, str) and len(value) > SHOWN
        }
        return self.fill(**long) if long else self

    def fill(self, **args: object) -> Message:
        """The same sentence with more of its places filled."""
        return replace(self, args={**self.args, **args})

    @property
    def students(self) -> list[str]:
        """The numbers of the students of whom it says what no file did."""
        values = self.args.values()
        return sorted({value.student for value in values if isinstance(value, OfStudent)})

    @property
    def discreet(self) -> Message:
        """The same without what the database has of students."""
        told = {name: HIDDEN for name, one in self.args.items() if isinstance(one, OfStudent)}
        return self.fill(**told) if told else self


def messages_of(module: str) -> Callable[..., Message]:
    """The marker of translatable sentences of one addon; name it ``_`` where it is used."""

    def mark(source: str, **args: object) -> Message:
        return Message(source, args, module)

    return mark


_ = messages_of("ntue_curriculum")


class Severity(StrEnum):
    """How much a problem weighs: an error stops the import, or its students (F29)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to report: where, and what to do about it.

    ``row``: as a spreadsheet numbers it, header = 1 (docs/readings.md F14); None: the file
    as a whole. ``column``: its header; empty: the row as a whole.
    """

    severity: Severity
    file: str
    message: Message
    row: int | None = None
    column: str = ""


@dataclass(slots=True)
class Counts:
    """What became of the rows of one file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: int = 0
    """Values that staff corrected and that stay; their rows are among the others, too (F23)."""
    missing: int = 0
    """Records that the whole list of a term does not have (F24)."""
    withdrawn: int = 0
    """Those of them that were withdrawn; they are among the changed ones, too."""


@dataclass(slots=True)
class Noted:
    """Equal notes of one column: the first of them, and how many there are."""

    message: Message
    row: int
    count: int = 0


class Report:
    """Everything one run found and did. Written to by all, read at the edge."""

    def __init__(self, *, dry_run: bool = False) -> None:
        self.dry_run = dry_run
        self.counts: dict[str, Counts] = {}
        self.left_out: tuple[str, ...] = ()
        """Numbers of the students of whom nothing is imported, since a row is wrong (F29)."""
        self._excused = 0
        self.missing = 0
        """Enrolments that the whole list of a term does not have (F24)."""
        self._problems: list[Problem] = []
        self._found = dict.fromkeys(Severity, 0)
        self._notes: dict[tuple[str, str, str], Noted] = {}
        self.repairs = Repairs()
        """The errors and warnings by what mends them."""
        self.tables: dict[str, str] = {}
        """The table that each file is, by its name as problems have it."""
        self.mapped: list[tuple[str, str, str]] = []
        """Table, header and column of each header that a mapping stands for."""
        self.record: int | None = None
        """The number of the record that is kept of the import; None of a dry run."""
        self.preview: dict[str, object] = {}
        """What a dry run would change, and for whom, as values of JSON; bounded."""

    def add(
        self,
        severity: Severity,
        file: str,
        message: Message,
        row: int | None = None,
        column: str = "",
    ) -> None:
        """Keep a problem; beyond ``MOST`` of its severity it is counted only."""
        self._found[severity] += 1
        message = message.clipped()
        self.repairs.add(severity, message, Place(file, row, column[:SHOWN]))
        if self._found[severity] <= MOST:
            self._problems.append(Problem(severity, file, message, row, column[:SHOWN]))

    def error(self, file: str, message: Message, row: int | None = None, column: str = "") -> None:
        self.add(Severity.ERROR, file, message, row, column)

    def warning(
        self, file: str, message: Message, row: int | None = None, column: str = ""
    ) -> None:
        self.add(Severity.WARNING, file, message, row, column)

    def note(self, file: str, message: Message, row: int, column: str) -> None:
        """Note a cell that was put right; equal notes of one column become one."""
        noted = self._notes.setdefault((file, column, message.source), Noted(message, row))
        noted.count += 1

    def take(self, problems: Iterable[Problem]) -> None:
        """Keep problems that another report found."""
        for problem in problems:
            self.add(problem.severity, problem.file, problem.message, problem.row, problem.column)

    def leave_out(self, students: Iterable[str]) -> None:
        """The errors so far are of these students, of whom nothing is imported (F29)."""
        self.left_out = tuple(sorted(students))
        self._excused = self._found[Severity.ERROR]

    def told_name(self, file: str) -> str:
        """What a file is called for good and for everybody: by its table."""
        table = self.tables.get(file, HIDDEN)
        path = PurePosixPath(file)
        return f"{table}{path.suffix.lower()}" if path.stem.lower() == table else table

    def counts_of(self, file: str) -> Counts:
        return self.counts.setdefault(file, Counts())

    @property
    def ok(self) -> bool:
        """No error but of students left out: what was read is written, or would be in a dry run."""
        return self._found[Severity.ERROR] == self._excused

    @property
    def errors(self) -> int:
        return self.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        return self.count(Severity.WARNING)

    @property
    def changes_nothing(self) -> bool:
        """The database is already as the files have it."""
        counts = self.counts.values()
        return self.ok and not any(one.created or one.updated for one in counts)

    @property
    def problems(self) -> list[Problem]:
        """All problems kept: errors first, then by file in the order they were read, by row.

        What was only counted comes last of its severity, as a problem of no file.
        """
        weight = {severity: place for place, severity in enumerate(Severity)}
        found = [*self._problems, *self._noted(), *self._not_kept()]
        files: dict[str, int] = {}
        for problem in found:
            files.setdefault(problem.file, len(files))
        return sorted(
            found, key=lambda p: (weight[p.severity], files[p.file], p.row or 0, p.column)
        )

    def of(self, severity: Severity) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is severity]

    def count(self, severity: Severity) -> int:
        """How many there are of one severity, kept or not."""
        if severity is Severity.NOTE:
            return len(self._notes)
        return self._found[severity]

    def _not_kept(self) -> Iterable[Problem]:
        for severity, found in self._found.items():
            if found > MOST:
                text = _("%(count)s more are not listed. Correct these first.", count=found - MOST)
                yield Problem(severity, "", text)

    def _noted(self) -> Iterable[Problem]:
        for (file, column, _source), noted in self._notes.items():
            message = noted.message
            if noted.count > 1:
                text = _("%(what)s %(count)s cells, of which this is the first.")
                message = text.fill(what=message, count=noted.count)
            yield Problem(Severity.NOTE, file, message, noted.row, column)
