"""Records become values of the audit in one place of the addons."""

import ast
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
ADAPTER = ADDONS / "ntue_curriculum" / "audit_adapter.py"
MADE_OF_RECORDS = {
    "Area",
    "Case",
    "Decision",
    "Enrolment",
    "FlexibleRule",
    "Framework",
    "Line",
    "CourseStanding",
    "Target",
}
FILES = [
    file
    for file in sorted(ADDONS.rglob("*.py"))
    if file != ADAPTER and not {"degree_audit", "tests", "migrations"} & set(file.parts)
]


def taken_from_the_engine(file):
    """The names that a file imports from the engine, and from inside it."""
    text = file.read_text(encoding="utf-8")
    if "degree_audit" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and "degree_audit" in (node.module or ""):
            inside = not node.module.endswith("degree_audit")
            yield from ((alias.name, inside) for alias in node.names)


def test_the_adapter_is_where_it_is_looked_for():
    assert MADE_OF_RECORDS & {name for name, _inside in taken_from_the_engine(ADAPTER)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ADDONS)))
def test_no_other_file_makes_values_of_the_audit_or_reaches_inside_the_engine(file):
    names = dict(taken_from_the_engine(file))
    assert not MADE_OF_RECORDS & set(names)
    assert not any(names.values())
