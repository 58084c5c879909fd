"""Long imports of the dialog: a job of the server works, its record says how far it is.

Who sent the files may leave the page and come back. All of it is one transaction, so that a stop
in the middle, by a person or of the server, is nothing done.
"""

import json
import logging
from functools import partial
from hashlib import sha256
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying

from ...importer.stages import StoppedError, message_of
from .import_file import READ_FINDINGS
from .progress import Progress

_logger = logging.getLogger(__name__)

UNDER_WAY = ("waiting", "running")


class ChangedSinceError(Exception):
    """Files or choices are not those any more that were sent."""


class ImportJob(models.AbstractModel):
    """What a record of an import does while the job works on it."""

    _name = "ntue.import.job"
    _description = "Import by a job of the server"

    wizard_number = fields.Integer(
        string="Number of the dialog",
        readonly=True,
        aggregator=None,
        help="The dialog that the files were sent with.",
    )
    has_dialog = fields.Boolean(string="Dialog is there", compute="_compute_has_dialog")
    is_under_way = fields.Boolean(string="Under way", compute="_compute_is_under_way")
    progress_panel = fields.Html(
        string="Progress", compute="_compute_progress_panel", sanitize=False
    )
    failure_text = fields.Char(string="Why it failed", compute="_compute_failure_text")

    @api.depends("state")
    def _compute_is_under_way(self):
        for record in self:
            record.is_under_way = record.state in UNDER_WAY

    @api.depends("failure")
    @api.depends_context("lang")
    def _compute_failure_text(self):
        said = {
            "ServerStopped": self.env._("The server was stopped while it worked on the import."),
            "DialogClosed": self.env._("The dialog of the files was gone when its turn came."),
            "ChangedSinceError": self.env._(
                "Files or choices were changed after they had been sent, so nothing was imported. "
                "Send them again."
            ),
        }
        for record in self:
            other = self.env._("%s: the log of the server says more.", record.failure)
            record.failure_text = record.failure and said.get(record.failure, other)

    @api.depends_context("uid")
    def _compute_has_dialog(self):
        for record in self:
            record.has_dialog = bool(record.state not in UNDER_WAY and record._dialog())

    @api.depends_context("lang")
    def _compute_progress_panel(self):
        text = self.env["ntue.importer"]._import_text
        for record in self:
            lines = [text(message_of(told)) for told in record._progress()._lines()]
            record.progress_panel = self.env["ir.qweb"]._render(
                "ntue_curriculum.import_progress", {"lines": lines, "state": record.state}
            )

    def _progress(self):
        """The row that says how far it is; nobody but this job reads or writes it."""
        rows = self.env["ntue.import.progress"].sudo()
        return rows.search([("import_id", "=", self.id)], limit=1)

    def _dialog(self):
        """The dialog that the files were sent with, for whom it belongs to, while it is there."""
        self.ensure_one()
        dialogs = self.env["ntue.import.wizard"]
        if not self.wizard_number or self.user_id != self.env.user:
            return dialogs
        return dialogs.search([("id", "=", self.wizard_number)])

    @api.model
    def _queue(self, dialog, contents, choices, *, dry_run):
        """Have the server work on the files of ``dialog``; returns the record."""
        record = self.sudo()._begin("wizard", contents, choices, dry_run=dry_run, state="waiting")
        record.wizard_number = dialog.id
        self.env["ntue.import.progress"].sudo().create([{"import_id": record.id}])
        self.env.ref("ntue_curriculum.cron_import").sudo()._trigger()
        return record.sudo(False)

    def action_stop(self) -> bool:
        """Stop it: nothing is done."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(READ_FINDINGS):
            raise AccessError(self.env._("Only members of “Data import” import files."))
        if self.state == "waiting":
            self.sudo().write({"state": "stopped", "ended_at": fields.Datetime.now()})
        elif self.state == "running" and (progress := self._progress()):
            progress.is_stopped = True
        else:
            raise UserError(self.env._("This import is not under way any more."))
        return True

    def action_dialog(self) -> dict[str, Any]:
        """Back to the dialog, with the same files."""
        self.ensure_one()
        dialog = self._dialog()
        if not dialog:
            raise UserError(self.env._("The dialog was closed. Choose the files there again."))
        return dialog._reopened()

    # The job

    @api.model
    def _work(self):
        """The job: what waits, one after the other; what the server died of is said first."""
        self._tell_dead()
        while record := self.search([("state", "=", "waiting")], order="id", limit=1):
            record.write({"state": "running", "started_at": fields.Datetime.now()})
            self._keep_step()
            record._work_off()
            self._keep_step()  # what was told of it was committed elsewhere meanwhile
            self.env["ntue.import.progress"].search([("import_id", "=", record.id)]).unlink()
            self._keep_step()

    @api.model
    def _keep_step(self):
        """Commit, where this is the server's job."""
        if self.env.context.get("cron_id"):
            waiting = self.search_count([("state", "=", "waiting")])
            self.env["ir.cron"]._commit_progress(1, remaining=waiting)

    @api.model
    def _tell_dead(self):
        """No other process works on these, since this one has the job: the server was stopped."""
        dead = self.search([("state", "=", "running")])
        dead._end_without("failed", "ServerStopped")
        self.env["ntue.import.progress"].search([("import_id", "in", dead.ids)]).unlink()

    def _end_without(self, state, failure=False):
        self.write({"state": state, "failure": failure, "ended_at": fields.Datetime.now()})

    def _work_off(self):
        """Import what the dialog asked for, as the person who did; end in any case."""
        self.ensure_one()
        mine = self.with_user(self.user_id).with_context(lang=self.user_id.lang)
        try:
            dialog = mine._dialog()
            if not dialog:
                self._end_without("failed", "DialogClosed")
                return
            retrying(partial(self._import_files_of, dialog), self.env)
        except StoppedError:
            self._end_without("stopped")
        except ChangedSinceError as error:
            # No fault of the server's: the record and the dialog say what to do.
            _logger.info("Import %s was changed while it waited", self.id)
            self._end_without("failed", type(error).__name__)
        except Exception as error:
            _logger.exception("Import %s was broken off", self.id)
            self._end_without("failed", type(error).__name__)

    def _check_as_sent(self, contents, choices):
        """ChangedSinceError unless files and choices are those that the record keeps.

        The dialog is its owner's: she could give it others while the job waits its turn.
        """
        hook = self.env["ntue.import.file"]._kept
        given = sorted(sha256(hook(name, data)).hexdigest() for name, data in contents.items())
        asked = json.dumps(choices, ensure_ascii=False)
        known = self.sudo()
        if given != sorted(known.file_ids.mapped("sha256")) or asked != known.choices:
            raise ChangedSinceError

    def _import_files_of(self, dialog):
        with self.env.cr.savepoint():
            dialog._do(dry_run=self.dry_run, record=self, progress=Progress(self.pool, self.id))
