"""Tasks of staff on an application, which bears no messages itself.

Odoo subscribes whoever gets a task and posts a message when it is done: nobody follows an
application, and what is posted stands in its correspondence. Out of reach of RPC.
"""

from odoo import api, models

from ...workflow import Role

STAFF_ROLES = frozenset({Role.ASSISTANT, Role.REGISTRAR})


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    @api.private
    def message_subscribe(self, partner_ids=None, subtype_ids=None):  # noqa: ARG002
        return True

    @api.private
    def message_post_with_source(self, source_ref, **kwargs):
        return self._correspondence().message_post_with_source(source_ref, **kwargs)

    @api.private
    def message_notify(self, **kwargs):
        """Tell whoever was given a task; the mail is no message of the application."""
        return self._correspondence().message_notify(**kwargs)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Tasks are the reviewers' business: not a student's, who writes the draft itself."""
        reviewed = self.filtered(
            lambda row: (
                row.exists() and row._roles() & STAFF_ROLES and Role.STUDENT not in row._roles()
            )
        )
        return super(
            GraduationApplication, reviewed
        )._mail_get_operation_for_mail_message_operation(message_operation)
