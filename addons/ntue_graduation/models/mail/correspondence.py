"""The messages beside an application, and how a student answers."""

from email.utils import parseaddr

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time, taipei_today
from odoo.addons.ntue_curriculum.models.mail.correspondence import STAFF, as_paragraphs
from odoo.addons.ntue_curriculum.roc import roc_minute
from odoo.exceptions import UserError
from odoo.tools import email_normalize

LONGEST = 2000
"""Characters of an answer."""

A_DAY = 5
"""Answers of one student on one application a day."""

OPEN = ("submitted", "completed")
"""States of an application on which its student may write: staff see it then."""


class GraduationCorrespondence(models.Model):
    """Messages on an application: what the office tells the student, answers, notes of staff."""

    _name = "ntue.graduation.correspondence"
    _description = "Correspondence on an application"
    _inherit = ["ntue.correspondence"]

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, readonly=True, ondelete="cascade"
    )

    _one = models.UniqueIndex("(application_id)", "There is a correspondence already.")

    @api.depends("application_id.display_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for correspondence in self:
            correspondence.display_name = correspondence.application_id.display_name

    def _reply_address(self):
        return self.application_id._office_in_charge()

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """With a way for the student to where she answers; what steps tell has one of its own."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        student = self.student_id.partner_id
        if not self or message.author_id in (self.env["ntue.student"]._office_author(), student):
            return groups
        way = {
            "url": f"{self.get_base_url()}/my/graduation/{self.application_id.id}#answers",
            "title": self.env._("Read and answer"),
        }
        given = {"active": True, "has_button_access": True, "button_access": way}
        return [("ntue_student", lambda row: row["id"] == student.id, given), *groups]


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    correspondence_ids = fields.One2many(
        "ntue.graduation.correspondence", "application_id", string="Messages", groups=STAFF
    )

    def _correspondence(self):
        """The correspondence on this application, with all rights; begun where there is none."""
        self.ensure_one()
        model = self.env["ntue.graduation.correspondence"].sudo()
        found = model.search([("application_id", "=", self.id)])
        return found or model.create(
            [{"student_id": self.student_id.id, "application_id": self.id}]
        )

    def _office_in_charge(self):
        """Name and address of the office whose turn it is: department, then registrar."""
        self.ensure_one()
        window, department = self.window_id, self.student_id.department_id
        if self.first_review == "passed" and email_normalize(window.contact_email or ""):
            return window.contact_name, window.contact_email
        return department.name, department.email

    # The student answers

    def _may_answer(self):
        """Whether the user is the student and may write: not on a draft, which nobody sees."""
        self.ensure_one()
        is_own = self.student_id.sudo().partner_id == self.env.user.partner_id
        return is_own and self.state in OPEN

    def _answer(self, text):
        """Keep what the student writes and tell the office in charge; UserError if it may not be.

        ``text`` is kept as it was typed. It reaches nobody else: addresses are not asked for.
        """
        self.ensure_one()
        self._check_answer(text)
        lent = self.sudo()
        message = lent._correspondence().message_post(
            body=as_paragraphs(text),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        lent._tell_office()
        return message

    def _check_answer(self, text):
        if not self._may_answer():
            raise UserError(self._refusal(self._position(), "no_answer_here"))
        if not isinstance(text, str) or len(text) > LONGEST or "\0" in text:
            raise UserError(
                self.env._("Write at most %s characters. Shorten your message.", LONGEST)
            )
        if not text.strip():
            raise UserError(self.env._("Write something before you send it."))
        self._wait_turn()
        today = [row for row in self._exchanged() if row["own"] and row["day"] == taipei_today()]
        if len(today) >= A_DAY:
            raise UserError(
                self.env._(
                    "You have written %s messages today. Wait until tomorrow, or call the "
                    "department.",
                    A_DAY,
                )
            )

    def _exchanged(self):
        """What the student and the office wrote to each other, latest first.

        Dicts of ``when``, ``day``, ``who``, ``own`` and ``body``; what is told at every step
        is left out. To the student an employee is an office, not a name.
        """
        self.ensure_one()
        place = self.sudo().correspondence_ids
        messages = self.env["mail.message"].search(
            [
                ("model", "=", place._name),
                ("res_id", "in", place.ids),
                ("author_id", "!=", self.env["ntue.student"]._office_author().id),
            ],
            order="id desc",
        )
        student = self.student_id.partner_id
        return [
            {
                "when": roc_minute(moment),
                "day": moment.date(),
                "who": self.env._("You") if own else parseaddr(message.reply_to or "")[0],
                "own": own,
                "body": message.body,
            }
            for message in messages
            for own in [message.author_id == student]
            for moment in [taipei_time(message.date)]
        ]

    def _tell_office(self):
        """Put it on the list of whose turn it is, and mail the office that there is something."""
        if self.first_review == "passed":
            group = self.env.ref(f"ntue_curriculum.group_registrar_{self.division}")
            users = group.all_user_ids
        else:
            users = self.department_id.assistant_ids
        for user in users.filtered("active"):
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The student has written: %s", self._number()),
                user_id=user.id,
            )
        _name, address = self._office_in_charge()
        if email_normalize(address or ""):
            there = self.with_context(lang=self.env.company.partner_id.lang or self.env.lang)
            self._queue_mail(
                there.env._("A student has written: %s", self._number()),
                as_paragraphs(
                    there.env._(
                        "The student of application %s has written to you. Sign in to read it: a "
                        "mail does not carry it.",
                        self._number(),
                    )
                ),
                email_normalize(address),
            )
