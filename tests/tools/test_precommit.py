"""What is checked before a commit: what it touched, in seconds."""

from pathlib import Path

import pytest

from dev import precommit
from dev.checkout import Checkout

HERE = Checkout(Path(__file__).resolve().parents[2], Path("nowhere"), {})


def of_tests(*files: str) -> list[str]:
    """Return pytest's words for a commit of `files`; none when no test is asked for."""
    commands = precommit.commands(HERE, files)
    return next((command for command in commands if "pytest" in command), [])


def test_a_page_asks_for_no_test() -> None:
    assert not of_tests("addons/ntue_curriculum/views/area.xml", "docs/engine.md")


def test_a_rule_of_the_engine_asks_for_few_cases_of_all_but_the_large_ones() -> None:
    words = of_tests("addons/ntue_curriculum/degree_audit/outcome/fill.py", "tests/engine/drawn.py")
    assert precommit.EXAMPLES in words
    assert words[-1] == precommit.ENGINE
    ignored = [word.removeprefix("--ignore=") for word in words if word.startswith("--ignore=")]
    assert ignored == list(precommit.LARGE)
    assert all((HERE.root / file).exists() for file in ignored)


@pytest.mark.parametrize(
    "file",
    [
        "addons/ntue_curriculum/degree_audit/placement/kept_solver.py",
        "addons/ntue_curriculum/degree_audit/framework/prepared.py",
        "tests/engine/test_kept_solver.py",
    ],
)
def test_where_placing_or_its_tests_changed_the_large_ones_run_too(file: str) -> None:
    assert (HERE.root / file).exists()
    assert not any(word.startswith("--ignore=") for word in of_tests(file))
