"""How sure a tick is, against all ways in which pending grades can fall."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import pytest
import stress
from degree_audit import Case, Certainty, Decision, DecisionKind, Reading, State, audit, prepare
from degree_audit.outcome import certainty
from degree_audit.placement import budget, kept_solver
from drawn import MANY, fit, on_cases
from random_cases import overlapping
from small import area, framework, passed

SCORES = (None, Decimal(60), Decimal(95))
"""How a grade can fall: failed, and passes below and above the grade floor of the cases."""


def every_way(case, scores=SCORES):
    """What is met in every way: pairs of the scores by key, and the ticks area by area."""
    prepared = prepare(case.framework)
    pending = [one for one in case.enrolments if one.state is State.IN_PROGRESS]
    for way in product(scores, repeat=len(pending)):
        fallen = dict(zip((one.key for one in pending), way, strict=True))
        taken = [
            one
            if one.key not in fallen
            else replace(one, state=State.FAILED, score=Decimal(40))
            if fallen[one.key] is None
            else replace(one, state=State.PASSED, score=fallen[one.key])
            for one in case.enrolments
        ]
        then = Case(prepared, taken, case.decisions)
        result = then.audit(then.allowed(case.ticks), Reading.FINAL)
        yield fallen, [*(one.met for one in result.areas), result.met]


def graded(case):
    return Case(*case[:3]).outlook(case.ticks)


def agrees(case):
    """Whether the outlook is what all ways say, and its deciding sets are the smallest."""
    ways = list(every_way(case))
    pending = sorted(ways[0][0])
    for place, found in enumerate(graded(case)):
        ticks = [met[place] for _, met in ways]
        if found.certainty is not Certainty.OPEN:
            assert set(ticks) == {found.certainty is Certainty.CERTAIN}
            assert found.deciding == ()
            continue
        assert len(set(ticks)) == 2

        def decides(keys, place=place):
            return all(
                met[place] for fallen, met in ways if all(fallen[key] == SCORES[-1] for key in keys)
            )

        sizes = [
            size
            for size in range(len(pending) + 1)
            for keys in combinations(pending, size)
            if decides(keys)
        ]
        assert {len(keys) for keys in found.deciding} == set(sizes[:1])
        assert all(decides(keys) for keys in found.deciding)
        assert found.deciding == () or len(found.deciding) <= certainty.SETS


@on_cases(10 * MANY)
def test_a_tick_is_as_sure_as_all_ways_say_in_which_grades_can_fall(case):
    pending = [one for one in case.enrolments if one.state is State.IN_PROGRESS]
    fit(len(pending) <= 3)
    agrees(case)


@pytest.mark.parametrize("kind", ["plain", "caps", "floors", "shared", "parents", "total"])
def test_the_same_where_most_grades_are_pending(kind):
    for seed in range(20):
        kinds = {} if kind == "plain" else {kind: True}
        made, enrolments = overlapping(random.Random(seed), **kinds)
        enrolments = tuple(
            replace(one, state=State.IN_PROGRESS, score=None) if number < 3 else one
            for number, one in enumerate(enrolments)
        )
        agrees(PlainCase(made, enrolments))


class PlainCase(tuple):
    """A framework and enrolments, as the cases that are drawn."""

    __slots__ = ()
    decisions, ticks = (), frozenset()

    def __new__(cls, made, enrolments):
        return super().__new__(cls, (made, enrolments, ()))

    @property
    def framework(self):
        return self[0]

    @property
    def enrolments(self):
        return self[1]


def student(grades, areas=None, **values):
    """A framework of area A (6 credits) and B (3), and who takes as ``grades`` says.

    ``p`` passed, ``i`` in progress: by course.
    """
    made = framework(
        areas or [area("A", 6), area("B", 3)],
        {"a": (3, "A"), "b": (3, "A"), "c": (3, "A"), "d": (3, "B")},
        graduation_credits=Decimal(9),
        **values,
    )
    taken = tuple(
        replace(one, state=State.IN_PROGRESS, score=None) if grades[one.code] == "i" else one
        for one in passed(made, *grades)
    )
    return Case(made, taken)


def words(case, **values):
    return {found.code: found.certainty.value for found in case.outlook(**values)}


def test_what_is_met_without_a_pending_grade_is_certain():
    found = words(student({"a": "p", "b": "p", "c": "i", "d": "p"}))
    assert found == {"A": "certain", "B": "certain", None: "certain"}


def test_what_all_pending_grades_together_do_not_meet_is_out_of_reach_this_term():
    found = words(student({"a": "i", "d": "p"}))
    assert found == {"A": "out_of_reach", "B": "certain", None: "out_of_reach"}


def test_what_pending_grades_decide_is_open_with_the_smallest_sets_that_do():
    case = student({"a": "p", "b": "i", "c": "i", "d": "i"})
    area_a, area_b, whole = case.outlook()
    assert (area_a.certainty, area_a.deciding) == (Certainty.OPEN, ((2,), (3,)))
    assert (area_b.certainty, area_b.deciding) == (Certainty.OPEN, ((4,),))
    assert (whole.certainty, whole.deciding) == (Certainty.OPEN, ((2, 4), (3, 4)))


def test_a_grade_floor_leaves_open_what_a_mere_pass_would_not_meet():
    areas = [area("A", 6), area("B", 3, min_score=80)]
    case = student({"a": "p", "b": "p", "d": "i"}, areas)
    assert words(case)["B"] == "open"
    assert case.outlook()[1].deciding == ((3,),)
    assert words(case, pass_mark=Decimal(80))["B"] == "open"


def test_a_pass_that_moves_another_course_can_undo_an_area_and_then_it_is_not_certain():
    made = framework([area("A", 3), area("B", 6)], {"x": (3, "AB"), "y": (3, "B"), "z": (6, "B")})
    taken = passed(made, "x", "y")
    pending = (taken[0], replace(taken[1], state=State.IN_PROGRESS, score=None))
    agrees(PlainCase(made, pending))


def test_a_tick_on_a_pending_course_decides_the_whole():
    made = framework([area("A", 3)], {"a": (3, "A")}, graduation_credits=Decimal(6))
    taken = passed(made, "a", "elsewhere", department="O")
    case = Case(made, (taken[0], replace(taken[1], state=State.IN_PROGRESS, score=None)))
    assert words(case) == {"A": "certain", None: "out_of_reach"}
    assert words(case, ticks={2})[None] == "open"


@on_cases()
def test_an_area_is_as_sure_whatever_is_ticked(case):
    asked = Case(*case[:3])
    assert asked.outlook(case.ticks)[:-1] == Case(*case[:3]).outlook()[:-1]


def test_a_tick_leaves_the_deciding_sets_of_areas_where_the_ways_are_too_many(monkeypatch):
    monkeypatch.setattr(certainty, "WAYS", 1)
    made = framework([area("A", 3)], {"a": (3, "A")}, graduation_credits=Decimal(6))
    taken = [
        replace(one, state=State.IN_PROGRESS, score=None)
        for one in passed(made, "a", "elsewhere", department="O")
    ]
    asked = Case(made, taken)
    for ticks in ((), {2}):
        assert words(asked, ticks=ticks)["A"] == "open"
    assert asked.outlook({2})[0] == asked.outlook()[0]


def test_a_decision_holds_in_every_way():
    case = student({"a": "p", "b": "i", "d": "p"})
    waived = (Decision(DecisionKind.MAPPED, 2, "B"),)
    moved = Case(case.prepared, case.enrolments, waived)
    assert words(moved)["A"] == "out_of_reach"


def test_very_many_pending_courses_that_compete_are_bounded_and_not_audited_in_every_way(
    monkeypatch,
):
    made, enrolments = overlapping(random.Random(3))
    made = framework(
        [area("A", 30), area("B", 3), area("C", 60)],
        {f"c{number:02}": (3, "AB" if number % 2 else "BC") for number in range(24)},
    )
    enrolments = tuple(
        replace(one, state=State.IN_PROGRESS, score=None)
        for one in passed(made, *(f"c{number:02}" for number in range(24)))
    )
    asked = []
    kept = certainty._Asked.ticks
    monkeypatch.setattr(
        certainty._Asked, "ticks", lambda self, way: asked.append(way) or kept(self, way)
    )
    found = words(Case(made, enrolments))
    assert found["C"] == "out_of_reach"
    assert found["B"] == "open"
    assert len(asked) == 2


def test_where_one_audit_takes_many_steps_fewer_ways_are_tried(monkeypatch):
    made = framework([area("A", 9), area("B", 3)], {f"c{number}": (3, "AB") for number in range(6)})
    enrolments = tuple(
        replace(one, state=State.IN_PROGRESS, score=None)
        for one in passed(made, *(f"c{number}" for number in range(6)))
    )
    asked = []
    kept = certainty._Asked.ticks
    monkeypatch.setattr(
        certainty._Asked, "ticks", lambda self, way: asked.append(way) or kept(self, way)
    )
    assert words(Case(made, enrolments))["B"] == "open"
    assert len(asked) > 2
    asked.clear()
    monkeypatch.setattr(certainty, "STEPS", 1)
    assert words(Case(made, enrolments))["B"] == "open"
    assert len(asked) == 2


@pytest.mark.parametrize("pending", [False, True])
def test_A33_what_is_not_met_in_a_placement_that_is_not_proven_is_open_and_says_so(
    monkeypatch, pending
):
    monkeypatch.setattr(kept_solver, "is_there", lambda: False)
    made = stress.sharing(12)
    enrolments = tuple(stress.taken(made))
    if pending:
        enrolments = (replace(enrolments[0], state=State.IN_PROGRESS, score=None), *enrolments[1:])
    else:
        *areas, _whole = words(Case(made, enrolments)).values()
        assert set(areas) == {"certain"}
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (50, 0))
    found = Case(made, enrolments).outlook()
    assert {(one.certainty, one.proven) for one in found} == {(Certainty.OPEN, False)}
    # Too few courses for the whole, however they are placed.
    few = stress.sharing(6)
    whole = Case(few, stress.taken(few)).outlook()[-1]
    assert (whole.certainty, whole.proven) == (Certainty.OUT_OF_REACH, True)


def test_nothing_pending_leaves_nothing_open():
    case = student({"a": "p", "b": "p", "d": "p"})
    assert set(words(case).values()) == {"certain"}
    assert audit(case.prepared, case.enrolments).met


def test_however_many_grades_are_pending_two_audits_settle_what_nothing_competes_for():
    many = [f"c{number:02}" for number in range(12)]
    made = framework(
        [area("A", 3), area("B", 36), area("C", 39)],
        {"a": (3, "A")} | dict.fromkeys(many, (3, "B")) | {"d": (3, "C")},
    )
    taken = passed(made, "a", *many)
    pending = [replace(one, state=State.IN_PROGRESS, score=None) for one in taken[1:]]
    found = words(Case(made, (taken[0], *pending)))
    assert (found["A"], found["B"], found["C"]) == ("certain", "open", "out_of_reach")
