"""Where an application stands, in words, and what its student does next (116, 126, D24)."""

from typing import NamedTuple

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date

from ...steps.registry import GUARDS

DONE, CURRENT, AHEAD, STOPPED = "done", "current", "ahead", "stopped"


class Step(NamedTuple):
    """One step of the way: ``standing`` is done, current, ahead or stopped."""

    key: str
    title: str
    standing: str
    words: str


class Next(NamedTuple):
    """What the student does next: by which day (ROC, or empty) and where (or empty)."""

    text: str
    day: str = ""
    place: str = ""
    waits: bool = False
    """Nothing to do but wait for others."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _steps(self):
        """Submitted, paper, first review, second review, completed: each with its standing."""
        self.ensure_one()
        rows = [
            ("submitted", self.env._("Submission"), *self._standing_submitted()),
            ("paper", self.env._("Paper handed in"), *self._standing_paper()),
            ("first", self.env._("First review"), *self._standing_review("first")),
            ("second", self.env._("Second review"), *self._standing_review("second")),
            ("completed", self.env._("Completion of leaving"), *self._standing_completed()),
        ]
        if self.department_id.sudo().is_paperless and not self.paper_received_on:
            rows = [row for row in rows if row[0] != "paper"]
        steps, reached = [], False
        for key, title, standing, words in rows:
            # What comes after the first open step is ahead; after lapsing nothing is.
            if standing == CURRENT and (reached or self.state == "lapsed"):
                standing = AHEAD
            reached = reached or standing in (CURRENT, STOPPED)
            steps.append(Step(key, title, standing, words or self._standing_words(standing)))
        return steps

    def _standing_words(self, standing):
        words = {
            DONE: self.env._("Done"),
            CURRENT: self.env._("Now"),
            AHEAD: self.env._("Not yet"),
            STOPPED: self.env._("Stopped"),
        }
        return words[standing]

    def _standing_submitted(self):
        if self.state == "draft" and self.first_review == "returned":
            return CURRENT, self.env._("Returned for correction")
        if self.state == "draft" or not self.submitted_at:
            return CURRENT, self.env._("Not submitted")
        return DONE, roc_date(taipei_day(self.submitted_at))

    def _standing_paper(self):
        if self.paper_received_on and self.state != "draft":
            return DONE, roc_date(self.paper_received_on)
        return CURRENT, ""

    def _standing_review(self, which):
        verdict = self[f"{which}_review"]
        names = dict(self._fields[f"{which}_review"]._description_selection(self.env))
        words = names["pending" if self.state == "draft" else verdict]
        if self.state == "draft" or verdict in ("pending", "returned"):
            return CURRENT, words
        return (DONE if verdict == "passed" else STOPPED), words

    def _standing_completed(self):
        if self.state == "completed":
            return DONE, roc_date(self.completed_at and taipei_day(self.completed_at))
        if self.state == "lapsed":
            return STOPPED, self.env._("Lapsed")
        return CURRENT, ""

    # What to do

    def _next(self):
        """The one thing to do next, with its day and its place."""
        self.ensure_one()
        if self.state == "draft":
            return self._next_of_draft()
        if self.state == "completed":
            return Next(self.env._("Your graduation is completed. Congratulations."), waits=True)
        if self.state == "lapsed":
            return Next(
                self.env._(
                    "This application does not count any more. Apply again in the term in which "
                    "you leave, and tick the flexible courses again."
                )
            )
        return self._next_of_submitted()

    def _next_of_draft(self):
        window = self.window_id.sudo()
        if self.first_review == "returned":
            text = self.env._("Correct it and submit it again: %s", self.told_reason or "")
            return Next(text, roc_date(self.told_deadline))
        closed = GUARDS["window_open"](self)
        if closed:
            return Next(closed, place=self._office_text(self.student_id._department_office()))
        permit = self.student_id._permits_in_force()._keep_open(window)[:1]
        if not self.saved_at:
            text = self.env._("Nothing is saved yet: continue, save the draft, then submit it.")
        else:
            text = self.env._(
                "Only saved, not submitted: nobody but you can see it, and nobody can review "
                "it. Check it and submit it."
            )
        return Next(text, roc_date(permit.date_end or window.date_close))

    def _next_of_submitted(self):
        window = self.window_id.sudo()
        department = self._office_text(self.student_id._department_office())
        registrar = self._office_text(self.student_id._window_office(window))
        leave = roc_date(window.date_leave)
        if self.first_review == "failed":
            text = self.env._(
                "Your first review has not passed: %s Ask your department.",
                self.told_reason or "",
            )
            return Next(text, place=department)
        if self.first_review == "pending" and self._awaits_paper():
            text = self.env._("Print the slip, sign it and hand it in. It is reviewed only then.")
            due = window._first_due()
            return Next(text, roc_date(due) if due >= taipei_today() else "", department)
        if self.first_review == "pending":
            text = self.env._("Nothing: your department reviews the application.")
            return Next(text, roc_date(window._first_due()), department, waits=True)
        if self.second_review == "failed":
            text = self.env._(
                "Your second review has not passed: %s Ask the office.",
                self.told_reason or "",
            )
            return Next(text, place=registrar)
        if self.second_review == "pending":
            text = self.env._(
                "Go through the leaving procedure. The second review follows when all grades "
                "are there."
            )
            return Next(text, leave, registrar)
        text = self.env._("Complete the leaving procedure and collect your diploma.")
        return Next(text, leave, registrar)

    def _office_text(self, office):
        """An office in one line, as it is printed after “where”."""
        return " ".join(
            filter(None, (office["name"], office["person"], office["phone"], office["email"]))
        )
