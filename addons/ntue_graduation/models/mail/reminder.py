from odoo import fields, models


class Reminder(models.Model):
    """That a reminder was mailed: so that no restart and no second run mails it twice.

    Nobody but the system reads it: who keeps a draft would be in it (148, I9). It names
    student and term, not the application, so that anyone who discards a draft and starts
    another one is not mailed again.
    """

    _name = "ntue.graduation.reminder"
    _description = "Reminder mailed"
    _inherit = ["ntue.readable.references"]
    _log_access = False

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    term_id = fields.Many2one("ntue.term", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("closing", "Draft, three days before the last day"),
            ("last_day", "Draft, on the last day"),
            ("returned", "Returned, the day before the last day"),
            ("paper", "Submitted, slip not handed in"),
            ("extended", "Not submitted, the period was extended"),
        ],
        required=True,
    )
    day = fields.Date(required=True, help="The day on which it was due.")

    _once = models.Constraint(
        "UNIQUE(student_id, term_id, kind, day)", "This reminder has been mailed already."
    )
