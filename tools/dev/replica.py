"""Further PostgreSQL servers of a test's own, each a copy of another one by streaming replication.

A replica that is held back on purpose, a primary that may be killed, and a replica of that.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev import postgres, process
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import DATABASE_ROLE

SOCKET = """
# Written by tools/dev/replica.py.
unix_socket_directories = '{socket}'
"""

STANDBY = """
recovery_min_apply_delay = '{seconds}s'
hot_standby = on
primary_conninfo = 'host={primary} port={port} user={user}'
"""

ATTEMPTS = 20
"""Of starting: what a killed server's processes hold is free after a moment."""


@dataclass(frozen=True)
class Copy:
    """A running server; `home` is the folder of its socket."""

    checkout: Checkout
    home: Path

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.home / "data"

    @property
    def environ(self) -> dict[str, str]:
        """The variables by which libpq, and so Odoo, find it."""
        return {"PGHOST": str(self.home), "PGPORT": postgres.PORT, "PGUSER": DATABASE_ROLE}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = str(self.data / "server.log")
        for left in reversed(range(ATTEMPTS)):
            try:
                self._control("-w", "-l", log, "start")
            except CommandError:
                if not left:
                    raise
                time.sleep(0.1)
            else:
                break

    def stop(self, mode: str) -> None:
        """Stop it, `fast` or `immediate`, if it runs."""
        if process.find(self._pid(), [str(self.data)]):
            self._control("-w", "-m", mode, "stop")

    def kill(self) -> None:
        """End it and all its processes without a word (SIGKILL)."""
        process.kill(self._pid())

    def _pid(self) -> int:
        """Return the number of its first process; 0 of one that ended as it is meant to."""
        file = self.data / "postmaster.pid"
        return int(file.read_text().split("\n", 1)[0]) if file.exists() else 0

    def _control(self, *arguments: str) -> None:
        postgres.as_server(self.checkout, "pg_ctl", ["-D", str(self.data), *arguments])


@contextmanager
def _copied(checkout: Checkout, source: Path, seconds: int | None) -> Iterator[Copy]:
    """Run a copy of the server at `source`: its replica, `seconds` late, or one by itself."""
    # Short, for the limit of a socket's path, and open to the server's own user.
    home = Path(tempfile.mkdtemp(prefix="ntue-replica-"))
    if process.is_root():
        shutil.chown(home, postgres.USER, postgres.USER)
    copy = Copy(checkout, home)
    whose = [f"--host={source}", f"--port={postgres.PORT}", f"--username={postgres.SUPERUSER}"]
    options = [*whose, f"--pgdata={copy.data}", "--checkpoint=fast", "--wal-method=stream"]
    try:
        postgres.as_server(checkout, "pg_basebackup", options)
        settings = SOCKET.format(socket=home)
        if seconds is not None:
            values = {"seconds": seconds, "primary": source, "port": postgres.PORT}
            settings += STANDBY.format(user=postgres.SUPERUSER, **values)
            (copy.data / "standby.signal").touch()
        with (copy.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        copy.start()
        yield copy
        copy.stop("fast")
    finally:
        copy.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running(checkout: Checkout, seconds: int) -> Iterator[str]:
    """Run a replica that replays each commit `seconds` late; yield the folder of its socket.

    It has everything that was committed before it is yielded.
    """
    with _copied(checkout, postgres.socket_folder(checkout), seconds) as copy:
        yield str(copy.home)


@contextmanager
def apart(checkout: Checkout, database: str) -> Iterator[tuple[Copy, Copy]]:
    """Run a primary that has `database` and no other of ours, and a replica of it.

    Neither has anything to do with the embedded server any more: both may be killed.
    """
    with _copied(checkout, postgres.socket_folder(checkout), None) as primary:
        there = Checkout(checkout.root, checkout.cache, {**checkout.environ, **primary.environ})
        names = "SELECT datname FROM pg_database WHERE NOT datistemplate"
        for name in postgres.psql(there, names).splitlines():
            if name not in ("postgres", database):
                postgres.psql(there, 'DROP DATABASE :"name"', superuser=True, name=name)
        with _copied(checkout, primary.home, 0) as second:
            yield primary, second
