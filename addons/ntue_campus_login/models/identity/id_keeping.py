"""How long the hash of an ID number is kept, and what a student reads about it."""

from odoo import api, models


class RetentionIdentity(models.AbstractModel):
    _name = "ntue.campus.retention.identity"
    _description = "Personal data: identity"

    @api.model
    def _held_models(self):
        _ = self.env._
        return {
            **super()._held_models(),
            "ntue.national.id": _(
                "A keyed hash that nobody reads; erased with the account, when contact data are."
            ),
            "ntue.national.id.dialog": _("A form that is being filled in; gone the same day."),
            "ntue.password.link": _("Good for minutes, counted for a day, then deleted."),
            "ntue.forgotten.request": _(
                "Emptied as soon as it is answered; its network counts for a day."
            ),
        }


class StudentIdentityKeeping(models.AbstractModel):
    _name = "ntue.campus.student.identity.keeping"
    _description = "Student: identity keeping"

    def _erase_contacts(self):
        result = super()._erase_contacts()
        for model in ("ntue.national.id", "ntue.password.link"):
            self._of_account(model).unlink()
        return result

    def _of_account(self, model):
        """Rows of ``model`` that serve the accounts of these students."""
        records = self.env[model].sudo()
        if "student_id" in records._fields:
            return records.search([("student_id", "in", self.ids)])
        accounts = self.sudo().with_context(active_test=False).partner_id.user_ids
        return records.search([("user_id", "in", accounts.filtered("share").ids)])

    def _erasure_stays(self, extent, names):
        """The hash goes, too: named before what stays."""
        _ = self.env._
        goes = {
            "what": _("Keyed hash of the ID number"),
            "number": len(self._of_account("ntue.national.id")),
            "goes": True,
            "why": "",
        }
        return [goes, *super()._erasure_stays(extent, names)]

    def _privacy_page(self):
        page = super()._privacy_page()
        _ = self.env._
        hashed = {
            "label": _("ID number"),
            "why": _(
                "It proves that you are you when you have forgotten your password. Only a keyed "
                "hash is kept, which no page shows and from which nobody reads the number."
            ),
            "rule": _("Erased together with your e-mail, phone numbers and account."),
            "seen": _("Nobody."),
        }
        return {**page, "kinds": [*page["kinds"], hashed]}
