"""What a student reads about the passwords that are kept."""

from odoo import models


class StudentPasswordKeeping(models.AbstractModel):
    _name = "ntue.campus.student.password.keeping"
    _description = "Student: password keeping"

    def _privacy_page(self):
        page, _ = super()._privacy_page(), self.env._
        if not self._account() or self._account()._ntue_signs_in_elsewhere():
            return page  # the campus portal has it
        password = {
            "label": _("Password"),
            "why": _(
                "It lets you sign in. Only hashes are kept, of the one in use and of the two "
                "before it, which may not come again; nobody reads a password from them."
            ),
            "rule": _("The oldest goes with each change, all of them with your account."),
            "seen": _("Nobody."),
        }
        return {**page, "kinds": [*page["kinds"], password]}
