"""Where the time of a test run went: by folder, and the slowest tests and fixtures."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dev import console

SLOWEST = 20
SET_UP_CLASS = "_unittest_setUpClass_fixture_"
"""How pytest begins the name of the fixture that runs a class's `setUpClass`."""


@dataclass(frozen=True)
class Spent:
    """Seconds that one test took: its set-up and tidying up, itself, and of the processor."""

    set_up: float
    test: float
    processor: float

    @property
    def wall(self) -> float:
        """Seconds from its beginning to its end."""
        return self.set_up + self.test


@dataclass
class Times:
    """What was measured: tests by pytest's name for them; of each fixture calls and seconds."""

    tests: dict[str, Spent] = field(default_factory=dict)
    fixtures: dict[str, tuple[int, float]] = field(default_factory=dict)


def read(files: Iterable[Path]) -> Times:
    """Return what `dev.pytest_times` wrote into `files`; one that is missing adds nothing."""
    found = Times()
    for file in files:
        if not file.exists():
            continue
        measured = json.loads(file.read_text())
        for name, row in measured["tests"].items():
            set_up = row["setup"] + row["teardown"]
            found.tests[name] = Spent(set_up, row["call"], row["processor"])
        for name, (calls, seconds) in measured["fixtures"].items():
            before = found.fixtures.get(name, (0, 0.0))
            found.fixtures[name] = (before[0] + calls, before[1] + seconds)
    return found


def folder_of(name: str) -> str:
    """Return the folder of a test: `tests/engine`, or the addon."""
    return "/".join(PurePosixPath(name.split("::", 1)[0]).parts[:2])


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def by_folder(times: Times) -> str:
    """Return one row per folder, those that took longest first."""
    rows: dict[str, list[Spent]] = {}
    for name, spent in times.tests.items():
        rows.setdefault(folder_of(name), []).append(spent)
    lines = [
        (
            folder,
            str(len(found)),
            _seconds(sum(spent.set_up for spent in found)),
            _seconds(sum(spent.test for spent in found)),
            _seconds(sum(spent.processor for spent in found)),
        )
        for folder, found in sorted(
            rows.items(), key=lambda row: -sum(spent.wall for spent in row[1])
        )
    ]
    return console.table(("folder", "tests", "set-up", "test", "processor"), lines)


def slowest_tests(times: Times) -> str:
    """Return the slowest tests, one a row."""
    found = sorted(times.tests.items(), key=lambda row: -row[1].wall)[:SLOWEST]
    rows = [(_seconds(row.set_up), _seconds(row.test), name) for name, row in found]
    return console.table(("set-up", "test", "slowest tests"), rows)


def slowest_fixtures(times: Times) -> str:
    """Return the fixtures that took longest together, one a row."""
    found = sorted(times.fixtures.items(), key=lambda row: -row[1][1])[:SLOWEST]
    rows = [
        (str(calls), _seconds(seconds), name.replace(SET_UP_CLASS, "setUpClass of "))
        for name, (calls, seconds) in found
    ]
    return console.table(("calls", "seconds", "slowest fixtures"), rows)


def report(times: Times) -> str:
    """Return all three tables."""
    return "\n\n".join((by_folder(times), slowest_tests(times), slowest_fixtures(times)))
