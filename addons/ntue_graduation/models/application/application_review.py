"""What was submitted beside what holds today, with the differences marked (I7)."""

import json

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.audit_adapter import standing_on_slip
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.tools.i18n import format_list

from ...snapshot_difference import Kind, is_expected, row_changes
from ...steps.guards.audit import missing_in

TOTALS = (
    "graduation_credits",
    "taken",
    "earned",
    "in_progress",
    "ticked",
    "expected",
    "missing",
)

DECIDED = (
    "outside_line_ids.decision",
    "outside_line_ids.mapped_area_id",
    "outside_line_ids.mapped_line_id",
    "exception_ids.kind",
    "exception_ids.line_id",
    "exception_ids.enrollment_id",
)
"""What a reviewer decides on the form; the audit beside it recounts at once."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    review_panel = fields.Html(
        compute="_compute_review_panel", sanitize=False, string="Submitted and today"
    )
    review_figures = fields.Html(
        compute="_compute_review_figures", sanitize=False, string="The figures that decide"
    )

    @api.depends_context("uid", "lang")
    @api.depends(*DECIDED)
    def _compute_review_figures(self):
        """The few figures at the top of the form; they follow what is being decided there."""
        for application in self:
            application.review_figures = self.env["ir.qweb"]._render(
                "ntue_graduation.review_figures", {"figures": application._review_figures()}
            )

    def _review_figures(self):
        """``label``, ``text``, ``alarms`` of each figure, as things stand now."""
        _ = self.env._
        result = self._audit()
        credits_of = f"{plain_number(result.expected)} / {plain_number(result.graduation_credits)}"
        figures = [
            (_("Expected / required"), credits_of, not result.met),
            (_("Credits earned"), plain_number(result.earned), False),
            (_("In progress"), plain_number(result.in_progress), False),
        ]
        if uses := self._flexible_uses(result):
            text = " · ".join(f"{origin} {figure}".strip() for origin, figure, _over in uses)
            over = any(exceeded for _origin, _figure, exceeded in uses)
            figures.insert(1, (_("Flexible / limit"), text, over))
        if self.review_due:
            figures.append((_("Days left"), str(self.days_left), self.days_left < 0))
        return [{"label": label, "text": text, "alarms": alarms} for label, text, alarms in figures]

    def _flexible_uses(self, result):
        """``(origin, used / limit, exceeded)`` of every limit: what is passed, then the widest.

        The limit on all origins needs no name.
        """
        rules = self.student_id.sudo().curriculum_id.flexible_rule_ids.sorted("sequence")
        origins = dict(rules._fields["origin"]._description_selection(self.env))
        uses = [(rules[use.rule].origin, use) for use in result.flexible if use.limit is not None]
        uses.sort(key=lambda pair: (not pair[1].exceeded, pair[0] != "all"))
        return [
            (
                "" if origin == "all" else origins[origin],
                f"{plain_number(use.used)} / {plain_number(use.limit)}",
                use.exceeded,
            )
            for origin, use in uses
        ]

    @api.depends_context("uid", "lang")
    @api.depends(*DECIDED)
    def _compute_review_panel(self):
        for application in self:
            values = application._review_values()
            application.review_panel = values and self.env["ir.qweb"]._render(
                "ntue_graduation.review_panel", values
            )

    def _snapshot(self):
        """What was last submitted, as plain values; None when nothing was, or it was erased."""
        self.ensure_one()
        event = self.sudo()._origin.event_ids.filtered(lambda row: row.action == "submit")[-1:]
        return json.loads(event.snapshot) if event.snapshot else None

    def _today(self):
        """What would be submitted today, in the words of the snapshot, decisions included."""
        return self.with_context(lang=self.student_id._paper_language())._slip_values()

    def _is_as_submitted(self, snapshot, today):
        """Nothing differs but grades that came in, and they are passes."""
        return (
            is_expected(row_changes(snapshot["rows"], today["rows"]))
            and snapshot["framework"]["revision"] == today["framework"]["revision"]
            and snapshot["framework"]["code"] == today["framework"]["code"]
        )

    def _review_values(self):
        """Everything the panel shows; None for what was never submitted."""
        snapshot = self._snapshot()
        if not snapshot:
            return None
        today, result = self._today(), self._audit()
        changes = row_changes(snapshot["rows"], today["rows"])
        return {
            "sentences": self._review_sentences(snapshot, today, changes),
            "totals": self._review_totals(snapshot["totals"], today["totals"]),
            "areas": self._review_areas(snapshot["areas"], today["areas"]),
            "rows": self._review_rows(snapshot["rows"], today["rows"], changes),
            "same": self._is_as_submitted(snapshot, today),
            "missing": missing_in(self.env, result),
            "proven": result.proven,
        }

    def _review_totals(self, then, now):
        _ = self.env._
        labels = {
            "graduation_credits": _("Credits to graduate"),
            "taken": _("Taken"),
            "earned": _("Earned"),
            "in_progress": _("In progress"),
            "ticked": _("Ticked, not decided"),
            "expected": _("Expected"),
            "missing": _("Missing"),
        }
        return [self._pair(labels[name], then.get(name, ""), now[name]) for name in TOTALS]

    @api.model
    def _pair(self, label, then, now):
        return {"label": label, "then": then, "now": now, "differs": then != now}

    def _review_areas(self, then, now):
        _ = self.env._
        old = {area["code"]: area for area in then}
        new = {area["code"]: area for area in now}
        return [
            {
                "code": code,
                "name": (new.get(code) or old[code])["name"],
                "then": old.get(code),
                "now": new.get(code),
                "differs": old.get(code) != new.get(code),
            }
            for code in {**old, **new}
        ]

    def _review_rows(self, then, now, changes):
        """Each course once: what it was, what it is, and whether that differs."""
        old = {row["enrollment"]: row for row in then}
        new = {row["enrollment"]: row for row in now}
        changed = {(change.before or change.after)["enrollment"]: change for change in changes}
        rows = []
        for key in {**old, **new}:
            before, after = old.get(key), new.get(key)
            there, here = self._row_standing(before), self._row_standing(after)
            kind = changed[key].kind if key in changed else None
            rows.append(
                {
                    "label": (after or before)["label"],
                    "then": there,
                    "now": here,
                    "then_score": (before or {}).get("score", ""),
                    "now_score": (after or {}).get("score", ""),
                    "differs": there != here or kind is not None,
                    "alarms": kind is not None and kind is not Kind.GRADED,
                }
            )
        return sorted(rows, key=lambda row: (not row["alarms"], not row["differs"]))

    @api.model
    def _row_standing(self, row):
        """Where a course of a slip counts, in a few words."""
        if row is None:
            return "–"
        return self.env["ntue.student"]._standing_text(standing_on_slip(row))

    # In words

    def _review_sentences(self, snapshot, today, changes):
        """What is not as it was submitted, a sentence each; empty when nothing differs."""
        _ = self.env._
        sentences = [self._change_sentence(change) for change in changes]
        old, new = snapshot["framework"], today["framework"]
        if (old["code"], old["revision"]) != (new["code"], new["revision"]):
            sentences.append(
                _(
                    "The framework was %(old)s, revision %(before)s, and is %(new)s, revision "
                    "%(after)s.",
                    old=old["code"],
                    before=old["revision"],
                    new=new["code"],
                    after=new["revision"],
                )
            )
        met = {area["code"]: area["met"] for area in snapshot["areas"]}
        lost = [
            area["code"] for area in today["areas"] if met.get(area["code"]) and not area["met"]
        ]
        if lost:
            sentences.append(_("Areas not met any more: %s.", format_list(self.env, lost)))
        return sentences

    def _change_sentence(self, change):
        _ = self.env._
        row = change.after or change.before
        states = dict(self.env["ntue.enrollment"]._fields["state"]._description_selection(self.env))
        if change.kind is Kind.ADDED:
            return _("%s was not there at submission.", row["label"])
        if change.kind is Kind.REMOVED:
            return _("%s is not there any more.", row["label"])
        old, new = states[change.before["state"]], states[change.after["state"]]
        values = {"course": change.before["label"], "score": change.after["score"]}
        if change.kind is Kind.GRADED:
            return _("%(course)s has been graded: %(score)s, passed.", **values)
        if old != new:
            return _("%(course)s: %(old)s → %(new)s.", course=values["course"], old=old, new=new)
        if change.before["score"] != change.after["score"]:
            return _(
                "%(course)s: score %(old)s → %(new)s.",
                course=values["course"],
                old=change.before["score"],
                new=change.after["score"],
            )
        return _("%(old)s is now %(new)s.", old=change.before["label"], new=change.after["label"])
