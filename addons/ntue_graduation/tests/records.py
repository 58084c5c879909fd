"""The records of the access table that are at the several steps of an application."""

from dataclasses import replace

from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import Row

from .common import Way, window


def applications(case):
    """``student`` has submitted, ``fellow`` keeps a draft, another has one returned."""
    curriculum_records.people(case)
    window(case.school, division="day")
    case.corrected = case.new_student("210941005", "退回學生")
    case.submitted = Way(case, case.student).submitted()
    case.draft_way = Way(case, case.fellow).drafted()
    case.returned = Way(case, case.corrected).submitted()
    case.returned.exception = excepted(case.returned, case.assistant)
    case.returned.send_back()
    case.elsewhere = Way(case, case.stranger).submitted()
    case.by_day = Way(case, case.undergraduate).submitted()


def rows(case):
    """Title to ``Row`` for every model of ntue_graduation."""
    return {
        **_windows(case),
        **_applications(case),
        **_kept(case),
        **_exceptions(case),
        **_raised(case),
        **_desks(case),
        **_wizard(case),
        **_deferrals(case),
        **_numbers(case),
        **_rosters(case),
    }


def waiver(way, code="SRD011"):
    """Values of an exception for ``way``: a subject of the student's framework, waived."""
    lines = way.student.curriculum_id.line_ids
    line = lines.filtered(lambda row: row.course_id.code == code)
    reason = "Passed elsewhere"
    return {
        "application_id": way.record.id,
        "kind": "waived",
        "line_id": line.id,
        "reason": reason,
    }


def excepted(way, assistant):
    """An exception that ``assistant`` grants."""
    model = way.case.env["ntue.graduation.exception"]
    return model.with_user(assistant).create(waiver(way)).with_env(way.case.env)


def _exceptions(case):
    change = {"reason": "Changed"}
    found = {}
    for title, way, assistant in (
        ("submitted", case.submitted, case.assistant),
        ("returned", case.returned, None),
        ("other department", case.elsewhere, case.other_assistant),
        ("day division", case.by_day, case.assistant),
    ):
        record = excepted(way, assistant) if assistant else way.exception
        found[f"exception of {title}"] = Row(record, change, lambda way=way: waiver(way, "SRD001"))
    return found


def _raised(case):
    """Limits raised for one student each, by the assistant of the department."""
    found = {}
    for title, student, granter in (
        ("", case.student, case.assistant),
        (" of other department", case.stranger, case.other_assistant),
        (" of day division", case.undergraduate, case.assistant),
    ):
        rules = student.curriculum_id.flexible_rule_ids.filtered("has_limit")
        new = {
            "student_id": student.id,
            "rule_id": rules[0].id,
            "limit": 9,
            "reason": "By the department's meeting",
        }
        model = case.env["ntue.graduation.cap.exception"].with_user(granter)
        record = model.create({**new, "term_id": case.terms["1141"].id}).with_env(case.env)
        again = {**new, "term_id": case.terms["1132"].id}
        found[f"raised limit{title}"] = Row(
            record, {"revoke_reason": "Mistaken"}, lambda new=again: new
        )
    return found


def _desks(case):
    """What a registrar looks at for many, and the two small windows of the desks."""
    env, record = case.env, case.submitted.record
    many = env["ntue.graduation.bulk"].with_user(case.registrar)
    bulk = many._prepare("pass_second", [(record._number(), record.with_env(many.env))])
    new_line = {"bulk_id": bulk.id, "number": "1", "verdict": "ready"}
    scan = env["ntue.graduation.scan"].with_user(case.assistant)
    scan = scan.create({"number": record._number()})
    completion = env["ntue.graduation.completion"].with_user(case.registrar)
    completion = completion.create({"numbers": case.student.student_no})
    back = env["ntue.graduation.take.back"].with_user(case.registrar)
    values = {"chosen": str(record.id), "reason": "Mistaken"}
    back = back.create(values)
    return {
        "take back wizard": Row(back, {"reason": "Other"}, lambda: values),
        "step for many": Row(
            bulk.with_env(env),
            {"state": "done"},
            lambda: {"kind": "complete", "requested_by_id": case.registrar.id},
        ),
        "step for many, row": Row(
            bulk.line_ids.with_env(env), {"verdict": "ready"}, lambda: new_line
        ),
        "scan wizard": Row(scan, {"number": "1"}, lambda: {"number": "2"}),
        "completion wizard": Row(completion, {"numbers": "1"}, lambda: {"numbers": "2"}),
    }


