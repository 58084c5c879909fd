"""Every contender on the kept instances: how often it finds the best, proves it, and how long.

`make bench ROWS=cases`, or `python bench/cases/compare.py [INSTANCES OF A FAMILY]`.
"""

import sys
from pathlib import Path
from statistics import median
from time import process_time

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from contenders_of_cases import CONTENDERS  # noqa: E402
from families import FAMILIES  # noqa: E402
from kept import read  # noqa: E402
from rows import head, row  # noqa: E402

SOME = 40
"""Instances of a family that are compared when no number is given, one in five."""


def compare(family, number):
    """The rows of one family."""
    everything = list(read(family))
    chosen = everything[:: max(1, len(everything) // number)][:number]
    row(f"{family}: {len(chosen)} of {len(everything)} kept instances", "")
    for contender in CONTENDERS:
        times, best, met, proven = [], 0, 0, 0
        for instance, value in chosen:
            started = process_time()
            found = contender.value(instance)
            times.append(process_time() - started)
            assert found.value is not None, "the placement is legal"
            assert not (value and found.value > value), "nothing is better than the best"
            best += found.value == value
            met += value is not None and found.value[0] == value[0]
            proven += found.proven
        times.sort()
        slow = times[int(len(times) * 0.99)]
        row(f"  {contender.name}: as many areas met as can be", f"{met / len(chosen):.0%}")
        row(
            "    the best placement; proven",
            f"{best / len(chosen):.0%}; {proven / len(chosen):.0%}",
        )
        row("    median; 99 %", f"{median(times) * 1000:.1f} ms; {slow * 1000:.0f} ms")


if __name__ == "__main__":
    head()
    for name in FAMILIES:
        compare(name, int(sys.argv[1]) if len(sys.argv) > 1 else SOME)
