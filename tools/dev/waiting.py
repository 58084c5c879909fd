"""The waiting room of docker/proxy before a server of this checkout, as Debian's nginx runs it."""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dev import process, proxy
from dev.checkout import Checkout

TEMPLATE = Path("tests") / "load" / "nginx.conf.template"
LIMITS = proxy.FOLDER / "limits.conf"
ROOM = proxy.FOLDER / "waiting" / "room.conf"

BOUNDS = {
    "working": re.compile(r"(?<=@ntue_outside \{\n        limit_conn ntue_working )\d+(?=;)"),
    "entry": re.compile(r"(?<=zone=ntue_entry:1m rate=)\d+r/[sm]"),
    "entry_address": re.compile(r"(?<=zone=ntue_entry_address:4m rate=)\d+r/[sm]"),
    "burst": re.compile(r"(?<=zone=ntue_entry burst=)\d+"),
}
"""The numbers that a school sets, by name: each is in one of the two files once."""

PLACE = re.compile(r"\{(\w+)\}")


def with_bounds(text: str, bounds: Mapping[str, str]) -> str:
    """Return `text` with the numbers that `bounds` names and that are in it."""
    for name, value in bounds.items():
        text = BOUNDS[name].sub(value, text)
    return text


def _write(
    checkout: Checkout, home: Path, values: dict[str, str], bounds: Mapping[str, str]
) -> Path:
    pages = str(checkout.root / proxy.FOLDER)
    named = {
        "NTUE_PROXY_PAGES": pages,
        "NTUE_PROXY_ODOO": values["upstream"],
        "NTUE_PROXY_ERRORS": values["log"],
        "NTUE_PROXY_WAITING": f"{process.LOOPBACK}:{process.free_port()}",
    }
    limits, room = home / "limits.conf", home / "room.conf"
    limits.write_text(with_bounds((checkout.root / LIMITS).read_text(encoding="utf-8"), bounds))
    text = (checkout.root / ROOM).read_text(encoding="utf-8")
    room.write_text(with_bounds(proxy.filled(text, named), bounds))
    values |= {"limits": str(limits), "room": str(room), "home": str(home)}
    template = (checkout.root / TEMPLATE).read_text(encoding="utf-8")
    file = home / "nginx.conf"
    file.write_text(PLACE.sub(lambda found: values[found[1]], template), encoding="utf-8")
    return file


class Room:
    """A running proxy with a waiting room; `kill` ends it as a fault would, `start` begins anew."""

    def __init__(self, home: Path, file: Path, port: int, log: Path) -> None:
        self.home, self.file, self.port, self.log = home, file, port, log
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run nginx and wait until it listens."""
        self.child = subprocess.Popen(
            ["nginx", "-p", str(self.home), "-e", str(self.log), "-c", str(self.file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        proxy.wait_until_it_listens(self.child, self.port, self.log)

    def kill(self) -> None:
        """End nginx, its worker too, without a word (SIGKILL)."""
        if self.child is not None:
            process.kill(self.child.pid)
            self.child.wait()

    def stop(self) -> None:
        """End nginx as it is meant to end."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            self.child.wait()


@contextmanager
def before(
    checkout: Checkout, upstream: str, log: Path, bounds: Mapping[str, str] | None = None
) -> Iterator[Room]:
    """Run a waiting room before `upstream` ("127.0.0.1:8069") until the block ends.

    `bounds` are numbers in place of those in the files, by their names in `BOUNDS`.
    """
    port = process.free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ntue-waiting-") as folder:
        home = Path(folder)
        values = {"user": checkout.root.owner(), "log": str(log), "upstream": upstream}
        file = _write(checkout, home, {**values, "port": str(port)}, bounds or {})
        room = Room(home, file, port, log)
        try:
            room.start()
            yield room
        finally:
            room.stop()
