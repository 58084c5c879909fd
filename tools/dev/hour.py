"""The last hour of a period, played by Locust before a server with two workers (`make load`)."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dev import (
    crowd_python,
    databases,
    odoo,
    postgres,
    process,
    proxy,
    python_env,
    sample_school,
    sampler,
    server,
    waiting,
)
from dev.checkout import Checkout
from dev.errors import CommandError

FOLDER = Path("bench") / "hour"
PASSWORD = "Kestrel-on-97-roofs"  # noqa: S105  # of accounts that are made for an evening
FIRST = 310000000
"""The first student number of bench/hour/students.py."""

WORKERS = 2
WARM = 20
"""Seconds in which each worker comes to have what it needs; they are in no figure."""

RAMP = 5
"""Seconds in which the students of a stage come."""

THINK = (1.0, 5.0)
"""Seconds that a student looks at a page, from and to."""

OUTSIDE = (20.0, 30.0)
"""Seconds after which the page of the waiting room tries again."""

PATIENCE = 3600
"""Seconds after which Locust is ended, whatever it does."""

OFF = 180
"""Seconds after a rush within which the waiting room has to be off."""

Plan = dict[str, Any]


def _number(checkout: Checkout, name: str, usual: int, most: int) -> int:
    """Return the number that somebody set in the environment, within bounds."""
    text = checkout.environ.get(name) or str(usual)
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise CommandError(f"{name} is a number from 1 to {most}; not {text}.")
    return int(text)


def _stage(students: int, seconds: int, mix: str = "hour") -> Plan:
    think = (0.0, 0.0) if mix == "each" else THINK
    return {"students": students, "seconds": seconds, "mix": mix, "think": think}


def _hour(checkout: Checkout) -> list[Plan]:
    """Return two students to warm up, one alone without a pause, then more and more of them."""
    seconds = _number(checkout, "SECONDS", 45, 600)
    words = (checkout.environ.get("STAGES") or "8 16 24 32 48").split()
    if not all(word.isdigit() and 1 <= int(word) <= 1000 for word in words):
        raise CommandError("STAGES is numbers from 1 to 1000 with blanks between: STAGES='8 16'.")
    first = [_stage(2, WARM, "each"), _stage(1, seconds, "each")]
    return [*first, *(_stage(int(word), seconds) for word in words)]


def rush_stages(normal: int, seconds: int) -> list[Plan]:
    """Return `normal` students at once, three times as many, and as many as before.

    The last ends as soon as nobody was outside for `seconds`: however long those of the rush go on.
    """
    after = {**_stage(normal, OFF + seconds), "quiet": seconds}
    return [_stage(2, WARM, "each"), _stage(normal, seconds), _stage(3 * normal, seconds), after]


def new_plan(checkout: Checkout, what: str, stages: list[Plan], students: int) -> Plan:
    """Return what Locust and the figures have to know, but for where the server is (`host`)."""
    names = [str(FIRST + place) for place in range(students)]
    folder = checkout.cache / "hour"
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.jsonl" for name in ("requests", "visits", "samples")}
    for file in files.values():
        file.unlink(missing_ok=True)
    return {
        "what": what,
        "stages": stages,
        "looking": names[: students // 4],
        "fresh": names[students // 4 :],
        "password": PASSWORD,
        "sessions": str(checkout.data / "sessions"),
        "ramp": RAMP,
        "outside": OUTSIDE,
        "cores": os.cpu_count(),
        "headers": {},
        "pids": [],
        **{name: str(file) for name, file in files.items()},
    }


def _script(checkout: Checkout, name: str, *arguments: str) -> int:
    """Run a script of bench/hour in Odoo's environment; its rows go straight to the terminal."""
    script = checkout.root / FOLDER / name
    return subprocess.run(
        [str(python_env.interpreter(checkout)), str(script), *arguments],
        cwd=checkout.root,
        env=odoo.environment(checkout),
        check=False,
    ).returncode


def _database_pid(checkout: Checkout) -> int:
    """Return the number of PostgreSQL's first process; 0 where it is on another machine."""
    if postgres.external(checkout):
        return 0
    file = postgres.data_folder(checkout) / "postmaster.pid"
    return int(file.read_text().split("\n", 1)[0])


