"""Run in Odoo's shell: students of a program of their own who lack nothing, and their slips.

Environment: FIRST and COUNT say which; STAND how far each application is (a key of STANDS);
PROGRAM is like which program theirs is, a day program unless it is given, and CODE the code of
their framework, for a test that revises it. With OUTSIDE each also ticks two courses of other
departments with long names, and the first of them is refused for a long reason; with UNTOLD nobody
is mailed. Prints the numbers of the applications' records as JSON on the last line; those of the
students' where none has applied yet ("may_apply").
"""

import json
import os
from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.ntue_curriculum.clock import taipei_today

FIRST, COUNT = int(os.environ["FIRST"]), int(os.environ["COUNT"])
DAY = "CS-B"
PROGRAM = os.environ.get("PROGRAM", DAY)
CODE = os.environ.get("CODE") or ("CLEAN" if PROGRAM == DAY else f"CLEAN-{PROGRAM}")
PAPER = (("assistant", "write", {"paper_received_on": taipei_today()}),)
ASKED = ("assistant", "action_ask_supplement", "測試補件", taipei_today() + timedelta(days=7))
FIRST_PASSED = (*PAPER, ("assistant", "write", {"first_review": "passed"}))
STANDS = {
    "submitted": (),
    "paper": PAPER,
    "supplement": (*PAPER, ASKED),
    "first_passed": FIRST_PASSED,
    "second_passed": (*FIRST_PASSED, ("registrar", "write", {"second_review": "passed"})),
}
"""Where an application may be: the steps to there, by whom.

They are written as their buttons write them. A button answers what is next in the list besides, for
which it looks at all that wait, and nobody reads that answer here.
"""

env = env(context={**env.context, "lang": "zh_TW", "no_reset_password": True})  # noqa: F821


def user(login):
    return env["res.users"].search([("login", "=", login)])


def framework():
    """One subject, passed by everybody; made once."""
    found = env["ntue.curriculum"].search([("code", "=", CODE)])
    if found:
        return found
    like = env["ntue.program"].search([("code", "=", PROGRAM)])
    program = like.copy({"code": CODE, "name": f"測試{PROGRAM}", "min_enrolled_terms": 0})
    draft = env["ntue.curriculum"].create(
        {
            "code": CODE,
            "program_id": program.id,
            "entry_year": 110,
            "graduation_credits": 3,
        }
    )
    subject = env["ntue.course"].create({"code": f"{CODE}1", "name": "測試科目"})
    env["ntue.curriculum.line"].create(
        {
            "curriculum_id": draft.id,
            "course_id": subject.id,
            "name": subject.name,
            "credits": 3,
            "requirement": "required",
        }
    )
    draft.action_publish()
    return draft


def accounts(numbers):
    portal = env.ref("base.group_portal").ids
    return env["res.users"].create(
        [
            {
                "login": f"clean{number}",
                "name": f"測試{number}",
                "group_ids": [(6, 0, portal)],
            }
            for number in numbers
        ]
    )


def students(numbers, users):
    return env["ntue.student"].create(
        [
            {
                "student_no": f"7{number:08d}",
                "name": user.name,
                "english_name": "TEST, STUDENT",
                "email": f"clean{number}@example.com",
                "mobile": "0900-000-000",
                "curriculum_id": FRAMEWORK.id,
                "entry_year": 110,
                "partner_id": user.partner_id.id,
                "term_ids": [
                    (0, 0, {"term_id": term.id, "status": "enrolled"}) for term in (BEFORE, NOW)
                ],
            }
            for number, user in zip(numbers, users, strict=True)
        ]
    )


def pass_the_subject(records):
    env["ntue.enrollment"].create(
        [
            {
                "student_id": record.id,
                "term_id": BEFORE.id,
                "offering_no": "0001",
                "course_id": FRAMEWORK.line_ids.course_id.id,
                "name": FRAMEWORK.line_ids.name,
                "credits": 3,
                "requirement": "required",
                "offering_department_id": FRAMEWORK.department_id.id,
                "is_graded": True,
                "score": 90,
                "grade_locked": True,
                "state": "passed",
            }
            for record in records
        ]
    )


def pass_elsewhere(records):
    """Two courses of another department, with names as long as they come."""
    other = env["ntue.department"].search([("id", "!=", FRAMEWORK.department_id.id)], limit=1)
    subjects = env["ntue.course"].create(
        [{"code": f"ELSE{FIRST}-{place}", "name": LONG_NAME} for place in (1, 2)]
    )
    return env["ntue.enrollment"].create(
        [
            {
                "student_id": record.id,
                "term_id": BEFORE.id,
                "offering_no": f"000{place}",
                "course_id": subject.id,
                "name": subject.name,
                "credits": 2.5,
                "requirement": "elective",
                "offering_department_id": other.id,
                "is_graded": True,
                "score": 87,
                "grade_locked": True,
                "state": "passed",
            }
            for record in records
            for place, subject in enumerate(subjects, start=2)
        ]
    )


def refuse_one(application):
    row = application.outside_line_ids[:1].with_user(user("ta.cs"))
    row.write({"decision": "refused", "decision_reason": LONG_REASON})


def apply(record, account):
    model = env["ntue.graduation.application"].with_user(account)
    application = model.create({"student_id": record.id})
    ticks = ELSEWHERE.filtered(lambda row: row.student_id == record)
    application.write({"tick_ids": [(6, 0, ticks.ids)]})
    application.action_submit()
    if ticks:
        refuse_one(application)
    for who, step, *given in STANDS[os.environ["STAND"]]:
        getattr(application.with_user(REVIEWERS[who]), step)(*given)
    return application.id


def telling():
    """With UNTOLD no step is told by mail, which takes half as long as the step."""
    if not os.environ.get("UNTOLD"):
        return nullcontext()
    model = type(env["ntue.graduation.application"])
    return patch.object(model, "_tell_student", lambda *_args, **_kwargs: None)


LONG_NAME = "跨領域人工智慧與永續發展教育專題研究暨實作工作坊（一）"
LONG_REASON = "與本系必修科目內容重複，且授課大綱未達碩士班程度，經系課程會議決議不予採計。"
FRAMEWORK = framework()
REVIEWERS = {
    "assistant": FRAMEWORK.department_id.assistant_ids[:1],
    "registrar": user(f"registrar.{FRAMEWORK.program_id.division}"),
}
BEFORE, NOW = (env["ntue.term"].search([("code", "=", code)]) for code in ("1132", "1141"))
NUMBERS = range(FIRST, FIRST + COUNT)
users = accounts(NUMBERS)
records = students(NUMBERS, users)
pass_the_subject(records)
ELSEWHERE = env["ntue.enrollment"]
if os.environ.get("OUTSIDE"):
    ELSEWHERE = pass_elsewhere(records)
if os.environ["STAND"] == "may_apply":
    made = records.ids
else:
    # Each by itself: what is read of one would be read of all of them, again after every step.
    both = zip(records, users, strict=True)
    alone = [(record.with_prefetch(), user.with_prefetch()) for record, user in both]
    with telling():
        made = [apply(record, user) for record, user in alone]
env.cr.commit()
print("\n" + json.dumps(made))
