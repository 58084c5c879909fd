"""The profile that the diploma is made with: as submitted, or as accepted since (D6)."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import workflow
from ...pages import profile
from ...pages.profile import REVIEWED
from ...profile_fields import WATCHED
from ...steps.registry import GUARDS


class ApplicationDiploma(models.AbstractModel):
    """The part of an application that keeps the profile; see ``application``."""

    _name = "ntue.graduation.application.diploma"
    _description = "Graduation application: profile for the diploma"

    alias_name = fields.Char(
        string="Alias on the diploma", readonly=True, help="As submitted; empty: none is wished."
    )
    accepted_english_name = fields.Char(string="Accepted English name", readonly=True)
    accepted_alias_name = fields.Char(string="Accepted alias", readonly=True)
    accepted_email = fields.Char(string="Accepted e-mail", readonly=True)
    accepted_mobile = fields.Char(string="Accepted mobile", readonly=True)
    profile_accepted_at = fields.Datetime(readonly=True, string="Change accepted on")
    profile_accepted_by_id = fields.Many2one(
        "res.users", readonly=True, string="Change accepted by"
    )
    diploma_english_name = fields.Char(
        string="English name on the diploma list", compute="_compute_diploma"
    )
    diploma_alias_name = fields.Char(string="Alias on the diploma list", compute="_compute_diploma")
    diploma_email = fields.Char(string="E-mail on the diploma list", compute="_compute_diploma")
    profile_changed = fields.Boolean(
        compute="_compute_profile_changed",
        search="_search_profile_changed",
        string="Profile changed since submission",
    )
    profile_differences = fields.Html(
        string="Differences of the profile", compute="_compute_profile_changed", sanitize=False
    )
    may_accept_profile = fields.Boolean(
        string="Change may be accepted", compute="_compute_profile_changed"
    )

    @api.depends(*WATCHED, *(f"accepted_{name}" for name in WATCHED), "profile_accepted_at")
    def _compute_diploma(self):
        """As submitted, or as the registrar accepted since."""
        for application in self:
            for name in ("english_name", "alias_name", "email"):
                application[f"diploma_{name}"] = profile.valid(application, name)

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
            rows = profile.differences(application)
            application.profile_changed = profile.differs(application)
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

    def action_accept_profile(self):
        """Take today's profile over for the diploma; the snapshot stays as it is (D6)."""
        self.write({"profile_accepted_at": fields.Datetime.now()})
