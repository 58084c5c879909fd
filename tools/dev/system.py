"""Programs and fonts that only packages of the operating system provide."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dev import console, process, shell
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.tasks import Task


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package and a test for what it provides."""

    name: str
    present: Callable[[], bool]


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _typeface(family: str) -> Callable[[], bool]:
    """Whether fontconfig knows a typeface; without its programs nothing is known."""

    def found() -> bool:
        if not shutil.which("fc-list"):
            return False
        command = ["fc-list", f":family={family}"]
        return bool(subprocess.run(command, capture_output=True, text=True, check=False).stdout)

    return found


def _library(name: str) -> Callable[[], bool]:
    return lambda: ctypes.util.find_library(name) is not None


PDF = (
    SystemPackage("wkhtmltopdf", _program("wkhtmltopdf")),
    SystemPackage("fontconfig", _program("fc-list")),
    SystemPackage("libpangoft2-1.0-0", _library("pangoft2-1.0")),
    SystemPackage("libharfbuzz-subset0", _library("harfbuzz-subset")),
    SystemPackage("fonts-noto-cjk", _typeface("Noto Sans CJK TC")),
    SystemPackage("fonts-cns11643-sung", _typeface("TW\\-Sung\\-Ext\\-B")),
    SystemPackage("fonts-hanazono", _typeface("HanaMinB")),
)
"""What papers are drawn with: WeasyPrint's libraries, and typefaces for rare characters in names,
too. Odoo's client asks for wkhtmltopdf before it opens any report, and prints its own by it."""

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Browsers for the tests, the preferred one first: without windows it needs a third less."""

PROXY = SystemPackage("nginx-light", _program("nginx"))
"""What is before Odoo in docker-compose.yml."""

TESTING = (
    PROXY,
    SystemPackage("chromium-headless-shell", _program(*BROWSERS)),
    SystemPackage("poppler-utils", _program("pdftotext")),
)


def _file(*names: str) -> Callable[[], bool]:
    return lambda: any(Path(name).exists() for name in names)


CONTAINERS = (
    SystemPackage("podman", _program("podman")),
    SystemPackage("runc", _program("runc")),
    SystemPackage("netavark", _file("/usr/lib/podman/netavark", "/usr/libexec/podman/netavark")),
    SystemPackage(
        "aardvark-dns", _file("/usr/lib/podman/aardvark-dns", "/usr/libexec/podman/aardvark-dns")
    ),
    SystemPackage("iptables", _program("iptables", "/usr/sbin/iptables")),
    SystemPackage("iproute2", _program("ip", "/usr/sbin/ip", "/sbin/ip")),
    SystemPackage("debootstrap", _program("debootstrap", "/usr/sbin/debootstrap")),
    SystemPackage("openssl", _program("openssl")),
)
"""What `make compose-test` runs containers with; Docker Compose comes into the cache."""


def browser() -> str:
    """Return the path of the tests' browser, which the task has installed."""
    return next(path for name in BROWSERS if (path := shutil.which(name)))


def missing(packages: Iterable[SystemPackage]) -> list[str]:
    """Return the names of the packages that are not there."""
    return [package.name for package in packages if not package.present()]


def install(checkout: Checkout, names: list[str], progress: console.Progress) -> None:
    """Install Debian packages as root; otherwise raise CommandError with the command to type."""
    listed = " ".join(names)
    if not shutil.which("apt-get"):
        raise CommandError(
            f"This machine has no {', '.join(names)}: install them and run this again."
        )
    if not process.is_root():
        raise CommandError(
            f"Not root, and the machine has no {', '.join(names)}: "
            f"type `sudo apt-get install {listed}` and run this again."
        )
    log = checkout.log("system")
    # Debian starts what it installs, but no server while the system is said to come up.
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    progress("apt-get update")
    shell.run("apt-get update", ["apt-get", "update"], log, env=env)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    shell.run(f"Installing {listed}", command, log, env=env, on_line=progress)


def task(packages: tuple[SystemPackage, ...]) -> Task:
    """Return the task that installs `packages`."""
    return Task(
        "System packages",
        lambda _checkout: not missing(packages),
        lambda checkout, progress: install(checkout, missing(packages), progress),
    )
