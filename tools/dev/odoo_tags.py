"""Which of the addons' tests run a second time under Odoo's own runner: one of every class.

Each class is imported and set up there as in a school that installs the addons with their tests;
what it checks has been checked under pytest before.  Tests that `@crossing` marks as long are
repeated only with all others, so a class of nothing else is not among them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from dev.checkout import Checkout
from dev.product import ADDONS

LONG = "crossing"
"""The decorator of tests that take as long as all others of an addon."""


def one_of_each(checkout: Checkout) -> list[str]:
    """Return Odoo's tags `/addon/tests/file.py:Class.test`, one for every class of tests.

    The shortest test of the class that is not marked as long is taken.
    """
    return [tag for addon in ADDONS for tag in _tags(addon, checkout.addons / addon / "tests")]


def all_tests() -> list[str]:
    """Return Odoo's tags of all tests of our addons."""
    return [f"/{addon}" for addon in ADDONS]


def _tags(addon: str, folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            tests = _tests(node) if isinstance(node, ast.ClassDef) else []
            if isinstance(node, ast.ClassDef) and tests:
                test = min(tests, key=_lines)
                yield f"/{addon}/tests/{file.name}:{node.name}.{test.name}"


def _tests(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [
        part
        for part in node.body
        if isinstance(part, ast.FunctionDef)
        and part.name.startswith("test_")
        and not any(getattr(mark, "id", "") == LONG for mark in part.decorator_list)
    ]


def _lines(test: ast.FunctionDef) -> int:
    return (test.end_lineno or test.lineno) - test.lineno
