"""`make test`: everything that CI runs, in stages; no skipped test, no fault in Odoo's log."""

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from house import databases, lint, logscan, odoo, process, provision, python_env, say, steps, system
from house.errors import MissingError
from house.outcome import Outcome, read_junit, read_odoo
from house.place import Place
from house.product import ADDONS, install_arguments
from house.steps import Step

WITHOUT_DATABASE = ("tests/engine", "tests/tools")

WITH_SERVERS = ("tests/e2e", "tests/load", "tests/manners")
"""Tests that start whole servers, and a browser: not in Odoo's own process, whose tests end
every process that they find running beside them."""


def logs(place: Place) -> Path:
    """Return the folder of the run's logs: every `.log` in it is read for faults at the end.

    A test that starts a server gives it a log file here.
    """
    return place.logs / "test"


def pytest_environment(place: Place) -> dict[str, str]:
    """Return pytest's environment; pytest-odoo would take ODOO_RC as a wish for a database."""
    return {key: text for key, text in odoo.environment(place).items() if key != "ODOO_RC"}


def pytest_command(place: Place, arguments: Sequence[str]) -> list[str]:
    """Return pytest's command line; pytest-odoo takes part only where a database is named."""
    plugin = ["-p", "no:odoo"]
    if any(argument.startswith("--odoo-database") for argument in arguments):
        configuration = f"--odoo-config={odoo.write_configuration(place)}"
        # Odoo limits its process's memory; a browser that a test starts would inherit that and die.
        unlimited = "--odoo-extra=limit-memory-hard=0"
        plugin = ["-p", "house.pytest_log", "--odoo-http", configuration, unlimited]
    return [str(python_env.interpreter(place)), "-m", "pytest", *plugin, *arguments]


def _pytest(place: Place, name: str, *arguments: str) -> Outcome:
    report = logs(place) / f"{name}.xml"
    command = pytest_command(place, ["-q", f"--junitxml={report}", *arguments])
    env = pytest_environment(place)
    ended = subprocess.run(command, cwd=place.root, env=env, check=False)
    outcome = read_junit(report)
    if ended.returncode and not outcome.problems():
        outcome.faults.append(f"pytest ended with {ended.returncode}")
    return outcome


def _lint(place: Place) -> Outcome:
    try:
        lint.run(place)
    except MissingError as missing:
        return Outcome(faults=[str(missing)])
    return Outcome()


def _without_database(place: Place) -> Outcome:
    return _pytest(place, "without-database", *WITHOUT_DATABASE)


def _with_servers(place: Place) -> Outcome:
    return _pytest(place, "with-servers", *WITH_SERVERS)


def _with_odoo(place: Place) -> Outcome:
    """Run all tests under pytest in a database that has the addons."""
    name = databases.house_name(place, "test")
    databases.fresh(place, name, say.Detail())
    options = (
        f"--odoo-database={name}",
        "--odoo-log-level=info",
        f"--odoo-extra=logfile={logs(place) / 'pytest.log'}",
    )
    ignored = (f"--ignore={folder}" for folder in (*WITHOUT_DATABASE, *WITH_SERVERS))
    folders = [str(Path("addons") / addon) for addon in ADDONS]
    return _pytest(place, "with-odoo", *options, *ignored, *folders, "tests")


def _as_installed(place: Place) -> Outcome:
    """Install the addons with their tests under Odoo's own runner, as their users would."""
    name = databases.house_name(place, "test_install")
    databases.bare(place, name, say.Detail())
    log = logs(place) / "install.log"
    options = (
        "--test-enable",
        f"--test-tags={','.join(f'/{addon}' for addon in ADDONS)}",
        f"--http-port={process.free_port()}",
        f"--logfile={log}",
    )
    command = odoo.command(place, *install_arguments(name), *options)
    ended = subprocess.run(command, cwd=place.root, env=odoo.environment(place), check=False)
    outcome = read_odoo(log.read_text(errors="replace") if log.exists() else "")
    if ended.returncode and not outcome.problems():
        outcome.faults.append(f"Odoo ended with {ended.returncode}")
    return outcome


def read_logs(place: Place) -> Outcome:
    """Read every log of the run; its faults count like failed tests."""
    faults = (fault for file in sorted(logs(place).glob("*.log")) for fault in logscan.read(file))
    return Outcome(faults=list(faults))


STAGES: dict[str, Callable[[Place], Outcome]] = {
    "lint": _lint,
    "tests without a database": _without_database,
    "tests with Odoo": _with_odoo,
    "tests with servers and a browser": _with_servers,
    "the addons' tests as Odoo runs them": _as_installed,
    "Odoo's logs": read_logs,
}


def provisioned() -> list[Step]:
    """Return the steps before the first test."""
    build = Step(
        "Database with the addons",
        lambda place: databases.exists(place, databases.ready_name(place)),
        databases.prepare,
    )
    return [*provision.with_system(*system.PDF, *system.TESTING), build]


def run(place: Place) -> int:
    """Run every stage, print what it came to, and return the exit code."""
    started = time.monotonic()
    with steps.locked(place):
        steps.run(place, provisioned())
    with steps.locked(place, "test.lock"):
        shutil.rmtree(logs(place), ignore_errors=True)
        logs(place).mkdir(parents=True)
        total = Outcome()
        rows = []
        for number, (title, stage) in enumerate(STAGES.items(), 1):
            say.line(f"\n== {number}/{len(STAGES)} {title}")
            began = time.monotonic()
            outcome = stage(place)
            total.add(outcome)
            verdict = "failed" if outcome.problems() else "passed"
            rows.append((title, str(outcome.tests), verdict, f"{time.monotonic() - began:.0f} s"))
    return report(total, rows, time.monotonic() - started)


def report(total: Outcome, rows: Sequence[Sequence[str]], seconds: float) -> int:
    """Print the stages, every problem, and the closing line; return the exit code."""
    say.line("\n" + say.table(("stage", "tests", "", "time"), rows))
    problems = total.problems()
    for problem in problems:
        say.line(f"  {problem}")
    passed = total.tests - total.failed - len(total.skipped)
    say.line(f"\n{total.tests} tests in {seconds:.0f} s")
    say.line(f"{passed} passed, {total.failed} failed, {len(total.skipped)} skipped")
    return 1 if problems else 0
