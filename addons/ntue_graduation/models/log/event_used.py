"""Whether what decided still says what the log and the register have of it.

Decisions on rows, grades that a review used, and what the diploma is made with: each of them
is kept with the event that used it, and a change afterwards is in the register or in a
further event. What differs without either was changed past the product.
"""

import json

from odoo import api, models

from ...profile_fields import WATCHED

AT_ONCE = 500


class Enrollment(models.Model):
    _inherit = "ntue.enrollment"

    def _grades_used(self):
        """State, grade and credits of every course, by its id."""
        return {str(row.id): row._grade_values() for row in self}

    def _grade_values(self):
        """What a review uses of a course, as plain values."""
        self.ensure_one()
        return [self.state, self.score if self.is_graded else None, self.credits]


class EventUsed(models.AbstractModel):
    """The part of the log that compares it with what decided; see ``event``."""

    _name = "ntue.graduation.event.used"
    _description = "Log of applications: what was used"

    @api.model
    def _check_used(self, log_is_broken=False):
        before = list(super()._check_used())
        yield from before
        if before or log_is_broken:
            return  # what the log says is compared with once it is as it was written
        applications = (
            self.env["ntue.graduation.application"]
            .sudo()
            .search([("submitted_at", "!=", False)], order="id")
        )
        for start in range(0, len(applications), AT_ONCE):
            part = applications[start : start + AT_ONCE]
            events = self.sudo().search(
                [("application_id", "in", part.ids), ("snapshot", "!=", False)], order="number"
            )
            by_application = events.grouped("application_id")
            for application in part:
                kept = by_application.get(application, self.browse())
                yield from self._check_rows(application, kept)
                yield from self._check_diploma(application, kept)
                yield from self._check_grades(application, kept)
            self.env.invalidate_all()

    @api.model
    def _last_kept(self, kept, action):
        """The last event of an action among ``kept``, and what it keeps; or an empty one."""
        event = kept.filtered(lambda row: row.action == action)[-1:]
        return event, json.loads(event.snapshot) if event else {}

    @api.model
    def _check_rows(self, application, kept):
        """Decisions on rows against the events that took them; older events kept none."""
        decided = {}
        for event in kept.filtered(lambda row: row.action == "decide"):
            values = json.loads(event.snapshot)
            decided[values["row"]] = (event.number, values)
        earlier = self.sudo().search_count(
            [
                ("application_id", "=", application.id),
                ("action", "=", "decide"),
                ("snapshot", "=", False),
            ],
            limit=1,
        )
        for row in application.line_ids:
            number, values = decided.get(row.id, (0, None))
            if values is None and (row.decision == "pending" or earlier):
                continue
            if values != row._decision_values():
                yield self.env._(
                    "The decision on row %(row)s of application %(application)s is not what the "
                    "log has of it (entry %(number)s).",
                    row=row.id,
                    application=application.id,
                    number=number or "–",
                )

    @api.model
    def _check_diploma(self, application, kept):
        """What the diploma is made with: as submitted, or as accepted later."""
        submitted, snapshot = self._last_kept(kept, "submit")
        accepted, values = self._last_kept(kept, "accept_profile")
        student = snapshot.get("student", {})
        for name in WATCHED:
            compared = [(application[name], student.get(name), submitted)]
            if accepted and application.profile_accepted_at:
                compared.append((application[f"accepted_{name}"], values[name], accepted))
            elif application.profile_accepted_at and not self._accepted_before(application):
                compared.append((application[f"accepted_{name}"], None, accepted))
            for now, then, event in compared:
                if (now or "") != (then or "") and (event or now):
                    yield self.env._(
                        "“%(field)s” of application %(application)s, which the diploma is made "
                        "with, is not what the log has of it (entry %(number)s).",
                        field=name,
                        application=application.id,
                        number=event.number or "–",
                    )

    @api.model
    def _accepted_before(self, application):
        """Whether an event of the time before what was accepted was kept with it says so."""
        return self.sudo().search_count(
            [
                ("application_id", "=", application.id),
                ("action", "=", "accept_profile"),
                ("snapshot", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _check_grades(self, application, kept):
        """Grades that the second review used; what was corrected since is in the register."""
        event, values = self._last_kept(kept, "pass_second")
        if not event or application.second_review != "passed":
            return
        enrolments = self.env["ntue.enrollment"].sudo().browse(map(int, values["grades"]))
        there = enrolments.exists()
        corrected = set(
            self.env["ntue.register.entry"]
            .sudo()
            .search(
                [
                    ("model", "=", enrolments._name),
                    ("record", "in", enrolments.ids),
                    ("happened_at", ">=", event.happened_at),
                ]
            )
            .mapped("record")
        )
        for row in enrolments:
            now = row._grade_values() if row in there else None
            if now != values["grades"][str(row.id)] and row.id not in corrected:
                yield self.env._(
                    "The grade of enrolment %(row)s is not what the second review of application "
                    "%(application)s used (entry %(number)s), and the register has no correction.",
                    row=row.id,
                    application=application.id,
                    number=event.number,
                )
