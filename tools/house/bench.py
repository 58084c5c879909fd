"""`make bench`: a line a row, each with its bar; ratios are of one run, so they travel."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace

from house import (
    databases,
    odoo,
    provision,
    python_env,
    sample_school,
    say,
    server,
    steps,
    system,
)
from house.errors import MissingError
from house.place import Place
from house.steps import Step


def _script(place: Place, env: Mapping[str, str], name: str, *arguments: str) -> None:
    """Run a script of bench/; its rows go straight to the terminal."""
    command = [str(python_env.interpreter(place)), str(place.root / "bench" / name), *arguments]
    beside = os.pathsep.join((env.get("PYTHONPATH", ""), str(place.root / "bench")))
    env = {**env, "PYTHONPATH": beside}
    if subprocess.run(command, cwd=place.root, env=env, check=False).returncode:
        raise MissingError(f"bench/{name} ended before its last row, see above.")


def engine(place: Place) -> None:
    """The engine by itself: no Odoo, no database."""
    _script(place, place.environ, "engine.py")


def cohort(place: Place) -> None:
    """Everybody of a generated university audited, in a database of its own."""
    name = databases.house_name(place, "bench_cohort")
    databases.fresh(place, name, say.Detail())
    try:
        _script(place, odoo.environment(place), "cohort.py", name)
    finally:
        databases.drop(place, name)


def pages(place: Place) -> None:
    """Pages and paper of the sample school, over HTTP."""
    name = databases.house_name(place, "bench_pages")
    sample_school.copy(place, name)
    kept = place.cache / "bench"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    path = place.environ.get("PATH", os.defpath)
    keeping = {
        "PATH": f"{place.root / 'bench' / 'bin'}{os.pathsep}{path}",
        "BENCH_REAL": shutil.which("wkhtmltopdf", path=path) or "",
        "BENCH_KEPT": str(kept),
    }
    serving = replace(place, environ={**place.environ, **keeping})
    try:
        _script(place, odoo.environment(place), "pages_data.py", name)
        with server.running(serving, name, log=place.log("bench")) as running:
            _script(place, odoo.environment(place), "pages.py", running.url, str(kept))
    finally:
        databases.drop(place, name)


def desks(place: Place) -> None:
    """A registrar's pass of many, in the sample school."""
    name = databases.house_name(place, "bench_desks")
    sample_school.copy(place, name)
    try:
        _script(place, odoo.environment(place), "desks.py", name)
    finally:
        databases.drop(place, name)


def steps_of_the_way(place: Place) -> None:
    """How often each step of an application audits, and what it asks of the database."""
    name = databases.house_name(place, "bench_steps")
    databases.fresh(place, name, say.Detail())
    try:
        _script(place, odoo.environment(place), "steps.py", name)
    finally:
        databases.drop(place, name)


PASSWORD = "a password"  # noqa: S105  # of accounts that are made for a row


def sign_in(place: Place) -> None:
    """Signing in through the page, at the product's own price of a password."""
    name = databases.house_name(place, "bench_sign_in")
    sample_school.copy(place, name)
    env = odoo.environment(place)
    try:
        _script(place, env, "hostile/accounts.py", name, "120", PASSWORD)
        with server.running(place, name, log=place.log("bench"), extra=("--proxy-mode",)) as found:
            _script(place, env, "sign_in.py", str(found.port), PASSWORD)
    finally:
        databases.drop(place, name)


def forgotten(place: Place) -> None:
    """Whether known and unknown people can be told apart where passwords are asked for."""
    name = databases.house_name(place, "bench_forgotten")
    sample_school.copy(place, name)
    try:
        _script(place, odoo.environment(place), "forgotten_data.py", name)
        with server.running(place, name, log=place.log("bench")) as running:
            _script(place, odoo.environment(place), "forgotten.py", running.url)
    finally:
        databases.drop(place, name)


PARTS: dict[str, Callable[[Place], None]] = {
    "engine": engine,
    "cohort": cohort,
    "pages": pages,
    "desks": desks,
    "steps": steps_of_the_way,
    "sign_in": sign_in,
    "forgotten": forgotten,
}


def _needs(parts: list[str]) -> list[Step]:
    if parts == ["engine"]:
        return [python_env.STEP, python_env.BENCH]
    return [*provision.with_system(*system.PDF), python_env.BENCH, databases.STEP]


def run(place: Place, parts: list[str]) -> None:
    """Print the rows of `parts`, or of all; raise MissingError when one could not be measured."""
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise MissingError(f"`make bench` knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    with steps.locked(place):
        steps.run(place, _needs(parts))
    with steps.locked(place, "bench.lock"):
        say.line("")
        for name in parts or PARTS:
            PARTS[name](place)
