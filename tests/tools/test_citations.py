"""Every number that code, tests or pages cite is a sentence of docs/requirements.md or readings.md.

Cited are A, D, F and I with their number (``D17``) in comments, docstrings and pages; plain
numbers of the notice in brackets (``138`` beside others, or alone); and what the name of a test
begins with, plain numbers in tests/policy only. Anything else in brackets that looks like
a number of the notice is written so that it does not: "HTTP 429".
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/requirements.md", "docs/readings.md")
FOLDERS = ("addons", "bench", "data", "docs", "tests", "tools")
LISTED = re.compile(r"^- \*\*([ADFI]?)(\d+)\*\* \S", re.MULTILINE)
CODE = re.compile(r"(?<![\w.#/-])([ADFI]\d{1,3})(?![\w-])")
BRACKETS = re.compile(r"\(([^()\n]{1,80})\)")
ITEM = r"(?:[ADFI]?\d{1,3})(?:–[ADFI]?\d{1,3})?"
GROUP = re.compile(rf"(?:notice )?{ITEM}(?:(?:, | and ){ITEM})*")
TEST = re.compile(r"def test_((?:(?:\d{3}|[ADFI]\d+)_)+)")
EXAMPLE = re.compile(r"^ *>>>.*?(?:\n *\n|\Z)", re.DOTALL | re.MULTILINE)
COMMENTS = {
    ".xml": re.compile(r"<!--(.*?)-->", re.DOTALL),
    ".js": re.compile(r"/\*(.*?)\*/|//([^\n]*)", re.DOTALL),
    ".scss": re.compile(r"/\*(.*?)\*/|//([^\n]*)", re.DOTALL),
}


def numbers_of(page: str) -> list[str]:
    """The numbers that ``page`` has a sentence for, in its order."""
    return ["".join(found) for found in LISTED.findall(page)]


def explained() -> set[str]:
    """Every number that a page of the repository explains."""
    texts = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    return {number for text in texts for number in numbers_of(text)}


def words_of_python(source: str) -> Iterator[str]:
    """Comments, docstrings and the strings below a name that explain it."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield re.sub(r"noqa:[ A-Z0-9,]*", "", token.string)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield EXAMPLE.sub("", str(node.value.value))


def words_of(name: str, text: str) -> str:
    """What a person reads in a file called ``name``: of code its comments, of a page all."""
    ending = Path(name).suffix
    if ending == ".py":
        return "\n".join(words_of_python(text))
    if ending in COMMENTS:
        return "\n".join("".join(found) for found in COMMENTS[ending].findall(text))
    return text


def cited_in(name: str, text: str) -> set[str]:
    """The numbers that a file called ``name`` with ``text`` cites."""
    words = words_of(name, text)
    found = set(CODE.findall(words))
    for group in BRACKETS.findall(words):
        if GROUP.fullmatch(group.strip()):
            found.update(re.findall(r"[ADFI]?\d+", group))
    for numbers in TEST.findall(text):
        own = numbers.strip("_").split("_")
        # Elsewhere a test may begin with a number of things.
        found.update(own if "policy" in Path(name).parts else filter(CODE.match, own))
    return {re.sub(r"^([ADFI]?)0+(?=\d)", r"\1", number) for number in found}


def unexplained(name: str, text: str, known: set[str]) -> list[str]:
    return sorted(f"{name}: {number}" for number in cited_in(name, text) - known)


def files() -> Iterator[Path]:
    """Everything with words in it that belongs to the repository, but the changelog's past."""
    endings = {".py", ".md", *COMMENTS}
    yield from (ROOT / name for name in sorted(ROOT.glob("*.md")) if name.name != "CHANGELOG.md")
    for folder in FOLDERS:
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in endings)


@cache
def citations() -> dict[str, set[str]]:
    """What every file cites, by its path."""
    return {
        str(path.relative_to(ROOT)): cited_in(
            str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        )
        for path in files()
    }


def test_the_requirements_are_numbered_without_a_gap_and_each_once() -> None:
    page = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    series = (("", 194), ("I", 20), ("D", 50))
    expected = [f"{letter}{n}" for letter, last in series for n in range(1, last + 1)]
    assert numbers_of(page) == expected


def test_the_readings_rise_and_none_stands_twice() -> None:
    found = numbers_of((ROOT / PAGES[1]).read_text(encoding="utf-8"))
    assert found == sorted(set(found), key=lambda number: (number[0], int(number[1:])))
    assert {number[0] for number in found} == {"A", "F"}


def test_every_number_that_is_cited_has_its_sentence() -> None:
    known = explained()
    lost = {name: sorted(cited - known) for name, cited in citations().items() if cited - known}
    assert lost == {}, f"cited, and explained neither in {PAGES[0]} nor in {PAGES[1]}"


def test_numbers_are_cited_at_all() -> None:
    in_code = (cited for name, cited in citations().items() if name.endswith(".py"))
    assert {"138", "D17", "I9", "A8", "F3"} <= set().union(*in_code)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '"""Limits (138, {}51)."""'),
        ("a.py", "LIMIT = 3  # as {}51 has it"),
        ("a.py", 'LIMIT = 3\n"""In credits ({}51)."""'),
        ("a.py", "def test_{}51_a_limit_holds():\n    pass"),
        ("tests/policy/test_a.py", "def test_138_{}51_a_limit_holds():\n    pass"),
        ("a.xml", "<odoo><!-- seen by nobody\n  else ({}51) --></odoo>"),
        ("a.scss", "// a word beside it ({}51)"),
        ("a.js", "/** saved and seen ({}51) */"),
        ("a.md", "How much may count ({}17–{}51)."),
    ],
)
def test_a_letter_with_a_number_that_no_page_has_is_named(name: str, text: str) -> None:
    found = unexplained(name, text.replace("{}", "D"), explained())
    assert found == [f"{name}: D51"]


def test_a_number_that_the_name_of_a_policy_test_begins_with_is_looked_up() -> None:
    text = "def test_195_a_limit_holds():\n    pass"
    assert cited_in("tests/policy/test_a.py", text) == {"195"}
    assert cited_in("tests/e2e/test_a.py", text) == set()


@pytest.mark.parametrize("text", ["(19{0})", "(138, 19{0})", "(86–19{0})", "(D17, 19{0})"])
def test_a_number_of_the_notice_that_it_does_not_have_is_named(text: str) -> None:
    found = unexplained("a.py", f'"""Words {text.format(5)}."""', explained())
    assert found == ["a.py: 195"]


def test_code_and_other_people_s_rules_cite_nothing() -> None:
    text = 'print(f(999), "D51", x[I51])  # noqa: F821\n"""Sizes.\n\n>>> two()\n(5, 999)\n"""\n'
    assert cited_in("a.py", text) == set()
