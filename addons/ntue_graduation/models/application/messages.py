"""What is posted and mailed about an application, and what its student and the office write."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.days import day_text, midnight_text
from odoo.addons.ntue_curriculum.groups import STAFF
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs

from ... import tasks, workflow
from ...mail import answers, digest, receipt, reminders, supplement, texts
from ...periods import last_day
from ...workflow import Role

OPEN = ("submitted", "completed")
"""States of an application on which its student may write: staff see it then."""


class ApplicationMessages(models.AbstractModel):
    """The part of an application that is its messages and tasks; see ``application``."""

    _name = "ntue.graduation.application.messages"
    _description = "Graduation application: messages"

    correspondence_ids = fields.One2many(
        "ntue.graduation.correspondence", "application_id", string="Messages", groups=STAFF
    )
    slip_mailed_at = fields.Datetime(
        string="Slip mailed on",
        readonly=True,
        copy=False,
        help="When the student last had the slip mailed to herself.",
    )
    announced_at = fields.Datetime(
        string="Told to the assistants on",
        readonly=True,
        help="When the assistants were told of it in the mail of the day.",
    )
    supplement_day = fields.Char(string="Last day of the supplement", compute="_compute_mail_words")
    reminder_term = fields.Char(string="Term of the reminder", compute="_compute_mail_words")
    reminder_last_day = fields.Char(
        string="Last day in the reminder",
        compute="_compute_reminder_last_day",
        help="Until when the student may submit.",
    )

    @api.depends("term_id", "supplement_deadline")
    @api.depends_context("lang")
    def _compute_mail_words(self):
        for application in self:
            day = application.supplement_deadline
            application.supplement_day = day and day_text(application.env, day)
            application.reminder_term = application.term_id._short_name()

    @api.depends("window_id.date_close", "shown_deadline", "first_review")
    @api.depends_context("lang")
    def _compute_reminder_last_day(self):
        for application in self:
            application.reminder_last_day = midnight_text(application.env, last_day(application))

    @api.private
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), *texts.PLACES)

    def _tell_student(self, body):
        """Post to the student, in the words of the step's template."""
        self.ensure_one()
        as_system = self.sudo()
        action = as_system.event_ids[-1:].action
        subject, text = texts.step_text(as_system, action, body)
        student = self.student_id.partner_id
        wanted = texts.is_wanted(as_system, action)
        # Students are notified of what they did themselves as well: mention means named.
        correspondence = as_system._correspondence().with_context(
            mail_notify_force_send=False, mail_notify_author_mention=True
        )
        # Its followers are not mailed what is for the student.
        correspondence.message_unsubscribe((correspondence.message_partner_ids - student).ids)
        correspondence.message_post(
            body=text,
            subject=subject,
            partner_ids=student.ids if wanted else [],
            author_id=self.env["ntue.student"]._office_author().id,
            subtype_xmlid=receipt.SUBTYPE if action == "submit" else "mail.mt_comment",
            email_layout_xmlid="ntue_curriculum.mail_layout",
        )

    @api.model
    def _send_reminders(self):
        """The daily cron of reminders."""
        reminders.send_due(self)

    @api.model
    def _send_digest(self):
        """The daily cron of the assistants' mail, and of tasks that nothing else moved."""
        tasks.of_offices(self, [])
        digest.send_digest(self)

    def _correspondence(self):
        """The correspondence on this application, with all rights; begun where there is none."""
        self.ensure_one()
        as_system = self.sudo()
        return as_system.correspondence_ids or as_system.correspondence_ids.create(
            [{"student_id": self.student_id.id, "application_id": self.id}]
        )

    def _may_answer(self):
        """Whether the user is the student and may write: not on a draft, which nobody sees."""
        self.ensure_one()
        is_own = self.student_id.sudo().partner_id == self.env.user.partner_id
        return is_own and self.state in OPEN

    def _exchanged(self):
        """What the student and the office wrote to each other: see ``mail.answers``."""
        self.ensure_one()
        return answers.exchanged(self)

    def _answer(self, text):
        """Keep what the student writes and notify the office in charge; UserError if not allowed.

        ``text`` is kept as it was typed. It reaches nobody else: addresses are not asked for.
        Whether anybody could be notified is returned.
        """
        self.ensure_one()
        answers.check_answer(self, text)
        as_system = self.sudo()
        as_system._correspondence().message_post(
            body=as_paragraphs(text),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        return answers.tell_office(as_system, tasks.WRITTEN, answers.written)

    def _hand_in(self, content):
        """Keep a file as the supplement that was asked for; UserError if it cannot be taken.

        It becomes a file of the correspondence, which nobody rewrites; the office in charge is
        notified; whether anybody could be is returned. Whether it will do the assistant decides.
        """
        self.ensure_one()
        supplement.check_file(self, content)
        as_system = self.sudo()
        as_system._correspondence().message_post(
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **supplement.message_of(self, content),
        )
        as_system._set({"supplement_uploaded_at": fields.Datetime.now()})
        return answers.tell_office(as_system, tasks.UPLOADED, supplement.uploaded)

    # Tasks of staff. Odoo subscribes who gets a task and posts a message when it is done: nobody
    # follows an application, and what is posted is in its correspondence. Out of reach of RPC.

    @api.private
    def message_subscribe(self, partner_ids=None, subtype_ids=None):  # noqa: ARG002
        return True

    @api.private
    def message_post_with_source(self, source_ref, **kwargs):
        return self._correspondence().message_post_with_source(source_ref, **kwargs)

    @api.private
    def message_notify(self, **kwargs):
        """Notify who was given a task; the mail is no message of the application."""
        return self._correspondence().message_notify(**kwargs)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Tasks are the reviewers' business: not a student's, who writes the draft itself."""
        reviewed = self.filtered(
            lambda row: (
                row.exists()
                and row._roles() & workflow.REVIEWERS
                and Role.STUDENT not in row._roles()
            )
        )
        return super(ApplicationMessages, reviewed)._mail_get_operation_for_mail_message_operation(
            message_operation
        )
