"""Many applications in one action: looked at first, then taken one by one (D28, 184)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import clean_context

from ... import workflow
from ...snapshot_difference import Kind, row_changes

STEPS = {"pass_second": {"second_review": "passed"}, "complete": {"state": "completed"}}
"""What is written to take the step."""

TRIES = 5
"""How often a step is tried that somebody else gets in the way of."""


class BulkGuard(models.AbstractModel):
    """What only the steps below write: nothing of it is made or changed by a call from outside."""

    _name = "ntue.graduation.bulk.guard"
    _description = "Written by the steps for many only"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("This is begun from the list of applications."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("This is begun from the list of applications."))
        return super().write(vals)


class GraduationBulk(models.Model):
    """A registrar's wish to take one step for many applications, and what became of it.

    What is clean is told before anything happens. Each application then is a transaction
    of its own: whenever the work is cut, it has passed with its event or is untouched, and
    the rest goes on at the next run of the cron.
    """

    _name = "ntue.graduation.bulk"
    _inherit = ["ntue.readable.references", "ntue.graduation.bulk.guard"]
    _description = "Step for many applications"
    _order = "id desc"

    kind = fields.Selection(
        [("pass_second", "Pass second review"), ("complete", "Complete at leaving")],
        string="Step",
        required=True,
    )
    state = fields.Selection(
        [
            ("preview", "Looked at"),
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
        ],
        required=True,
        default="preview",
    )
    requested_by_id = fields.Many2one("res.users", required=True, ondelete="restrict", index=True)
    requested_at = fields.Datetime()
    started_at = fields.Datetime()
    ended_at = fields.Datetime()
    left_on = fields.Date()
    line_ids = fields.One2many("ntue.graduation.bulk.line", "bulk_id")
    total = fields.Integer(compute="_compute_counts", string="Applications")
    ready = fields.Integer(compute="_compute_counts", string="Clean")
    not_ready = fields.Integer(compute="_compute_counts", string="To be decided singly")
    done = fields.Integer(compute="_compute_counts", string="Done so far")
    refused = fields.Integer(compute="_compute_counts", string="Not done")
    percent = fields.Integer(compute="_compute_counts", string="Progress")

    @api.depends("kind", "requested_at")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for bulk in self:
            moment = fields.Datetime.context_timestamp(self, bulk.requested_at)
            bulk.display_name = f"{kinds[bulk.kind]} {moment:%Y-%m-%d %H:%M}"

    @api.depends("line_ids.verdict", "line_ids.result")
    def _compute_counts(self):
        for bulk in self:
            lines = bulk.line_ids
            ready = lines.filtered(lambda line: line.verdict == "ready")
            ended = ready.filtered("result")
            bulk.total = len(lines)
            bulk.ready = len(ready)
            bulk.not_ready = len(lines) - len(ready)
            bulk.done = len(ended.filtered(lambda line: line.result == "done"))
            bulk.refused = len(ended) - bulk.done
            bulk.percent = 100 * len(ended) // max(len(ready), 1)

    @api.model
    def _prepare(self, kind, numbered, left_on=False):
        """Look at everything first: ``numbered`` are pairs of what was given and an application.

        The application may be empty, for a number that nothing was found for; nothing is
        changed yet.
        """
        lines = [
            self.env["ntue.graduation.bulk.line"]._looked_at(kind, number, application)
            for number, application in numbered
        ]
        # Without the defaults of a caller's context: they could name records of others.
        return (
            self.sudo()
            .with_context(clean_context(self.env.context))
            .create(
                {
                    "kind": kind,
                    "state": "preview",
                    "requested_by_id": self.env.uid,
                    "requested_at": fields.Datetime.now(),
                    "started_at": False,
                    "ended_at": False,
                    "left_on": left_on,
                    "line_ids": [fields.Command.create(line) for line in lines],
                }
            )
        )

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": dict(self._fields["kind"]._description_selection(self.env))[self.kind],
        }

    def action_start(self):
        """Take the step for everything that is clean; harmless when it has been begun."""
        for bulk in self:
            bulk.check_access("read")
            if bulk.requested_by_id != self.env.user:
                raise AccessError(self.env._("Whoever looked at it begins it."))
            if bulk.state == "preview":
                bulk.sudo().write({"state": "waiting"})
        self.env.ref("ntue_graduation.cron_bulk").sudo()._trigger()

    # The work

    @api.model
    def _run_due(self):
        """The cron: what has been begun, an application a transaction."""
        cron = self.env["ir.cron"]
        due = self.search([("state", "in", ("waiting", "running"))], order="id")
        # One more for each end: with nothing remaining the cron would not come back for it.
        cron._commit_progress(remaining=sum(len(bulk._to_do()) + 1 for bulk in due))
        for bulk in due:
            if bulk.state == "waiting":
                bulk.write({"state": "running", "started_at": fields.Datetime.now()})
            for line in bulk._to_do():
                line._take_step()
                if not cron._commit_progress(1):
                    return
            bulk.write({"state": "done", "ended_at": fields.Datetime.now()})
            if not cron._commit_progress(1):
                return

    def _to_do(self):
        return self.line_ids.filtered(lambda line: line.verdict == "ready" and not line.result)


class GraduationBulkLine(models.Model):
    """One application of many: what was seen before, and what became of it."""

    _name = "ntue.graduation.bulk.line"
    _inherit = ["ntue.readable.references", "ntue.graduation.bulk.guard"]
    _description = "Application among many"
    _order = "bulk_id, verdict, id"
    _rec_name = "number"

    bulk_id = fields.Many2one("ntue.graduation.bulk", required=True, ondelete="cascade", index=True)
    number = fields.Char()
    application_id = fields.Many2one("ntue.graduation.application", ondelete="cascade")
    verdict = fields.Selection(
        [("ready", "Clean"), ("single", "Decide singly")], string="Looked at", required=True
    )
    why = fields.Text(string="Why not")
    result = fields.Selection([("done", "Done"), ("refused", "Not done")])
    message = fields.Text()
    ended_at = fields.Datetime()

    @api.model
    def _looked_at(self, kind, number, application):
        """Values of a line; nothing happens to the application."""
        if application:
            problems = _problems_of(application, kind)
        else:
            text = self.env._("%s: nothing that waits for this step was found.", number)
            problems = [text]
        return {
            "number": number,
            "application_id": application.id,
            "verdict": "single" if problems else "ready",
            "why": "\n".join(problems) or False,
            "result": False,
            "message": False,
            "ended_at": False,
        }

    def _take_step(self):
        """Take the step in the requester's name, or write down why not."""
        self.ensure_one()
        for left in reversed(range(TRIES)):
            try:
                with self.env.cr.savepoint():
                    self._take_once()
                    self.env.flush_all()
            except UserError as error:
                self.env.invalidate_all()
                self._end("refused", str(error))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody else was at it. Everything before is committed: begin anew.
                if not left:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            return

    def _take_once(self):
        self.env.cr.execute(
            "SELECT id FROM ntue_graduation_bulk_line WHERE id = %s FOR UPDATE", [self.id]
        )
        self.invalidate_recordset(["result"])
        if self.result:
            return  # by another run of the cron
        bulk = self.bulk_id
        user = bulk.requested_by_id
        application = self.application_id.with_user(user).with_context(lang=user.lang)
        application._enter()
        problems = _problems_of(application, bulk.kind)
        if problems:
            raise UserError("\n".join(problems))
        if bulk.left_on:
            application.write({"left_on": bulk.left_on})
        application.write(STEPS[bulk.kind])
        self._end("done", False)

    def _end(self, result, message):
        self.write({"result": result, "message": message, "ended_at": fields.Datetime.now()})


def _problems_of(application, kind):
    """Why this is to be decided singly: sentences; empty when it is clean."""
    transition = workflow.open_step(kind, application._position(), application._roles())
    if transition is None:
        return [application._refusal(application._position())]
    problems = list(application._unmet(application._guards_of(transition)).values())
    if kind == "pass_second":
        problems += _not_as_submitted(application)
    return problems


def _not_as_submitted(application):
    """What only a person can judge: every difference but grades that were passed."""
    snapshot, today = application._snapshot(), application._today()
    changes = row_changes(snapshot["rows"], today["rows"]) if snapshot else []
    changes = [row for row in changes if row.kind is not Kind.GRADED]
    problems = application._review_sentences(snapshot, today, changes)
    if application._profile_differs():
        problems.append(application.env._("The student's profile has changed since submission."))
    if (application.override_reason or "").strip():
        problems.append(application.env._("An override was written."))
    return problems
