import base64
from datetime import timedelta
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..importer.problems import Report, Severity
from ..importer.sources import read_uploads
from ..wording.imports import findings_book, findings_of
from ..wording.previews import finding_values, preview_values

SHOWN = 500
"""Problems that are listed; somebody who has more corrects these first."""

LONG = 2_000_000
"""Bytes of tables from which on nobody waits at the dialog: some 25,000 rows."""

PACKED = (".zip", ".xlsx")
PACKED_TO = 8
"""How much smaller tables are in these."""


def _size(uploads):
    """About how many bytes of tables are in the files."""
    return sum(
        len(data) * (PACKED_TO if name.lower().endswith(PACKED) else 1) for name, data in uploads
    )


class ImportWizard(models.TransientModel):
    """Import of the school's files on screen: check as often as needed, then import."""

    _name = "ntue.import.wizard"
    _description = "Import files"
    _inherit = ["ntue.readable.references"]

    file_ids = fields.Many2many("ir.attachment", string="Files")
    revision_reason = fields.Char(
        string="Reason for the revision",
        help="Needed only when the files change a curriculum framework that is published.",
    )
    blanks_erase = fields.Boolean(
        string="Blank cells erase",
        help="Let an empty score, state or day of withdrawal take away what is stored. Otherwise "
        "it stays, and a warning says so.",
    )
    whole_term_ids = fields.Many2many(
        "ntue.term",
        string="Whole lists of terms",
        help="The file of enrolments has everything that was taken in these terms: what it does "
        "not have is listed, and withdrawn when you confirm it.",
    )
    withdraw_missing = fields.Boolean(string="Withdraw what the lists do not have")
    leave_out_students = fields.Boolean(
        string="Leave out students whose rows are wrong",
        help="Everything else is imported. Otherwise one error refuses all.",
    )
    mapping_id = fields.Many2one(
        "ntue.import.mapping",
        string="Column mapping",
        help="When your files have headers of their own: as which columns they are read.",
    )
    left_out = fields.Char(string="Students left out", readonly=True)
    missing_count = fields.Integer(string="Rows that the lists lack", readonly=True)
    state = fields.Selection(
        [("new", "New"), ("refused", "Not imported"), ("checked", "Checked"), ("done", "Imported")],
        default="new",
        readonly=True,
    )
    found = fields.Json(readonly=True, help="What the last run found and did.")
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="What it does")
    repairs_panel = fields.Html(compute="_compute_panel", sanitize=False, string="What to mend")
    findings_book = fields.Binary(string="Findings as a workbook", compute="_compute_findings_book")
    import_id = fields.Many2one("ntue.import", string="Record of the import", readonly=True)
    error_count = fields.Integer(string="Number of errors", readonly=True)
    warning_count = fields.Integer(string="Number of warnings", readonly=True)
    hidden_count = fields.Integer(string="Findings not shown", readonly=True)
    refused_text = fields.Char(compute="_compute_texts", string="That nothing was imported")
    missing_text = fields.Char(compute="_compute_texts", string="What the lists lack")
    hidden_text = fields.Char(compute="_compute_texts", string="That more was found")
    problem_ids = fields.One2many(
        "ntue.import.problem", "wizard_id", string="Problems", readonly=True
    )

    @api.depends("found")
    @api.depends_context("lang")
    def _compute_panel(self):
        draw = self.env["ir.qweb"]._render
        for wizard in self:
            found = wizard.found or {}
            told = preview_values(self.env, found)
            wizard.panel = found and draw("ntue_curriculum.import_preview", told)
            book = f"/web/content/{self._name}/{wizard.id}/findings_book"
            told = finding_values(self.env, found, book=book)
            wizard.repairs_panel = found and draw("ntue_curriculum.import_findings", told)

    @api.depends("error_count", "missing_count", "hidden_count")
    @api.depends_context("lang")
    def _compute_texts(self):
        """What stands above a list, each a whole sentence: the order of words is the language's."""
        _ = self.env._
        for wizard in self:
            wizard.refused_text = _(
                "Nothing was imported; errors: %(count)s. Correct the files, upload them again, "
                "and check.",
                count=wizard.error_count,
            )
            wizard.missing_text = _(
                "Enrolments that are not in the whole lists: %(count)s. They are named under "
                "“Problems”, and stay as they are unless you tick this:",
                count=wizard.missing_count,
            )
            wizard.hidden_text = _(
                "Findings that are not shown: %(count)s. Correct these first, then check again.",
                count=wizard.hidden_count,
            )

    def _compute_findings_book(self):
        for wizard in self:
            contents = read_uploads(wizard._uploads(), Report())
            book = findings_book(self.env, contents, wizard.found or {})
            wizard.findings_book = base64.b64encode(book)

    def action_check(self) -> dict[str, Any]:
        """Read the files and say what an import would do; nothing is written."""
        return self._run(dry_run=True)

    def action_import(self) -> dict[str, Any]:
        """Import the files, all or nothing."""
        return self._run(dry_run=False)

    def _run(self, dry_run):
        self._may_import()
        uploads = self._uploads()
        if _size(uploads) < LONG:
            self._do(dry_run=dry_run)
            return self._reopened()
        contents = read_uploads(uploads, Report())
        record = self.env["ntue.import"]._queue(self, contents, self._chosen(), dry_run=dry_run)
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _do(self, *, dry_run, record=None, progress=None):
        """Import the files, or check them; ``record``: of the job that works on it."""
        report = Report()
        contents = read_uploads(self._uploads(), report)
        if record:
            record._check_as_sent(contents, self._chosen())
        report = self.env["ntue.importer"]._import(
            contents,
            way="wizard",
            dry_run=dry_run,
            report=report,
            record=record,
            progress=progress,
            **self._choices(),
        )
        self._show(report)
        if self.state == "done":
            self._own_files().unlink()

    def _choices(self):
        """What was chosen for the run, as ``_import`` takes it."""
        return {
            "revision_reason": self.revision_reason,
            "blanks_erase": self.blanks_erase,
            "whole_terms": tuple(self.whole_term_ids.mapped("code")),
            "withdraw_missing": self.withdraw_missing,
            "leave_out_students": self.leave_out_students,
            "mapping": self.mapping_id,
        }

    def _chosen(self):
        """What the record of an import keeps of the choices."""
        choices = self._choices()
        names = ("revision_reason", "leave_out_students", "mapping")
        return self.env["ntue.importer"]._chosen(*map(choices.pop, names), choices)

    def _may_import(self):
        """Raise unless the user imports files and has chosen some."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("ntue_curriculum.group_operator"):
            raise AccessError(self.env._("Only members of “Data import” import files."))
        if not self.file_ids:
            raise UserError(self.env._("Choose the files first."))

    def action_map(self) -> dict[str, Any]:
        """Say as which columns the headers of the files are read that nobody knows."""
        self._may_import()
        mapping = self.mapping_id or self.mapping_id.create({"name": self._new_mapping_name()})
        mapping._add_unknown(read_uploads(self._uploads(), Report()))
        self.mapping_id = mapping
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Column mapping"),
            "res_model": mapping._name,
            "res_id": mapping.id,
            "view_mode": "form",
            "target": "new",
            "context": {"ntue_import_wizard": self.id},
        }

    @api.model
    def _new_mapping_name(self):
        """A name that no mapping has; the user may write another."""
        name, number = self.env._("Our headers"), 1
        taken = set(self.env["ntue.import.mapping"].search([]).mapped("name"))
        while name in taken:
            number += 1
            name = self.env._("Our headers %s", number)
        return name

    def _reopened(self):
        """The action that shows this dialog again."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import files"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _uploads(self):
        """Names and contents of the files; one that was uploaded again replaces the older."""
        latest = {file.name: file for file in self.file_ids.sorted("id")}
        return [(name, file.raw or b"") for name, file in latest.items()]

    def _show(self, report):
        """Keep the outcome of a run on the wizard, in the user's language."""
        state = "refused" if not report.ok else "checked" if report.dry_run else "done"
        self.found = findings_of(self.env, report)
        self.problem_ids.unlink()
        self.write(
            {
                "state": state,
                "import_id": report.record,
                "error_count": report.count(Severity.ERROR),
                "missing_count": report.missing,
                "left_out": bool(report.left_out)
                and self.env["ntue.importer"]._import_left_out(report),
                "warning_count": report.count(Severity.WARNING),
                "hidden_count": max(0, sum(map(report.count, Severity)) - SHOWN),
            }
        )
        self.env["ntue.import.problem"].create(
            [
                {**problem, "wizard_id": self.id, "row": problem["row"] or 0}
                for problem in self.found["problems"][:SHOWN]
            ]
        )

    def unlink(self):
        """Uploaded files are personal data and go with the wizard."""
        self._own_files().sudo().unlink()
        return super().unlink()

    def _own_files(self):
        """The uploads of this wizard: never an attachment of something or somebody else."""
        return self.file_ids.filtered(
            lambda file: (
                file.res_model == self._name
                and file.res_id in (0, False, *self.ids)
                and file.create_uid in self.create_uid
            )
        )

    @api.autovacuum
    def _gc_uploads(self):
        """Delete uploads of wizards that were closed before they were saved."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "=", 0), ("create_date", "<", yesterday)]
        ).unlink()


class ImportProblem(models.TransientModel):
    """One thing that an import has to say about a file."""

    _name = "ntue.import.problem"
    _description = "Problem in an imported file"
    _inherit = ["ntue.readable.references"]
    _order = "id"

    wizard_id = fields.Many2one("ntue.import.wizard", required=True, ondelete="cascade")
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning"), ("note", "Note")], required=True
    )
    file = fields.Char()
    row = fields.Integer(help="As a spreadsheet numbers it: the header is row 1.")
    column = fields.Char()
    message = fields.Char()
