"""Providers of single sign-on that tests sign in at, in an environment of their own.

One is npm's `oidc-provider`, certified by the OpenID Foundation; the other one is PyPI's
`oidc-provider-mock`.  Odoo's environment has neither.
"""

import shutil
from pathlib import Path

from dev import console, node, pinned, shell, tasks
from dev.checkout import Checkout
from dev.tasks import Task

GIGABYTES = 0.5


def _lock(checkout: Checkout) -> Path:
    return checkout.root / "requirements" / "providers.lock"


def npm_lists(checkout: Checkout) -> list[Path]:
    """Return the lists of the packages of npm, which are beside the program that uses them."""
    return node.lists(checkout.root / "tests" / "sso" / "provider")


def lists(checkout: Checkout) -> list[Path]:
    """Return every list that the providers are installed from."""
    return [_lock(checkout), *npm_lists(checkout)]


def folder(checkout: Checkout) -> Path:
    """Return the folder of both environments."""
    return checkout.cache / "providers"


def _environment(checkout: Checkout) -> Path:
    return folder(checkout) / "python"


def interpreter(checkout: Checkout) -> Path:
    """Return the interpreter that has `oidc-provider-mock`."""
    return pinned.interpreter(_environment(checkout))


def modules(checkout: Checkout) -> Path:
    """Return the folder in which Node.js finds `oidc-provider`."""
    return folder(checkout) / "npm"


def done(checkout: Checkout) -> bool:
    """Tell whether both were finished from the lists as they are now."""
    return pinned.done(folder(checkout), lists(checkout))


def make(checkout: Checkout, progress: console.Progress) -> None:
    """Build both from scratch."""
    shell.need_space(checkout.cache, GIGABYTES)
    shutil.rmtree(folder(checkout), ignore_errors=True)
    log = checkout.log("providers")
    pinned.make_environment(_environment(checkout), log)
    what = "Installing a provider from PyPI"
    pinned.pip_install(_environment(checkout), _lock(checkout), what, log, progress)
    progress("a provider from npm")
    node.npm_install(checkout, npm_lists(checkout), modules(checkout), log)
    pinned.finish(folder(checkout), lists(checkout))


TASK = Task("Providers of single sign-on", done, make)
TASKS = (node.TASK, TASK)


def install(checkout: Checkout) -> None:
    """Install the providers unless they are there; print nothing when they are."""
    if not all(task.done(checkout) for task in TASKS):
        with tasks.locked(checkout, "providers.lock"):
            tasks.run(checkout, TASKS)
