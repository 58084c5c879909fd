"""Two people change at once what one framework asks: neither is lost, and nobody gets a riddle."""

import pytest

from .shell import run

ONLY_PUBLISHED = "Only a published framework is revised."


@pytest.mark.parametrize(
    ("beside", "said", "asked"),
    [
        ("block", "", {"U": 2, "X": 5, "Y": 7}),
        ("draft", "", {"U": 3, "X": 5, "Y": 2}),
        ("revise", ONLY_PUBLISHED, {"U": 2, "X": 5, "Y": 2}),
    ],
)
def test_while_a_shared_block_is_published_what_has_it_changes_after_it(
    school, beside, said, asked
):
    told = run(school, "two_blocks", CODE=f"TWO-{beside.upper()}", BESIDE=beside)
    assert told["waited"], "the second one waits for the first"
    assert told["second"] == said
    assert told["published"] == asked
    assert told["draft"] == {}
