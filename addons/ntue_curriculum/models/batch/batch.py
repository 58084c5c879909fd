"""One step for many records: looked at first, then taken one by one by a job."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context


class BatchGuard(models.AbstractModel):
    """Written by the steps of a batch only: a call from outside neither makes nor changes one."""

    _name = "ntue.batch.guard"
    _description = "Written by the steps of a batch only"

    def _begun_elsewhere(self):
        """The sentence for somebody who makes or changes one by a call of their own."""
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self._begun_elsewhere())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self._begun_elsewhere())
        return super().write(vals)


class Batch(models.AbstractModel):
    """What somebody asks for many records, and what became of it.

    What can be done is shown before anything happens. Each record then is a transaction of its
    own: if the work is interrupted, what was done stays, and the rest goes on at the next run of
    the cron. A model adds ``line_ids`` to its lines, the selection named in ``_kind_field``, and
    ``_take_once`` to the lines.
    """

    _name = "ntue.batch"
    _description = "Step for many records"
    _inherit = ["ntue.readable.references", "ntue.batch.guard"]
    _order = "id desc"

    _kind_field = ""
    """The selection that says what is done to each record."""

    _cron = ""
    """The XML ID of the job that does it."""

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
    requested_by_id = fields.Many2one(
        "res.users", string="Requested by", required=True, ondelete="restrict", index=True
    )
    requested_at = fields.Datetime(string="Requested on")
    started_at = fields.Datetime(string="Started on")
    ended_at = fields.Datetime(string="Ended on")
    total = fields.Integer(compute="_compute_counts")
    ready = fields.Integer(compute="_compute_counts")
    not_ready = fields.Integer(string="Not ready", compute="_compute_counts")
    done = fields.Integer(compute="_compute_counts", string="Done so far")
    refused = fields.Integer(compute="_compute_counts", string="Not done")
    percent = fields.Integer(compute="_compute_counts", string="Progress")

    @api.depends(lambda self: (self._kind_field, "requested_at") if self._kind_field else ())
    def _compute_display_name(self):
        for batch in self:
            moment = fields.Datetime.context_timestamp(batch, batch.requested_at)
            batch.display_name = f"{batch._kind_text()} {moment:%Y-%m-%d %H:%M}"

    def _kind_text(self):
        kinds = dict(self._fields[self._kind_field]._description_selection(self.env))
        return kinds[self[self._kind_field]]

    @api.depends("line_ids.verdict", "line_ids.result")
    def _compute_counts(self):
        for batch in self:
            lines = batch.line_ids
            ready = lines.filtered(lambda line: line.verdict == "ready")
            ended = ready.filtered("result")
            batch.total = len(lines)
            batch.ready = len(ready)
            batch.not_ready = len(lines) - len(ready)
            batch.done = len(ended.filtered(lambda line: line.result == "done"))
            batch.refused = len(ended) - batch.done
            batch.percent = 100 * len(ended) // max(len(ready), 1)

    @api.model
    def _preview(self, vals, lines):
        """A new batch of the caller's, with ``lines`` that were looked at; nothing is done yet."""
        # Without the defaults of a caller's context: they could name records of others.
        return (
            self.sudo()
            .with_context(clean_context(self.env.context))
            .create(
                {
                    **vals,
                    "state": "preview",
                    "requested_by_id": self.env.uid,
                    "requested_at": fields.Datetime.now(),
                    "started_at": False,
                    "ended_at": False,
                    "line_ids": [fields.Command.create(line) for line in lines],
                }
            )
        )

    def _open(self):
        """The action that shows this batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self._kind_text(),
        }

    def action_start(self) -> None:
        """Do it for every record that is ready; harmless when it has been begun."""
        for batch in self:
            batch.check_access("read")
            if batch.requested_by_id != self.env.user:
                raise AccessError(self.env._("Only the person who looked at it can begin it."))
            if batch.state == "preview":
                batch.sudo().write({"state": "waiting"})
        self.env.ref(self._cron).sudo()._trigger()

    # The work

    @api.model
    def _run_due(self):
        """The cron: what has been begun, one record per transaction."""
        cron = self.env["ir.cron"]
        due = self.search([("state", "in", ("waiting", "running"))], order="id")
        # One more for each end: with nothing remaining the cron would not come back for it.
        cron._commit_progress(remaining=sum(len(batch._to_do()) + 1 for batch in due))
        for batch in due:
            if batch.state == "waiting":
                batch.write({"state": "running", "started_at": fields.Datetime.now()})
            for line in batch._to_do():
                line._take()
                if not cron._commit_progress(1):
                    return
            batch.write({"state": "done", "ended_at": fields.Datetime.now()})
            if not cron._commit_progress(1):
                return

    def _to_do(self):
        return self.line_ids.filtered(lambda line: line.verdict == "ready" and not line.result)
