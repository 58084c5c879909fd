"""Further programs on the progress page, each beside those before it (A45)."""

from typing import NamedTuple

from ..further_programs import standing_under, standings
from ..labels import plain_number
from ..lists import labelled
from ..wording.programs import kind_and_title, missing_of_program, sharing_sentences


class ProgrammeArea(NamedTuple):
    """An area of a further program: its name with the credits taken and needed."""

    words: str
    met: bool


class ProgrammeRow(NamedTuple):
    """A further program: ``heading``: what it is and how it is called. ``sharing``: how much
    counts in several, a sentence each.

    ``needed_to_graduate``: nobody who studies it graduates without it.
    """

    heading: str
    met: bool
    proven: bool
    needed_to_graduate: bool
    taken: str
    needed: str
    areas: list[ProgrammeArea]
    sharing: list[str]
    missing: list[str]


def programme_rows(student, case):
    """The further programs of a student, as they stand beside ``case``."""
    return [_row(student.env, one) for one in standings(student, case)]


def programme_row_under(student, curriculum):
    """How a further program would stand for ``student`` if ``curriculum`` were its framework."""
    return _row(student.env, standing_under(student._case(), curriculum))


def _row(env, standing):
    result = standing.stands.further
    names = {area.code: area.name for area in standing.curriculum._outline().areas}
    return ProgrammeRow(
        labelled(env, *kind_and_title(env, standing.curriculum)),
        standing.stands.met,
        standing.stands.proven,
        standing.curriculum.needed_to_graduate,
        plain_number(result.taken),
        plain_number(result.graduation_credits),
        [
            ProgrammeArea(
                labelled(
                    env,
                    f"{area.code} {names[area.code]}",
                    f"{plain_number(area.taken)} / {plain_number(area.min_credits)}",
                ),
                area.met,
            )
            for area in result.areas
        ],
        sharing_sentences(env, standing),
        missing_of_program(env, standing),
    )
