"""The progress page and sheet (修業進度管制) as values: what counts where, in which tag."""

from functools import partial
from typing import NamedTuple

from .. import labels
from ..audit_adapter import pass_mark_of
from ..clock import taipei_today
from ..days import day_text
from ..degree_audit import DecisionKind, EnrolmentResult, Reason, State
from ..lists import in_words, labelled
from ..wording.certainty import sureness_advised
from ..wording.counting import rule_rows
from ..wording.limits import limit_sentences
from ..wording.missing import missing_and_fills, missing_in_area, missing_in_whole
from ..wording.reasons import outcome_sentences, reason_labels, reason_text
from ..wording.selecting import selecting_sentence
from .milestones import milestone_rows, source_rows, sources_of_the_whole
from .programmes import programme_rows

OUTSIDE = (Reason.OUTSIDE, Reason.TICKED, Reason.REFUSED, Reason.USED)

EXPLAINED = (
    Reason.REPEATED,
    Reason.GRADE_FLOOR,
    Reason.IN_EXCESS,
    Reason.ABOVE_LIMIT,
    Reason.INCOMPLETE,
    Reason.OUT_OF_ORDER,
    Reason.REFUSED,
    Reason.USED,
    Reason.TOGETHER,
)
"""Reasons that neither the place on the page nor the tag explains."""


class ProgressRow(NamedTuple):
    """A course taken; ``why``: the reason where the tag does not say it."""

    key: int
    outcome: EnrolmentResult
    label: str
    score: str
    colour: str
    tag: str
    why: str
    decided_term: str


class ProgressLine(NamedTuple):
    """A subject, what was taken of it, and the credit difference (111).

    ``missing``: it is required, and neither taken nor waived (A2). ``note``: why it is
    waived, or where its course counts instead when it is listed in several areas.
    """

    subject: object
    taken: list[ProgressRow]
    difference: str
    missing: bool
    waived: bool
    note: str


class ProgressArea(NamedTuple):
    """An area with its lines.

    ``mapped``: placed in it without a subject (D19). ``sureness``: how sure its tick is; None when
    no grade is pending. ``selects``: what counts in it without being listed, in words.
    ``sources``: where its rule is written.
    """

    area: object
    number: int
    result: object
    lines: list[ProgressLine]
    children_met: int
    mapped: list[ProgressRow]
    percent: int
    missing: str
    sentence: str
    sureness: object
    selects: str
    sources: list


class ChartPart(NamedTuple):
    """A part of the chart of credits, with its share of the width."""

    kind: str
    name: str
    credits: str
    percent: float


class Suggestion(NamedTuple):
    """The best legal choice of ticks, to take or to leave."""

    keys: list[int]
    sentence: str


