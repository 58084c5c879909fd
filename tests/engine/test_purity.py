"""The pure parts import nothing of Odoo, and the rooms of the engine know those before them."""

import ast
from functools import cache
from pathlib import Path

import pytest

from dev.lint import TYPED

ADDONS = Path(__file__).resolve().parents[2] / "addons"
ENGINE = ADDONS / "ntue_curriculum" / "degree_audit"
ENGINE_FILES = sorted(ENGINE.rglob("*.py"))
PURE = sorted(
    file
    for path in map(ADDONS.parent.joinpath, TYPED)
    for file in ([path] if path.suffix else path.rglob("*.py"))
)
"""Every part that claims to be pure; mypy checks the same files strictly."""

WORDS = ("values", "result", "errors")
"""Modules of the engine that every room speaks in."""

ROOMS = ("framework", "transcript", "placement", "outcome")
"""Each imports from those before it only."""


@cache
def imports(file):
    """The statements of a file that import something."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(file):
    """The modules a file imports: names, and how far up a relative one reaches."""
    for node in imports(file):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        else:
            yield node.module or "", node.level


def neighbours(file):
    """The files of the same addon that a file imports."""
    for node in imports(file):
        if not (isinstance(node, ast.ImportFrom) and node.level):
            continue
        place = file.parents[node.level - 1].joinpath(*(node.module or "").split("."))
        for found in [place, *(place / alias.name for alias in node.names)]:
            if found.with_suffix(".py").exists():
                yield found.with_suffix(".py")
            elif found != file.parent and (found / "__init__.py").exists():
                yield found / "__init__.py"


@pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(ADDONS)))
def test_a_pure_part_imports_nothing_of_odoo_and_no_part_that_is_not_pure(file):
    for module, _level in imported(file):
        assert module.split(".")[0] not in {"odoo", "psycopg2", "lxml"}
    assert set(neighbours(file)) <= set(PURE)


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
