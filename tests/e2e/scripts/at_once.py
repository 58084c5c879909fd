"""Run in Odoo's shell: two people do something in two transactions at once.

Environment: CASE says what; APPLICATION is the number of an application that a case is about.
Prints what the second was told, whether they had to wait, and what there is then, as JSON on the
last line.
"""

import json
import os

from odoo.service.model import retrying
from two_people import at_once, by, user

env = env(context={**env.context, "no_reset_password": True})  # noqa: F821
CURRICULUM = "ntue.curriculum"


def colleague(login):
    """Another assistant of the same departments, made once."""
    first, name = user(env, login), f"{login}.2"
    if not user(env, name):
        second = first.copy({"login": name, "name": name})
        env["ntue.department"].search([("assistant_ids", "in", first.ids)]).assistant_ids += second
    return user(env, name)


def published(code):
    return env[CURRICULUM].search([("code", "=", code), ("state", "=", "published")])


def drafted(code, kind, area, **values):
    """A draft with one area that selects its courses."""
    program = env["ntue.program"].search([("code", "=", "CS-B")])
    head = {"code": code, "kind": kind, "program_id": program.id, "entry_year": 115}
    draft = env[CURRICULUM].create({**head, "graduation_credits": 2, **values})
    env["ntue.curriculum.area"].create(
        {"curriculum_id": draft.id, "code": area, "name": area, "select_domains": area}
    )
    return draft


def published_block(code, area):
    draft = drafted(code, "block", area)
    draft._publish("Sample")
    return draft


def revised(block):
    """The draft of the block's next revision, whose area has another name."""
    draft = block._start_revision("Meeting 5")
    draft.area_ids.name = f"{draft.area_ids.code} anew"
    return draft


def copies():
    """Two copy one framework."""
    source = published("CS-B-112")
    told = at_once(env, by(source, "ta.cs", "copy"), by(source, "registrar.day", "copy"))
    made = env[CURRICULUM].search([("code", "=like", "CS-B-112-COPY%")], order="code")
    sizes = [len(framework.line_ids) for framework in (source, *made)]
    return {**told, "codes": made.mapped("code"), "sizes": sizes}


def blocks():
    """Two publish a revision of a shared block each; one framework has both."""
    both = [published_block(code, area) for code, area in (("ONCE-G", "G"), ("ONCE-H", "H"))]
    own = drafted("ONCE-115", "main", "O", block_ids=[(6, 0, [one.id for one in both])])
    own._publish("Sample")
    first, second = map(revised, both)
    told = at_once(
        env,
        by(first, "registrar.day", "_publish", "Yes"),
        by(second, "registrar.continuing", "_publish", "Yes"),
    )
    now = published("ONCE-115")
    return {
        **told,
        "revision": now.revision,
        "areas": now.area_ids.sorted("code").mapped("name"),
        "blocks": now.block_ids.sorted("code").mapped("revision"),
        "states": [row.state for row in (*both, first, second)],
    }


def taken():
    """One publishes a revision of a shared block that another one puts into a draft."""
    block = published_block("ONCE-T", "T")
    draft, revision = drafted("ONCE-D", "main", "O"), revised(block)
    told = at_once(
        env,
        by(revision, "registrar.day", "_publish", "Yes"),
        by(draft, "ta.cs", "write", {"block_ids": [(4, block.id)]}),
    )
    areas = draft.area_ids.sorted("code").mapped("name")
    return {**told, "blocks": draft.block_ids.mapped("revision"), "areas": areas}


def waivers():
    """Two waive one subject of a student's record."""
    student = env["ntue.student"].browse(int(os.environ["STUDENT"]))
    values = {
        "student_id": student.id,
        "kind": "waived",
        "line_id": student.curriculum_id.line_ids[:1].id,
        "reason": "Meeting 5",
    }
    recognitions = env["ntue.recognition"]
    told = at_once(
        env,
        by(recognitions, "ta.cict", "create", [values]),
        by(recognitions, colleague("ta.cict").login, "create", [values]),
    )
    found = recognitions.search([("student_id", "=", student.id), ("kind", "=", "waived")])
    return {**told, "by": found.author_id.mapped("login"), "count": len(found)}


