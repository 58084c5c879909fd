"""How decisions read on the framework that takes another one's place (I3)."""

from dataclasses import replace

from degree_audit import Decision, DecisionKind, Succession, Target
from drawn import on_cases
from small import area, framework

MAPPED = DecisionKind.MAPPED


def revised(before, after):
    """A framework of areas A and B with the courses ``before``, and its revision."""
    areas = [area("A"), area("B")]
    older = framework(areas, before)
    newer = framework(areas, after)
    lines = tuple(replace(line, key=line.key + 100) for line in newer.lines)
    return older, replace(newer, lines=lines)


def test_a_subject_that_stays_in_its_area_is_named_by_its_new_key():
    succession = Succession(
        *revised({"x": (3, "A"), "y": (3, "B")}, {"y": (3, "B"), "x": (3, "A")})
    )
    assert succession.target(Target(1, "A")) == Target(102, "A")
    assert succession.target(Target(1, None)) == Target(102, None)


def test_a_subject_that_stands_elsewhere_now_takes_its_decisions_along():
    succession = Succession(*revised({"x": (3, "A")}, {"x": (3, "B")}))
    assert succession.target(Target(1, "A")) == Target(101, "B")


def test_another_area_that_a_reviewer_named_stays_named():
    succession = Succession(*revised({"x": (3, "A")}, {"x": (3, "A")}))
    assert succession.target(Target(1, "B")) == Target(101, "B")


def test_of_a_subject_in_several_areas_none_is_guessed():
    succession = Succession(*revised({"x": (3, "A")}, {"x": (3, "B-")}))
    assert succession.target(Target(1, "A")) is None


def test_what_is_there_no_more_makes_the_decision_void():
    older, newer = revised({"x": (3, "A")}, {"y": (3, "A")})
    newer = replace(newer, areas=newer.areas[:1])
    succession = Succession(older, newer)
    for lost in (Decision(MAPPED, 1, line=1, area="A"), Decision(MAPPED, 1, area="B")):
        found = succession.carried(lost)
        assert found == replace(lost, line=None, area=None, void=True)
        assert succession.carried(found) == found
    kept = Decision(MAPPED, 1, area="A")
    assert succession.carried(kept) == kept


def test_an_area_that_got_areas_of_its_own_takes_no_decisions_along():
    older, newer = revised({"x": (3, "A")}, {"x": (3, "A")})
    newer = replace(newer, areas=(*newer.areas, area("B1", parent="B")))
    assert Succession(older, newer).target(Target(None, "B")) is None


def test_a_framework_that_continues_nothing_voids_whatever_names_a_part():
    _older, newer = revised({}, {"x": (3, "A")})
    succession = Succession(None, newer)
    assert succession.carried(Decision(MAPPED, 1, area="A")).void
    assert succession.carried(Decision(DecisionKind.WAIVED, line=101)).void
    recognised = Decision(DecisionKind.FLEXIBLE, 1, term=1142)
    assert succession.carried(recognised) == recognised


@on_cases()
def test_on_the_framework_itself_every_decision_on_a_leaf_reads_as_before(case):
    succession = Succession(case.framework, case.framework)
    parents = {one.parent for one in case.framework.areas}
    leaves = {one.code for one in case.framework.areas} - parents
    lines = {line.key for line in case.framework.lines}
    for decision in case.decisions:
        found = succession.carried(decision)
        if {decision.area} <= leaves | {None} and {decision.line} <= lines | {None}:
            assert found == decision
        else:
            assert found.void
