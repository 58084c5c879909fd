"""Run in Odoo's shell: one row at least of everything that a desk lists.

Environment: STUDENTS has a student who has not applied, FILED an application, REVIEWED two that
passed the first review, RETURNED one that is to be returned; records' numbers as JSON. All of it is
theirs, so that no other test meets it. Prints the numbers of what a walk is to look at, by model.
"""

import json
import os
from datetime import timedelta

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.service.model import retrying

env = env(context={**env.context, "lang": "zh_TW", "no_reset_password": True})  # noqa: F821
TODAY = taipei_today()
TERM = env["ntue.term"].search([("code", "=", "1141")])


def named(name):
    return json.loads(os.environ[name])


def user(login):
    return env["res.users"].search([("login", "=", login)])


def framework(program, code, **values):
    """A published framework that has a part of every kind."""
    found = env["ntue.curriculum"].search([("code", "=", code)])
    if found:
        return found
    draft = env["ntue.curriculum"].create(
        {
            "code": code,
            "program_id": program.id,
            "entry_year": 110,
            "graduation_credits": 6,
            "flexible_rule_ids": [(0, 0, {"origin": "all", "unit": "credits", "limit": 3})],
            **values,
        }
    )
    owner = {"curriculum_id": draft.id}
    area = env["ntue.curriculum.area"].create({**owner, "code": "A", "name": "研究領域"})
    subject = env["ntue.course"].create({"code": f"{code}1", "name": "測試科目"})
    env["ntue.curriculum.line"].create(
        {
            **owner,
            "area_id": area.id,
            "course_id": subject.id,
            "name": subject.name,
            "credits": 3,
            "requirement": "required",
        }
    )
    env["ntue.counting.rule"].create({**owner, "code": "ALL", "name": "至少一科", "min_courses": 1})
    milestone = {"code": "ENG", "name": "外語能力", "way": "TOEIC", "measure": "score"}
    env["ntue.curriculum.milestone"].create({**owner, **milestone, "amount": 600})
    env["ntue.curriculum.source"].create({**owner, "title": "學則第五十條"})
    draft.action_publish()
    return draft


def drafted(program):
    """A framework that is not published yet."""
    values = {"code": "DESK-DRAFT", "program_id": program.id, "entry_year": 114}
    known = env["ntue.curriculum"].search([("code", "=", values["code"])])
    return known or env["ntue.curriculum"].create({**values, "graduation_credits": 6})


def studies(student):
    """The student's framework, a further program, evidence, a decision and a plan."""
    program = student.curriculum_id.program_id
    student.write({"curriculum_id": framework(program, "DESK").id})
    minor = framework(program, "DESK-M", kind="minor")
    env["ntue.student.programme"].create({"student_id": student.id, "curriculum_id": minor.id})
    way = student.curriculum_id.milestone_ids
    env["ntue.milestone.evidence"].create(
        {
            "student_id": student.id,
            "milestone_id": way.id,
            "amount": 550,
            "document": "TOEIC 成績單",
        }
    )
    env["ntue.recognition"].with_user(ASSISTANT).create(
        {
            "student_id": student.id,
            "kind": "substituted",
            "enrollment_id": student.enrollment_ids[:1].id,
            "line_id": student.curriculum_id.line_ids[:1].id,
            "reason": "內容相同",
        }
    )
    env["ntue.study.plan"].with_user(student.partner_id.user_ids).create(
        {
            "student_id": student.id,
            "name": "下學期",
            "framework_code": student.curriculum_id.code,
            "is_shared": True,
        }
    )


def studies_long(student):
    """So many terms that a deferral is a matter of paper."""
    known = student.term_ids.term_id
    earlier = env["ntue.term"].search([("code", "<", TERM.code)], order="code desc", limit=12)
    student.write(
        {
            "term_ids": [
                (0, 0, {"term_id": term.id, "status": "enrolled"}) for term in earlier - known
            ]
        }
    )


