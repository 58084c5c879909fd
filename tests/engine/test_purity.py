"""The two pure parts import nothing of Odoo."""

import ast
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
PURE = [
    *sorted((ADDONS / "ntue_curriculum" / "degree_audit").glob("*.py")),
    ADDONS / "ntue_graduation" / "workflow.py",
    ADDONS / "ntue_curriculum" / "log_chain.py",
    ADDONS / "ntue_graduation" / "slip_number.py",
    *sorted((ADDONS / "ntue_campus_login" / "password_rules").glob("*.py")),
]


def imported(file):
    """The modules a file imports: names, and how far up a relative one reaches."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level


@pytest.mark.parametrize("file", PURE, ids=lambda file: file.name)
def test_a_pure_part_imports_nothing_of_odoo_and_reaches_no_further_than_itself(file):
    for module, level in imported(file):
        assert module.split(".")[0] not in {"odoo", "psycopg2", "lxml"}
        assert level <= 1
