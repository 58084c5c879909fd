"""`make hostile`: a long attack on a server of the sample school; one line per row and bar."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dev import (
    cheap_passwords,
    console,
    databases,
    logscan,
    odoo,
    process,
    provision,
    proxy,
    python_env,
    sample_school,
    server,
    system,
    tasks,
)
from dev.checkout import Checkout
from dev.errors import CommandError

FOLDER = Path("bench") / "hostile"

ALLOWED = {
    r"odoo\.http: (?!Exception during)": "Odoo logs each refusal of a request as a warning",
    r"\.ir_http_nonsense: ": "our line about what one of Odoo's addresses falls over",
    r"odoo\.addons\.rpc\.controllers": "Odoo warns of the addresses that it will remove",
    r"odoo\.addons\.base\.models\.ir_rule: ": "Odoo logs refusals by record rules",
    r"odoo\.sql_db: bad query": "an odd value that PostgreSQL refuses, and Odoo answers",
    r"werkzeug: ": "requests that are none",
    r"odoo\.addons\.(google_gmail|microsoft_outlook)\.controllers": (
        "Odoo says of what employees send to where mail servers are connected that it is wrong"
    ),
    r"odoo\.addons\.mail\.controllers\.mail: Invalid token": "Odoo says which link it refused",
    r"odoo\.addons\.web\.controllers\.binary: Parsing asset bundle": (
        "Odoo names a style sheet that is none, and answers that there is none"
    ),
    r"odoo\.tools\.pdf: ": "Odoo says of a record's files which of them is no PDF",
    r"py\.warnings: .*PIL": "a library advises how a picture should be stored",
    r"\.site_address: ": "the sample school has no address at which others find it",
}
"""What a log may say while the server is attacked; a traceback is in none of it."""


def _command(checkout: Checkout, name: str, *arguments: str) -> list[str]:
    return [str(python_env.interpreter(checkout)), str(checkout.root / FOLDER / name), *arguments]


def _script(checkout: Checkout, env: Mapping[str, str], name: str, *arguments: str) -> bool:
    """Run a script; tell whether all of its rows kept their bars."""
    beside = os.pathsep.join((env["PYTHONPATH"], str(checkout.root / "bench")))
    code = subprocess.run(
        _command(checkout, name, *arguments),
        cwd=checkout.root,
        env={**env, "PYTHONPATH": beside},
        check=False,
    ).returncode
    if code not in (0, 1):
        raise CommandError(f"{FOLDER / name} ended before its last row, see above.")
    return code == 0


def _quiet(log: Path) -> bool:
    """Tell whether the log has no fault; print those that it has."""
    with log.open(errors="replace") as lines:
        found = logscan.faults(lines, ALLOWED)
    for fault in found[:20]:
        console.line(f"  {fault}")
    console.line(f"{'tracebacks and errors in the log':<58}  {len(found):<26}  {'<= 0':<12}")
    return not found


def _with_server(checkout: Checkout, part: str, *arguments: str) -> bool:
    name = databases.own_name(checkout, f"hostile_{part}")
    passwords = sample_school.copy(checkout, name)
    log = checkout.log(f"hostile-{part}")
    log.unlink(missing_ok=True)
    notes = checkout.cache / f"hostile-{part}.json"
    env = odoo.environment(checkout)
    try:
        _described(checkout, env, name, notes, passwords)
        with (
            server.running(checkout, name, log=log, extra=("--proxy-mode",)) as running,
            _entrance(checkout, part, running) as url,
        ):
            kept = _script(
                checkout, env, f"{part}.py", url, str(notes), str(running.pid), *arguments
            )
        return _quiet(log) and kept
    finally:
        databases.drop(checkout, name)


@contextmanager
def _entrance(checkout: Checkout, part: str, running: server.Server) -> Iterator[str]:
    """Give the address that `part` attacks: a crowd meets the proxy, odd values meet Odoo."""
    if part != "minute":
        yield running.url
        return
    upstream = f"{process.LOOPBACK}:{running.port}"
    with proxy.before(checkout, upstream, checkout.log("hostile-proxy")) as port:
        yield f"http://{process.LOOPBACK}:{port}"


def _described(
    checkout: Checkout,
    env: Mapping[str, str],
    name: str,
    notes: Path,
    passwords: Mapping[str, str],
) -> None:
    """Write down the routes, the people and what each of them may not see."""
    if not _script(checkout, env, "describe.py", name, str(notes)):
        raise CommandError("The sample school could not be described, see above.")
    found = json.loads(notes.read_text())
    notes.write_text(json.dumps({**found, "passwords": dict(passwords)}))


def routes(checkout: Checkout) -> bool:
    """Every route × every role × odd values."""
    return _with_server(checkout, "routes")


def minute(checkout: Checkout) -> bool:
    """The response times of a student while another one sends as much as possible."""
    return _with_server(checkout, "minute")


def files(checkout: Checkout) -> bool:
    """20,000 damaged sets of files, shared by the processors."""
    workers = os.cpu_count() or 1
    name = databases.own_name(checkout, "hostile_files")
    databases.copy(checkout, databases.ready_name(checkout), name)
    env = odoo.environment(checkout)
    try:
        number = checkout.environ.get("FILES", "20000")
        return _script(checkout, env, "files.py", name, number, str(workers))
    finally:
        databases.drop(checkout, name)


def readers(checkout: Checkout) -> bool:
    """100,000 files drawn at random for the importer's readers, without a database."""
    number = checkout.environ.get("FILES", "100000")
    return _script(checkout, odoo.environment(checkout), "readers.py", number)


def guessing(checkout: Checkout) -> bool:
    """10,000 passwords from one and from 200 addresses, and 500 students, over two workers."""
    name = databases.own_name(checkout, "hostile_guessing")
    sample_school.copy(checkout, name)
    log = checkout.log("hostile-guessing")
    log.unlink(missing_ok=True)
    env = odoo.environment(checkout)
    password = "a password"  # noqa: S105  # of accounts that are made for this
    rounds = str(cheap_passwords.ROUNDS)
    extra = ("--proxy-mode", *cheap_passwords.options(checkout))
    try:
        if not _script(checkout, env, "accounts.py", name, "1502", password, rounds):
            raise CommandError("The accounts to guess at could not be made, see above.")
        with server.running(checkout, name, log=log, workers=2, extra=extra) as running:
            kept = _script(checkout, env, "guessing.py", str(running.port), name, password)
        return _quiet(log) and kept
    finally:
        databases.drop(checkout, name)


PARTS: dict[str, Callable[[Checkout], bool]] = {
    "routes": routes,
    "files": files,
    "readers": readers,
    "minute": minute,
    "guessing": guessing,
}


def run(checkout: Checkout, parts: Sequence[str]) -> int:
    """Print the rows of `parts`, or of all; 1 when a bar is missed."""
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise CommandError(f"`make hostile` knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    with tasks.locked(checkout):
        needed = (python_env.SOLVERS, databases.TASK, sample_school.TASK)
        tasks.run(checkout, [*provision.with_system(*system.PDF), *needed])
    with tasks.locked(checkout, "bench.lock"):
        kept = [PARTS[name](checkout) for name in parts or PARTS]
    console.line("Every bar is kept." if all(kept) else "A bar is missed, see above.")
    return 0 if all(kept) else 1
