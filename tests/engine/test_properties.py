"""What holds for every framework and every transcript, on random cases."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

import oracle
from degree_audit import (
    Case,
    DecisionKind,
    Enrolment,
    Reading,
    Reason,
    State,
    audit,
    prepare,
)
from drawn import MANY, fit, on_cases, suggest_ticks, tickable
from random_cases import overlapping

COUNTING = (Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED)
IN_FRAMEWORK = (Reason.COUNTS, Reason.MAPPED)
SELDOM = MANY * 5 // 2
"""Cases of what goes wrong seldom."""


def leaves_value(framework, result):
    """What A8 compares before the order of the areas: more is better, level by level."""
    return oracle.value_of(framework, result)[:4]


@on_cases()
def test_A8_the_placement_is_the_best_of_all_where_every_difficulty_meets(rng):
    kinds = dict.fromkeys(("caps", "floors", "shared", "parents", "total"), True)
    framework, enrolments = overlapping(rng, **kinds)
    enrolments = enrolments[:4]
    found = oracle.value_of(framework, audit(framework, enrolments))
    assert found == oracle.best(framework, enrolments)


@on_cases()
def test_every_enrolment_is_explained_once_and_in_time(case, reading):
    result = audit(*case, reading)
    expected = sorted((enrolment.term, enrolment.key) for enrolment in case.enrolments)
    assert [row.key for row in result.enrolments] == [key for _term, key in expected]
    for row in result.enrolments:
        enrolment = next(e for e in case.enrolments if e.key == row.key)
        assert row.counted_credits in (0, enrolment.credits)
        assert row.reason in COUNTING or not (row.areas or row.counted_credits or row.in_progress)
        assert row.in_progress <= (enrolment.state is State.IN_PROGRESS)
        assert not (row.reason in COUNTING and enrolment.state in (State.FAILED, State.WITHDRAWN))


@on_cases()
def test_a_course_counts_in_one_area_only_unless_its_lines_are_shareable(case, reading):
    for row in audit(*case, reading).enrolments:
        assert len(set(row.areas)) == len(row.areas)
        if len(row.areas) > 1:
            code = next(line.code for line in case.framework.lines if line.key == row.line)
            bound = [
                line
                for line in case.framework.lines
                if line.code == code and line.area in row.areas and not line.shareable
            ]
            assert len(bound) <= 1


@on_cases()
def test_D3_no_subject_counts_twice(case, reading):
    result = audit(*case, reading)
    code_of = {line.key: line.code for line in case.framework.lines}
    subjects = Counter(
        code_of[row.line] for row in result.enrolments if row.reason in IN_FRAMEWORK and row.line
    )
    assert not subjects or max(subjects.values()) == 1


@on_cases(decided=False)
def test_D3_of_the_attempts_at_one_code_one_counts(case, reading):
    counting = [row.key for row in audit(*case, reading).enrolments if row.reason in COUNTING]
    courses = Counter((e.code, e.name, e.school) for e in case.enrolments if e.key in counting)
    shareable = any(line.shareable for line in case.framework.lines)
    for code, name, school in courses:
        again = shareable and code in ("N", "E") and not school  # of several subjects (A30)
        assert again or courses[code, name, school] == 1


@on_cases()
def test_an_areas_numbers_are_the_sums_of_the_courses_that_count_there(case, reading):
    result = audit(*case, reading)
    enrolments = {enrolment.key: enrolment for enrolment in case.enrolments}
    for area in result.areas:
        there = [
            enrolments[row.key]
            for row in result.enrolments
            if any(area.code in oracle.up(case.framework, leaf) for leaf in row.areas)
        ]
        open_ = [e for e in there if e.state is State.IN_PROGRESS]
        assert area.courses == len(there)
        assert area.taken == sum(e.credits for e in there)
        assert area.in_progress == sum(e.credits for e in open_)
        assert area.taken == area.earned + area.in_progress


@on_cases()
def test_the_wholes_numbers_are_the_sums_of_what_counts(case, reading):
    result = audit(*case, reading)
    free = all(line.counts_in_total for line in case.framework.lines)
    by_reason = Counter()
    for row in result.enrolments:
        by_reason[row.reason] += row.counted_credits
    inside = sum(by_reason[reason] for reason in IN_FRAMEWORK)
    assert result.recognised == by_reason[Reason.FLEXIBLE]
    assert result.ticked == by_reason[Reason.TICKED]
    assert result.taken - result.recognised <= inside
    assert result.taken - result.recognised == inside or not free
    assert result.taken == result.earned + result.in_progress
    assert result.expected == result.taken + result.ticked


@on_cases()
def test_what_counts_never_exceeds_what_was_taken(case, reading):
    result = audit(*case, reading)
    counting = (State.PASSED, State.TRANSFERRED, State.IN_PROGRESS)
    taken = sum(e.credits for e in case.enrolments if e.state in counting)
    assert result.expected <= taken
    assert result.taken <= result.expected


@on_cases()
def test_the_order_of_the_input_changes_nothing(case, reading, rng):
    shuffled = case._replace(
        enrolments=tuple(rng.sample(case.enrolments, len(case.enrolments))),
        decisions=tuple(rng.sample(case.decisions, len(case.decisions))),
    )
    assert audit(*shuffled, reading) == audit(*case, reading)
    assert tickable(*shuffled[:3]) == tickable(*case[:3])
    assert suggest_ticks(*shuffled[:3]) == suggest_ticks(*case[:3])


@on_cases()
def test_a_framework_prepared_once_audits_as_a_new_one(case, reading):
    prepared = prepare(case.framework)
    audit(prepared, case.enrolments[:1])
    assert audit(prepared, *case[1:], reading) == audit(*case, reading)


def undecided(case, code):
    """Whether nobody decided anything about an attempt at ``code`` or its subject."""
    lines = {line.key for line in case.framework.lines if line.code == code}
    decided = {decision.enrolment for decision in case.decisions}
    attempts = {e.key for e in case.enrolments if e.code[-2:] in (code, "N", "E")}
    return not decided & attempts and not lines & {decision.line for decision in case.decisions}


def one_more_pass(rng, case):
    """A pass of some course of the framework, of which the rules say that it cannot harm.

    A pass can, where the rules say so: one with fewer credits takes the place of an older
    one (A18, A14); one that not every grade floor admits, the place of an attempt in
    progress (A19); an undecided one, that of an attempt in progress which a reviewer
    placed elsewhere; and one of a course recognised as flexible credits brings these
    under the caps of the framework (D3).
    """
    open_ = any(enrolment.state is State.IN_PROGRESS for enrolment in case.enrolments)
    line = rng.choice(case.framework.lines)
    fit(undecided(case, line.code))
    term = rng.choice((1101, 1141))
    score = Decimal(95 if open_ else rng.choice((60, 95)))
    return passed(line, 9, term, score)


def passed(line, key, term, score):
    return Enrolment(key, term, line.code, line.name, line.credits, State.PASSED, score)


@on_cases(SELDOM, odd_credits=False)
def test_one_more_passed_course_never_makes_the_areas_worse(case, rng):
    """Leaf areas met, then missing credits, courses and the total: as A8 compares them."""
    case = case._replace(ticks=frozenset())
    more = one_more_pass(rng, case)
    before = audit(*case)
    after = audit(*case._replace(enrolments=(*case.enrolments, more)))
    assert leaves_value(case.framework, after) >= leaves_value(case.framework, before)
    assert set(after.missing_lines) <= set(before.missing_lines)


@on_cases(SELDOM, odd_credits=False)
def test_one_more_passed_course_never_takes_the_tick_of_the_whole_away(case, rng):
    """Where the whole asks nothing that A8 puts after the leaves.

    A8 fills leaves first. One more leaf met may cost credits that count in the total
    (D41, caps), or credits and children that a parent asks for besides its leaves.
    """
    lines = tuple(replace(line, counts_in_total=True) for line in case.framework.lines)
    ends = oracle.leaves(case.framework)
    areas = tuple(
        area
        if area in ends
        else replace(area, min_credits=Decimal(0), min_courses=0, min_children=None)
        for area in case.framework.areas
    )
    easy = replace(
        case.framework, areas=areas, lines=lines, graduation_credits=Decimal(rng.randint(0, 8))
    )
    case = case._replace(framework=easy, ticks=frozenset())
    more = one_more_pass(rng, case)
    before = audit(*case)
    after = audit(*case._replace(enrolments=(*case.enrolments, more)))
    assert after.met >= before.met


@on_cases(SELDOM, odd_credits=False)
def test_what_is_expected_is_never_less_than_what_is_final(case):
    """Unless a reviewer forces in what is not graded yet: it takes room under a cap.

    Nor where what was recognised as flexible credits is a repeat of what is in progress: that one
    stands for the subject then (A18), and there it may be above a cap.
    """
    unforced = tuple(d for d in case.decisions if d.kind is not DecisionKind.FORCED)
    rows = audit(*case[:2], unforced).enrolments
    repeated = {row.key for row in rows if row.reason is Reason.REPEATED}
    unforced = tuple(
        one
        for one in unforced
        if one.kind is not DecisionKind.FLEXIBLE or one.enrolment not in repeated
    )
    ticks = case.ticks & tickable(*case[:2], unforced)
    case = case._replace(decisions=unforced, ticks=ticks)
    expected, final = audit(*case), audit(*case, Reading.FINAL)
    assert leaves_value(case.framework, expected) >= leaves_value(case.framework, final)
    assert expected.ticked >= final.ticked
    assert final.in_progress == 0


@on_cases(odd_credits=False)
def test_D2_what_is_expected_comes_true_when_everything_in_progress_is_passed(case):
    placing = (DecisionKind.MAPPED, DecisionKind.FORCED, DecisionKind.SUBSTITUTED)
    case = case._replace(
        decisions=tuple(d for d in case.decisions if d.kind not in placing), ticks=frozenset()
    )
    done = case._replace(
        enrolments=tuple(
            replace(e, state=State.PASSED, score=Decimal(100))
            if e.state is State.IN_PROGRESS
            else e
            for e in case.enrolments
        )
    )
    expected, final = audit(*case), audit(*done, Reading.FINAL)
    assert leaves_value(case.framework, final) >= leaves_value(case.framework, expected)


@on_cases()
def test_ticks_change_no_area_and_only_add_to_the_whole(case):
    ticked, plain = audit(*case), audit(*case._replace(ticks=frozenset()))
    assert ticked.areas == plain.areas
    assert (ticked.taken, ticked.missing_lines) == (plain.taken, plain.missing_lines)
    assert ticked.expected >= plain.expected


@on_cases()
def test_the_suggested_ticks_are_legal_and_no_legal_choice_is_better(case):
    suggested = suggest_ticks(*case[:3])
    found = audit(*case._replace(ticks=suggested))
    assert found.ticks_allowed
    may = tickable(*case[:3])
    assert suggested <= may
    choices = chain.from_iterable(combinations(sorted(may), size) for size in range(len(may) + 1))
    results = [audit(*case._replace(ticks=frozenset(choice))) for choice in choices]
    assert found.expected == max(r.expected for r in results if r.ticks_allowed)


@on_cases()
def test_what_may_be_ticked_at_most_and_never_is_what_every_choice_says(case):
    of_student = Case(*case[:3])
    may = sorted(of_student.tickable)
    choices = chain.from_iterable(combinations(may, size) for size in range(len(may) + 1))
    legal = [choice for choice in choices if of_student.audit(choice).ticks_allowed]
    assert of_student.most_ticks == max(map(len, legal))
    assert of_student.savable == frozenset(chain.from_iterable(legal))


@on_cases()
def test_what_a_student_is_told_to_expect_counts_only_ticks_that_may_be_saved(case):
    result = audit(*case)
    assert result.foreseen == (result.expected if result.ticks_allowed else result.taken)
    assert result.foreseen + result.foreseen_missing >= result.graduation_credits


@on_cases()
def test_passing_what_would_fill_a_leaf_meets_one_area_more(case):
    result = audit(*case)
    lines = {line.key: line for line in case.framework.lines}
    before = leaves_value(case.framework, result)[0]
    ends = {area.code for area in oracle.leaves(case.framework)}
    for area in result.areas:
        for fill in area.fill if area.code in ends else ():
            more = tuple(passed(lines[key], 1000 + key, 1141, Decimal(100)) for key in fill)
            after = audit(*case._replace(enrolments=case.enrolments + more))
            assert leaves_value(case.framework, after)[0] > before


@on_cases()
def test_what_is_recognised_as_flexible_counts_in_no_area(case, reading):
    by_key = {}
    for decision in case.decisions:
        by_key.setdefault(decision.enrolment, set()).add(decision.kind)
    for row in audit(*case, reading).enrolments:
        only_flexible = by_key.get(row.key) == {DecisionKind.FLEXIBLE}
        assert not (only_flexible and row.reason in IN_FRAMEWORK)
        assert not (row.reason in (Reason.FLEXIBLE, Reason.TICKED) and row.areas)


@on_cases(SELDOM, odd_credits=False)
def test_A18_recognising_a_repeat_as_flexible_costs_no_other_attempt_its_place(case, reading):
    flexible = {d.enrolment for d in case.decisions if d.kind is DecisionKind.FLEXIBLE}
    others = tuple(d for d in case.decisions if d.enrolment not in flexible)
    recognising = tuple(d for d in case.decisions if d.kind is DecisionKind.FLEXIBLE)
    rest = tuple(e for e in case.enrolments if e.key not in flexible)
    without = audit(case.framework, rest, others, reading=reading)
    found = audit(case.framework, case.enrolments, others + recognising, reading=reading)
    assert leaves_value(case.framework, found) >= leaves_value(case.framework, without)
