"""A35: what is in an area by what it is, without being listed there."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import product

import oracle
import pytest
from degree_audit import (
    Decision,
    DecisionKind,
    Framework,
    Offering,
    Origin,
    Reading,
    Reason,
    Selector,
    SelectorInParent,
    State,
    audit,
    check_framework,
    difference,
    prepare,
)
from random_cases import overlapping
from small import area, framework, held, passed, placed, reasons

HUMANITIES = Selector(domains=("人文", "藝術"))
SOCIETY = Selector(domains=("社會",))


def general(*domains, size=3, **values):
    """Passed courses that are listed nowhere, one in each of ``domains``, from 11 on."""
    made = framework([], {})
    return tuple(
        replace(
            passed(made, f"GE{number}")[0],
            key=number,
            name=f"通識{number}",
            credits=Decimal(size),
            department="GE",
            offering=Offering(domain),
            **values,
        )
        for number, domain in enumerate(domains, 11)
    )


def education(**values):
    """General education of 6 credits, 3 in each of two domains; and a listed subject."""
    return framework(
        [
            area("G", 6),
            area("H", 3, parent="G", selector=HUMANITIES),
            area("S", 3, parent="G", selector=SOCIETY),
            area("M", 3),
        ],
        {"m": (3, "M")},
        **values,
    )


def test_A35_a_course_is_in_the_area_that_its_domain_says():
    made = education(graduation_credits=Decimal(9))
    result = audit(made, (*general("人文", "社會"), *passed(made, "m")))
    assert held(result) == {"G": 6, "H": 3, "S": 3, "M": 3}
    assert result.met
    rows = {row.key: row for row in result.enrolments}
    assert (rows[11].reason, rows[11].areas, rows[11].line) == (Reason.COUNTS, ("H",), None)
    assert (rows[11].origin, rows[11].tickable) == (None, False)


def test_A35_one_domain_short_the_area_is_not_met():
    made = education(graduation_credits=Decimal(9))
    result = audit(made, (*general("人文", "藝術"), *passed(made, "m")))
    assert [row.code for row in result.areas if not row.met] == ["G", "S"]


@pytest.mark.parametrize(
    ("selector", "offering", "code", "department", "inside"),
    [
        (Selector(domains=("人文",)), Offering("人 文"), "X1", "GE", True),
        (Selector(domains=("人文",)), Offering(""), "X1", "GE", False),
        (Selector(languages=("英語",)), Offering(language="英語"), "X1", "GE", True),
        (Selector(languages=("英語",)), Offering(language="國語"), "X1", "GE", False),
        (Selector(languages=("English",)), Offering(language="ＥＮＧＬＩＳＨ"), "X1", "GE", True),
        (Selector(levels=("碩士",)), Offering(level="碩士"), "X1", "GE", True),
        (Selector(levels=("碩士",)), Offering(level=" 碩 士"), "X1", "GE", True),
        (Selector(levels=("碩士",)), Offering(level="學士"), "X1", "GE", False),
        (Selector(distance="yes"), Offering(distance=True), "X1", "GE", True),
        (Selector(distance="yes"), Offering(), "X1", "GE", False),
        (Selector(distance="no"), Offering(distance=True), "X1", "GE", False),
        (Selector(prefixes=("GE", "X")), Offering(), "X1", "GE", True),
        (Selector(prefixes=("GE",)), Offering(), "X1", "GE", False),
        (Selector(departments=("GE",)), Offering(), "X1", "GE", True),
        (Selector(departments=("PE",)), Offering(), "X1", "GE", False),
        (Selector(names=("專題",)), Offering(), "X1", "GE", True),
        (Selector(names=("專　題",)), Offering(), "X1", "GE", True),
        (Selector(names=("環 境專",)), Offering(), "X1", "GE", True),
        (Selector(names=("實習", "專題")), Offering(), "X1", "GE", True),
        (Selector(names=("實習",)), Offering(), "X1", "GE", False),
        (Selector(prefixes=("X",), exceptions=("X1",)), Offering(), "X1", "GE", False),
        (Selector(domains=("人文",), prefixes=("Y",)), Offering("人文"), "X1", "GE", False),
    ],
)
def test_A35_everything_that_a_selector_asks_must_hold(
    selector, offering, code, department, inside
):
    made = framework([area("A", 3, selector=selector)], {})
    (one,) = general("")
    one = replace(one, code=code, name="環境 專題", department=department, offering=offering)
    assert held(audit(made, (one,))) == {"A": 3 if inside else 0}


def test_A35_a_listed_course_stays_at_its_lines_whatever_selects_it():
    made = framework(
        [area("A", 3), area("G", 3, selector=Selector(prefixes=("m",)))], {"m": (3, "A")}
    )
    assert placed(audit(made, passed(made, "m"))) == {1: "A"}


def test_A35_what_another_school_taught_is_not_selected():
    made = education()
    (abroad,) = general("人文", school="Leiden")
    (row,) = audit(made, (abroad,)).enrolments
    assert (row.reason, row.origin, row.tickable) == (Reason.OUTSIDE, Origin.OFF_CAMPUS, True)


def test_A35_a_repeat_of_a_selected_course_counts_once_and_two_names_are_two_courses():
    made = education()
    first, second = general("人文", "人文")
    again = replace(first, key=99, term=1141)
    result = audit(made, (first, again))
    assert reasons(result) == {11: Reason.REPEATED, 99: Reason.COUNTS}
    assert held(audit(made, (first, replace(second, code=first.code))))["H"] == 6


def test_A35_a_course_that_two_areas_select_counts_in_the_one_that_needs_it():
    both = Selector(domains=("人文", "社會"))
    made = framework([area("H", 3, selector=both), area("S", 3, selector=SOCIETY)], {})
    assert placed(audit(made, general("社會", "人文"))) == {11: "S", 12: "H"}


def test_A35_caps_and_grade_floors_hold_for_what_is_selected():
    made = framework([area("H", 3, selector=HUMANITIES, max_credits=3)], {})
    assert sorted(reasons(audit(made, general("人文", "人文"))).values()) == [
        Reason.COUNTS,
        Reason.IN_EXCESS,
    ]
    made = framework([area("H", 3, selector=HUMANITIES, min_score=90)], {})
    assert set(reasons(audit(made, general("人文"))).values()) == {Reason.GRADE_FLOOR}


def test_A35_in_progress_it_is_expected_and_not_final():
    made = education()
    pending = general("人文", state=State.IN_PROGRESS, score=None)
    assert held(audit(made, pending))["H"] == 3
    final = audit(made, pending, reading=Reading.FINAL)
    assert (held(final)["H"], reasons(final)) == (0, {11: Reason.IN_PROGRESS})


def test_A35_a_reviewer_decides_on_what_an_area_would_select():
    made = education()
    (one,) = general("人文")
    for kind, reason, areas, recognised in (
        (DecisionKind.MAPPED, Reason.MAPPED, ("S",), 0),
        (DecisionKind.FLEXIBLE, Reason.FLEXIBLE, (), 3),
        (DecisionKind.REFUSED, Reason.REFUSED, (), 0),
    ):
        place = "S" if kind is DecisionKind.MAPPED else None
        result = audit(made, (one,), [Decision(kind, 11, place)])
        (row,) = result.enrolments
        assert (row.reason, row.areas, result.recognised) == (reason, areas, recognised)
        assert (row.origin is None) is (kind is DecisionKind.MAPPED)


def test_A35_an_area_that_has_areas_inside_selects_nothing_itself():
    made = framework([area("G", selector=HUMANITIES), area("H", parent="G")], {"m": (3, "H")})
    with pytest.raises(SelectorInParent):
        prepare(made)


def test_A35_what_a_selector_offers_is_not_counted_before_publishing():
    assert check_framework(education(graduation_credits=Decimal(30))) == ()


def test_A35_another_selector_is_a_difference_of_the_framework():
    before = education()
    areas = (*before.areas[:1], replace(before.areas[1], selector=SOCIETY), *before.areas[2:])
    (change,) = difference(before, replace(before, areas=areas))
    assert (change.code, change.field) == ("H", "select_domains")
    assert (change.before, change.after) == (("人文", "藝術"), ("社會",))


def test_A35_selected_courses_are_placed_as_if_they_were_listed_in_these_areas():
    """Against the brute-force oracle, which knows lines only."""
    for seed in range(150):
        listed, enrolments = overlapping(random.Random(seed), caps=True, floors=True, parents=True)
        enrolments = enrolments[:4]
        lines = tuple(replace(x, required=False, counts_in_total=True) for x in listed.lines)
        listed = replace(listed, lines=lines)
        marked = [
            replace(one, offering=Offering("+".join(_areas(listed, one)))) for one in enrolments
        ]
        codes = {one.code for one in marked}
        areas = tuple(
            replace(
                found,
                selector=Selector(
                    domains=tuple(
                        {
                            one.offering.domain
                            for one in marked
                            if found.code in one.offering.domain.split("+")
                        }
                        or ("nothing",)
                    )
                ),
            )
            if found.code in {leaf.code for leaf in oracle.leaves(listed)}
            else found
            for found in listed.areas
        )
        chosen = Framework("F", "D", listed.graduation_credits, areas)
        assert codes
        result = audit(chosen, marked)
        assert oracle.value_of(chosen, result) == oracle.best(listed, enrolments), seed


def _areas(made, one):
    return sorted({line.area for line in made.lines if line.code == one.code and line.area})


def test_A35_thousands_of_offerings_need_no_line():
    domains = [f"D{number}" for number in range(6)]
    areas = [area(name, 4, selector=Selector(domains=(name,))) for name in domains]
    made = framework(areas, {}, graduation_credits=Decimal(24))
    taken = general(*(domain for domain, _ in product(domains, range(2))), size=2)
    assert audit(made, taken).met
    assert not audit(made, taken[1:]).met
