"""Students who missed the period may be let in one by one (25, D13)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text
from odoo.exceptions import UserError
from odoo.fields import Domain

from .grant import Grant


class LatePermit(models.Model):
    """One student may start and submit in one term until a day, period or not."""

    _name = "ntue.graduation.late.permit"
    _description = "Late permit"
    _inherit = ["ntue.graduation.grant"]

    GIVEN = Grant.GIVEN | {"date_end"}
    _registered_fields = Grant._registered_fields | {"date_end"}

    date_end = fields.Date(
        required=True, string="Valid until", help="Included. Not after the final leaving date."
    )
    state = fields.Selection(
        [("in_force", "In force"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )

    _no_twin = models.UniqueIndex(
        "(student_id, term_id, date_end) WHERE revoked_at IS NULL",
        "This permit has been granted already.",
    )

    @api.depends("date_end", "revoked_at")
    def _compute_state(self):
        today = taipei_today()
        for permit in self:
            if permit.revoked_at:
                permit.state = "revoked"
            else:
                permit.state = "in_force" if (permit.date_end or today) >= today else "expired"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        kept, today = Domain("revoked_at", "=", False), taipei_today()
        states = {
            "in_force": kept & Domain("date_end", ">=", today),
            "expired": kept & Domain("date_end", "<", today),
            "revoked": ~kept,
        }
        return Domain.OR(states[name] for name in value if name in states)

    def _keep_open(self, window):
        """The permits of ``self`` that let their student apply in ``window`` today.

        Neither before the window opens nor after its final leaving date.
        """
        today = taipei_today()
        return self.filtered(
            lambda permit: (
                permit.state == "in_force"
                and permit.term_id == window.term_id
                and window.date_open <= today <= window.date_leave
            )
        )

    def _own_values(self, student, term, vals):
        day = fields.Date.to_date(vals.get("date_end"))
        self._check_last_day(student, term, day)
        return {"date_end": day}

    def _check_last_day(self, student, term, day):
        """UserError unless ``day`` lets the student in late and no later than may be."""
        window = self.env["ntue.graduation.window"]
        window = term and window._for_student(student, term)
        today = taipei_today()
        if not window:
            raise UserError(
                self.env._("No application period of this term concerns the student's program.")
            )
        if today < window.date_open:
            raise UserError(self.env._("The application period has not begun yet."))
        if not day or day < today or day <= window.date_close:
            raise UserError(
                self.env._(
                    "The last day of a permit lies after the application period, which ends on "
                    "%s, and is not past.",
                    day_text(self.env, window.date_close),
                )
            )
        if day > window.date_leave:
            raise UserError(
                self.env._(
                    "The last day of a permit is not after the final leaving date, %s.",
                    day_text(self.env, window.date_leave),
                )
            )
        held = student._permits_in_force()._keep_open(window)
        if held:
            raise UserError(
                self.env._(
                    "The student has a permit until %s already. Revoke it before you grant "
                    "another.",
                    day_text(self.env, held[0].date_end),
                )
            )
