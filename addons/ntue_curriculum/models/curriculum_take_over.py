"""What becomes of students and decisions when a revision takes the place of the older one.

The same rule says it beforehand (``_carried_decision``, for the audits that show what would
change) and afterwards (``_take_over``): a decision follows its subject; one whose subject or
area is there no more stays as it was written, names the archived revision and is void.
"""

from dataclasses import replace

from odoo import models

from .audit_adapter import NO_LINE


class Curriculum(models.Model):
    _inherit = "ntue.curriculum"

    def _carried_lines(self, older):
        """The subject of this framework by that of ``older`` which it continues.

        The same course in the same area; else the only subject of that course.
        """
        self.ensure_one()
        places, courses = {}, {}
        for line in self.line_ids:
            places[line.area_id.code, line.course_id] = line
            courses.setdefault(line.course_id, []).append(line)
        carried = {}
        for line in older.line_ids:
            found = places.get((line.area_id.code, line.course_id))
            others = courses.get(line.course_id, ())
            if found or len(others) == 1:
                carried[line] = found or others[0]
        return carried

    def _carried_from(self, other):
        """As ``_carried_lines``; None unless this framework is ``other`` or its revision."""
        if other == self:
            return {line: line for line in self.line_ids}
        return self._carried_lines(other) if other == self.revises_id else None

    def _leaf_areas(self):
        """By code, the areas in which subjects may stand."""
        return {area.code: area for area in self.area_ids if not area.child_ids}

    def _carried_decision(self, carried, decision):
        """The engine's ``decision`` as it would read on this framework.

        ``carried``: of ``_carried_from``; None: this framework continues nothing, so that
        whatever names a subject or area is void here.
        """
        if not (decision.line or decision.area):
            return decision
        if carried is None:
            return replace(decision, line=NO_LINE, area=None)
        by_id = {old.id: (old, new) for old, new in carried.items()}
        if decision.line in by_id:
            old, new = by_id[decision.line]
            moved = decision.area in (None, old.area_id.code)
            area = new.area_id.code or None if moved else decision.area
            return replace(decision, line=new.id, area=area)
        if decision.line:
            return replace(decision, line=NO_LINE, area=None)
        return decision  # an area by its code: the engine knows whether it is there

    def _take_over(self, older):
        """Bind the students and the decisions of ``older`` to this revision."""
        self.ensure_one()
        students = older.student_ids
        decided = self._decisions_on(older)
        students.write({"curriculum_id": self.id})
        carried, areas = self._carried_lines(older), self._leaf_areas()
        for recognition in decided:
            vals = self._carried_parts(recognition, carried, areas)
            if vals:
                recognition._set(vals)

    def _decisions_on(self, older):
        """Decisions about students of ``older`` that name a subject or an area of it."""
        return self.env["ntue.recognition"].search(
            [
                ("student_id.curriculum_id", "=", older.id),
                "|",
                ("line_id.curriculum_id", "=", older.id),
                ("area_id.curriculum_id", "=", older.id),
            ]
        )

    def _carried_parts(self, recognition, carried, areas):
        """Subject and area that ``recognition`` names from now on; empty: it loses them."""
        line, area = recognition.line_id, recognition.area_id
        new_line = carried.get(line)
        if line and not new_line:
            return {}
        with_line = bool(line) and area == line.area_id  # the area follows its subject
        new_area = new_line.area_id if with_line else areas.get(area.code)
        if area and not new_area and not with_line:
            return {}
        return {
            "line_id": new_line.id if new_line else False,
            "area_id": new_area.id if area and new_area else False,
        }

    def _lost_decisions(self):
        """Decisions that would name something that is not in this revision any more."""
        self.ensure_one()
        older = self.revises_id
        if not older:
            return self.env["ntue.recognition"]
        carried, areas = self._carried_lines(older), self._leaf_areas()
        return self._decisions_on(older).filtered(
            lambda recognition: not self._carried_parts(recognition, carried, areas)
        )
