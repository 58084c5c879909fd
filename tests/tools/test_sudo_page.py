"""docs/sudo.md says of every right that the code exercises for somebody whose record it writes.

Rights are given by ``sudo()``, by ``with_user`` and by an environment of another user. The page
has a row for each such place in the addons: what the code does with them, and whether the
caller can choose the record. A new one needs an answer there.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "sudo.md"
GIVING = {"sudo", "with_user"}
ANSWERS = {"reads": ("—",), "writes": ("No", "Checked")}
"""How the answer begins, by what is done with the rights."""


def gives_rights(node: ast.AST) -> bool:
    """Whether ``node`` is a call that gives the code other rights than the caller's."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr in GIVING:
        return not (node.args and ast.unparse(node.args[0]) == "False")
    named = {keyword.arg for keyword in node.keywords}
    return ast.unparse(node.func).endswith("env") and bool(named & {"user", "su"})


def without_arguments(node: ast.AST) -> str:
    """The source of a chain of attributes and calls, with … for what is passed."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            return f"{without_arguments(func)}({'…' if args or keywords else ''})"
        case ast.Attribute(value=value, attr=name):
            return f"{without_arguments(value)}.{name}"
        case ast.Name() | ast.Subscript():
            return ast.unparse(node)
        case _:
            return f"({ast.unparse(node)})"


def places_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(function, expression) of every call in ``tree`` that gives rights, as far as it goes on."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not gives_rights(node):
            continue
        whole = node
        while isinstance(parent := parents[whole], ast.Attribute) or (
            isinstance(parent, ast.Call) and parent.func is whole
        ):
            whole = parent
        names = []
        above = parents.get(node)
        while above is not None:
            if isinstance(above, ast.FunctionDef | ast.ClassDef):
                names.append(above.name)
            above = parents.get(above)
        yield ".".join(reversed(names)), without_arguments(whole)


def places() -> Counter[tuple[str, str]]:
    """Every place in the addons, tests aside: ``file: Class.method`` and the expression."""
    found: Counter[tuple[str, str]] = Counter()
    for file in sorted((ROOT / "addons").rglob("*.py")):
        path = file.relative_to(ROOT / "addons")
        if "tests" in path.parts:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for name, expression in places_in(tree):
            found[f"{path}: {name}" if name else str(path), expression] += 1
    return found


def rows() -> list[list[str]]:
    """The rows of the page's table: place, expression, reads or writes, answer."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [[re.sub("`", "", cell) for cell in row[:2]] + row[2:] for row in cells[2:]]


def test_every_right_that_the_code_exercises_stands_on_the_page() -> None:
    page = Counter((place, expression) for place, expression, *_rest in rows())
    found = places()
    assert sorted((found - page).elements()) == [], "not on the page docs/sudo.md"
    assert sorted((page - found).elements()) == [], "on the page docs/sudo.md and not in the code"


def test_every_row_answers_whether_the_caller_can_choose_the_record() -> None:
    unanswered = [
        (place, expression)
        for place, expression, does, answer in rows()
        if not answer.startswith(ANSWERS.get(does, ("?",)))
        or (does == "writes" and len(answer) < 15)
    ]
    assert unanswered == []
