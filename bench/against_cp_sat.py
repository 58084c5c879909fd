"""The audit of large cases against CP-SAT of OR-Tools, level by level.

`python bench/against_cp_sat.py [SEEDS]`: so many seeds of every kind of large case of
tests/engine/stress.py. What the audit calls proven best must be as good on every level as
CP-SAT's best; told is of how many cases that was so, and how many the audit did not prove.
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


def is_proven(framework, taken):
    """Whether the audit proves its placement best; it is that, if it does."""
    result = audit(framework, taken)
    if result.proven:
        found = oracle.value_of(framework, result)
        best = cp_oracle.best(framework, taken, found)
        assert found == best, f"{found} is called best, and CP-SAT has {best}"
    return result.proven


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    answers = [is_proven(*case) for seed in range(seeds) for case in stress.large(seed)]
    print(f"{len(answers)} large cases: {sum(answers)} proven best, each as good as CP-SAT's")
