"""`docs/access.md`: who may do what, drawn from the very tables that the tests compare with.

The tests hold the tables as texts; this takes them from their files, so that there is no second
table to keep.  A test compares the page with what this draws.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

from dev.checkout import Checkout

PAGE = "docs/access.md"

HEAD = """\
# Who sees and does what

Drawn from the tests by `make access`: every cell is asked of a running database, over the calls
that a browser or a remote client makes, each time the tests run. A model, a public method or a
step that is missing here fails a test.
"""

LETTERS = """\
`r` read by its number · `s` found by search, count and group · `n` found by name · `x` exported ·
`w` written · `c` one like it made · `d` deleted · `-` nothing
"""

ROLES = """\
`p` nobody signed in · `s` the student · `f` another student of the department · `t` a student of
another department · `a` the department's assistant · `o` another department's assistant ·
`r` the registrar of the division · `d` the registrar of the other division · `x` who imports ·
`c` staff without a role · `m` who sets Odoo up · `-` nobody
"""


@dataclass(frozen=True)
class Section:
    """A table of the page: its title, the file and name of the test's text, what cells mean."""

    title: str
    file: str
    name: str
    legend: str


SECTIONS = (
    Section(
        "Curriculum, students and audits",
        "addons/ntue_curriculum/tests/test_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "Applications and what belongs to them",
        "addons/ntue_graduation/tests/test_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "Sign-ins",
        "addons/ntue_campus_login/tests/test_door_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "What a forgotten password leaves",
        "addons/ntue_campus_login/tests/test_forgotten_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "The frame of the students' pages",
        "addons/ntue_campus_login/tests/test_portal_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "Accounts and signing in",
        "addons/ntue_campus_login/tests/test_access.py",
        "TABLE",
        LETTERS,
    ),
    Section(
        "Steps of an application, by where it is",
        "addons/ntue_graduation/tests/test_transitions.py",
        "TABLE",
        ROLES,
    ),
)


def text_of(file: Path, name: str) -> str:
    """Return the text that `name` is in a Python file; raise KeyError when it is none."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    for node in (node for node in body if isinstance(node, ast.Assign)):
        names = {getattr(target, "id", "") for target in node.targets}
        if name in names and isinstance(node.value, ast.Constant):
            return str(node.value.value)
    raise KeyError(f"{file} has no text {name}")


def markdown(table: str) -> str:
    """Return a test's table, `title | cells with blanks between` a line, as Markdown."""
    lines = [line.split("|") for line in table.strip("\n").splitlines() if line.strip()]
    rows = [[title.strip(), *cells.split()] for title, cells in lines]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def page(checkout: Checkout) -> str:
    """Return the page as the tests' tables are now."""
    parts = [HEAD]
    for section in SECTIONS:
        table = markdown(text_of(checkout.root / section.file, section.name))
        parts.append(f"\n## {section.title}\n\n{section.legend}\n{table}\n")
    return "".join(parts)


def write(checkout: Checkout) -> None:
    """Write the page into the checkout."""
    file = checkout.root / PAGE
    file.parent.mkdir(exist_ok=True)
    file.write_text(page(checkout), encoding="utf-8")
