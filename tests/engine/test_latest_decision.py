"""Which decision on one enrolment holds (A27), and which count for an application (D20)."""

from dataclasses import replace
from itertools import permutations

from degree_audit import (
    Case,
    Decision,
    DecisionKind,
    Reason,
    Remark,
    audit,
)
from drawn import TERMS, on_cases, suggest_ticks, tickable
from small import area, framework, passed, placed, reasons

MAPPED, FLEXIBLE, REFUSED = DecisionKind.MAPPED, DecisionKind.FLEXIBLE, DecisionKind.REFUSED
BESIDE = (DecisionKind.PRIOR_APPROVAL, DecisionKind.WAIVED)


def as_recorded(case):
    """The same case with its decisions numbered as they were recorded."""
    numbered = (replace(one, recorded=at) for at, one in enumerate(case.decisions, 1))
    return case._replace(decisions=tuple(numbered), ticks=frozenset())


def latest(decisions):
    """Of those on one enrolment, that of the latest term and recorded last; and all others."""
    held = {}
    for one in sorted(decisions, key=lambda one: (one.term or 0, one.recorded)):
        if one.kind not in BESIDE:
            held[one.enrolment] = one
    return (*held.values(), *(one for one in decisions if one.kind in BESIDE))


def outside():
    """A framework of two areas, and a course from elsewhere that reviewers decide about."""
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "A"), "y": (3, "B")})
    return f, passed(f, "other")


@on_cases()
def test_A27_two_decisions_in_either_order_of_rows_give_the_same_audit(case, rng):
    case = as_recorded(case)
    shuffled = case._replace(decisions=tuple(rng.sample(case.decisions, len(case.decisions))))
    assert audit(*shuffled) == audit(*case)
    assert tickable(*shuffled[:3]) == tickable(*case[:3])
    assert suggest_ticks(*shuffled[:3]) == suggest_ticks(*case[:3])


@on_cases()
def test_A27_decisions_that_another_one_replaced_change_nothing(case):
    case = as_recorded(case)
    assert audit(*case) == audit(*case._replace(decisions=latest(case.decisions)))


@on_cases()
def test_A27_decisions_of_different_terms_may_be_recorded_in_any_order(case, rng):
    terms = dict(zip(case.decisions, rng.sample(range(1, 99), len(case.decisions)), strict=False))
    case = case._replace(decisions=tuple(replace(one, term=at) for one, at in terms.items()))
    backwards = case._replace(decisions=case.decisions[::-1])
    assert audit(*as_recorded(backwards)) == audit(*as_recorded(case))


def test_A27_a_recognition_of_a_later_term_holds_though_a_refusal_was_recorded_after_it():
    f, taken = outside()
    decisions = [
        Decision(FLEXIBLE, 1, term=1142, recorded=1),
        Decision(REFUSED, 1, term=981, recorded=2),
    ]
    for ordered in permutations(decisions):
        assert reasons(audit(f, taken, ordered)) == {1: Reason.FLEXIBLE}


def test_A27_of_one_term_the_decision_recorded_last_holds_whatever_its_kind():
    f, taken = outside()
    for first, last, reason in (
        (REFUSED, FLEXIBLE, Reason.FLEXIBLE),
        (FLEXIBLE, REFUSED, Reason.REFUSED),
    ):
        decisions = [
            Decision(first, 1, term=1142, recorded=1),
            Decision(last, 1, term=1142, recorded=2),
        ]
        for ordered in permutations(decisions):
            assert reasons(audit(f, taken, ordered)) == {1: reason}


def test_A27_an_older_decision_does_not_come_back_when_the_latest_is_void():
    f, taken = outside()
    older = Decision(MAPPED, 1, area="A", term=1131, recorded=1)
    for void in (
        Decision(MAPPED, 1, area="Z", term=1142, recorded=2),
        Decision(MAPPED, 1, void=True, term=1142, recorded=2),
    ):
        result = audit(f, taken, [older, void])
        assert reasons(result) == {1: Reason.OUTSIDE}
        assert result.enrolments[0].remarks == (Remark.DECISION_VOID,)


def test_A27_a_void_decision_that_was_replaced_is_not_told():
    f, taken = outside()
    void = Decision(MAPPED, 1, area="Z", term=1131, recorded=1)
    result = audit(f, taken, [void, Decision(MAPPED, 1, area="B", term=1142, recorded=2)])
    assert placed(result) == {1: "B"}
    assert result.enrolments[0].remarks == ()


def test_D20_a_recognition_counts_in_the_application_of_its_own_term_only():
    f, taken = outside()
    decisions = [Decision(FLEXIBLE, 1, term=term, recorded=term) for term in TERMS]
    for term, credits_then in ((None, 3), (TERMS[0], 3), (9991, 0)):
        case = Case(f, taken, decisions, term)
        assert case.audit().recognised == credits_then
        assert case.decisions == tuple(decisions)
    refused = [Decision(REFUSED, 1, term=TERMS[0])]
    assert Case(f, taken, refused, TERMS[0]).tickable == frozenset()
    assert Case(f, taken, refused, TERMS[1]).tickable == {1}


def test_D20_what_names_a_place_counts_in_the_applications_of_other_terms_too():
    f, taken = outside()
    mapped = [Decision(MAPPED, 1, area="A", term=1131)]
    assert placed(Case(f, taken, mapped, 1142).audit()) == {1: "A"}