def grants(student):
    """What may be granted one by one."""
    by_assistant = {"student_id": student.id, "term_id": TERM.id, "reason": "系務會議通過"}
    rule = student.curriculum_id.flexible_rule_ids.filtered("has_limit")[:1]
    raised = {**by_assistant, "rule_id": rule.id, "limit": rule.limit + 3}
    env["ntue.graduation.cap.exception"].with_user(ASSISTANT).create(raised)
    permit = {**by_assistant, "date_end": TODAY + timedelta(days=40)}
    env["ntue.graduation.late.permit"].with_user(ASSISTANT).create(permit)
    studies_long(student)
    env["ntue.graduation.deferral"].with_user(ASSISTANT).create(by_assistant)


def upkeep(student, reviewed):
    """What imports, jobs and mails leave behind."""
    mapping = {"name": "本校標題", "line_ids": [(0, 0, {"table": "students", "title": "學生編號"})]}
    env["ntue.import.mapping"].create(mapping)
    env["ntue.import.conflict"].create(
        {
            "student_id": student.id,
            "model": student._name,
            "record": student.id,
            "part": "name",
            "offered": json.dumps({"name": "測試"}),
            "changes": json.dumps({"name": [student.name, "測試"]}),
            "file": "students.csv",
            "row": 2,
            "found_at": TODAY,
            "reason": "姓名更正",
            "corrected_by": "註冊組",
        }
    )
    env["mail.mail"].create(
        {
            "subject": "測試",
            "email_to": student.email,
            "state": "exception",
            "failure_type": "mail_email_invalid",
            "failure_reason": "550 User unknown",
        }
    )
    env["ntue.sign.in.limit"].create(
        {
            "key": f"desk {student.id}",
            "purpose": "sign_in",
            "user_id": student.partner_id.user_ids.id,
            "student_id": student.id,
            "failures": 5,
            "last_failure": TODAY,
        }
    )
    env["ntue.audit.run"].with_user(REGISTRAR).create({"program_id": student.program_id.id})
    for owner in (REGISTRAR, user("admin")):  # nobody reads what another began
        pairs = [(row._number(), row) for row in reviewed.with_user(owner)]
        env["ntue.graduation.bulk"].with_user(owner)._prepare("pass_second", pairs)
        invited = [(student.student_no, student.with_user(owner), "")]
        env["ntue.account.batch"].with_user(owner)._prepare("invitation", invited)


def returned(application):
    application.write({"review_reason": "請補勾選", "return_deadline": TODAY + timedelta(days=7)})
    application.action_return()


def own():
    """The records that are looked at, by model; of every other model the first on record is."""
    of_student = [("student_id", "=", STUDENT.id)]
    found = {
        "ntue.curriculum": STUDENT.curriculum_id,
        "ntue.student": STUDENT,
        "ntue.graduation.application": FILED | RETURNED | REVIEWED,
        **{model: env[model].search(of_student) for model in OF_STUDENT},
    }
    return {model: records.ids for model, records in found.items()}


OF_STUDENT = (
    "ntue.audit",
    "ntue.enrollment",
    "ntue.graduation.cap.exception",
    "ntue.graduation.deferral",
    "ntue.graduation.late.permit",
    "ntue.import.conflict",
    "ntue.milestone.evidence",
    "ntue.recognition",
    "ntue.study.plan",
)
STUDENT = env["ntue.student"].browse(named("STUDENTS"))
applications = env["ntue.graduation.application"]
FILED, RETURNED, REVIEWED = (
    applications.browse(named(name)) for name in ("FILED", "RETURNED", "REVIEWED")
)
ASSISTANT = STUDENT.department_id.assistant_ids[:1]
REGISTRAR = user("registrar.continuing")


def everything():
    returned(RETURNED.with_user(ASSISTANT))
    studies(STUDENT)
    grants(STUDENT)
    drafted(STUDENT.program_id)
    upkeep(STUDENT, REVIEWED)
    # Otherwise the client of an administrator lets the server ask Odoo's about the company.
    env["res.company"].search([]).iap_enrich_auto_done = True
    STUDENT._store_audits()  # as the job does that may not have come to it


retrying(everything, env)  # a job of the server may be at the applications
env.cr.commit()
print("\n" + json.dumps(own()))
