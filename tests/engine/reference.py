"""A reference evaluator: the sentences of docs/architecture.md (The requirement model), tried out.

Nothing but these, by brute force, for cases of a few courses: every attempt is given every one of
the lines that it may stand for and every place there, or an area that selects it, or none; of the
legal ones the best is kept. It knows the engine's values and how names are compared, no more.
"""

from decimal import Decimal
from itertools import combinations, product

import oracle
from degree_audit.framework.names import normalised

ZERO = Decimal(0)


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


def may_be_together(framework, courses):
    """Sentence 4: a course stands once, and none beside one that stands for it (A28)."""
    taken = [code for code in courses if code is not None]
    if len(set(taken)) < len(taken):
        return False
    return not any(one in stands_for(framework, other) for one in taken for other in taken)


def value(framework, attempts, placed):
    """What ``oracle.value`` says, of these places; None when a cap is passed."""
    held = {area.code: ZERO for area in framework.areas}
    number = {area.code: 0 for area in framework.areas}
    total = ZERO
    for attempt, places in zip(attempts, placed, strict=True):
        areas = {up for area, _ in places if area for up in oracle.up(framework, area)}
        for code in areas:
            held[code] += attempt.credits
            number[code] += 1
        total += attempt.credits if any(counts for _, counts in places) else ZERO
    if any(a.max_credits is not None and held[a.code] > a.max_credits for a in framework.areas):
        return None
    ends = oracle.leaves(framework)
    short = [max(ZERO, area.min_credits - held[area.code]) for area in ends]
    few = [max(0, area.min_courses - number[area.code]) for area in ends]
    met = sum(not s and not f for s, f in zip(short, few, strict=True))
    return met, -sum(short), -sum(few), total, tuple(held[area.code] for area in ends)


def best(framework, attempts):
    """Sentence 8: the value of the best placement of ``attempts``, one at each course."""
    every = [choices(framework, attempt) for attempt in attempts]
    found = []
    for way in product(*every):
        if may_be_together(framework, [code for code, _ in way]):
            found.append(value(framework, attempts, [places for _, places in way]))
    return max(one for one in found if one is not None)


def milestones(framework, attempts, background, reading):
    """By code, whether each milestone that is asked is met, undecided or missing (12 and 13)."""
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
