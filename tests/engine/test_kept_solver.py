"""A33: what the engine's own search gives up is proven by the solver that others keep."""

import random
from dataclasses import replace
from decimal import Decimal

import cp_oracle
import oracle
import pytest
import stress
from degree_audit import (
    Area,
    Case,
    Decision,
    DecisionKind,
    Framework,
    Line,
    Reading,
    audit,
    check_framework,
    prepare,
)
from degree_audit.placement import budget, kept_solver
from degree_audit.placement.allocation import allocate
from degree_audit.placement.budget import Budget
from degree_audit.placement.decided import decided
from degree_audit.placement.placing import _courses
from degree_audit.placement.program import Program
from degree_audit.placement.tally import Tally
from degree_audit.placement.worth import worth
from degree_audit.transcript.attempts import counting_attempts
from degree_audit.transcript.decisions import NONE
from drawn import so_many
from random_cases import overlapping

KINDS = dict.fromkeys(("caps", "floors", "shared", "parents", "total"), True)


@pytest.fixture
def _nothing_searched(monkeypatch):
    """As if every search was given up at once."""
    monkeypatch.setattr(budget, "SEARCHED", -1)


def asked(made, enrolments):
    """What the solver is asked when it is handed this allocation."""
    prepared = prepare(made)
    attempts = counting_attempts(prepared, enrolments, NONE, Reading.EXPECTED)
    tally = Tally(prepared)
    rest = tally.place_plain(attempts.held, {})
    courses = _courses(prepared, attempts, NONE, rest)
    return prepared, courses, tally, Program(prepared, courses, tally)


@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_A33_the_program_has_the_value_that_the_search_has_on_random_small_cases(kind):
    kinds = KINDS if kind == "all" else {kind: True}
    for seed in range(so_many(60)):
        made, enrolments = overlapping(random.Random(seed), **kinds)
        enrolments = enrolments[:4]
        prepared, courses, tally, program = asked(made, enrolments)
        solved = kept_solver.solve(program, 100_000)
        assert solved.proven == len(solved.worth)
        handed = worth(prepared, courses, program.placements(solved.values), tally)
        own = worth(prepared, courses, allocate(prepared, courses, tally, Budget()), tally)
        assert handed == own, seed
        assert solved.worth == [*handed[:-1], *handed[-1]]


@pytest.mark.usefixtures("_nothing_searched")
def test_A33_what_is_handed_over_is_the_best_on_random_small_cases():
    for seed in range(so_many(150)):
        made, enrolments = overlapping(random.Random(seed), **KINDS)
        enrolments = enrolments[:4]
        result = audit(made, enrolments)
        assert result.proven
        assert oracle.value_of(made, result) == oracle.best(made, enrolments), seed


@pytest.mark.usefixtures("_nothing_searched")
def test_A33_what_a_reviewer_forces_stays_where_it_is_when_it_is_handed_over():
    for seed in range(60):
        made, enrolments = overlapping(random.Random(seed), **KINDS)
        leaf = oracle.leaves(made)[0].code
        forced = (Decision(DecisionKind.FORCED, enrolments[0].key, leaf),)
        handed = audit(made, enrolments, forced)
        assert next(row for row in handed.enrolments if row.key == enrolments[0].key).areas == (
            leaf,
        )


@pytest.mark.parametrize("subjects", [8, 12, 16, 40])
def test_A33_capped_areas_that_share_many_subjects_are_proven_in_few_steps(subjects, monkeypatch):
    made = stress.sharing(subjects)
    spent = []
    spend = Budget.spend

    def counted(self, steps):
        spent.append(steps)
        spend(self, steps)

    monkeypatch.setattr(Budget, "spend", counted)
    result = audit(made, stress.taken(made))
    assert result.proven
    assert all(row.met for row in result.areas)
    assert sum(spent) <= 2 * budget.SEARCHED


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize("name", ["under_parents", "overlapping"])
def test_A33_forty_courses_under_parents_and_sixty_in_twelve_areas_are_proven(name, share):
    made = getattr(stress, name)(random.Random(1))
    enrolments = stress.taken(made, share, 1)
    result = audit(made, enrolments)
    assert result.proven
    assert result == audit(made, enrolments[::-1])
    levels = oracle.value_of(made, result)
    assert levels == cp_oracle.best(made, enrolments)


def test_A33_what_the_solver_has_no_iterations_for_says_so(monkeypatch):
    monkeypatch.setattr(budget, "ITERATIONS", 1)
    made = stress.under_parents(random.Random(0))
    result = audit(made, stress.taken(made))
    assert not result.proven
    assert result == audit(made, stress.taken(made)[::-1])


def test_A33_without_the_solver_nothing_is_handed_over_and_the_framework_is_warned_of(monkeypatch):
    made = stress.sharing(12)
    assert "NotProvenBest" not in {finding.kind for finding in check_framework(made)}
    monkeypatch.setattr(kept_solver, "is_there", lambda: False)
    assert "NotProvenBest" in {finding.kind for finding in check_framework(made)}


def test_A33_a_few_ways_of_one_name_are_handed_over_together_within_one_bound():
    made = stress.overlapping(random.Random(2), courses=30, areas=8)
    same = tuple(
        replace(line, name="專題", credits=Decimal(3)) if line.code < "C04" else line
        for line in made.lines
    )
    made = replace(made, lines=same)
    enrolments = tuple(
        replace(one, code=f"old{one.key}", name="專題", credits=Decimal(3))
        if one.code < "C04"
        else one
        for one in stress.taken(made)
    )
    case = Case(made, enrolments)
    assert case.audit() == Case(made, enrolments[::-1]).audit()


