"""Which of the addons' tests run a second time under Odoo's own runner: one of every kind.

Odoo imports every file of tests there, as in a school that installs the addons with their tests,
and runs one test of every kind of set-up: of the classes of an addon that have the same base
classes, and set-up of their own or none, one stands for all.  What the others check has been
checked under pytest, on the same base classes of Odoo's.  Tests that `@crossing` marks as long are
repeated only with all others, so a class of nothing else is not among them.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from dev.checkout import Checkout
from dev.product import ADDONS

LONG = "crossing"
"""The decorator of tests that take as long as all others of an addon."""

SET_UP = ("setUp", "setUpClass")


@dataclass(frozen=True)
class Kind:
    """What classes of tests of an addon are set up by: their base classes, and more or not."""

    addon: str
    bases: tuple[str, ...]
    own: bool


def representatives(checkout: Checkout) -> dict[Kind, str]:
    """Return Odoo's tag `/addon/tests/file.py:Class.test` of one test for every kind of set-up.

    The shortest test of the kind that is not marked as long is taken.
    """
    shortest: dict[Kind, tuple[int, str]] = {}
    for kind, lines, tag in _found(checkout):
        shortest[kind] = min(shortest.get(kind, (lines, tag)), (lines, tag))
    return {kind: tag for kind, (_lines, tag) in shortest.items()}


def all_tests() -> list[str]:
    """Return Odoo's tags of all tests of our addons."""
    return [f"/{addon}" for addon in ADDONS]


def _found(checkout: Checkout) -> Iterator[tuple[Kind, int, str]]:
    """Yield the kind, the number of lines and the tag of every test that is not marked as long."""
    for addon in ADDONS:
        for file in sorted((checkout.addons / addon / "tests").glob("test_*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if not isinstance(node, ast.ClassDef):
                    continue
                for test in _tests(node):
                    tag = f"/{addon}/tests/{file.name}:{node.name}.{test.name}"
                    yield _kind(addon, node), (test.end_lineno or test.lineno) - test.lineno, tag


def _kind(addon: str, node: ast.ClassDef) -> Kind:
    own = any(isinstance(part, ast.FunctionDef) and part.name in SET_UP for part in node.body)
    return Kind(addon, tuple(map(ast.unparse, node.bases)), own)


def _tests(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [
        part
        for part in node.body
        if isinstance(part, ast.FunctionDef)
        and part.name.startswith("test_")
        and not any(getattr(mark, "id", "") == LONG for mark in part.decorator_list)
    ]
