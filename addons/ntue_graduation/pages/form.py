"""What the student's form shows (F, 128–162)."""

import json
from typing import NamedTuple

from odoo.addons.ntue_curriculum.degree_audit import DecisionKind
from odoo.addons.ntue_curriculum.languages import reads_chinese
from odoo.addons.ntue_curriculum.lists import in_words
from odoo.addons.ntue_curriculum.pages.progress import tick_suggestion
from odoo.addons.ntue_curriculum.wording.missing import missing_in_area
from odoo.addons.ntue_curriculum.wording.reasons import form_cells

from .. import workflow
from ..papers.records import records_sentence
from ..papers.slip import form_of_draft, slip
from ..papers.words import cell_words
from . import draft
from .next_steps import day_to_submit, next_steps
from .standing import decided_before, standing_of, standing_shown
from .steps import steps
from .teacher_ed import teacher_ed
from .ticks import ticks_of_draft
from .timeline import own_timeline
from .verdict import outlook_of_draft


class TermRows(NamedTuple):
    """The courses of one term (130)."""

    code: str
    rows: list


class AreaGroup(NamedTuple):
    """The courses of one area; ``area``: as the slip has it, None for those of no area (132)."""

    name: str
    area: dict | None
    terms: list[TermRows]


def form(application, ticks=None):
    """Values of the form: a draft with today's data, else what was submitted.

    ``ticks``: ids as sent by a page that could not be saved, to show them again.
    """
    application.ensure_one()
    case = application.student_id._case(application.term_id)
    if application.state != "draft":
        submitted = slip(application)
        saved = {row["enrollment"] for row in submitted["rows"] if row["ticked"]}
        return {
            **_shared(application, submitted, saved if ticks is None else set(ticks), case),
            "draft": False,
            "tick_sentence": _ticked_sentence(application.env, submitted),
            "area_missing": {},
            "decisions": application.line_ids,
            "caps": (),
            "steps": steps(application),
            "standing": standing_shown(application),
        }
    ticked = set(application.tick_ids.ids if ticks is None else ticks)
    kept = application.tick_ids.ids
    result = case.audit(case.allowed(kept))
    shared = _shared(application, form_of_draft(application, case, result), ticked, case)
    return {
        **shared,
        "draft": True,
        "decisions": application.env["ntue.graduation.application.line"],
        "area_missing": {
            area.code: missing_in_area(application.env, area) for area in result.areas
        },
        **ticks_of_draft(application, case, shared["ticked"]),
        **_of_draft(application, case, ticked),
        "until": day_to_submit(shared["next_steps"]),
        "standing": standing_of(
            application.student_id, application.term_id, case, result, kept, kept
        ),
    }


def _shared(application, shown, ticked, case):
    """What every form shows, of a draft or of what was submitted; ``shown``: as its slip has it."""
    env, rows = application.env, shown["rows"]
    tick_rows = [row for row in rows if row["tickable"] or row["enrollment"] in ticked]
    return {
        "slip": shown,
        "framework_title": _framework_title(application, shown),
        "scores": _scores(env, rows),
        "offered_by": _offered_by(env, rows),
        "ticked": ticked & {row["enrollment"] for row in tick_rows},
        "tick_rows": tick_rows,
        "box_rows": {
            row["enrollment"]: "☑" if row["enrollment"] in ticked else "☐" for row in tick_rows
        },
        "records_sentence": records_sentence(env, rows),
        "places": _places(env, rows, ticked),
        "terms": _by_term(rows),
        "area_groups": _by_area(env, shown),
        "before": _decided_before(application, case),
        "next_steps": next_steps(application),
        "teacher_ed": teacher_ed(application),
        "timeline": own_timeline(application),
    }


def _framework_title(application, shown):
    """The framework of ``shown``, a slip in the papers' language, for the reader of the page."""
    framework = application.student_id.curriculum_id
    papers = framework.with_context(lang=application.student_id._paper_language())
    frozen = shown["framework"]["title"]
    return framework._title() if papers._title() == frozen else frozen


