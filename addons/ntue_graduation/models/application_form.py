"""What the student's form shows and saves (F, 128–162)."""

from odoo import models
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.exceptions import UserError


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _form(self, ticks=None):
        """Values of the form: a draft with today's data, else what was submitted.

        ``ticks``: ids as sent by a page that could not be saved, to show them again.
        """
        self.ensure_one()
        draft = self.state == "draft"
        slip = self._slip()
        ticked = set(self.tick_ids.ids if ticks is None else ticks)
        return {
            "draft": draft,
            "slip": slip,
            "ticked": ticked,
            "tick_rows": [row for row in slip["rows"] if row["tickable"] or row["ticked"]],
            "terms": self._by_term(slip["rows"]),
            "caps": self._caps(),
            "tickable_sentence": self.env._(
                "%s courses can be ticked.", sum(row["tickable"] for row in slip["rows"])
            ),
            "recognised_before": self._recognised_before(),
            "checklist": self.student_id._diploma_problems(self.term_id) if draft else {},
            "decisions": self.line_ids if not draft else self.line_ids.browse(),
        }

    def _by_term(self, rows):
        """Rows grouped by term, in order: ``[(term code, rows)]`` (130)."""
        terms = {}
        for row in rows:
            terms.setdefault(row["term"], []).append(row)
        return list(terms.items())

    def _caps(self):
        """The flexible rules that limit the ticks, for people and for the live count (138)."""
        rules = self.student_id.curriculum_id.flexible_rule_ids.sorted("sequence")
        origins = dict(rules._fields["origin"]._description_selection(self.env))
        whole = self.student_id.curriculum_id.graduation_credits
        caps = []
        for rule in rules.filtered("has_limit"):
            share = rule.unit == "share"
            limit = rule.limit * whole if share else rule.limit
            caps.append(
                {
                    "origin": rule.origin,
                    "unit": "courses" if rule.unit == "courses" else "credits",
                    "limit": plain_number(limit),
                    "sentence": self._cap_text(rule, origins[rule.origin], plain_number(limit)),
                }
            )
        return caps

    def _cap_text(self, rule, origin, limit):
        if rule.unit == "courses":
            text = self.env._("%(origin)s: at most %(limit)s courses.", origin=origin, limit=limit)
        else:
            text = self.env._("%(origin)s: at most %(limit)s credits.", origin=origin, limit=limit)
        if rule.prior_approval:
            text += " " + self.env._("Each must have been approved by the department beforehand.")
        return text

    def _recognised_before(self):
        """Enrolments recognised for an earlier term: a hint, never a tick (189, D20)."""
        earlier = self.student_id.recognition_ids.filtered(
            lambda row: row.kind == "flexible" and row.term_id != self.term_id
        )
        return {
            row.enrollment_id.id: self.env._(
                "Recognised before, in term %s; tick it again if it shall count.", row.term_id.code
            )
            for row in earlier
        }

    def _save_draft(self, ticks, acknowledged, submit=False, **answers):
        """Save the ticks and, when asked, submit. Returns the problems; then nothing changed.

        ``answers``: what the page's other questions were answered, by field.

        ``submit`` does not save first: what is submitted is what was saved and seen
        (D10), so ticks that differ from the saved ones are a problem.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                if submit:
                    self._submit_as_shown(ticks, acknowledged, **answers)
                else:
                    self.write(
                        {
                            "tick_ids": [(6, 0, ticks)],
                            "shortfall_acknowledged": acknowledged,
                            **answers,
                        }
                    )
        except UserError as error:
            self.invalidate_recordset()
            return str(error).split("\n")
        return []

    def _submit_as_shown(self, ticks, acknowledged, **answers):
        if set(ticks) != set(self.tick_ids.ids):
            raise UserError(
                self.env._(
                    "The ticks on the page differ from the draft that you saved. "
                    "Save the draft, look at its slip, then submit."
                )
            )
        answers = {"shortfall_acknowledged": acknowledged, **answers}
        changed = {name: value for name, value in answers.items() if self[name] != value}
        if changed:
            self.write(changed)
        self.action_submit()
