"""What applications add to keeping and erasing: reviews that run, and what was submitted."""

from datetime import timedelta

from odoo import fields, models

APPEAL_DAYS = 90
"""Days after a refusal in which it may still be disputed; a longer dispute is a hold."""

GRANTS = (
    "ntue.graduation.late.permit",
    "ntue.graduation.cap.exception",
    "ntue.graduation.deferral",
)
"""What was granted to a student, or declared, for a reason that is written on it."""

REASONS = (
    "review_reason",
    "override_reason",
    "hand_back_reason",
    "step_reason",
    "supplement_text",
)
"""What reviewers wrote on an application."""

REFUSALS = ("fail_first", "fail_second", "lapse")


class StudentErasing(models.AbstractModel):
    """What erasing a student does to their applications, and what forbids it."""

    _name = "ntue.graduation.student.erasing"
    _description = "Erasing of a student's applications"

    def _applications(self):
        return (
            self.env["ntue.graduation.application"].sudo().search([("student_id", "in", self.ids)])
        )

    # What is still needed

    def _needed(self):
        applications = self.env["ntue.graduation.application"]
        running = applications.search([("state", "in", ("draft", "submitted"))])
        refused = self._refused_lately().application_id
        return super()._needed() | (running | refused).student_id

    def _refused_lately(self):
        """Entries of refusals that may still be disputed: of these students, or of all."""
        since = fields.Datetime.now() - timedelta(days=APPEAL_DAYS)
        domain = [
            ("action", "in", REFUSALS),
            ("happened_at", ">=", since),
            ("application_id.submitted_at", "!=", False),
        ]
        if self:
            domain.append(("application_id.student_id", "in", self.ids))
        return self.env["ntue.graduation.event"].sudo().search(domain)

    def _is_needed(self):
        """Of a draft that was never sent nothing is said: nobody but the student knows it (I9)."""
        reasons = super()._is_needed()
        sent = self._applications().filtered("submitted_at")
        if any(application.state in ("draft", "submitted") for application in sent):
            reasons.append(
                self.env._(
                    "An application is under review: decide it first, or wait until it ends."
                )
            )
        if self._refused_lately():
            reasons.append(
                self.env._(
                    "An application was refused or lapsed within the last %s days: the student "
                    "may still dispute it.",
                    APPEAL_DAYS,
                )
            )
        return reasons

    def _has_degree(self):
        completed = self._applications().filtered(lambda row: row.state == "completed")
        return super()._has_degree() or bool(completed)

    # What goes and what stays

    def _erasure_plan(self, extent):
        events = self._applications().event_ids.filtered("snapshot")
        submitted = self.env._("What was submitted and decided on: slips and their snapshots")
        row = {"what": submitted, "number": len(events), "goes": extent == "identity", "why": ""}
        if not row["goes"]:
            row["why"] = self.env._(
                "The slip and its QR code have to read the same as long as they are kept; deleted "
                "when its own time is over."
            )
        rows = super()._erasure_plan(extent)
        gone = [found for found in rows if found["goes"]]
        return [*gone, row, *rows[len(gone) :]]

    def _places(self):
        applications = self._applications()
        places = [*applications, *applications.correspondence_ids]
        return [*super()._places(), *((place._name, place.id) for place in places)]

    def _erase_data(self):
        erased = super()._erase_data()  # first: it finds messages and tasks by the drafts
        drafts = self._applications().filtered(
            lambda row: row.state == "draft" and not row.submitted_at
        )
        drafts.unlink()
        self.env["ntue.graduation.reminder"].search([("student_id", "=", self.id)]).unlink()
        return erased

    def _entry_count(self):
        return super()._entry_count() + len(self._applications().event_ids)

    def _has_reasons_of(self, user):
        return super()._has_reasons_of(user) or any(
            event.user_id == user and "reason" in event._erasable_texts()
            for event in self._applications().event_ids
        )

    def _erase_entries(self, words, accounts, reason):
        result = super()._erase_entries(words, accounts, reason)
        events = self._applications().event_ids
        own = events.filtered(lambda event: event.user_id in accounts)
        label = self.env._("Texts of the log")
        own._erase_texts(("reason", "actor"), label, reason, student=self)
        (events - own)._erase_texts(("reason",), label, reason, student=self)
        return result

    def _erase_reasons(self):
        applications = self._applications()
        for application in self._with_reasons():
            application._set(dict.fromkeys(REASONS, False))
        applications.line_ids._erase_reasons()
        applications.exception_ids._erase_reasons()
        for granted in self._granted():
            granted._erase_reasons()
        return super()._erase_reasons()

    def _with_reasons(self):
        """The applications on which a reviewer wrote something."""
        return self._applications().filtered(lambda row: any(row[name] for name in REASONS))

    def _granted(self):
        """What was granted to these students, by model."""
        return [self.env[name].search([("student_id", "in", self.ids)]) for name in GRANTS]

    def _reason_count(self):
        applications = self._applications()
        decided = applications.line_ids.filtered("decision_reason")
        found = [self._with_reasons(), decided, applications.exception_ids, *self._granted()]
        return super()._reason_count() + sum(map(len, found))

    def _erase_identity(self):
        applications = self._applications()
        applications._empty_snapshots()
        for application in applications.filtered("document_number"):
            application._set({"document_number": False})  # the student's number is in it
        return super()._erase_identity()
