"""What the steps do to the profile that was submitted (D6)."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import UserError

from ... import workflow
from ...pages import profile
from ...pages.profile import WATCHED
from ..log.event import frozen


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _write_fields(self, vals, position, roles):
        if "profile_accepted_at" not in vals:
            super()._write_fields(vals, position, roles)
            return
        allowed = "profile_accepted_at" in workflow.writable(position, roles)
        if not allowed or not vals["profile_accepted_at"]:
            raise UserError(self._refusal(position))
        self._check_guards(workflow.FIELD_GUARDS["profile_accepted_at"])
        changes = profile.changes_text(self)
        super()._write_fields(
            {**vals, "profile_accepted_at": fields.Datetime.now()}, position, roles
        )
        self._set(
            {
                "profile_accepted_by_id": self.env.uid,
                **{f"accepted_{name}": self.student_id[name] for name in WATCHED},
            }
        )
        self._log("accept_profile", position, position, changes, **frozen(profile.accepted(self)))
        # Old and new stand in the log; a message, which may be mailed, has none of it.
        self._tell_student(
            self.env._("The diploma will be made with your profile as you changed it.")
        )

    def _guard_profile_differs(self):
        if not profile.differs(self):
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
