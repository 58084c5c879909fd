"""A pytest plugin: writes down how long every test and every fixture took.

`--times=FILE` names the file, JSON of the shape that `dev.times` reads.  Seconds of wall and of
this process's processor, set-up apart; what a server or a browser beside the test computes is not
in it.  Under pytest-xdist the workers measure and the controller writes.  The system's clocks are
read, because a test that freezes the time stops Python's own, and so pytest's.
"""

import json
from collections.abc import Generator
from pathlib import Path
from time import CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, clock_gettime
from typing import Any

import pytest

PHASES = ("setup", "call", "teardown")
OUTPUT = "dev_fixtures"
"""Key under which a worker sends its fixtures to the controller."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the name of the file."""
    parser.addoption("--times", metavar="FILE", help="write how long tests and fixtures took")


def pytest_configure(config: pytest.Config) -> None:
    """Measure where a file is named."""
    if config.getoption("--times"):
        config.pluginmanager.register(Measuring(config), "dev-measuring")


class Measuring:
    """What this process has measured, and on the controller what all have."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tests: dict[str, dict[str, float]] = {}
        self.fixtures: dict[str, list[float]] = {}
        self._spent: dict[str, tuple[float, float]] = {}

    # In the process that runs the test

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, Any, Any]:
        """Measure the set-up of a test."""
        return (yield from self._measured("setup"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, Any, Any]:
        """Measure the test itself."""
        return (yield from self._measured("call"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None, Any, Any]:
        """Measure the tidying up."""
        return (yield from self._measured("teardown"))

    def _measured(self, phase: str) -> Generator[None, Any, Any]:
        began = clock_gettime(CLOCK_MONOTONIC), clock_gettime(CLOCK_PROCESS_CPUTIME_ID)
        try:
            return (yield)
        finally:
            self._spent[phase] = (
                clock_gettime(CLOCK_MONOTONIC) - began[0],
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID) - began[1],
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: "pytest.CallInfo[None]"
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put the seconds on the report, which travels to the controller."""
        report = yield
        report.__dict__["spent"] = self._spent.pop(call.when, (0.0, 0.0))
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: "pytest.FixtureDef[Any]"
    ) -> Generator[None, Any, Any]:
        """Measure one fixture without those that it asks for, which are made before."""
        began = clock_gettime(CLOCK_MONOTONIC)
        try:
            return (yield)
        finally:
            checkout = f"{fixturedef.baseid}::{fixturedef.argname}"
            found = self.fixtures.setdefault(checkout, [0, 0.0])
            found[0] += 1
            found[1] += clock_gettime(CLOCK_MONOTONIC) - began

    # At the end

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the seconds of one phase of one test."""
        wall, processor = getattr(report, "spent", (0.0, 0.0))
        row = self.tests.setdefault(report.nodeid, dict.fromkeys((*PHASES, "processor"), 0.0))
        row[report.when] += wall
        row["processor"] += processor

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take in the fixtures of a worker that has ended."""
        for name, (times, seconds) in getattr(node, "workeroutput", {}).get(OUTPUT, {}).items():
            found = self.fixtures.setdefault(name, [0, 0.0])
            found[0] += times
            found[1] += seconds

    def pytest_sessionfinish(self) -> None:
        """Send the fixtures to the controller."""
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output[OUTPUT] = self.fixtures

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Write the file, once and by the controller."""
        if not hasattr(config, "workerinput"):
            measured = {"tests": self.tests, "fixtures": self.fixtures}
            Path(config.getoption("--times")).write_text(json.dumps(measured))
