"""What a framework asks of one kind of students: areas that are there for others are not (A43)."""

from __future__ import annotations

from dataclasses import replace

from ..values import Area, Framework
from .names import normalised


def is_conditioned(framework: Framework) -> bool:
    """Whether any area is there for some kinds of students only."""
    return any(area.student_kinds for area in framework.areas)


def kinds_named(framework: Framework) -> tuple[str, ...]:
    """The kinds of students that areas name, each once, and that of all others first."""
    named = {normalised(kind): kind for area in framework.areas for kind in area.student_kinds}
    return ("", *named.values())


def asked_of(framework: Framework, kind: str) -> Framework:
    """``framework`` without the areas that are not there for this kind, and what is in them."""
    areas = {area.code: area for area in framework.areas}
    own = normalised(kind)
    kept = [area for area in framework.areas if _is_asked(area, areas, own)]
    codes = {area.code for area in kept}
    return replace(
        framework,
        areas=tuple(replace(area, student_kinds=()) for area in kept),
        lines=tuple(line for line in framework.lines if line.area is None or line.area in codes),
    )


def _is_asked(area: Area, areas: dict[str, Area], kind: str) -> bool:
    """Whether an area, and every area that it is in, is there for this kind of students."""
    above: Area | None = area
    while above is not None:
        if above.student_kinds and kind not in map(normalised, above.student_kinds):
            return False
        above = areas.get(above.parent) if above.parent is not None else None
    return True
