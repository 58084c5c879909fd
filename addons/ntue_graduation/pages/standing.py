"""How a student stands in an application: one audit, in the words that every page has (10, D2).

The progress page is of no application and counts whatever was recognised; an application counts
what was recognised for its own term (D20). What differs between the two is said here.
"""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.degree_audit import DecisionKind
from odoo.addons.ntue_curriculum.further_programs import standings
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.lists import in_words
from odoo.addons.ntue_curriculum.wording.missing import missing_everywhere
from odoo.addons.ntue_curriculum.wording.programs import lacking_sentences

from ..cases import ticks_of
from .in_work import ENDED, present

BESIDE = (DecisionKind.PRIOR_APPROVAL, DecisionKind.WAIVED)
"""Decisions that are beside the one in force and replace none (A27)."""


class Standing(NamedTuple):
    """How it stands today, courses in progress and ticks included.

    ``missing``: all that is missing, a sentence each; ``again``: what was recognised for an
    earlier term and does not count here unless it is ticked again, or empty.
    """

    expected: str
    needed: str
    met: bool
    missing: list[str]
    sentence: str
    again: str

    @property
    def figure(self):
        """``31/32``."""
        return f"{self.expected}/{self.needed}"


def standing(application):
    """How ``application`` stands by today's data, with its own ticks and decisions."""
    application.ensure_one()
    case, result = application._case_and_audit()
    ticked = application.tick_ids._origin.ids
    ticks = ticks_of(application)
    return standing_of(application.student_id, application.term_id, case, result, ticked, ticks)


def standing_shown(application):
    """How it stands while that can still change; None of an ended one."""
    return None if application.state in ENDED else standing(application)


def standing_of(student, term, case, result, ticked=(), ticks=()):
    """How ``result``, an audit of ``case`` for the application of ``term``, stands.

    ``ticked``: all that is ticked; ``ticks``: of these what ``result`` counts as ticked.
    """
    env = student.env
    values = {
        "expected": plain_number(result.foreseen),
        "needed": plain_number(result.graduation_credits),
    }
    outline = student.curriculum_id._outline()
    missing = [] if result.met else missing_everywhere(env, result, outline)
    lacking = lacking_sentences(env, standings(student, case, ticks=ticks))
    return Standing(
        **values,
        met=result.met and not lacking,
        missing=missing + lacking,
        sentence=env._(
            "You are expected to have %(expected)s of %(needed)s credits, courses in progress "
            "included.",
            **values,
        ),
        again=_again(env, term, case, ticked),
    )


def decided_before(case, term, kind):
    """Enrolments that another term's application had decided as ``kind``, with that term.

    Only those that may be ticked again (189, D20); of several decisions the latest holds (A27).
    """
    found = {}
    for decision in sorted(case.decisions, key=lambda row: (row.term or 0, row.recorded)):
        if decision.kind in BESIDE or decision.term == term.number:
            continue
        if decision.enrolment in case.tickable:
            found.pop(decision.enrolment, None)
            if decision.kind is kind:
                found[decision.enrolment] = decision.term
    return found


def _again(env, term, case, ticked):
    before = decided_before(case, term, DecisionKind.FLEXIBLE)
    rows = [row for row in case.enrolments if row.key in before and row.key not in ticked]
    if not rows:
        return ""
    return env._(
        "Recognised for an earlier application and not counted in this one: %(courses)s "
        "(%(credits)s credits). Tick them again if they shall count.",
        courses=in_words(env, [row.name for row in rows]),
        credits=plain_number(sum(row.credits for row in rows)),
    )


def progress_beside(student):
    """How the application in work stands, where the progress page counts more; else a new one.

    None while nothing was recognised for another term than its own.
    """
    student.ensure_one()
    recognised = student.recognition_ids.filtered(lambda row: row.kind == "flexible")
    if not recognised:
        return None
    now = present(student)
    application = now.in_work or now.of_term
    term = (application or now.window).term_id
    if not term or recognised.term_id <= term:
        return None
    if application:
        return standing(application)
    case = student._case(term)
    return standing_of(student, term, case, case.audit())
