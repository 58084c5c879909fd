"""A reference evaluator: the sentences of docs/architecture.md (The requirement model), tried out.

Nothing but these, by brute force, for cases of a few courses: every attempt is given every one of
the lines that it may stand for and every place there, or an area that selects it, or none; of the
legal ones the best is kept. It knows the engine's values and how names are compared, no more.
"""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from itertools import combinations, pairwise, product
from operator import itemgetter
from typing import NamedTuple

import oracle
from degree_audit import CourseSource, Enrolment, Per, RuleKind, State
from degree_audit.framework.names import normalised

ZERO = Decimal(0)
TAKEN = {State.PASSED, State.TRANSFERRED}


@dataclass(slots=True, unsafe_hash=True)
class OneCourse(Enrolment):
    """Courses that count as one (sentence 25). ``subject``: the code of what it stands for."""

    subject: str = ""


def joined(framework, attempts, together):
    """Sentence 25: the attempts, with one course for those that stand for one subject together.

    ``together``: for each such decision the keys of its courses and the code of the subject.
    """
    attempts = list(attempts)
    for keys, code in together:
        first, *others = own = [one for key in keys for one in attempts if one.key == key]
        asked = next(line.credits for line in framework.lines if line.code == code)
        if sum(one.credits for one in own) < asked or any(one.state not in TAKEN for one in own):
            continue
        found = OneCourse(**{field.name: getattr(first, field.name) for field in fields(first)})
        found.subject, found.credits = code, asked
        found.term = max(one.term for one in own)
        found.score = min((one.score for one in own if one.score is not None), default=None)
        if any(one.state is State.TRANSFERRED for one in own):
            found.state = State.TRANSFERRED
        found.school = next((one.school for one in own if one.school), "")
        attempts = [found if one is first else one for one in attempts if one not in others]
    return attempts


def asked_of(framework, background):
    """Sentence 21: the framework without the areas that are there for others."""

    def is_there(area):
        found = normalised(background.student_kind)
        if area.student_kinds and found not in {normalised(one) for one in area.student_kinds}:
            return False
        year = background.entry_year
        if area.entry_years and all(year not in range(a, b + 1) for a, b in area.entry_years):
            return False
        return not area.departments or background.department in area.departments

    gone = {area.code for area in framework.areas if not is_there(area)}
    areas = [a for a in framework.areas if gone.isdisjoint(oracle.up(framework, a.code))]
    codes = {None, *(area.code for area in areas)}
    return replace(
        framework,
        areas=tuple(
            replace(area, student_kinds=(), entry_years=(), departments=()) for area in areas
        ),
        lines=tuple(line for line in framework.lines if line.area in codes),
    )


def stands_for(framework, code):
    """The codes for which ``code`` stands: along equivalents, in their direction (A29)."""
    found, left = set(), [code]
    while left:
        one = left.pop()
        for course, others in framework.equivalents.items():
            if one in others and course not in found:
                found.add(course)
                left.append(course)
    return found - {code}


def lines_of(framework, attempt):
    """The lines that an attempt may stand for, by course (sentence 3); and its selectors."""
    if isinstance(attempt, OneCourse):
        return {attempt.subject: [x for x in framework.lines if x.code == attempt.subject]}, []
    if attempt.school:
        return {}, []
    codes = {attempt.code}
    if not any(line.code == attempt.code for line in framework.lines):
        codes = stands_for(framework, attempt.code)
    found = [line for line in framework.lines if line.code in codes]
    if not found and attempt.department == framework.department and normalised(attempt.name):
        found = [
            line
            for line in framework.lines
            if (normalised(line.name), line.credits) == (normalised(attempt.name), attempt.credits)
        ]
        codes = {line.code for line in found}
        found = [line for line in framework.lines if line.code in codes]
    if found:
        by_code = {}
        for line in found:
            by_code.setdefault(line.code, []).append(line)
        return by_code, []
    areas = [area for area in framework.areas if area.selector is not None]
    return {}, [area.code for area in areas if selects(area.selector, attempt)]


def selects(asked, attempt):
    """Sentence 2, for what the cases have: domains, code prefixes and exceptions."""
    return (
        (not asked.domains or attempt.offering.domain in asked.domains)
        and (not asked.prefixes or attempt.code.startswith(asked.prefixes))
        and attempt.code not in asked.exceptions
    )


def admits(framework, attempt, area):
    """Sentence 6: no grade floor of the area, or of one around it, is above the score."""
    by_code = {one.code: one for one in framework.areas}
    floors = [by_code[code].min_score for code in oracle.up(framework, area)]
    return attempt.score is None or all(f is None or attempt.score >= f for f in floors)


