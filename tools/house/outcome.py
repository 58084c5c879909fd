"""What a test runner's own record says: how many tests ran, which were skipped, what failed."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ODOO_STARTED = re.compile(r": Starting \S+ \.\.\.")
ODOO_SKIPPED = re.compile(r": skipped (\S+) : ")
ODOO_FAILED = re.compile(r": (?:FAIL|ERROR): (\S+)")


@dataclass
class Outcome:
    """What a stage or a whole run came to.

    `faults` holds a line for everything wrong, among them one for each of the `failed` tests.
    """

    tests: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count `other` in."""
        self.tests += other.tests
        self.failed += other.failed
        self.skipped += other.skipped
        self.faults += other.faults

    def problems(self) -> list[str]:
        """Return a line for everything that makes the run a failure; a skipped test does."""
        return [*self.faults, *(f"skipped: {name}" for name in self.skipped)]


def read_junit(report: Path) -> Outcome:
    """Return what pytest wrote down; it calls an expected failure skipped too."""
    if not report.exists():
        return Outcome(faults=[f"pytest wrote no {report.name}"])
    outcome = Outcome()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 (our own pytest wrote it)
        name = f"{case.get('classname')}::{case.get('name')}"
        outcome.tests += 1
        if case.find("skipped") is not None:
            outcome.skipped.append(name)
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
            outcome.faults.append(f"failed: {name}")
    return _not_empty(outcome)


def read_odoo(log: str) -> Outcome:
    """Return what Odoo's own test runner logged."""
    failed = sorted(set(ODOO_FAILED.findall(log)))
    return _not_empty(
        Outcome(
            tests=len(ODOO_STARTED.findall(log)),
            failed=len(failed),
            skipped=ODOO_SKIPPED.findall(log),
            faults=[f"failed: {name}" for name in failed],
        )
    )


def _not_empty(outcome: Outcome) -> Outcome:
    """Make it a fault that a runner had nothing to run."""
    if not outcome.tests:
        outcome.faults.append("no test ran")
    return outcome
