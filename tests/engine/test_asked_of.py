"""Areas that are there for some students only: by kind, year of entry and department (A43)."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
import reference
from degree_audit import (
    Background,
    Case,
    CountingRule,
    RuleKind,
    YearSpan,
    check_framework,
    difference,
    prepare,
)
from degree_audit.framework.asked import Who, asked_of, told_apart
from degree_audit.outcome.feasible import MOST_SETS
from random_cases import overlapping
from small import area, framework, passed

FOREIGN, OTHERS = ("外國學生",), ("本國生", "僑生")


def made(**values):
    """Chinese for foreign students, English for others, and a subject for all."""
    return framework(
        [
            area("M", 3),
            area("Z", 6, student_kinds=FOREIGN),
            area("E", 3, student_kinds=OTHERS),
        ],
        {"m": (3, "M!"), "z1": (3, "Z"), "z2": (3, "Z"), "e": (3, "E!")},
        **values,
    )


def of(kind, *codes, taken=None):
    asked = taken or made()
    return Case(asked, passed(asked, *codes), background=Background(kind)).audit()


@pytest.mark.parametrize("kind", ["外國學生", " 外國學生 "])
def test_a_student_of_the_kind_is_asked_and_another_kind_is_not(kind):
    assert of(kind, "m", "z1", "z2").met
    assert not of(kind, "m", "z1").met
    assert of("本國生", "m", "e").met
    assert not of("本國生", "m", "z1", "z2").met


def test_for_who_is_of_no_kind_that_is_named_the_areas_are_not_there():
    result = of("", "m")
    assert result.met
    assert [row.code for row in result.areas] == ["M"]


def test_a_course_of_an_area_that_is_not_there_is_outside():
    result = of("外國學生", "m", "e")
    assert [row.reason.value for row in result.enrolments] == ["counts", "outside"]


def test_what_is_inside_an_area_that_is_not_there_is_not_there_either():
    nested = framework(
        [area("M", 0), area("P", 0, student_kinds=FOREIGN), area("Q", 3, parent="P")],
        {"m": (3, "M"), "q": (3, "Q!")},
    )
    assert of("本國生", "m", taken=nested).met
    assert not of("外國學生", "m", taken=nested).met


def test_a_limit_of_an_area_that_is_not_there_asks_nothing():
    limit = CountingRule("R", "rule", area="Z", min_courses=1)
    asked = made(counting_rules=(limit, CountingRule("W", "whole", min_courses=2)))
    assert of("本國生", "m", "e", taken=asked).met
    assert not of("", "m", taken=asked).met  # what is about no area holds for everybody
    assert len(of("外國學生", "m", "z1", "z2", taken=asked).rules) == 2


@pytest.mark.parametrize("kind", [RuleKind.ALL_OR_NONE, RuleKind.IN_ORDER, RuleKind.PREREQUISITE])
def test_a_group_is_of_those_of_its_courses_that_are_there(kind):
    pair = made(counting_rules=(CountingRule("R", "rule", kind, ("m", "z1")),))
    assert of("本國生", "m", "e", taken=pair).met
    assert of("", "m", taken=pair).met
    three = made(counting_rules=(CountingRule("R", "rule", kind, ("z1", "m", "e")),))
    (rule,) = Case(three, (), background=Background("本國生")).prepared.framework.counting_rules
    assert rule.courses == ("m", "e")
    (rule,) = Case(three, (), background=Background("外國學生")).prepared.framework.counting_rules
    assert rule.courses == ("z1", "m")


def test_the_same_framework_is_prepared_once_for_each_kind():
    shared = prepare(made())
    first, second = (Case(shared, (), background=Background("僑生")) for _ in range(2))
    assert first.prepared is second.prepared
    assert Case(prepare(framework([area("M")], {})), ()).prepared.framework.areas


def test_the_check_before_publishing_asks_for_each_kind_by_itself():
    # Nobody needs all three areas, which ask 12 credits together; who is of no kind has 3 to take.
    sound = made(graduation_credits=Decimal(9))
    assert check_framework(sound) == ()
    bad = replace(sound, areas=(*sound.areas[:2], replace(sound.areas[2], min_credits=Decimal(6))))
    assert {(one.kind, one.path) for one in check_framework(bad)} >= {("AreaAsksTooMuch", "F/E")}


def test_a_revision_says_for_whom_an_area_is_there():
    areas = made().areas
    after = replace(made(), areas=(*areas[:2], replace(areas[2], student_kinds=())))
    (change,) = difference(made(), after)
    assert (change.field, change.before, change.after) == ("student_kinds", OTHERS, ())


def conditioned():
    """Information science for who entered from 113 on, but for the students of its department."""
    return framework(
        [
            area("M", 3),
            area("I", 3, entry_years=(YearSpan(113),), departments=("EDU", "CCT")),
        ],
        {"m": (3, "M!"), "i": (3, "I")},
    )


@pytest.mark.parametrize(
    ("year", "department", "is_asked"),
    [
        (113, "EDU", True),
        (120, "edu", True),
        (112, "EDU", False),
        (113, "CS", False),
        (0, "EDU", False),
        (113, "", False),
    ],
)
def test_year_of_entry_and_department_say_together_who_is_asked(year, department, is_asked):
    asked = conditioned()
    who = Background(entry_year=year, department=department)
    result = Case(asked, passed(asked, "m"), background=who).audit()
    assert result.met is not is_asked
    assert [row.code for row in result.areas] == (["M", "I"] if is_asked else ["M"])


def test_the_check_before_publishing_asks_for_every_year_that_is_told_apart():
    areas = [
        area("M", 3),
        area("O", 6, entry_years=(YearSpan(last=112),)),
        area("N", 9, entry_years=(YearSpan(113, 114), YearSpan(116, 116))),
    ]
    lines = {"m": (3, "M"), "o": (6, "O"), "n": (6, "N")}
    found = check_framework(framework(areas, lines, graduation_credits=Decimal(3)))
    assert ("AreaAsksTooMuch", "F/N") in {(one.kind, one.path) for one in found}
    assert ("AreaAsksTooMuch", "F/O") not in {(one.kind, one.path) for one in found}


def everyone(asked):
    """A student of every kind, year and department that matters, without regard to the areas."""
    kinds = {kind for one in asked.areas for kind in one.student_kinds}
    departments = {code for one in asked.areas for code in one.departments}
    return [Who(*one) for one in product(("", *kinds), (0, *range(110, 121)), ("", *departments))]


def sets_of_areas(asked, students):
    """The sets of areas that are there for ``students``."""
    return {tuple(one.code for one in asked_of(asked, who).areas) for who in students}


def test_of_many_kinds_whom_the_same_areas_are_there_for_one_is_checked():
    departments = tuple(f"D{number}" for number in range(30))
    years = (YearSpan(110), YearSpan(112), YearSpan(114))
    special = area("I", 3, student_kinds=OTHERS, entry_years=years, departments=departments)
    asked = framework([area("M", 3), special], {"m": (3, "M!"), "i": (3, "I")})
    students, are_all = told_apart(asked, MOST_SETS)
    assert (len(students), are_all) == (2, True)
    assert sets_of_areas(asked, students) == sets_of_areas(asked, everyone(asked))


def one_letter(number):
    """So many departments with an area each, and an area for each of six years of entry."""
    names = "ABCDEFGH"[:number]
    own = [area(name, departments=(name,)) for name in names]
    old = [area(f"Y{at}", entry_years=(YearSpan(at, at),)) for at in range(110, 116)]
    lines = {"m": (3, "M!"), **{name.lower(): (3, name) for name in names}}
    return framework([area("M", 3), *own, *old], lines, graduation_credits=Decimal(3))


def test_more_sets_of_areas_than_are_checked_are_told_and_every_area_is_in_one_that_is():
    asked = one_letter(8)
    students, are_all = told_apart(asked, MOST_SETS)
    assert (len(students), are_all) == (MOST_SETS, False)
    assert len(sets_of_areas(asked, students)) == MOST_SETS
    there = {code for codes in sets_of_areas(asked, students) for code in codes}
    assert there == {one.code for one in asked.areas}
    (found,) = check_framework(asked)
    assert (found.kind, found.offers, found.fatal) == ("NotAllChecked", MOST_SETS, False)
    assert check_framework(one_letter(4)) == ()  # 35 sets of areas


def test_what_is_wrong_for_one_kind_is_found_where_not_all_are_checked():
    asked = one_letter(8)
    last = replace(asked.areas[8], min_credits=Decimal(6))
    bad = replace(asked, areas=(*asked.areas[:8], last, *asked.areas[9:]))
    assert ("AreaAsksTooMuch", "F/H") in {(one.kind, one.path) for one in check_framework(bad)}


def for_some(rng, areas):
    """The same areas, some of them there for some kinds, years or departments only."""
    return tuple(
        replace(
            one,
            student_kinds=rng.choice(((), (), FOREIGN, OTHERS)),
            entry_years=rng.choice(((), (), (YearSpan(112, 113),), (YearSpan(113),))),
            departments=rng.choice(((), (), ("D",), ("D", "E"))),
        )
        for one in areas
    )


def test_no_set_of_areas_is_forgotten_on_random_cases():
    for seed in range(100):
        rng = random.Random(seed)
        asked, _taken = overlapping(rng, parents=True)
        areas = for_some(rng, asked.areas)
        asked = replace(asked, areas=areas)
        students, are_all = told_apart(asked, 1000)
        assert are_all, seed
        told = sets_of_areas(asked, students)
        assert len(told) == len(students), seed
        assert told == sets_of_areas(asked, everyone(asked)), seed


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (YearSpan(113, 113), "113"),
        (YearSpan(113, 115), "113–115"),
        (YearSpan(113), "113–"),
        (YearSpan(last=112), "–112"),
    ],
)
def test_years_are_told_as_they_are_typed(span, text):
    assert str(span) == text


def test_what_is_asked_is_what_the_sentence_says_on_random_cases():
    for seed in range(300):
        rng = random.Random(seed)
        asked, taken = overlapping(rng, parents=True, caps=rng.random() < 0.3)
        areas = for_some(rng, asked.areas)
        who = Background(
            rng.choice(("", "外國學生", "僑生")),
            entry_year=rng.choice((0, 111, 112, 113, 114)),
            department=rng.choice(("", "D", "E")),
        )
        asked = replace(asked, areas=areas)
        told = Case(asked, taken, background=who).audit()
        expected = Case(reference.asked_of(asked, who), taken).audit()
        assert told == expected, seed
