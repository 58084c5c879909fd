"""A replica of the embedded PostgreSQL, by its own streaming replication, held back on purpose."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev import postgres, process
from dev.checkout import Checkout

SETTINGS = """
# Written by tools/dev/replica.py.
unix_socket_directories = '{socket}'
recovery_min_apply_delay = '{seconds}s'
hot_standby = on
primary_conninfo = 'host={primary} port={port} user={user}'
"""


@contextmanager
def running(checkout: Checkout, seconds: int) -> Iterator[str]:
    """Run a replica that replays each commit `seconds` late; yield the folder of its socket.

    It has everything that was committed before it is yielded.
    """
    # Short, for the limit of a socket's path, and open to the server's own user.
    home = Path(tempfile.mkdtemp(prefix="ntue-replica-"))
    if process.is_root():
        shutil.chown(home, postgres.USER, postgres.USER)
    data, primary = home / "data", str(postgres.socket_folder(checkout))
    source = [f"--host={primary}", f"--port={postgres.PORT}", f"--username={postgres.SUPERUSER}"]
    options = [*source, f"--pgdata={data}", "--checkpoint=fast", "--wal-method=stream"]
    try:
        postgres.as_server(checkout, "pg_basebackup", options)
        settings = SETTINGS.format(
            socket=home,
            seconds=seconds,
            primary=primary,
            port=postgres.PORT,
            user=postgres.SUPERUSER,
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        (data / "standby.signal").touch()
        log = data / "server.log"
        postgres.as_server(checkout, "pg_ctl", ["-w", "-D", str(data), "-l", str(log), "start"])
        yield str(home)
        postgres.as_server(checkout, "pg_ctl", ["-w", "-D", str(data), "-m", "fast", "stop"])
    finally:
        if (data / "postmaster.pid").exists():
            postgres.as_server(checkout, "pg_ctl", ["-D", str(data), "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)
