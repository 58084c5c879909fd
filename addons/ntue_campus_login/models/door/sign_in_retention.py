"""How long the record of sign-ins is kept, and who sees it."""

from odoo import api, models
from odoo.addons.ntue_curriculum.erasing import erasing
from odoo.addons.ntue_curriculum.models.privacy.retention_kinds import DataKind


class RetentionSignIn(models.AbstractModel):
    _name = "ntue.campus.retention.sign.in"
    _description = "Personal data: sign in"

    @api.model
    def _kinds_of_use(self):
        _ = self.env._
        return [
            *super()._kinds_of_use(),
            DataKind(
                key="sign_in_events",
                model="ntue.sign.in.event",
                label=_("Record of sign-ins and of tries that failed"),
                why=_("It shows who tried to get into an account; after half a year nobody looks."),
                moment="recorded_at",
                default=180,
                least=30,
                student="student_id",
            ),
        ]

    @api.model
    def _erase_sign_in_events(self, events):
        erasing(events).unlink()

    @api.model
    def _held_models(self):
        return {
            **super()._held_models(),
            "ntue.sign.in.event": "sign_in_events",
            "ntue.sign.in.limit": self.env._("Cleared away a day after the latest failure."),
        }


class StudentSignInKeeping(models.AbstractModel):
    _name = "ntue.campus.student.sign.in.keeping"
    _description = "Student: sign in keeping"

    def _who_sees(self):
        return {
            **super()._who_sees(),
            "sign_in_events": self.env._("You, under “My sign-ins”, and the registrar's office."),
        }

    def _erase_contacts(self):
        """Who signed in to the account, and from where, goes with it."""
        result = super()._erase_contacts()
        mine = [("student_id", "in", self.ids)]
        erasing(self.env["ntue.sign.in.event"].sudo().search(mine)).unlink()
        self.env["ntue.sign.in.limit"]._forget(mine)
        return result
