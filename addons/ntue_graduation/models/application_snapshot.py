"""What is frozen at submission, and what the slip prints (I7, I12)."""

import hashlib
import json

from odoo import fields, models
from odoo.addons.ntue_curriculum.degree_audit import ENGINE_VERSION, Reason
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.roc import roc_date

SLIP_IN_PROGRESS = "W"
"""On the slip, and there only: taken this term and not graded yet (179, D1)."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _slip(self):
        """What the slip prints, as plain values.

        A draft is drawn from today's data; a submitted one from what was frozen, so
        that it reads the same in ten years.
        """
        self.ensure_one()
        if self._is_draft_copy():
            return self.with_context(lang=self.student_id._paper_language())._slip_values()
        event = self.sudo().event_ids.filtered(lambda row: row.action == "submit")[-1:]
        return json.loads(event.snapshot)

    def _is_draft_copy(self):
        """Whether the slip is a draft copy (暫存檔): never submitted, or returned since."""
        self.ensure_one()
        return self.state == "draft" or not self.submitted_at

    def _freeze(self):
        """Write the rows and return the snapshot: canonical JSON and its SHA-256."""
        self.ensure_one()
        values = self.with_context(lang=self.student_id._paper_language())._slip_values()
        self.line_ids.unlink()
        self.env["ntue.graduation.application.line"].create(
            [self._line_values(row) for row in values["rows"]]
        )
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text, hashlib.sha256(text.encode()).hexdigest()

    def _slip_values(self):
        student, window = self.student_id, self.window_id.sudo()
        result = self._audit()
        outcomes = {outcome.key: outcome for outcome in result.enrolments}
        area_names = {area.code: area.name for area in student.curriculum_id.area_ids}
        return {
            "number": self._number(),
            "engine": ENGINE_VERSION,
            "term": self.term_id._short_name(),
            "made_on": roc_date(fields.Date.context_today(self)),
            "student": self._slip_student(student),
            "framework": {
                "code": student.curriculum_id.code,
                "revision": student.curriculum_id.revision,
                "title": student.curriculum_id._title(),
                "class": student.curriculum_id.class_name or "",
            },
            "rows": [
                self._slip_row(row, outcomes[row.id])
                for row in student.enrollment_ids.sorted(
                    lambda row: (row.term_number, row.offering_no or "", row.id)
                )
            ],
            "areas": [self._slip_area(area, area_names[area.code]) for area in result.areas],
            "totals": self._slip_totals(result),
            "reference_only": student.reference_only,
            "notice": window.slip_notice or "",
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

    def _slip_row(self, row, outcome):
        if row.state == "transferred":
            score = self.env._("Transferred")
        elif row.state == "withdrawn":
            score = self.env._("Withdrawn")
        elif row.state == "in_progress":
            score = row._score_text() or SLIP_IN_PROGRESS
        else:
            score = row._score_text()
        return {
            "enrollment": row.id,
            "label": row._label(),
            "term": row.term_id.code,
            "offering_no": row.offering_no or "",
            "code": row.course_id.code,
            "name": row.name,
            "credits": plain_number(row.credits),
            "requirement": row.requirement or "",
            "department": row.school or row.offering_department_id.name or "",
            "score": score,
            "state": row.state,
            "areas": list(outcome.areas),
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
