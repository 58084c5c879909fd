"""What an evening came to: requests a second, response times, where it bends and why.

``figures.py PLAN`` reads what Locust and the sampler of tools/dev/hour.py wrote and prints rows.
Pure: files in, rows out. docs/operations/sizing.md explains the model and has figures of a run.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import fmean, median

sys.path.append(str(Path(__file__).resolve().parents[1]))

from rows import row

ENDS = {"look": "in", "save": "saved", "submit": "submitted"}
"""How far a visit of each kind comes."""

MIX = {"look": 0.80, "save": 0.15, "submit": 0.05}
"""The part of all visits that each kind is in the last hour."""

PEAK = 3
"""Visits in the busiest minutes of the hour, by those of an average one."""

USED = 0.7
"""The part of processors and workers that may be used then: above it response times rise."""

BENDS = 0.6
"""A stage bends where requests a second grow by less than this part of what the students do."""

WORKING, DATABASE, PROXY, CROWD = "workers", "database", "proxy", "crowd"


@dataclass(frozen=True)
class Line:
    """One request: when it began, in which stage, and how it was answered, in milliseconds.

    `processor`: what the server and PostgreSQL worked on it, of who was alone; `kind`: of visit.
    """

    began: float
    stage: int
    name: str
    took: float
    status: int
    is_good: bool
    is_outside: bool
    processor: float = 0.0
    kind: str = ""


@dataclass(frozen=True)
class Visit:
    """One visit: whose, of which kind, how far it came, and what was wrong."""

    began: float
    stage: int
    login: str
    kind: str
    reached: str
    fault: str
    lasted: float

    @property
    def kind_ends(self):
        """How far a visit of this kind comes."""
        return ENDS[self.kind]


@dataclass(frozen=True)
class Sample:
    """Processor seconds that each part has used so far; of the workers: number and bytes each."""

    at: float
    used: dict
    workers: int
    memory: float


def read(path, kind):
    """The lines of a file, each as one `kind`."""
    text = Path(path).read_text(encoding="utf-8")
    return [kind(*json.loads(line)) for line in text.splitlines()]


def read_visits(path):
    """The visits of a file."""
    return read(path, Visit)


def percentile(times, part):
    """The value that `part` of the times do not exceed; 0 of none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, ceil(part * len(ordered)) - 1)] if ordered else 0.0


class Stage:
    """One stage without its first seconds, in which the students come; or from ``since`` on."""

    def __init__(self, plan, number, lines, samples, since=None):
        self.plan = plan["stages"][number]
        self.students = self.plan["students"]
        moments = [line.began for line in lines if line.stage == number]
        self.began = min(moments)
        first = self.began + min(plan["ramp"] * 2, self.plan["seconds"] / 2)
        self.since = first if since is None else since
        self.until = self.began + self.plan["seconds"]
        if "quiet" in self.plan:  # it may have ended before
            self.until = min(self.until, max(moments))
        all_of_it = [line for line in lines if self.since <= line.began < self.until]
        self.lines = [line for line in all_of_it if not line.is_outside]
        self.outside = len(all_of_it) - len(self.lines)
        self.used = _used(samples, self.since, self.until)

    @property
    def seconds(self):
        """How long it lasted."""
        return self.until - self.since

    @property
    def rate(self):
        """Requests a second."""
        return len(self.lines) / self.seconds

    @property
    def visits(self):
        """Sign-ins: each visit has one."""
        return max(1, sum(line.name == "sign-in" for line in self.lines))

    @property
    def faults(self):
        """Requests that were not answered as they have to be."""
        return sum(not line.is_good for line in self.lines)

    def part(self, part, name=""):
        """A percentile of the times, of one page or of all."""
        return percentile([line.took for line in self.lines if name in ("", line.name)], part)

    def processor(self, name):
        """What a page takes of a processor, in milliseconds, where its student was alone."""
        return fmean([line.processor for line in self.lines if line.name == name] or [0.0])


def _used(samples, since, until):
    """Processors that each part used on average between two moments."""
    before = [sample for sample in samples if sample.at <= since] or samples[:1]
    after = [sample for sample in samples if sample.at >= until] or samples[-1:]
    first, last = before[-1], after[0]
    seconds = max(1.0, last.at - first.at)
    return {part: (last.used[part] - first.used[part]) / seconds for part in last.used}


def bends(stages):
    """The number of the first stage that brings hardly more than the one before; 0 for none."""
    for number in range(1, len(stages)):
        one, two = stages[number - 1], stages[number]
        grown, asked = two.rate / one.rate - 1, two.students / one.students - 1
        if grown < BENDS * asked:
            return number
    return 0


def why(stage, cores):
    """What is used up in a stage, in words."""
    whole = sum(stage.used.values())
    parts = ", ".join(f"{part} {used:.2f}" for part, used in stage.used.items())
    if whole >= 0.85 * cores:
        most = max(stage.used, key=stage.used.get)
        return f"{whole:.2f} of {cores} processors are used ({parts}): most by the {most}"
    return f"{whole:.2f} of {cores} processors are used ({parts}): the workers wait"


