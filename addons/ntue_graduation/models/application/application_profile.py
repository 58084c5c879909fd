"""Changed since submission: the profile as it was submitted, and as it is today (D6)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ... import workflow
from ..log.event import frozen

WATCHED = ("english_name", "alias_name", "email", "mobile")
"""What an application keeps of the profile; the student's fields bear the same names."""

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
                and not application._guard_not_own()
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

    def _write_fields(self, vals, position, roles):
        if "profile_accepted_at" not in vals:
            super()._write_fields(vals, position, roles)
            return
        allowed = "profile_accepted_at" in workflow.writable(position, roles)
        if not allowed or not vals["profile_accepted_at"]:
            raise UserError(self._refusal(position))
        self._check_guards(workflow.FIELD_GUARDS["profile_accepted_at"])
        changes = self._profile_changes()
        super()._write_fields(
            {**vals, "profile_accepted_at": fields.Datetime.now()}, position, roles
        )
        self._set(
            {
                "profile_accepted_by_id": self.env.uid,
                **{f"accepted_{name}": self.student_id[name] for name in WATCHED},
            }
        )
        self._log("accept_profile", position, position, changes, **frozen(self._accepted()))
        # Old and new stand in the log; a message, which may be mailed, has none of it.
        self._tell_student(
            self.env._("The diploma will be made with your profile as you changed it.")
        )

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

    def _guard_profile_differs(self):
        if not self._profile_differs():
            return self.env._(
                "The profile says what stands for the diploma already. Reload the page."
            )
        return None

    # What the steps do to it

    def _after_submit(self, transition):
        result = super()._after_submit(transition)
        self.sudo()._set(
            {
                "alias_name": self.student_id.alias_name,
                "profile_accepted_at": False,
                "profile_accepted_by_id": False,
                **{f"accepted_{name}": False for name in WATCHED},
            }
        )
        self.student_id._needs_passport_copy_until(self.window_id.date_leave)
        return result

    def _after_complete(self, transition):
        self.student_id._needs_passport_copy_until(taipei_today())
        return super()._after_complete(transition)

    def _after_lapse(self, transition):
        self.student_id._needs_passport_copy_until(self.window_id.date_leave)
        return super()._after_lapse(transition)

    def _slip_student(self, student):
        return {**super()._slip_student(student), "alias_name": student.alias_name or ""}
