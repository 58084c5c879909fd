"""`make test`: everything that CI runs, in stages; no skipped test, no fault in Odoo's log."""

import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dev import (
    console,
    databases,
    logscan,
    providers,
    provision,
    python_env,
    sample_school,
    selection,
    stages,
    system,
    tasks,
    times,
)
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.result import RunResult
from dev.selection import Needs
from dev.stages import Settings, Stage, StageResult
from dev.tasks import Task
from dev.workers import logs


def settings(arguments: Sequence[str]) -> tuple[str, Settings]:
    """Return what `ONLY=` names, and the settings of the run, from words like `ONLY=engine`.

    Raises CommandError for a word that is none of them.
    """
    given = dict(word.partition("=")[::2] for word in arguments)
    unknown = given.keys() - {"ONLY", "ALL", "SEED", "WORKERS"}
    if unknown or not given.get("WORKERS", "1").isdigit():
        raise CommandError(
            "`make test` takes ONLY=engine (or another folder or path), ALL=1, SEED=number, "
            f"WORKERS=number; not {' '.join(arguments)}."
        )
    values = Settings(seed=given.get("SEED", ""), whole=given.get("ALL") == "1")
    if given.get("WORKERS"):
        values = Settings(int(given["WORKERS"]), values.seed, values.whole)
    return given.get("ONLY", ""), values


def programs_for(needs: Sequence[Needs]) -> list[Task]:
    """Return the tasks that bring what tests with these needs use beside Odoo."""
    found = [python_env.SOLVERS] if Needs.NOTHING in needs else []
    return [*found, *providers.TASKS] if Needs.SERVERS in needs else found


def provisioned(needs: Sequence[Needs]) -> list[Task]:
    """Return the tasks before the first database of tests with these needs."""
    if list(needs) == [Needs.NOTHING]:
        return list(provision.ODOO)
    return provision.with_system(*system.PDF, *system.TESTING)


def databases_for(needs: Sequence[Needs]) -> list[Task]:
    """Return the tasks that make the databases which tests with these needs copy."""
    found = [databases.TASK] if {Needs.ODOO, Needs.SERVERS} & set(needs) else []
    return [*found, sample_school.TASK] if Needs.SERVERS in needs else found


def all_tasks(needs: Sequence[Needs]) -> list[Task]:
    """Return the tasks before tests with these needs that run without a plan."""
    return [*provisioned(needs), *programs_for(needs), *databases_for(needs)]


def _provisioning(title: str, wanted: Sequence[Task]) -> list[Stage]:
    """Return the stage of the tasks `wanted` as a lane; nothing where nothing is wanted."""
    return [stages.provisioning(title, wanted)] if wanted else []


def plan(paths: dict[Needs, list[str]], how: Settings, *, whole: bool) -> list[list[list[Stage]]]:
    """Return the stages in groups of lanes; the lanes of a group run side by side.

    A processor is free while packages come, while databases are installed, while a server or a
    browser is waited for, and at the end of every stage.  So what needs no database runs beside
    the installing, and all that need one run beside each other, the browsers first.  `whole` is a
    run of everything, with lint and Odoo's runner.
    """
    needs = tuple(paths)
    programs = _provisioning("programs", programs_for(needs))
    prepared = _provisioning("databases", databases_for(needs))
    odoo = [stages.with_odoo(paths[Needs.ODOO], how)] if Needs.ODOO in paths else []
    served = [stages.with_servers(paths[Needs.SERVERS], how)] if Needs.SERVERS in paths else []
    if whole:
        pure = stages.without_database(paths[Needs.NOTHING], how)
        return [
            [prepared, [stages.lint()], [*programs, pure]],
            [[stages.as_installed(how)], odoo, served],
        ]
    alone = [stages.without_database(paths[Needs.NOTHING], how)] if Needs.NOTHING in paths else []
    return [[[stage]] for stage in (*programs, *alone, *prepared, *odoo, *served)]