def _windows(case):
    dates = {"date_open": "2025-03-01", "date_close": "2025-03-31", "date_leave": "2025-07-31"}
    found = {}
    for title, division, kind in (
        ("continuing", "continuing", False),
        ("day", "day", False),
        ("of another kind", "continuing", "weekend"),
    ):
        new = {"term_id": case.terms["1132"].id, "division": division, "kind": kind, **dates}
        spare = case.env["ntue.graduation.window"].create({**new, "term_id": case.terms["1131"].id})
        row = {"window_id": spare.id, "basis": "leave", "item": "Rehearsal"}
        found[f"window {title}"] = Row(spare, {"contact_phone": "82203"}, lambda new=new: new)
        found[f"schedule {title}"] = Row(
            spare.schedule_ids[0], {"remark": "Changed"}, lambda row=row: row
        )
    return {
        **found,
        **_window_wizard(case),
        **_mail_preview(case),
        **_permits(case),
        **_reminders(case),
    }


def _window_wizard(case):
    """Made by the registrar of the division; a wizard is nobody else's business."""
    window_id = case.submitted.record.window_id.id
    new = {"window_id": window_id, "term_id": case.terms["1132"].id}
    record = case.env["ntue.graduation.window.copy"].with_user(case.registrar).create(new)
    longer = {"window_id": window_id, "date_close": "2025-11-24", "reason": "Down"}
    extend = case.env["ntue.graduation.window.extend"].with_user(case.registrar).create(longer)
    return {
        "window wizard": Row(record, {"date_open": "2025-03-02"}, lambda: new),
        "extension wizard": Row(extend, {"reason": "Other"}, lambda: longer),
    }


def _mail_preview(case):
    """A registrar's own, of a student of the division."""
    new = {
        "template_id": case.env.ref("ntue_graduation.mail_returned").id,
        "application_id": case.submitted.record.id,
    }
    record = case.env["ntue.graduation.mail.preview"].with_user(case.registrar).create(new)
    return {"mail preview": Row(record, {"application_id": False}, lambda: new)}


def _permits(case):
    """Granted by the superuser's hand for the table; the term's own window is still open."""
    found = {}
    for title, student, other, granter in (
        ("", case.student, case.fellow, case.assistant),
        (" of other department", case.stranger, None, case.other_assistant),
        (" of day division", case.undergraduate, None, case.registrar_day),
    ):
        new = {"term_id": case.terms["1141"].id, "reason": "Ill", "date_end": "2025-12-31"}
        record = (
            case.env["ntue.graduation.late.permit"]
            .with_user(granter)
            .create({**new, "student_id": student.id})
        )
        again = {**new, "student_id": (other or student).id, "date_end": "2025-12-30"}
        found[f"late permit{title}"] = Row(
            record.with_env(case.env),
            {"revoke_reason": "Well"},
            lambda new=again, held=record, other=other: _afresh(new, held, other),
        )
    return found


def _afresh(new, held, other):
    """Values of a permit for anyone who holds none."""
    if not other:
        held.sudo()._set({"revoked_at": "2025-11-10 04:00:00"})
    return new


def _reminders(case):
    new = {
        "student_id": case.fellow.id,
        "term_id": case.terms["1141"].id,
        "kind": "closing",
        "day": "2025-11-18",
    }
    record = case.env["ntue.graduation.reminder"].create(new)
    return {"reminder": Row(record, {"day": "2025-11-19"}, lambda: {**new, "kind": "paper"})}


