"""Each command of the runbooks is run by a test, or says why it is not.

Before every block of commands in `docs/operations/` stands a comment that nobody sees on the page:

    <!-- run by: tests/manners/test_log.py -->
    <!-- not run: openssl is no part of this product -->

    <!-- run: start -->

The last is typed as it stands by the test of `docker-compose.yml` (see test_typed_runbooks.py). A
test that is named must speak of each command: its program's own command or script, and every
option. What is named in a command, of this product's, is looked up: targets of make, commands of
Odoo, scripts. So is every command that stands in the middle of a sentence.
"""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "operations").glob("*.md"))

BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n?```(?P<kind>\w*)\n(?P<text>.*?)^```", re.DOTALL | re.M)
TYPED = re.compile(r"<!-- run: [\w-]+ -->")
RUN_BY = re.compile(r"<!-- run by: (?P<files>\S+(?:, \S+)*) -->")
NOT_RUN = re.compile(r"<!-- not run: (?P<why>\S.{15,}) -->")
COMMANDS = ("", "sh", "bash", "console", "shell")
"""Kinds of blocks whose lines are commands; those of another kind are shown, not typed."""

INLINE = re.compile(r"`((?:odoo|make|tools/\S+)(?: [^`\n]+)?)`")


class Command(NamedTuple):
    """A command of a page, and what stands before its block."""

    page: str
    text: str
    before: str


def commands(page: Path) -> Iterator[Command]:
    """Every command of a page, one a line; a backslash or an open quotation goes on."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block["kind"] not in COMMANDS:
            continue
        text = ""
        for line in block["text"].replace("\\\n", " ").splitlines():
            text = f"{text}\n{line}".strip()
            if is_whole(text):
                if text and not text.startswith("#"):
                    yield Command(page.name, text, block["before"].strip())
                text = ""


def is_whole(text: str) -> bool:
    """Whether no quotation is left open at the end of the text."""
    try:
        words(text)
    except ValueError:
        return False
    return True


def every_command() -> list[Command]:
    return [command for page in PAGES for command in commands(page)]


def words(text: str) -> list[str]:
    """The words of a command as a shell takes them; a comment behind it is none of it."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    return list(lexer)


def essential(text: str) -> set[str]:
    """What a test that runs a command cannot do without: what is asked for, and all options."""
    found: set[str] = set()
    previous = ""
    for word in words(text):
        if word.startswith("--") and len(word) > 2:
            found.add(word.split("=", 1)[0])
        elif word.startswith("ntue_"):
            found.add(word)
        elif previous in ("make", "compose") or re.search(r"\.(py|sh|sql)$", word):
            found.add(Path(word).name)
        previous = word
    return found or {words(text)[0]}


def is_test(file: Path) -> bool:
    """Whether a file is one that the tests' runner collects."""
    return file.name.startswith("test_") and "tests" in file.parts


def made_by_make() -> set[str]:
    """The targets of the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*):", text, re.M))


def of_odoo() -> set[str]:
    """Names of the shell commands that the addons bring."""
    return {file.stem for file in ROOT.glob("addons/*/cli/*.py") if not file.name.startswith("_")}


def options_of(name: str) -> set[str]:
    """The options that an own command of Odoo takes, as its source names them."""
    (file,) = ROOT.glob(f"addons/*/cli/{name}.py")
    beside = file.with_name("_database.py")
    sources = [file, *file.parent.glob(f"_{name}*.py")]
    shared = next(ROOT.glob("addons/ntue_curriculum/cli/_database.py"), beside)
    found: set[str] = {"--help", "--config"}
    for source in (*sources, shared):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if node.value.startswith("--") else set()
    return found


def unknown(text: str) -> list[str]:
    """What a command names of this product that is not there."""
    try:
        parts = words(text)
    except ValueError as fault:
        return [f"{text}: {fault}"]
    missing = []
    own = ""
    for previous, word in zip(["", *parts], parts, strict=False):
        if previous == "make" and "=" not in word and word not in made_by_make():
            missing.append(f"make {word}")
        if word.startswith("ntue_") and previous.endswith("odoo"):
            own = word
            if word not in of_odoo():
                missing.append(word)
        option = word.split("=", 1)[0]
        is_known = not own or own not in of_odoo() or option in options_of(own)
        if word.startswith("--") and not is_known:
            missing.append(f"{own} {option}")
        if re.match(r"(tools|docker|bench|data)/", word) and not (ROOT / word).exists():
            missing.append(word)
    return missing


def test_there_are_commands_to_look_at():
    assert len(PAGES) > 2
    assert len(every_command()) > 5


def test_each_command_is_run_by_a_test_or_says_why_not():
    silent = [
        f"{command.page}: {command.text}"
        for command in every_command()
        if not any(said.fullmatch(command.before) for said in (TYPED, RUN_BY, NOT_RUN))
    ]
    assert silent == []


def test_a_test_that_is_named_is_there_and_speaks_of_the_command():
    wrong = []
    for command in every_command():
        named = RUN_BY.fullmatch(command.before)
        if not named:
            continue
        files = [ROOT / name for name in named["files"].split(", ")]
        gone = [str(name) for name in files if not name.is_file() or not is_test(name)]
        text = "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
        unsaid = sorted(word for word in essential(command.text) if word not in text)
        if gone or unsaid:
            wrong.append(f"{command.page}: {command.text}: {gone or unsaid}")
    assert wrong == []


def test_what_a_command_names_of_this_product_is_there():
    typed = [(command.page, command.text) for command in every_command()]
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
        typed += [(page.name, text) for text in INLINE.findall(prose)]
    assert [f"{page}: {name}" for page, text in typed for name in unknown(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("odoo ntue_check_log -d NAME --anchors FILE", {"ntue_check_log", "--anchors"}),
        ("make load ROWS=kill", {"load"}),
        ("tools/run make_key.py --out=x", {"make_key.py", "--out"}),
        ("timedatectl", {"timedatectl"}),
    ],
)
def test_of_a_command_what_is_asked_for_and_its_options_are_looked_for(text, expected):
    assert essential(text) == expected


def test_a_name_that_is_not_there_is_found():
    assert unknown("make nothing") == ["make nothing"]
    assert unknown("odoo ntue_nothing -d NAME") == ["ntue_nothing"]
    assert unknown("odoo ntue_check_log -d NAME --nothing") == ["ntue_check_log --nothing"]
    assert unknown("psql -f tools/nothing.sql") == ["tools/nothing.sql"]
