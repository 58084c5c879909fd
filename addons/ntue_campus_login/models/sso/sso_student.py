"""What a student's own pages ask for while there is single sign-on."""

from odoo import models


class StudentSingleSignOn(models.AbstractModel):
    _name = "ntue.campus.student.single.sign.on"
    _description = "Student: single sign on"

    def _asks_account_password(self):
        """A student of the campus portal has no password here: being signed in is all there is."""
        account = self._account()
        elsewhere = bool(account) and account._ntue_signs_in_elsewhere()
        return super()._asks_account_password() and not elsewhere
