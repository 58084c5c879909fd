"""Areas that are there for some kinds of students only (A43)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    Background,
    Case,
    CountingRule,
    RuleKind,
    check_framework,
    difference,
    prepare,
)
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
