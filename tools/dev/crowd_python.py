"""The environment of Locust, which plays a crowd of students; Odoo's own has nothing of it."""

from pathlib import Path

from dev import console, pinned, shell
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 0.3


def _lock(checkout: Checkout) -> Path:
    return checkout.root / "requirements" / "load.lock"


def folder(checkout: Checkout) -> Path:
    """Return the environment's folder."""
    return checkout.cache / "crowd"


def interpreter(checkout: Checkout) -> Path:
    """Return the interpreter that has Locust."""
    return pinned.interpreter(folder(checkout))


def done(checkout: Checkout) -> bool:
    """Tell whether the environment was finished from the list as it is now."""
    return pinned.done(folder(checkout), [_lock(checkout)])


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build it from scratch."""
    shell.need_space(checkout.cache, GIGABYTES)
    log = checkout.log("crowd")
    pinned.make_environment(folder(checkout), log)
    pinned.pip_install(folder(checkout), _lock(checkout), "Installing Locust", log, progress)
    pinned.finish(folder(checkout), [_lock(checkout)])


TASK = Task("Locust", done, make)
