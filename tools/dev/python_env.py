"""The Python environment: every package of requirements/dev.lock, at its pinned hash.

The solvers that tests and `make bench` compare the engine with are added when either runs: they
are large, and the demo needs none of them. One of them, HiGHS, is asked by the engine itself where
it is installed.
"""

from importlib.util import find_spec
from pathlib import Path

from dev import console, pinned, shell, system, tasks
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 1.0
WITH_SOLVERS = "solvers-complete"
"""The marker beside the environment's own, once the solvers are there too."""


def lock_file(checkout: Checkout) -> Path:
    """Return the list of all packages, pinned with their hashes."""
    return checkout.root / "requirements" / "dev.lock"


def solvers_lock_file(checkout: Checkout) -> Path:
    """Return the list of the solvers that the engine is compared with."""
    return checkout.root / "requirements" / "solvers.lock"


def folder(checkout: Checkout) -> Path:
    """Return the environment's folder."""
    return checkout.environment


def interpreter(checkout: Checkout) -> Path:
    """Return the interpreter that runs Odoo and the tests."""
    return pinned.interpreter(folder(checkout))


def done(checkout: Checkout) -> bool:
    """Tell whether the environment was finished from the lock file as it is now."""
    finished = pinned.done(folder(checkout), [lock_file(checkout)])
    return finished and interpreter(checkout).exists()


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build the environment from scratch."""
    shell.need_space(checkout.cache, GIGABYTES)
    if find_spec("ensurepip") is None:
        system.install(checkout, ["python3-venv"], progress)
    pinned.make_environment(folder(checkout), checkout.log("python"))
    _install(checkout, lock_file(checkout), progress)
    pinned.finish(folder(checkout), [lock_file(checkout)])


def _install(checkout: Checkout, lock: Path, progress: console.Progress) -> None:
    what, log = "Installing Python packages", checkout.log("python")
    pinned.pip_install(folder(checkout), lock, what, log, progress)


TASK = Task("Python packages", done, make)


def solvers_done(checkout: Checkout) -> bool:
    """Tell whether the environment has the solvers too."""
    return pinned.done(folder(checkout), [solvers_lock_file(checkout)], WITH_SOLVERS)


def add_solvers(checkout: Checkout, progress: console.Progress) -> None:
    """Add the packages of requirements/solvers.lock to the environment."""
    with tasks.locked(checkout, "solvers.lock"):
        if solvers_done(checkout):  # by a command that was waited for
            return
        shell.need_space(checkout.cache, GIGABYTES)
        _install(checkout, solvers_lock_file(checkout), progress)
        pinned.finish(folder(checkout), [solvers_lock_file(checkout)], WITH_SOLVERS)


SOLVERS = Task("Solvers to compare with", solvers_done, add_solvers)
"""Runs after TASK, which makes the environment from scratch and so without them."""
