"""To the assistants, once a day: how much came in, and no names."""

from odoo import fields
from odoo.tools import email_normalize

from ..stages import domain_of
from ..workflow import stages_of
from .texts import queue_mail


def send_digest(applications):
    """One mail for each assistant on what came in since the last; ``applications``: the model."""
    cron = applications.env["ir.cron"]
    waiting = domain_of(stages_of("first"))
    fresh = applications.search([*waiting, ("announced_at", "=", False)])
    departments = fresh.department_id.filtered("assistant_ids")
    cron._commit_progress(remaining=len(departments))
    for department in departments:
        own = fresh.filtered(lambda row, home=department: row.department_id == home)
        _mail_department(own, department)
        for application in own:
            application._set({"announced_at": fields.Datetime.now()})
        if not cron._commit_progress(1):
            return


def _mail_department(applications, department):
    """Numbers, and no names: a mail lies in many places."""
    domain = [("department_id", "=", department.id), ("step", "=", "first")]
    waiting = applications.search_count(domain)
    for user in department.assistant_ids.filtered("active"):
        if not email_normalize(user.email or ""):
            continue
        there = applications.with_context(lang=user.lang or applications.env.lang)
        body = there.env["ir.qweb"]._render(
            "ntue_graduation.mail_digest",
            {
                "name": user.name,
                "department": department.with_env(there.env).name,
                "numbers": applications.mapped("slip_number"),
                "waiting": waiting,
                "desk": f"{applications.browse().get_base_url()}/odoo/"
                "action-ntue_graduation.action_application_desk",
            },
            lang=there.env.lang,
        )
        subject = there.env._("%s graduation applications have come in", len(applications))
        queue_mail(there.env, subject, body, user.email)
