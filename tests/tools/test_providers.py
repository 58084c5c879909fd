"""The providers that tests sign in at: when they are made anew, and that npm's are pinned."""

import json
from pathlib import Path

import pytest

from dev import providers, selection, testrun
from dev.checkout import Checkout
from dev.selection import Needs

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "tests" / "sso" / "provider" / "package-lock.json"


@pytest.fixture
def listed(checkout: Checkout) -> Checkout:
    """A checkout with the lists of packages, and both environments finished from them."""
    (checkout.root / "requirements").mkdir()
    (checkout.root / "requirements" / "providers.lock").write_text("x==1")
    folder = checkout.root / "tests" / "sso" / "provider"
    folder.mkdir(parents=True)
    for name in providers.PACKAGES:
        (folder / name).write_text("{}")
    providers.folder(checkout).mkdir(parents=True)
    (providers.folder(checkout) / "complete").write_text(providers._wanted(checkout))
    return checkout


def test_they_are_made_once(listed: Checkout) -> None:
    assert providers.done(listed)
    (providers.folder(listed) / "complete").unlink()
    assert not providers.done(listed)


@pytest.mark.parametrize(
    "file",
    ["requirements/providers.lock", *(f"tests/sso/provider/{n}" for n in providers.PACKAGES)],
)
def test_they_are_made_anew_when_a_list_changes(listed: Checkout, file: str) -> None:
    (listed.root / file).write_text("changed")
    assert not providers.done(listed)


def test_only_tests_with_servers_bring_them() -> None:
    assert providers.TASK in testrun.provisioned([Needs.SERVERS])
    assert providers.TASK not in testrun.provisioned([Needs.ODOO, Needs.NOTHING])
    assert selection.FOLDERS["tests/sso"] is Needs.SERVERS


def test_every_package_of_npm_is_pinned_by_its_digest_and_says_no_host() -> None:
    lock = json.loads(LOCK.read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 20
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not [name for name, package in packages.items() if "resolved" in package]
    asked = json.loads(LOCK.with_name("package.json").read_text())["dependencies"]
    assert asked == lock["packages"][""]["dependencies"]
    assert all(version[0].isdigit() for version in asked.values())
