"""The messages beside an application."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...mail.answers import office_in_charge


class GraduationCorrespondence(models.Model):
    """Messages on an application: what the office tells the student, answers, notes of staff."""

    _name = "ntue.graduation.correspondence"
    _description = "Correspondence on an application"
    _inherit = ["ntue.correspondence"]

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, readonly=True, ondelete="cascade"
    )

    _one = models.UniqueIndex("(application_id)", "There is a correspondence already.")

    @api.model
    def _places_of_mails(self):
        """Of what was submitted: that somebody has a draft is nobody's business (I9)."""
        return SQL(
            "SELECT %s AS model, place.id, place.student_id"
            " FROM ntue_graduation_correspondence place"
            " JOIN ntue_graduation_application application ON application.id = place.application_id"
            " WHERE application.submitted_at IS NOT NULL",
            self._name,
        )

    @api.depends("application_id.display_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for correspondence in self:
            correspondence.display_name = correspondence.application_id.display_name

    def _message_compute_subject(self):
        """What it is about, to a student: a number and a name say nothing in a list of mails."""
        there = self._for_student()
        return there.env._(
            "Your graduation application of term %s", there.application_id.term_id._short_name()
        )

    def _reply_address(self):
        return office_in_charge(self.application_id)

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
