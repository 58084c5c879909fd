"""Small frameworks and transcripts in one line each, for tests of one rule."""

from decimal import Decimal

from degree_audit import Area, Enrolment, Framework, Line, State


def area(code, needs=0, **values):
    """An area that asks ``needs`` credits; other fields by name, numbers as they are."""
    for name in ("max_credits", "min_score"):
        if values.get(name) is not None:
            values[name] = Decimal(values[name])
    return Area(code, code, min_credits=Decimal(needs), **values)


def framework(areas, courses, **values):
    """Courses are ``code: (credits, where)``; a line in each area of ``where``.

    ``where`` holds one-letter codes; ``-`` is the total only, ``*`` after a letter makes
    the line shareable, ``!`` required, ``~`` keeps it out of the total.
    """
    lines = []
    for code, (size, where) in courses.items():
        for letter in where:
            if letter in "*!~":
                mark = {"*": "shareable", "!": "required", "~": "counts_in_total"}[letter]
                lines[-1][mark] = letter != "~"
            else:
                place = None if letter == "-" else letter
                lines.append({"area": place, "code": code, "credits": Decimal(size)})
    values.setdefault("graduation_credits", Decimal(0))
    return Framework(
        "F",
        "D",
        areas=tuple(areas),
        lines=tuple(Line(key, name=row["code"], **row) for key, row in enumerate(lines, 1)),
        **values,
    )


def passed(framework_, *codes, **values):
    """One passed enrolment for each of ``codes``, with the credits of its line."""
    credits_of = {line.code: line.credits for line in framework_.lines}
    fields = {"state": State.PASSED, "score": Decimal(85), "department": "D"} | values
    return tuple(
        Enrolment(
            key=number,
            term=1131,
            code=code,
            name=code,
            credits=credits_of.get(code, Decimal(3)),
            **fields,
        )
        for number, code in enumerate(codes, 1)
    )


def held(result):
    """Credits that count in each area, by code."""
    return {row.code: row.taken for row in result.areas}


def placed(result):
    """Where each enrolment counts: key → area codes, joined."""
    return {row.key: "".join(row.areas) for row in result.enrolments}


def reasons(result):
    return {row.key: row.reason for row in result.enrolments}
