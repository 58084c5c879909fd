"""The product has one version: in pyproject, on top of the changelog, and in every manifest."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = sorted((ROOT / "addons").glob("*/__manifest__.py"))


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def test_the_changelog_begins_with_the_version_of_the_product() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert first is not None
    assert first[1] == version()


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda file: file.parent.name)
def test_an_addon_has_the_version_of_the_product(manifest: Path) -> None:
    says = ast.literal_eval(manifest.read_text(encoding="utf-8"))
    # An addon that brings nothing to install yet is in no release.
    assert says["version"] == version() or not says["data"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda file: file.parent.name)
def test_no_upgrade_waits_for_a_version_that_is_still_to_come(manifest: Path) -> None:
    """Odoo runs the scripts of a folder up to the addon's version, and no later ones."""
    own = tuple(map(int, version().split(".")))
    folders = manifest.parent.glob("migrations/*")
    late = [folder.name for folder in folders if tuple(map(int, folder.name.split("."))) > own]
    assert late == []
