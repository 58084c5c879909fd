"""Which tests `make test ONLY=…` means, and what each of them needs."""

from collections.abc import Iterable
from enum import StrEnum

from dev.checkout import Checkout
from dev.errors import CommandError


class Needs(StrEnum):
    """What a test needs to run; each need is a stage of its own."""

    NOTHING = "without-database"
    ODOO = "with-odoo"
    SERVERS = "with-servers"


FOLDERS: dict[str, Needs] = {
    "tests/engine": Needs.NOTHING,
    "tests/tools": Needs.NOTHING,
    "addons/ntue_curriculum": Needs.ODOO,
    "addons/ntue_graduation": Needs.ODOO,
    "addons/ntue_campus_login": Needs.ODOO,
    "tests/policy": Needs.ODOO,
    "tests/doors": Needs.ODOO,
    # Whole servers and a browser: not in Odoo's own process, whose tests end every process
    # that they find running beside them.
    "tests/manners": Needs.SERVERS,
    "tests/load": Needs.SERVERS,
    "tests/sso": Needs.SERVERS,
    "tests/e2e": Needs.SERVERS,
}
"""Every folder of tests, in the order in which they run."""

APART = ("tests/compose",)
"""Folders of tests that a command of their own runs: `make compose-test`."""


def short_name(folder: str) -> str:
    """Return what ONLY= calls a folder: `engine`, `curriculum`."""
    return folder.rsplit("/", 1)[1].removeprefix("ntue_")


NAMES = {short_name(folder): folder for folder in FOLDERS}


def _folder(checkout: Checkout, asked: str) -> str:
    """Return the path that one word of ONLY= means; raise CommandError when there is none."""
    path = NAMES.get(asked, asked.removeprefix("./").rstrip("/"))
    inside = any(path == folder or path.startswith(f"{folder}/") for folder in FOLDERS)
    if not inside or not (checkout.root / path.split("::", 1)[0]).exists():
        raise CommandError(
            f"ONLY={asked} names no tests: take {', '.join(NAMES)}, "
            "or the path of a file or folder below one of them."
        )
    return path


def everything() -> dict[Needs, list[str]]:
    """Return all folders by what their tests need."""
    return _grouped(FOLDERS)


def only(checkout: Checkout, asked: str) -> dict[Needs, list[str]]:
    """Return the paths that `asked`, names or paths with commas between, means."""
    return _grouped(_folder(checkout, word) for word in asked.split(",") if word)


def _grouped(paths: Iterable[str]) -> dict[Needs, list[str]]:
    found: dict[Needs, list[str]] = {}
    for path in paths:
        folder = next(folder for folder in FOLDERS if path == folder or path.startswith(folder))
        found.setdefault(FOLDERS[folder], []).append(path)
    return found
