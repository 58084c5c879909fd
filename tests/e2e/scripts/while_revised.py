"""Run in Odoo's shell: one publishes a revision, another one enters what belongs to the framework.

Environment: ACT says what is entered (a name of ACTS); FIRST who does it first ("publishing" or
"entering"), and the other one begins before that is committed. Prints what the second was told,
whether they had to wait, and the revisions to which what was entered belongs then, as JSON on the
last line.
"""

import json
import os

from odoo.exceptions import UserError
from two_people import at_once, by

env = env(context={**env.context, "no_reset_password": True})  # noqa: F821
ACT, FIRST = os.environ["ACT"], os.environ["FIRST"]
CODE = f"REV-{ACT}-{FIRST}".upper()
REASON = "Meeting 5"
REGISTRAR, ASSISTANT = "registrar.day", "ta.cs"
STUDENTS = "學號,姓名,課架代碼,入學學年度"
DECISIONS = "學號,學年期,開課號,科目代碼,認列,領域代碼,認列學年期,說明"


def drafted(code, kind):
    """A draft with one area, a subject in it, and a milestone."""
    program = env["ntue.program"].search([("code", "=", "CS-B")])
    head = {"code": code, "kind": kind, "program_id": program.id, "entry_year": 110}
    draft = env["ntue.curriculum"].create({**head, "graduation_credits": 3})
    whose = {"curriculum_id": draft.id}
    area = env["ntue.curriculum.area"].create({**whose, "code": "A", "name": "A"})
    course = env["ntue.course"].create({"code": code, "name": "測試科目"})
    line = {"area_id": area.id, "course_id": course.id, "name": course.name, "credits": 3}
    env["ntue.curriculum.line"].create({**whose, **line, "requirement": "elective"})
    way = {"code": "M", "name": "M", "way": "M", "measure": "hours", "amount": 8}
    env["ntue.curriculum.milestone"].create({**whose, **way})
    return draft


def published(code, kind="main"):
    draft = drafted(code, kind)
    draft._publish(REASON)
    return draft


def student_of(framework):
    """A student with one course, that of the framework."""
    record = env["ntue.student"].create(new_student(framework))
    term = env["ntue.term"].search([("code", "=", "1132")])
    course = framework.line_ids.course_id
    row = {"student_id": record.id, "term_id": term.id, "course_id": course.id, "name": course.name}
    row |= {"offering_no": "0001", "credits": 3, "requirement": "elective", "state": "passed"}
    env["ntue.enrollment"].create({**row, "is_graded": True, "score": 90})
    return record


def new_student(framework, number=""):
    whose = {"curriculum_id": framework.id, "entry_year": 110}
    return {**whose, "student_no": f"{framework.code}{number}", "name": "測試"}


def records_of(model, student):
    return env[model].search([("student_id", "=", student.id)])


def decision():
    """What is entered, and how to find to which framework it belongs."""
    framework = published(CODE)
    student = student_of(framework)
    values = {"student_id": student.id, "kind": "forced", "reason": REASON}
    values |= {"enrollment_id": student.enrollment_ids.id, "area_id": framework.area_ids.id}
    enter = by(env["ntue.recognition"], ASSISTANT, "create", [values])
    return framework, enter, lambda: records_of("ntue.recognition", student).area_id.curriculum_id


def evidence():
    framework = published(CODE)
    student = student_of(framework)
    values = {"student_id": student.id, "milestone_id": framework.milestone_ids.id, "amount": 8}
    model = "ntue.milestone.evidence"
    enter = by(env[model], ASSISTANT, "create", [values])
    return framework, enter, lambda: records_of(model, student).milestone_id.curriculum_id


def newcomer():
    framework = published(CODE)
    enter = by(env["ntue.student"], REGISTRAR, "create", [new_student(framework)])
    return framework, enter, lambda: numbered(CODE).curriculum_id


def moved():
    framework, other = published(CODE), published(f"{CODE}-OLD")
    student = student_of(other)
    values = {"curriculum_id": framework.id, "correction_reason": REASON}
    enter = by(student, REGISTRAR, "write", values)
    return framework, enter, lambda: student.curriculum_id.filtered(lambda one: one.code == CODE)


def further():
    framework, student = published(CODE, "minor"), student_of(published(f"{CODE}-MAIN"))
    values = {"student_id": student.id, "curriculum_id": framework.id}
    model = "ntue.student.programme"
    enter = by(env[model], REGISTRAR, "create", [values])
    return framework, enter, lambda: records_of(model, student).curriculum_id


def imported_newcomer():
    """The first two are made by the models; the third one, of the framework, comes by COPY."""
    framework, other = published(CODE), published(f"{CODE}-OTHER")
    rows = [f"{CODE}{place},測試,{other.code},110" for place in (1, 2)]
    enter = imports(students=[STUDENTS, *rows, f"{CODE}3,測試,{CODE},110"])
    return framework, enter, lambda: numbered(f"{CODE}3").curriculum_id


def imported_decision():
    framework = published(CODE)
    student = student_of(framework)
    row = f"{student.student_no},1132,0001,{CODE},對應,A,1132,{REASON}"
    enter = imports(recognitions=[DECISIONS, row])
    return framework, enter, lambda: records_of("ntue.recognition", student).area_id.curriculum_id


def imported_further():
    framework, student = published(CODE, "minor"), student_of(published(f"{CODE}-MAIN"))
    enter = imports(student_programmes=["學號,課架代碼", f"{student.student_no},{CODE}"])
    return framework, enter, lambda: records_of("ntue.student.programme", student).curriculum_id


def imports(**files):
    """A function of an environment: an import of these files, UserError where it is refused."""
    contents = {f"{name}.csv": "\n".join(lines).encode() for name, lines in files.items()}

    def call(there):
        report = there["ntue.importer"]._import(contents)
        if not report.ok:
            raise UserError("; ".join(str(one.message) for one in report.problems))

    return call


def numbered(number):
    return env["ntue.student"].search([("student_no", "=", number)])


ACTS = (
    decision,
    evidence,
    newcomer,
    moved,
    further,
    imported_newcomer,
    imported_decision,
    imported_further,
)
(act,) = (found for found in ACTS if found.__name__ == ACT)
framework, enter, belongs = act()
publish = by(framework._start_revision(REASON), REGISTRAR, "_publish", REASON)
told = at_once(env, *((publish, enter) if FIRST == "publishing" else (enter, publish)))
told["revisions"] = belongs().mapped("revision")
print("\n" + json.dumps(told, ensure_ascii=False))
