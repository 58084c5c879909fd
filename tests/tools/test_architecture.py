"""What docs/architecture.md says is absent, is absent."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
ADDON_NAMES = ("ntue_curriculum", "ntue_graduation", "ntue_campus_login")

CONTROLLERS = [
    file for addon in ADDON_NAMES for file in sorted((ADDONS / addon / "controllers").glob("*.py"))
]
RIGHTS = {"sudo", "with_user", "cr"}
"""What gives a page more than its visitor has, or goes past the models."""
DECIDING = {"degree_audit", "workflow"}
"""Where the rules are: pages ask models, which ask them."""


def imports(tree: ast.Module) -> Iterator[str]:
    """Every part of the names of modules that ``tree`` imports, and what it takes from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
            yield from (alias.name for alias in node.names)


def faults_of_a_controller(source: str) -> list[str]:
    tree = ast.parse(source)
    reached = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return sorted((reached & RIGHTS) | (set(imports(tree)) & DECIDING))


def name(file: Path) -> str:
    return str(file.relative_to(ADDONS))


@pytest.mark.parametrize("file", CONTROLLERS, ids=name)
def test_a_controller_holds_no_rule_and_has_no_rights_of_its_own(file: Path) -> None:
    assert faults_of_a_controller(file.read_text(encoding="utf-8")) == []


def test_the_controllers_of_every_addon_are_looked_at() -> None:
    assert {file.parts[-3] for file in CONTROLLERS} == set(ADDON_NAMES)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("request.env['ntue.student'].sudo().search([])", "sudo"),
        ("request.env.cr.execute('SELECT 1')", "cr"),
        ("from ..degree_audit import audit", "degree_audit"),
        ("from .. import workflow", "workflow"),
    ],
)
def test_a_rule_in_a_controller_is_found(source: str, fault: str) -> None:
    assert faults_of_a_controller(source) == [fault]


def test_the_curriculum_knows_nothing_of_the_addons_built_on_it() -> None:
    later = {"ntue_graduation", "ntue_campus_login"}
    found = [
        name(file)
        for file in sorted((ADDONS / "ntue_curriculum").rglob("*.py"))
        if later & set(imports(ast.parse(file.read_text(encoding="utf-8"))))
    ]
    assert found == []


def mails_made_in(source: str) -> int:
    """How often ``source`` takes the model of mails that are no message, to make one."""
    return len(re.findall(r"""\[["']mail\.mail["']\](?:\.sudo\(\))?\.create\(""", source))


def test_a_mail_of_its_own_is_made_in_one_place_in_the_name_of_the_office() -> None:
    """Its sender and the way of answering are the office's settings, whatever the mail says."""
    made = {
        name(file): mails_made_in(file.read_text(encoding="utf-8"))
        for addon in ADDON_NAMES
        for file in sorted((ADDONS / addon).rglob("*.py"))
        if "tests" not in file.parts
    }
    assert {file: count for file, count in made.items() if count} == {
        "ntue_curriculum/office_mail.py": 1
    }
