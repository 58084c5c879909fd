"""Odoo servers of this checkout: started in the background on loopback, found and stopped again."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from dev import odoo, process, shell
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import serve_arguments

START_SECONDS = 120
STOP_SECONDS = 15

_children: dict[int, "subprocess.Popen[bytes]"] = {}
"""Servers that this very process started: it must collect them when they end."""


@dataclass(frozen=True)
class Server:
    """A running Odoo server."""

    pid: int
    port: int
    database: str
    log: str

    @property
    def url(self) -> str:
        """Address of its first page."""
        return f"http://{process.LOOPBACK}:{self.port}"


def _states(checkout: Checkout) -> Path:
    return checkout.cache / "servers"


def _state(checkout: Checkout, port: int) -> Path:
    return _states(checkout) / f"{port}.json"


def arguments(database: str, port: int, workers: int) -> list[str]:
    """Return Odoo's arguments for serving one database on loopback.

    Without workers one process serves pages and websocket on one port.  With workers the
    websocket moves to a port of its own, which only a proxy in front can bring together.
    """
    return [
        *serve_arguments(database),
        f"--http-interface={process.LOOPBACK}",
        f"--http-port={port}",
        f"--gevent-port={process.free_port()}",
        f"--workers={workers}",
        "--max-cron-threads=1",
    ]


def find(checkout: Checkout, port: int) -> Server | None:
    """Return the server that this checkout runs on `port`, if it does."""
    file = _state(checkout, port)
    if not file.exists():
        return None
    server = Server(**json.loads(file.read_text()))
    ours = process.find(server.pid, [f"--http-port={port} ", str(checkout.cache)])
    return server if ours else None


def healthy(server: Server) -> bool:
    """Tell whether the server answers."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{server.url}/web/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def port_number(text: str) -> int:
    """Return the port that `text` names; raise CommandError when it names none."""
    if not (text.isdigit() and 1024 <= int(text) <= 65535):
        raise CommandError(
            f"`{text}` is no port: take one from 1024 to 65535, `make demo PORT=8070`."
        )
    return int(text)


def port_taken(port: int) -> CommandError:
    """Return the sentence for a port that another program holds."""
    return CommandError(
        f"Port {port} is taken by another program: stop that, "
        f"or take another with `make demo PORT={port + 1}`."
    )


def start(
    checkout: Checkout,
    database: str,
    port: int | None = None,
    *,
    log: Path | None = None,
    workers: int = 0,
    extra: Sequence[str] = (),
) -> Server:
    """Start a server on `port` (a free one unless given), wait until it answers, return it.

    The server outlives this process.  Raises CommandError when the port is
    taken or the server ends.
    """
    port = port or process.free_port()
    if not process.port_is_free(port):
        raise port_taken(port)
    log = log or checkout.log(f"server-{port}")
    command = odoo.command(checkout, *arguments(database, port, workers), *extra)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=odoo.environment(checkout),
            cwd=checkout.root,
            start_new_session=True,
            umask=odoo.PRIVATE,
        )
    _children[child.pid] = child
    server = Server(child.pid, port, database, str(log))
    _states(checkout).mkdir(parents=True, exist_ok=True)
    _state(checkout, port).write_text(json.dumps(asdict(server)))
    _wait_until_healthy(checkout, server, child)
    return server


def _wait_until_healthy(
    checkout: Checkout, server: Server, child: "subprocess.Popen[bytes]"
) -> None:
    limit = time.monotonic() + START_SECONDS
    while not healthy(server):
        ended = child.poll() is not None
        if ended or time.monotonic() > limit:
            stop(checkout, server)
            raise shell.explain("The server", Path(server.log).read_text(), Path(server.log))
        time.sleep(0.2)


def stop(checkout: Checkout, server: Server) -> None:
    """Stop the server: ask it to end, and kill what has not ended in time."""
    process.end(server.pid, STOP_SECONDS)
    child = _children.pop(server.pid, None)
    if child:
        child.poll()
    _state(checkout, server.port).unlink(missing_ok=True)


def stop_all(checkout: Checkout) -> list[Server]:
    """Stop every server of this checkout and return them."""
    ports = [int(file.stem) for file in sorted(_states(checkout).glob("*.json"))]
    servers = [server for server in (find(checkout, port) for port in ports) if server]
    for server in servers:
        stop(checkout, server)
    return servers


@contextmanager
def running(
    checkout: Checkout,
    database: str,
    *,
    log: Path | None = None,
    workers: int = 0,
    extra: Sequence[str] = (),
) -> Iterator[Server]:
    """Run a server on a free port for the time of a `with` block."""
    server = start(checkout, database, log=log, workers=workers, extra=extra)
    try:
        yield server
    finally:
        stop(checkout, server)
