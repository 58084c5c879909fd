"""Which courses stand for which in a framework: as it was when the framework was published (I3).

Courses and what stands for them are shared by all frameworks. A draft follows them; a published
framework keeps what it was published with, so that nobody changes it by changing a course. What
has changed since comes in with the next revision, whose effects are shown before it is published.
"""

from collections import defaultdict

from odoo import fields, models
from odoo.tools.i18n import format_list

from ...degree_audit import standing_for
from ...groups import STAFF


class CurriculumEquivalents(models.AbstractModel):
    """Which courses stand for which in a framework."""

    _name = "ntue.curriculum.equivalents"
    _description = "Equivalent courses of a framework"

    frozen_equivalents = fields.Json(
        string="Equivalents as published",
        copy=False,
        prefetch=False,
        readonly=True,
        help="Numbers of a course and of one that stands for it, pair by pair, as published.",
    )
    equivalents_notice = fields.Text(
        compute="_compute_equivalents_notice", groups=STAFF, string="Equivalent courses"
    )

    def _compute_equivalents_notice(self):
        for curriculum in self:
            codes = curriculum._codes_standing_otherwise()
            curriculum.equivalents_notice = (
                self.env._(
                    "What stands for %s has been changed since this framework was published, which "
                    "keeps what it was published with. Start a revision to take the change over: "
                    "its effects are shown before it is published.",
                    format_list(self.env, codes),
                )
                if codes
                else False
            )

    def _freeze_equivalents(self):
        """Keep what stands for what as it is now; part of publishing."""
        for curriculum in self:
            curriculum._set({"frozen_equivalents": curriculum._equivalent_pairs()})

    def _equivalents(self):
        """Course code → codes that stand for it, for the engine."""
        self.ensure_one()
        return self._by_code(
            self._equivalent_pairs() if self.state == "draft" else self.frozen_equivalents or []
        )

    def _equivalent_pairs(self):
        """Pairs of course numbers as courses have them now, in order."""
        courses = self.env["ntue.course"].sudo().search([("equivalent_ids", "!=", False)])
        return sorted(
            [course.id, other.id] for course in courses for other in course.equivalent_ids
        )

    def _by_code(self, pairs):
        courses = (
            self.env["ntue.course"].sudo().browse({number for pair in pairs for number in pair})
        )
        codes = {course.id: course.code for course in courses.exists()}
        found = defaultdict(set)
        for course, other in pairs:
            if course in codes and other in codes:
                found[codes[course]].add(codes[other])
        return {code: frozenset(others) for code, others in found.items()}

    def _codes_standing_otherwise(self, current=None):
        """Codes of a published framework's courses for which other ones stand now than then.

        ``current``: of ``_standing_now``, for a caller who asks about many frameworks.
        """
        self.ensure_one()
        if self.state != "published":
            return []
        frozen = standing_for(self._equivalents())
        current = self._standing_now() if current is None else current
        codes = set(self.sudo().line_ids.course_id.mapped("code"))
        return [code for code in sorted(codes) if frozen.get(code, ()) != current.get(code, ())]

    def _standing_now(self):
        """Course code → the codes that stand for it as courses have it now."""
        return standing_for(self._by_code(self._equivalent_pairs()))
