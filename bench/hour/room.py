"""What the waiting room did: those inside were served as on a normal evening, nobody was lost.

``room.py PLAN``: after a first one the stages are normal, three times as many, normal again.
1 where a bar is missed.

A rush is not over with its last moment: who is outside then still wants to come in, and who came to
an evening that would have been normal finds them before the door. So the page is given for some
time after it. That this time ends by itself is what is looked at: how long it lasted, and that
afterwards, for as long as each stage, nobody was outside.
"""

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from figures import Line, Sample, Stage, read, read_visits, tell_stages
from rows import row

MOST = 1.5
"""The p95 of those inside, by that of a normal evening."""

NEARLY = 0.9
"""The part of its quiet seconds that a run must have seen: its last request is before its end."""


@dataclass(frozen=True)
class Rush:
    """What was seen: the stages, and what must be none."""

    normal: Stage
    rush: Stage
    after: Stage
    """From the last page of the waiting room on; the whole, where that was not off long enough."""
    off: float
    """Seconds after the rush until that page was given; 0 where none was."""
    quiet: float
    """Seconds from then until the end."""
    bound: float
    """Seconds after the rush within which it has to be off."""
    lost: int
    """Visits that did not come to their end, but for those that the end of the run cut off."""

    @property
    def ratio(self):
        """The p95 of those inside, by that of a normal evening."""
        return self.rush.part(0.95) / self.normal.part(0.95)

    @property
    def is_off(self):
        """Whether the room was off in time, and stayed so for as long as it had to be shown."""
        return self.off <= self.bound and self.quiet >= self.enough

    @property
    def enough(self):
        """Seconds for which nobody may be outside in the end."""
        return NEARLY * self.after.plan["quiet"]


def seen(plan):
    """Read the files of a run."""
    lines, samples = read(plan["requests"], Line), read(plan["samples"], Sample)
    _warm, normal, rush, after = (Stage(plan, n, lines, samples) for n in range(4))
    given = [line.began for line in lines if line.is_outside and line.began >= after.began]
    last = max(given, default=after.began)
    bound = after.plan["seconds"] - after.plan["quiet"]
    lost = sum(bool(visit.fault) for visit in read_visits(plan["visits"]))
    found = Rush(normal, rush, after, last - after.began, after.until - last, bound, lost)
    if not found.is_off:
        return found
    then = min(line.began for line in lines if line.began > last)
    return replace(found, after=Stage(plan, 3, lines, samples, then))


def main(path):
    """Print the rows."""
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    found = seen(plan)
    normal, rush = found.normal, found.rush
    print(f"\n{plan['what']}")
    tell_stages([normal, rush, found.after])
    usual = str(normal.outside)
    row("pages of the waiting room on a normal evening", usual, "<= 0", usual)
    row("pages of the waiting room in the rush", str(rush.outside), ">= 1", str(rush.outside))
    p95 = f"{normal.part(0.95):.0f}, {rush.part(0.95):.0f} ms"
    row("p95 of those inside: normally, and in the rush", p95, f"<= {MOST}", f"{found.ratio:.2f}")
    for name in ("sign-in", "save", "submit"):
        both = (f"{stage.part(0.95, name):.0f}" for stage in (normal, rush))
        row(f"  of it {name}", f"{', '.join(both)} ms")
    off = f"{found.off:.0f}"
    row("seconds after the rush until its last page", f"{off} s", f"<= {found.bound}", off)
    quiet = f"{found.quiet:.0f}"
    row("  seconds without one from then on", f"{quiet} s", f">= {found.enough:.0f}", quiet)
    row("visits that did not come to their end", str(found.lost), "<= 0", str(found.lost))
    is_right = rush.outside and not normal.outside and found.ratio <= MOST
    return 0 if is_right and found.is_off and not found.lost else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
