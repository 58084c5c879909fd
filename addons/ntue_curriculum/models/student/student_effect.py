"""What would change for students under another framework: audits made to be looked at only."""

from odoo import api, models
from odoo.tools.i18n import format_list

from ...degree_audit import Reason, compare
from ...labels import plain_number


class Student(models.Model):
    _inherit = "ntue.student"

    def _effects_of(self, curriculum, ticks=()):
        """Compare the audits of ``self`` with those under ``curriculum``; nothing is written.

        Yields ``(student, now, then, Comparison)`` in order. ``ticks``: enrolments ticked in
        ``then``, as far as they may be ticked there. Decisions are carried as publishing a
        revision would carry them; what names a part of another framework is void.
        Frameworks are prepared once; enrolments and decisions are read in bulk.
        """
        self.check_access("read")
        curriculum.check_access("read")
        homes = self.curriculum_id
        other = curriculum._prepared()[0]
        successions = {home: curriculum._succession(home) for home in homes}
        subjects = self._subjects_of([*(home._prepared()[0] for home in homes), other])
        for student, case in self._cases():
            there = case.under(other, successions[student.curriculum_id])
            now, then = case.audit(), there.audit(there.allowed(ticks.ids if ticks else ()))
            yield student, now, then, compare(now, then, subjects)

    @api.model
    def _subjects_of(self, frameworks):
        """Course code by key of the line, of prepared frameworks."""
        return {line.key: line.code for each in frameworks for line in each.framework.lines}

    def _pressing(self):
        """Those of ``self`` for whom a change matters now; hook for whoever keeps applications."""
        return self.browse()

    # -- in words

    @api.model
    def _effect_sentences(self, curriculum, effect):
        """What a ``Comparison`` says, a sentence each, the weightiest first."""
        _ = self.env._
        before, after = effect.before, effect.after
        sentences = []
        if before.met and not after.met:
            sentences.append(_("Would graduate as it is now, and then not any more."))
        elif after.met and not before.met:
            sentences.append(_("Would graduate then, and not as it is now."))
        sentences += self._total_sentences(before, after)
        sentences += self._area_sentences(curriculum, effect)
        lines = self.env["ntue.curriculum.line"].sudo()
        for keys, text in (
            (effect.required_now_missing, _("Required subjects missing from now on: %s.")),
            (effect.required_no_longer_missing, _("Required subjects not missing any more: %s.")),
        ):
            if keys:
                names = format_list(self.env, lines.browse(keys).mapped("name"))
                sentences.append(text % names)
        return sentences + self._course_sentences(effect)

    @api.model
    def _total_sentences(self, before, after):
        _ = self.env._
        texts = {
            "graduation_credits": _("Credits to graduate: %(old)s → %(new)s."),
            "taken": _("Credits that count: %(old)s → %(new)s."),
            "missing_credits": _("Credits still missing: %(old)s → %(new)s."),
        }
        changed = {
            name: (getattr(before, name), getattr(after, name))
            for name in texts
            if getattr(before, name) != getattr(after, name)
        }
        return [
            texts[name] % {"old": plain_number(old), "new": plain_number(new)}
            for name, (old, new) in changed.items()
        ]

    @api.model
    def _area_sentences(self, curriculum, effect):
        _ = self.env._
        names = {area.code: area.display_name for area in curriculum.area_ids}
        sentences = []
        for change in effect.areas:
            name = names.get(change.code, change.code)
            if change.after is None:
                sentences.append(_("Area %s is not asked for any more.", name))
                continue
            figures = self._area_figures(change.after)
            if change.becomes_unmet:
                sentences.append(
                    _("Area %(name)s is not met: %(figures)s.", name=name, figures=figures)
                )
            elif change.becomes_met:
                sentences.append(
                    _("Area %(name)s becomes met: %(figures)s.", name=name, figures=figures)
                )
            elif not change.after.met:
                sentences.append(
                    _(
                        "Area %(name)s, not met, has other figures: %(figures)s.",
                        name=name,
                        figures=figures,
                    )
                )
            elif change.asks_otherwise:
                sentences.append(
                    _(
                        "Area %(name)s asks something else and stays met: %(figures)s.",
                        name=name,
                        figures=figures,
                    )
                )
        return sentences

    @api.model
    def _area_figures(self, area):
        """Credits, and courses if it asks for some, of what the area needs."""
        figures = {
            "taken": plain_number(area.taken),
            "needed": plain_number(area.min_credits),
            "courses": area.courses,
            "least": area.min_courses,
        }
        if area.min_courses:
            return self.env._(
                "%(taken)s/%(needed)s credits, %(courses)s/%(least)s courses", **figures
            )
        return self.env._("%(taken)s/%(needed)s credits", **figures)

    @api.model
    def _course_sentences(self, effect):
        _ = self.env._
        enrollments = self.env["ntue.enrollment"].browse([row.key for row in effect.courses])
        sentences = []
        for row, enrollment in zip(effect.courses, enrollments, strict=True):
            values = {
                "course": enrollment._label(),
                "old": self._standing_text(row.before),
                "new": self._standing_text(row.after),
            }
            text = _("%(course)s: %(old)s → %(new)s.", **values)
            if row.loses_decision:
                text += " " + _("A reviewer's decision on it loses its ground.")
            sentences.append(text)
        return sentences

    @api.model
    def _standing_text(self, standing):
        """Where a course stands, in a few words."""
        _ = self.env._
        if standing is None:
            return "–"
        if standing.reason in (Reason.COUNTS, Reason.MAPPED):
            if standing.areas:
                return _("area %s", format_list(self.env, standing.areas))
            return _("the total")
        return {
            Reason.FLEXIBLE: _("flexible credits"),
            Reason.TICKED: _("flexible credits, if the tick is accepted"),
            Reason.FAILED: _("not passed"),
            Reason.WITHDRAWN: _("withdrawn"),
            Reason.REPEATED: _("repeated"),
            Reason.GRADE_FLOOR: _("below the least score"),
            Reason.IN_EXCESS: _("in excess"),
            Reason.IN_PROGRESS: _("in progress"),
            Reason.OUTSIDE: _("outside the framework"),
            Reason.REFUSED: _("refused"),
        }[standing.reason]
