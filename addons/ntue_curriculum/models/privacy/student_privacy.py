"""What a student's record says about keeping and erasing: when she left, and what holds it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...clock import taipei_day, taipei_today
from ...erasing import is_erasing
from ...groups import STAFF

PSEUDONYM = "ERASED-"
"""How the number begins that replaces an erased one."""

ERASED_ON = ("contacts_erased_on", "identity_erased_on")

NAMING = (
    "student_no",
    "name",
    "english_name",
    "alias_name",
    "email",
    "mobile",
    "phone",
    "keep_reason",
    "active",
)
"""What would name somebody again whose name was erased, or show the record among the others."""

LAST_DAYS = """
    UPDATE ntue_student student SET left_on = last.day
      FROM (SELECT row.student_id, MAX(term.date_end) AS day
              FROM ntue_student_term row JOIN ntue_term term ON term.id = row.term_id
             WHERE row.student_id = ANY(%s) GROUP BY row.student_id) last
     WHERE student.id = last.student_id AND student.left_on IS DISTINCT FROM last.day
       AND last.day IS NOT NULL
"""


class StudentPrivacy(models.AbstractModel):
    """When somebody left, what holds the record back, and that what was erased stays erased."""

    _name = "ntue.student.privacy"
    _description = "Privacy of a student record"

    left_on = fields.Date(
        compute="_compute_left_on",
        store=True,
        index=True,
        string="Last day of study",
        help="The last day of the last term on record; from then on contact data are kept for "
        "as long as the settings say.",
    )
    keep_reason = fields.Char(
        string="Do not erase, because",
        groups=STAFF,
        copy=False,
        help="As long as there is a reason here, nothing about this student is erased: a dispute, "
        "for instance, or a request of a court. Name no other person.",
    )
    contacts_erased_on = fields.Date(string="Contacts erased on", readonly=True, copy=False)
    identity_erased_on = fields.Date(string="Identity erased on", readonly=True, copy=False)

    @api.depends("term_ids.term_id.date_end")
    def _compute_left_on(self):
        for student in self:
            days = [day for day in student.term_ids.term_id.mapped("date_end") if day]
            begun = student.create_date or fields.Datetime.now()
            student.left_on = max(days, default=None) or taipei_day(begun)

    def _set_left_on(self):
        """What ``_compute_left_on`` would, for terms that were written past the ORM."""
        self.env.flush_all()
        self.env.cr.execute(SQL(LAST_DAYS, self.ids))
        self.invalidate_recordset(["left_on"])

    @api.model
    def _needed(self):
        """Students of whom nothing may be erased now; a hook for what is under way."""
        return self.with_context(active_test=False).search([("keep_reason", "!=", False)])

    def _is_needed(self):
        """Sentences on why nothing about this student may be erased now; a hook."""
        self.ensure_one()
        reasons = []
        if self.sudo().keep_reason:
            reasons.append(self.env._("This record is on hold; the reason is on it."))
        today = taipei_today()
        if any(
            row.status == "enrolled" and row.term_id.date_end and row.term_id.date_end >= today
            for row in self.term_ids
        ):
            reasons.append(
                self.env._(
                    "The student is enrolled in this term or a coming one: without these data "
                    "the school can neither teach nor audit."
                )
            )
        return reasons

    # When something was erased is set by erasing it

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_erased_by_erasing(vals)
        # Given, so that no default of a caller's context or settings hides a new record.
        unerased = dict.fromkeys(ERASED_ON, False)
        return super().create([{**vals, **unerased} for vals in vals_list])

    def write(self, vals):
        self._check_erased_by_erasing(vals)
        self._check_stays_erased(vals)
        return super().write(vals)

    def _check_erased_by_erasing(self, vals):
        if is_erasing(self):
            return
        if set(ERASED_ON) & set(vals):
            raise AccessError(
                self.env._("When something was erased is entered by erasing it, not by hand.")
            )
        if str(vals.get("student_no") or "").strip().upper().startswith(PSEUDONYM):
            raise ValidationError(
                self.env._("A number that begins with %s is given by erasing alone.", PSEUDONYM)
            )

    def _check_stays_erased(self, vals):
        """UserError where a name or a way to reach somebody is written back (by a file, too)."""
        named = {name for name in NAMING if vals.get(name)}
        if named and not is_erasing(self) and any(row.identity_erased_on for row in self.sudo()):
            raise UserError(
                self.env._(
                    "The name of this record was erased for good. Make a new student record for "
                    "somebody who comes back."
                )
            )
