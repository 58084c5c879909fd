"""Folders made from lists of packages whose hashes are pinned, with a marker when complete.

The marker names the lists, the Python and the folder, so that a changed list, another Python or a
moved checkout makes the folder from scratch, and an interrupted run never counts.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from dev import shell

MARKER = "complete"

SYSTEM = Path("/usr/bin")
"""Where a distribution has its interpreters, each under the name of its version."""


def wanted(folder: Path, lists: Sequence[Path]) -> str:
    """Return what the marker holds when `folder` was made from `lists` as they are now."""
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in lists)).hexdigest()
    made_from = [str(found)] if (found := faster()) else []
    return f"{' '.join([digest, _version(), *made_from, str(folder)])}\n"


def done(folder: Path, lists: Sequence[Path], marker: str = MARKER) -> bool:
    """Tell whether `folder` was finished from `lists` as they are now."""
    file = folder / marker
    return file.exists() and file.read_text() == wanted(folder, lists)


def finish(folder: Path, lists: Sequence[Path], marker: str = MARKER) -> None:
    """Write the marker, which comes last."""
    (folder / marker).write_text(wanted(folder, lists))


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def faster(system: Path = SYSTEM) -> Path | None:
    """Return the distribution's interpreter where Odoo is faster in it than in this one, or None.

    One that was built without Python's own measuring of what is used most, as pyenv builds it,
    takes 1.4 times the processor's seconds; a distribution's is built with it.  It has to be of
    this version, and able to make environments.  Asked in an environment that was made from it,
    the answer is the same.
    """
    if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or ""):
        return None
    found = system / f"python{_version()}"
    if not found.exists():
        return None
    able = subprocess.run([found, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return None if able.returncode else found


def interpreter(environment: Path) -> Path:
    """Return the interpreter of a Python environment."""
    return environment / "bin" / "python"


def make_environment(environment: Path, log: Path) -> None:
    """Make an empty Python environment, in place of an older one."""
    shutil.rmtree(environment, ignore_errors=True)
    command: list[str | Path] = [faster() or sys.executable, "-m", "venv", environment]
    shell.run("Making the Python environment", command, log)


def pip_install(
    environment: Path, lock: Path, what: str, log: Path, progress: Callable[[str], None]
) -> None:
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

    pip = [str(interpreter(environment)), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    options = ["--progress-bar=off", "--disable-pip-version-check", "-r", str(lock)]
    shell.run(what, [*pip, *options], log, on_line=count)
