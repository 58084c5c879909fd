"""The kept instances: `python bench/cases/kept.py` writes them anew, `read` reads them.

One file for each family, a line of JSON for each instance, compressed. `best` is the value of the
best placement (evaluate.py), where it was proven.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from families import FAMILIES, SITUATIONS, Area, Course, Instance, draw

FOLDER = Path(__file__).parent / "kept"
EACH = 50
"""Instances of a family in a situation."""


class Kept(NamedTuple):
    """An instance; ``best``: the value of its best placement, None where nobody has proven one."""

    instance: Instance
    best: list | None


def read(family: str) -> Iterator[Kept]:
    """The kept instances of one family, in their order."""
    with gzip.open(FOLDER / f"{family}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            areas = tuple(Area(*area) for area in row["areas"])
            courses = tuple(
                Course(size, tuple((area, bool(shareable)) for area, shareable in lines))
                for size, lines in row["courses"]
            )
            yield Kept(Instance(row["name"], areas, courses, tuple(row["taken"])), row["best"])


def written(kept: Kept) -> str:
    """One line of a file."""
    name, areas, courses, taken = kept.instance
    lines = [[size, [[at, int(shared)] for at, shared in lines]] for size, lines in courses]
    row = {"name": name, "areas": areas, "courses": lines, "taken": taken, "best": kept.best}
    return json.dumps(row, separators=(",", ":"))


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
    text = "".join(f"{row}\n" for row in rows)
    data = gzip.compress(text.encode(), mtime=0)  # the same bytes every time
    (FOLDER / f"{family}.jsonl.gz").write_bytes(data)


if __name__ == "__main__":
    for name in sys.argv[1:] or FAMILIES:
        write(name)
