"""The progress page and sheet (修業進度管制) as values: what stands where, in which tag."""

from odoo import api, fields, models

from ... import labels
from ...audit_adapter import origin_of
from ...clock import taipei_today
from ...degree_audit import DecisionKind, Reason, State, Unit
from ...lists import in_words
from ...roc import roc_date

OUTSIDE = (Reason.OUTSIDE, Reason.TICKED, Reason.REFUSED)

TOLD = (Reason.REPEATED, Reason.GRADE_FLOOR, Reason.IN_EXCESS, Reason.REFUSED)
"""Reasons that neither the place on the page nor the tag tells."""


class Student(models.Model):
    _inherit = "ntue.student"

    audit_panel = fields.Html(compute="_compute_audit_panel", sanitize=False, string="Audit")

    def _compute_audit_panel(self):
        """The audit as the student sees it, for the student's form in the backend."""
        for student in self:
            student.audit_panel = student.curriculum_id and self.env["ir.qweb"]._render(
                "ntue_curriculum.progress_body", student._progress()
            )

    def _progress(self):
        """Everything the progress page shows, for QWeb: values and texts, no records but two.

        ``areas``: in framework order, each with its lines and what was taken of them;
        ``lines``: of no area; ``cross``: outside and not recognised (103); ``recognised``:
        flexible (105); ``result``: the ``AuditResult`` that all numbers come from.
        """
        self.ensure_one()
        case = self._case()
        result = case.audit()
        outline = self.curriculum_id._outline()
        sentences = self._reason_sentences()
        rows = self._progress_rows(case.enrolments, result, sentences)
        lines = self._progress_lines(outline, rows, result, case.decisions, sentences)
        by_code = {area.code: area for area in result.areas}
        subjects = outline.by_key()
        return {
            "student": self,
            "curriculum": self.curriculum_id,
            "result": result,
            "areas": [
                self._progress_area(number, area, by_code, rows, lines, subjects)
                for number, area in enumerate(outline.areas)
            ],
            "lines": [lines[subject.key] for subject in outline.subjects],
            "cross": [row for row in rows if row["outcome"].reason in OUTSIDE],
            "recognised": [row for row in rows if row["outcome"].reason is Reason.FLEXIBLE],
            "limits": self._limit_sentences(case.prepared, result),
            "missing": self._missing_sentences(result, subjects),
            "chart": self._progress_chart(result, rows),
            "suggestion": self._tick_suggestion(case),
            "number": labels.plain_number,
            "today": roc_date(taipei_today()),
        }

    def _progress_area(self, number, area, by_code, rows, lines, subjects):
        result = by_code[area.code]
        missing = self._missing_text(result)
        return {
            "area": area,
            "number": number,
            "result": result,
            "lines": [lines[subject.key] for subject in area.subjects],
            "children_met": sum(by_code[code].met for code in result.children),
            "mapped": self._mapped_only(rows, area.code),
            "percent": self._percent(result),
            "missing": missing,
            "sentence": missing and self._missing_sentence(missing, result.fill, subjects),
        }

    def _paper_language(self):
        """Papers of the school are in Chinese where it is installed, whoever prints them."""
        return self.env["res.lang"]._get_data(code="zh_TW").code or self.env.lang

    # What was taken

    def _progress_rows(self, enrolments, result, sentences):
        """A dict for each course taken, oldest first."""
        outcomes = {outcome.key: outcome for outcome in result.enrolments}
        final = self._final_grades()
        tags = self._progress_tags()
        taken = sorted(enrolments, key=lambda row: (row.term, row.offering_no, row.key))
        return [
            self._progress_row(row, outcomes[row.key], row.key in final, sentences, tags)
            for row in taken
        ]

    def _final_grades(self):
        """Ids of the enrolments to be shown as having a final grade (D4)."""
        parameters = self.env["ir.config_parameter"].sudo()
        domain = [("student_id", "=", self.id)]
        if not parameters.get_param("ntue_curriculum.one_colour"):
            domain.append(("grade_locked", "=", True))
        return set(self.env["ntue.enrollment"].search(domain, order="id").ids)

    def _progress_row(self, row, outcome, final, sentences, tags):
        reason = outcome.reason
        colour = "blue" if final else "purple"
        if reason in OUTSIDE:
            colour = "wine"
            tag = tags["refused" if reason is Reason.REFUSED else "outside"]
        elif reason in tags:
            tag = tags[reason]
        elif outcome.in_progress:
            tag = tags[State.IN_PROGRESS]
        elif row.state is State.TRANSFERRED:
            tag = tags[State.TRANSFERRED]
        else:
            tag = tags["passed" if final else "not_final"]
        told = reason in TOLD or outcome.remarks
        return {
            "key": row.key,
            "outcome": outcome,
            "label": labels.course_label(row.offering_no, str(row.term), row.name, row.credits),
            "score": "" if row.score is None else labels.plain_number(row.score),
            "colour": colour,
            "tag": tag,
            "why": self._reason_text(outcome, sentences) if told else "",
            "decided_term": str(outcome.decided_term or ""),
        }

    @api.model
    def _progress_tags(self):
        """The words beside the colours: never the colour alone (D3, D4, I18)."""
        _ = self.env._
        return {
            Reason.FLEXIBLE: _("Recognised as flexible"),
            Reason.FAILED: _("Not passed"),
            Reason.WITHDRAWN: _("Withdrawn"),
            Reason.REPEATED: _("Repeated"),
            State.IN_PROGRESS: _("In progress"),
            State.TRANSFERRED: _("Transferred"),
            "refused": _("Refused"),
            "outside": _("Outside the framework"),
            "passed": _("Passed"),
            "not_final": _("Passed, grade not final"),
        }

    @api.model
    def _progress_lines(self, outline, rows, result, decisions, sentences):
        """By key, each subject with what was taken of it and the credit difference (111).

        ``missing``: it is required, and neither taken nor waived (A2). ``note``: why it is
        waived, or where its course counts instead when it stands in several areas.
        """
        places = outline.places()
        subjects = outline.by_key()
        taken, notes = self._rows_by_line(rows, places, subjects, sentences)
        waived = self._waivers(decisions, places, subjects)
        lines = {}
        for key, subject in subjects.items():
            own = taken.get(key, ())
            counted = float(sum(row["outcome"].counted_credits for row in own))
            lines[key] = {
                "subject": subject,
                "taken": own,
                "difference": labels.plain_number(counted - subject.credits),
                "missing": key in result.missing_lines,
                "waived": key in waived,
                "note": waived.get(key) or notes.get(key, ""),
            }
        return lines

    @api.model
    def _rows_by_line(self, rows, places, subjects, sentences):
        """The rows that stand beside each subject, and where a course counts that does not.

        A course that counts in several areas stands in each of them; where its course is
        listed and does not count, a sentence says where it does.
        """
        taken, notes = {}, {}
        for row in rows:
            outcome = row["outcome"]
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
                    notes[subject.key] = self._reason_text(outcome, sentences, remarks=False)
        return taken, notes

    @api.model
    def _waivers(self, decisions, places, subjects):
        """Why each waived subject need not be taken, by key; a course is waived everywhere."""
        return {
            subject.key: decision.reason
            for decision in decisions
            if decision.kind is DecisionKind.WAIVED and decision.line in subjects
            for _area, subject in places[subjects[decision.line].code]
        }

    @api.model
    def _mapped_only(self, rows, code):
        """Rows that a reviewer placed in an area without naming a subject (D19)."""
        return [row for row in rows if not row["outcome"].line and code in row["outcome"].areas]

    @api.model
    def _limit_sentences(self, prepared, result):
        """How much from outside may count, and how much of it is used (113, 114, 138)."""
        _ = self.env._
        rules = self.env["ntue.flexible.rule"]._fields["origin"]
        origins = dict(rules._description_selection(self.env))
        sentences = []
        for use in result.flexible:
            rule = prepared.framework.flexible_rules[use.rule]
            values = {
                "origin": origins[origin_of(rule)],
                "used": labels.plain_number(use.used),
                "limit": "" if use.limit is None else labels.plain_number(use.limit),
            }
            if rule.exempt:
                sentences.append(_("%(origin)s: without limit.", **values))
            elif use.limit is not None and rule.unit is Unit.COURSES:
                sentences.append(
                    _("%(origin)s: at most %(limit)s courses, %(used)s used.", **values)
                )
            elif use.limit is not None:
                sentences.append(
                    _("%(origin)s: at most %(limit)s credits, %(used)s used.", **values)
                )
            if rule.prior_approval:
                sentences.append(
                    _("%(origin)s: each course needs an approval beforehand.", **values)
                )
        return sentences

    # What is missing

    def _missing_text(self, result):
        """What an area still lacks, as a list in words; empty when it is met."""
        _ = self.env._
        parts = []
        if result.met:
            return ""
        if result.missing_credits:
            parts.append(_("%s credits", labels.plain_number(result.missing_credits)))
        if result.missing_courses:
            parts.append(_("%s courses", result.missing_courses))
        if result.missing_children:
            parts.append(_("%s of the areas inside it", result.missing_children))
        return in_words(self.env, parts) if parts else _("an area inside it")

    def _missing_sentence(self, missing, fills, subjects):
        """What an area lacks and the courses that would fill it, in one sentence.

        One course more: every one that will do; several: the best set as an example.
        """
        _ = self.env._
        ways = [[subjects[key].label for key in keys] for keys in fills]
        if not ways:
            return _(
                "Still missing: %s. No subject of this area is left that would fill it; "
                "ask the assistant of your department.",
                missing,
            )
        if len(ways[0]) == 1:
            return _(
                "Still missing: %(missing)s. This would fill it: %(courses)s.",
                missing=missing,
                courses=in_words(self.env, [way[0] for way in ways], "or"),
            )
        return _(
            "Still missing: %(missing)s. %(count)s subjects would fill it, "
            "for example %(courses)s.",
            missing=missing,
            count=len(ways[0]),
            courses=in_words(self.env, ways[0]),
        )

    def _missing_sentences(self, result, subjects):
        """What is missing in the whole, a sentence each (A1)."""
        _ = self.env._
        sentences = []
        if result.missing_credits:
            number = labels.plain_number(result.missing_credits)
            sentences.append(_("%s credits are missing to the graduation credits.", number))
            if any(outcome.tickable for outcome in result.enrolments):
                sentences.append(
                    _(
                        "Courses from elsewhere count after the first review of your "
                        "graduation application has passed."
                    )
                )
        names = [subjects[key].name for key in result.missing_lines]
        if names:
            sentences.append(_("Required subjects not taken yet: %s.", in_words(self.env, names)))
        return sentences

    def _tick_suggestion(self, case):
        """The best legal choice of ticks, to take or to leave: ids and a sentence, or None."""
        keys = case.suggestion
        if not keys:
            return None
        result = case.audit()
        ticked = [row for row in case.enrolments if row.key in keys]
        expected = result.taken + sum(row.credits for row in ticked)
        return {
            "keys": sorted(keys),
            "sentence": self.env._(
                "If %(courses)s were recognised as flexible credits, you would have "
                "%(expected)s of %(needed)s credits.",
                courses=in_words(self.env, [row.name for row in ticked]),
                expected=labels.plain_number(expected),
                needed=labels.plain_number(result.graduation_credits),
            ),
        }

    # Bars

    @api.model
    def _progress_chart(self, result, rows):
        """The one chart of the credits: its parts in order, with their share of the width."""
        _ = self.env._
        recognised = sum(
            row["outcome"].counted_credits
            for row in rows
            if row["outcome"].reason is Reason.FLEXIBLE and not row["outcome"].in_progress
        )
        missing = max(0, result.graduation_credits - result.taken)
        whole = max(result.taken + missing, 1)
        parts = (
            ("earned", _("Earned in the framework"), result.earned - recognised),
            ("recognised", _("Recognised as flexible"), recognised),
            ("in_progress", _("In progress"), result.in_progress),
            ("missing", _("Still missing"), missing),
        )
        return [
            {
                "kind": kind,
                "name": name,
                "credits": labels.plain_number(credit),
                "percent": round(float(credit / whole) * 100, 2),
            }
            for kind, name, credit in parts
            if credit
        ]

    @api.model
    def _percent(self, area):
        """How full an area's bar is drawn, 0 to 100; only what is met is full."""
        if area.met:
            return 100
        shares = [
            part / whole
            for part, whole in (
                (area.taken, area.min_credits),
                (area.courses, area.min_courses),
            )
            if whole
        ]
        return min(99, int(min(shares, default=0) * 100))
