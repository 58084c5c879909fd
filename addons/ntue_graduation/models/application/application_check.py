"""Check your answers: what is about to be submitted, once more, and nothing else (49, 154–160)."""

from odoo import models
from odoo.addons.ntue_curriculum.labels import plain_number

from ... import workflow
from ...cases import held
from ...workflow import Role

ROWS = ("english_name", "alias_name", "email", "mobile")
"""What of the profile is checked, in this order (49)."""

ANCHORS = {
    "ticks_allowed": "check_ticks",
    "flexible_rules_hold": "check_ticks",
    "teacher_ed_answered": "check_teacher_ed",
    "shortfall_acknowledged": "check_credits",
}
"""The row of the page that a guard speaks of."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _check_page(self):
        """Values of the page before 確認送出: each point, what is wrong with it, the version."""
        self.ensure_one()
        result = self._audit()
        window = self.window_id.sudo()
        problems = self._check_problems()
        short = bool(result.ticks_allowed and not result.met)
        return {
            "problems": problems,
            "broken": {problem["key"] for problem in problems},
            "profile": self._check_profile(),
            "ticks": [tick._label() for tick in self.tick_ids.sorted("term_number")],
            "tickable": sum(outcome.tickable for outcome in result.enrolments),
            "expected": plain_number(result.expected),
            "needed": plain_number(result.graduation_credits),
            "shortfall": self.student_id._shortfall_sentences(result) if short else [],
            "acknowledge": short and self.program_id.shortfall_policy != "block",
            "teacher_ed": self._teacher_ed(),
            "cautions": [
                sentence
                for name in ("submit_caution", "caution")
                for sentence in window._sentences(name)
            ],
            "version": self._check_version(),
        }

    def _check_profile(self):
        """The points of the profile with their values and what is wrong with each."""
        problems = self.student_id._diploma_problems(self.term_id)
        labels = self.student_id.fields_get(ROWS, ["string"])
        rows = []
        for name in ROWS:
            # A copy that is missing is a fault of the alias.
            wrong = problems.get("passport_copy" if name == "alias_name" else name)
            value = self.student_id[name] or ""
            if value or wrong or name != "alias_name":
                label = labels[name]["string"]
                rows.append({"key": name, "label": label, "value": value, "wrong": wrong})
        return rows

    def _check_problems(self):
        """What keeps from submitting, the box of the page itself aside: text, key, anchor."""
        guards = next(
            self._guards_of(row)
            for row in workflow.open_actions(self._position(), {Role.STUDENT})
            if row.action == "submit"
        )
        told_by_box = self.program_id.shortfall_policy != "block"
        unmet = self._unmet(
            name
            for name in guards
            if name != "profile_complete" and not (name == "shortfall_acknowledged" and told_by_box)
        )
        found = [
            {"key": row["key"], "text": row["wrong"], "anchor": f"check_{row['key']}"}
            for row in self._check_profile()
            if row["wrong"]
        ]
        return [
            *(
                {"key": name, "text": text, "anchor": ANCHORS.get(name, "")}
                for name, text in unmet.items()
            ),
            *found,
        ]

    def _check_version(self):
        """The token of everything that the page shows of the application (D10)."""
        result = self._audit()
        figures = [str(result.expected), str(result.graduation_credits), result.met]
        profile = [self.student_id[name] or "" for name in ROWS]
        return self._version(profile, figures)

    def _submit_checked(self, version, acknowledged):
        """送出 what the page showed (D10). Returns the problems; then nothing changed.

        ``version``: the token that the page was sent with.
        """
        self.ensure_one()
        with held(self.env):
            return self._submit_shown(version, acknowledged)

    def _submit_shown(self, version, acknowledged):
        if version != self._check_version():
            self._note_refusal("stale_page")
            return [
                self.env._(
                    "Something has changed since this page was opened: the draft, your profile or "
                    "your courses. This is how it stands now. Look at it again, then submit."
                )
            ]
        return self._attempt(lambda: self._submit_acknowledged(acknowledged))

    def _submit_acknowledged(self, acknowledged):
        if self.shortfall_acknowledged != acknowledged:
            self.write({"shortfall_acknowledged": acknowledged})
        self.action_submit()
