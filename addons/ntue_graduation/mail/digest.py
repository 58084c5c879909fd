"""To the assistants, once a day: how much came in or was handed back, and no names."""

from odoo import fields
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.tools import email_normalize

from ..stages import domain_of
from ..workflow import stages_of


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
    """Numbers, and no names: a mail lies in many places.

    An assistant without an address is reached at the department's.
    """
    env = applications.env
    assistants = department.assistant_ids.filtered("active")
    reached = {
        email_normalize(user.email): (user.name, language_of(env, user.partner_id))
        for user in assistants
        if email_normalize(user.email or "")
    }
    office = email_normalize(department.email or "")
    if office and any(not email_normalize(user.email or "") for user in assistants):
        lang = env["ntue.student"]._paper_language()
        reached.setdefault(office, (department.with_context(lang=lang).name, lang))
    domain = [("department_id", "=", department.id), ("step", "=", "first")]
    waiting = applications.search_count(domain)
    for address, (name, lang) in reached.items():
        there = applications.with_context(lang=lang)
        back = _handed_back(there)
        body = there.env["ir.qweb"]._render(
            "ntue_graduation.mail_digest",
            {
                "greeting": there.env._("Dear %s,", name),
                "lists": _lists(there - back, back, department.with_env(there.env).shown_name),
                "waiting": waiting,
                "desk": f"{applications.browse().get_base_url()}/odoo/"
                "action-ntue_graduation.action_application_desk",
            },
            lang=lang,
        )
        queue_mail(there.env, _subject(there - back, back), body, address)


def _handed_back(applications):
    """Those that the registrar handed back, and that the student has not submitted again since."""
    ways = ("submit", "hand_back")
    return applications.filtered(
        lambda row: (
            row.event_ids.filtered(lambda event: event.action in ways).sorted("id")[-1:].action
            == "hand_back"
        )
    )


def _lists(fresh, back, name):
    """What the mail lists: a sentence, and the slip numbers under it."""
    came = fresh.env._(
        "Since the last mail these graduation applications of %s have come in:", name
    )
    returned = fresh.env._(
        "The registrar has handed these graduation applications of %s back; each says why:", name
    )
    lists = ((came, fresh.mapped("slip_number")), (returned, back.mapped("slip_number")))
    return [one for one in lists if one[1]]


def _subject(fresh, back):
    if not fresh:
        return fresh.env._("Graduation applications that were handed back: %s", len(back))
    return fresh.env._("Graduation applications that came in: %s", len(fresh))
