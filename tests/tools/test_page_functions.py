"""What a page or a paper shows is a function: it returns values and writes nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
FILES = [
    file
    for addon in ("ntue_curriculum", "ntue_graduation")
    for package in ("pages", "papers", "wording")
    for file in sorted((ADDONS / addon / package).glob("*.py"))
]
WRITING = {"create", "write", "unlink", "_set", "_log", "_take", "execute"}
"""Calls by which something would be changed."""

SAVES = {"ntue_graduation/pages/draft.py": {"write"}, "ntue_graduation/pages/check.py": {"write"}}
"""The pages on which the student saves and submits: each passes on what was sent."""


def faults(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base) for base in node.bases}
            if any(base.startswith("models.") for base in bases):
                yield f"class {node.name}"
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in WRITING:
            yield called.attr


def name(file: Path) -> str:
    return str(file.relative_to(ADDONS))


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_page_or_paper_is_no_model_and_writes_nothing(file: Path) -> None:
    found = set(faults(file.read_text(encoding="utf-8")))
    assert found == SAVES.get(name(file), set())


def test_both_addons_have_pages() -> None:
    assert {file.parts[-3] for file in FILES} == {"ntue_curriculum", "ntue_graduation"}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("class A(models.Model):\n    pass", "class A"),
        ("def page(record):\n    record.write({})", "write"),
        ("def page(env):\n    env['a'].create({})", "create"),
    ],
)
def test_a_model_or_a_change_in_a_page_is_found(source: str, fault: str) -> None:
    assert list(faults(source)) == [fault]
