"""What a page says is typed is typed by tests/compose, and every block says how it is run."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "operations"
FENCE = re.compile(r"(?m)^ *```")
BLOCK = re.compile(
    r"(?ms)^[ ]*<!-- (run|run by|not run): ([^\n]+?) -->\n\n?^([ ]*)```(?:sh)?\n(.*?)^\3```$"
)


def blocks() -> list[tuple[str, str, str, str]]:
    """Page, how it is run, by what or why not, and the text."""
    return [
        (page.name, kind, what, text)
        for page in sorted(PAGES.glob("*.md"))
        for kind, what, _indent, text in BLOCK.findall(page.read_text(encoding="utf-8"))
    ]


BLOCKS = blocks()


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_every_block_of_commands_says_what_runs_it_or_why_nothing_does(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(FENCE.findall(text)) == 2 * len(BLOCK.findall(text))


def test_what_is_said_to_be_run_is_run_by_the_test_of_the_stack() -> None:
    code = "".join(file.read_text() for file in (ROOT / "tests" / "compose").glob("*.py"))
    run = re.findall(r'follow\("([\w-]+\.md)", "([\w-]+)"', code)
    loop = r'(?s)for step in \(([^)]*)\):.*?desk\.follow\("([\w-]+\.md)", step\)'
    tables = re.findall(loop, code)
    run += [(page, step) for steps, page in tables for step in re.findall(r'"([\w-]+)"', steps)]
    assert run
    assert {(page, what) for page, kind, what, _text in BLOCKS if kind == "run"} == set(run)


def test_every_command_is_one_that_a_shell_can_read() -> None:
    for page, kind, what, text in BLOCKS:
        if kind != "not run":
            read = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True)
            assert not read.stderr, (page, what)