def progress(student):
    """Everything the progress page shows, for QWeb: values and texts, no records but two.

    ``sureness``: of the whole, with the best legal choice of ticks (``sure_with_ticks``: that
    are some), since an application can still make it. ``areas``: in framework order, each
    with its lines and what was taken of them; ``lines``: of no area; ``cross``: outside and
    not recognised (103); ``recognised``: flexible (105); ``recognised_ever``: whether anything
    was, for any term; ``rules``: what holds across areas (A51);
    ``milestones``: those asked of the student (A41); ``programmes``: those beside the main one
    (A45); ``sources``: of the framework as a whole (A42); ``result``: the ``AuditResult`` that
    all numbers come from.
    """
    student.ensure_one()
    _read_at_once(student)
    env = student.env
    case, grades = student._case_with_grades()
    result = case.audit()
    outline = student.curriculum_id._outline().of(result)
    sentences = outcome_sentences(env)
    rows = _rows(env, case.enrolments, result, grades, sentences)
    lines = _lines(env, outline, rows, result, case.decisions, sentences)
    by_code = {area.code: area for area in result.areas}
    subjects = outline.by_key()
    sure = sureness_advised(env, case, pass_mark_of(student))
    return {
        "student": student,
        "curriculum": student.curriculum_id,
        "result": result,
        "sureness": sure.get(None),
        "sure_with_ticks": bool(result.missing_credits and case.suggestion),
        "areas": [
            _area(env, number, area, by_code, rows, lines, subjects, sure.get(area.code))._replace(
                sources=source_rows(env, outline, area.code)
            )
            for number, area in enumerate(outline.areas)
        ],
        "milestones": milestone_rows(student, result, outline),
        "programmes": programme_rows(student, case),
        "sources": sources_of_the_whole(env, outline, result),
        "lines": [lines[subject.key] for subject in outline.subjects],
        "cross": [row for row in rows if row.outcome.reason in OUTSIDE],
        "recognised": [row for row in rows if row.outcome.reason is Reason.FLEXIBLE],
        "recognised_ever": any(one.kind is DecisionKind.FLEXIBLE for one in case.decisions),
        "rules": rule_rows(env, case.prepared, result),
        "limits": limit_sentences(env, case.prepared, result),
        "missing": missing_in_whole(env, result, outline),
        "chart": _chart(env, result, rows),
        "suggestion": tick_suggestion(student, case),
        "number": labels.plain_number,
        "in_words": partial(in_words, env),
        "labelled": partial(labelled, env),
        "today": day_text(env, taipei_today()),
    }


def _read_at_once(student):
    """Of the records that the page names no more is read than it says of them."""
    student.curriculum_id.fetch(("state", "program_id", "entry_year", "class_name"))
    student.program_id.fetch(("name", "english_name", "pass_mark"))
    student.department_id.fetch(("code", "name", "english_name", "phone", "email"))


def tick_suggestion(student, case):
    """The ``Suggestion`` of a case; None when no tick would help, or none can be made now."""
    env, result = student.env, case.audit()
    keys = case.suggestion if result.missing_credits else ()
    if not keys or not student._is_advised():
        return None
    ticked = [row for row in case.enrolments if row.key in keys]
    expected = result.taken + sum(row.credits for row in ticked)
    sentence = env._(
        "If %(courses)s were recognised as flexible credits, you would have "
        "%(expected)s of %(needed)s credits.",
        courses=in_words(env, [row.name for row in ticked]),
        expected=labels.plain_number(expected),
        needed=labels.plain_number(result.graduation_credits),
    )
    return Suggestion(sorted(keys), sentence)


def _area(env, number, area, by_code, rows, lines, subjects, sure):
    result = by_code[area.code]
    missing = missing_in_area(env, result)
    return ProgressArea(
        area=area,
        number=number,
        result=result,
        lines=[lines[subject.key] for subject in area.subjects],
        children_met=sum(by_code[code].met for code in result.children),
        mapped=[row for row in rows if not row.outcome.line and area.code in row.outcome.areas],
        percent=_percent(result),
        missing=missing,
        sentence=missing and missing_and_fills(env, missing, result.fill, subjects),
        sureness=sure,
        selects=selecting_sentence(env, area),
        sources=[],
    )


# What was taken


def _rows(env, enrolments, result, grades, sentences):
    """A row for each course taken, oldest first."""
    outcomes = {outcome.key: outcome for outcome in result.enrolments}
    one_colour = env["ir.config_parameter"].sudo().get_param("ntue_curriculum.one_colour")
    tags = _tags(env)
    taken = sorted(enrolments, key=lambda row: (row.term, row.offering_no, row.key))
    return [
        _row(
            env,
            row,
            outcomes[row.key],
            bool(one_colour or grades[row.key].final),
            grades[row.key].letter,
            sentences,
            tags,
        )
        for row in taken
    ]


