"""What is frozen at submission: values and words of the slip (I7, I12)."""

import hashlib
import json
from decimal import Decimal

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.degree_audit import ENGINE_VERSION, Reason, State
from odoo.addons.ntue_curriculum.labels import course_label, plain_number
from odoo.addons.ntue_curriculum.roc import roc_date

from .application_slip import SLIP_FORMAT, SLIP_TITLE

SLIP_IN_PROGRESS = "W"
"""On the slip, and there only: taken this term and not graded yet (179, D1)."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _freeze(self):
        """Write the rows and return the snapshot: canonical JSON and its SHA-256."""
        self.ensure_one()
        values = self.with_context(lang=self.student_id._paper_language())._slip_values()
        values["document"] = self._next_document()
        self.line_ids.unlink()
        self.env["ntue.graduation.application.line"].create(
            [self._line_values(row) for row in values["rows"]]
        )
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text, hashlib.sha256(text.encode()).hexdigest()

    def _slip_values(self, made=None):
        """``made``: the ``Case`` and its audit to be told, by default as they are now."""
        student, window = self.student_id, self.window_id.sudo()
        case, result = made or self._case_and_audit()
        self.env.company.fetch(["name"])  # and none of its many other columns
        rows = self._slip_rows(case.enrolments, result)
        return {
            "format": SLIP_FORMAT,
            "title": SLIP_TITLE,
            "words": self._slip_words(),
            "school": self.env.company.name,
            "number": self._number(),
            "engine": ENGINE_VERSION,
            "term": self.term_id._short_name(),
            "made_on": roc_date(taipei_today()),
            "student": self._slip_student(student),
            "framework": {
                "code": student.curriculum_id.code,
                "revision": student.curriculum_id.revision,
                "title": student.curriculum_id._title(),
                "class": student.curriculum_id.class_name or "",
            },
            "rows": rows,
            **self._slip_credits(student.curriculum_id, result, rows),
            "acknowledged": self.shortfall_acknowledged and not result.met,
            "reference_only": student.reference_only,
            "notice": window.slip_notice or "",
            "contact": self._slip_contact(student.department_id, window),
        }

    def _slip_credits(self, curriculum, result, rows):
        """Areas, or one list where the framework has none (D40); totals; what is missing."""
        outline = curriculum._outline()
        names = {area.code: area.name for area in outline.areas}
        subjects = outline.by_key()
        return {
            "areas": [self._slip_area(area, names[area.code]) for area in result.areas],
            "kinds": [] if result.areas else self._slip_kinds(rows),
            "totals": self._slip_totals(result),
            "missing_required": [subjects[key].name for key in result.missing_lines],
        }

    def _slip_kinds(self, rows):
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

    def _slip_contact(self, department, window):
        """Whom to ask: the department (22, 24) and the case officer (23)."""
        asked = (
            (department.name, department.phone, department.email),
            (window.contact_name, window.contact_phone),
        )
        return [" ".join(filter(None, parts)) for parts in asked if parts[0]]

    def _slip_uses(self):
        """What the slip says of a course that counts in no area, by the reason."""
        _ = self.env._
        return {
            Reason.TICKED: _("☑ Ticked: flexible"),
            Reason.FLEXIBLE: _("Flexible"),
            Reason.COUNTS: _("Total"),
            Reason.MAPPED: _("Total"),
            Reason.FAILED: _("Not passed"),
            Reason.WITHDRAWN: _("Withdrawn"),
            Reason.REPEATED: _("Repeated"),
            Reason.OUTSIDE: _("☐ Not ticked"),
        }

    def _slip_student(self, student):
        return {
            "number": student.student_no,
            "name": student.name,
            "english_name": student.english_name or "",
            "email": student.email or "",
            "mobile": student.mobile or "",
            "department": student.department_id.name,
            "program": student.program_id.name,
            "entry_year": student.entry_year,
        }

    def _slip_rows(self, enrolments, result):
        """A row for each course, oldest first: the audit's own values, and what it needs not."""
        outcomes = {outcome.key: outcome for outcome in result.enrolments}
        uses = self._slip_uses()
        records = self.env["ntue.enrollment"].search_fetch(
            [("student_id", "=", self.student_id.id)], ["requirement", "offering_department_id"]
        )
        by_key = {record.id: record for record in records}
        return [
            self._slip_row(row, by_key[row.key], outcomes[row.key], uses)
            for row in sorted(enrolments, key=lambda row: (row.term, row.offering_no, row.key))
            if row.key in by_key
        ]

    def _slip_row(self, row, record, outcome, uses):
        score = "" if row.score is None else plain_number(row.score)
        if row.state is State.TRANSFERRED:
            score = self.env._("Transferred")
        elif row.state is State.WITHDRAWN:
            score = self.env._("Withdrawn")
        elif row.state is State.IN_PROGRESS:
            score = score or SLIP_IN_PROGRESS
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
            "score": score,
            "state": row.state.value,
            "areas": list(outcome.areas),
            "use": "、".join(outcome.areas) or uses.get(outcome.reason, "–"),
            "counted": plain_number(outcome.counted_credits),
            "reason": outcome.reason.value,
            "origin": outcome.origin.value if outcome.origin else "",
            "ticked": outcome.reason is Reason.TICKED,
            "tickable": outcome.tickable,
        }

    def _slip_area(self, area, name):
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

    def _slip_totals(self, result):
        return {
            "graduation_credits": plain_number(result.graduation_credits),
            "taken": plain_number(result.taken),
            "earned": plain_number(result.earned),
            "in_progress": plain_number(result.in_progress),
            "required": plain_number(result.taken_required),
            "elective": plain_number(result.taken_elective),
            "ticked": plain_number(result.ticked),
            "expected": plain_number(result.expected),
            "missing": plain_number(result.missing_credits),
            "met": result.met,
        }

    def _line_values(self, row):
        return {
            "application_id": self.id,
            "enrollment_id": row["enrollment"],
            "label": row["label"],
            "term_code": row["term"],
            "offering_no": row["offering_no"],
            "course_code": row["code"],
            "name": row["name"],
            "credits": float(row["credits"]),
            "score": row["score"],
            "department_name": row["department"],
            "origin": row["origin"] or False,
            "area_codes": ", ".join(row["areas"]),
            "ticked": row["ticked"],
            # Given, so that nobody's own defaults decide.
            "decision": "pending",
            "mapped_area_id": False,
            "mapped_line_id": False,
            "decision_reason": False,
            "decided_by_id": False,
            "decided_at": False,
        }


def _sum_of(rows):
    return plain_number(sum((Decimal(row["credits"]) for row in rows), Decimal(0)))
