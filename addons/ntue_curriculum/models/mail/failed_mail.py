"""Mails to students that were not taken, or came back: whose, where to, why, and what to do."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

ADDRESS = ("mail_email_invalid", "mail_email_missing", "mail_bounce")
"""Failures of which the address is the cause: sending again is of no use."""

_OF_MESSAGES = """
    SELECT notification.id AS id, place.student_id, mail.id AS mail_id,
           COALESCE(notification.mail_email_address, contact.email) AS address,
           message.date AS sent_at,
           CASE WHEN notification.notification_status = 'bounce' THEN 'mail_bounce'
                ELSE notification.failure_type END AS failure,
           notification.failure_reason AS said,
           CASE WHEN mail.state = 'outgoing' THEN mail.scheduled_date END AS again_at
      FROM mail_notification notification
      JOIN mail_message message ON message.id = notification.mail_message_id
      JOIN (%s) place ON place.model = message.model AND place.id = message.res_id
      JOIN ntue_student student ON student.id = place.student_id
      JOIN res_partner contact ON contact.id = notification.res_partner_id
       AND contact.id = student.partner_id
      LEFT JOIN mail_mail mail ON mail.id = notification.mail_mail_id
     WHERE notification.notification_status IN ('exception', 'bounce')
       AND student.identity_erased_on IS NULL
"""

STUDENTS = 1 << 21
"""More than any number of a student record: of one mail to two students with one address each row
has a number of its own, and one that a browser can count to."""

_OF_MAILS = """
    SELECT -(mail.id::bigint * %s + student.id) AS id, student.id AS student_id,
           mail.id AS mail_id, mail.email_to AS address, mail.create_date AS sent_at,
           mail.failure_type AS failure, mail.failure_reason AS said,
           NULL::timestamp AS again_at
      FROM mail_mail mail
      JOIN mail_message message ON message.id = mail.mail_message_id
      JOIN ntue_student student ON lower(student.email) = lower(mail.email_to)
     WHERE mail.state = 'exception' AND message.model IS NULL AND mail.ntue_private IS NOT TRUE
       AND student.identity_erased_on IS NULL
"""


class FailedMail(models.Model):
    """One row for each mail that a student did not get.

    What the mail says is not here: some are about drafts, which are the student's alone (I9).
    """

    _name = "ntue.failed.mail"
    _description = "Mail that a student did not get"
    _inherit = ["ntue.readable.references"]
    _auto = False
    _order = "sent_at desc, id"
    _rec_name = "address"

    student_id = fields.Many2one("ntue.student", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, groups=fields.NO_ACCESS)
    address = fields.Char(readonly=True, string="Sent to")
    sent_at = fields.Datetime(readonly=True, string="When")
    failure = fields.Selection(
        [
            ("unknown", "Not taken"),
            ("mail_bounce", "Came back"),
            ("mail_spam", "Taken for spam"),
            ("mail_email_invalid", "The address is none"),
            ("mail_email_missing", "There is no address"),
            ("mail_from_invalid", "The sender's address is none"),
            ("mail_from_missing", "There is no sender's address"),
            ("mail_smtp", "The mail server could not be reached"),
            ("mail_bl", "On the list of addresses not to write to"),
            ("mail_optout", "Does not want mails"),
            ("mail_dup", "Sent already"),
        ],
        readonly=True,
        string="What happened",
    )
    said = fields.Text(readonly=True, string="What the mail server said")
    again_at = fields.Datetime(readonly=True, string="Tried again at")
    todo = fields.Char(compute="_compute_todo", string="What to do")

    _depends = {
        "mail.mail": [
            "email_to",
            "failure_reason",
            "failure_type",
            "ntue_private",
            "scheduled_date",
            "state",
        ],
        "mail.message": ["model", "res_id", "date"],
        "mail.notification": [
            "failure_reason",
            "failure_type",
            "mail_email_address",
            "mail_mail_id",
            "mail_message_id",
            "notification_status",
            "res_partner_id",
        ],
        "ntue.student": ["email", "partner_id", "identity_erased_on"],
        "res.partner": ["email"],
    }

    @property
    def _table_query(self):
        places = SQL(" UNION ALL ").join(
            self.env[name]._places_of_mails()
            for name in self.env["ntue.retention"]._correspondences()
        )
        return SQL("%s UNION ALL %s", SQL(_OF_MESSAGES, places), SQL(_OF_MAILS, STUDENTS))

    @api.depends("failure", "again_at")
    @api.depends_context("lang")
    def _compute_todo(self):
        for row in self:
            row.todo = row._what_to_do()

    def _what_to_do(self):
        if self.again_at:
            return self.env._("Nothing: it is tried again by itself.")
        if self.failure in ADDRESS:
            return self.env._(
                "Reach the student in another way, have the e-mail corrected, then send it again."
            )
        return self.env._("Tell whoever runs the server; then send it again.")

    def action_send_again(self):
        """Put the mails back into the queue, to the address that the student has now."""
        self.check_access("read")
        for row in self:
            if not row._may_send():
                raise AccessError(
                    self.env._("The registrar of the student's division sends a mail again.")
                )
        for row in self.sudo():
            if not row.mail_id:
                raise UserError(
                    self.env._("This mail is not kept any more. Write to the student again.")
                )
            row._send_again()
        self.env["mail.mail"]._ntue_queue()._trigger()
        return True

    def _may_send(self):
        user, student = self.env.user, self.student_id
        group = f"ntue_curriculum.group_registrar_{student.sudo().division}"
        return user.has_group(group) and student.sudo().partner_id != user.partner_id

    def _send_again(self):
        mail = self.mail_id
        if not mail.recipient_ids:
            mail.email_to = self.student_id.email
        mail.notification_ids.filtered(
            lambda row: row.notification_status in ("exception", "bounce")
        ).write({"notification_status": "ready", "failure_type": False, "failure_reason": False})
        mail.write({"state": "outgoing", "scheduled_date": False, "ntue_tries": 0})
