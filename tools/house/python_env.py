"""The Python environment: every package of requirements/house.lock, at its pinned hash."""

import hashlib
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from house import say, shell, system
from house.place import Place
from house.steps import Step

GIGABYTES = 1.0


def lock_file(place: Place) -> Path:
    """Return the list of all packages, pinned with their hashes."""
    return place.root / "requirements" / "house.lock"


def bench_lock_file(place: Place) -> Path:
    """Return the list of what only `make bench` needs: solvers that the engine is compared with."""
    return place.root / "requirements" / "bench.lock"


def folder(place: Place) -> Path:
    """Return the environment's folder."""
    return place.cache / "python"


def interpreter(place: Place) -> Path:
    """Return the interpreter that runs Odoo and the tests."""
    return folder(place) / "bin" / "python"


def _wanted(place: Place) -> str:
    """Return what the marker must hold: a moved checkout or another Python starts anew."""
    lock = hashlib.sha256(lock_file(place).read_bytes()).hexdigest()
    return f"{lock} {sys.version_info.major}.{sys.version_info.minor} {folder(place)}\n"


def _marker(place: Place) -> Path:
    return folder(place) / "complete"


def done(place: Place) -> bool:
    """Tell whether the environment was finished from this very lock file."""
    marker = _marker(place)
    if not (marker.exists() and interpreter(place).exists()):
        return False
    # Inside the environment the interpreter is the environment's own: nothing to compare with.
    return marker.read_text() == _wanted(place)


def make(place: Place, tell: say.Tell) -> None:
    """Build the environment from scratch; the marker comes last."""
    shell.need_space(place.cache, GIGABYTES)
    if find_spec("ensurepip") is None:
        system.install(place, ["python3-venv"], tell)
    shutil.rmtree(folder(place), ignore_errors=True)
    log = place.log("python")
    shell.run("Making the Python environment", [sys.executable, "-m", "venv", folder(place)], log)
    _install(place, lock_file(place), tell)
    _marker(place).write_text(_wanted(place))


def _install(place: Place, lock: Path, tell: say.Tell) -> None:
    """Put every package of `lock` into the environment, at its pinned hash."""
    pins = len(re.findall(r"(?m)^\S+==", lock.read_text()))
    begun = 0

    def count(text: str) -> None:
        nonlocal begun
        if text.startswith(("Collecting ", "Processing ", "Ignoring ")):
            begun += 1
            tell(f"package {begun}/{pins}: {Path(text.split()[1]).name.rstrip(':')}")
        elif text.startswith("Installing collected"):
            tell(f"unpacking {pins} packages")

    command = [str(interpreter(place)), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    options = ["--progress-bar=off", "--disable-pip-version-check", "-r", str(lock)]
    log = place.log("python")
    shell.run("Installing Python packages", [*command, *options], log, on_line=count)


STEP = Step("Python packages", done, make)


def _bench_marker(place: Place) -> Path:
    return folder(place) / "bench-complete"


def _bench_wanted(place: Place) -> str:
    return hashlib.sha256(bench_lock_file(place).read_bytes()).hexdigest()


def bench_done(place: Place) -> bool:
    """Tell whether the environment has the packages that `make bench` compares us with."""
    marker = _bench_marker(place)
    return marker.exists() and marker.read_text() == _bench_wanted(place)


def add_bench(place: Place, tell: say.Tell) -> None:
    """Add the packages of requirements/bench.lock to the environment; the marker comes last."""
    shell.need_space(place.cache, GIGABYTES)
    _install(place, bench_lock_file(place), tell)
    _bench_marker(place).write_text(_bench_wanted(place))


BENCH = Step("Python packages to compare with", bench_done, add_bench)
"""After STEP, which makes the environment anew and so without them."""
