"""What the slip says of an application, as plain values: the snapshot's format (I7, G).

The keys are those of the frozen JSON: snapshots in databases have them, and the templates of
the slip and ``snapshot_difference`` read them. Hence dicts, and no types of their own.
"""

from decimal import Decimal

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.degree_audit import ENGINE_VERSION, Reason, State
from odoo.addons.ntue_curriculum.further_programs import standings
from odoo.addons.ntue_curriculum.labels import course_label, plain_number
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.addons.ntue_curriculum.wording.counting import missing_rules
from odoo.addons.ntue_curriculum.wording.reasons import reason_cells

from ..cases import ticks_of
from .english import slip_english
from .further import further_of_slip
from .milestones import milestones_of_slip, rules_of_slip
from .records import records_sentence
from .words import SLIP_TITLE, cell_words, slip_words

SLIP_FORMAT = 4
"""The shape of what is frozen. A template ``report_slip_format_<n>`` draws each shape for good:
a change of what a shape holds, or of the text its template draws, needs a new one."""

SLIP_IN_PROGRESS = "W"
"""On the slip, and there only: taken this term and not graded yet (179, D1)."""


def slip_values(application, case, result):
    """What the slip says of ``case`` and its audit, in the language of ``application``."""
    env, student = application.env, application.student_id
    window = application.window_id.sudo()
    env.company.fetch(["name"])  # and none of its many other columns
    shown = form_values(application, case, result)
    further = standings(student, case, ticks=ticks_of(application))
    return {
        **shown,
        "format": SLIP_FORMAT,
        "title": SLIP_TITLE,
        "words": slip_words(env),
        "english": slip_english(application, shown["rows"], result, further),
        "school": env.company.name,
        "number": application._number(),
        "engine": ENGINE_VERSION,
        "made_on": roc_date(taipei_today()),
        "records": records_sentence(env, shown["rows"]),
        "milestones": milestones_of_slip(env, result),
        "further": further_of_slip(env, further),
        "acknowledged": application.shortfall_acknowledged
        and (not result.met or any(one.is_lacking for one in further)),
        "reference_only": student.reference_only,
        "notice": window.slip_notice or "",
        "contact": _contact(student.department_id, window),
        "teacher_ed": {
            "answer": application.teacher_ed_answer or "",
            "confirmed": application.teacher_ed_confirmed,
        },
    }


def form_values(application, case, result):
    """Of ``slip_values`` what the student's form shows, too: courses, sums, and whose they are."""
    student, curriculum = application.student_id, application.student_id.curriculum_id
    rows = _rows(application, case.enrolments, result)
    return {
        "term": application.term_id._short_name(),
        "student": _student(student),
        "framework": {
            "code": curriculum.code,
            "revision": curriculum.revision,
            "title": curriculum._title(),
            "class": curriculum.class_name or "",
        },
        "rows": rows,
        **_credits(curriculum, result, rows),
    }


def _credits(curriculum, result, rows):
    """Areas, or one list where the framework has none (D40); totals; what is missing."""
    outline = curriculum._outline()
    names = {area.code: area.name for area in outline.areas}
    subjects = outline.by_key()
    return {
        "areas": [_area(area, names[area.code]) for area in result.areas],
        "kinds": [] if result.areas else _kinds(rows),
        "totals": _totals(result),
        "missing_required": [subjects[key].name for key in result.missing_lines],
        "rules": rules_of_slip(result),
        **({"missing_rules": lacks} if (lacks := missing_rules(curriculum.env, result)) else {}),
    }


def _kinds(rows):
    """The list for a framework without areas: what counts, by kind (144)."""
    kinds = dict.fromkeys(("required", "elective", "flexible"), ())
    for row in rows:
        outside = row["reason"] in (Reason.TICKED.value, Reason.FLEXIBLE.value)
        kind = "flexible" if outside else row["requirement"] or "elective"
        if row["ticked"] or row["counted"] != "0":
            kinds[kind] = (*kinds[kind], row)
    return [
        {
            "kind": kind,
            "courses": len(counted),
            "taken": _sum_of(counted),
            "earned": _sum_of(row for row in counted if row["state"] != "in_progress"),
        }
        for kind, counted in kinds.items()
    ]


def _contact(department, window):
    """Whom to ask: the department (22, 24) and the case officer (23)."""
    asked = (
        (department.name, department.phone, department.email),
        (window.contact_name, window.contact_phone),
    )
    return [" ".join(filter(None, parts)) for parts in asked if parts[0]]


def _student(student):
    return {
        "number": student.student_no,
        "name": student.name,
        "english_name": student.english_name or "",
        "alias_name": student.alias_name or "",
        "email": student.email or "",
        "mobile": student.mobile or "",
        "phone": student.phone or "",
        "department": student.department_id.name,
        "program": student.program_id.name,
        "entry_year": student.entry_year,
    }


def _rows(application, enrolments, result):
    """A row for each course, oldest first: the audit's own values, and what it needs not."""
    env = application.env
    outcomes = {outcome.key: outcome for outcome in result.enrolments}
    cells, words = reason_cells(env), cell_words(env)
    records = env["ntue.enrollment"].search_fetch(
        [("student_id", "=", application.student_id.id)],
        ["requirement", "offering_department_id", "grade"],
    )
    records.offering_department_id.fetch(["name"])  # and none of their many other columns
    by_key = {record.id: record for record in records}
    return [
        _row(row, by_key[row.key], outcomes[row.key], cells, words)
        for row in sorted(enrolments, key=lambda row: (row.term, row.offering_no, row.key))
        if row.key in by_key
    ]


def _row(row, record, outcome, cells, words):
    return {
        "enrollment": row.key,
        "label": course_label(row.offering_no, str(row.term), row.name, row.credits),
        "term": str(row.term),
        "offering_no": row.offering_no,
        "code": row.code,
        "name": row.name,
        "credits": plain_number(row.credits),
        "requirement": record.requirement or "",
        "department": row.school or record.offering_department_id.name or "",
        "score": record.grade or _score(row, words),
        "state": row.state.value,
        "areas": list(outcome.areas),
        "use": "、".join(outcome.areas) or cells.get(outcome.reason, "–"),
        "counted": plain_number(outcome.counted_credits),
        "reason": outcome.reason.value,
        "origin": outcome.origin.value if outcome.origin else "",
        "ticked": outcome.reason is Reason.TICKED,
        "tickable": outcome.tickable,
    }


def _score(row, words):
    if row.state in words:
        return words[row.state]
    if row.score is not None:
        return plain_number(row.score)
    return SLIP_IN_PROGRESS if row.state is State.IN_PROGRESS else ""


def _area(area, name):
    return {
        "code": area.code,
        "name": name,
        "min_credits": plain_number(area.min_credits),
        "min_courses": area.min_courses,
        "taken": plain_number(area.taken),
        "earned": plain_number(area.earned),
        "courses": area.courses,
        "required": plain_number(area.taken_required),
        "elective": plain_number(area.taken_elective),
        "met": area.met,
    }


def _totals(result):
    return {
        "graduation_credits": plain_number(result.graduation_credits),
        "taken": plain_number(result.taken),
        "earned": plain_number(result.earned),
        "in_progress": plain_number(result.in_progress),
        "required": plain_number(result.taken_required),
        "elective": plain_number(result.taken_elective),
        "ticked": plain_number(result.ticked),
        "expected": plain_number(result.foreseen),
        "missing": plain_number(result.foreseen_missing),
        "met": result.met,
    }


def _sum_of(rows):
    return plain_number(sum((Decimal(row["counted"]) for row in rows), Decimal(0)))
