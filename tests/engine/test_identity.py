"""Which courses are the same course: A17, A28 to A32 and A34."""

import random
from dataclasses import replace
from decimal import Decimal

from degree_audit import (
    Decision,
    DecisionKind,
    Line,
    Reason,
    State,
    audit,
    check_framework,
)
from degree_audit.outcome import fill_tried
from drawn import MANY, on_cases
from small import area, framework, held, passed, placed, reasons

SAME = {"x": frozenset({"y"})}
"""y stands for x."""

IN_FRAMEWORK = (Reason.COUNTS, Reason.MAPPED)


def named(made, **names):
    """``made`` with other names for the lines of some codes."""
    lines = (replace(line, name=names.get(line.code, line.name)) for line in made.lines)
    return replace(made, lines=tuple(lines))


def old(code, name, key, size=3, **values):
    """A passed course that the framework's own department offered."""
    (found,) = passed(framework([], {}), code)
    return replace(found, key=key, name=name, credits=Decimal(size), **values)


def told_in_total(case, row):
    """What one row of an audit says to count in the total: by its line and areas."""
    (own,) = (line for line in case.framework.lines if line.key == row.line)
    there = row.areas or (None,)
    lines = [x for x in case.framework.lines if x.code == own.code and x.area in there]
    assert {line.area for line in lines} == set(there), "the areas are those of its line"
    return row.counted_credits if any(line.counts_in_total for line in lines) else 0


@on_cases(5 * MANY, decided=False)
def test_what_is_told_per_course_adds_up_to_the_rows(case, reading):
    result = audit(*case, reading)
    enrolments = {enrolment.key: enrolment for enrolment in case.enrolments}
    counting = [row for row in result.enrolments if row.reason in IN_FRAMEWORK]
    assert result.taken - result.recognised == sum(told_in_total(case, row) for row in counting)
    assert result.courses == len(counting)
    parents = {one.parent for one in case.framework.areas}
    for one in result.areas:
        if one.code not in parents:
            there = [enrolments[row.key] for row in counting if one.code in row.areas]
            assert one.taken == sum(e.credits for e in there)
            assert one.courses == len(there)


# -- one course that may stand for several lines (A17, A30, A34)


def test_A34_a_name_of_two_shareable_lines_stands_for_one_of_them():
    made = named(
        framework([area("A", 3), area("B", 3)], {"x": (3, "A*"), "y": (3, "B*")}),
        x="專題",
        y="專題",
    )
    result = audit(made, (old("old", "專題", 1),))
    assert held(result) == {"A": 3, "B": 0}
    assert (placed(result), result.taken, result.courses) == ({1: "A"}, 3, 1)


def test_A34_it_stands_for_the_line_that_counts_in_most_areas_that_lack_it():
    made = named(
        framework([area("A", 3), area("B", 3), area("C", 3)], {"x": (3, "A"), "y": (3, "B*C*")}),
        x="專題",
        y="專題",
    )
    result = audit(made, (old("old", "專題", 1),))
    assert placed(result) == {1: "BC"}
    assert result.taken == 3


def test_A34_a_line_that_does_not_count_in_the_total_is_the_lesser_one():
    made = named(framework([area("A", 3)], {"x": (3, "A~"), "y": (3, "A")}), x="專題", y="專題")
    result = audit(made, (old("old", "專題", 1),))
    assert (held(result), result.taken) == ({"A": 3}, 3)
    (row,) = result.enrolments
    assert row.line == next(line.key for line in made.lines if line.code == "y")


def test_A34_a_required_line_is_taken_by_the_course_that_stands_for_it():
    made = named(framework([area("A", 3)], {"x": (3, "A!"), "y": (3, "A")}), x="專題", y="專題")
    assert audit(made, (old("old", "專題", 1),)).missing_lines == ()


def test_A30_one_code_passed_twice_fills_one_of_the_lines_that_could_take_it():
    made = named(framework([area("A", 6)], {"x": (3, "A"), "y": (3, "A")}), x="專題", y="專題")
    result = audit(made, (old("old", "專題", 1), old("old", "專題", 2, term=1132)))
    assert reasons(result) == {1: Reason.REPEATED, 2: Reason.COUNTS}
    assert held(result) == {"A": 3}
    two = audit(made, (old("old", "專題", 1), old("other", "專題", 2)))
    assert held(two) == {"A": 6}


