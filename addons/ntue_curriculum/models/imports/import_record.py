"""The record of every import: who, when, with which files, and what became of them."""

import base64
import json

from odoo import api, fields, models
from psycopg2 import OperationalError

from ...clock import taipei_time
from ...roc import roc_minute
from ...wording.imports import (
    findings_book,
    masked_outcome_of,
    told_to,
    whole_findings_of,
)
from ...wording.previews import finding_values, preview_values
from .import_file import READ_FINDINGS, keep_content, kept_contents

PREVIEW = ("changes", "affected")
"""What of the findings a check would change."""

WAYS = [("wizard", "On screen"), ("shell", "From the shell"), ("feed", "From another system")]


class ImportRecord(models.Model):
    """One import: made when it begins, finished when it ends, and kept; a failed one as well.

    The importer alone writes it. Values of the files are in the files and in the findings, which
    go when their time is over; what stays says how many and of which kind.
    """

    _name = "ntue.import"
    _description = "Import"
    _inherit = ["ntue.import.call", "ntue.import.job", "ntue.readable.references"]
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users", string="Imported by", required=True, readonly=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, string="Way in", required=True, readonly=True)
    started_at = fields.Datetime(string="Begun", required=True, readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("checked", "Checked, nothing written"),
            ("done", "Imported"),
            ("partial", "Imported but for some students"),
            ("refused", "Refused: errors in the files"),
            ("failed", "Broken off"),
            ("stopped", "Stopped by a person"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    dry_run = fields.Boolean(string="Check only", readonly=True)
    choices = fields.Text(readonly=True, help="What was chosen for the run, as JSON.")
    choices_text = fields.Text(compute="_compute_choices_text", string="Chosen")
    created_count = fields.Integer(string="Created", readonly=True, aggregator=None)
    changed_count = fields.Integer(string="Changed", readonly=True, aggregator=None)
    unchanged_count = fields.Integer(string="Left alone", readonly=True, aggregator=None)
    conflict_count = fields.Integer(string="In conflict", readonly=True, aggregator=None)
    missing_count = fields.Integer(string="Missing", readonly=True, aggregator=None)
    withdrawn_count = fields.Integer(string="Withdrawn", readonly=True, aggregator=None)
    left_out_count = fields.Integer(string="Students left out", readonly=True, aggregator=None)
    left_out_text = fields.Char(compute="_compute_left_out_text", string="Who was left out")
    error_count = fields.Integer(string="Errors", readonly=True, aggregator=None)
    warning_count = fields.Integer(string="Warnings", readonly=True, aggregator=None)
    failure = fields.Char(string="Why it was broken off", readonly=True)
    outcome = fields.Json(readonly=True, string="Outcome for programs")
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="Outcome")
    findings = fields.Binary(
        attachment=True,
        readonly=True,
        groups=fields.NO_ACCESS,
        help="What was found, with what the database has of students: ``_read_findings`` says what "
        "of it a reader is told.",
    )
    preview_panel = fields.Html(
        string="Preview", compute="_compute_preview_panel", sanitize=False, groups=READ_FINDINGS
    )
    findings_panel = fields.Html(
        string="Findings in words",
        compute="_compute_findings_panel",
        sanitize=False,
        groups=READ_FINDINGS,
    )
    findings_book = fields.Binary(
        string="Findings as a workbook",
        compute="_compute_findings_book",
        groups=READ_FINDINGS,
        help="The uploaded files with what was found in them, as a workbook.",
    )
    file_ids = fields.One2many("ntue.import.file", "import_id", string="Files", readonly=True)
    conflict_ids = fields.Many2many(
        "ntue.import.conflict",
        string="Conflicts",
        readonly=True,
        groups="ntue_curriculum.group_registrar",
    )

    @api.depends("started_at")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            moment = record.started_at and roc_minute(taipei_time(record.started_at))
            record.display_name = self.env._(
                "Import %(number)s of %(moment)s", number=record.id, moment=moment or ""
            )

    @api.depends("choices")
    @api.depends_context("lang")
    def _compute_choices_text(self):
        for record in self:
            chosen = json.loads(record.choices or "{}")
            labels = record._choice_labels()
            record.choices_text = "\n".join(
                f"{labels.get(name, name)}: {value}"
                if not isinstance(value, bool)
                else labels.get(name, name)
                for name, value in chosen.items()
                if value
            )

    @api.model
    def _choice_labels(self):
        _ = self.env._
        return {
            "revision_reason": _("Reason for the revision"),
            "blanks_erase": _("Blank cells erase"),
            "whole_terms": _("Whole lists of terms"),
            "withdraw_missing": _("Withdraw what the lists do not have"),
            "leave_out_students": _("Leave out students whose rows are wrong"),
            "mapping": _("Column mapping"),
        }

    @api.depends("left_out_count")
    @api.depends_context("lang")
    def _compute_left_out_text(self):
        for record in self:
            record.left_out_text = self.env._(
                "Students left out, because rows of theirs are wrong: %(count)s. Everything else "
                "was imported.",
                count=record.left_out_count,
            )

    @api.depends("outcome")
    @api.depends_context("lang")
    def _compute_panel(self):
        for record in self:
            record.panel = self.env["ir.qweb"]._render(
                "ntue_curriculum.import_outcome", {"outcome": record.outcome or {}}
            )

    @api.depends_context("lang", "uid")
    def _compute_preview_panel(self):
        for record in self:
            found = record._read_findings() if record.dry_run else {}
            record.preview_panel = "changes" in found and self.env["ir.qweb"]._render(
                "ntue_curriculum.import_preview",
                {**preview_values(self.env, found), "outcome": {}},  # the record has its figures
            )

    @api.depends_context("lang", "uid")
    def _compute_findings_panel(self):
        for record in self:
            found = record._read_findings()
            record.findings_panel = self.env["ir.qweb"]._render(
                "ntue_curriculum.import_findings",
                finding_values(
                    self.env, found, book=f"/web/content/ntue.import/{record.id}/findings_book"
                ),
            )

    @api.depends_context("lang", "uid")
    def _compute_findings_book(self):
        for record in self:
            found = record._read_findings()
            kept = kept_contents(record.file_ids, "content")
            contents = {file.name: file.raw for file in kept}
            book = found and findings_book(self.env, contents, found)
            record.findings_book = book and base64.b64encode(book)

    def _read_findings(self):
        """What the reader may know of what was found; empty once its time is over.

        What a check would change was worked out for who asked for it, and is theirs alone.
        """
        self.ensure_one()
        data = kept_contents(self, "findings").raw
        found = json.loads(data) if data else {}
        if self._origin.user_id != self.env.user:  # a form may say anything of it
            found = {name: value for name, value in found.items() if name not in PREVIEW}
        return told_to(self.env, found) if found else {}

    # Written by imports alone

    @api.model
    def _begin(self, way, contents, choices, *, dry_run=False, state="running"):
        """The record of an import that begins, or waits for its turn, with a copy of its files."""
        record = self.create(
            {
                "user_id": self.env.uid,
                "way": way,
                "started_at": fields.Datetime.now(),
                "choices": json.dumps(choices, ensure_ascii=False),
                "dry_run": dry_run,
                "state": state,
            }
        )
        self.env["ntue.import.file"]._keep(record, contents)
        return record

    def _finish(self, report):
        """Write what became of it. The environment has all rights."""
        counts = report.counts.values()
        self.write(
            {
                "ended_at": fields.Datetime.now(),
                "state": _state_of(report),
                "created_count": sum(one.created for one in counts),
                "changed_count": sum(one.updated for one in counts),
                "unchanged_count": sum(one.unchanged for one in counts),
                "conflict_count": sum(one.conflicts for one in counts),
                "missing_count": sum(one.missing for one in counts),
                "withdrawn_count": sum(one.withdrawn for one in counts),
                "left_out_count": len(report.left_out),
                "error_count": report.errors,
                "warning_count": report.warnings,
                "outcome": masked_outcome_of(self.env, report),
            }
        )
        found = json.dumps(whole_findings_of(self.env, report), ensure_ascii=False)
        keep_content(self, "findings", "findings.json", found.encode())

    @api.model
    def _keep_failure(self, way, contents, choices, error, *, dry_run=False):
        """Keep that an import broke off, past the transaction that is taken back.

        What the server tries again by itself is no failure yet.
        """
        if isinstance(error, OperationalError):
            return
        with self.env.registry.cursor() as cr:
            record = self.with_env(self.env(cr=cr))._begin(way, contents, choices, dry_run=dry_run)
            record.write(
                {
                    "ended_at": fields.Datetime.now(),
                    "state": "failed",
                    # The error may repeat a value of the files; the server's log has it whole.
                    "failure": type(error).__name__,
                }
            )


def _state_of(report):
    """What has become of an import or a check that came to its end."""
    if not report.ok:
        return "refused"
    if report.dry_run:
        return "checked"
    return "partial" if report.left_out else "done"
