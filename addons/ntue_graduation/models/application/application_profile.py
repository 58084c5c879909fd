"""Changed since submission: the profile as it was submitted, and as it is today (D6)."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import workflow
from ...profile_fields import WATCHED
from ...steps.registry import GUARDS

REVIEWED = ("submitted", "completed")
"""States in which a difference still matters to somebody."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    alias_name = fields.Char(
        string="Alias on the diploma", readonly=True, help="As submitted; empty: none is wished."
    )
    accepted_english_name = fields.Char(readonly=True)
    accepted_alias_name = fields.Char(readonly=True)
    accepted_email = fields.Char(readonly=True)
    accepted_mobile = fields.Char(readonly=True)
    profile_accepted_at = fields.Datetime(readonly=True, string="Change accepted on")
    profile_accepted_by_id = fields.Many2one(
        "res.users", readonly=True, string="Change accepted by"
    )
    diploma_english_name = fields.Char(compute="_compute_diploma")
    diploma_alias_name = fields.Char(compute="_compute_diploma")
    diploma_email = fields.Char(compute="_compute_diploma")
    profile_changed = fields.Boolean(
        compute="_compute_profile_changed",
        search="_search_profile_changed",
        string="Profile changed since submission",
    )
    profile_differences = fields.Html(compute="_compute_profile_changed", sanitize=False)
    may_accept_profile = fields.Boolean(compute="_compute_profile_changed")

    @api.depends(*WATCHED, *(f"accepted_{name}" for name in WATCHED), "profile_accepted_at")
    def _compute_diploma(self):
        """What the diploma is made with: as submitted, or as the registrar accepted since."""
        for application in self:
            for name in ("english_name", "alias_name", "email"):
                application[f"diploma_{name}"] = application._valid(name)

    def _valid(self, name):
        """What stands for the diploma now in the field ``name`` of the profile."""
        self.ensure_one()
        return self[f"accepted_{name}"] if self.profile_accepted_at else self[name]

    @api.depends_context("uid", "lang")
    @api.depends(
        "state",
        "submitted_at",
        "profile_accepted_at",
        *WATCHED,
        *(f"student_id.{name}" for name in WATCHED),
    )
    def _compute_profile_changed(self):
        for application in self:
            rows = application._profile_rows()
            application.profile_changed = application._profile_differs()
            application.profile_differences = (
                self.env["ir.qweb"]._render("ntue_graduation.profile_differences", {"rows": rows})
                if rows
                else False
            )
            writable = workflow.writable(application._position(), application._roles())
            application.may_accept_profile = (
                application.profile_changed
                and "profile_accepted_at" in writable
                and not GUARDS["not_own"](application)
            )

    def _search_profile_changed(self, operator, _value):
        if operator != "in":
            return NotImplemented
        self.flush_model()
        self.env["ntue.student"].flush_model(WATCHED)
        differs = SQL(" OR ").join(
            SQL(
                "COALESCE(CASE WHEN application.profile_accepted_at IS NULL THEN application.%s"
                " ELSE application.%s END, '') != COALESCE(student.%s, '')",
                SQL.identifier(name),
                SQL.identifier(f"accepted_{name}"),
                SQL.identifier(name),
            )
            for name in WATCHED
        )
        found = SQL(
            "(SELECT application.id FROM ntue_graduation_application application"
            " JOIN ntue_student student ON student.id = application.student_id WHERE %s)",
            differs,
        )
        return (
            Domain("id", "in", found)
            & Domain("state", "in", REVIEWED)
            & Domain("submitted_at", "!=", False)
        )

    def _is_reviewed(self):
        self.ensure_one()
        return self.state in REVIEWED and bool(self.submitted_at)

    def _profile_differs(self):
        """Whether today's profile is another than what stands for the diploma."""
        self.ensure_one()
        return self._is_reviewed() and any(
            (self._valid(name) or "") != (self.student_id[name] or "") for name in WATCHED
        )

    def _profile_rows(self):
        """What differs from what was submitted, for people; empty when nothing does."""
        if not self._is_reviewed():
            return []
        labels = self.fields_get(WATCHED, ["string"])
        rows = []
        for name in WATCHED:
            submitted, now = self[name] or "", self.student_id[name] or ""
            valid = self._valid(name) or ""
            if submitted != now or submitted != valid:
                row = {"label": labels[name]["string"], "submitted": submitted, "now": now}
                rows.append({**row, "valid": valid, "is_accepted": valid == now})
        return rows

    # Deciding on it: a field of the table, whose writing is the decision

    def action_accept_profile(self):
        """Take today's profile over for the diploma; the snapshot stays as it is (D6)."""
        self.write({"profile_accepted_at": fields.Datetime.now()})

    def _accepted(self):
        """What stands for the diploma now, by field; what the check of the log compares."""
        self.ensure_one()
        return {name: self._valid(name) or "" for name in WATCHED}

    def _profile_changes(self):
        """Old and new of what is being accepted, for the log."""
        labels = self.fields_get(WATCHED, ["string"])
        blank = self.env._("(blank)")
        return "; ".join(
            self.env._(
                "%(label)s: %(old)s → %(new)s",
                label=labels[name]["string"],
                old=self._valid(name) or blank,
                new=self.student_id[name] or blank,
            )
            for name in WATCHED
            if (self._valid(name) or "") != (self.student_id[name] or "")
        )

    def _slip_student(self, student):
        return {**super()._slip_student(student), "alias_name": student.alias_name or ""}