def test_A30_it_fills_two_of_them_where_they_are_repeatable():
    made = named(framework([area("A", 6)], {"x": (3, "A*"), "y": (3, "A*")}), x="專題", y="專題")
    result = audit(made, (old("old", "專題", 1), old("old", "專題", 2, term=1132)))
    assert held(result) == {"A": 6}


# -- equivalents (A28, A29)


def test_A29_an_equivalent_stands_for_the_course_and_not_the_other_way_round():
    made = framework([area("A", 3)], {"x": (3, "A")}, equivalents={"x": frozenset({"old"})})
    assert held(audit(made, (old("old", "舊", 1),))) == {"A": 3}
    turned = replace(made, equivalents={"old": frozenset({"x"})})
    assert held(audit(turned, (old("old", "舊", 1),))) == {"A": 0}


def test_A29_chains_follow_the_direction():
    chain = {"x": frozenset({"old"}), "old": frozenset({"older"})}
    made = framework([area("A", 3)], {"x": (3, "A")}, equivalents=chain)
    assert held(audit(made, (old("older", "更舊", 1),))) == {"A": 3}
    bent = {"x": frozenset({"old"}), "older": frozenset({"old"})}
    assert held(audit(replace(made, equivalents=bent), (old("older", "更舊", 1),))) == {"A": 0}


def test_A29_two_courses_that_stand_for_a_third_are_two_courses():
    both = {"x": frozenset({"y", "z"})}
    made = framework([area("A", 6)], {"y": (3, "A"), "z": (3, "A")}, equivalents=both)
    assert held(audit(made, passed(made, "y", "z"))) == {"A": 6}
    abroad = tuple(old(code, code, key, department="O") for key, code in enumerate("yz", 1))
    outside = audit(replace(made, lines=()), abroad)
    assert reasons(outside) == {1: Reason.OUTSIDE, 2: Reason.OUTSIDE}


def test_A28_two_lines_of_which_one_stands_for_the_other_count_once_where_it_is_best():
    areas = [area("A", 3), area("B", 3)]
    lines = {"x": (3, "A"), "y": (3, "B"), "z": (3, "A")}
    made = framework(areas, lines, equivalents={"x": frozenset({"y"})})
    both = audit(made, passed(made, "x", "y"))
    assert (held(both), both.taken) == ({"A": 3, "B": 0}, 3)
    assert reasons(both) == {1: Reason.COUNTS, 2: Reason.REPEATED}
    better = audit(made, passed(made, "x", "y", "z"))
    assert all(row.met for row in better.areas)
    assert better.taken == 6
    assert better == audit(made, passed(made, "x", "y", "z")[::-1])


def test_A28_of_three_in_a_row_the_two_that_are_no_equivalents_of_each_other_may_count():
    pairs = {"x": frozenset({"y", "z"})}
    made = framework([area("A", 9)], dict.fromkeys("xyz", (3, "A")), equivalents=pairs)
    result = audit(made, passed(made, "x", "y", "z"))
    assert held(result) == {"A": 6}
    assert reasons(result)[1] is Reason.REPEATED


def test_A28_a_required_line_beside_which_its_equivalent_counts_is_taken():
    made = framework(
        [area("A", 3)], {"x": (3, "A!"), "y": (3, "A!")}, equivalents={"x": frozenset({"y"})}
    )
    assert audit(made, passed(made, "x", "y")).missing_lines == ()
    assert audit(made, passed(made, "x")).missing_lines == (2,)


def test_A28_of_two_that_stand_for_each_other_one_is_named_to_fill_a_gap():
    made = framework([area("A", 6)], dict.fromkeys("xyz", (3, "A")), equivalents=SAME)
    (row,) = audit(made, ()).areas
    assert row.fill == ((1, 3), (2, 3))
    (row,) = audit(made, passed(made, "y")).areas
    assert row.fill == ((3,),)