def choices(framework, attempt):
    """All that one attempt may be: ``(course it stands for, its places)``; the empty one first.

    A place is an area and whether it counts in the total. Sentences 4 and 5.
    """
    options = [(None, ())]
    by_code, areas = lines_of(framework, attempt)
    for area in areas:
        if admits(framework, attempt, area):
            options.append((None, ((area, True),)))
    for code, lines in by_code.items():
        open_to = [x for x in lines if x.area is None or admits(framework, attempt, x.area)]
        inside = [line for line in open_to if line.area is not None]
        chosen = [(line,) for line in open_to]
        for size in range(2, len(inside) + 1):
            for some in combinations(inside, size):
                if sum(not line.shareable for line in some) <= 1:
                    chosen.append(some)
        options += [
            (code, tuple((line.area, line.counts_in_total) for line in some)) for some in chosen
        ]
    return options


def in_order(framework, attempts, waived=(), enrolled=()):
    """Sentence 15: the attempts that were not taken before what comes first.

    ``enrolled``: what was taken, also what counts as one with others (sentence 25).
    """
    taken = [one for one in (*attempts, *enrolled) if one.state is not State.WITHDRAWN]
    late = set()
    for rule in framework.counting_rules:
        if rule.kind is RuleKind.IN_ORDER:
            for before, after in pairwise(rule.courses):
                late |= {
                    one.key
                    for one in attempts
                    if before not in waived
                    and after in lines_of(framework, one)[0]
                    and one.state is not State.TRANSFERRED
                    and not isinstance(one, OneCourse)
                    and not any(
                        before in lines_of(framework, other)[0]
                        and (other.state is State.TRANSFERRED or other.term < one.term)
                        for other in taken
                    )
                }
    return [one for one in attempts if one.key not in late]


def better_attempts(framework, attempts):
    """Sentence 4: of those that can stand for one and the same course only, the better one."""
    best_of, others = {}, []
    for one in attempts:
        by_code = lines_of(framework, one)[0]
        if len(by_code) != 1:
            others.append(one)
            continue
        ((code, lines),) = by_code.items()
        places = sum(line.area is None or admits(framework, one, line.area) for line in lines)
        decided = isinstance(one, OneCourse)
        rank = (places > 0, one.state in TAKEN, decided, places, one.term)
        best_of[code] = max(best_of.get(code, (rank, one)), (rank, one), key=itemgetter(0))
    return [one for _, one in best_of.values()] + others


def asked(framework, rule, attempt):
    """Sentence 12, for what the cases have: codes, domains, distance and sources."""
    sources = {
        CourseSource.TRANSFERRED: attempt.state is State.TRANSFERRED,
        CourseSource.MOOC: attempt.offering.mooc,
        CourseSource.OFF_CAMPUS: bool(attempt.school),
        CourseSource.OTHER_DEPARTMENT: not attempt.school
        and attempt.department not in ("", framework.department),
    }
    return (
        (not rule.courses or attempt.code in rule.courses)
        and selects(rule.selector, attempt)
        and (not rule.selector.distance or attempt.offering.distance)
        and (not rule.sources or any(sources[one] for one in rule.sources))
    )


def lowered(framework, waived):
    """Sentence 17: the framework with the minima that these waived codes leave."""
    areas = []
    for area in framework.areas:
        own = {
            line.code: line.credits
            for line in reversed(framework.lines)
            if line.code in waived and line.area and area.code in oracle.up(framework, line.area)
        }
        if area.waivers_lower:
            least = max(ZERO, area.min_credits - sum(own.values()))
            area = replace(area, min_credits=least, min_courses=max(0, area.min_courses - len(own)))
        areas.append(area)
    return replace(framework, areas=tuple(areas))


class Option(NamedTuple):
    """One thing that an attempt may be: what it stands for, and what its places come to."""

    attempt: Enrolment
    course: str | None
    areas: frozenset[str]
    in_total: bool
    limits: frozenset[int]
    """Numbers of the limits that it counts for."""