def _row(env, row, outcome, final, letter, sentences, tags):
    reason = outcome.reason
    points = "" if row.score is None else labels.plain_number(row.score)
    colour = "blue" if final else "purple"
    if reason in OUTSIDE:
        colour = "wine"
    if reason in tags:
        tag = tags[reason]
    elif outcome.in_progress:
        tag = tags[State.IN_PROGRESS]
    elif row.state is State.TRANSFERRED:
        tag = tags[State.TRANSFERRED]
    else:
        tag = tags["passed" if final else "not_final"]
    explained = reason in EXPLAINED or outcome.remarks
    return ProgressRow(
        key=row.key,
        outcome=outcome,
        label=labels.course_label(row.offering_no, str(row.term), row.name, row.credits),
        score=letter or points,
        colour=colour,
        tag=tag,
        why=reason_text(env, outcome, sentences) if explained else "",
        decided_term=str(outcome.decided_term or ""),
    )


def _tags(env):
    """The words beside the colours: of the reason, and of a course that simply counts."""
    return {
        **reason_labels(env),
        State.IN_PROGRESS: env._("In progress"),
        State.TRANSFERRED: env._("Transferred"),
        "passed": env._("Passed"),
        "not_final": env._("Passed, grade not final"),
    }


def _lines(env, outline, rows, result, decisions, sentences):
    """By key, each subject with what was taken of it."""
    places = outline.places()
    subjects = outline.by_key()
    taken, notes = _rows_by_line(env, rows, places, subjects, sentences)
    waived = _waivers(decisions, places, subjects)
    lines = {}
    for key, subject in subjects.items():
        own = taken.get(key, ())
        counted = float(sum(row.outcome.counted_credits for row in own))
        lines[key] = ProgressLine(
            subject=subject,
            taken=own,
            difference=labels.plain_number(counted - subject.credits * subject.repeats),
            missing=key in result.missing_lines,
            waived=key in waived,
            note=waived.get(key) or notes.get(key, ""),
        )
    return lines


def _rows_by_line(env, rows, places, subjects, sentences):
    """The rows beside each subject, and where a course counts that does not count there.

    A course that counts in several areas is in each of them; where its course is
    listed and does not count, a sentence says where it does.
    """
    taken, notes = {}, {}
    for row in rows:
        outcome = row.outcome
        if not outcome.line:
            continue
        taken.setdefault(outcome.line, []).append(row)
        if not (outcome.areas or outcome.counted_credits):
            continue
        for area, subject in places[subjects[outcome.line].code]:
            if subject.key == outcome.line:
                continue
            if area in outcome.areas:
                taken.setdefault(subject.key, []).append(row)
            else:
                notes[subject.key] = reason_text(env, outcome, sentences, remarks=False)
    return taken, notes


def _waivers(decisions, places, subjects):
    """Why each waived subject need not be taken, by key; a course is waived everywhere."""
    return {
        subject.key: decision.reason
        for decision in decisions
        if decision.kind is DecisionKind.WAIVED and decision.line in subjects
        for _area, subject in places[subjects[decision.line].code]
    }


# Bars


def _chart(env, result, rows):
    """The one chart of the credits: its parts in order."""
    recognised = sum(
        row.outcome.counted_credits
        for row in rows
        if row.outcome.reason is Reason.FLEXIBLE and not row.outcome.in_progress
    )
    missing = max(0, result.graduation_credits - result.taken)
    whole = max(result.taken + missing, 1)
    parts = (
        ("earned", env._("Earned in the framework"), result.earned - recognised),
        ("recognised", env._("Recognised as flexible"), recognised),
        ("in_progress", env._("In progress"), result.in_progress),
        ("missing", env._("Still missing"), missing),
    )
    return [
        ChartPart(kind, name, labels.plain_number(part), round(float(part / whole) * 100, 2))
        for kind, name, part in parts
        if part
    ]


def _percent(area):
    """How full an area's bar is drawn, 0 to 100; only what is met is full."""
    if area.met:
        return 100
    shares = [
        part / whole
        for part, whole in ((area.taken, area.min_credits), (area.courses, area.min_courses))
        if whole
    ]
    return min(99, int(min(shares, default=0) * 100))
