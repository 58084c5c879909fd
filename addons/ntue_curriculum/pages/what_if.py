"""What if: other ticks, planned subjects, another framework. Nothing is written (D19)."""

from typing import NamedTuple

from .. import audit_adapter, labels
from ..degree_audit import AreaResult, Reason, compare
from ..wording.limits import limit_sentences, tick_problems
from ..wording.missing import area_figures, missing_in_whole
from ..wording.reasons import outcome_sentences, reason_text

COUNTING = frozenset({Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED})


class Side(NamedTuple):
    """An area as it is, or as it would be: what it holds of each thing it asks for."""

    met: bool
    parts: list[str]


class AreaTrial(NamedTuple):
    """An area as it is and as it would be; of another framework there is no "is"."""

    area: object
    before: AreaResult | None
    after: AreaResult
    sides: tuple[Side | None, Side]


class Moved(NamedTuple):
    """A course that would count elsewhere: why where it is, and why where it would be."""

    label: str
    before: str
    after: str


class TickRow(NamedTuple):
    """A course that may be ticked."""

    key: int
    label: str
    ticked: bool
    suggested: bool


class PlanRow(NamedTuple):
    """A subject that may be planned."""

    subject: object
    planned: bool


class PlanGroup(NamedTuple):
    """The subjects of an area that are not taken yet; without a name those of no area."""

    name: str
    subjects: list[PlanRow]


def what_if(student, ticks=(), planned=(), curriculum=None):
    """The audit as it is and as it would be, for QWeb.

    ``ticks``: ids of own enrolments; ``planned``: ids of lines of ``curriculum``, by
    default of the student's framework. Ids that cannot be meant are left out: the
    page may be older than the records.
    """
    student.ensure_one()
    env, case = student.env, student._case()
    there = case
    curriculum = curriculum or student.curriculum_id
    other = curriculum != student.curriculum_id
    if other:
        succession = curriculum._succession(student.curriculum_id)
        there = case.under(curriculum._prepared()[0], succession)
    now = case.audit()
    outline = curriculum._outline()
    lines = {line.key: line for line in there.prepared.framework.lines}
    ticked = there.allowed(ticks)
    planned = [key for key in dict.fromkeys(planned) if key in lines]
    plan = audit_adapter.planned(map(lines.get, planned), case.enrolments, student.department_id)
    bare = there.audit(ticked)
    then = there.taking(plan).audit(ticked)
    outline = outline.of(then)
    return {
        "student": student,
        "curriculum": curriculum,
        "now": now,
        "then": then,
        "areas": _areas(env, now, then, outline, other),
        "moved": _moved(env, now, then, case.enrolments),
        "problems": tick_problems(env, curriculum, then),
        "limits": limit_sentences(env, there.prepared, then),
        "missing": missing_in_whole(env, then, outline),
        "tick_rows": [
            TickRow(row.key, _label(row), row.key in ticked, row.key in there.suggestion)
            for row in sorted(case.enrolments, key=lambda row: (row.term, row.offering_no))
            if row.key in there.tickable
        ],
        "plans": _plans(bare, outline, lines, planned),
        "suggested": sorted(there.suggestion),
        "filled": _filled(bare, outline),
        "number": labels.plain_number,
    }


def frameworks_to_try(student):
    """Frameworks to try: the own one, then those published by the same department.

    Past the record rules, by which a student reads the own framework only: what a
    department asks is no secret, and the page shows no person of it.
    """
    student.ensure_one()
    student.check_access("read")
    own = student.curriculum_id.sudo()
    others = own.search(
        [
            ("state", "=", "published"),
            ("department_id", "=", student.department_id.id),
            ("id", "!=", own.id),
        ],
        order="entry_year desc, code",
    )
    return own | others


def _label(row):
    return labels.course_label(row.offering_no, str(row.term), row.name, row.credits)


def _areas(env, now, then, outline, other):
    before = {} if other else {area.code: area for area in now.areas}
    after = {area.code: area for area in then.areas}
    rows = [(area, before.get(area.code), after[area.code]) for area in outline.areas]
    return [
        AreaTrial(area, was, would, (was and _side(env, was), _side(env, would)))
        for area, was, would in rows
    ]


def _side(env, area):
    return Side(area.met, area_figures(env, area))


def _moved(env, now, then, enrolments):
    rows = {row.key: row for row in enrolments}
    before = {outcome.key: outcome for outcome in now.enrolments}
    after = {outcome.key: outcome for outcome in then.enrolments}
    sentences = outcome_sentences(env)
    return [
        Moved(
            _label(rows[change.key]),
            reason_text(env, before[change.key], sentences),
            reason_text(env, after[change.key], sentences),
        )
        for change in compare(now, then).courses
        if change.key in rows
    ]


def _plans(result, outline, lines, planned):
    """Subjects of the framework that are not taken yet, by area."""
    taken = {
        lines[outcome.line].code
        for outcome in result.enrolments
        if outcome.line and outcome.reason in COUNTING
    }
    groups = [(f"{area.code} {area.name}", area.subjects) for area in outline.areas]
    groups.append(("", outline.subjects))
    plans = []
    for name, subjects in groups:
        left = [
            PlanRow(subject, subject.key in planned)
            for subject in subjects
            if lines[subject.key].code not in taken
        ]
        if left:
            plans.append(PlanGroup(name, left))
    return plans


def _filled(result, outline):
    """The smallest plan: what fills each top area, and the required subjects left."""
    top = {area.code for area in outline.areas if not area.depth}
    fills = (next(iter(area.fill), ()) for area in result.areas if area.code in top)
    keys = [*(key for fill in fills for key in fill), *result.missing_lines]
    return list(dict.fromkeys(keys))
