"""`make hostile`: the long attack on a server of the sample school; a line a row with its bar."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from house import (
    cheap_passwords,
    databases,
    logscan,
    odoo,
    process,
    provision,
    proxy,
    python_env,
    sample_school,
    say,
    server,
    steps,
    system,
)
from house.errors import MissingError
from house.place import Place

FOLDER = Path("bench") / "hostile"

ALLOWED = {
    r"odoo\.http: (?!Exception during)": "Odoo logs each refusal of a request as a warning",
    r"\.ir_http_nonsense: ": "our line about what one of Odoo's addresses falls over",
    r"odoo\.addons\.rpc\.controllers": "Odoo warns of the addresses that it will remove",
    r"odoo\.addons\.base\.models\.ir_rule: ": "Odoo logs refusals by record rules",
    r"odoo\.sql_db: bad query": "an odd value that PostgreSQL refuses, and Odoo answers",
    r"werkzeug: ": "requests that are none",
    r"\.site_address: ": "the sample school has no address at which others find it",
}
"""What a log may say while the server is attacked; a traceback is in none of it."""


def _command(place: Place, name: str, *arguments: str) -> list[str]:
    return [str(python_env.interpreter(place)), str(place.root / FOLDER / name), *arguments]


def _script(place: Place, env: Mapping[str, str], name: str, *arguments: str) -> bool:
    """Run a script; whether all of its rows kept their bars."""
    beside = os.pathsep.join((env["PYTHONPATH"], str(place.root / "bench")))
    code = subprocess.run(
        _command(place, name, *arguments),
        cwd=place.root,
        env={**env, "PYTHONPATH": beside},
        check=False,
    ).returncode
    if code not in (0, 1):
        raise MissingError(f"{FOLDER / name} ended before its last row, see above.")
    return code == 0


def _quiet(log: Path) -> bool:
    """Whether the log has no fault; says those that it has."""
    with log.open(errors="replace") as lines:
        found = logscan.faults(lines, ALLOWED)
    for fault in found[:20]:
        say.line(f"  {fault}")
    say.line(f"{'tracebacks and errors in the log':<58}  {len(found):<26}  {'<= 0':<12}")
    return not found


def _with_server(place: Place, part: str, *arguments: str) -> bool:
    name = databases.house_name(place, f"hostile_{part}")
    passwords = sample_school.copy(place, name)
    log = place.log(f"hostile-{part}")
    log.unlink(missing_ok=True)
    notes = place.cache / f"hostile-{part}.json"
    env = odoo.environment(place)
    try:
        _described(place, env, name, notes, passwords)
        with (
            server.running(place, name, log=log, extra=("--proxy-mode",)) as running,
            _door(place, part, running) as url,
        ):
            kept = _script(place, env, f"{part}.py", url, str(notes), str(running.pid), *arguments)
        return _quiet(log) and kept
    finally:
        databases.drop(place, name)


@contextmanager
def _door(place: Place, part: str, running: server.Server) -> Iterator[str]:
    """Give the address at which `part` attacks: a crowd meets the proxy, odd values meet Odoo."""
    if part != "minute":
        yield running.url
        return
    upstream = f"{process.LOOPBACK}:{running.port}"
    with proxy.before(place, upstream, place.log("hostile-proxy")) as port:
        yield f"http://{process.LOOPBACK}:{port}"


def _described(
    place: Place,
    env: Mapping[str, str],
    name: str,
    notes: Path,
    passwords: Mapping[str, str],
) -> None:
    """Write down the routes, the people and what is nobody else's to see."""
    if not _script(place, env, "describe.py", name, str(notes)):
        raise MissingError("The sample school could not be described, see above.")
    found = json.loads(notes.read_text())
    notes.write_text(json.dumps({**found, "passwords": dict(passwords)}))


def routes(place: Place) -> bool:
    """Every route × every role × odd values."""
    return _with_server(place, "routes")


def minute(place: Place) -> bool:
    """One student's worst minute beside another student."""
    return _with_server(place, "minute")


def files(place: Place) -> bool:
    """20,000 damaged sets of files, shared by the processors."""
    workers = os.cpu_count() or 1
    name = databases.house_name(place, "hostile_files")
    databases.copy(place, databases.ready_name(place), name)
    env = odoo.environment(place)
    try:
        number = place.environ.get("FILES", "20000")
        return _script(place, env, "files.py", name, number, str(workers))
    finally:
        databases.drop(place, name)


def guessing(place: Place) -> bool:
    """10,000 passwords from one and from 200 addresses, and 500 students, over two workers."""
    name = databases.house_name(place, "hostile_guessing")
    sample_school.copy(place, name)
    log = place.log("hostile-guessing")
    log.unlink(missing_ok=True)
    env = odoo.environment(place)
    password = "a password"  # noqa: S105  # of accounts that are made for this
    rounds = str(cheap_passwords.ROUNDS)
    extra = ("--proxy-mode", *cheap_passwords.options(place))
    try:
        if not _script(place, env, "accounts.py", name, "1502", password, rounds):
            raise MissingError("The accounts to guess at could not be made, see above.")
        with server.running(place, name, log=log, workers=2, extra=extra) as running:
            kept = _script(place, env, "guessing.py", str(running.port), name, password)
        return _quiet(log) and kept
    finally:
        databases.drop(place, name)


PARTS: dict[str, Callable[[Place], bool]] = {
    "routes": routes,
    "files": files,
    "minute": minute,
    "guessing": guessing,
}


def run(place: Place, parts: Sequence[str]) -> int:
    """Print the rows of `parts`, or of all; 1 when a bar is missed."""
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise MissingError(f"`make hostile` knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    with steps.locked(place):
        needed = (python_env.BENCH, databases.STEP, sample_school.STEP)
        steps.run(place, [*provision.with_system(*system.PDF, system.PROXY), *needed])
    with steps.locked(place, "bench.lock"):
        kept = [PARTS[name](place) for name in parts or PARTS]
    say.line("Every bar is kept." if all(kept) else "A bar is missed, see above.")
    return 0 if all(kept) else 1
