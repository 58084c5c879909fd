"""Students of a double major: how long the two programs take together, and whether it is exact.

Drawn by tests/engine/double_majors.py: two frameworks of 128 credits, with a rule on how much may
count in both. Timed is the public call, ``Case(main, enrolments).beside(other, sharing)``, in
seconds of processor of this process: the median of its runs for each instance. That no more is
shared than may be, and that what a plan is hidden for is met, is checked in the run.
"""

import sys
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "addons" / "ntue_curriculum"), str(ROOT / "tests" / "engine")]

from degree_audit import Case, prepare  # noqa: E402
from double_majors import SITUATIONS, draw  # noqa: E402
from rows import head, row  # noqa: E402

EACH = 50
"""Instances of a situation."""

RUNS = 3
BAR = 0.1
"""Seconds that 99 of 100 instances take at most."""


def measured(situation, seed):
    """Seconds of one instance, and whether it is proven best; checked."""
    instance = draw(situation, seed)
    main, other = prepare(instance.main), prepare(instance.other)
    times = []
    for _ in range(RUNS):
        started = process_time()
        one = Case(main, instance.enrolments).beside(other, instance.sharing)
        times.append(process_time() - started)
    assert one.shared <= instance.sharing.max_shared
    if situation in ("ample", "tight"):
        assert one.main.met
        assert one.met
    return median(times), one.proven


def rows_of(what, found):
    """The rows of these instances."""
    times = sorted(seconds for seconds, _ in found)
    exact = sum(proven for _, proven in found)
    late = times[min(len(times) - 1, len(times) * 99 // 100)]
    row(f"double major, {what}: {len(found)} instances, exact", f"{exact}", f"= {len(found)}")
    row("  median", f"{median(times) * 1000:.0f} ms")
    row(
        "  99 of 100 take at most",
        f"{late * 1000:.0f} ms",
        f"< {BAR * 1000:.0f} ms",
        f"{late / BAR:.2f}",
    )


if __name__ == "__main__":
    head()
    everything = []
    for situation in SITUATIONS:
        found = [measured(situation, seed) for seed in range(EACH)]
        rows_of(situation, found)
        everything += found
    rows_of("2 × 128 credits, all", everything)
