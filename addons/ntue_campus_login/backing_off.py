"""How long somebody waits who failed to sign in: the rule, without a clock or a database.

An account has some tries; then each further one is waited for, twice as long as the one before
and never longer than a bound, so that its owner gets in again by waiting. A network has a budget
of failures that fills up again by itself; anyone who comes from one that has used it up is not
locked out, because behind one address sits a whole campus.
"""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Rule:
    """What an account has; times in seconds."""

    tries: int = 5
    """Failures in a row before the first wait (the baseline for Taiwan's agencies: five)."""
    first_wait: float = 900
    """After the last of them (the baseline: at least fifteen minutes)."""
    longest_wait: float = 3600
    forgotten_after: float = 86400
    """Without a failure for so long, all are forgotten."""


@dataclass(frozen=True)
class Budget:
    """What a network has."""

    failures: float = 100
    """A campus signs in behind one address: one in ten mistypes, some hundreds in a minute."""
    back_per_minute: float = 20


def wait(failures: int, since_last: float, rule: Rule) -> int:
    """Whole seconds until another try, ``since_last`` seconds after the latest failure."""
    if failures < rule.tries or since_last > rule.forgotten_after:
        return 0
    doubled = 2.0 ** min(failures - rule.tries, 32)
    whole = min(rule.longest_wait, rule.first_wait * doubled)
    return max(0, ceil(whole - since_last))


def one_more(failures: int, since_last: float, rule: Rule) -> int:
    """How many failures count after another one."""
    return 1 if since_last > rule.forgotten_after else failures + 1


def used(failures: float, since_last: float, budget: Budget) -> float:
    """How much of its budget a network has used now, having used ``failures`` by the latest."""
    return max(0.0, failures - since_last / 60 * budget.back_per_minute)
