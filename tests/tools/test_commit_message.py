"""A commit's subject is short, and its reason is below it."""

from pathlib import Path

import pytest

from dev import commit_message
from dev.errors import CommandError


@pytest.mark.parametrize(
    "message",
    [
        "x" * 72,
        "Assistants see the papers that wait\n\nThey asked for it twice.\n",
        f"fixup! {'x' * 72}",
        "Assistants see the papers\n# Please enter the commit message\n",
    ],
)
def test_a_short_subject_with_its_reason_below_is_taken(message: str) -> None:
    assert commit_message.faults(message) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("x" * 73, "73 characters"),
        ("", "empty"),
        ("# only a comment\n", "empty"),
        ("Assistants see the papers.", "full stop"),
        ("Assistants see\nthe papers", "second line"),
    ],
)
def test_what_is_wrong_with_a_message_is_named(message: str, fault: str) -> None:
    (found,) = commit_message.faults(message)
    assert fault in found


def test_a_message_that_is_wrong_stops_the_commit(tmp_path: Path) -> None:
    file = tmp_path / "COMMIT_EDITMSG"
    file.write_text("x" * 73)
    with pytest.raises(CommandError, match="72 at most"):
        commit_message.check(file)
