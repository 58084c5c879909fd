"""What leaves the database of the logs: their heads every day, and all of them on request."""

import json
import logging
import os

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config, email_normalize

from ...log_head import write_head
from ...office_mail import queue_mail
from ...paragraphs import as_paragraphs
from .chain_guard import TOMBSTONE

_logger = logging.getLogger(__name__)

EXPORTED = "ntue.exported."
"""Setting by table: the head of the log when it was last exported."""

FILE_VARIABLE, FILE_OPTION = "NTUE_LOG_HEAD_FILE", "ntue_log_head_file"
"""Where the heads are written to every day: environment, or the configuration file."""


class ChainedExport(models.AbstractModel):
    """The heads of the logs, their export, and uninstalling."""

    _name = "ntue.chained.export"
    _description = "Export of a chain"

    @api.model
    def _head_line(self):
        return write_head(self._table, *self._last(self.env.cr))

    @api.model
    def _head_lines(self):
        """A line of each log that has entries."""
        return [chain._head_line() for chain in self._chains() if chain._last(self.env.cr)[0]]

    # Daily

    @api.model
    def _send_heads(self):
        """The daily cron: the heads leave by mail and into a file, as far as either is set.

        They are signed where there is a key; what the anchors before tell goes with the mail.
        """
        lines = self._head_lines()
        if not lines:
            return
        moment = fields.Datetime.now().strftime("%Y-%m-%dT%H:%MZ")
        self._append_heads([f"{moment} {line}" for line in lines])
        lines += self._anchor_day()
        address = self.env["ir.config_parameter"].sudo().get_param("ntue_curriculum.head_email")
        if email_normalize(address or ""):
            self._mail_heads(lines, email_normalize(address))

    @api.model
    def _append_heads(self, lines):
        path = os.environ.get(FILE_VARIABLE) or config.options.get(FILE_OPTION)
        if not path:
            return
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError:
            _logger.exception("The heads of the logs cannot be written to their file.")

    @api.model
    def _mail_heads(self, lines, address):
        there = self.with_context(lang=self.env["ntue.student"]._paper_language())
        text = there.env._(
            "Keep this mail outside of the school's server. “ntue_check_log --head FILE” compares "
            "what it says with the logs, whatever happens to their database."
        )
        subject = there.env._("Heads of the logs, %s", fields.Date.today())
        queue_mail(there.env, subject, as_paragraphs("\n".join([text, *lines])), address)

    # On request

    @api.model
    def _export(self, write):
        """Write every entry of every log with ``write``, a line of JSON each, the heads last.

        What was exported may be uninstalled until something is added to it.
        """
        for chain in self._chains():
            for entry in chain._entries():
                content = {**entry.content._asdict(), "number": entry.number, "hash": entry.hash}
                if entry.commitments is not None:
                    content["commitments"] = entry.commitments
                write(json.dumps({"log": chain._table, **content}, ensure_ascii=False))
            number, known = chain._last(self.env.cr)
            parameters = self.env["ir.config_parameter"].sudo()
            parameters.set_param(EXPORTED + chain._table, f"{number}/{known}")
        for line in self._head_lines():
            write(json.dumps({"head": line}))

    # Uninstalling

    @api.model
    def _check_may_go(self, modules):
        """UserError unless every log of these modules that has entries was exported as it is."""
        for chain in self._chains():
            number, known = chain._last(self.env.cr)
            parameters = self.env["ir.config_parameter"].sudo()
            exported = parameters.get_param(EXPORTED + chain._table)
            is_new = number > chain._ended(self.env.cr)[0]
            if chain._original_module in modules and is_new and exported != f"{number}/{known}":
                raise UserError(
                    self.env._(
                        "Uninstalling deletes a log of %(count)s entries (%(name)s). Export it "
                        "first and keep the file: odoo ntue_check_log -d DATABASE --export FILE. "
                        "Then uninstall.",
                        count=number,
                        name=chain._ntue_kind(),
                    )
                )

    @api.model
    def _bury(self):
        """Leave a tombstone: how far the log had come, when it went and by whom."""
        number, known = self._last(self.env.cr)
        if number:
            moment = fields.Datetime.now().strftime("%Y-%m-%dT%H:%MZ")
            user = self.env.user.login if self.env.uid != SUPERUSER_ID else self.env.user.name
            self.env["ir.config_parameter"].sudo().set_param(
                TOMBSTONE + self._table, f"{number}/{known} {moment} {user}"
            )


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def write(self, vals):
        if vals.get("state") == "to remove":
            self.env["ntue.chained"]._check_may_go(set(self.mapped("name")))
        return super().write(vals)
