"""主修畢業學分審核確認單: which copy is printed, under which number, in which words (G)."""

import hashlib
import json

from odoo import api, models
from odoo.exceptions import UserError

from ...qr import qr_picture
from ...workflow import Role

SLIP_TITLE = "主修畢業學分審核確認單"
"""Everywhere the same (D26)."""

DRAFT_MARK = "暫存檔"
"""After the title of a draft copy and across its pages; an official copy has nothing (167)."""

SLIP_FORMAT = 1
"""The shape of what is frozen. A template ``report_slip_format_<n>`` draws each shape for good:
whoever changes what a shape holds, or the text its template draws, makes a new one."""


BLOCK = 10
"""Rows of the course table that are kept on one page under a head of their own: not every
engine repeats the head of a table that goes on overleaf."""


def row_blocks(rows):
    """``rows`` in blocks of even length; what surely fits on the first page is one block."""
    if len(rows) <= 2 * BLOCK:
        return [rows] if rows else []
    count = -(-len(rows) // BLOCK)
    size = -(-len(rows) // count)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _is_draft_copy(self):
        """Whether the slip is a draft copy (暫存檔): never submitted, or returned since."""
        self.ensure_one()
        return self.state == "draft" or not self.submitted_at

    def _slip(self, made=None):
        """What the slip prints, as plain values.

        A draft is drawn from today's data; a submitted one from what was frozen, so
        that it reads the same in ten years. ``made``: see ``_slip_values``.
        """
        self.ensure_one()
        if self._is_draft_copy():
            return self.with_context(lang=self.student_id._paper_language())._slip_values(made)
        self._check_snapshot_is_kept()
        return json.loads(self._submission().snapshot)

    def _submission(self):
        """The event of the last submission, which holds the snapshot."""
        self.ensure_one()
        return self.sudo().event_ids.filtered(lambda event: event.action == "submit")[-1:]

    def _slip_paper(self):
        """Everything the report draws: the slip, which copy it is, its seal and its QR code.

        A draft copy has neither number nor QR code nor hash: nothing that looks as if it
        could be handed in (168, 169).
        """
        slip = self._slip()
        draft = self._is_draft_copy()
        blocks = row_blocks(slip["rows"])
        paper = {"slip": slip, "blocks": blocks, "draft": draft, "seal": "", "qr": ""}
        if not draft:
            paper.update(seal=self._seal(), qr=qr_picture(slip["document"]["address"]))
        return paper

    def _seal(self):
        """The first digits of the snapshot's hash, as printed: they tell two papers apart.

        UserError when the snapshot is not the one that was submitted.
        """
        self._check_snapshot_is_kept()
        event = self._submission()
        digest = hashlib.sha256(event.snapshot.encode()).hexdigest()
        if digest != event.snapshot_hash:
            raise UserError(
                self.env._(
                    "What was submitted under %s has been changed in the database, so that the "
                    "slip cannot be printed. Tell the operator of the system.",
                    self._number(),
                )
            )
        return " ".join(digest[start : start + 4] for start in (0, 4, 8))

    def _slip_name(self):
        """What the file is called; the same as the paper's title (167)."""
        mark = f"（{DRAFT_MARK}）" if self._is_draft_copy() else ""
        return f"{SLIP_TITLE}{mark}_{self._number()}"

    def _slip_foot(self):
        """What stands in the foot of every page of an official copy; a draft's is empty."""
        if self._is_draft_copy():
            return ""
        return f"{self._document()}   {self._seal()}"

    def _document(self):
        """The document number of the last submission's slip."""
        snapshot = self._submission().snapshot
        return json.loads(snapshot)["document"]["number"] if snapshot else self._number()

    def _next_document(self):
        """Number and address of the slip about to be frozen.

        The number counts the submissions: after a return the paper handed in before has
        another one than the paper that counts.
        """
        count = len(self.sudo().event_ids.filtered(lambda event: event.action == "submit")) + 1
        number = f"{self._number()}-{count}"
        return {"number": number, "address": f"{self.get_base_url()}/graduation/slip/{number}"}

    @api.model
    def _for_reviewer(self, document):
        """The application with this document number, if the user reviews it; else none."""
        application = self.browse()
        parts = document.split("-", 1)
        if self.env.user._is_internal() and len(parts) == 2:
            application = self.search(
                [
                    ("term_id.code", "=", parts[0]),
                    ("student_id.student_no", "=", parts[1].rpartition("-")[0]),
                    ("submitted_at", "!=", False),
                ]
            )
        return application.filtered(lambda row: row._roles() & {Role.ASSISTANT, Role.REGISTRAR})

    @api.model
    def _slip_words(self):
        """Every word that the slip prints beside its values; frozen with them."""
        _ = self.env._
        return {
            "term": _("Term"),
            "number": _("Application number"),
            "student_number": _("Student number"),
            "name": _("Full name"),
            "english_name": _("English name"),
            "alias_name": _("Alias on the diploma"),
            "email": _("E-mail"),
            "department": _("Department"),
            "program": _("Program"),
            "class": _("Class"),
            "framework": _("Framework"),
            "mobile": _("Mobile phone"),
            "reference_only": _(
                "Data of academic year 98 and earlier are for reference only; the manual review "
                "decides."
            ),
            "rows": _("Courses in progress and taken"),
            "count": _("Number of course records"),
            "course": _("Course"),
            "offered_by": _("Offered by"),
            "requirement": _("Required/elective"),
            "score": _("Score"),
            "counts_in": _("Counts in"),
            "legend": _("W = taken this term and not graded yet; the review is not affected."),
            "credits": _("Credits"),
            "area": _("Area"),
            "minimum": _("Minimum"),
            "taken": _("Credits taken"),
            "earned": _("Credits earned"),
            "required": _("Required"),
            "elective": _("Elective"),
            "flexible": _("Flexible"),
            "courses": _("Number of courses"),
            "met": _("Area met"),
            "graduation_credits": _("Graduation credits"),
            "in_progress": _("In progress"),
            "ticked": _("Ticked as flexible"),
            "expected": _("Expected"),
            "missing": _("Still missing"),
            "missing_required": _("Required subjects not taken yet:"),
            "acknowledged": _("The student knows that something is missing and applies."),
            "notice": _("Please read"),
            "sign": _("Signature of the student"),
            "date": _("Date"),
            "hand_in": _(
                "Sign and hand this slip to the assistant of your department: only then is the "
                "application complete and the first review begins."
            ),
            "first_review": _("First review (department)"),
            "draft": _(
                "Draft copy: the application is not submitted. Assistant and registrar cannot see "
                "it, and this copy is void as an application."
            ),
            "contact": _("Questions"),
            "made_on": _("Made on"),
            "document": _("Document number"),
            "seal": _("Check code"),
            "scan": _("For reviewers"),
        }
