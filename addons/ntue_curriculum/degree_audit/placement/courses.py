"""The courses that count and where each may stand: what the allocation works on."""

from __future__ import annotations

from dataclasses import dataclass

from ..framework.prepared import PreparedFramework
from ..framework.spots import CourseLines, Places, Spot, places_of
from ..transcript.attempts import Attempts
from ..transcript.decisions import Ruling, Rulings
from ..values import DecisionKind, Enrolment, Reading, State

Placement = tuple[Spot, ...]
"""The spots where one course counts; none when it is in excess."""


@dataclass(slots=True)
class Course:
    """One counting enrolment with the places open to it.

    ``mapped``: a reviewer chose the place (A3). ``forced``: it counts there whatever the
    caps say. No ``spots``: it is below every grade floor.
    """

    enrolment: Enrolment
    units: int
    places: Places
    mapped: bool = False
    forced: bool = False

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its places, by area, total-only last."""
        return self.places.spots


def course_of(
    prepared: PreparedFramework,
    enrolment: Enrolment,
    subjects: tuple[CourseLines, ...],
    ruling: Ruling | None,
) -> Course:
    """``enrolment`` standing for one of ``subjects``, or where a reviewer put it."""
    spots = tuple([spot for subject in subjects for spot in subject.spots])
    mapped = forced = False
    if ruling is not None and ruling.spot is not None:
        mapped, forced = True, ruling.kind is DecisionKind.FORCED
        spots = (_own_spot(spots, ruling.spot),)
    spots = tuple(spot for spot in spots if spot.admits(enrolment.score))
    if len(subjects) > 1:  # one line an area: one that counts in the total, else the first
        by_worth = sorted(spots, key=lambda spot: not spot.in_total)
        spots = tuple({spot.area: spot for spot in reversed(by_worth)}.values())
    units = prepared.units(enrolment.credits)
    return Course(enrolment, units, places_of(spots), mapped, forced)


def _own_spot(spots: tuple[Spot, ...], chosen: Spot) -> Spot:
    """The reviewer's place, as the course's own line there if it has one."""
    if chosen.line is not None:
        return chosen
    for spot in spots:
        if spot.area == chosen.area:
            return spot._replace(floor=chosen.floor, shareable=False)
    return chosen


def outside_courses(
    prepared: PreparedFramework, attempts: Attempts, rulings: Rulings, reading: Reading
) -> list[Course]:
    """Courses outside the framework that a reviewer placed in an area (D19)."""
    courses = []
    for enrolment in attempts.outside:
        ruling = rulings.placing.get(enrolment.key)
        if reading is Reading.FINAL and enrolment.state is State.IN_PROGRESS:
            continue
        if ruling is not None and ruling.spot is not None:
            courses.append(course_of(prepared, enrolment, (), ruling))
    return courses


def selected_courses(prepared: PreparedFramework, attempts: Attempts) -> list[Course]:
    """Courses that areas select, each where its score is enough (A35)."""
    match = prepared.matching.match
    return [
        Course(
            enrolment,
            prepared.units(enrolment.credits),
            places_of(s for s in match(enrolment).selected if s.admits(enrolment.score)),
        )
        for enrolment in attempts.selected
    ]
