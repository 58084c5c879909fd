"""What the pages name is there: files, folders, headings, tests, models and names of the code.

Of every page but the changelog, links and everything in backticks are looked up. A file may be
named by the end of its path, so that a folder can move without the pages. Names of the code are
looked up in the pages that lead through it.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("addons", "bench", "data", "docker", "docs", "requirements", "tests", "tools", ".ci")
ENDINGS = frozenset(
    {".csv", ".in", ".js", ".json", ".lock", ".md", ".po", ".pot", ".py"}
    | {".scss", ".sql", ".toml", ".txt", ".xml", ".yml"}
)
MADE = (".cache/",)
"""What is there only after a command has made it."""

LEADING = ("docs/architecture.md", "docs/glossary.md", "docs/how-to/", "docs/decisions/")
"""Pages whose names of the code are looked up as well."""

FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,}(?:\(\))?")
MENTION = re.compile(r"[\w./-]*\w\.md\b")


@cache
def paths() -> frozenset[str]:
    """Every file and folder of the repository, below its root."""
    top = {path.name for path in ROOT.iterdir() if path.is_file()}
    below = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    found = (str(path.relative_to(ROOT)) for path in below if "__pycache__" not in path.parts)
    return frozenset({*top, *FOLDERS, *found})


@cache
def sources() -> dict[str, str]:
    """The text of every file with code in it, by its path."""
    code = {".py", ".xml", ".js", ".csv", ".sql", ".yml", ".toml"}
    files = (path for path in paths() if Path(path).suffix in code)
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in files}


@cache
def words() -> frozenset[str]:
    """Every name anywhere in the code, and every part of a file's name."""
    texts = [text for path, text in sources().items() if not path.startswith("tests/tools/")]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


@cache
def models() -> frozenset[str]:
    named = re.compile(r"""_name = ["'](ntue\.[\w.]+)["']""")
    return frozenset(name for text in sources().values() for name in named.findall(text))


@cache
def known_tests() -> frozenset[str]:
    """Files, classes and functions of tests, by name."""
    own = {path: text for path, text in sources().items() if "/test" in path}
    defined = re.compile(r"^ *(?:def|class) (\w+)", re.MULTILINE)
    files = {Path(path).stem for path in own}
    return frozenset(files.union(*(defined.findall(text) for text in own.values())))


def is_there(name: str, page: str = "") -> bool:
    """Whether a file or folder is called ``name``, from the root, the page, or by its end."""
    plain = name.rstrip("/").removeprefix("./")
    beside = (ROOT / page).parent / plain
    if beside.exists() or plain in paths():
        return True
    return any(fnmatch(path, plain) or fnmatch(path, f"*/{plain}") for path in paths())


def looks_like_a_path(text: str) -> bool:
    if not re.fullmatch(r"[\w.*/-]+", text) or text.startswith(("/", "-", *MADE)):
        return False
    inside = tuple(f"{folder}/" for folder in FOLDERS)
    return text.endswith("/") or Path(text).suffix in ENDINGS or text.startswith(inside)


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as its host makes them."""
    titles = HEADING.findall(FENCE.sub("", (ROOT / page).read_text(encoding="utf-8")))
    plain = (re.sub(r"[^\w\- ]", "", title.strip().lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


def lost_links(page: str, text: str) -> Iterator[str]:
    for target in LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        file, _sign, anchor = target.partition("#")
        path = ((ROOT / page).parent / file).resolve() if file else ROOT / page
        has_anchors = anchor and path.suffix == ".md"
        if not path.exists() or (has_anchors and anchor not in anchors(str(path))):
            yield target


def lost_quotes(page: str, text: str) -> Iterator[str]:
    """What ``text`` has in backticks and is not there."""
    for quoted in QUOTED.findall(text):
        if looks_like_a_path(quoted):
            found = is_there(quoted, page)
        elif re.fullmatch(r"ntue(\.\w+)+", quoted):
            found = quoted in models()
        elif re.fullmatch(r"test_[a-z_*]+", quoted):
            found = any(fnmatch(name, quoted) for name in known_tests())
        else:
            looked_up = page.startswith(LEADING) and NAME.fullmatch(quoted)
            found = not looked_up or quoted.removesuffix("()") in words()
        if not found:
            yield quoted


def lost_on(page: str, text: str) -> list[str]:
    prose = FENCE.sub("", text)
    return [*lost_links(page, prose), *lost_quotes(page, prose)]


PAGES = sorted(path for path in paths() if path.endswith(".md") and path != "CHANGELOG.md")


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    assert lost_on(page, (ROOT / page).read_text(encoding="utf-8")) == []


def test_every_page_that_code_names_is_there() -> None:
    named = {
        f"{path}: {name}"
        for path, text in sources().items()
        if not path.startswith("tests/tools/")
        for name in MENTION.findall(text)
        if not is_there(name, path)
    }
    assert named == set()


def test_every_page_of_docs_is_reached_from_the_readme() -> None:
    seen: set[str] = set()
    open_ones = ["README.md"]
    while open_ones:
        page = open_ones.pop()
        seen.add(page)
        text = (ROOT / page).read_text(encoding="utf-8")
        targets = (target.partition("#")[0] for target in LINK.findall(text))
        found = ((ROOT / page).parent / target for target in targets if target.endswith(".md"))
        inside = (str(path.resolve().relative_to(ROOT)) for path in found if path.exists())
        open_ones += [target for target in inside if target not in seen]
    assert [page for page in PAGES if page.startswith("docs/") and page not in seen] == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("see `addons/ntue_curriculum/no_such.py`", "addons/ntue_curriculum/no_such.py"),
        ("see `no_such_file.xml`", "no_such_file.xml"),
        ("in `addons/ntue_elsewhere/`", "addons/ntue_elsewhere/"),
        ("[guide](no-such-page.md)", "no-such-page.md"),
        ("[heading](architecture.md#no-such-heading)", "architecture.md#no-such-heading"),
        ("the model `ntue.nothing`", "ntue.nothing"),
        ("held by `test_that_is_nowhere`", "test_that_is_nowhere"),
        ("asks `_guard_of_nothing`", "_guard_of_nothing"),
    ],
)
def test_what_is_not_there_is_named(text: str, lost: str) -> None:
    assert lost_on("docs/architecture.md", text) == [lost]


@pytest.mark.parametrize(
    "text",
    [
        "`workflow.py` and `addons/ntue_graduation/workflow.py`",
        "`application_*.py` and `security/`",
        "`/my/progress`, `make test ONLY=engine`, `.cache/log/test/times.txt`",
        "[map](#code-map), [requirements](requirements.md), [elsewhere](https://example.com/a.md)",
        "`ntue.student`, `test_drafts`, `TRANSITIONS` and `sudo()`",
    ],
)
def test_what_is_there_is_not(text: str) -> None:
    assert lost_on("docs/architecture.md", text) == []
