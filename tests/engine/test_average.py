"""The graduation average: weighted by credits, halves rounded up (184)."""

import importlib.util
from decimal import Decimal
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "addons" / "ntue_curriculum" / "average.py"


def load():
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location("ntue_average", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


average = load().weighted_average


@pytest.mark.parametrize(
    ("scores", "decimals", "expected"),
    [
        ([(3, 80), (1, 90)], 2, "82.50"),
        ([(2, 80), (2, 81)], 0, "81"),
        ([(2, 80.25), (2, 80.26)], 2, "80.26"),
        ([(0, 10), (3, 70)], 2, "70.00"),
        ([(2.5, 87.5)], 1, "87.5"),
        ([(3, 0)], 2, "0.00"),
        ([(3, 70), (3, 71), (3, 71)], 2, "70.67"),
    ],
)
def test_184_the_average_is_weighted_by_credits_and_halves_are_rounded_up(
    scores, decimals, expected
):
    assert average(scores, decimals) == Decimal(expected)
    assert str(average(scores, decimals)) == expected


def test_184_without_a_score_that_weighs_there_is_no_average():
    assert average([], 2) is None
    assert average([(0, 90)], 2) is None
