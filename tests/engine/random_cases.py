"""Random frameworks and transcripts, drawn from a ``random.Random``."""

from decimal import Decimal

from degree_audit import Area, Enrolment, Framework, Line, State

SIZES = [Decimal(size) for size in ("0", "1", "2", "2", "2.5", "3", "3", "3", "4")]


def overlapping(rng, *, caps=False, floors=False, shared=False, parents=False, total=False):
    """A framework of 2 to 5 leaves, and 1 to 6 courses of one student in it.

    ``caps``, ``floors``, ``parents``: areas may have them. ``shared``: lines may be
    shareable. ``total``: lines may be in no area, and may not count in the total.
    """
    names = [f"A{number}" for number in range(rng.randint(2, 5))]
    areas = [
        area(rng, name, caps, floors, parent="P" if parents and rng.random() < 0.6 else None)
        for name in names
    ]
    if any(found.parent for found in areas):
        areas.insert(rng.randint(0, len(areas)), area(rng, "P", caps, False, high=14))
    lines, enrolments = [], []
    for number in range(rng.randint(1, 6)):
        size = rng.choice(SIZES)
        where = rng.sample(names, min(len(names), rng.choice((1, 2, 2, 3))))
        if total and rng.random() < 0.3:
            where.append(None)
        for place in where:
            lines.append(
                Line(
                    len(lines) + 1,
                    f"C{number}",
                    f"course {number}",
                    size,
                    place,
                    required=rng.random() < 0.2,
                    counts_in_total=not total or rng.random() < 0.7,
                    shareable=shared and rng.random() < 0.4,
                )
            )
        enrolments.append(enrolment(rng, number, size))
    rng.shuffle(lines)
    credits_asked = Decimal(rng.randint(4, 16))
    return Framework("F", "D", credits_asked, tuple(areas), tuple(lines)), tuple(enrolments)


def area(rng, code, caps, floors, parent=None, high=7):
    """One area; ``high`` bounds what it asks and allows."""
    return Area(
        code,
        code,
        parent,
        min_credits=Decimal(rng.choice((0, rng.randint(1, high - 1)))),
        min_courses=rng.choice((0, 0, 1, 2, 3)),
        max_credits=Decimal(rng.randint(2, high)) if caps and rng.random() < 0.5 else None,
        min_score=Decimal(80) if floors and rng.random() < 0.3 else None,
    )


def enrolment(rng, number, size):
    """One enrolment that counts: passed, in progress or transferred."""
    state = rng.choice((State.PASSED,) * 5 + (State.IN_PROGRESS, State.TRANSFERRED))
    score = Decimal(rng.choice((70, 75, 85, 90))) if state is State.PASSED else None
    return Enrolment(
        key=100 + number,
        term=rng.choice((1131, 1132, 1141)),
        code=f"C{number}",
        name=f"course {number}",
        credits=size,
        state=state,
        score=score,
        department="D",
    )


def hard(rng, overlap, share, courses=50, areas=8):
    """A framework that can be fulfilled, hardly; and who took every course of it.

    ``overlap``: the part of the courses that are in two or three areas. Each course
    has 2 or 3 credits and a hidden area; the areas ask ``share`` of what is hidden in
    them, so that every instance can be satisfied.
    """
    sizes = [rng.choice((2, 3)) for _ in range(courses)]
    several = set(rng.sample(range(courses), round(courses * overlap)))
    hidden = [0] * areas
    lines = []
    for number, size in enumerate(sizes):
        where = rng.sample(range(areas), rng.choice((2, 3)) if number in several else 1)
        hidden[where[0]] += size
        for place in sorted(where):
            code = f"C{number:02d}"
            lines.append(Line(len(lines) + 1, code, code, Decimal(size), f"A{place}"))
    asked = [Decimal(int(held * share)) for held in hidden]
    framework = Framework(
        "F",
        "D",
        Decimal(sum(sizes)),
        tuple(Area(f"A{n}", f"A{n}", min_credits=needs) for n, needs in enumerate(asked)),
        tuple(lines),
    )
    taken = tuple(
        Enrolment(
            key=number,
            term=1131,
            code=f"C{number:02d}",
            name=f"C{number:02d}",
            credits=Decimal(size),
            state=State.PASSED,
            score=Decimal(80),
            department="D",
        )
        for number, size in enumerate(sizes)
    )
    return framework, taken