def play(checkout: Checkout, plan: Plan, pids: Mapping[str, int]) -> None:
    """Run Locust by `plan`, and take samples of the processes meanwhile."""
    file = checkout.cache / "hour" / "plan.json"
    file.write_text(json.dumps(plan), encoding="utf-8")
    locust = [
        str(crowd_python.interpreter(checkout)),
        "-m",
        "locust",
        "--headless",
        "--only-summary",
    ]
    options = [
        "--loglevel=WARNING",
        "--stop-timeout=60",
        "-f",
        str(checkout.root / FOLDER / "locustfile.py"),
    ]
    own = {key: text for key, text in checkout.environ.items() if not key.startswith("LOCUST_")}
    log = checkout.log("hour-crowd")
    with (
        log.open("ab") as output,
        subprocess.Popen(
            [*locust, *options],
            cwd=checkout.root,
            env={**own, "NTUE_PLAN": str(file)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as child,
    ):
        try:
            with sampler.running(
                {**pids, "crowd": child.pid}, pids["workers"], Path(plan["samples"])
            ):
                child.wait(PATIENCE)
        finally:
            process.end(child.pid, 5)
    if child.returncode not in (0, 1):  # 1: some request was not answered as it has to be
        raise CommandError(f"Locust ended with {child.returncode}: see {log}.")


def _nginx() -> int:
    """Return the number of the nginx that this process started last."""
    me = process.find(os.getpid())
    found = [child for child in me.children() if "nginx" in child.name()]
    return int(max(found, key=lambda child: child.create_time()).pid)


@contextmanager
def _before(checkout: Checkout, upstream: str, log: Path) -> Iterator[tuple[int, int]]:
    """Run the product's proxy; the port and the number of its process."""
    trusted = (process.LOOPBACK, proxy.NOBODY)
    with proxy.before(checkout, upstream, log, trusted) as port:
        yield port, _nginx()


@contextmanager
def _with_room(checkout: Checkout, upstream: str, log: Path) -> Iterator[tuple[int, int]]:
    """Run a proxy with the waiting room as it is set for two workers; the port and its process.

    ENTRY is how many come in a minute, where the machine bears more or less.
    """
    own = checkout.environ.get("ENTRY")
    bounds = {"entry": f"{_number(checkout, 'ENTRY', 1, 6000)}r/m"} if own else {}
    with waiting.before(checkout, upstream, log, bounds) as room:
        yield room.port, _nginx()


def _evening(checkout: Checkout, plan: Plan, entrance: Callable[..., Any], figures: str) -> bool:
    """Make the students, play, tell the figures and look at what is there; whether all is right."""
    name = databases.own_name(checkout, "hour")
    sample_school.copy(checkout, name)
    log = checkout.log("hour")
    log.unlink(missing_ok=True)
    try:
        number = str(len(plan["looking"]) + len(plan["fresh"]))
        if _script(checkout, "students.py", name, number, PASSWORD):
            raise CommandError("The students of the evening could not be made, see above.")
        with (
            server.running(
                checkout, name, log=log, workers=WORKERS, extra=("--proxy-mode",)
            ) as found,
            entrance(checkout, f"{process.LOOPBACK}:{found.port}", checkout.log("hour-proxy")) as (
                port,
                pid,
            ),
        ):
            plan["host"] = f"http://{process.LOOPBACK}:{port}"
            pids = {"workers": found.pid, "database": _database_pid(checkout), "proxy": pid}
            plan["pids"] = [one for one in (pids["workers"], pids["database"]) if one]
            play(checkout, plan, pids)
        said = _script(checkout, figures, str(checkout.cache / "hour" / "plan.json"))
        return _script(checkout, "settled.py", name, plan["visits"]) == said == 0
    finally:
        databases.drop(checkout, name)


def hour(checkout: Checkout) -> bool:
    """More and more students at once, until it bends."""
    what = "The last hour: 80 % look, 15 % save and print, 5 % submit; each signs in"
    students = _number(checkout, "STUDENTS", 400, 5000)
    plan = new_plan(checkout, what, _hour(checkout), students)
    return _evening(checkout, plan, _before, "figures.py")


def rush(checkout: Checkout) -> bool:
    """Three times as many students as the server bears, before a waiting room."""
    what = "The rush: as many as the server bears, three times as many, as many as before"
    normal, seconds = _number(checkout, "NORMAL", 16, 300), _number(checkout, "SECONDS", 90, 600)
    students = _number(checkout, "STUDENTS", 400, 5000)
    plan = new_plan(checkout, what, rush_stages(normal, seconds), students)
    return _evening(checkout, plan, _with_room, "room.py")
