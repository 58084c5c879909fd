"""One case for everything that a request asks about one application.

Guards, snapshot, desk figures and panels of one step ask the same audit. The engine is pure:
what a ``Case`` answers follows from its framework, enrolments, decisions and term alone. So a
case that is made of equal values is the same case, and the one that was worked out earlier in
this transaction answers for it. Nobody has to report a change: inputs are read anew whenever
one asks, and compared by value. A tick is an argument of ``audit`` and no part of the case.

Where nothing can be written in between, the reading is saved too: ``held`` says so. What is
frozen at a submission is what its guards saw.
"""

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import replace

from odoo.addons.ntue_curriculum.audit_adapter import decision_of

from .workflow import RECOGNISED_AS

KEY = "ntue_graduation.cases"
KEPT = 16
"""Students whose last case is kept: a job goes through thousands in one transaction."""


class Cases:
    """The cases of one transaction; Odoo drops them when it ends or is taken back in part."""

    def __init__(self):
        self.last = OrderedDict()
        self.holding = 0
        self.held = {}


def _of(env):
    return env.cr.cache.setdefault(KEY, Cases())


def known(env, student, case):
    """``case``, or the one of equal values that the transaction has asked before."""
    last = _of(env).last
    key = student.id, case.term
    before = last.get(key)
    if before is None or not _alike(before, case):
        last[key] = before = case
    last.move_to_end(key)
    if len(last) > KEPT:
        last.popitem(last=False)
    return before


def _alike(one, other):
    """Whether both are made of equal values: everything that the engine is given."""
    return (
        one.term == other.term
        and one.enrolments == other.enrolments
        and one.decisions == other.decisions
        and one.background == other.background
        and (one.prepared is other.prepared or one.prepared.framework == other.prepared.framework)
    )


@contextmanager
def held(env):
    """Inside, nothing is written: what was read for a case once holds until the end.

    For guards, figures and pages, which ask and change nothing. Whatever writes inside says so
    with ``let_go``.
    """
    cases = _of(env)
    cases.holding += 1
    try:
        yield
    finally:
        cases.holding = max(cases.holding - 1, 0)
        if not cases.holding:
            cases.held.clear()


def let_go(env):
    """From here on something may be written: the next question reads again."""
    cases = _of(env)
    cases.holding = 0
    cases.held.clear()


def case_of(env, student, term, pending):
    """The engine's ``Case`` of a student in the application of ``term``; see ``Student._cases``.

    ``pending``: decisions that are not recorded yet.
    """
    cases = _of(env)
    # Another user may read less, and decisions that are being filled in are others. What a user
    # may read the system may, and not the other way round.
    inputs = env.uid, student.id, term.id, tuple(pending)
    if cases.holding:
        for is_system in {False, env.su}:
            if (is_system, *inputs) in cases.held:
                return cases.held[is_system, *inputs]
    case = known(env, student, student._case(term, pending))
    if cases.holding:
        cases.held[env.su, *inputs] = case
    return case


# What an application adds to the records of its student


def pending_decisions(application):
    """What was decided and no first review has made hold yet, for the audit.

    Also of rows that are being filled in on a form.
    """
    if application.state == "draft" or application.first_review == "passed":
        return []
    pending = []
    is_form = application._origin != application
    for row in application.outside_line_ids if is_form else application.line_ids:
        if kind := RECOGNISED_AS.get(row.decision):
            reason = _readable(row, "decision_reason")
            pending.append(_decision(application, row, kind, place_of_row(row), reason))
    for row in application.exception_ids:
        if row.line_id and (row.kind == "waived" or row.enrollment_id):
            reason = _readable(row, "reason")
            others = row.together_ids._origin.ids
            place = place_of_exception(row)
            pending.append(_decision(application, row, row.kind, place, reason, others))
    return pending


def place_of_row(row):
    """The area and the subject in which a course of an application was decided to count.

    As they are in the student's framework now, which may have been revised since the decision;
    both empty where the decision names none. None where they are gone.
    """
    row, framework = row.sudo(), _framework(row)
    line = row.mapped_line_id._origin
    return framework._carried(line.area_id or row.mapped_area_id._origin, line)


def place_of_exception(row):
    """As ``place_of_row``, of an exception, which names a subject."""
    row, framework = row.sudo(), _framework(row)
    return framework._carried(row.env["ntue.curriculum.area"], row.line_id._origin)


def _framework(row):
    return row.application_id._origin.student_id.sudo().curriculum_id


def without_place(application):
    """Names of the courses and subjects that were decided on, and whose place is gone."""
    rows = application.line_ids.filtered(lambda row: place_of_row(row) is None)
    exceptions = application.exception_ids.filtered(lambda row: place_of_exception(row) is None)
    return rows.mapped("name") + exceptions.mapped("line_id.name")


def _decision(application, row, kind, place, reason, others=()):
    area, line = place or (row.env["ntue.curriculum.area"], row.env["ntue.curriculum.line"])
    decision = decision_of(
        kind,
        row.enrollment_id._origin,
        area,
        line,
        application.env.user,
        reason,
        application.term_id,
        others,
    )
    return decision if place else replace(decision, void=True)


def _readable(row, name):
    """Why a row was decided or excepted; blank for a student, whose figures need none."""
    return row[name] if row._has_field_access(row._fields[name], "read") else ""


def ticks_beside(application, pending):
    """Keys of the ticks that nobody has decided on, ``pending`` decisions included."""
    if application.first_review == "passed":
        return frozenset()
    settled = {key for one in pending for key in (one.enrolment, *one.others)}
    return frozenset(application.tick_ids._origin.ids) - settled


def ticks_of(application):
    """Keys of the ticks that nobody has decided on: those that its own audit is given."""
    return ticks_beside(application, pending_decisions(application))
