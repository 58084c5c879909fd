"""Reading the content of a passport copy: an entry each time that it leaves the database."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request

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


class PassportReading(models.AbstractModel):
    """The content of a copy is read in one place, which enters who read it."""

    _name = "ntue.passport.reading"
    _description = "Reading of a passport copy"

    def _fetch_query(self, query, fields):
        """The one place where a content is read: what was read is entered.

        A readonly transaction refuses the entry; Odoo then repeats the request in one that
        writes, so that nothing is given away without it.
        """
        if all(field.name != CONTENT for field in fields):
            return super()._fetch_query(query, fields)
        reading = self.with_context(**{READING: _LET_THROUGH})
        found = super(PassportReading, reading)._fetch_query(query, fields).with_env(self.env)
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
