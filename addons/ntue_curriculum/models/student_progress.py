"""The progress page and sheet (修業進度管制) as values: what stands where, in which tag."""

from odoo import api, fields, models
from odoo.tools.i18n import format_list

from .. import labels
from ..degree_audit import Reason

OUTSIDE = (Reason.OUTSIDE, Reason.TICKED, Reason.REFUSED)


class Student(models.Model):
    _inherit = "ntue.student"

    audit_panel = fields.Html(compute="_compute_audit_panel", sanitize=False, string="Audit")

    def _compute_audit_panel(self):
        """The audit as the student sees it, for the student's form in the backend."""
        for student in self:
            student.audit_panel = student.curriculum_id and self.env["ir.qweb"]._render(
                "ntue_curriculum.progress_body", student._progress()
            )

    def _progress(self, result=None):
        """Everything the progress page shows, for QWeb: dicts of records and texts.

        ``areas``: in framework order, each with its lines and what was taken of them;
        ``cross``: outside and not recognised (103); ``recognised``: flexible (105);
        ``result``: the ``AuditResult`` that all numbers come from.
        """
        self.ensure_one()
        result = result or self._audit()
        curriculum = self.curriculum_id
        outcomes = {outcome.key: outcome for outcome in result.enrolments}
        sentences = self._reason_sentences()
        rows = [
            self._progress_row(enrollment, outcomes[enrollment.id], sentences)
            for enrollment in self.enrollment_ids.sorted(
                lambda row: (row.term_number, row.offering_no or "", row.id)
            )
        ]
        by_code = {area.code: area for area in result.areas}
        lines = self._lines_by_area()
        by_line = self._rows_by_line(rows)
        return {
            "student": self,
            "curriculum": curriculum,
            "result": result,
            "areas": [
                self._progress_area(area, by_code[area.code], lines.get(area, ()), by_line, rows)
                for area in curriculum.area_ids.sorted("sequence")
            ],
            "lines": self._progress_lines(lines.get(self.env["ntue.curriculum.area"], ()), by_line),
            "cross": [row for row in rows if row["outcome"].reason in OUTSIDE],
            "recognised": [row for row in rows if row["outcome"].reason is Reason.FLEXIBLE],
            "missing": self._missing_sentences(result),
            "percent": self._percent(result.taken, result.graduation_credits),
            "number": labels.plain_number,
        }

    def _paper_language(self):
        """Papers of the school are in Chinese where it is installed, whoever prints them."""
        return self.env["res.lang"]._get_data(code="zh_TW").code or self.env.lang

    def _lines_by_area(self):
        """The framework's subjects in order, by area; those of none under an empty one."""
        grouped = {}
        for line in self.curriculum_id.line_ids.sorted("sequence"):
            grouped.setdefault(line.area_id, []).append(line)
        return grouped

    @api.model
    def _rows_by_line(self, rows):
        """The rows that stand beside each subject, by its id."""
        grouped = {}
        for row in rows:
            if row["outcome"].line:
                grouped.setdefault(row["outcome"].line, []).append(row)
        return grouped

    def _progress_area(self, area, result, lines, by_line, rows):
        mapped = [
            row for row in rows if not row["outcome"].line and area.code in row["outcome"].areas
        ]
        return {
            "area": area,
            "result": result,
            "depth": len(self._ancestors(area)),
            "lines": self._progress_lines(lines, by_line),
            "mapped": mapped,
            "percent": self._percent(result.taken, result.min_credits),
            "missing": self._missing_sentence(result),
        }

    @api.model
    def _ancestors(self, area):
        found = []
        while area.parent_id:
            area = area.parent_id
            found.append(area)
        return found

    @api.model
    def _progress_lines(self, lines, by_line):
        """Each subject with what was taken of it and the credit difference (111)."""
        result = []
        for line in lines:
            taken = by_line.get(line.id, ())
            counted = float(sum(row["outcome"].counted_credits for row in taken))
            difference = labels.plain_number(counted - line.credits)
            result.append({"line": line, "taken": taken, "difference": difference})
        return result

    def _progress_row(self, enrollment, outcome, sentences):
        colour, tag = self._progress_tag(enrollment, outcome)
        return {
            "enrollment": enrollment,
            "outcome": outcome,
            "label": enrollment._label(),
            "score": enrollment._score_text(),
            "colour": colour,
            "tag": tag,
            "why": self._reason_text(outcome, sentences),
            "decided_term": str(outcome.decided_term or ""),
        }

    def _progress_tag(self, enrollment, outcome):
        """Colour and text tag of a taken course: never the colour alone (D3, D4, I18)."""
        _ = self.env._
        colour = "blue" if enrollment.grade_locked else "purple"
        if outcome.reason is Reason.FLEXIBLE:
            tag = _("Recognised as flexible")
        elif outcome.reason in OUTSIDE:
            colour = "wine"
            tag = _("Refused") if outcome.reason is Reason.REFUSED else _("Outside the framework")
        elif outcome.reason is Reason.FAILED:
            tag = _("Not passed")
        elif outcome.reason is Reason.WITHDRAWN:
            tag = _("Withdrawn")
        elif outcome.reason is Reason.REPEATED:
            tag = _("Repeated")
        elif outcome.in_progress:
            tag = _("In progress")
        elif enrollment.state == "transferred":
            tag = _("Transferred")
        else:
            tag = _("Passed") if enrollment.grade_locked else _("Passed, grade not final")
        return colour, tag

    def _missing_sentence(self, result):
        """What an area still lacks, in one sentence; empty when it is met."""
        _ = self.env._
        if result.met:
            return ""
        parts = []
        if result.missing_credits:
            parts.append(_("%s credits", labels.plain_number(result.missing_credits)))
        if result.missing_courses:
            parts.append(_("%s courses", result.missing_courses))
        if result.missing_children:
            parts.append(_("%s of the areas inside it", result.missing_children))
        if not parts:
            return _("An area inside it is not met yet.")
        return _("Still missing: %s.", format_list(self.env, parts))

    def _missing_sentences(self, result):
        """What is missing in the whole, a sentence each (A1)."""
        _ = self.env._
        sentences = []
        if result.missing_credits:
            number = labels.plain_number(result.missing_credits)
            sentences.append(_("%s credits are missing to the graduation credits.", number))
            if any(outcome.reason in OUTSIDE for outcome in result.enrolments):
                sentences.append(
                    _(
                        "Courses from elsewhere count after the first review of your "
                        "graduation application has passed."
                    )
                )
        lines = self.env["ntue.curriculum.line"].browse(result.missing_lines)
        if lines:
            names = format_list(self.env, lines.mapped("name"))
            sentences.append(_("Required subjects not taken yet: %s.", names))
        return sentences

    @api.model
    def _percent(self, part, whole):
        """How full a bar is drawn, 0 to 100."""
        return 100 if not whole else min(100, int(part * 100 / whole))
