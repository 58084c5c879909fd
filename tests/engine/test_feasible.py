"""What a framework asks above what it offers: the sample is sound, then one thing is changed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import FlexibleRule, Origin, Unit, check_framework
from sample import srd_e_109
from small import area, framework

SAMPLE = srd_e_109()
SOUND = {"a": (3, "A!"), "b": (3, "A"), "c": (3, "B")}


def small(areas, courses=None, graduation=0, **values):
    chosen = SOUND if courses is None else courses
    return framework(areas, chosen, graduation_credits=Decimal(graduation), **values)


def found(framework_):
    """Findings as (where, kind, asks, offers)."""
    return [
        (row.path.removeprefix(framework_.code), row.kind, row.asks, row.offers)
        for row in check_framework(framework_)
    ]


def rules(*rows):
    """What is found in the sample with these flexible rules instead of its own."""
    return found(replace(SAMPLE, flexible_rules=tuple(FlexibleRule(*row) for row in rows)))


def test_the_sample_is_sound():
    assert found(SAMPLE) == []


def test_the_small_framework_is_sound():
    assert found(small([area("A", 6), area("B", 3)], graduation=9)) == []


def test_no_finding_is_fatal_and_each_says_where():
    for row in check_framework(replace(SAMPLE, graduation_credits=Decimal(99))):
        assert not row.fatal
        assert row.message.startswith(row.path)


def test_a_framework_without_subjects():
    assert found(small([area("A", 6)], {}, 9)) == [("", "NoLines", 9, 0)]


def test_an_area_that_asks_more_credits_than_it_offers():
    assert found(small([area("A", 7), area("B", 3)], graduation=10)) == [
        ("/A", "AreaAsksTooMuch", 7, 6)
    ]


def test_an_area_without_a_subject_that_asks_something():
    assert found(small([area("A", 6), area("B", 3), area("E", 2)], graduation=11)) == [
        ("/E", "AreaAsksTooMuch", 2, 0)
    ]


def test_an_area_that_asks_more_courses_than_it_offers():
    areas = [area("A", 6, min_courses=3), area("B", 3)]
    assert found(small(areas, graduation=9)) == [("/A", "TooFewCourses", 3, 2)]


def test_areas_that_could_be_met_each_but_not_all():
    """One course cannot fill two areas."""
    both = {"a": (3, "A"), "b": (3, "AB")}
    areas = [area("A", 3), area("B", 3)]
    assert found(small(areas, both, 6)) == []
    areas = [area("A", 6), area("B", 3)]
    assert [row[1] for row in found(small(areas, both, 9))] == ["AreaAsksTooMuch"]


def test_a_course_that_may_be_shared_fills_both():
    both = {"a": (3, "A"), "b": (3, "A*B*")}
    assert found(small([area("A", 6), area("B", 3)], both, 6)) == []


def test_a_parent_is_not_told_for_what_its_children_lack():
    areas = [area("P"), area("A", 7, parent="P"), area("B", 3, parent="P")]
    assert found(small(areas, graduation=10)) == [("/A", "AreaAsksTooMuch", 7, 6)]


def test_n_of_fewer_than_n_areas():
    areas = [area("P", min_children=3), area("A", 6, parent="P"), area("B", 3, parent="P")]
    assert found(small(areas, graduation=9)) == [("/P", "TooFewChildren", 3, 2)]
    areas[0] = area("P", min_children=1)
    assert found(small(areas, graduation=9)) == []


def test_n_areas_inside_an_area_that_has_none():
    areas = [area("A", 6, min_children=1), area("B", 3)]
    assert found(small(areas, graduation=9)) == [("/A", "TooFewChildren", 1, 0)]


def test_a_least_score_that_no_score_reaches():
    areas = [area("A", 6, min_score=101), area("B", 3)]
    assert found(small(areas, graduation=9))[0] == ("/A", "FloorAboveTop", 101, 100)
    assert found(small([area("A", 6, min_score=100), area("B", 3)], graduation=9)) == []


def test_a_cap_below_the_areas_own_minimum():
    areas = [area("A", 6, max_credits=3), area("B", 3)]
    assert found(small(areas, graduation=6)) == [
        ("/A", "CapBelowMinimum", 6, 3),
        ("", "AreasAboveTotal", 9, 6),
    ]


def test_a_cap_below_what_the_areas_inside_ask():
    areas = [area("P", max_credits=6), area("A", 6, parent="P"), area("B", 3, parent="P")]
    assert ("/P", "CapBelowMinimum", 9, 6) in found(small(areas, graduation=9))
    areas[0] = area("P", max_credits=6, min_children=1)
    assert ("/P", "CapBelowMinimum", 9, 6) not in found(small(areas, graduation=6))


def test_required_subjects_that_do_not_fit_under_the_cap():
    courses = {"a": (3, "A!"), "b": (3, "A!"), "c": (3, "B")}
    areas = [area("A", 3, max_credits=3), area("B", 3)]
    assert found(small(areas, courses, 6)) == [("/A", "RequiredAboveCap", 6, 3)]


def test_a_required_subject_that_may_count_elsewhere_needs_no_room_under_the_cap():
    courses = {"a": (3, "A!"), "b": (3, "AB!"), "c": (3, "B")}
    assert found(small([area("A", 3, max_credits=3), area("B", 3)], courses, 6)) == []


def test_a_total_above_what_the_subjects_and_the_rules_offer():
    assert found(replace(SAMPLE, graduation_credits=Decimal(40))) == []
    assert found(replace(SAMPLE, graduation_credits=Decimal(41))) == [
        ("", "TotalAsksTooMuch", 41, 40)
    ]


def test_caps_that_keep_the_total_out_of_reach():
    rule = FlexibleRule(limit=Decimal(0))
    areas = [area("A", 3, max_credits=3), area("B", 3)]
    courses = {"a": (3, "A"), "b": (3, "A"), "c": (3, "B")}
    assert found(small(areas, courses, 9, flexible_rules=(rule,))) == [
        ("", "TotalAsksTooMuch", 9, 6)
    ]


def test_areas_that_ask_more_than_the_graduation_credits():
    assert found(small([area("A", 6), area("B", 3)], graduation=8)) == [
        ("", "AreasAboveTotal", 9, 8)
    ]


def test_credits_that_do_not_count_in_the_total_may_be_asked_above_it():
    courses = {**SOUND, "c": (3, "B~")}
    assert found(small([area("A", 6), area("B", 3)], courses, 6)) == []


def test_required_subjects_above_the_graduation_credits():
    courses = {"a": (3, "A!"), "b": (3, "A!"), "c": (3, "B!")}
    assert found(small([area("A"), area("B")], courses, 8)) == [("", "RequiredAboveTotal", 9, 8)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(None, Unit.CREDITS, Decimal(6))], []),
        ([(None, Unit.SHARE, Decimal(25))], [("/flexible/0", "ShareAboveWhole", 25, 1)]),
        ([(None, Unit.SHARE, Decimal(1))], []),
        ([(None, Unit.CREDITS, None)], [("/flexible/0", "RuleSaysNothing", None, None)]),
        ([(None, Unit.CREDITS, None, True)], []),
        (
            [(None, Unit.CREDITS, Decimal(6)), (Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(9))],
            [("/flexible/1", "RuleNeverUsed", 9, None)],
        ),
        ([(None, Unit.CREDITS, Decimal(6)), (Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(6))], []),
        ([(None, Unit.CREDITS, Decimal(6)), (Origin.OFF_CAMPUS, Unit.COURSES, Decimal(9))], []),
        (
            [(None, Unit.CREDITS, Decimal(6)), (Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(9), True)],
            [],
        ),
        (
            [(None, Unit.CREDITS, Decimal(6)), (Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(0))],
            [],
        ),
        (
            [
                (None, Unit.CREDITS, None, False, True),
                (Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(3)),
            ],
            [("/flexible/1", "RuleNeverUsed", 3, None)],
        ),
        (
            [(Origin.OFF_CAMPUS, Unit.CREDITS, Decimal(3), False, True)],
            [("/flexible/0", "RuleNeverUsed", 3, None)],
        ),
        ([(Origin.OFF_CAMPUS, Unit.CREDITS, None, False, True)], []),
    ],
)
def test_flexible_rules_that_decide_nothing(rows, told):
    assert rules(*rows) == told


def test_a_rule_inside_one_that_allows_nothing_is_never_used():
    found_ = rules((None, Unit.CREDITS, Decimal(0)), (Origin.OFF_CAMPUS, Unit.COURSES, Decimal(1)))
    assert ("/flexible/1", "RuleNeverUsed", 1, None) in found_
