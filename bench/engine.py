"""How fast the engine is: hard instances beside max-flow and first-fit, and the usual case.

Timed is the public call for one student, ``audit(prepared, enrolments)``: matching,
allocation, the figures of every area and of the whole. Not in it: ``prepare``, which all
students of a framework share (the contenders have their tables made too), and what the
result works out when it is asked for, the explanation of every enrolment, which has a row
of its own. The contenders build their graphs from the same enrolments inside the timing.
They say whether all areas can be met and nothing else, so a second ratio is of the engine's
placing alone: matching and allocation, without the figures.
All are one thread of one process and are timed in its own seconds of processor, so that
what else the machine does changes little.

Every instance can be satisfied, hardly (tests/engine/random_cases.py, ``hard``): 50 courses
of 2 or 3 credits, 8 areas, some of the courses in two or three of them, minimums at 80, 90
and 100 % of a hidden placement. All contenders run in turn on one instance, several times;
an instance's time is the median of its runs. That the engine satisfies each, and splits no
course, is checked in the run.
"""

import random
import sys
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "addons" / "ntue_curriculum"), str(ROOT / "tests" / "engine")]

from contenders import FirstFit, OrTools, SciPy  # noqa: E402
from degree_audit import (  # noqa: E402
    Area,
    Enrolment,
    Framework,
    Line,
    Offering,
    Reading,
    Reason,
    Selector,
    State,
    audit,
    prepare,
)
from degree_audit.placement.placing import placing_of  # noqa: E402
from degree_audit.transcript.decisions import NONE  # noqa: E402
from random_cases import hard  # noqa: E402
from rows import head, row  # noqa: E402

OVERLAPS = (0.3, 0.6)
SHARES = (0.8, 0.9, 1.0)
SEEDS = range(1000, 1030)
RUNS = 9
EASY_RUNS = 300
GOALS = {0.3: 1.0, 0.6: 0.3}
DISJOINT_BAR = 10_000
OFFERINGS, STUDENTS, SELECTED_BAR = 3000, 100, 1000


def seconds(calls, runs=RUNS):
    """Median seconds of each call, all of them in turn."""
    times = [[] for _ in calls]
    for _ in range(runs):
        for call, column in zip(calls, times, strict=True):
            started = process_time()
            call()
            column.append(process_time() - started)
    return [median(column) for column in times]


def check(result):
    """Every area is met, and every course counts once and whole."""
    assert all(area.met for area in result.areas)
    assert all(found.reason is Reason.COUNTS for found in result.enrolments)
    assert all(len(found.areas) == 1 for found in result.enrolments)


def instance(overlap, share, seed):
    """The times of the engine, the flows and first-fit; whether first-fit satisfies it."""
    framework, taken = hard(random.Random(seed), overlap, share)
    prepared, first_fit = prepare(framework), FirstFit(framework)
    flows = [OrTools(framework), SciPy(framework)]
    check(audit(prepared, taken))
    assert all(flow.satisfied(taken) for flow in flows)
    times = seconds(
        [
            lambda: audit(prepared, taken),
            lambda: audit(prepared, taken).enrolments,
            lambda: placing_of(prepared, taken, NONE, Reading.EXPECTED),
            *(lambda flow=flow: flow.satisfied(taken) for flow in (*flows, first_fit)),
        ]
    )
    return times, first_fit.satisfied(taken)


def hard_rows(overlap):
    """The rows of one overlap, over all minimums and seeds."""
    found = {share: [instance(overlap, share, seed) for seed in SEEDS] for share in SHARES}
    every = [one for instances in found.values() for one in instances]
    ours, explained, placing, *others = (
        median(column) for column in zip(*(t for t, _ in every), strict=True)
    )
    slowest = max(times[0] for times, _ in every)
    least = {
        name: min(
            median(times[at] for times, _ in instances) / median(times[0] for times, _ in instances)
            for instances in found.values()
        )
        for name, at in (("OR-Tools", 3), ("SciPy", 4))
    }
    what = f"hard instances, {overlap:.0%} overlap"
    row(f"engine, {what}: {len(every)} solved unsplit", f"{1 / ours:,.0f} audits/s")
    row("  slowest instance", f"{slowest * 1000:.1f} ms", "< 1 s")
    row("  with every enrolment explained", f"{1 / explained:,.0f} audits/s")
    row("  placing alone, without figures", f"{1 / placing:,.0f} placings/s")
    for name, other in zip(least, others, strict=False):
        row(
            f"  against max-flow of {name}, courses split",
            f"{1 / other:,.0f} flows/s",
            f">= {GOALS[overlap]:g}",
            f"{other / ours:.2f}",
        )
        row("    the least ratio at one share of the minimums", "", ">= 0.3", f"{least[name]:.2f}")
        row("    placing alone against it", "", ">= 0.3", f"{other / placing:.2f}")
    satisfied = sum(fits for _, fits in every) / len(every)
    row("  first-fit: instances it satisfies", f"{satisfied:.0%}", "", f"{others[2] / ours:.2f}")


def disjoint_row():
    """40 enrolments in 8 areas without overlap, one student after the other."""
    cases = [hard(random.Random(seed), 0, 0.9, courses=40) for seed in SEEDS]
    ready = [(prepare(framework), taken) for framework, taken in cases]
    for prepared, taken in ready:
        check(audit(prepared, taken))

    def everyone():
        for prepared, taken in ready:
            audit(prepared, taken)

    rate = len(ready) / seconds([everyone], EASY_RUNS)[0]
    row(
        "engine, disjoint framework, 40 enrolments, one process",
        f"{rate:,.0f} audits/s",
        f">= {DISJOINT_BAR:,}",
        f"{rate / DISJOINT_BAR:.2f}",
    )


def general_education_row():
    """60 enrolments, a third of them in general education, which lists no course (A35)."""
    rng = random.Random(1)
    domains = [f"domain {number}" for number in range(8)]
    areas = [
        Area(
            f"G{n}",
            f"G{n}",
            min_credits=Decimal(4),
            selector=Selector(tuple(domains[n - 1 : n + 1])),
        )
        for n in range(1, len(domains))
    ]
    areas += [Area(f"M{n}", f"M{n}", min_credits=Decimal(12)) for n in range(4)]
    lines = tuple(
        Line(key, f"M{key}", f"M{key}", Decimal(3), f"M{key % 4}") for key in range(1, 81)
    )
    prepared = prepare(Framework("F", "D", Decimal(128), tuple(areas), lines))
    offered = [(f"GE{n}", Offering(rng.choice(domains))) for n in range(OFFERINGS)]
    everyone = []
    for _ in range(STUDENTS):
        major = [(f"M{key}", Offering()) for key in rng.sample(range(1, 81), 40)]
        taken = [*major, *rng.sample(offered, 20)]
        everyone.append(
            [
                Enrolment(key, 1131, code, code, Decimal(3), State.PASSED, offering=offering)
                for key, (code, offering) in enumerate(taken)
            ]
        )

    def audits():
        for enrolments in everyone:
            audit(prepared, enrolments)

    rate = len(everyone) / seconds([audits])[0]
    row(
        f"engine, general education: {OFFERINGS:,} offerings, 60 enrolments",
        f"{rate:,.0f} audits/s",
        f">= {SELECTED_BAR:,}",
        f"{rate / SELECTED_BAR:.2f}",
    )


if __name__ == "__main__":
    head()
    disjoint_row()
    general_education_row()
    for overlap in OVERLAPS:
        hard_rows(overlap)