def imported_waivers():
    """One waives a subject of a student's record, which a file that is being imported waives."""
    student = env["ntue.student"].browse(int(os.environ["STUDENT"]))
    line = student.curriculum_id.line_ids[:1]
    values = {"student_id": student.id, "kind": "waived", "line_id": line.id, "reason": "Meeting 5"}
    row = f"{student.student_no},{line.course_id.code},,Meeting 4"
    file = {"student_waivers.csv": f"學號,科目代碼,認列學年期,說明\n{row}".encode()}
    acts = [
        by(env["ntue.recognition"], "ta.cict", "create", [values]),
        lambda there: there["ntue.importer"]._import(file),
    ]
    told = at_once(env, *(reversed(acts) if os.environ["FIRST"] == "import" else acts))
    domain = [("student_id", "=", student.id), ("kind", "=", "waived")]
    return {**told, "reasons": env["ntue.recognition"].search(domain).mapped("reason")}


def saved_profile():
    """A student's record is written while a file waives a subject of it."""
    student = env["ntue.student"].browse(int(os.environ["STUDENT"]))
    line, tries = student.curriculum_id.line_ids[:1], []
    row = f"{student.student_no},{line.course_id.code},,Meeting 4"
    file = {"student_waivers.csv": f"學號,科目代碼,認列學年期,說明\n{row}".encode()}

    def importing(there):
        tries.append(1)
        there["ntue.importer"]._import(file)

    told = at_once(
        env, lambda there: there[student._name].browse(student.id).write({"phone": "1"}), importing
    )
    domain = [("student_id", "=", student.id), ("kind", "=", "waived")]
    return {
        **told,
        "tries": len(tries),
        "reasons": env["ntue.recognition"].search(domain).mapped("reason"),
    }


def exceptions():
    """Two except one subject of an application."""
    application = env["ntue.graduation.application"].browse(int(os.environ["APPLICATION"]))
    line = application.student_id.curriculum_id.line_ids[:1]
    values = {"application_id": application.id, "kind": "waived", "line_id": line.id}
    values["reason"] = "Meeting 5"
    granted = env["ntue.graduation.exception"]
    told = at_once(
        env,
        by(granted, "ta.cict", "create", [values]),
        by(granted, colleague("ta.cict").login, "create", [values]),
    )
    events = application.event_ids.mapped("action").count("except")
    found = application.exception_ids
    return {**told, "by": found.author_id.mapped("login"), "count": len(found), "events": events}


def closing():
    """One closes the diploma list while another one takes a completion on it back."""
    application = env["ntue.graduation.application"].browse(int(os.environ["APPLICATION"]))
    registrar = "registrar.continuing"
    retrying(
        application.with_user(user(env, registrar)).action_complete, env
    )  # a cron may be at it
    told = at_once(
        env,
        by(application.window_id, registrar, "action_close_diploma_list"),
        by(application, registrar, "action_take_back", "Mistaken"),
    )
    return {**told, "state": application.state, "actions": application.event_ids.mapped("action")}


def completing():
    """One completes an application while another one closes the diploma list."""
    application = env["ntue.graduation.application"].browse(int(os.environ["APPLICATION"]))
    window, registrar = application.window_id, "registrar.continuing"
    told = at_once(
        env,
        by(application, registrar, "action_complete"),
        by(window, registrar, "action_close_diploma_list"),
    )
    is_on_it = application.completed_at <= window.diploma_closed_at
    return {**told, "state": application.state, "is_on_it": is_on_it}


def deferring():
    """One completes an application while another one enters a deferral from a paper form."""
    application = env["ntue.graduation.application"].browse(int(os.environ["APPLICATION"]))
    student, registrar = application.student_id, "registrar.continuing"
    student.program_id.deferral_year = 0
    paper = {"student_id": student.id, "term_id": application.term_id.id, "reason": "Thesis"}
    told = at_once(
        env,
        by(application, registrar, "action_complete"),
        by(env["ntue.graduation.deferral"], registrar, "create", [paper]),
    )
    deferred = env["ntue.graduation.deferral"].search([("student_id", "=", student.id)])
    return {**told, "state": application.state, "deferred": deferred.ids}


def audits():
    """One stores a student's audit while another one withdraws the only course of the student."""
    student = env["ntue.student"].browse(int(os.environ["STUDENT"]))
    course = student.enrollment_ids[:1]
    env["ntue.audit"]._outdate(student)
    told = at_once(
        env,
        lambda there: there[student._name].browse(student.id)._store_audits(),
        lambda there: there[course._name].browse(course.id).write({"state": "withdrawn"}),
    )
    env["ntue.audit"]._make_due()
    audit = student.audit_ids
    return {**told, "freshness": audit.freshness, "earned": audit.earned}


CASES = (
    copies,
    blocks,
    taken,
    waivers,
    imported_waivers,
    saved_profile,
    exceptions,
    closing,
    completing,
    deferring,
    audits,
)
(case,) = (found for found in CASES if found.__name__ == os.environ["CASE"])
print("\n" + json.dumps(case(), ensure_ascii=False))