def test_A28_a_gap_names_more_courses_where_the_fewest_are_two_of_the_same():
    courses = {"x": (3, "A"), "y": (3, "A"), "z": (2, "A"), "w": (1, "A")}
    made = framework([area("A", 6)], courses, equivalents=SAME)
    (row,) = audit(made, ()).areas
    assert row.fill == ((1, 3, 4), (2, 3, 4))


def test_A28_a_parents_gap_names_no_two_of_the_same_either():
    areas = [area("P", 6), area("A", parent="P"), area("B", parent="P")]
    courses = {"x": (3, "A"), "y": (3, "B"), "z": (3, "B")}
    parent, *_ = audit(framework(areas, courses, equivalents=SAME), ()).areas
    assert parent.fill == ((1, 3),)


def test_A28_a_course_that_counts_several_times_is_not_named_beside_what_stands_for_it():
    made = framework([area("A", 6)], {"x": (3, "A"), "y": (3, "A")}, equivalents=SAME)
    twice = (replace(made.lines[0], repeats=2), made.lines[1])
    (row,) = audit(replace(made, lines=twice), ()).areas
    assert row.fill == ((1, 1),)


def test_A28_what_stands_for_a_taken_course_fills_a_gap_where_the_two_may_change_places():
    courses = {"v": (3, "A"), "x": (3, "A"), "y": (3, "B"), "w": (4, "B")}
    made = framework([area("A", 3), area("B", 3)], courses, equivalents=SAME)
    _, other = audit(made, passed(made, "x")).areas
    assert other.fill == ((4,),)
    _, other = audit(made, passed(made, "v", "x")).areas
    assert other.fill == ((3,), (4,))


def test_A28_what_would_empty_another_area_fills_no_gap():
    """The first area would have the two of which one counts, and the second one nothing."""
    courses = {"x": (3, "A"), "y": (3, "B"), "w": (4, "B")}
    made = framework([area("B", 3), area("A", 3)], courses, equivalents=SAME)
    first, _ = audit(made, passed(made, "x")).areas
    assert first.fill == ((3,),)


def test_A28_beside_what_only_changes_places_the_sets_that_do_not_are_named():
    courses = {"x": (3, "A"), "y": (4, "B"), "z": (2, "B"), "w": (2, "B")}
    made = framework([area("A", 3), area("B", 4)], courses, equivalents=SAME)
    _, other = audit(made, passed(made, "x")).areas
    assert other.fill == ((3, 4),)


def test_A28_a_gap_that_only_two_of_the_same_would_fill_cannot_be_filled():
    made = framework([area("A", 6)], dict.fromkeys("xy", (3, "A")), equivalents=SAME)
    (row,) = audit(made, ()).areas
    assert row.fill == ()
    around = framework(
        [area("P"), area("A", 3, parent="P"), area("B", 3, parent="P")],
        {"x": (3, "A"), "y": (3, "B")},
        equivalents=SAME,
    )
    assert [row.fill for row in audit(around, ()).areas] == [(), ((1,),), ((2,),)]


def test_A28_a_parents_gap_is_filled_where_the_largest_bars_what_is_needed():
    areas = [area("P", 6), area("A", parent="P")]
    courses = {"a": (5, "A"), "b": (3, "A"), "c": (3, "A")}
    made = framework(areas, courses, equivalents={"a": frozenset("bc")})
    assert audit(made, ()).areas[0].fill == ((2, 3),)
    areas = [area("P"), area("A", 3, parent="P"), area("B", 3, parent="P")]
    courses = {"x": (3, "A"), "z": (3, "A"), "y": (3, "B")}
    made = framework(areas, courses, equivalents=SAME)
    assert audit(made, ()).areas[0].fill == ((2, 3),)


def test_A28_what_fills_a_gap_is_not_hidden_by_many_that_do_not():
    taken = [f"t{number}" for number in range(5)]
    courses = dict.fromkeys(taken, (3, "B")) | {"s": (3, "C")}
    courses |= {f"n{number}": (3, "A") for number in range(5)} | {"m": (3, "A")}
    pairs = {f"n{number}": frozenset({f"t{number}"}) for number in range(5)}
    areas = [area("A", 3), area("B", 15), area("C")]
    made = framework(areas, courses, equivalents=pairs | {"m": frozenset({"s"})})
    first, *_ = audit(made, passed(made, *taken, "s")).areas
    assert first.fill == ((12,),)


