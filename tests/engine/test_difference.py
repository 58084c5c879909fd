"""Two frameworks held beside each other: the sample's, and one thing changed in it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    EQUIVALENTS,
    About,
    FlexibleRule,
    How,
    Line,
    Origin,
    Unit,
    difference,
    standing_for,
)
from sample import srd_e_109

OLD = srd_e_109()


def with_line(subject, /, **values):
    lines = (replace(row, **values) if row.name == subject else row for row in OLD.lines)
    return replace(OLD, lines=tuple(lines))


def with_area(code, **values):
    areas = (replace(row, **values) if row.code == code else row for row in OLD.areas)
    return replace(OLD, areas=tuple(areas))


def code_of(name):
    return next(line.code for line in OLD.lines if line.name == name)


def only(new, planned=None):
    """The one change there is."""
    (change,) = difference(OLD, new, planned)
    return change


def test_a_framework_does_not_differ_from_itself():
    assert difference(OLD, OLD) == ()


def test_a_true_copy_under_another_code_and_other_keys_does_not_differ():
    lines = tuple(replace(row, key=row.key + 100) for row in OLD.lines)
    assert difference(OLD, replace(OLD, code="SRD-E-110", revision=7, lines=lines)) == ()


def test_the_order_of_subjects_is_no_difference():
    assert difference(OLD, replace(OLD, lines=OLD.lines[::-1])) == ()


def test_A3_the_order_of_areas_is_one():
    change = only(replace(OLD, areas=OLD.areas[::-1]))
    assert (change.about, change.field) == (About.WHOLE, "order")
    assert (change.before, change.after) == (("A", "B", "C", "D"), ("D", "C", "B", "A"))


def test_an_area_put_between_others_does_not_change_their_order():
    extra = replace(OLD.areas[0], code="E")
    change = only(replace(OLD, areas=(extra, *OLD.areas)))
    assert (change.about, change.how, change.code) == (About.AREA, How.ADDED, "E")


def test_graduation_credits():
    change = only(replace(OLD, graduation_credits=Decimal(34)))
    assert (change.about, change.field) == (About.WHOLE, "graduation_credits")
    assert (change.before, change.after) == (32, 34)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "研究領域"),
        ("parent", "B"),
        ("min_credits", Decimal(9)),
        ("min_courses", 3),
        ("min_children", 1),
        ("max_credits", Decimal(9)),
        ("min_score", Decimal(80)),
    ],
)
def test_each_thing_that_an_area_asks(field, value):
    change = only(with_area("A", **{field: value}))
    assert (change.about, change.how, change.code) == (About.AREA, How.CHANGED, "A")
    assert (change.field, change.after) == (field, value)
    assert change.before == getattr(OLD.areas[0], field)


def test_an_area_dropped_with_its_subjects():
    lines = tuple(row for row in OLD.lines if row.area != "D")
    found = difference(OLD, replace(OLD, areas=OLD.areas[:3], lines=lines))
    assert [(row.about, row.how, row.name) for row in found] == [
        (About.AREA, How.DROPPED, "論文領域"),
        (About.COURSE, How.DROPPED, "碩士論文"),
    ]


def test_a_course_added():
    new = Line(99, "SRD099", "韌性城市專題", Decimal(2), "C", required=True)
    change = only(replace(OLD, lines=(*OLD.lines, new)))
    assert (change.about, change.how, change.code) == (About.COURSE, How.ADDED, "SRD099")
    assert (change.areas, change.credits, change.required) == (("C",), 2, True)


def test_a_course_dropped():
    lines = tuple(row for row in OLD.lines if row.name != "觀光與地方創生")
    change = only(replace(OLD, lines=lines))
    assert (change.how, change.name, change.areas) == (How.DROPPED, "觀光與地方創生", ("C",))


def test_a_course_moved_to_another_area_is_neither_dropped_nor_added():
    change = only(with_line("觀光與地方創生", area="B"))
    assert (change.how, change.before, change.after) == (How.MOVED, ("C",), ("B",))


def test_a_course_that_stands_in_a_second_area_too_is_told_with_both():
    line = next(row for row in OLD.lines if row.name == "觀光與地方創生")
    change = only(replace(OLD, lines=(*OLD.lines, replace(line, key=99, area="B"))))
    assert (change.how, change.before, change.after) == (How.MOVED, ("C",), ("C", "B"))


def test_a_course_moved_and_changed_is_told_as_both():
    found = difference(OLD, with_line("觀光與地方創生", area="B", credits=Decimal(2)))
    assert [(row.how, row.field) for row in found] == [
        (How.MOVED, "area"),
        (How.CHANGED, "credits"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "觀光學"),
        ("credits", Decimal(2)),
        ("required", True),
        ("counts_in_total", False),
        ("shareable", True),
    ],
)
def test_each_thing_that_a_subject_says(field, value):
    change = only(with_line("觀光與地方創生", **{field: value}))
    assert (change.how, change.code) == (How.CHANGED, code_of("觀光與地方創生"))
    assert (change.field, change.after) == (field, value)


def test_the_planned_term_is_compared_in_the_callers_words():
    lines = tuple(replace(row, key=row.key + 100) for row in OLD.lines)
    planned = {row.key: "1/1" for row in (*OLD.lines, *lines)} | {lines[0].key: "2/1"}
    change = only(replace(OLD, lines=lines), planned)
    assert (change.field, change.before, change.after) == ("planned", "1/1", "2/1")


def test_a_change_of_a_course_in_two_areas_is_told_once():
    line = next(row for row in OLD.lines if row.name == "觀光與地方創生")
    both = replace(OLD, lines=(*OLD.lines, replace(line, key=99, area="B")))
    smaller = (
        replace(row, credits=Decimal(2)) if row.name == line.name else row for row in both.lines
    )
    (change,) = difference(both, replace(both, lines=tuple(smaller)))
    assert (change.field, change.after) == ("credits", 2)


def test_another_code_under_the_same_name_is_a_change_of_the_code():
    change = only(with_line("觀光與地方創生", code="SRD210"))
    assert (change.how, change.field) == (How.CHANGED, "code")
    assert (change.before, change.after) == (code_of("觀光與地方創生"), "SRD210")


def test_another_code_and_other_credits_are_another_course():
    found = difference(OLD, with_line("觀光與地方創生", code="SRD210", credits=Decimal(2)))
    assert [row.how for row in found] == [How.ADDED, How.DROPPED]


def test_a_rule_added_dropped_and_changed():
    first, second = OLD.flexible_rules
    courses = FlexibleRule(Origin.OTHER_DEPARTMENT, Unit.COURSES, Decimal(1))
    for rules, told in (
        ((first, second, courses), [(How.ADDED, "", courses)]),
        ((first,), [(How.DROPPED, "", second)]),
        (
            (replace(first, limit=Decimal(9)), second),
            [(How.CHANGED, "limit", replace(first, limit=Decimal(9)))],
        ),
        (
            (first, replace(second, prior_approval=True, exempt=True)),
            [
                (How.CHANGED, "prior_approval", replace(second, prior_approval=True, exempt=True)),
                (How.CHANGED, "exempt", replace(second, prior_approval=True, exempt=True)),
            ],
        ),
    ):
        found = difference(OLD, replace(OLD, flexible_rules=rules))
        assert [(row.how, row.field, row.rule) for row in found] == told
        assert {row.about for row in found} == {About.RULE}


def test_I3_courses_that_stand_for_a_subject_from_now_on_through_a_chain_too():
    code = code_of("碩士論文")
    equivalents = {code: frozenset({"OLD"}), "OLD": frozenset({"OLDER"})}
    change = only(replace(OLD, equivalents=equivalents))
    assert (change.about, change.how, change.code) == (About.COURSE, How.CHANGED, code)
    assert (change.field, change.before, change.after) == (EQUIVALENTS, (), ("OLD", "OLDER"))


def test_I3_courses_that_stand_for_no_subject_of_the_framework_are_no_difference():
    assert difference(OLD, replace(OLD, equivalents={"X1": frozenset({"X2"})})) == ()


def test_A29_what_stands_for_a_course_is_told_in_its_direction_and_through_chains():
    given = {"A": frozenset({"B"}), "B": frozenset({"C"}), "X": frozenset({"C", "X"})}
    assert standing_for(given) == {"A": ("B", "C"), "B": ("C",), "X": ("C",)}
    assert standing_for({"A": frozenset({"B"}), "B": frozenset({"A"})}) == {
        "A": ("B",),
        "B": ("A",),
    }
