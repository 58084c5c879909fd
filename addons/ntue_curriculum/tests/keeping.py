"""Data of people that are old, and the job that erases them, for the tests of keeping."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time

from . import papers
from . import school as school_of
from .access import own_models

LATER = "2028-03-01 04:00:00"
"""More than two years after the last term of the students in ``school.py``."""

SAID = "the words of a message"

PEOPLE = {"ntue.student", "res.users", "res.partner"}
LOG_ACCESS = ("create_uid", "write_uid")


def personal_models(env):
    """Our models that name a person, by themselves or by what they point to."""
    ours = own_models(env)
    points = {
        name: {
            field.comodel_name
            for field in env[name]._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and field.name not in LOG_ACCESS
        }
        for name in ours
    }
    found = {name for name in ours if points[name] & PEOPLE} | {"ntue.student"}
    while more := {name for name in ours - found if points[name] & found - {"ntue.department"}}:
        found |= more
    return found


@contextmanager
def no_commit(env, seconds=60.0):
    """The progress of a job without its commit; ``seconds`` are left after each batch."""
    cron = type(env["ir.cron"])
    with patch.object(cron, "_commit_progress", lambda *_args, **_kwargs: seconds):
        yield


def run(case, day=LATER, **kwargs):
    """The nightly job on a day."""
    with freeze_time(day), no_commit(case.env, **kwargs):
        case.env["ntue.retention"]._run()
        case.env["ntue.passport.copy"]._purge_due()
    case.env.flush_all()
    case.env.invalidate_all()


def fill(case, student):
    """One record of every kind that the curriculum addon keeps of ``student``."""
    account = school_of.account_of(student)
    case.rpc(account, "ntue.student", "write", student.ids, {"mobile": "0911-111-111"})
    copy = papers.upload(student)
    copy.invalidate_recordset(["content"])
    case.rpc(account, "ntue.passport.copy", "read", copy.ids, ["content"])
    plan = {"student_id": student.id, "name": "Next term", "framework_code": "SRD-E-109"}
    case.rpc(account, "ntue.study.plan", "create", [plan])
    place = student.correspondence_ids
    file = {"name": "letter.txt", "raw": b"letter", "res_model": place._name, "res_id": place.id}
    letter = case.env["ir.attachment"].create(file)
    message = place.message_post(body=SAID, attachment_ids=letter.ids)
    case.env["ir.attachment"].create({**file, "name": "left over.txt"})
    case.env["mail.mail"].create(
        {"mail_message_id": message.id, "is_notification": True, "state": "exception"}
    )
    # What is mailed to a student alone, such as a link, belongs to no record.
    case.env["mail.mail"].create({"email_to": student.email, "body_html": SAID})
    student.partner_id.activity_schedule("mail.mail_activity_data_todo", note=SAID)
    device = case.env["res.device.log"].create(
        {
            "user_id": account.id,
            "session_identifier": "s" * 42,
            "last_activity": fields.Datetime.now(),
        }
    )
    files = {"name": "students.csv", "raw": "學號".encode(), "res_model": "ntue.import.wizard"}
    imported = case.env["ir.attachment"].create(files)
    # Odoo dates by the database's clock, which no test sets.
    case.env.flush_all()
    case.env.cr.execute(
        "UPDATE ir_attachment SET create_date = %s WHERE res_model LIKE 'ntue.%%'",
        [fields.Datetime.now()],
    )
    case.env.cr.execute("UPDATE mail_mail SET create_date = %s", [fields.Datetime.now()])
    case.env.invalidate_all()
    return {"device": device, "imported": imported, "message": message, "letter": letter}
