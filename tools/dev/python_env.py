"""The Python environment: every package of requirements/dev.lock, at its pinned hash.

The solvers that tests and `make bench` compare the engine with are added when either runs: they
are large, and neither the demo nor a server needs them."""

import hashlib
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from dev import console, shell, system
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 1.0


def lock_file(checkout: Checkout) -> Path:
    """Return the list of all packages, pinned with their hashes."""
    return checkout.root / "requirements" / "dev.lock"


def solvers_lock_file(checkout: Checkout) -> Path:
    """Return the list of the solvers that the engine is compared with."""
    return checkout.root / "requirements" / "solvers.lock"


def folder(checkout: Checkout) -> Path:
    """Return the environment's folder."""
    return checkout.cache / "python"


def interpreter(checkout: Checkout) -> Path:
    """Return the interpreter that runs Odoo and the tests."""
    return folder(checkout) / "bin" / "python"


def _wanted(checkout: Checkout) -> str:
    """Return what the marker must hold: a moved checkout or another Python starts anew."""
    lock = hashlib.sha256(lock_file(checkout).read_bytes()).hexdigest()
    return f"{lock} {sys.version_info.major}.{sys.version_info.minor} {folder(checkout)}\n"


def _marker(checkout: Checkout) -> Path:
    return folder(checkout) / "complete"


def done(checkout: Checkout) -> bool:
    """Tell whether the environment was finished from this very lock file."""
    marker = _marker(checkout)
    if not (marker.exists() and interpreter(checkout).exists()):
        return False
    # Inside the environment the interpreter is the environment's own: nothing to compare with.
    return marker.read_text() == _wanted(checkout)


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build the environment from scratch; the marker comes last."""
    shell.need_space(checkout.cache, GIGABYTES)
    if find_spec("ensurepip") is None:
        system.install(checkout, ["python3-venv"], progress)
    shutil.rmtree(folder(checkout), ignore_errors=True)
    log = checkout.log("python")
    shell.run(
        "Making the Python environment", [sys.executable, "-m", "venv", folder(checkout)], log
    )
    _install(checkout, lock_file(checkout), progress)
    _marker(checkout).write_text(_wanted(checkout))


def _install(checkout: Checkout, lock: Path, progress: console.Progress) -> None:
    """Put every package of `lock` into the environment, at its pinned hash."""
    pins = len(re.findall(r"(?m)^\S+==", lock.read_text()))
    begun = 0

    def count(text: str) -> None:
        nonlocal begun
        if text.startswith(("Collecting ", "Processing ", "Ignoring ")):
            begun += 1
            progress(f"package {begun}/{pins}: {Path(text.split()[1]).name.rstrip(':')}")
        elif text.startswith("Installing collected"):
            progress(f"unpacking {pins} packages")

    command = [str(interpreter(checkout)), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    options = ["--progress-bar=off", "--disable-pip-version-check", "-r", str(lock)]
    log = checkout.log("python")
    shell.run("Installing Python packages", [*command, *options], log, on_line=count)


TASK = Task("Python packages", done, make)


def _solvers_marker(checkout: Checkout) -> Path:
    return folder(checkout) / "solvers-complete"


def _solvers_wanted(checkout: Checkout) -> str:
    return hashlib.sha256(solvers_lock_file(checkout).read_bytes()).hexdigest()


def solvers_done(checkout: Checkout) -> bool:
    """Tell whether the environment has the packages that `make bench` compares the engine with."""
    marker = _solvers_marker(checkout)
    return marker.exists() and marker.read_text() == _solvers_wanted(checkout)


def add_solvers(checkout: Checkout, progress: console.Progress) -> None:
    """Add the packages of requirements/solvers.lock to the environment; the marker comes last."""
    shell.need_space(checkout.cache, GIGABYTES)
    _install(checkout, solvers_lock_file(checkout), progress)
    _solvers_marker(checkout).write_text(_solvers_wanted(checkout))


SOLVERS = Task("Solvers to compare with", solvers_done, add_solvers)
"""Runs after TASK, which makes the environment from scratch and so without them."""