def test_A28_what_is_named_does_not_depend_on_which_area_is_read_first():
    """Nothing fills the first area, and to see that takes all the work there is."""
    courses = {f"c{number:02}": (3, "A") for number in range(40)}
    courses |= {"b": (3, "B"), "d": (2, "B"), "e": (1, "B")}
    pairs = {f"c{number:02}": frozenset({f"c{number + 1:02}"}) for number in range(0, 40, 2)}
    made = framework([area("A", 63), area("B", 2)], courses, equivalents=pairs)
    forwards, backwards = audit(made, ()).areas, audit(made, ()).areas
    assert [row.fill for row in forwards] == [row.fill for row in backwards[::-1]][::-1]
    assert forwards[0].fill == ()
    assert forwards[1].fill


def test_A28_what_was_not_tried_is_not_named_and_what_needs_no_trying_is(monkeypatch):
    monkeypatch.setattr(fill_tried, "STEPS", 0)
    courses = {"v": (3, "A"), "x": (3, "A"), "y": (3, "B"), "w": (4, "B")}
    made = framework([area("A", 3), area("B", 3)], courses, equivalents=SAME)
    _, other = audit(made, passed(made, "v", "x")).areas
    assert other.fill == ((4,),)


def test_A28_publishing_warns_of_equivalents_that_are_both_in_the_framework():
    made = framework([area("A", 3)], {"x": (3, "A"), "y": (3, "A")}, graduation_credits=Decimal(3))
    assert check_framework(made) == ()
    (found,) = check_framework(replace(made, equivalents={"x": frozenset({"y"})}))
    assert (found.kind, found.path, found.fatal) == ("CountsOnce", "F/x = y", False)


# -- outside courses and 抵免 (A31, A32)


def test_A31_two_exchange_courses_under_one_placeholder_code_are_two():
    made = framework([area("A")], {"x": (3, "A")}, graduation_credits=Decimal(9))
    abroad = [
        old("EXCH", name, key, school=school, department="")
        for key, (name, school) in enumerate(
            [("Topology", "Leiden"), ("Algebra", "Leiden"), ("Algebra", "Uppsala")], 1
        )
    ]
    again = replace(abroad[1], key=9, term=1141)
    ticks = {one.key for one in abroad} - {2} | {9}
    result = audit(made, [*abroad, again], ticks=ticks)
    assert result.ticked == 9
    assert reasons(result)[2] is Reason.REPEATED


def test_A31_two_rows_of_transferred_credit_under_one_code_are_two():
    made = framework([area("A")], {"x": (3, "A")}, graduation_credits=Decimal(6))
    rows = [
        old("TRANSFER", name, key, state=State.TRANSFERRED, score=None, department="")
        for key, name in enumerate(("統計學", "微積分"), 1)
    ]
    decisions = [Decision(DecisionKind.FLEXIBLE, one.key) for one in rows]
    assert audit(made, rows, decisions).recognised == 6


def test_A32_a_course_that_counts_in_the_framework_is_not_recognised_again():
    made = framework([area("A", 3)], {"x": (3, "A")}, graduation_credits=Decimal(6))
    first, second = passed(made, "x", "x")
    decided = (Decision(DecisionKind.FLEXIBLE, second.key),)
    result = audit(made, (first, second), decided)
    assert (result.recognised, result.taken) == (0, 3)
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.REPEATED}


def test_A17_very_many_names_of_two_shareable_lines_end_within_the_budget():
    rng = random.Random(5)
    lines, taken, key = [], [], 0
    areas = [area(code, 9) for code in "ABCD"]
    for number in range(20):
        for code in ("x", "y"):
            for where in rng.sample("ABCD", 2):
                key += 1
                size = Decimal(3)
                one = Line(key, f"{code}{number}", f"n{number}", size, where, shareable=True)
                lines.append(one)
        taken.append(old(f"old{number}", f"n{number}", 500 + number))
    made = replace(framework(areas, {}), lines=tuple(lines))
    result = audit(made, taken)
    assert result == audit(made, taken[::-1])
    assert all(row.met for row in result.areas)
