"""What if: other ticks, planned subjects, another framework. Nothing is written (D19)."""

from odoo import api, models

from ... import audit_adapter, labels
from ...degree_audit import Reason, compare

COUNTING = frozenset({Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED})


class Student(models.Model):
    _inherit = "ntue.student"

    def _what_if(self, ticks=(), planned=(), curriculum=None):
        """The audit as it is and as it would be, for QWeb.

        ``ticks``: ids of own enrolments; ``planned``: ids of lines of ``curriculum``, by
        default of the student's framework. Ids that cannot be meant are left out: the
        page may be older than the records.
        """
        self.ensure_one()
        case = there = self._case()
        curriculum = curriculum or self.curriculum_id
        other = curriculum != self.curriculum_id
        if other:
            succession = curriculum._succession(self.curriculum_id)
            there = case.under(curriculum._prepared()[0], succession)
        now = case.audit()
        outline = curriculum._outline()
        subjects = outline.by_key()
        lines = {line.key: line for line in there.prepared.framework.lines}
        ticked = there.allowed(ticks)
        planned = [key for key in dict.fromkeys(planned) if key in lines]
        plan = audit_adapter.planned(map(lines.get, planned), case.enrolments, self.department_id)
        bare = there.audit(ticked)
        then = there.taking(plan).audit(ticked)
        return {
            "student": self,
            "curriculum": curriculum,
            "now": now,
            "then": then,
            "areas": self._what_if_areas(now, then, outline, other),
            "moved": self._what_if_moved(now, then, case.enrolments),
            "problems": self._tick_problems(then, curriculum),
            "limits": self._limit_sentences(there.prepared, then),
            "missing": self._missing_sentences(then, subjects),
            "tick_rows": [
                {
                    "key": row.key,
                    "label": self._what_if_label(row),
                    "ticked": row.key in ticked,
                    "suggested": row.key in there.suggestion,
                }
                for row in sorted(case.enrolments, key=lambda row: (row.term, row.offering_no))
                if row.key in there.tickable
            ],
            "plans": self._what_if_plans(bare, outline, lines, planned),
            "suggested": sorted(there.suggestion),
            "filled": self._what_if_filled(bare, outline),
            "number": labels.plain_number,
        }

    @api.model
    def _what_if_label(self, row):
        return labels.course_label(row.offering_no, str(row.term), row.name, row.credits)

    @api.model
    def _what_if_areas(self, now, then, outline, other):
        """Each area as it is and as it would be; of another framework there is no "is"."""
        before = {} if other else {area.code: area for area in now.areas}
        after = {area.code: area for area in then.areas}
        rows = [(area, before.get(area.code), after[area.code]) for area in outline.areas]
        return [
            {
                "area": area,
                "before": was,
                "after": would,
                "sides": [
                    {"met": side and side.met, "parts": side and self._area_parts(side)}
                    for side in (was, would)
                ],
            }
            for area, was, would in rows
        ]

    @api.model
    def _area_parts(self, area):
        """What an area holds of each thing it asks for: credits, courses, or both."""
        _ = self.env._
        parts = []
        if area.min_courses:
            values = {"taken": area.courses, "needed": area.min_courses}
            parts.append(_("%(taken)s / %(needed)s courses", **values))
        if area.min_credits or not parts:
            taken, needed = map(labels.plain_number, (area.taken, area.min_credits))
            parts.insert(0, f"{taken} / {needed}")
        return parts

    def _what_if_moved(self, now, then, enrolments):
        """Courses that would stand elsewhere: label, why now, why then."""
        rows = {row.key: row for row in enrolments}
        before = {outcome.key: outcome for outcome in now.enrolments}
        after = {outcome.key: outcome for outcome in then.enrolments}
        sentences = self._reason_sentences()
        return [
            {
                "label": self._what_if_label(rows[change.key]),
                "before": self._reason_text(before[change.key], sentences),
                "after": self._reason_text(after[change.key], sentences),
            }
            for change in compare(now, then).courses
            if change.key in rows
        ]

    @api.model
    def _what_if_plans(self, result, outline, lines, planned):
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
                {"subject": subject, "planned": subject.key in planned}
                for subject in subjects
                if lines[subject.key].code not in taken
            ]
            if left:
                plans.append({"name": name, "subjects": left})
        return plans

    @api.model
    def _what_if_filled(self, result, outline):
        """The smallest plan: what fills each top area, and the required subjects left."""
        top = {area.code for area in outline.areas if not area.depth}
        fills = (next(iter(area.fill), ()) for area in result.areas if area.code in top)
        keys = [*(key for fill in fills for key in fill), *result.missing_lines]
        return list(dict.fromkeys(keys))

    def _what_if_frameworks(self):
        """Frameworks to try: the own one, then those published by the same department.

        Past the record rules, by which a student reads the own framework only: what a
        department asks is no secret, and the page shows no person of it.
        """
        self.ensure_one()
        self.check_access("read")
        others = self.curriculum_id.sudo().search(
            [
                ("state", "=", "published"),
                ("department_id", "=", self.department_id.id),
                ("id", "!=", self.curriculum_id.id),
            ],
            order="entry_year desc, code",
        )
        return self.curriculum_id.sudo() | others
