"""The stages of `make test`: what each runs, and what it came to."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from house import (
    databases,
    odoo,
    odoo_tags,
    process,
    pytest_command,
    say,
    steps,
)
from house.outcome import Outcome, read_junit, read_odoo
from house.place import Place
from house.product import install_arguments
from house.selection import Needs
from house.steps import Step
from house.workers import logs

LONG_FIRST = (
    "tests/manners/test_install.py",
    "tests/e2e/test_desks.py",
    "tests/e2e/test_sample_students.py",
)
"""What a worker takes first, so that no other waits for it at the end."""


@dataclass(frozen=True)
class Settings:
    """How a run is to be: workers side by side, the order of the tests, all of Odoo's runner."""

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    seed: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Result:
    """What a stage came to, and the seconds of wall and of processor that it took."""

    outcome: Outcome
    wall: float
    processor: float


@dataclass(frozen=True)
class Stage:
    """A part of the run; `work` returns its outcome and the seconds of processor it took.

    `work` prints to the terminal, or into the file that it is given.
    """

    title: str
    work: Callable[[Place, Path | None], tuple[Outcome, float]]

    def run(self, place: Place, output: Path | None) -> Result:
        """Run it."""
        began = time.monotonic()
        outcome, processor = self.work(place, output)
        return Result(outcome, time.monotonic() - began, processor)


def _measured(
    command: Sequence[str], place: Place, env: Mapping[str, str], output: Path | None
) -> tuple[int, float]:
    """Run a command; return its exit code and the processor's seconds of it and its children."""
    target = output.open("ab") if output else None
    try:
        child = subprocess.Popen(
            command, cwd=place.root, env=env, stdout=target, stderr=target and subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(child.pid, 0)
    finally:
        if target:
            target.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime


def provisioning(wanted: Sequence[Step]) -> Stage:
    """Return the stage of `wanted`, steps that are shown as they go on; their errors end the run.

    What they take of processors is not measured, because servers of their own do the work.
    """

    def work(place: Place, _output: Path | None) -> tuple[Outcome, float]:
        with steps.locked(place):
            steps.run(place, wanted)
        return Outcome(), 0.0

    return Stage("databases", work)


def lint() -> Stage:
    """Return the stage of `make lint`."""

    def work(place: Place, output: Path | None) -> tuple[Outcome, float]:
        command = [sys.executable, str(place.root / "tools" / "run"), "lint"]
        code, processor = _measured(command, place, place.environ, output)
        return Outcome(faults=["lint found something to mend"] if code else []), processor

    return Stage("lint", work)


def _pytest(
    place: Place,
    needs: Needs,
    settings: Settings,
    paths: Sequence[str],
    output: Path | None,
    extra: Sequence[str] = (),
) -> tuple[Outcome, float]:
    folder = logs(place)
    options = [
        *("-q", f"--junitxml={folder / needs}.xml"),
        *("-p", "house.pytest_times", f"--times={folder / needs}.json"),
        *(f"--numprocesses={settings.workers}", *_distribution(needs, paths)),
    ]
    if settings.seed:
        options.append(f"--randomly-seed={settings.seed}")
    command = pytest_command.command(place, [*options, *extra, *paths])
    code, processor = _measured(command, place, pytest_command.environment(place), output)
    outcome = read_junit(folder / f"{needs}.xml")
    if code and not outcome.problems():
        outcome.faults.append(f"pytest ended with {code}")
    return outcome, processor


def _distribution(needs: Needs, paths: Sequence[str]) -> tuple[str, ...]:
    """Return how pytest-xdist hands out the tests of `paths`.

    A class or a file stays with one worker, which makes what its tests share once; files asked
    for by name are spread over all workers, because somebody waits for them, unless each would
    start a server.
    """
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
        lambda place, output: _pytest(place, Needs.NOTHING, settings, paths, output),
    )


def with_odoo(paths: Sequence[str], settings: Settings) -> Stage:
    """Return the stage of tests in Odoo's process, each worker's in a database of its own."""

    def work(place: Place, output: Path | None) -> tuple[Outcome, float]:
        options = (
            f"--odoo-database={databases.ready_name(place)}",
            "--odoo-log-level=info",
            f"--odoo-extra=logfile={logs(place)}/odoo-{{worker}}.log",
        )
        return _pytest(place, Needs.ODOO, settings, paths, output, options)

    return Stage("tests with Odoo", work)


def with_servers(paths: Sequence[str], settings: Settings) -> Stage:
    """Return the stage of tests that start servers and browsers.

    They wait for pages half of the time, so there is one worker more than processors.
    """
    settings = replace(settings, workers=settings.workers + 1)
    return Stage(
        "tests with servers and a browser",
        lambda place, output: _pytest(place, Needs.SERVERS, settings, _long_first(paths), output),
    )


def as_installed(settings: Settings) -> Stage:
    """Return the stage that installs the addons under Odoo's own runner, as a school would.

    A test of every class runs there, or all of them.
    """

    def work(place: Place, output: Path | None) -> tuple[Outcome, float]:
        name = databases.house_name(place, "test_install")
        databases.bare(place, name, say.Detail())
        log = logs(place) / "install.log"
        tags = odoo_tags.all_tests() if settings.whole else odoo_tags.one_of_each(place)
        options = (
            "--test-enable",
            f"--test-tags={','.join(tags)}",
            f"--http-port={process.free_port()}",
            f"--logfile={log}",
        )
        command = odoo.command(place, *install_arguments(name), *options)
        code, processor = _measured(command, place, odoo.environment(place), output)
        databases.drop(place, name)
        outcome = read_odoo(log.read_text(errors="replace") if log.exists() else "")
        if code and not outcome.problems():
            outcome.faults.append(f"Odoo ended with {code}")
        return outcome, processor

    title = "all tests" if settings.whole else "a test of every class"
    return Stage(f"{title} as Odoo runs them", work)
