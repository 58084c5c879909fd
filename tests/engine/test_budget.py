"""A33: the search has a number of steps; over it the best found is answered, and says so."""

import random
from dataclasses import replace
from decimal import Decimal

import oracle
import pytest
import stress
from degree_audit import (
    Area,
    AreaTooDeep,
    Framework,
    Line,
    Reason,
    Remark,
    audit,
    check_framework,
    prepare,
)
from degree_audit.placement import budget, kept_solver
from drawn import so_many
from random_cases import hard, overlapping
from small import area, framework, passed

HALF = 0.5


@pytest.fixture(autouse=True)
def _nobody_to_hand_over_to(monkeypatch):
    """Here the package's own search is asked; what is handed over is in test_kept_solver.py."""
    monkeypatch.setattr(kept_solver, "is_there", lambda: False)


def drawn(name, seed):
    """One of the families of stress.py, and who took all of it or half."""
    rng = random.Random(seed)
    made = getattr(stress, name)(rng)
    return made, stress.taken(made), stress.taken(made, HALF, seed)


def legal(framework_, result):
    """Every cap is kept, and no course is where it has no line or in two plain places."""
    by_code = {}
    for line in framework_.lines:
        by_code.setdefault(line.code, {})[line.area] = line
    rows = {row.code: row for row in result.areas}
    for found in framework_.areas:
        assert found.max_credits is None or rows[found.code].taken <= found.max_credits
    codes = {line.key: line.code for line in framework_.lines}
    for row in result.enrolments:
        lines = [by_code[codes[row.line]][code] for code in row.areas]
        assert len(lines) < 2 or sum(not line.shareable for line in lines) <= 1


@pytest.mark.parametrize("subjects", [8, 9, 12, 40])
def test_A33_three_capped_areas_that_share_many_subjects_are_answered(subjects):
    made = stress.sharing(subjects)
    result = audit(made, stress.taken(made))
    legal(made, result)
    assert all(row.met for row in result.areas)
    assert result.taken == min(subjects, 9) * 3


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["unlike_sharing", "under_parents", "overlapping"])
def test_A33_what_cannot_be_searched_to_the_end_is_answered_and_says_so(name, seed, monkeypatch):
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (20_000, 20_000))
    made, *students = drawn(name, seed)
    for enrolments in students:
        result = audit(made, enrolments)
        legal(made, result)
        assert result == audit(made, enrolments[::-1])
        remarked = {row.key for row in result.enrolments if Remark.NOT_PROVEN in row.remarks}
        assert bool(remarked) is not result.proven


@pytest.mark.parametrize("seed", range(so_many(150)))
def test_A33_without_a_step_a_placement_is_legal_and_seldom_far_from_the_best(seed, monkeypatch):
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (0, 20_000))
    kinds = dict.fromkeys(("caps", "floors", "shared", "parents", "total"), True)
    made, enrolments = overlapping(random.Random(seed), **kinds)
    enrolments = enrolments[:4]
    result = audit(made, enrolments)
    legal(made, result)
    found, best = oracle.value_of(made, result), oracle.best(made, enrolments)
    assert found <= best
    assert found == best or not result.proven
    assert found[0] == best[0]


@pytest.mark.parametrize("steps", [30, 100, 300, 1000])
def test_A33_a_placement_that_is_called_proven_is_the_best(steps, monkeypatch):
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (steps, 5_000))
    proven = 0
    for seed in range(60):
        kinds = dict.fromkeys(("caps", "shared", "parents"), True)
        made, enrolments = overlapping(random.Random(seed), **kinds)
        result = audit(made, enrolments[:4])
        if result.proven:
            proven += 1
            assert oracle.value_of(made, result) == oracle.best(made, enrolments[:4])
    assert proven > 20


def test_A33_moves_alone_meet_nearly_all_areas_of_frameworks_that_ask_for_everything(monkeypatch):
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (0, budget.MOVES))
    unmet = 0
    for seed in range(10):
        made, taken = hard(random.Random(seed), 0.6, 0.9)
        unmet += sum(not row.met for row in audit(made, taken).areas)
    assert unmet <= 4


def test_A33_usual_frameworks_are_far_from_the_budget(monkeypatch):
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (budget.STEPS // 4, 0))
    for seed in range(20):
        for overlap in (0.3, 0.6):
            made, taken = hard(random.Random(seed), overlap, 1.0)
            assert audit(made, taken).proven
            assert audit(made, taken[::2]).proven


def test_A33_a_name_that_very_many_subjects_share_is_answered():
    made = framework(
        [area("A", 30), area("B", 30), area("C", 12, max_credits=15)],
        {f"s{number}": (3, "ABC"[number % 3]) for number in range(40)},
    )
    lines = tuple(
        replace(line, name="專題", required=number < 2) for number, line in enumerate(made.lines)
    )
    made = replace(made, lines=lines)
    taken = [replace(one, name="專題") for one in passed(made, *(f"old{n}" for n in range(30)))]
    result = audit(made, taken)
    assert len({row.line for row in result.enrolments if row.reason is Reason.COUNTS}) >= 25
    assert result == audit(made, taken[::-1])


def test_A33_a_piece_of_very_many_areas_is_answered():
    areas = [area(f"A{number}", 3) for number in range(300)]
    lines = tuple(
        Line(number * 300 + place, f"C{number}", f"C{number}", Decimal(3), f"A{place}")
        for number in range(20)
        for place in range(300)
    )
    made = Framework("F", "D", Decimal(30), tuple(areas), lines)
    result = audit(made, stress.taken(made))
    assert sum(row.met for row in result.areas) == 20


def test_areas_inside_each_other_without_end_are_refused_by_name():
    areas = [
        Area(f"A{number}", f"A{number}", f"A{number - 1}" if number else None)
        for number in range(3000)
    ]
    made = Framework("F", "D", Decimal(30), tuple(areas), ())
    with pytest.raises(AreaTooDeep):
        prepare(made)
    assert {finding.kind for finding in check_framework(made)} == {"AreaTooDeep"}


def test_A33_a_framework_that_reaches_the_budget_is_found_before_it_is_published():
    made = stress.sharing(12)
    assert "NotProvenBest" in {finding.kind for finding in check_framework(made)}
    assert "NotProvenBest" not in {finding.kind for finding in check_framework(stress.sharing(3))}


def test_a_gap_that_thousands_of_subjects_would_fill_names_one_way():
    made = framework(
        [area("A", 60)],
        {f"c{number}": (Decimal(number % 97 + 1) / 10, "A") for number in range(4000)},
    )
    (row,) = audit(made, ()).areas
    sizes = {line.key: line.credits for line in made.lines}
    assert row.fill
    assert sum(sizes[key] for key in row.fill[0]) >= 60
