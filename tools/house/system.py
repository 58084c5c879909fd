"""Programs and type that only the operating system's packages bring."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from house import process, say, shell
from house.errors import MissingError
from house.place import Place
from house.steps import Step


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package and how to see that what it brings is there."""

    name: str
    present: Callable[[], bool]


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _has_chinese_type() -> bool:
    if not shutil.which("fc-list"):
        return False
    command = ["fc-list", ":family=Noto Sans CJK TC"]
    return bool(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


PDF = (
    SystemPackage("wkhtmltopdf", _program("wkhtmltopdf")),
    SystemPackage("fonts-noto-cjk", _has_chinese_type),
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs that show pages to the tests; the first one draws no windows and costs a third less."""

PROXY = SystemPackage("nginx-light", _program("nginx"))
"""What stands before Odoo in docker-compose.yml."""

TESTING = (
    PROXY,
    SystemPackage("chromium-headless-shell", _program(*BROWSERS)),
    SystemPackage("poppler-utils", _program("pdftotext")),
)


def browser() -> str:
    """Return the path of the program that shows pages to the tests; it has been brought."""
    return next(path for name in BROWSERS if (path := shutil.which(name)))


def missing(packages: Iterable[SystemPackage]) -> list[str]:
    """Return the names of the packages that are not there."""
    return [package.name for package in packages if not package.present()]


def install(place: Place, names: list[str], tell: say.Tell) -> None:
    """Install Debian packages as root; otherwise raise MissingError with the command to type."""
    listed = " ".join(names)
    if not shutil.which("apt-get"):
        raise MissingError(
            f"This machine has no {', '.join(names)}: install them and run this again."
        )
    if not process.is_root():
        raise MissingError(
            f"Not root, and the machine has no {', '.join(names)}: "
            f"type `sudo apt-get install {listed}` and run this again."
        )
    log = place.log("system")
    # Debian starts what it installs, but no server while the system is said to come up.
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    tell("apt-get update")
    shell.run("apt-get update", ["apt-get", "update"], log, env=env)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    shell.run(f"Installing {listed}", command, log, env=env, on_line=tell)


def step(packages: tuple[SystemPackage, ...]) -> Step:
    """Return the step that brings `packages`."""
    return Step(
        "System packages",
        lambda _place: not missing(packages),
        lambda place, tell: install(place, missing(packages), tell),
    )
