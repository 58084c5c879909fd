"""Freezing what is submitted, finding it again, and erasing it when its time is over (G, I7)."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...papers.slip import slip_name, slip_paper, slip_use
from ...papers.snapshot import freeze
from ...papers.unprintable import unprintable_texts
from ...profile_fields import WATCHED


class ApplicationSlip(models.AbstractModel):
    """The part of an application that its papers are drawn from; see ``application``."""

    _name = "ntue.graduation.application.slip"
    _description = "Graduation application: what was submitted"

    document_number = fields.Char(
        string="Number of the paper",
        readonly=True,
        index="btree_not_null",
        help="On the slip that counts, as it was printed: it stays when the student's number is "
        "put right, and when what was submitted is erased.",
    )

    unprintable_text = fields.Text(
        string="Cannot be printed",
        readonly=True,
        help="Texts of what was submitted with a character that no typeface had; one a line.",
    )

    def _is_draft_copy(self):
        """Whether the slip is a draft copy (暫存檔): never submitted, or returned since."""
        self.ensure_one()
        return self.state == "draft" or not self.submitted_at

    def _submission(self):
        """The event of the last submission, which holds the snapshot."""
        self.ensure_one()
        return self.sudo()._origin.event_ids.filtered(lambda event: event.action == "submit")[-1:]

    def _snapshot(self):
        """What was last submitted, as plain values; None when nothing was, or it was erased."""
        event = self._submission()
        return json.loads(event.snapshot) if event.snapshot else None

    def _freeze(self):
        """Write the application's lines; return the snapshot: canonical JSON and its SHA-256.

        Decisions and exceptions of the submission before go first: the review decides anew, and
        what is frozen is what the guards saw, which asked a draft.
        """
        self.ensure_one()
        self.exception_ids.unlink()
        self.line_ids.unlink()
        frozen = freeze(self)
        self._set(
            {
                "document_number": frozen.number,
                "unprintable_text": unprintable_texts(frozen.text),
            }
        )
        self.env["ntue.graduation.application.line"].create(frozen.lines)
        return frozen.text, frozen.digest

    def _slip_name(self):
        """What the file is called: ``print_report_name`` of the slip asks for it."""
        self.ensure_one()
        return slip_name(self)

    def _slip_use(self):
        """What its slip is for now: pages ask for it."""
        self.ensure_one()
        return slip_use(self)

    def _empty_snapshots(self):
        """Take out what was submitted: the snapshots, and what the application repeats of them."""
        self.event_ids._empty()
        names = ["unprintable_text", *WATCHED, *(f"accepted_{name}" for name in WATCHED)]
        for application in self:
            blank = {name: False for name in names if application[name]}
            if blank:
                application._set(blank)

    def _check_snapshot_is_kept(self):
        """UserError when what was submitted was erased since."""
        self.ensure_one()
        event = self._submission()
        if event.snapshot_hash and not event.snapshot and event.number in event._emptied():
            raise UserError(
                self.env._(
                    "What was submitted under %s was erased when its time was over, or on "
                    "request. Its slip is drawn no more; the decision remains valid.",
                    self._number(),
                )
            )


class SlipReport(models.AbstractModel):
    _name = "report.ntue_graduation.report_slip"
    _description = "Slip of a graduation application"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002  # Odoo's signature
        docs = self.env["ntue.graduation.application"].browse(docids)
        papers = {row.id: slip_paper(row) for row in docs}
        return {"doc_ids": docids, "doc_model": docs._name, "docs": docs, "papers": papers}
