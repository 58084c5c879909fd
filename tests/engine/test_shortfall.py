"""How many courses are still to be taken at least."""

from decimal import Decimal

import pytest
from degree_audit import (
    CountingRule,
    Measure,
    Milestone,
    Selector,
    Way,
    audit,
    courses_short,
)
from small import area, framework, passed

THREE = Decimal(3)


def short(areas, courses, *codes, **values):
    f = framework(areas, courses, **values)
    return courses_short(audit(f, passed(f, *codes)), THREE)


def test_somebody_who_has_everything_is_short_of_nothing():
    assert short([area("A", 3)], {"x": (3, "A")}, "x") == 0


@pytest.mark.parametrize(("needs", "courses", "expected"), [(6, 0, 2), (7, 0, 3), (3, 2, 2)])
def test_an_area_lacks_what_its_credits_and_its_courses_ask(needs, courses, expected):
    assert short([area("A", needs, min_courses=courses)], {"x": (3, "A")}) == expected


def test_areas_add_up():
    areas = [area("A", 3), area("B", 6)]
    assert short(areas, {"x": (3, "A"), "y": (3, "B")}) == 3


def test_what_a_parent_lacks_is_not_counted_a_second_time_in_its_children():
    areas = [area("P", 6), area("A", 3, parent="P"), area("B", 3, parent="P")]
    assert short(areas, {"x": (3, "A"), "y": (3, "B")}) == 2
    assert short([area("P", 9), *areas[1:]], {"x": (3, "A"), "y": (3, "B")}) == 3


def test_A7_of_the_children_that_a_parent_may_choose_among_the_nearest_count():
    areas = [
        area("P", min_children=1),
        area("A", 9, parent="P"),
        area("B", 3, parent="P"),
    ]
    assert short(areas, {"x": (3, "A"), "y": (3, "B")}) == 1


def test_the_graduation_credits_and_the_required_lines_ask_too():
    courses = {"x": (3, "A!"), "y": (3, "A!")}
    assert short([area("A")], courses) == 2
    assert short([area("A")], {"x": (3, "A")}, graduation_credits=Decimal(10)) == 4


def test_somebody_who_lacks_anything_at_all_lacks_a_course():
    assert short([area("A")], {"x": (0, "A!")}) == 1


SCORE = Way("TOEIC", Measure.SCORE, Decimal(600))
ENGLISH = Way("英語課程", Measure.COURSES, Decimal(2), selector=Selector(prefixes=("EN",)))


def lacking(*ways, codes="x", **values):
    """How short somebody with ``codes`` is of the area and of a milestone with these ways."""
    asked = (Milestone("ENG", "外語能力", ways),)
    return short([area("A", 3)], {"x": (3, "A")}, *codes, milestones=asked, **values)


def test_A41_a_milestone_is_no_course():
    assert lacking(SCORE) == 0
    assert lacking(SCORE, codes="") == 1


def test_A41_a_milestone_that_courses_alone_reach_lacks_courses():
    assert lacking(ENGLISH) == 2
    assert lacking(ENGLISH, SCORE) == 0


def test_A51_a_rule_across_areas_lacks_what_it_asks():
    asked = CountingRule("R", "rule", courses=("x", "y"), min_courses=3)
    assert short([area("A", 3)], {"x": (3, "A")}, "x", counting_rules=(asked,)) == 2
    asked = CountingRule("R", "rule", courses=("x", "y"), min_credits=Decimal(9))
    assert short([area("A", 3)], {"x": (3, "A")}, "x", counting_rules=(asked,)) == 2
