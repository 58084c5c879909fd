"""The assistants' list of what to do; a mail comes once a day for all of it."""

from odoo.addons.ntue_curriculum.office_mail import language_of

from ..registry import effect


@effect
def ask_assistants(step):
    """Put the first review on the list of every assistant of the department."""
    release_assistants(step)
    application = step.application
    for user in application.department_id.assistant_ids:
        there = application.with_context(lang=language_of(application.env, user.partner_id))
        there.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=there.env._("First review: %s", application.display_name),
            user_id=user.id,
        )


@effect
def release_assistants(step):
    """Take the review off the assistants' lists."""
    step.application.activity_unlink(["mail.mail_activity_data_todo"])
