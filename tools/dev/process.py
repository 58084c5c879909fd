"""Looking at processes and ports of this machine."""

import os
import socket
import subprocess
from pathlib import Path

LOOPBACK = "127.0.0.1"


def command_line(pid: int) -> str:
    """Return the command line of process `pid`, empty when there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    listing = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout.strip()


def alive(pid: int) -> bool:
    """Tell whether process `pid` runs (a zombie does not)."""
    return bool(command_line(pid))


def port_is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_root() -> bool:
    """Tell whether this runs as root."""
    return os.geteuid() == 0
