"""The importer's readers fed with files drawn at random: no traceback, a time and a memory each.

A traceback is printed with the file that led to it.
"""

import os
import sys
from pathlib import Path
from time import perf_counter

from rows_kept import Rows

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "engine"))

from drawn_files import files, read
from hypothesis import HealthCheck, Phase, given, seed, settings

SECONDS, MEGABYTES = 5, 300
"""Bars of one file."""

AT_ONCE = 1_000
"""Files of one run of hypothesis, which gets slower the more it remembers."""


STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
FORGET_THE_PEAK = "5"


def memory(name):
    """A figure of this process in MB: ``VmRSS`` now, ``VmHWM`` the most since it was cleared."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def main(number):
    """Read so many files, drawn from the seed ``READERS_SEED`` on, which is zero if not given."""
    rows, began = Rows(), perf_counter()
    longest, largest, looked_at, findings = 0.0, 0.0, 0, 0

    def feed(file):
        nonlocal longest, largest, looked_at, findings
        CLEAR.write_text(FORGET_THE_PEAK, encoding="ascii")
        before, started = memory("VmRSS"), perf_counter()
        findings += len(read(*file))
        longest = max(longest, perf_counter() - started)
        largest = max(largest, memory("VmHWM") - before)
        looked_at += 1

    how = settings(
        max_examples=AT_ONCE,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    first = int(os.environ.get("READERS_SEED", "0"))
    while looked_at < number:
        how(seed(first)(given(files)(feed)))()
        first += 1
    rows.say("files drawn at random", f"{looked_at:,} in {perf_counter() - began:.0f} s")
    rows.say("  findings; none of them a traceback", f"{findings:,}")
    rows.at_most("  the longest file", round(longest, 2), SECONDS, "s", f"{longest / SECONDS:.2f}")
    rows.at_most("  the largest", round(largest), MEGABYTES, "MB", f"{largest / MEGABYTES:.2f}")
    rows.end()


if __name__ == "__main__":
    main(int(sys.argv[1]))
