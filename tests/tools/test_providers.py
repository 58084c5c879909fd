"""The providers that tests sign in at: when they are made again, and that npm's are pinned."""

import json
from pathlib import Path

import pytest

from dev import formatter, node, pinned, providers, selection, testrun
from dev.checkout import Checkout
from dev.selection import Needs

ROOT = Path(__file__).resolve().parents[2]
HERE = Checkout.here()
NPM = {
    "providers": providers.npm_lists(HERE),
    "formatter": formatter.npm_lists(HERE),
}


@pytest.fixture
def listed(checkout: Checkout) -> Checkout:
    """A checkout with the lists of packages, and both environments finished from them."""
    for file in providers.lists(checkout):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    providers.folder(checkout).mkdir(parents=True)
    pinned.finish(providers.folder(checkout), providers.lists(checkout))
    return checkout


def test_they_are_made_once(listed: Checkout) -> None:
    assert providers.done(listed)
    (providers.folder(listed) / "complete").unlink()
    assert not providers.done(listed)


@pytest.mark.parametrize(
    "file",
    ["requirements/providers.lock", *(f"tests/sso/provider/{name}" for name in node.LISTS)],
)
def test_they_are_made_again_when_a_list_changes(listed: Checkout, file: str) -> None:
    (listed.root / file).write_text("changed")
    assert not providers.done(listed)


def test_only_tests_with_servers_bring_them() -> None:
    assert set(providers.TASKS) <= set(testrun.all_tasks([Needs.SERVERS]))
    assert not set(providers.TASKS) & set(testrun.all_tasks([Needs.ODOO, Needs.NOTHING]))
    assert selection.FOLDERS["tests/sso"] is Needs.SERVERS


@pytest.mark.parametrize(("user", "least"), [("providers", 20), ("formatter", 5)])
def test_every_package_of_npm_is_pinned_by_its_digest_and_says_no_host(
    user: str, least: int
) -> None:
    asked_file, lock_file = NPM[user]
    lock = json.loads(lock_file.read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) >= least
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not [name for name, package in packages.items() if "resolved" in package]
    asked = json.loads(asked_file.read_text())["dependencies"]
    assert asked == lock["packages"][""]["dependencies"]
    assert all(version[0].isdigit() for version in asked.values())