def _applications(case):
    ways = {
        "application, draft": (case.draft_way, {"shortfall_acknowledged": True}),
        "application, returned": (case.returned, {"shortfall_acknowledged": True}),
        "application, submitted": (case.submitted, {"review_reason": "Late"}),
        "application, submitted, other department": (case.elsewhere, {"review_reason": "Late"}),
        "application, submitted, day division": (case.by_day, {"review_reason": "Late"}),
    }
    found = {
        title: Row(way.record, write, lambda way=way: {"student_id": way.student.id})
        for title, (way, write) in ways.items()
    }
    draft = found["application, draft"]
    return {**found, "application, draft": replace(draft, make=lambda: _again(case.draft_way))}


def _again(way):
    """Discard the draft, so that one like it may be started."""
    way.record.unlink()
    return {"student_id": way.student.id}


def _kept(case):
    """Frozen rows and events; nobody makes one by hand."""
    found = {}
    for title, way in {
        "submitted": case.submitted,
        "returned": case.returned,
        "other department": case.elsewhere,
        "day division": case.by_day,
    }.items():
        owner = {"application_id": way.record.id}
        row = way.record.line_ids.filtered(lambda line: line.offering_no == "0733")
        spare = school_of.enrol(case.school, way.student, "1102", "0999", "X999", "新課程", 2, 80)
        new_row = {**owner, "enrollment_id": spare.id, "name": "New"}
        new_event = {**owner, "action": "complete", "user_id": case.registrar.id}
        found[f"row of {title}"] = Row(row, {"decision": "accepted"}, lambda new=new_row: new)
        found[f"event of {title}"] = Row(
            way.record.event_ids[0], {"reason": "Changed"}, lambda new=new_event: new
        )
        place, said = way.record.correspondence_ids, {**owner, "student_id": way.student.id}
        found[f"messages of {title}"] = Row(place, said, lambda said=said: said)
    return found


def _wizard(case):
    """Made by the assistant; a wizard is nobody else's business, and a draft nobody's."""
    new = {"application_id": case.submitted.record.id, "action": "return", "reason": "Wrong"}
    record = case.env["ntue.graduation.reason"].with_user(case.assistant).create(new)
    on_draft = {**new, "application_id": case.draft_way.record.id}
    return {
        "reason wizard": Row(record, {"reason": "Other"}, lambda: new),
        "reason wizard on a draft": Row(
            record, {"application_id": on_draft["application_id"]}, lambda: on_draft
        ),
    }


def _deferrals(case):
    """Logged from paper; another one is possible once the first is revoked."""
    found = {}
    for title, student in {
        "own": case.student,
        "other department": case.stranger,
        "day division": case.undergraduate,
    }.items():
        new = {"student_id": student.id, "term_id": case.terms["1141"].id, "reason": "Thesis"}
        record = case.env["ntue.graduation.deferral"].create(new)
        found[f"deferral, {title}"] = Row(
            record,
            {"revoke_reason": "Mistaken"},
            lambda record=record, new=new: _revoked(record) and new,
        )
    return found


def _revoked(record):
    return record.write({"revoke_reason": "Mistaken"})


def _numbers(case):
    """Rows made by the database of the applications above; nobody writes one."""
    case.env.flush_all()
    found = {}
    for title, way in {
        "own department": case.submitted,
        "other department": case.elsewhere,
        "day division": case.by_day,
    }.items():
        record = case.env["ntue.graduation.statistics"].browse(way.record.id)
        found[f"statistics, {title}"] = Row(record, {"applied": 2})
    record = case.env["ntue.graduation.overview"].search(
        [("department_id", "=", case.cict.id), ("division", "=", "continuing")]
    )
    found["overview, other department"] = Row(record, {"applied": 2})
    record = case.env["ntue.graduation.with.student"].browse(case.returned.record.id)
    return {**found, "with the student": Row(record, {"reason": "Other"})}


def _rosters(case):
    new = {"kind": "roster", "term_id": case.terms["1141"].id}
    record = case.env["ntue.graduation.roster"].with_user(case.assistant).create(new)
    return {"roster wizard": Row(record, {"stand": "completed"}, lambda: new)}
