"""How long somebody waits who failed to sign in."""

import backing_off
import pytest
from backing_off import Budget, Rule

MINUTE, DAY = 60, 86400


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 60), (5000, 60)]
)
def test_after_five_tries_one_waits_and_ever_longer_up_to_an_hour(failures, minutes):
    assert backing_off.wait(failures, 0, Rule()) == minutes * MINUTE


@pytest.mark.parametrize(("since", "left"), [(1, 899), (899.5, 1), (900, 0), (901, 0)])
def test_the_wait_passes(since, left):
    assert backing_off.wait(5, since, Rule()) == left


def test_a_day_without_a_failure_forgets_them_all():
    assert backing_off.wait(50, DAY + 1, Rule()) == 0
    assert backing_off.one_more(50, DAY + 1, Rule()) == 1
    assert backing_off.one_more(4, DAY - 1, Rule()) == 5


def tries_within(seconds, rule):
    """The most tries that somebody gets in ``seconds`` who never stops and never hits."""
    made, now = rule.tries, 0.0
    while (now := now + backing_off.wait(made, 0, rule)) <= seconds:
        made += 1
    return made


def test_somebody_who_never_stops_gets_some_thirty_tries_a_day_at_one_account():
    assert tries_within(0, Rule()) == 5
    assert tries_within(15 * MINUTE, Rule()) == 6
    assert 25 < tries_within(DAY, Rule()) < 32


def test_a_network_gets_its_budget_back_and_no_more_than_that():
    budget = Budget(failures=100, back_per_minute=20)
    assert backing_off.used(100, 0, budget) == 100
    assert backing_off.used(100, MINUTE, budget) == 80
    assert backing_off.used(100, DAY, budget) == 0
