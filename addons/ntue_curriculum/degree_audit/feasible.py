"""Whether a framework can be fulfilled at all: the check before it is published (F18).

The engine itself says so: audited is a student who passed every line of the framework
with the full score and has as many flexible credits as the rules allow.
"""

from __future__ import annotations

from decimal import Decimal

from .check import Finding, legal_findings
from .engine import audit
from .prepared import Prepared, prepare
from .result import AreaResult
from .values import Enrolment, Framework, State, Unit

TOP_SCORE = Decimal(100)


def check_framework(framework: Framework) -> tuple[Finding, ...]:
    """Everything wrong with ``framework``, in framework order; empty when all is well.

    First what makes it illegal (``fatal``); only a legal framework is checked for what
    it asks above what it offers: kinds ``AreaAsksTooMuch``, ``TotalAsksTooMuch``.
    """
    illegal = legal_findings(framework)
    if illegal:
        return illegal
    prepared = prepare(framework)
    everything = audit(prepared, _everything(prepared))
    findings = [
        _finding(f"{framework.code}/{area.code}", "AreaAsksTooMuch", _asks(area))
        for area in everything.areas
        if not area.met
    ]
    possible = _most_flexible(framework)
    if possible is not None and everything.taken + possible < framework.graduation_credits:
        offered = everything.taken + possible
        message = f"{framework.graduation_credits} credits to graduate, {offered} on offer"
        findings.append(_finding(framework.code, "TotalAsksTooMuch", message))
    return tuple(findings)


def _everything(prepared: Prepared) -> list[Enrolment]:
    """One passed enrolment a subject, with the credits of its largest line."""
    return [
        Enrolment(
            key=subject.number,
            term=0,
            code=subject.code,
            name="",
            credits=max(spot.line.credits for spot in subject.spots if spot.line is not None),
            state=State.PASSED,
            score=TOP_SCORE,
        )
        for subject in prepared.subjects
    ]


def _asks(area: AreaResult) -> str:
    missing = []
    if area.missing_credits:
        missing.append(f"{area.missing_credits} credits")
    if area.missing_courses:
        missing.append(f"{area.missing_courses} courses")
    if area.missing_children:
        missing.append(f"{area.missing_children} child areas")
    return f"asks {' and '.join(missing)} more than its lines offer"


def _most_flexible(framework: Framework) -> Decimal | None:
    """Flexible credits that the rules allow at most; None when they set no limit."""
    limits = []
    for rule in framework.flexible_rules:
        if rule.exempt:
            return None
        if rule.origin is None and rule.limit is not None and rule.unit is not Unit.COURSES:
            share = rule.unit is Unit.SHARE
            limits.append(rule.limit * framework.graduation_credits if share else rule.limit)
    return min(limits) if limits else None


def _finding(path: str, kind: str, message: str) -> Finding:
    return Finding(path, kind, f"{path}: {message}", fatal=False)
