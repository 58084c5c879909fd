"""`make bench`: one line per row with its bar; ratios are of one run and hold on any machine."""

import os
import subprocess
from collections.abc import Callable, Mapping

from dev import (
    console,
    databases,
    odoo,
    provision,
    python_env,
    sample_school,
    server,
    system,
    tasks,
)
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.tasks import Task


def _script(checkout: Checkout, env: Mapping[str, str], name: str, *arguments: str) -> None:
    """Run a script of bench/; its rows go straight to the terminal."""
    command = [
        str(python_env.interpreter(checkout)),
        str(checkout.root / "bench" / name),
        *arguments,
    ]
    beside = os.pathsep.join((env.get("PYTHONPATH", ""), str(checkout.root / "bench")))
    env = {**env, "PYTHONPATH": beside}
    if subprocess.run(command, cwd=checkout.root, env=env, check=False).returncode:
        raise CommandError(f"bench/{name} ended before its last row, see above.")


def engine(checkout: Checkout) -> None:
    """The engine by itself: no Odoo, no database."""
    _script(checkout, checkout.environ, "engine.py")


def stress(checkout: Checkout) -> None:
    """Frameworks that are hard to search, and whether any audit takes long."""
    _script(checkout, checkout.environ, "stress.py")


def double_major(checkout: Checkout) -> None:
    """Two whole programs of one student, with rules on what counts in both."""
    _script(checkout, checkout.environ, "double_major.py")


def cases(checkout: Checkout) -> None:
    """The kept instances of bench/cases, and who finds the best placement of them."""
    _script(checkout, checkout.environ, "cases/compare.py")


def cohort(checkout: Checkout) -> None:
    """Everybody of a generated university audited, in a database of its own."""
    name = databases.own_name(checkout, "bench_cohort")
    databases.fresh(checkout, name, console.ProgressLine())
    try:
        _script(checkout, odoo.environment(checkout), "cohort.py", name)
    finally:
        databases.drop(checkout, name)


def pages(checkout: Checkout) -> None:
    """Pages and paper of the sample school, over HTTP."""
    name = databases.own_name(checkout, "bench_pages")
    sample_school.copy(checkout, name)
    try:
        _script(checkout, odoo.environment(checkout), "pages_data.py", name)
        with server.running(checkout, name, log=checkout.log("bench")) as running:
            _script(checkout, odoo.environment(checkout), "pages.py", running.url)
    finally:
        databases.drop(checkout, name)


def desks(checkout: Checkout) -> None:
    """A registrar's pass of many, in the sample school."""
    name = databases.own_name(checkout, "bench_desks")
    sample_school.copy(checkout, name)
    try:
        _script(checkout, odoo.environment(checkout), "desks.py", name)
    finally:
        databases.drop(checkout, name)


def steps_of_the_way(checkout: Checkout) -> None:
    """How often each step of an application audits, and what it asks of the database."""
    name = databases.own_name(checkout, "bench_steps")
    databases.fresh(checkout, name, console.ProgressLine())
    try:
        _script(checkout, odoo.environment(checkout), "steps.py", name)
    finally:
        databases.drop(checkout, name)


def night(checkout: Checkout) -> None:
    """The dear steps of the last night of a period."""
    name = databases.own_name(checkout, "bench_night")
    databases.fresh(checkout, name, console.ProgressLine())
    try:
        _script(checkout, odoo.environment(checkout), "night.py", name)
    finally:
        databases.drop(checkout, name)


PASSWORD = "a password"  # noqa: S105  # of accounts that are made for a row


def sign_in(checkout: Checkout) -> None:
    """Signing in through the page, at the product's own price of a password."""
    name = databases.own_name(checkout, "bench_sign_in")
    sample_school.copy(checkout, name)
    env = odoo.environment(checkout)
    try:
        _script(checkout, env, "hostile/accounts.py", name, "120", PASSWORD)
        with server.running(
            checkout, name, log=checkout.log("bench"), extra=("--proxy-mode",)
        ) as found:
            _script(checkout, env, "sign_in.py", str(found.port), PASSWORD)
    finally:
        databases.drop(checkout, name)


def forgotten(checkout: Checkout) -> None:
    """Whether known and unknown people can be distinguished where passwords are asked for."""
    name = databases.own_name(checkout, "bench_forgotten")
    sample_school.copy(checkout, name)
    try:
        _script(checkout, odoo.environment(checkout), "forgotten_data.py", name)
        with server.running(checkout, name, log=checkout.log("bench")) as running:
            _script(checkout, odoo.environment(checkout), "forgotten.py", running.url)
    finally:
        databases.drop(checkout, name)


COHORTS = (2_000, 10_000, 40_000)
"""Students whose files are imported, to see that the cost grows as their number does.

STUDENTS in the environment is one number instead.
"""


def imports(checkout: Checkout) -> None:
    """Files of universities of several sizes, each imported into a database of its own."""
    chosen = checkout.environ.get("STUDENTS")
    for students in (int(chosen),) if chosen else COHORTS:
        name = databases.own_name(checkout, "bench_import")
        databases.fresh(checkout, name, console.ProgressLine())
        try:
            _script(checkout, odoo.environment(checkout), "imports.py", name, str(students))
        finally:
            databases.drop(checkout, name)


PARTS: dict[str, Callable[[Checkout], None]] = {
    "engine": engine,
    "stress": stress,
    "double_major": double_major,
    "cases": cases,
    "cohort": cohort,
    "pages": pages,
    "desks": desks,
    "steps": steps_of_the_way,
    "night": night,
    "sign_in": sign_in,
    "forgotten": forgotten,
    "import": imports,
}


def _needs(parts: list[str]) -> list[Task]:
    if parts and set(parts) <= {"engine", "stress", "double_major", "cases"}:
        return [python_env.TASK, python_env.SOLVERS]
    return [*provision.with_system(*system.PDF), python_env.SOLVERS, databases.TASK]


def run(checkout: Checkout, parts: list[str]) -> None:
    """Print the rows of `parts`, or of all; raise CommandError when one could not be measured."""
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise CommandError(f"`make bench` knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    with tasks.locked(checkout):
        tasks.run(checkout, _needs(parts))
    with tasks.locked(checkout, "bench.lock"):
        console.line("")
        for name in parts or PARTS:
            PARTS[name](checkout)