def read_logs(checkout: Checkout) -> RunResult:
    """Read every log of the run; faults in them count like failed tests."""
    faults = (
        fault for file in sorted(logs(checkout).glob("*.log")) for fault in logscan.read(file)
    )
    return RunResult(faults=list(faults))


def _run_lane(checkout: Checkout, lane: Sequence[Stage], output: Path | None) -> list[StageResult]:
    return [stage.run(checkout, output) for stage in lane]


def _run_group(
    checkout: Checkout, group: Sequence[Sequence[Stage]]
) -> list[tuple[Stage, StageResult]]:
    """Run the lanes of a group side by side; their output is shown one after the other."""
    if len(group) == 1:
        return list(zip(group[0], _run_lane(checkout, group[0], None), strict=True))
    files = [logs(checkout) / f"lane-{number}.out" for number, _lane in enumerate(group)]
    with ThreadPoolExecutor(len(group)) as threads:
        running = [
            threads.submit(_run_lane, checkout, lane, file)
            for lane, file in zip(group, files, strict=True)
        ]
        results: list[tuple[Stage, StageResult]] = []
        for lane, file, future in zip(group, files, running, strict=True):
            results += zip(lane, future.result(), strict=True)
            console.line(f"\n-- {', '.join(stage.title for stage in lane)}")
            console.line(file.read_text(errors="replace").rstrip() if file.exists() else "")
    return results


def run(checkout: Checkout, arguments: Sequence[str]) -> int:
    """Run the stages, print their results and where the time went; return the exit code."""
    started = time.monotonic()
    asked, how = settings(arguments)
    paths = selection.only(checkout, asked) if asked else selection.everything()
    with tasks.locked(checkout):
        tasks.run(checkout, provisioned(tuple(paths)))
    provisioning = time.monotonic() - started
    with tasks.locked(checkout, "test.lock"):
        shutil.rmtree(logs(checkout), ignore_errors=True)
        logs(checkout).mkdir(parents=True)
        total = RunResult()
        rows: list[tuple[str, ...]] = [("provisioning", "", "", f"{provisioning:.0f} s", "")]
        for group in plan(paths, how, whole=not asked):
            titles = (", ".join(stage.title for stage in lane) for lane in group)
            console.line(f"\n== {' beside '.join(titles)}")
            for stage, timed in _run_group(checkout, group):
                total.add(timed.result)
                rows.append(_row(stage, timed))
        total.add(read_logs(checkout))
        write_times(checkout, rows)
        return report(total, rows, time.monotonic() - started)


def _row(stage: Stage, timed: StageResult) -> tuple[str, ...]:
    verdict = "failed" if timed.result.problems() else "passed"
    seconds = (f"{value:.0f} s" for value in (timed.wall, timed.processor))
    return (stage.title, str(timed.result.tests), verdict, *seconds)


def write_times(checkout: Checkout, rows: Sequence[Sequence[str]]) -> None:
    """Print where the time went and keep it beside the logs, with the stages' own times."""
    measured = times.report(times.read(sorted(logs(checkout).glob("*.json"))))
    console.line(f"\n{measured}")
    (logs(checkout) / "times.txt").write_text(f"{measured}\n\n{stage_table(rows)}\n")


def stage_table(rows: Sequence[Sequence[str]]) -> str:
    """Return one row per stage; what PostgreSQL computed is in no processor's seconds."""
    return console.table(("stage", "tests", "", "wall", "processor"), rows)


def report(total: RunResult, rows: Sequence[Sequence[str]], seconds: float) -> int:
    """Print the stages, every problem, and the closing line; return the exit code."""
    console.line(f"\n{stage_table(rows)}")
    problems = total.problems()
    for problem in problems:
        console.line(f"  {problem}")
    passed = total.tests - total.failed - len(total.skipped)
    console.line(f"\n{total.tests} tests in {seconds:.0f} s")
    console.line(f"{passed} passed, {total.failed} failed, {len(total.skipped)} skipped")
    return 1 if problems else 0
