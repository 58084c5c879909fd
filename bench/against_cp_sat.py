"""The audit of large cases against CP-SAT of OR-Tools, level by level.

`python bench/against_cp_sat.py [SEEDS [FIRST]]`: so many seeds, from ``FIRST`` on, of every kind of
large case of tests/engine/stress.py. What the audit calls proven best must be as good on every
level as CP-SAT's best; told is of how many that was so, and how many the audit did not prove.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "addons" / "ntue_curriculum"), str(ROOT / "tests" / "engine")]

import cp_oracle  # noqa: E402
import oracle  # noqa: E402
import stress  # noqa: E402
from degree_audit import audit  # noqa: E402

SEEDS = 125
"""A thousand cases."""

SOME = 10
"""Seeds after which it says how many there were."""


def is_proven(framework, taken):
    """Whether the audit proves its placement best; it is that, if it does."""
    result = audit(framework, taken)
    if result.proven:
        found = oracle.value_of(framework, result)
        best = cp_oracle.best(framework, taken, found)
        assert found == best, f"{found} is called best, and CP-SAT has {best}"
    return result.proven


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    seeds, first = given[0] if given else SEEDS, given[1] if len(given) > 1 else 0
    answers = []
    for seed in range(first, first + seeds):
        answers += [is_proven(*case) for case in stress.large(seed)]
        if (seed - first) % SOME == SOME - 1 or seed == first + seeds - 1:
            print(
                f"{len(answers)} large cases: {sum(answers)} proven best, each as good as CP-SAT's",
                flush=True,
            )
