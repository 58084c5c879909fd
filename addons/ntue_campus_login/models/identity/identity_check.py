from odoo import models
from odoo.exceptions import UserError
from odoo.http import request


class ResUsersIdentitycheck(models.TransientModel):
    _inherit = "res.users.identitycheck"

    def _check_identity(self):
        """Odoo says "incorrect" of every refusal; a person who has to wait reads how long."""
        user = self.env.user
        address = request.httprequest.remote_addr
        seconds = self.env["ntue.sign.in.limit"]._wait("sign_in", user, address)
        if seconds:
            raise UserError(user._ntue_wait_sentence(seconds))
        return super()._check_identity()