def tell_stages(stages):
    """A row for each number of students at once."""
    head = ("students", "visits/s", "requests/s", "p50", "p95", "p99 ms", "faults", "outside")
    print("  ".join(f"{word:>10}" for word in (*head, WORKING, DATABASE, PROXY, CROWD)))
    for stage in stages:
        times = (f"{stage.part(part):.0f}" for part in (0.5, 0.95, 0.99))
        cells = (
            *(str(stage.students), f"{stage.visits / stage.seconds:.2f}", f"{stage.rate:.1f}"),
            *(*times, str(stage.faults), str(stage.outside)),
            *(f"{stage.used[part]:.2f}" for part in (WORKING, DATABASE, PROXY, CROWD)),
        )
        print("  ".join(f"{cell:>10}" for cell in cells))


def tell_pages(stages, chosen):
    """A row for each page: alone, and with the students of the stages `chosen`."""
    names = list(dict.fromkeys(line.name for stage in stages for line in stage.lines))
    said = (f"p50/p95/p99 ms, {stage.students} students" for stage in chosen)
    head = f"{'page':<26}{'times':>7}{'processor':>11}{'alone':>8}"
    print(f"{head}  {'  '.join(f'{word:>32}' for word in said)}")
    for name in names:
        times = sum(line.name == name for stage in stages for line in stage.lines)
        alone = f"{stages[0].part(0.5, name):.0f}"
        cells = (
            "/".join(f"{stage.part(part, name):.0f}" for part in (0.5, 0.95, 0.99))
            for stage in chosen
        )
        first = f"{name:<26}{times:>7}{stages[0].processor(name):>11.0f}{alone:>8}"
        print(f"{first}  {'  '.join(f'{cell:>32}' for cell in cells)}")


def needed(students, visit, memory):
    """Cores of web servers and of the primary, workers and gigabytes, of so many in an hour."""
    rate = students / 3600 * PEAK
    return {
        "visits": rate,
        "web": ceil(rate * (visit[WORKING] + visit[PROXY]) / USED),
        "primary": ceil(rate * visit[DATABASE] / USED),
        "workers": ceil(rate * visit["busy"] / USED),
        "memory": ceil(rate * visit["busy"] / USED) * memory / 2**30,
    }


def a_visit(alone, lines):
    """What one visit of the hour's mix takes: requests, processor seconds by part, and in all.

    The pages of a kind of visit are those that were asked for by it; what each takes is what it
    took of who was alone. A worker is busy with a page as long as it and PostgreSQL work on it.
    """
    found = {"requests": 0.0, "busy": 0.0}
    asked = Counter((line.kind, line.name) for line in lines if not line.is_outside)
    for (kind, name), number in asked.items():
        times = MIX.get(kind, 0.0) * number / max(1, asked[kind, "sign-in"])
        found["requests"] += times
        found["busy"] += times * alone.processor(name) / 1000
    whole = sum(alone.used[part] for part in (WORKING, DATABASE)) or 1.0
    parts = {part: found["busy"] * alone.used[part] / whole for part in (WORKING, DATABASE, PROXY)}
    return {**found, **parts}


def tell_model(visit, memory):
    """The rows of the model: what a visit takes, and what that is for many."""
    used = visit[WORKING] + visit[DATABASE] + visit[PROXY]
    row("a visit: requests", f"{visit['requests']:.1f}")
    row("  a worker is busy for", f"{visit['busy']:.2f} s")
    row("  processor: workers", f"{visit[WORKING]:.2f} s")
    row("  processor: PostgreSQL", f"{visit[DATABASE]:.2f} s")
    row("  processor: proxy", f"{visit[PROXY]:.2f} s")
    row("  so that a core bears", f"{visit['requests'] / used:.1f} requests/s")
    row("memory of a worker", f"{memory / 2**20:.0f} MB")
    for students in (10_000, 100_000):
        found = needed(students, visit, memory)
        row(
            f"{students:,} students in the last hour: visits/s at its peak",
            f"{found['visits']:.1f}",
        )
        row("  cores of web servers", f"{found['web']}")
        row("  cores of the primary, alone", f"{found['primary']}")
        row("  workers, and their memory", f"{found['workers']}, {found['memory']:.0f} GB")


def main(path):
    """Print all rows of the plan's run."""
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    lines, samples = read(plan["requests"], Line), read(plan["samples"], Sample)
    there = sorted({line.stage for line in lines})
    _warm, alone, *stages = (Stage(plan, number, lines, samples) for number in there)
    print(f"\n{plan['what']}")
    tell_stages(stages)
    bend = bends(stages)
    good = stages[bend - 1] if bend else stages[-1]
    cores = plan["cores"]
    if bend:
        print(f"It bends between {good.students} and {stages[bend].students} students at once:")
        print(f"  {why(stages[bend], cores)}.")
    else:
        print(f"It does not bend up to {good.students} students at once: {why(good, cores)}.")
    print()
    tell_pages([alone, *stages], list({id(one): one for one in (good, stages[-1])}.values()))
    for words, number in faults(lines, read_visits(plan["visits"])).items():
        print(f"  {number} × {words}")
    print()
    memory = median(sample.memory for sample in samples[len(samples) // 2 :])
    tell_model(a_visit(alone, lines), memory)


def faults(lines, visits):
    """What was wrong, and how often."""
    found = defaultdict(int)
    for visit in visits:
        if visit.fault:
            found[visit.fault] += 1
    unsaid = sum(not line.is_good and not line.is_outside for line in lines) - sum(found.values())
    if unsaid > 0:
        found["a page that was answered otherwise"] = unsaid
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
