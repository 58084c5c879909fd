"""Whether a framework can be fulfilled at all: the check before it is published (F18).

The engine itself says so: audited is a student who passed every line of the framework
with the full score and has as many flexible credits as the rules allow. What its numbers
contradict without that (a cap below a minimum, n of fewer than n) is reported as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..framework.asked import asked_of, is_conditioned, told_apart
from ..framework.legality import FrameworkFinding, legal_findings
from ..framework.limits import counts_courses, shown_limit
from ..framework.prepared import PreparedFramework, prepare
from ..framework.spots import TOTAL_ONLY
from ..result import AreaResult, AuditResult
from ..transcript.decisions import NONE
from ..values import Enrolment, FlexibleRule, Framework, Reading, State, Unit
from .summing_up import figures_of, summed_up

TOP_SCORE = Decimal(100)
ZERO = Decimal(0)

MOST_SETS = 40
"""Sets of areas, as they are there for some students, that are checked at most."""


def check_framework(framework: Framework) -> tuple[FrameworkFinding, ...]:
    """As ``_checked``, for every set of areas that may be there for students (A43).

    ``NotAllChecked``: there are more of these than ``MOST_SETS``.
    """
    illegal = legal_findings(framework)
    if illegal or not is_conditioned(framework):
        return illegal or _checked(framework)
    students, are_all = told_apart(framework, MOST_SETS)
    asked = (asked_of(framework, student) for student in students)
    found = tuple(dict.fromkeys(finding for each in asked for finding in _checked(each)))
    if are_all:
        return found
    number = Decimal(len(students))
    return (*found, _finding(framework.code, "NotAllChecked", offers=number))


def _checked(framework: Framework) -> tuple[FrameworkFinding, ...]:
    """Everything wrong with ``framework``, in framework order; empty when all is well.

    Of a legal framework, what it asks above what it offers. Of an area, a flexible rule or the
    whole:

    ``NoLines``: no subject at all. ``TooFewChildren``: n of fewer than n child areas.
    ``FloorAboveTop``: a grade floor that no score reaches. ``CapBelowMinimum``: an area's
    cap is below what it or the areas inside it ask. ``RequiredAboveCap``: its required
    subjects do not all fit under its cap. ``AreaAsksTooMuch``, ``TooFewCourses``: more
    credits or courses than there are, every course counted once. ``TotalAsksTooMuch``: the
    same of the whole. ``AreasAboveTotal``, ``RequiredAboveTotal``: areas or required
    subjects ask more than the graduation credits, so that those mislead.
    ``RuleNeverUsed``: a flexible rule that another makes idle. ``RuleSaysNothing``: it has
    neither limit nor condition. ``ShareAboveWhole``: a share above 1. ``NotProvenBest``: so
    much may be placed in so many ways that a student's audit is given up before the best is
    proven (A33). ``CountsOnce``: of two subjects one stands for the other (A28).
    """
    if not framework.lines and not any(area.selector for area in framework.areas):
        found = _finding(framework.code, "NoLines", framework.graduation_credits, ZERO)
        return (found, *_rule_findings(framework))
    prepared = prepare(framework)
    enrolments = _everything(prepared)
    everything = _audited(prepared, enrolments)
    return (
        *_area_findings(prepared, everything),
        *_total_findings(prepared, everything),
        *_double_findings(prepared),
        *_search_findings(prepared, enrolments, everything),
        *_rule_findings(framework),
    )


def _everything(prepared: PreparedFramework) -> list[Enrolment]:
    """Each subject passed as often as it counts, with the credits of its largest line.

    Each in a term of its own, in the order that counting rules ask for (A51).
    """
    place = {code: at for rule in prepared.counting.orders for at, code in enumerate(rule.courses)}
    ordered = sorted(prepared.subjects, key=lambda subject: place.get(subject.code, 0))
    term = {subject.number: at for at, subject in enumerate(ordered)}
    return [
        Enrolment(
            key=subject.number + time * len(prepared.subjects),
            term=term[subject.number] + time * len(prepared.subjects),
            code=subject.code,
            name=next(spot.line.name for spot in subject.spots if spot.line is not None),
            credits=max(spot.line.credits for spot in subject.spots if spot.line is not None),
            state=State.PASSED,
            score=TOP_SCORE,
        )
        for subject in prepared.subjects
        for time in range(subject.repeats)
    ]


def _audited(prepared: PreparedFramework, enrolments: list[Enrolment]) -> AuditResult:
    """Their audit; nothing is decided or ticked."""
    figures = figures_of(prepared, tuple(enrolments), NONE, Reading.EXPECTED)
    return summed_up(figures, frozenset())


# -- areas


def _area_findings(
    prepared: PreparedFramework, everything: AuditResult
) -> Iterator[FrameworkFinding]:
    needs = _needs(prepared)
    for number, result in enumerate(everything.areas):
        path = f"{prepared.framework.code}/{result.code}"
        area, children = prepared.areas[number], len(prepared.children[number])
        least = area.min_children or 0
        if area.max_children is not None:
            least = prepared.min_children[number]
            children = min(children, area.max_children)
        if least > children:
            yield _finding(path, "TooFewChildren", Decimal(least), Decimal(children))
        if area.min_score is not None and area.min_score > TOP_SCORE:
            yield _finding(path, "FloorAboveTop", area.min_score, TOP_SCORE)
            continue
        capped = _cap_findings(prepared, number, path, needs[number])
        yield from capped
        if not any(found.kind == "CapBelowMinimum" for found in capped) and not (
            _selects(prepared, number) or _may_be_empty(prepared, number)
        ):
            yield from _shortfalls(path, result)


def _selects(prepared: PreparedFramework, within: int) -> bool:
    """Whether an area, or one inside it, selects offerings: what it offers is not known then."""
    return any(
        area.selector is not None and within in prepared.lines_up[number]
        for number, area in enumerate(prepared.areas)
    )


def _may_be_empty(prepared: PreparedFramework, number: int) -> bool:
    """Whether courses may have to count in another area beside it instead (A51)."""
    return any(up in prepared.counting.branches for up in prepared.lines_up[number][1:])


def _needs(prepared: PreparedFramework) -> list[Decimal]:
    """What each area asks at least, by its own minimum or by those of the areas inside."""
    needs = [area.min_credits for area in prepared.areas]
    for number in prepared.parents:  # the deepest are first
        inside = sorted(needs[child] for child in prepared.children[number])
        needs[number] = max(needs[number], sum(inside[: prepared.min_children[number]], ZERO))
    return needs


def _cap_findings(
    prepared: PreparedFramework, number: int, path: str, need: Decimal
) -> list[FrameworkFinding]:
    cap = prepared.areas[number].max_credits
    if cap is None:
        return []
    if cap < need and not _shares(prepared):
        return [_finding(path, "CapBelowMinimum", need, cap)]
    required = _required(prepared, number)
    return [_finding(path, "RequiredAboveCap", required, cap)] if required > cap else []


def _required(prepared: PreparedFramework, within: int | None) -> Decimal:
    """Credits of the subjects that must be taken and can count in this area alone.

    None: in the whole, those that count towards the graduation credits.
    """
    amount = ZERO
    for subject in prepared.subjects:
        if not any(spot.required for spot in subject.spots):
            continue
        if within is None:
            counts = all(spot.in_total for spot in subject.spots)
        else:
            counts = all(within in prepared.above(spot) for spot in subject.spots)
        if counts:
            amount += min(spot.line.credits for spot in subject.spots if spot.line is not None)
    return amount


def _shortfalls(path: str, area: AreaResult) -> Iterator[FrameworkFinding]:
    if area.missing_credits:
        yield _finding(path, "AreaAsksTooMuch", area.min_credits, area.taken)
    if area.missing_courses:
        yield _finding(path, "TooFewCourses", Decimal(area.min_courses), Decimal(area.courses))


# -- the whole


def _total_findings(
    prepared: PreparedFramework, everything: AuditResult
) -> Iterator[FrameworkFinding]:
    framework = prepared.framework
    asked = framework.graduation_credits
    possible = _most_flexible(framework)
    if any(area.selector for area in framework.areas):
        possible = None
    if possible is not None and everything.taken + possible < asked:
        yield _finding(framework.code, "TotalAsksTooMuch", asked, everything.taken + possible)
    needs = _needs(prepared)
    areas = sum((needs[root] for root in prepared.roots), ZERO)
    if areas > asked and not _shares(prepared) and _all_in_total(prepared):
        yield _finding(framework.code, "AreasAboveTotal", areas, asked)
    required = _required(prepared, None)
    if required > asked:
        yield _finding(framework.code, "RequiredAboveTotal", required, asked)


def _shares(prepared: PreparedFramework) -> bool:
    """Whether a course may count in several areas, so that minima do not add up."""
    return any(spot.shareable for subject in prepared.subjects for spot in subject.spots)


def _all_in_total(prepared: PreparedFramework) -> bool:
    """Whether all that counts in an area counts towards the graduation credits too."""
    spots = (spot for subject in prepared.subjects for spot in subject.spots)
    return all(spot.in_total for spot in spots if spot.area != TOTAL_ONLY)


def _most_flexible(framework: Framework) -> Decimal | None:
    """Flexible credits that the rules allow at most; None when they set no limit."""
    limits = []
    for rule in framework.flexible_rules:
        if rule.exempt:
            return None
        limit = shown_limit(framework, rule)
        if rule.origin is None and limit is not None and not counts_courses(rule):
            limits.append(limit)
    return min(limits) if limits else None


# -- subjects that count once together


def _double_findings(prepared: PreparedFramework) -> Iterator[FrameworkFinding]:
    for number, others in sorted(prepared.matching.doubles.items()):
        for other in sorted(others):
            if number < other:
                codes = (prepared.subjects[at].code for at in (number, other))
                yield _finding(f"{prepared.framework.code}/{' = '.join(codes)}", "CountsOnce")


# -- the search


def _search_findings(
    prepared: PreparedFramework, enrolments: list[Enrolment], everything: AuditResult
) -> Iterator[FrameworkFinding]:
    """Whether the search for the best placement is given up for somebody (A33).

    Asked of who took everything, and of who took one half of it or the other.
    """
    proven = everything.proven and all(
        _audited(prepared, enrolments[start::2]).proven for start in (0, 1)
    )
    if not proven:
        yield _finding(prepared.framework.code, "NotProvenBest")


# -- flexible rules


def _rule_findings(framework: Framework) -> Iterator[FrameworkFinding]:
    for number, rule in enumerate(framework.flexible_rules):
        path = f"{framework.code}/flexible/{number}"
        if rule.unit is Unit.SHARE and rule.limit is not None and rule.limit > 1:
            yield _finding(path, "ShareAboveWhole", rule.limit, Decimal(1))
        elif rule.limit is None and not (rule.exempt or rule.prior_approval):
            yield _finding(path, "RuleSaysNothing")
        elif not rule.prior_approval and _is_idle(rule, framework.flexible_rules):
            yield _finding(path, "RuleNeverUsed", rule.limit)


def _is_idle(rule: FlexibleRule, rules: tuple[FlexibleRule, ...]) -> bool:
    """Whether its limit decides nothing, whatever is recognised."""
    if rule.exempt:
        return bool(rule.limit)  # what is exempt uses up no limit, nor its own
    if rule.limit is None:
        return False
    for other in rules:
        covers = other.origin in (None, rule.origin)
        if covers and other.exempt:
            return True
        if other.origin is None and rule.origin is not None and other.limit is not None:
            stricter = other.unit is rule.unit and other.limit < rule.limit
            if stricter or (not other.limit and rule.limit):
                return True
    return False


FINDING_WORDS = {
    "NoLines": "no subject at all",
    "TooFewChildren": "{asks} child areas needed, {offers} there",
    "FloorAboveTop": "a least score of {asks}, {offers} is the most",
    "CapBelowMinimum": "{asks} credits needed, {offers} may count",
    "RequiredAboveCap": "{asks} credits required, {offers} may count",
    "AreaAsksTooMuch": "{asks} credits needed, {offers} on offer",
    "TooFewCourses": "{asks} courses needed, {offers} on offer",
    "TotalAsksTooMuch": "{asks} credits to graduate, {offers} on offer",
    "AreasAboveTotal": "areas ask {asks} credits, {offers} to graduate",
    "RequiredAboveTotal": "{asks} credits required, {offers} to graduate",
    "CountsOnce": "one stands for the other, so that they count once together",
    "NotProvenBest": "too many ways to place the courses to prove the best of them",
    "NotAllChecked": "areas are there for more kinds of students than the {offers} checked",
    "RuleNeverUsed": "another rule decides before its limit of {asks}",
    "RuleSaysNothing": "neither a limit nor a condition",
    "ShareAboveWhole": "a share of {asks}, the whole is {offers}",
}
"""Every kind of finding that is not fatal, in words for logs."""


def _finding(
    path: str, kind: str, asks: Decimal | None = None, offers: Decimal | None = None
) -> FrameworkFinding:
    text = FINDING_WORDS[kind].format(asks=asks, offers=offers)
    return FrameworkFinding(path, kind, f"{path}: {text}", fatal=False, asks=asks, offers=offers)
