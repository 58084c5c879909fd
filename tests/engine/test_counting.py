"""A51 and A52: limits across areas, courses that go together or in order, branches, waivers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    BadNumber,
    Case,
    CountingRule,
    CourseSource,
    Decision,
    DecisionKind,
    Offering,
    Per,
    Reading,
    Reason,
    Remark,
    RuleKind,
    Selector,
    State,
    UnknownArea,
    UnsoundRule,
    audit,
    check_framework,
    difference,
    prepare,
)
from degree_audit.outcome import fill_tried
from degree_audit.placement import bound
from small import area, framework, held, passed, placed, reasons

DISTANCE = Selector(distance="yes")


def rule(kind=RuleKind.LIMIT, **values):
    """A counting rule; numbers as they are."""
    for name in ("min_credits", "max_credits", "max_share", "min_score"):
        if values.get(name) is not None:
            values[name] = Decimal(str(values[name]))
    return CountingRule("R", "rule", kind, **values)


def three(*rules, **values):
    """Three courses of 3 credits in two areas; ``c`` may be in either."""
    areas = [area("A", 3), area("B", 3)]
    return framework(
        areas,
        {"a": (3, "A"), "b": (3, "B"), "c": (3, "AB")},
        counting_rules=rules,
        **{"graduation_credits": Decimal(6), **values},
    )


def at_a_distance(enrolments, *codes):
    return tuple(replace(one, offering=Offering(distance=one.code in codes)) for one in enrolments)


def test_A51_what_is_above_a_limit_does_not_count_in_whatever_area_it_would():
    made = three(rule(selector=DISTANCE, max_share=0.5))
    taken = at_a_distance(passed(made, "a", "b", "c"), "a", "b")
    result = audit(made, taken)
    assert sorted(reasons(result).values()) == [Reason.ABOVE_LIMIT, Reason.COUNTS, Reason.COUNTS]
    assert (result.met, result.taken) == (True, 6)
    assert result.rules[0].taken == 3
    both = audit(made, at_a_distance(passed(made, "a", "b"), "a", "b"))
    assert (both.met, both.taken) == (False, 3)


def test_A51_courses_are_placed_so_that_a_limit_has_what_it_asks():
    """``c`` in area A alone, if the limit asks for it there."""
    made = three(rule(selector=DISTANCE, area="A", min_credits=3))
    taken = at_a_distance(passed(made, "a", "b", "c"), "c")
    assert placed(audit(made, taken))[3] == "A"
    made = three(rule(selector=DISTANCE, area="B", min_credits=3))
    assert placed(audit(made, taken))[3] == "B"
    assert audit(made, taken).met


def test_A51_a_limit_that_lacks_something_leaves_the_whole_unmet():
    made = three(rule(selector=Selector(languages=("英語",)), min_credits=3))
    result = audit(made, passed(made, "a", "b"))
    assert not result.met
    assert all(row.met for row in result.areas)
    assert (result.rules[0].missing_credits, result.rules[0].met) == (3, False)


@pytest.mark.parametrize(("per", "counts"), [(Per.WHOLE, 1), (Per.TERM, 2), (Per.NAME, 2)])
def test_A51_the_most_of_a_limit_holds_for_the_whole_a_term_or_a_name(per, counts):
    made = three(rule(per=per, max_courses=1))
    first, second, third = passed(made, "a", "b", "c")
    taken = (first, replace(second, term=1141), replace(third, name="邏輯"))
    taken = (replace(taken[0], name="邏輯"), *taken[1:])
    assert audit(made, taken).courses == counts


def test_A51_a_limit_of_an_area_is_about_what_counts_there():
    made = three(rule(courses=("a", "c"), area="A", max_credits=3))
    result = audit(made, passed(made, "a", "c"))
    assert placed(result) == {1: "A", 2: "B"}


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (CourseSource.TRANSFERRED, {"state": State.TRANSFERRED, "score": None}),
        (CourseSource.MOOC, {"offering": Offering(mooc=True)}),
        (CourseSource.OTHER_DEPARTMENT, {"department": "E"}),
    ],
)
def test_A51_a_limit_selects_by_where_courses_come_from(source, values):
    made = three(rule(sources=(source,), max_credits=3))
    own = passed(made, "a", "b")
    other = tuple(replace(one, **values) for one in own)
    assert audit(made, own).taken == 6
    assert audit(made, (own[0], other[1])).taken == 6
    assert audit(made, other).taken == 3


def test_A51_flexible_credits_count_as_far_as_a_limit_leaves_room():
    made = three(rule(sources=(CourseSource.OFF_CAMPUS,), max_credits=3))
    abroad = tuple(
        replace(one, key=20 + at, code=f"x{at}", school="Leiden")
        for at, one in enumerate(passed(made, "a", "b"))
    )
    taken = (*passed(made, "a"), *abroad)
    result = audit(made, taken, ticks=(20, 21))
    assert result.ticked == 3
    told = reasons(result)
    assert (told[20], told[21]) == (Reason.TICKED, Reason.ABOVE_LIMIT)
    decided = [Decision(DecisionKind.FLEXIBLE, key, recorded=key) for key in (20, 21)]
    result = audit(made, taken, decided)
    assert (result.recognised, result.taken, result.rules[0].taken) == (3, 6, 3)
    assert reasons(result)[21] is Reason.ABOVE_LIMIT


def test_A51_what_a_reviewer_forces_counts_whatever_a_limit_says():
    made = three(rule(selector=DISTANCE, max_credits=3))
    taken = at_a_distance(passed(made, "a", "b"), "a", "b")
    forced = Decision(DecisionKind.FORCED, 2, "B", line=2)
    result = audit(made, taken, [forced])
    assert reasons(result) == {1: Reason.ABOVE_LIMIT, 2: Reason.MAPPED}


# Courses that go together, or in order


def year(**values):
    """A course of a year in two halves, ``a`` and ``b``."""
    return three(rule(RuleKind.ALL_OR_NONE, courses=("a", "b")), **values)


def test_A51_of_a_course_of_a_year_both_halves_count_or_none():
    made = year()
    assert audit(made, passed(made, "a", "b")).taken == 6
    half = audit(made, passed(made, "a", "c"))
    assert reasons(half) == {1: Reason.INCOMPLETE, 2: Reason.COUNTS}
    assert half.taken == 3


def test_A51_a_half_in_progress_counts_as_expected_and_in_the_end_neither():
    made = year()
    taken = (*passed(made, "a"), replace(passed(made, "b")[0], key=2, state=State.IN_PROGRESS))
    taken = (taken[0], replace(taken[1], score=None))
    assert audit(made, taken).taken == 6
    assert audit(made, taken, reading=Reading.FINAL).taken == 0


def test_A51_a_half_that_is_waived_is_not_waited_for():
    made = year()
    waived = Decision(DecisionKind.WAIVED, line=2)
    assert audit(made, passed(made, "a"), [waived]).taken == 3


def test_A51_a_course_that_is_taken_before_the_one_that_comes_first_does_not_count():
    made = three(rule(RuleKind.IN_ORDER, courses=("a", "b")))
    first, second = passed(made, "a", "b")
    late = replace(second, term=first.term + 1)
    assert audit(made, (first, late)).taken == 6
    result = audit(made, (replace(first, term=late.term + 1), late))
    assert (reasons(result)[second.key], result.taken) == (Reason.OUT_OF_ORDER, 3)
    assert reasons(audit(made, (first, second)))[second.key] is Reason.OUT_OF_ORDER
    again = replace(late, key=9, term=late.term + 3)
    result = audit(made, (replace(first, term=late.term + 1), late, again))
    assert (reasons(result)[9], result.taken) == (Reason.COUNTS, 6)


def test_A51_what_was_credited_was_taken_in_time():
    made = three(rule(RuleKind.IN_ORDER, courses=("a", "b")))
    first, second = passed(made, "a", "b")
    credited = replace(first, state=State.TRANSFERRED, score=None, term=1142)
    assert audit(made, (credited, second)).taken == 6
    credited = replace(second, state=State.TRANSFERRED, score=None)
    assert audit(made, (first, credited)).taken == 6


STANDING = (
    Decision(DecisionKind.SUBSTITUTED, 8, line=1),
    Decision(DecisionKind.SUBSTITUTED, 8, line=1, others=(9,)),
    Decision(DecisionKind.MAPPED, 8, line=1),
)
"""What lets a course, or two together, stand for ``a``."""


def two_others(term):
    """Courses from elsewhere that stand for no line by themselves, with credits for one."""
    made = framework([area("A")], {"p": (3, "A"), "q": (1, "A")})
    first, second = passed(made, "p", "q")
    return replace(first, key=8, term=term - 1), replace(second, key=9, term=term)


@pytest.mark.parametrize("decision", STANDING)
def test_A51_what_stands_for_the_one_that_comes_first_was_taken_as_it(decision):
    made = three(rule(RuleKind.IN_ORDER, courses=("a", "b")))
    second = replace(passed(made, "a", "b")[1], term=1131)
    assert audit(made, (*two_others(1122), second), [decision]).met
    result = audit(made, (*two_others(1122), second))
    assert reasons(result)[second.key] is Reason.OUT_OF_ORDER
    as_late = replace(second, term=1121 if len(decision.others) else 1112)
    result = audit(made, (*two_others(1122), as_late), [decision])
    assert reasons(result)[second.key] is Reason.OUT_OF_ORDER


@pytest.mark.parametrize("decision", STANDING)
def test_A51_what_stands_for_a_prerequisite_was_passed_as_it(decision):
    made = three(rule(RuleKind.PREREQUISITE, courses=("a", "b")))
    second = replace(passed(made, "a", "b")[1], term=1131)
    for decisions, remarks in (([decision], ()), ([], (Remark.PREREQUISITE,))):
        result = audit(made, (*two_others(1122), second), decisions)
        assert {row.key: row.remarks for row in result.enrolments}[second.key] == remarks


def test_A51_a_course_that_stands_for_another_subject_was_taken_all_the_same():
    """With another one, the later of the two, it stands for ``c``."""
    made = three(rule(RuleKind.IN_ORDER, courses=("a", "b")))
    first, second = passed(made, "a", "b")
    taken = (first, replace(second, term=1132), replace(two_others(1141)[1], term=1141))
    for others, counted in (((9,), 6), ((), 6)):
        moved = Decision(DecisionKind.SUBSTITUTED, first.key, line=3, others=others)
        result = audit(made, taken, [moved])
        assert (reasons(result)[second.key], result.taken) == (Reason.COUNTS, counted)


def test_A51_each_of_those_that_stand_together_was_taken_in_its_own_term():
    """The other one is credited, and so is what they are together: but not the first of them."""
    made = three(rule(RuleKind.IN_ORDER, courses=("a", "b")))
    first, second = passed(made, "a", "b")
    credited = replace(two_others(1131)[1], state=State.TRANSFERRED, score=None)
    moved = Decision(DecisionKind.SUBSTITUTED, first.key, line=3, others=(credited.key,))
    for term, reason in ((1132, Reason.COUNTS), (first.term, Reason.OUT_OF_ORDER)):
        result = audit(made, (first, replace(second, term=term), credited), [moved])
        assert reasons(result)[second.key] is reason


@pytest.mark.parametrize(("score", "remarks"), [(55, ()), (45, (Remark.PREREQUISITE,))])
def test_A51_a_prerequisite_with_too_low_a_score_is_remarked_on_and_changes_no_number(
    score, remarks
):
    made = three(rule(RuleKind.PREREQUISITE, courses=("a", "b"), min_score=50))
    first, second = passed(made, "a", "b")
    first = replace(first, state=State.FAILED, score=Decimal(score))
    result = audit(made, (first, replace(second, term=first.term + 1)))
    assert result.taken == 3
    assert {row.key: row.remarks for row in result.enrolments}[second.key] == remarks


# Branches


def modules(most=1):
    return framework(
        [
            area("M", 6, min_children=1, max_children=most),
            area("X", 6, parent="M"),
            area("Y", 6, parent="M"),
            area("O"),
        ],
        {"a": (3, "XO"), "b": (3, "X"), "c": (3, "YO"), "d": (3, "Y")},
        graduation_credits=Decimal(6),
    )


def test_A51_courses_count_in_so_many_of_the_areas_inside_as_the_area_says():
    made = modules()
    result = audit(made, passed(made, "a", "b", "c"))
    assert held(result) == {"M": 6, "X": 6, "Y": 0, "O": 3}
    assert held(audit(modules(2), passed(made, "a", "b", "c")))["Y"] == 3


def test_A51_a_module_that_was_given_up_fills_what_else_lists_its_courses():
    made = modules()
    result = audit(made, passed(made, "a", "c", "d"))
    assert held(result) == {"M": 6, "X": 0, "Y": 6, "O": 3}
    assert held(audit(made, passed(made, "a", "c", "b", "d")))["M"] == 6


# Reductions


def lowering(**values):
    """Two subjects of 2 credits that are asked for in an area of another."""
    return framework(
        [area("G", 6, waivers_lower=True), area("E", 4, parent="G", **values), area("O")],
        {"e": (2, "E!"), "f": (2, "E"), "g": (2, "E"), "o": (4, "O")},
        graduation_credits=Decimal(8),
    )


def test_A52_a_waived_line_lowers_the_minima_of_areas_that_say_so():
    waived = Decision(DecisionKind.WAIVED, line=1)
    made = lowering(waivers_lower=True, min_courses=2)
    result = audit(made, passed(made, "f", "o"), [waived])
    assert [row.min_credits for row in result.areas] == [4, 2, 0]
    assert result.areas[1].met
    assert not audit(made, passed(made, "f", "o")).areas[1].met
    assert (result.missing_credits, result.taken) == (2, 6)


def test_A52_an_area_that_does_not_say_so_asks_as_much_as_before():
    waived = Decision(DecisionKind.WAIVED, line=1)
    made = lowering()
    result = audit(made, passed(made, "f", "o"), [waived])
    assert [row.min_credits for row in result.areas] == [4, 4, 0]


# The framework


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (rule(), UnsoundRule),
        (rule(max_credits=3, area="Z"), UnknownArea),
        (rule(max_credits=-3), BadNumber),
        (rule(min_credits=3, per=Per.TERM), UnsoundRule),
        (rule(RuleKind.ALL_OR_NONE, courses=("a",)), UnsoundRule),
        (rule(RuleKind.IN_ORDER, courses=("a", "z")), UnsoundRule),
    ],
)
def test_A51_a_rule_that_says_nothing_or_names_what_is_not_there_is_refused(wrong, error):
    with pytest.raises(error):
        prepare(three(wrong))


def test_A51_a_framework_with_rules_can_be_fulfilled_before_it_is_published():
    made = three(
        rule(RuleKind.IN_ORDER, courses=("b", "a")),
        replace(rule(per=Per.TERM, max_courses=1), code="T"),
        replace(rule(per=Per.NAME, max_courses=1), code="N"),
    )
    assert check_framework(made) == ()
    assert check_framework(modules()) == ()
    most = replace(modules().areas[0], min_children=None)
    changed = check_framework(replace(modules(), areas=(most, *modules().areas[1:])))
    told = [(found.kind, found.asks, found.offers) for found in changed]
    assert ("TooFewChildren", 2, 1) in told


def test_A51_another_rule_is_a_difference_of_the_framework():
    before, after = three(rule(max_credits=3)), three(rule(max_credits=4, selector=DISTANCE))
    found = [(one.code, one.field, one.after) for one in difference(before, after)]
    assert found == [("R", "max_credits", 4), ("R", "select_distance", "yes")]
    (dropped,) = difference(before, three())
    assert (dropped.how, dropped.name) == ("dropped", "rule")


def test_A51_what_no_exact_search_settles_says_so_and_keeps_to_the_rules(monkeypatch):
    """Many courses, and nobody who takes them over."""
    monkeypatch.setattr(bound.kept_solver, "is_there", lambda: False)
    codes = [f"c{number:02}" for number in range(14)]
    made = framework(
        [area("A", 9), area("B", 9)],
        {code: (2 + at % 2, "AB") for at, code in enumerate(codes)},
        counting_rules=(rule(courses=tuple(codes[:9]), max_credits=7),),
    )
    result = audit(made, passed(made, *codes))
    assert not result.proven
    assert result.rules[0].taken <= 7


def test_A51_no_tick_is_advised_for_which_a_limit_leaves_no_room():
    made = three(rule(sources=(CourseSource.OFF_CAMPUS,), max_credits=3))
    abroad = tuple(
        replace(one, key=20 + at, code=f"x{at}", school="Leiden")
        for at, one in enumerate(passed(made, "a", "b"))
    )
    assert Case(made, (*passed(made, "a"), *abroad)).suggestion == {20}
    assert Case(made, abroad).suggestion == {20}
    assert Case(three(), abroad).suggestion == {20, 21}


def test_A51_what_would_fill_an_area_was_tried_with_the_rules():
    made = framework(
        [area("A", 6)],
        {"a": (3, "A"), "b": (3, "A"), "c": (3, "A"), "d": (3, "A")},
        counting_rules=(rule(RuleKind.ALL_OR_NONE, courses=("a", "b")),),
    )
    begun = audit(made, passed(made, "a")).areas[0].fill
    assert begun[0] == (2,)
    assert (3, 4) in begun
    assert all(set(keys) != {1, 3} for keys in audit(made, ()).areas[0].fill)
    capped = replace(made, counting_rules=(rule(courses=("b", "c"), max_courses=1),))
    for keys in audit(capped, passed(made, "a")).areas[0].fill:
        assert len(keys) == 1
    assert audit(capped, passed(made, "b")).areas[0].fill == ((1,), (4,))


def test_A51_after_the_try_that_takes_the_last_step_nothing_is_named(monkeypatch):
    monkeypatch.setattr(fill_tried, "STEPS", 1)
    made = framework(
        [area("A", 6)],
        {"a": (3, "A"), "b": (3, "A"), "c": (3, "A"), "d": (3, "A")},
        counting_rules=(rule(courses=("b", "c"), max_courses=1),),
    )
    assert audit(made, passed(made, "b")).areas[0].fill == ((1,),)
