"""The pure parts import nothing of Odoo, and the rooms of the engine know those before them."""

import ast
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
ENGINE = ADDONS / "ntue_curriculum" / "degree_audit"
ENGINE_FILES = sorted(ENGINE.rglob("*.py"))
ALONE = [
    ADDONS / "ntue_graduation" / "workflow.py",
    ADDONS / "ntue_curriculum" / "log_chain.py",
    ADDONS / "ntue_graduation" / "slip_number.py",
    ADDONS / "ntue_campus_login" / "account_name.py",
    ADDONS / "ntue_campus_login" / "backing_off.py",
    *sorted((ADDONS / "ntue_campus_login" / "password_rules").glob("*.py")),
]
WORDS = ("values", "result", "errors")
"""Modules of the engine that every room speaks in."""

ROOMS = ("framework", "transcript", "placement", "outcome")
"""Each imports from those before it only."""


def imported(file):
    """The modules a file imports: names, and how far up a relative one reaches."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level


@pytest.mark.parametrize("file", [*ENGINE_FILES, *ALONE], ids=lambda file: file.name)
def test_a_pure_part_imports_nothing_of_odoo_and_reaches_no_further_than_itself(file):
    inside = file.relative_to(ENGINE).parts if file in ENGINE_FILES else (file.name,)
    for module, level in imported(file):
        assert module.split(".")[0] not in {"odoo", "psycopg2", "lxml"}
        assert level <= len(inside)


def test_every_file_of_the_engine_is_in_a_room_or_a_word_or_the_door():
    top = {file.stem for file in ENGINE.glob("*.py")}
    assert top == {*WORDS, "case", "__init__"}
    assert {folder.name for folder in ENGINE.iterdir() if (folder / "__init__.py").exists()} == {
        *ROOMS
    }


@pytest.mark.parametrize("file", ENGINE_FILES, ids=lambda file: str(file.relative_to(ENGINE)))
def test_a_room_of_the_engine_imports_from_no_room_after_it(file):
    inside = file.relative_to(ENGINE).parts
    if inside[-1] == "__init__.py" and len(inside) == 1:
        return
    room = inside[0] if len(inside) > 1 else ""
    known = {*WORDS}
    if file.stem == "case" and not room:
        known |= {*ROOMS}
    elif room:
        known |= {*ROOMS[: ROOMS.index(room)]}
    for module, level in imported(file):
        if level == len(inside):
            assert module.split(".")[0] in known
