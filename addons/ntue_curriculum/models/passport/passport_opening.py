"""Who opened a passport copy: an entry each time that the content leaves the database."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request

from ...clock import taipei_time
from ...erasing import is_erasing
from ...roc import roc_minute
from ..guarded.confidential import HIDDEN

READING = "ntue_reads_passport_copy"
_LET_THROUGH = object()
"""Said by ``_fetch_query`` to ``_field_to_sql``; no remote call can send this object."""

CONTENT = "content"

WAYS = (
    # beginning of the address, way
    ("/my/profile/passport", "page"),
    ("/my/profile/export", "export"),
    ("/web/content", "file"),
    ("/web/image", "file"),
    ("/web/", "call"),
    ("/json/", "call"),
    ("/xmlrpc/", "call"),
    ("/jsonrpc", "call"),
)

SHOWN = 50
"""Openings that the student's own page lists, the latest first."""


class PassportOpening(models.Model):
    """One opening of one passport copy: whose, by whom, when and by which way.

    Written by the read itself, so that there is no way round it; changed by nobody, and
    deleted by retention alone. To a student an employee is an office, not a name.
    """

    _name = "ntue.passport.opening"
    _description = "Opening of a passport copy"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _order = "id desc"
    _log_access = False

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Opened by")
    role = fields.Selection(
        [
            ("owner", "The student"),
            ("department", "The department"),
            ("registrar", "The registrar's office"),
            ("system", "The system"),
        ],
        required=True,
        string="As",
    )
    way = fields.Selection(
        [
            ("page", "Page of the student"),
            ("export", "Export of one's own data"),
            ("file", "File opened or saved"),
            ("call", "Remote call"),
            ("server", "On the server itself"),
        ],
        required=True,
        string="By which way",
    )
    opened_at = fields.Datetime(required=True, index=True, string="When")

    @api.depends("student_id", "opened_at")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for opening in self:
            opening.display_name = (
                f"{opening.student_id.student_no} {opening.opened_at}"
                if opening in readable
                else HIDDEN
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The record of openings writes itself."))
        return super().create(vals_list)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The record of openings is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_when_its_time_is_over(self):
        if not is_erasing(self):
            raise AccessError(self.env._("The record of openings is never changed."))


class PassportCopy(models.Model):
    _inherit = "ntue.passport.copy"

    def _fetch_query(self, query, fields):
        """The one place where a content is read: what was read is entered.

        A readonly transaction refuses the entry; Odoo then repeats the request in one that
        writes, so that nothing is given away without it.
        """
        if all(field.name != CONTENT for field in fields):
            return super()._fetch_query(query, fields)
        reading = self.with_context(**{READING: _LET_THROUGH})
        found = super(PassportCopy, reading)._fetch_query(query, fields).with_env(self.env)
        context = self.env.context
        if not (context.get("bin_size") or context.get(f"bin_size_{CONTENT}")):
            found._note_opening()
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """No condition, order or group tells anything of a content past its reading."""
        reading = self.env.context.get(READING) is _LET_THROUGH
        if field_expr.partition(".")[0] == CONTENT and not reading:
            raise AccessError(
                self.env._("A passport copy is opened, one at a time; it is not searched.")
            )
        return super()._field_to_sql(alias, field_expr, query)

    def _note_opening(self):
        """Enter that the user opened ``self``."""
        user, way, now = self.env.user, self._way_of_opening(), fields.Datetime.now()
        self.env["ntue.passport.opening"].sudo().create(
            [
                {
                    "student_id": copy.student_id.id,
                    "user_id": user.id,
                    "role": copy._role_of_opening(user),
                    "way": way,
                    "opened_at": now,
                }
                for copy in self.sudo()
            ]
        )

    def _role_of_opening(self, user):
        student = self.student_id
        if user._is_superuser():
            return "system"
        if student.partner_id == user.partner_id:
            return "owner"
        return "department" if user._ntue_is_assistant_of(student.department_id) else "registrar"

    @api.model
    def _way_of_opening(self):
        if not request:
            return "server"
        path = request.httprequest.path
        return next((way for beginning, way in WAYS if path.startswith(beginning)), "call")


class Student(models.Model):
    _inherit = "ntue.student"

    passport_opening_ids = fields.One2many(
        "ntue.passport.opening", "student_id", readonly=True, string="Openings of passport copies"
    )

    def _passport_openings(self):
        """The latest openings as the student reads them; dicts of texts."""
        self.ensure_one()
        model = self.env["ntue.passport.opening"]
        rows = model.search([("student_id", "=", self.id)], limit=SHOWN)
        roles, ways = (
            dict(model._fields[name]._description_selection(self.env)) for name in ("role", "way")
        )
        return [
            {
                "when": roc_minute(moment),
                "who": self.env._("You") if row.role == "owner" else roles[row.role],
                "way": ways[row.way],
            }
            for row in rows
            for moment in [taipei_time(row.opened_at)]
        ]
