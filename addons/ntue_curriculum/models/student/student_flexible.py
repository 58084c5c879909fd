"""What the flexible rules say to ticks, in words (138, D17)."""

from odoo import models
from odoo.tools.i18n import format_list

from ...labels import plain_number


class Student(models.Model):
    _inherit = "ntue.student"

    def _tick_problems(self, result, curriculum=None):
        """Why the ticks of ``result`` may not be saved: sentences; empty when they may.

        ``curriculum``: the framework that ``result`` is of, when it is not the student's.
        """
        self.ensure_one()
        framework = (curriculum or self.curriculum_id).sudo()
        rules = framework.flexible_rule_ids.sorted("sequence")
        sentences = [
            self._cap_sentence(rules[use.rule], use) for use in result.flexible if use.exceeded
        ]
        if result.ticks_without_approval:
            courses = self.env["ntue.enrollment"].browse(result.ticks_without_approval)
            sentences.append(
                self.env._(
                    "Your department has not approved %s beforehand. Untick it, or ask the "
                    "assistant of your department for the approval.",
                    format_list(self.env, courses.mapped("name")),
                )
            )
        return sentences

    def _cap_sentence(self, rule, use):
        origins = dict(rule._fields["origin"]._description_selection(self.env))
        values = {
            "origin": origins[rule.origin],
            "used": plain_number(use.used),
            "limit": plain_number(use.limit),
        }
        if rule.unit == "courses":
            return self.env._(
                "%(used)s courses are ticked (%(origin)s), and at most %(limit)s may be. "
                "Untick some.",
                **values,
            )
        return self.env._(
            "%(used)s credits are ticked (%(origin)s), and at most %(limit)s may be. Untick some.",
            **values,
        )
