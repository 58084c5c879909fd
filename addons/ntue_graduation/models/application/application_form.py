"""What the student's form shows and saves (F, 128–162)."""

import hashlib
import json

from odoo import models
from odoo.addons.ntue_curriculum.audit_adapter import origin_of
from odoo.addons.ntue_curriculum.degree_audit import DecisionKind, Unit
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.lists import in_words
from odoo.exceptions import UserError

from ...steps.guards.submission import foreign_tick


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _form(self, ticks=None):
        """Values of the form: a draft with today's data, else what was submitted.

        ``ticks``: ids as sent by a page that could not be saved, to show them again.
        """
        self.ensure_one()
        if self.state != "draft":
            slip = self._slip()
            saved = {row["enrollment"] for row in slip["rows"] if row["ticked"]}
            ticked = saved if ticks is None else set(ticks)
            case = self.student_id._case(self.term_id)
            return {
                **self._shared_form(slip, ticked, case),
                "draft": False,
                "decisions": self.line_ids,
                "caps": (),
            }
        ticked = set(self.tick_ids.ids if ticks is None else ticks)
        case = self.student_id._case(self.term_id)
        slip = self._slip((case, case.audit(case.allowed(self.tick_ids.ids))))
        return {
            **self._shared_form(slip, ticked, case),
            "draft": True,
            "decisions": self.env["ntue.graduation.application.line"],
            **self._draft_form(case, ticked),
        }

    def _shared_form(self, slip, ticked, case):
        """What every form shows, of a draft or of what was submitted."""
        rows = slip["rows"]
        tick_rows = [row for row in rows if row["tickable"] or row["enrollment"] in ticked]
        return {
            "slip": slip,
            "ticked": ticked & {row["enrollment"] for row in tick_rows},
            "tick_rows": tick_rows,
            "tick_sentence": self._tick_sentence(tick_rows, ticked),
            "places": self._places(slip, ticked),
            "terms": self._by_term(rows),
            "area_groups": self._by_area(slip),
            "recognised_before": self._recognised_before(case.decisions),
        }

    def _draft_form(self, case, ticked):
        """What only a form that can still be changed shows."""
        student = self.student_id
        bare, shown = case.audit(), case.audit(case.allowed(ticked))
        return {
            "caps": self._caps(case.prepared, bare, shown),
            "exempt": {origin.value for origin in case.prepared.exempt},
            "unapproved": set(case.audit(case.tickable).ticks_without_approval),
            "suggestion": student._tick_suggestion(case),
            "checklist": student._diploma_problems(self.term_id),
            "expected": plain_number(bare.taken + shown.ticked),
            "changed": not self._is_saved_as(ticked),
            "version": self._version(),
            "until": self._next().day,
            "saved_state": json.dumps(
                {
                    "ticks": sorted(self.tick_ids.ids),
                    "answers": self._draft_answers(),
                    "saved": bool(self.saved_at),
                }
            ),
        }

    def _tick_sentence(self, tick_rows, ticked):
        """How many are ticked, of how many that may be (141, 142)."""
        return self.env._(
            "Flexible courses ticked: %(ticked)s of %(tickable)s",
            ticked=sum(row["enrollment"] in ticked for row in tick_rows),
            tickable=len(tick_rows),
        )

    def _by_term(self, rows):
        """Rows grouped by term, in order: ``[(term code, rows)]`` (130)."""
        terms = {}
        for row in sorted(rows, key=lambda row: int(row["term"])):
            terms.setdefault(row["term"], []).append(row)
        return list(terms.items())

    def _by_area(self, slip):
        """The courses area by area, then those of no area; nothing without areas (132)."""
        if not slip["areas"]:
            return []
        groups = [
            {
                "name": f"{area['code']} {area['name']}",
                "area": area,
                "terms": self._by_term(
                    [row for row in slip["rows"] if area["code"] in row["areas"]]
                ),
            }
            for area in slip["areas"]
        ]
        left = [row for row in slip["rows"] if not row["areas"]]
        for name, rows in (
            (self.env._("Courses from elsewhere"), [row for row in left if row["origin"]]),
            (self.env._("In no area"), [row for row in left if not row["origin"]]),
        ):
            if rows:
                groups.append({"name": name, "area": None, "terms": self._by_term(rows)})
        return groups

    def _places(self, slip, ticked):
        """Where each course counts, in a word or two, by enrolment."""
        words = {}
        for row in slip["rows"]:
            if row["areas"]:
                place = in_words(self.env, row["areas"])
            elif row["enrollment"] in ticked or row["reason"] == "flexible":
                place = self.env._("Flexible")
            elif row["tickable"]:
                place = self.env._("Not ticked")
            elif row["counted"] != "0":
                place = self.env._("Total")
            else:
                place = self.env._("Does not count")
            words[row["enrollment"]] = place
        return words

    def _caps(self, prepared, bare, shown):
        """The flexible rules that limit the ticks, with how far they are used (138).

        ``bare``: the audit without ticks, whose use no tick can undo; ``shown``: with those
        of the page.
        """
        rules = prepared.framework.flexible_rules
        field = self.env["ntue.flexible.rule"]._fields["origin"]
        origins = dict(field._description_selection(self.env))
        caps = []
        for before, use in zip(bare.flexible, shown.flexible, strict=True):
            rule = rules[use.rule]
            if use.limit is not None:
                limit = plain_number(use.limit)
                origin = origin_of(rule)
                caps.append(
                    {
                        "origin": origin,
                        "unit": "courses" if rule.unit is Unit.COURSES else "credits",
                        "limit": limit,
                        "base": plain_number(before.used),
                        "used": plain_number(use.used),
                        "exceeded": use.exceeded,
                        "sentence": self._cap_text(rule, origins[origin], limit),
                    }
                )
        return caps

    def _cap_text(self, rule, origin, limit):
        if rule.unit is Unit.COURSES:
            text = self.env._("%(origin)s: at most %(limit)s courses.", origin=origin, limit=limit)
        else:
            text = self.env._("%(origin)s: at most %(limit)s credits.", origin=origin, limit=limit)
        if rule.prior_approval:
            text += " " + self.env._("Each must have been approved by the department beforehand.")
        return text

    def _recognised_before(self, decisions):
        """Enrolments recognised for an earlier term: a hint, never a tick (189, D20)."""
        return {
            decision.enrolment: self.env._(
                "Recognised before, in term %s; tick it again if it shall count.", decision.term
            )
            for decision in decisions
            if decision.kind is DecisionKind.FLEXIBLE and decision.term != self.term_id.number
        }

    # Saving

    def _draft_answers(self):
        """What the form asks beside the ticks, as it is saved: by field."""
        self.ensure_one()
        return {}

    def _is_saved_as(self, ticks, answers=()):
        """Whether the saved draft has exactly these ticks and answers (D10)."""
        saved = self._draft_answers()
        return (
            bool(self.saved_at)
            and set(ticks) == set(self.tick_ids.ids)
            and all(saved[name] == value for name, value in dict(answers).items())
        )

    def _version(self, *shown):
        """A token of the saved draft, and of whatever else a page shows: ``shown``.

        A page sends it back, so that what another page changed meanwhile is noticed.
        """
        self.ensure_one()
        values = [self.id, self.saved_at, self.tick_ids.sorted("id").ids, self._draft_answers()]
        text = json.dumps([*values, *shown], default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _save_draft(self, ticks, version, **answers):
        """Save the form (146). Returns the problems; then nothing changed.

        ``version``: the token that the form was sent with; ``answers``: what its other
        questions were answered, by field. Saving what is saved already is no change, so
        that a click too many and a repeated request are harmless.
        """
        self.ensure_one()
        if self._is_saved_as(ticks, answers):
            return []
        if version != self._version():
            self._note_refusal("stale_page")
            return [
                self.env._(
                    "The draft was changed in another page after this one was opened. What you "
                    "see is what you chose here; it is not saved. Save it to keep this choice, "
                    "or leave to keep the other one."
                )
            ]
        if set(ticks) - set(self.student_id.enrollment_ids.ids):
            self._note_refusal("ticks_allowed")
            return [foreign_tick(self.env)]
        return self._attempt(lambda: self.write({"tick_ids": [(6, 0, ticks)], **answers}))

    def _differs_from_saved(self, ticks, answers):
        """Why what a page shows cannot be submitted as it is: it is not what is saved (D10)."""
        if self._is_saved_as(ticks, answers):
            return []
        self._note_refusal("not_saved")
        return [
            self.env._(
                "What you see differs from the draft that is saved. Save it and look at its "
                "slip, then submit."
            )
        ]

    def _suggested_ticks(self):
        """The enrolments that the engine would tick; what is ticked, if it has no advice."""
        return list(self.student_id._case(self.term_id).suggestion) or self.tick_ids.ids

    def _attempt(self, change):
        """Make a change whole or not at all; returns the problems."""
        try:
            with self.env.cr.savepoint():
                change()
        except UserError as error:
            self.invalidate_recordset()
            return str(error).split("\n")
        return []