def _scores(env, rows):
    """What stands for the score of each course, for the reader of the page."""
    words = {state.value: text for state, text in cell_words(env).items()}
    return {row["enrollment"]: words.get(row["state"], row["score"]) for row in rows}


def _offered_by(env, rows):
    """Who offered each course, for the reader of the page; what was frozen is the papers' name."""
    names = {}
    if not reads_chinese(env):
        courses = env["ntue.enrollment"].browse([row["enrollment"] for row in rows])
        names = {one.name: one.shown_name for one in courses.exists().offering_department_id}
    return {row["enrollment"]: names.get(row["department"], row["department"]) for row in rows}


def _of_draft(application, case, ticked):
    """What only a form that can still be changed shows."""
    problems = application.student_id._diploma_problems(application.term_id)
    return {
        "outlook": outlook_of_draft(application, case, problems),
        "suggestion": tick_suggestion(application.student_id, case),
        "checklist": problems,
        "changed": not draft.is_saved_as(application, ticked),
        "version": draft.version(application),
        "saved_state": json.dumps(
            {
                "ticks": sorted(application.tick_ids.ids),
                "answers": draft.answers(application),
                "saved": bool(application.saved_at),
            }
        ),
    }


def _ticked_sentence(env, shown):
    """What was ticked, of an application that was submitted (142)."""
    return env._(
        "Flexible courses ticked: %(courses)s courses, %(credits)s credits",
        courses=sum(row["ticked"] for row in shown["rows"]),
        credits=shown["totals"]["ticked"],
    )


def _by_term(rows):
    """Rows grouped by term, in order (130)."""
    terms = {}
    for row in sorted(rows, key=lambda row: int(row["term"])):
        terms.setdefault(row["term"], []).append(row)
    return [TermRows(*item) for item in terms.items()]


def _by_area(env, shown):
    """The courses area by area, then those of no area; nothing without areas (132)."""
    if not shown["areas"]:
        return []
    rows = shown["rows"]
    groups = [
        AreaGroup(
            f"{area['code']} {area['name']}",
            area,
            _by_term([row for row in rows if area["code"] in row["areas"]]),
        )
        for area in shown["areas"]
    ]
    left = [row for row in rows if not row["areas"]]
    for name, some in (
        (env._("Courses from elsewhere"), [row for row in left if row["origin"]]),
        (env._("In no area"), [row for row in left if not row["origin"]]),
    ):
        if some:
            groups.append(AreaGroup(name, None, _by_term(some)))
    return groups


def _places(env, rows, ticked):
    """Where each course counts, in a word or two, by enrolment."""
    cells, words = form_cells(env), {}
    for row in rows:
        if row["areas"]:
            place = in_words(env, row["areas"])
        elif row["enrollment"] in ticked or row["reason"] == "flexible":
            place = cells["flexible"]
        elif row["tickable"]:
            place = cells["not_ticked"]
        elif row["counted"] != "0":
            place = cells["total"]
        else:
            place = cells["nowhere"]
        words[row["enrollment"]] = place
    return words


def _decided_before(application, case):
    """What was decided on courses that may be ticked now, by enrolment: a hint (189, D20).

    For an application of an earlier term, or for this one before it was returned.
    """
    env, term = application.env, application.term_id
    words = {
        key: env._("Recognised before, in term %s; tick it again if it shall count.", before)
        for key, before in decided_before(case, term, DecisionKind.FLEXIBLE).items()
    }
    for key, before in decided_before(case, term, DecisionKind.REFUSED).items():
        words[key] = env._("Not accepted before, in term %s: ask your department first.", before)
    reviewed = () if workflow.is_new(application._position()) else application.line_ids
    for line in (row for row in reviewed if row.decision == "refused"):
        words[line.enrollment_id.id] = env._(
            "Not accepted in the review before it was returned: %s", line.decision_reason or ""
        )
    return words
