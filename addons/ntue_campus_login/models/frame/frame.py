"""What the frame around a student's pages shows: who is here, and where one may go (65–70)."""

from odoo import api, models
from odoo.http import request
from odoo.tools import lazy

from ...initials import initials

SIGN_OUT = "/web/session/logout?redirect=/web/login"


class Frame(models.AbstractModel):
    _name = "ntue.frame"
    _description = "Frame of the students' pages"

    @api.model
    def _values(self, student):
        """What the frame draws for ``student``, who is signed in."""
        return {
            "name": student.name,
            "student_no": student.student_no,
            "initials": initials(student.name),
            "picture": self._picture(),
            "links": self._links(),
            "sign_out": SIGN_OUT,
            "groups": self.env["ntue.portal.app"]._listed(),
            "recent": self.env["ntue.portal.recent"]._shown(student),
        }

    @api.model
    def _picture(self):
        """The address of the person's picture; empty where there is none."""
        person = self.env.user.partner_id.with_context(bin_size=True)
        if not person.image_128:
            return ""
        return f"/web/image/res.partner/{person.id}/image_128?unique={person.write_date:%s}"

    @api.model
    def _links(self):
        """(label, address) of the pages behind the picture; a hook."""
        _ = self.env._
        return [
            (_("Change your password"), "/my/password"),
            (_("Sign-ins"), "/my/sign-ins"),
            (_("Connection and security"), "/my/security"),
        ]


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_frontend_environment(self, values):
        """``ntue_frame`` for every page, asked when a page draws it."""
        result = super()._prepare_frontend_environment(values)
        student, frame = values["ntue_student"], result.env["ntue.frame"]
        values["ntue_frame"] = lazy(lambda: frame._values(student) if student else {})
        values["ntue_here"] = request.httprequest.path
        return result
