"""The proxy of docker-compose.yml before a server of this checkout, as Debian's nginx runs it."""

import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dev import process, shell
from dev.checkout import Checkout

FOLDER = Path("docker") / "proxy"
TEMPLATE = FOLDER / "default.conf.template"
VARIABLE = re.compile(r"\$\{(NTUE_\w+)\}")

START_SECONDS = 20

# One worker: on a machine of two processors the other one is Odoo's.
AROUND = """
daemon off;
user {user};
worker_processes 1;
worker_rlimit_nofile 8192;
pid {home}/nginx.pid;
error_log {log} warn;
events {{ worker_connections 4096; }}
http {{
    default_type application/octet-stream;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
{site}
}}
"""


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return `template` with its `${NTUE_…}` filled in; KeyError for one that has no value.

    The image does the same (envsubst), and leaves nginx's own variables, which have no braces.
    """
    return VARIABLE.sub(lambda found: values[found[1]], template)


NOBODY = "255.255.255.255"
"""Trusted as a proxy: everybody who connects is who they are."""


def configuration(
    checkout: Checkout,
    home: Path,
    port: int,
    upstream: str,
    log: Path,
    trusted: tuple[str, str] = (NOBODY, NOBODY),
    https: str = "",
    waiting: str = "none",
) -> str:
    """Return the configuration of a proxy on `port` of the loopback before `upstream`.

    `trusted`: the addresses of the proxy before this one, and of the one before that. `https`: the
    text that brings HTTPS, where this proxy does. `waiting`: `open` where there is a waiting room,
    whose file is written into `home`.
    """
    room = home / "room.conf"
    values = {
        "NTUE_PROXY_ROOM": str(room),
        "NTUE_PROXY_WAITING": f"{process.LOOPBACK}:{process.free_port()}",
        "NTUE_WAITING_ROOM": waiting,
        "NTUE_PROXY_LISTEN": f"{process.LOOPBACK}:{port}{' ssl' if https else ''}",
        "NTUE_PROXY_ODOO": upstream,
        "NTUE_PROXY_WEBSOCKET": upstream,
        "NTUE_PROXY_CACHE": str(home / "cache"),
        "NTUE_PROXY_PAGES": str(checkout.root / FOLDER),
        "NTUE_PROXY_LOG": str(log.with_suffix(".access.log")),
        "NTUE_PROXY_ERRORS": str(log),
        "NTUE_TRUSTED_PROXY": trusted[0],
        "NTUE_TRUSTED_PROXY_BEFORE": trusted[1],
    }
    door = (checkout.root / FOLDER / "waiting" / "room.conf").read_text(encoding="utf-8")
    room.write_text(filled(door, values), encoding="utf-8")
    site = filled((checkout.root / TEMPLATE).read_text(encoding="utf-8") + https, values)
    return AROUND.format(user=checkout.root.owner(), home=home, log=log, site=site)


@contextmanager
def before(
    checkout: Checkout,
    upstream: str,
    log: Path,
    trusted: tuple[str, str] = (NOBODY, NOBODY),
    https: str = "",
    waiting: str = "none",
) -> Iterator[int]:
    """Run the proxy before `upstream` ("127.0.0.1:8069") and give its port; ends with the block."""
    port = process.free_port()
    with tempfile.TemporaryDirectory(prefix="ntue-proxy-") as folder:
        home = Path(folder)
        file = home / "nginx.conf"
        text = configuration(checkout, home, port, upstream, log, trusted, https, waiting)
        file.write_text(text, encoding="utf-8")
        log.parent.mkdir(parents=True, exist_ok=True)
        with subprocess.Popen(
            ["nginx", "-p", str(home), "-e", str(log), "-c", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as child:
            try:
                wait_until_it_listens(child, port, log)
                yield port
            finally:
                child.send_signal(signal.SIGTERM)


def wait_until_it_listens(child: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until something listens on `port`; raise CommandError when `child` ended instead."""
    limit = time.monotonic() + START_SECONDS
    while process.port_is_free(port):
        if child.poll() is not None or time.monotonic() > limit:
            raise shell.explain("The proxy", log.read_text(encoding="utf-8"), log)
        time.sleep(0.05)
