"""Suggested ticks: no legal choice is better, whatever limits and rules across areas say (A51)."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

from degree_audit import (
    Case,
    CountingRule,
    CourseSource,
    Decision,
    DecisionKind,
    Enrolment,
    FlexibleRule,
    Offering,
    Origin,
    Per,
    State,
    Unit,
)
from degree_audit.outcome import choosing
from drawn import on_cases
from small import area, framework, passed

OFF_CAMPUS = (CourseSource.OFF_CAMPUS,)


def made(*rules, graduation=12, flexible=()):
    """One area of three credits, and the rest of the credits from anywhere."""
    return framework(
        [area("A", 3)],
        {"a": (3, "A")},
        graduation_credits=Decimal(graduation),
        counting_rules=rules,
        flexible_rules=flexible,
    )


def limit(code="R", **values):
    for name in ("min_credits", "max_credits"):
        if name in values:
            values[name] = Decimal(values[name])
    return CountingRule(code, code, **values)


def abroad(*sizes, first=20, **values):
    """Courses of another school, the oldest first."""
    (one,) = passed(made(), "x")
    return tuple(
        replace(
            one, key=first + at, term=1131 + at, code=f"x{first + at}", name=f"x{first + at}",
            credits=Decimal(size), school="Leiden", **values,
        )
        for at, size in enumerate(sizes)
    )  # fmt: skip


def suggested(asked, *courses, decisions=()):
    case = Case(asked, (*passed(asked, "a"), *courses), decisions)
    return case.suggestion, case.audit(case.suggestion).ticked


def test_A51_an_old_course_takes_no_room_from_a_larger_one():
    asked = made(limit(sources=OFF_CAMPUS, max_credits=3))
    assert suggested(asked, *abroad(1, 3)) == ({21}, 3)
    assert suggested(asked, *abroad(2, 2, 3, 1)) == ({22}, 3)


def test_A51_a_limit_of_each_term_is_filled_in_each_term():
    asked = made(limit(sources=OFF_CAMPUS, per=Per.TERM, max_credits=3))
    both = (*abroad(2, 2), *abroad(3, 3, first=30))
    assert suggested(asked, *both) == ({30, 31}, 6)


def test_A51_a_rule_that_asks_for_courses_gets_them_where_the_limit_leaves_a_choice():
    flexible = (FlexibleRule(limit=Decimal(3)),)
    asked = made(limit(sources=(CourseSource.MOOC,), min_courses=1), flexible=flexible)
    plain, online = abroad(3), abroad(3, first=30, offering=Offering(mooc=True))
    assert suggested(asked, *plain, *online) == ({30}, 3)
    assert suggested(made(flexible=flexible), *plain, *online) == ({20}, 3)


def test_A51_a_choice_that_is_enough_for_everything_goes_before_one_of_more_credits():
    flexible = (FlexibleRule(limit=Decimal(3)),)
    asked = made(
        limit(sources=(CourseSource.MOOC,), min_courses=1), graduation=5, flexible=flexible
    )
    plain, online = abroad(3), abroad(2, first=30, offering=Offering(mooc=True))
    assert suggested(asked, *plain, *online) == ({30}, 2)
    assert suggested(replace(asked, graduation_credits=Decimal(6)), *plain, *online) == ({20}, 3)


def test_A51_what_is_recognised_has_used_up_its_room_already():
    asked = made(limit(sources=OFF_CAMPUS, max_credits=5))
    recognised = Decision(DecisionKind.FLEXIBLE, 20, recorded=1)
    assert suggested(asked, *abroad(2, 1, 3), decisions=(recognised,)) == ({22}, 3)


def test_hundreds_of_courses_are_answered_within_the_bound(monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 20)
    flexible = (
        FlexibleRule(limit=Decimal(200)),
        FlexibleRule(Origin.OFF_CAMPUS, limit=Decimal(99)),
    )
    asked = made(
        limit(sources=OFF_CAMPUS, per=Per.TERM, max_credits=4), graduation=300, flexible=flexible
    )
    _ticks, credits_ = suggested(asked, *abroad(*[1, 2, 3] * 60))
    assert credits_ <= 99


# Every choice tried


def rules(rng):
    """Limits on what is from elsewhere, and what of it is asked."""
    for number in range(rng.randint(1, 3)):
        about = rng.choice(((), OFF_CAMPUS, (CourseSource.MOOC,), (CourseSource.OTHER_DEPARTMENT,)))
        values = {"sources": about, "per": rng.choice(list(Per))}
        if rng.random() < 0.7:
            values[rng.choice(("max_credits", "max_courses"))] = rng.randint(0, 5)
        else:
            values["per"] = Per.WHOLE
            values[rng.choice(("min_credits", "min_courses"))] = rng.randint(1, 4)
        yield limit(f"R{number}", **values)


def flexible_rules(rng):
    for _ in range(rng.randint(0, 2)):
        unit = rng.choice((Unit.CREDITS, Unit.COURSES))
        origin = rng.choice((None, *Origin))
        yield FlexibleRule(origin, unit, Decimal(rng.randint(0, 8)))


def elsewhere(rng, key):
    return Enrolment(
        key=key,
        term=rng.choice((1121, 1122, 1131)),
        code=f"X{key}",
        name=rng.choice(("一", "二", f"x{key}")),
        credits=Decimal(rng.randint(1, 4)),
        state=rng.choice((State.PASSED, State.PASSED, State.IN_PROGRESS)),
        score=None,
        department=rng.choice("DO"),
        school=rng.choice(("", "S")),
        offering=Offering(mooc=rng.random() < 0.4),
    )


@on_cases()
def test_A51_no_choice_of_ticks_is_better_than_the_one_suggested(rng):
    asked = made(*rules(rng), graduation=rng.randint(3, 14), flexible=tuple(flexible_rules(rng)))
    courses = tuple(elsewhere(rng, key) for key in range(20, 20 + rng.randint(1, 6)))
    recognised = [
        Decision(DecisionKind.FLEXIBLE, one.key, recorded=at)
        for at, one in enumerate(courses)
        if rng.random() < 0.15
    ]
    case = Case(asked, (*passed(asked, "a"), *courses), recognised)

    def worth(ticks):
        result = case.audit(ticks)
        lacking = sum(row.missing_credits + row.missing_courses for row in result.rules)
        enough = not (result.missing_credits or lacking)
        return result.ticks_allowed, enough, result.expected, -lacking

    may = sorted(case.tickable)
    every = chain.from_iterable(combinations(may, size) for size in range(len(may) + 1))
    assert worth(case.suggestion) == max(map(worth, every))
