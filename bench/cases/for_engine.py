"""An instance as the engine's values, and the engine's result as a placement of the instance."""

from decimal import Decimal

from degree_audit import Area, AuditResult, Enrolment, Framework, Line, State
from families import Instance

GRADUATION = Decimal(128)


def code_of(area: int) -> str:
    """The code of an area by its number."""
    return f"A{area:02}"


def framework_of(instance: Instance) -> Framework:
    """The instance's areas and courses, in their order."""
    areas = tuple(
        Area(
            code_of(number),
            code_of(number),
            None if area.parent < 0 else code_of(area.parent),
            min_credits=Decimal(area.asks),
            min_courses=area.courses,
            max_credits=None if area.cap < 0 else Decimal(area.cap),
        )
        for number, area in enumerate(instance.areas)
    )
    rows = [
        (f"C{number:03}", course.credits, area, shareable)
        for number, course in enumerate(instance.courses)
        for area, shareable in course.lines
    ]
    lines = tuple(
        Line(key, code, code, Decimal(size), code_of(area), shareable=shareable)
        for key, (code, size, area, shareable) in enumerate(rows, 1)
    )
    return Framework(instance.name, "D", GRADUATION, areas, lines)


def taken_in(instance: Instance) -> tuple[Enrolment, ...]:
    """A passed enrolment in each course that is taken; its key is the course's number."""
    return tuple(
        Enrolment(
            number,
            1131,
            f"C{number:03}",
            f"C{number:03}",
            Decimal(instance.courses[number].credits),
            State.PASSED,
            Decimal(80),
            department="D",
        )
        for number in instance.taken
    )


def placement_of(result: AuditResult) -> dict[int, tuple[int, ...]]:
    """The areas in which each course counts, by their numbers."""
    numbers = {area.code: number for number, area in enumerate(result.areas)}
    return {
        row.key: tuple(sorted(numbers[code] for code in row.areas)) for row in result.enrolments
    }
