"""The stages of `make test`: what each runs, and its result."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dev import (
    console,
    databases,
    odoo,
    odoo_tags,
    process,
    pytest_command,
    tasks,
)
from dev.checkout import Checkout
from dev.product import install_arguments
from dev.result import RunResult, read_junit, read_odoo
from dev.selection import Needs
from dev.tasks import Task
from dev.workers import logs

LONG_FIRST = (
    "tests/manners/test_install.py",
    "tests/e2e/test_desks.py",
    "tests/e2e/test_sample_students.py",
)
"""Taken first, so that the other workers do not wait for one of these at the end."""


@dataclass(frozen=True)
class Settings:
    """Settings of a run: number of workers, order of the tests, all tests under Odoo's runner."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    seed: str = ""
    whole: bool = False


@dataclass(frozen=True)
class StageResult:
    """The result of a stage, and the wall and processor seconds that it took."""

    result: RunResult
    wall: float
    processor: float


@dataclass(frozen=True)
class Stage:
    """A part of the run; `work` returns its result and the processor seconds it took.

    `work` prints to the terminal, or into the file that it is given.
    """

    title: str
    work: Callable[[Checkout, Path | None], tuple[RunResult, float]]

    def run(self, checkout: Checkout, output: Path | None) -> StageResult:
        """Run it."""
        began = time.monotonic()
        result, processor = self.work(checkout, output)
        return StageResult(result, time.monotonic() - began, processor)


YIELDING = ("nice", "-n", "10")
"""Before the command of a stage beside which browsers run.

A browser waits for pages half of the time; in the other half it goes first, and those who wait for
nothing take what is left.
"""


def _measured(
    command: Sequence[str], checkout: Checkout, env: Mapping[str, str], output: Path | None
) -> tuple[int, float]:
    """Run a command; return its exit code and the processor's seconds of it and its children."""
    target = output.open("ab") if output else None
    try:
        child = subprocess.Popen(
            command, cwd=checkout.root, env=env, stdout=target, stderr=target and subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(child.pid, 0)
    finally:
        if target:
            target.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime


def provisioning(title: str, wanted: Sequence[Task]) -> Stage:
    """Return the stage of the tasks `wanted`, shown as they run; their errors end the run.

    Their processor time is not measured, because servers of their own do the work.  They have
    locks of their own: the checkout's is for what is before all stages, and lint asks for it.
    """

    def work(checkout: Checkout, _output: Path | None) -> tuple[RunResult, float]:
        tasks.run(checkout, wanted)
        return RunResult(), 0.0

    return Stage(title, work)


def lint() -> Stage:
    """Return the stage of `make lint`."""

    def work(checkout: Checkout, output: Path | None) -> tuple[RunResult, float]:
        command = [sys.executable, str(checkout.root / "tools" / "run"), "lint"]
        code, processor = _measured(command, checkout, checkout.environ, output)
        return RunResult(faults=["lint found something to correct"] if code else []), processor

    return Stage("lint", work)


def _pytest(
    checkout: Checkout,
    needs: Needs,
    settings: Settings,
    paths: Sequence[str],
    output: Path | None,
    extra: Sequence[str] = (),
    *,
    before: Sequence[str] = (),
) -> tuple[RunResult, float]:
    folder = logs(checkout)
    options = [
        *("-q", f"--junitxml={folder / needs}.xml"),
        *("-p", "dev.pytest_times", f"--times={folder / needs}.json"),
        *(f"--numprocesses={settings.workers}", *_distribution(needs, paths)),
    ]
    if settings.seed:
        options.append(f"--randomly-seed={settings.seed}")
    command = [*before, *pytest_command.command(checkout, [*options, *extra, *paths])]
    code, processor = _measured(command, checkout, pytest_command.environment(checkout), output)
    result = read_junit(folder / f"{needs}.xml")
    if code and not result.problems():
        result.faults.append(f"pytest ended with {code}")
    return result, processor


def _distribution(needs: Needs, paths: Sequence[str]) -> tuple[str, ...]:
    """Return how pytest-xdist hands out the tests of `paths`.

    A class or a file stays with one worker, which makes what its tests share once. Tests that
    need nothing share little, and neighbours stay together: who has done its half takes from
    the other. Files asked for by name are spread over all workers, because somebody waits for
    them, unless each would start a server.
    """
    if needs is Needs.NOTHING:
        return ("--dist=worksteal",)
    by_name = all(path.partition("::")[0].endswith(".py") for path in paths)
    if by_name and needs is not Needs.SERVERS:
        return ("--dist=load",)
    return ("--dist=loadscope", "--no-loadscope-reorder")


def _long_first(paths: Sequence[str]) -> list[str]:
    first = [file for file in LONG_FIRST if any(file.startswith(f"{path}/") for path in paths)]
    return [*first, *paths]


def without_database(paths: Sequence[str], settings: Settings) -> Stage:
    """Return the stage of tests that need neither Odoo nor a server."""
    return Stage(
        "tests without a database",
        lambda checkout, output: _pytest(checkout, Needs.NOTHING, settings, paths, output),
    )


def with_odoo(paths: Sequence[str], settings: Settings) -> Stage:
    """Return the stage of tests in Odoo's process, each worker's in a database of its own."""

    def work(checkout: Checkout, output: Path | None) -> tuple[RunResult, float]:
        options = (
            f"--odoo-database={databases.ready_name(checkout)}",
            "--odoo-log-level=info",
            f"--odoo-extra=logfile={logs(checkout)}/odoo-{{worker}}.log",
        )
        return _pytest(checkout, Needs.ODOO, settings, paths, output, options, before=YIELDING)

    return Stage("tests with Odoo", work)


def with_servers(paths: Sequence[str], settings: Settings) -> Stage:
    """Return the stage of tests that start servers and browsers.

    They wait for pages half of the time, so there is one worker more than processors.
    """
    settings = replace(settings, workers=settings.workers + 1)
    return Stage(
        "tests with servers and a browser",
        lambda checkout, output: _pytest(
            checkout, Needs.SERVERS, settings, _long_first(paths), output
        ),
    )


def as_installed(settings: Settings) -> Stage:
    """Return the stage that installs the addons under Odoo's own runner, as a school would.

    A test of every kind of set-up runs there, or all tests.  It yields to nobody: Odoo's runner
    gives a page twelve seconds.
    """

    def work(checkout: Checkout, output: Path | None) -> tuple[RunResult, float]:
        name = databases.own_name(checkout, "test_install")
        databases.bare(checkout, name, console.ProgressLine())
        log = logs(checkout) / "install.log"
        kinds = odoo_tags.representatives(checkout).values()
        tags = odoo_tags.all_tests() if settings.whole else kinds
        options = (
            "--test-enable",
            f"--test-tags={','.join(tags)}",
            f"--http-port={process.free_port()}",
            f"--logfile={log}",
        )
        command = odoo.command(checkout, *install_arguments(name), *options)
        code, processor = _measured(command, checkout, odoo.environment(checkout), output)
        databases.drop(checkout, name)
        result = read_odoo(log.read_text(errors="replace") if log.exists() else "")
        if code and not result.problems():
            result.faults.append(f"Odoo ended with {code}")
        return result, processor

    title = "all tests" if settings.whole else "a test of every kind"
    return Stage(f"{title} as Odoo runs them", work)
