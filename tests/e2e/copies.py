"""Students of the sample under numbers of their own, so that no other test meets them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .conftest import School
from .shell import import_files

OF_STUDENTS = ("students", "student_terms", "enrollments", "recognitions")
NUMBER = "學號"


@dataclass(frozen=True)
class Copy:
    """A student of the sample under the number ``own``."""

    original: str
    own: str
    personal: Mapping[str, str] = field(default_factory=dict)
    """What the row of the student has instead, by column."""
    without: frozenset[str] = frozenset()
    """Files of which nothing is copied."""


def sample(school: School, name: str) -> list[dict[str, str]]:
    """The rows of one file of the sample."""
    file = school.checkout.root / f"data/samples/ntue/{name}.csv"
    with file.open(encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    """One file as the old system would send it."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def bring_in(school: School, folder: Path, *copies: Copy) -> None:
    """Import the copies by way of ``folder``, and let them sign in."""
    for name in OF_STUDENTS:
        rows = sample(school, name)
        copied = [row for copy in copies for row in _copied(copy, name, rows)]
        if copied:
            write(folder, name, copied)
    import_files(school, folder)
    school.sign_ins()


def _copied(copy: Copy, name: str, rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    personal = copy.personal if name == "students" else {}
    for row in rows:
        if row[NUMBER] == copy.original and name not in copy.without:
            yield {**row, **personal, NUMBER: copy.own}
