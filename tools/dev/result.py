"""Results of test runners, read from their own records: tests run, skipped and failed."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ODOO_STARTED = re.compile(r": Starting \S+ \.\.\.")
ODOO_SKIPPED = re.compile(r": skipped (\S+) : ")
ODOO_FAILED = re.compile(r": (?:FAIL|ERROR): (\S+)")


@dataclass
class RunResult:
    """The result of a stage or of a whole run.

    `faults` has a line for everything that went wrong, one of them for each of the `failed` tests.
    """

    tests: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "RunResult") -> None:
        """Add the numbers and lines of `other`."""
        self.tests += other.tests
        self.failed += other.failed
        self.skipped += other.skipped
        self.faults += other.faults

    def problems(self) -> list[str]:
        """Return a line for everything that makes the run fail; a skipped test is among it."""
        return [*self.faults, *(f"skipped: {name}" for name in self.skipped)]


def read_junit(report: Path) -> RunResult:
    """Return the result in pytest's report, where an expected failure counts as skipped too."""
    if not report.exists():
        return RunResult(faults=[f"pytest wrote no {report.name}"])
    result = RunResult()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 (our own pytest wrote it)
        name = f"{case.get('classname')}::{case.get('name')}"
        result.tests += 1
        if case.find("skipped") is not None:
            result.skipped.append(name)
        elif case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
            result.faults.append(f"failed: {name}")
    return _not_empty(result)


def read_odoo(log: str) -> RunResult:
    """Return the result in the log of Odoo's own test runner."""
    failed = sorted(set(ODOO_FAILED.findall(log)))
    return _not_empty(
        RunResult(
            tests=len(ODOO_STARTED.findall(log)),
            failed=len(failed),
            skipped=ODOO_SKIPPED.findall(log),
            faults=[f"failed: {name}" for name in failed],
        )
    )


def _not_empty(result: RunResult) -> RunResult:
    """Add a fault when no test ran."""
    if not result.tests:
        result.faults.append("no test ran")
    return result