def test_A33_a_solver_that_is_there_and_cannot_be_used_leaves_it_to_the_own_search(monkeypatch):
    monkeypatch.setattr(kept_solver, "import_module", lambda _name: object())
    made = stress.sharing(16)
    result = audit(made, stress.taken(made))
    assert not result.proven
    assert all(row.met for row in result.areas)


def test_A33_a_level_that_divisible_courses_would_not_raise_needs_no_tree(monkeypatch):
    searched = []
    run = kept_solver._Solving._run

    def counted(self, level, begin):
        searched.append(level)
        return run(self, level, begin)

    monkeypatch.setattr(kept_solver._Solving, "_run", counted)
    monkeypatch.setattr(kept_solver, "SUM", 0)
    for seed in range(3):
        made = stress.overlapping(random.Random(seed))
        *_, program = asked(made, stress.taken(made))
        levels = sum(bool(level.terms) for level in program.levels)
        searched.clear()
        solved = kept_solver.solve(program, budget.ITERATIONS)
        assert solved.proven == len(program.levels)
        assert len(searched) <= levels // 3


def test_A33_a_sum_of_levels_decides_as_the_levels_in_turn_do(monkeypatch):
    """One tree for several levels, or one for each: the same worth."""
    for seed in range(4):
        made = stress.under_parents(random.Random(seed))
        enrolments = stress.taken(made, 0.7, seed)
        at_once = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
        with monkeypatch.context() as patched:
            patched.setattr(kept_solver, "SUM", 0)
            in_turn = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
        assert at_once.proven == in_turn.proven == len(in_turn.worth)
        assert at_once.worth == in_turn.worth


def test_A33_what_one_placement_reaches_is_what_sums_of_levels_decide(monkeypatch):
    """All levels left reached at once, or one sum of them after the other: the same worth."""
    reached = []
    reaches = kept_solver._Solving._reaches

    def counted(self, wanted):
        found = reaches(self, wanted)
        reached.append(found)
        return found

    monkeypatch.setattr(kept_solver._Solving, "_reaches", counted)
    for seed in range(4):
        for make in (stress.under_parents, stress.overlapping):
            made = make(random.Random(seed))
            enrolments = stress.taken(made, 0.8, seed)
            at_once = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
            with monkeypatch.context() as patched:
                patched.setattr(kept_solver._Solving, "_reaches", lambda *_asked: False)
                by_sums = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
            assert at_once.proven == by_sums.proven == len(by_sums.worth)
            assert at_once.worth == by_sums.worth
    assert True in reached
    assert False in reached


def test_A33_no_half_of_a_course_counts_whole_and_takes_half_of_a_cap():
    """Two shareable lines under one capped parent: divided, each course would count twice."""
    parent = Area("P", "P", max_credits=Decimal(6))
    leaves = (Area("A", "A", "P", min_credits=Decimal(1)), Area("B", "B", "P"))
    lines = tuple(
        Line(2 * course + at, f"C{course}", f"C{course}", Decimal(3), leaf.code, shareable=True)
        for course in range(6)
        for at, leaf in enumerate(leaves)
    )
    made = Framework("F", "D", Decimal(30), (parent, *leaves), lines)
    *_, program = asked(made, stress.taken(made))
    total = program.levels[kept_solver.TOTAL]
    assert kept_solver._Solving(kept_solver._usable(), program, 100)._bound(total) == 6
    assert audit(made, stress.taken(made)).taken == 6


def test_A33_no_tree_takes_many_times_the_iterations_that_are_left():
    made = stress.overlapping(random.Random(3))
    enrolments = stress.taken(made, 0.5, 3)
    assert kept_solver.solve(asked(made, enrolments)[-1], 100_000).iterations > 4_500
    solved = kept_solver.solve(asked(made, enrolments)[-1], 1_500)
    assert solved.iterations < 3_000
    assert solved.proven < len(solved.worth)


NO_HELP = ("_fix", "_bound_what_is_met", "_bound_what_is_over")


def test_A33_what_keeps_trees_small_changes_no_worth(monkeypatch):
    fixed = []
    fix = kept_solver._Solving._fix

    def counted(self, level):
        fix(self, level)
        fixed.append(len(self._fixed))

    for seed in range(3):
        for make in (stress.under_parents, stress.overlapping):
            made = make(random.Random(seed))
            enrolments = stress.taken(made, 0.5, seed)
            with monkeypatch.context() as patched:
                patched.setattr(kept_solver._Solving, "_fix", counted)
                helped = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
            with monkeypatch.context() as patched:
                for name in NO_HELP:
                    patched.setattr(kept_solver._Solving, name, lambda *_asked: None)
                alone = kept_solver.solve(asked(made, enrolments)[-1], 100_000)
            assert helped.proven == alone.proven == len(alone.worth)
            assert helped.worth == alone.worth
    assert max(fixed) > 0


def test_A33_a_level_decides_only_what_would_cost_it_more_than_it_can_lose():
    best, costs = [1.0, 0.0, 1.0, 0.0], [3.0, -3.0, 1.0, -1.0]
    values = [1, 0, 1, 0]
    assert list(decided(best, costs, values, 0.5)) == [0, 1, 2, 3]
    assert list(decided(best, costs, values, 2.5)) == [0, 1]
    assert not list(decided(best, costs, values, 3.5))


def test_A33_a_level_decides_nothing_that_the_values_have_otherwise():
    assert list(decided([1.0, 0.5, 0.0], [9.0, 9.0, -9.0], [0, 1, 0], 0.5)) == [2]
