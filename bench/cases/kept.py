"""The kept instances: `python bench/cases/kept.py` writes them anew, `read` reads them.

One file for each family, a line for each instance, as README.md says. `best` is the value of the
best placement (evaluate.py), where it was proven.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluate import Value
from families import FAMILIES, SITUATIONS, Area, Course, Instance, draw

FOLDER = Path(__file__).parent / "kept"
EACH = 50
"""Instances of a family in a situation."""


class Kept(NamedTuple):
    """An instance; ``best``: the value of its best placement, None where nobody has proven one."""

    instance: Instance
    best: Value | None


def read(family: str) -> Iterator[Kept]:
    """The kept instances of one family, in their order."""
    for line in (FOLDER / f"{family}.txt").read_text(encoding="utf-8").splitlines():
        yield parsed(line)


def parsed(line: str) -> Kept:
    """What one line says."""
    name, areas, courses, taken, best = line.split("|")
    instance = Instance(
        name,
        tuple(Area(*map(int, area.split())) for area in areas.split(";")),
        tuple(map(_course, courses.split(";"))),
        tuple(range(courses.count(";") + 1)) if taken == "all" else _numbers(taken),
    )
    met, credits_short, courses_short, total, *held = _numbers(best) if best else (0, 0, 0, 0)
    value = met, credits_short, courses_short, total, tuple(held)
    return Kept(instance, value if best else None)


def _course(text: str) -> Course:
    size, lines = text.split(":")
    return Course(
        int(size), tuple((int(one.rstrip("*")), one.endswith("*")) for one in lines.split(","))
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def written(kept: Kept) -> str:
    """One line of a file."""
    name, areas, courses, taken = kept.instance
    lines = [
        f"{size}:" + ",".join(f"{at}{'*' * shareable}" for at, shareable in places)
        for size, places in courses
    ]
    is_all = taken == tuple(range(len(courses)))
    best = (*kept.best[:4], *kept.best[4]) if kept.best else ()
    parts = (
        name,
        ";".join(" ".join(map(str, area)) for area in areas),
        ";".join(lines),
        "all" if is_all else " ".join(map(str, taken)),
        " ".join(map(str, best)),
    )
    return "|".join(parts)


def write(family: str) -> None:
    """Draw and solve the instances of one family, and keep them."""
    from contenders_of_cases import Patient

    rows = []
    for situation in SITUATIONS:
        for seed in range(EACH):
            instance = draw(family, situation, seed)
            found = Patient.value(instance)
            rows.append(written(Kept(instance, found.value if found.proven else None)))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{family}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or FAMILIES:
        write(name)
