"""What the waiting room did: those inside were served as on a normal evening, nobody was lost.

``room.py PLAN``: after a first one the stages are normal, three times as many, normal again.
1 where a bar is missed.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from figures import Line, Sample, Stage, read, read_visits, tell_stages
from rows import row

MOST = 1.5
"""The p95 of those inside, by that of a normal evening."""


@dataclass(frozen=True)
class Rush:
    """What was seen: the stages, and what must be none."""

    normal: Stage
    rush: Stage
    after: Stage
    late: int
    """Pages of the waiting room in the second half of the time after the rush."""
    lost: int
    """Visits that did not come to their end, but for those that the end of the run cut off."""

    @property
    def ratio(self):
        """The p95 of those inside, by that of a normal evening."""
        return self.rush.part(0.95) / self.normal.part(0.95)


def seen(plan):
    """Read the files of a run."""
    lines, samples = read(plan["requests"], Line), read(plan["samples"], Sample)
    _warm, *stages = (Stage(plan, n, lines, samples) for n in range(len(plan["stages"])))
    after = stages[-1]
    half = (after.since + after.until) / 2
    late = sum(line.is_outside and line.began > half for line in lines)
    return Rush(*stages, late, sum(bool(visit.fault) for visit in read_visits(plan["visits"])))


def main(path):
    """Print the rows."""
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    found = seen(plan)
    normal, rush = found.normal, found.rush
    print(f"\n{plan['what']}")
    tell_stages([normal, rush, found.after])
    row("pages of the waiting room in the rush", str(rush.outside), ">= 1", str(rush.outside))
    p95 = f"{normal.part(0.95):.0f}, {rush.part(0.95):.0f} ms"
    row("p95 of those inside: normally, and in the rush", p95, f"<= {MOST}", f"{found.ratio:.2f}")
    for name in ("sign-in", "save", "submit"):
        both = (f"{stage.part(0.95, name):.0f}" for stage in (normal, rush))
        row(f"  of it {name}", f"{', '.join(both)} ms")
    row("pages of the waiting room once it is over", str(found.late), "<= 0", str(found.late))
    row("visits that did not come to their end", str(found.lost), "<= 0", str(found.lost))
    return 1 if not rush.outside or found.ratio > MOST or found.late or found.lost else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
