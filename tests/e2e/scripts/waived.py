"""Run in Odoo's shell: a waiver without which an application is short.

Environment: APPLICATION is its number, ACT what is done. "grant": the framework of its student asks
for a second subject from now on, which the student has passed while the first one was failed; a
second assistant waives that. "withdraw": this assistant takes it back.
"""

import os

from odoo.service.model import retrying

env = env(context={**env.context, "lang": "zh_TW", "no_reset_password": True})  # noqa: F821
application = env["ntue.graduation.application"].browse(int(os.environ["APPLICATION"]))
student = application.student_id
first = student.department_id.assistant_ids[:1]
login = f"{first.login}.waives"


def user():
    found = env["res.users"].search([("login", "=", login)])
    if not found:
        found = first.copy({"login": login, "name": login})
        student.department_id.assistant_ids += found
    return found


def ask_for_another():
    """A revision in which an elective beside the required subject gives the credits."""
    draft = student.curriculum_id._start_revision("Meeting 5")
    subject = env["ntue.course"].create({"code": f"{draft.code}2", "name": "另一科目"})
    draft.line_ids[:1].copy(
        {"course_id": subject.id, "name": subject.name, "requirement": "elective"}
    )
    draft._publish("Sample")
    return subject


def grant():
    other, passed = ask_for_another(), student.enrollment_ids[:1]
    values = {"offering_no": "0002", "course_id": other.id, "name": other.name}
    passed.copy(values)
    passed.write({"state": "failed", "score": 50})
    env["ntue.graduation.exception"].with_user(user()).create(
        {
            "application_id": application.id,
            "kind": "waived",
            "line_id": student.curriculum_id.line_ids.filtered(
                lambda line: line.requirement == "required"
            ).id,
            "reason": "曾在他校修畢",
        }
    )


def withdraw():
    application.exception_ids.with_user(user()).unlink()


retrying({"grant": grant, "withdraw": withdraw}[os.environ["ACT"]], env)  # a cron may be at it
print("\n0")