class Ways:
    """The ways to place some attempts; what no way changes is worked out once."""

    def __init__(self, framework, attempts, waived):
        self.asked = oracle.Asked(framework)
        rules = framework.counting_rules
        self.limits = [rule for rule in rules if rule.kind is RuleKind.LIMIT]
        self.groups = [set(rule.courses) for rule in rules if rule.kind is RuleKind.ALL_OR_NONE]
        self.waived = set(waived)
        self.stands_for = {line.code: stands_for(framework, line.code) for line in framework.lines}
        self.branches = [
            ({child.code for child in framework.areas if child.parent == area.code}, most)
            for area in framework.areas
            if (most := area.max_children) is not None
        ]
        self.share_of = framework.graduation_credits
        self.options = [
            [self._option(framework, one, *choice) for choice in choices(framework, one)]
            for one in attempts
        ]

    def _option(self, framework, attempt, course, places):
        areas = self.asked.areas(area for area, _ in places)
        limits = frozenset(
            number
            for number, rule in enumerate(self.limits)
            if places
            and (rule.area is None or rule.area in areas)
            and asked(framework, rule, attempt)
        )
        return Option(attempt, course, areas, any(counts for _, counts in places), limits)

    def values(self):
        """What ``oracle.Asked.value`` says of every legal way."""
        for way in product(*self.options):
            if not self.may_be_together([one.course for one in way if one.course is not None]):
                continue
            lacks = self.of_limits(way)
            if lacks is None or not self.keeps_to_branches(way):
                continue
            placed = [(one.attempt.credits, one.areas, one.in_total) for one in way]
            value = self.asked.value(placed, lacks)
            if value is not None:
                yield value

    def may_be_together(self, courses):
        """Sentence 4: a course stands once, and none beside one that stands for it (A28).

        Sentence 14: of a group everything or nothing, but for what is waived.
        """
        taken = set(courses)
        if len(taken) < len(courses):
            return False
        if any(not taken.isdisjoint(self.stands_for[one]) for one in courses):
            return False
        return all(not group & taken or group <= taken | self.waived for group in self.groups)

    def of_limits(self, way):
        """Sentences 12 and 13: of each limit what it lacks; None when one is passed."""
        lacks = []
        for number, rule in enumerate(self.limits):
            counted = [one.attempt for one in way if number in one.limits]
            parts = {}
            for one in counted:
                part = {Per.WHOLE: 0, Per.TERM: one.term, Per.NAME: normalised(one.name)}[rule.per]
                parts.setdefault(part, []).append(one)
            share = None if rule.max_share is None else rule.max_share * self.share_of
            most = [number for number in (rule.max_credits, share) if number is not None]
            for part in parts.values():
                size = sum(one.credits for one in part)
                if any(size > number for number in most):
                    return None
                if rule.max_courses is not None and len(part) > rule.max_courses:
                    return None
            if rule.min_credits or rule.min_courses:
                size = sum(one.credits for one in counted)
                few = max(0, rule.min_courses - len(counted))
                lacks.append((max(ZERO, rule.min_credits - size), few))
        return lacks

    def keeps_to_branches(self, way):
        """Sentence 16."""
        used = frozenset().union(*(one.areas for one in way))
        return all(len(children & used) <= most for children, most in self.branches)


def best(framework, attempts, waived=(), together=()):
    """Sentence 8: the value of the best placement of ``attempts``, one at each course.

    ``waived``: codes of courses that need not be taken. ``together``: as of ``joined``.
    """
    framework = lowered(framework, waived)
    as_one = joined(framework, attempts, together)
    in_time = in_order(framework, as_one, waived, attempts)
    attempts = better_attempts(framework, [x for x in in_time if x.state in oracle.COUNTING])
    return max(Ways(framework, attempts, waived).values())


def milestones(framework, attempts, background, reading):
    """By code, whether each milestone that is asked is met, undecided or missing (19 and 20)."""
    found = {}
    for milestone in framework.milestones:
        ways = [
            way
            for way in milestone.ways
            if way.student_kinds == () or background.student_kind in way.student_kinds
        ]
        if not ways:
            continue
        shown = [
            one
            for one in background.evidence
            if one.milestone == milestone.code and not one.expired and one.verdict != "rejected"
        ]
        if "accepted" in {one.verdict for one in shown if one.exempts}:
            found[milestone.code] = "met"
            continue
        met = any(reached(way, shown, attempts, reading, {"accepted"}) for way in ways)
        hoped = any(
            reached(way, shown, attempts, reading, {"accepted", "unchecked"}) for way in ways
        )
        waits = any(one.exempts for one in shown)
        waits |= all(way.measure == "reviewer" for way in ways) and not all_decided(
            background, milestone, ways
        )
        found[milestone.code] = "met" if met else "undecided" if hoped or waits else "missing"
    return found


def all_decided(background, milestone, ways):
    """Whether something was decided on every one of the ways."""
    shown = {
        one.way
        for one in background.evidence
        if one.milestone == milestone.code and not one.expired and not one.exempts
    }
    return all(way.name in shown for way in ways)


def reached(way, shown, attempts, reading, verdicts):
    """Whether one way is, by evidence of these verdicts or by courses."""
    states = {"passed", "transferred", *(["in_progress"] if reading == "expected" else [])}
    if way.measure == "courses":
        own = {}
        for one in attempts:
            if one.state in states and one.code.startswith(way.selector.prefixes):
                own[one.code] = max(own.get(one.code, ZERO), one.credits)
        return len(own) >= way.amount and sum(own.values()) >= way.credits
    own = [
        one for one in shown if one.way == way.name and not one.exempts and one.verdict in verdicts
    ]
    if way.measure == "reviewer":
        return bool(own)
    if way.measure == "score":
        return any(one.amount >= way.amount for one in own)
    return sum(one.amount for one in own) >= way.amount
