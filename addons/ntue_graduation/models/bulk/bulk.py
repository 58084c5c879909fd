"""Many applications in one action: looked at first, then taken one by one (D28, 184)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import workflow
from ...pages import profile
from ...pages.deferral import deferral_sentence
from ...pages.review import review_sentences
from ...papers.snapshot import today
from ...snapshot_difference import differences

STEPS = {"pass_second": {"second_review": "passed"}, "complete": {"state": "completed"}}
"""What is written to take the step."""

TAKE_BACK = "take_back_end"
"""The kind that takes completions and lapses back: each application's own step does it."""

ENDED = ("completed", "lapsed")


class GraduationBulk(models.Model):
    """One step that a registrar takes for many applications, and what became of it."""

    _name = "ntue.graduation.bulk"
    _inherit = ["ntue.batch"]
    _description = "Step for many applications"
    _kind_field = "kind"
    _cron = "ntue_graduation.cron_bulk"

    kind = fields.Selection(
        [
            ("pass_second", "Pass second review"),
            ("complete", "Complete at leaving"),
            (TAKE_BACK, "Take completions and lapses back"),
        ],
        string="Step",
        required=True,
    )
    left_on = fields.Date(string="Left on")
    reason = fields.Char(help="Why it is taken back; it is kept in the log.")
    line_ids = fields.One2many("ntue.graduation.bulk.line", "bulk_id", string="Applications in it")
    total = fields.Integer(string="Applications")
    ready = fields.Integer(string="Clean")
    not_ready = fields.Integer(string="To be decided singly")

    def _begun_elsewhere(self):
        return self.env._("This is begun from the list of applications.")

    @api.model
    def _prepare(self, kind, numbered, left_on=False, reason=False):
        """Look at everything first: ``numbered`` are pairs of what was given and an application.

        The application may be empty, for a number that nothing was found for; nothing is
        changed yet.
        """
        lines = [
            self.env["ntue.graduation.bulk.line"]._looked_at(kind, number, application, left_on)
            for number, application in numbered
        ]
        return self._preview({"kind": kind, "left_on": left_on, "reason": reason}, lines)


class GraduationBulkLine(models.Model):
    """One application of many: what was seen before, and what became of it."""

    _name = "ntue.graduation.bulk.line"
    _inherit = ["ntue.batch.line"]
    _description = "Application among many"
    _order = "bulk_id, verdict, id"

    bulk_id = fields.Many2one("ntue.graduation.bulk", required=True, ondelete="cascade", index=True)
    application_id = fields.Many2one("ntue.graduation.application", ondelete="cascade")
    verdict = fields.Selection(
        [("ready", "Clean"), ("single", "Decide singly")], string="Looked at", required=True
    )
    left_on = fields.Date(
        string="Left on", help="As it was noted for the student; else the day given for all."
    )

    def _begun_elsewhere(self):
        return self.env._("This is begun from the list of applications.")

    @api.model
    def _looked_at(self, kind, number, application, left_on):
        """Values of a line; nothing happens to the application.

        ``left_on``: the day of all, or False; a day that was noted for one student goes before it.
        """
        if application:
            problems = _problems_of(application, kind)
        else:
            text = self.env._("%s: nothing that waits for this step was found.", number)
            problems = [text]
        return {
            **self._looked_at_values(problems),
            "number": number,
            "application_id": application.id,
            "verdict": "single" if problems else "ready",
            "left_on": not problems and kind == "complete" and (application.left_on or left_on),
        }

    def _take_once(self):
        bulk = self.bulk_id
        user = bulk.requested_by_id
        application = self.application_id.with_user(user).with_context(lang=user.lang)
        application._enter()
        problems = _problems_of(application, bulk.kind)
        if problems:
            raise UserError("\n".join(problems))
        if bulk.kind == TAKE_BACK:
            application.action_take_back(bulk.reason)
            return
        if self.left_on and not application.left_on:
            application.write({"left_on": self.left_on})
        application.write(STEPS[bulk.kind])


def _problems_of(application, kind):
    """Why this is to be decided singly: sentences; empty when it is clean."""
    position, action = application._position(), kind
    if kind == TAKE_BACK:
        action = position.state in ENDED and workflow.take_back_of(position)
    transition = action and workflow.open_step(action, position, application._roles())
    if not transition:
        return [application._refusal(position)]
    # The reason for many is given with them.
    guards = [name for name in application._guards_of(transition) if name != "step_reason_given"]
    problems = list(application._unmet(guards).values())
    if kind == "pass_second":
        problems += _not_as_submitted(application)
    return problems


def _not_as_submitted(application):
    """What only a person can judge: every difference but what everybody waits for."""
    snapshot, now, env = application._snapshot(), today(application), application.env
    if snapshot is None:
        return [env._("What was submitted has been erased, so nothing can be compared with it.")]
    problems = review_sentences(env, snapshot, now, differences(snapshot, now).unexpected)
    if profile.differs(application):
        problems.append(env._("The student's profile has changed since submission."))
    if (application.override_reason or "").strip():
        problems.append(env._("An override was written."))
    if deferred := deferral_sentence(application):
        problems.append(deferred)
    return problems
