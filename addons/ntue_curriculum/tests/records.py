"""The records that the access table asks about: ours, another department's and division's."""

from . import papers
from . import school as school_of
from .access import Row


def people(case):
    """The students of the table; ``student`` and ``fellow`` are roles of it too."""
    new = case.new_student
    case.student = new("210941001", "王大明")
    case.fellow = new("210941002", "同系同學")
    case.stranger = new("210943003", "他系學生", of_framework=case.cict_framework)
    case.undergraduate = new("110941004", "日間學生", of_framework=case.day_framework)


def drafts(case):
    """A draft framework of each department, and one that a revision has replaced."""
    case.archived = case.framework
    for made in (case.framework, case.day_framework, case.cict_framework):
        _rule_across(made)
        _asked_beside_courses(made)
    case.framework = school_of.publish(case.archived._start_revision("Meeting 1"))
    case.draft = school_of.framework(case.school, "SRD-E-114", case.program, 114)
    case.cict_draft = school_of.framework(case.school, "CICT-W-114", case.cict_program, 114)
    case.minors = [
        school_of.minor(case.school, code, case.program) for code in ("SRD-M-109", "SRD-N-109")
    ]
    for made in (case.draft, case.cict_draft):
        _rule_across(made)
        _asked_beside_courses(made)


def block(case):
    """A shared block of the other department, published, and a draft of its next revision."""
    made = school_of.block(case.school, case.cict_program)
    area = {"curriculum_id": made.id, "code": "G", "name": "通識"}
    line = {"curriculum_id": made.id, "course_id": case.courses["CICT101"].id, "name": "導論"}
    case.env["ntue.curriculum.line"].create(
        {**line, "credits": 3, "area_id": case.env["ntue.curriculum.area"].create(area).id}
    )
    made.flexible_rule_ids = [(0, 0, {"origin": "off_campus", "limit": 3})]
    _rule_across(made)
    _asked_beside_courses(made)
    made._publish("Sample")
    case.block, case.block_draft = made, made._start_revision("Meeting 1")


def block_rows(case):
    """Title to ``Row`` for the records of ``block``: every department may have it (A54)."""
    found = {}
    for title, record in (
        ("block, other department", case.block),
        ("block draft", case.block_draft),
    ):
        new = {"code": "NEW-113", "kind": "block", "program_id": case.cict_program.id}
        new |= {"entry_year": 113, "graduation_credits": 2}
        found[title] = Row(record, {"class_name": "Changed"}, lambda new=new: new)
        found.update(_parts(case, f"of {title}", record))
    return found


def _rule_across(framework):
    """A rule across the areas of ``framework`` that lets everything count."""
    state = framework.state
    framework._set({"state": "draft"})
    framework.env["ntue.counting.rule"].create(
        {"curriculum_id": framework.id, "code": "ALL", "name": "All", "min_courses": 1}
    )
    framework._set({"state": state})


def _asked_beside_courses(framework):
    """A milestone that no student of the table is asked for, and where that is written."""
    way = school_of.milestone(framework, student_kinds="外國學生")
    state = framework.state
    framework._set({"state": "draft"})
    way.env["ntue.curriculum.source"].create({"curriculum_id": framework.id, "title": "學則"})
    framework._set({"state": state})


def rows(case):
    """Title to ``Row`` for every model of ntue_curriculum."""
    return {
        **_plain(case),
        **_frameworks(case),
        **_student_data(case),
        **_audits(case),
        **_wizards(case),
        **_imports(case),
        **_upkeep(case),
        **_changes(case),
        **_keeping(case),
    }


def _plain(case):
    """Records that nothing refers to, so that the right to delete them shows."""
    name = {"name": "Changed"}
    made = {
        "term": (
            {"code": "1142"},
            {"date_end": "2026-07-31", "change_reason": "Calendar of the senate"},
            {"code": "1151"},
        ),
        "department": ({"code": "D8", "name": "Old"}, name, {"code": "D9", "name": "New"}),
        "program": (_program(case, "P8"), name, _program(case, "P9")),
        "course": ({"code": "C8", "name": "Old"}, name, {"code": "C9", "name": "New"}),
    }
    return {
        title: Row(case.env[f"ntue.{title}"].create(old), write, lambda new=new: new)
        for title, (old, write, new) in made.items()
    }


def _program(case, code):
    return {
        "code": code,
        "name": "Program",
        "department_id": case.srd.id,
        "division": "continuing",
        "kind": "evening",
        "degree": "master",
    }


def _frameworks(case):
    frameworks = {
        "archived": case.archived,
        "published": case.framework,
        "published, other department": case.cict_framework,
        "draft": case.draft,
        "draft, other department": case.cict_draft,
    }
    found = {}
    for title, record in frameworks.items():
        new = {
            "code": "NEW-113",
            "program_id": record.program_id.id,
            "entry_year": 113,
            "graduation_credits": 30,
        }
        found[f"framework {title}"] = Row(record, {"class_name": "Changed"}, lambda new=new: new)
        found.update(_parts(case, title, record))
    return found


def _parts(case, title, record):
    owner = {"curriculum_id": record.id}
    area = {**owner, "code": "Z", "name": "New"}
    line = {**owner, "course_id": case.courses["CICT101"].id, "name": "New", "credits": 3}
    rule = {**owner, "origin": "other_department", "limit": 1}
    across = {**owner, "code": "NEW", "name": "New", "min_courses": 1}
    way = {**owner, "code": "SRV", "name": "New", "way": "Hours", "measure": "hours", "amount": 8}
    source = {**owner, "title": "New"}
    return {
        f"area {title}": Row(record.area_ids[0], {"min_credits": 5}, lambda: area),
        f"line {title}": Row(record.line_ids[0], {"credits": 2}, lambda: line),
        f"rule {title}": Row(record.flexible_rule_ids[0], {"limit": 5}, lambda: rule),
        f"across {title}": Row(record.counting_rule_ids[0], {"min_courses": 2}, lambda: across),
        f"milestone {title}": Row(record.milestone_ids[0], {"amount": 5}, lambda: way),
        f"source {title}": Row(record.source_ids[0], {"title": "Changed"}, lambda: source),
    }


def _student_data(case):
    found = {}
    for title, record in {
        "own": case.student,
        "of another department": case.stranger,
        "of the day division": case.undergraduate,
    }.items():
        found[f"student {title}"] = _student_row(record)
        found[f"profile {title}"] = Row(record, {"mobile": "0911-111-111"})
        found.update(_profile_rows(title, record))
        found.update(_taken_rows(case, title, record))
        found.update(_said_rows(title, record))
    return found


def _said_rows(title, record):
    """What is in the register of the student, and where staff write about the student."""
    place = record.correspondence_ids
    entry = {"model": record._name, "record": record.id, "student_id": record.id}
    return {
        f"register {title}": Row(
            record.register_ids[0],
            {"reason": "Changed"},
            lambda: {**entry, "action": "changed", "label": "Forged"},
        ),
        f"failed mail {title}": Row(failed_mail(place), {"address": "x@example.com"}, dict),
        f"messages {title}": Row(
            place, {"student_id": record.id}, lambda: {"student_id": record.id}
        ),
    }


def failed_mail(place, failure="mail_bounce"):
    """A mail to the student of a correspondence that came back, as the list has it."""
    place = place.sudo()
    message = place.message_notify(body="Said", partner_ids=place.student_id.partner_id.ids)
    notification = message.notification_ids[:1]
    notification.write({"notification_status": "exception", "failure_type": failure})
    notification.flush_recordset()
    return place.env["ntue.failed.mail"].browse(notification.id)


def _student_row(record):
    """As staff correct it, with a reason; a student needs none and may give none."""
    new = {
        "student_no": "210999999",
        "name": "New",
        "curriculum_id": record.curriculum_id.id,
        "entry_year": 109,
    }
    return Row(record, {"mobile": "0911-111-111", "correction_reason": "Asked"}, lambda: new)


def _profile_rows(title, record):
    """The copy of the passport, and the line of the history that tells of it."""
    copy = papers.upload(record)
    copy.invalidate_recordset(["content"])
    copy.mapped("content")  # looking at it leaves an entry
    new_opening = {"student_id": record.id, "user_id": record.env.uid, "role": "system"}
    new_copy = {"student_id": record.id, "content": papers.sent(papers.picture())}
    new_line = {"student_id": record.id, "field": "email", "old": "a", "new": "b"}
    return {
        f"passport copy {title}": Row(copy, {"purge_on": "2099-01-01"}, lambda: new_copy),
        f"change {title}": Row(record.change_ids[0], {"new": "Changed"}, lambda: new_line),
        f"opening {title}": Row(
            record.passport_opening_ids[0], {"role": "owner"}, lambda: new_opening
        ),
    }


def _taken_rows(case, title, record):
    owner = {"student_id": record.id}
    because = {"correction_reason": "Wrong in the old system"}
    term = record.term_ids[0]
    row = school_of.enrolment(record, "0733")
    decision = case.env["ntue.recognition"].create(
        {**owner, "enrollment_id": row.id, "kind": "prior_approval"}
    )
    new_term = {**owner, "term_id": case.terms["1081"].id}
    new_row = {**new_term, "course_id": case.courses["X812"].id, "name": "New", "credits": 2}
    way = record.curriculum_id.milestone_ids[0]
    shown = school_of.evidence(record, way, amount=500)
    new_evidence = {**owner, "milestone_id": way.id, "amount": 700}
    new_decision = {**owner, "enrollment_id": row.id, "kind": "refused", "reason": "Too far"}
    return {
        **_plan_rows(title, record),
        f"term of student {title}": Row(term, {"status": "leave", **because}, lambda: new_term),
        f"enrolment {title}": Row(row, {"score": 99, **because}, lambda: new_row),
        f"recognition {title}": Row(decision, {"reason": "Changed"}, lambda: new_decision),
        f"program {title}": _programme_row(case, record),
        f"evidence {title}": Row(shown, {"verdict": "accepted"}, lambda: new_evidence),
        f"conflict {title}": _conflict_row(case, row),
    }


def _programme_row(case, record):
    """A further program of the student, and another one."""
    first, second = case.minors
    owner = {"student_id": record.id}
    kept = case.env["ntue.student.programme"].create({**owner, "curriculum_id": first.id})
    new = {**owner, "curriculum_id": second.id}
    return Row(kept, {"curriculum_id": second.id}, lambda: new)


def _conflict_row(case, enrollment):
    """What an import left to decide: a score that staff had corrected."""
    values = {
        "student_id": enrollment.student_id.id,
        "model": enrollment._name,
        "record": enrollment.id,
        "part": "result",
        "offered": '{"score": 61.5}',
        "changes": '{"score": [90, 61.5]}',
        "found_at": "2026-01-01 00:00:00",
        "decision_reason": "The list of the teacher",
    }
    conflict = case.env["ntue.import.conflict"].create(values)
    return Row(conflict, {"decision_reason": "Other words"}, lambda: values)


def _plan_rows(title, record):
    """A plan that the student has shared, and one that she keeps to herself."""
    own = record.env["ntue.study.plan"].with_user(school_of.account_of(record))
    new = {"student_id": record.id, "name": "New", "framework_code": record.curriculum_id.code}
    shared, kept = own.create([{**new, "is_shared": True}, new])
    return {
        f"shared plan {title}": Row(shared.sudo(False), {"name": "Changed"}, lambda: new),
        f"plan {title}": Row(kept, {"name": "Changed"}, lambda: new),
    }


def _audits(case):
    """What crons work on; a registrar may ask for audits to be made again."""
    students = case.student | case.stranger | case.undergraduate
    students._store_audits()
    found = {
        f"audit {title}": Row(record.audit_ids, {"taken": 99}, lambda: {"taken": 99})
        for title, record in zip(
            ("own", "of another department", "of the day division"), students, strict=True
        )
    }
    run = case.env["ntue.audit.run"].create({"program_id": case.program.id})
    due = {"student_id": case.student.id}
    new = {"program_id": case.program.id}
    asked = {"login": "nobody"}
    paper = {
        "drawn_from": "hash",
        "model": "ntue.student",
        "record": case.student.id,
        "made_on": "2025-11-10",
        "content": "JVBERg==",
    }
    return {
        **found,
        "audit that is due": Row(case.env["ntue.audit.due"].create(due), due, lambda: due),
        "audit run": Row(run, {"state": "done"}, lambda: new),
        "password request": Row(
            case.env["ntue.password.request"].create(asked), {"login": "other"}, lambda: asked
        ),
        "printed paper": Row(
            case.env["ntue.kept.paper"].create(paper), {"record": 0}, lambda: paper
        ),
    }


def _wizards(case):
    """Each made by one role: a wizard is nobody else's business."""
    ask = {"curriculum_id": case.framework.id, "reason": "Meeting 3"}
    revise = case.env["ntue.curriculum.revise"].with_user(case.registrar).create(ask)
    files = case.env["ntue.import.wizard"].with_user(case.operator).create({})
    files.file_ids = files.env["ir.attachment"].create(
        {
            "name": "terms.csv",
            "raw": "學年期,開始日,結束日\n1151,115-08-01,116-01-31\n".encode(),
            "res_model": files._name,
            "res_id": files.id,
        }
    )
    tables = case.env["ntue.export.wizard"].with_user(case.assistant).create({})
    owner = {"wizard_id": files.id}
    bad = {**owner, "severity": "error", "message": "Bad"}
    return {
        "revise wizard": Row(revise, {"reason": "Meeting 4"}, lambda: ask),
        "import wizard": Row(files, {"revision_reason": "Meeting 4"}, dict),
        "export wizard": Row(tables, {"table": "terms"}, dict),
        "import problem": Row(
            files.env["ntue.import.problem"].create(bad), {"message": "Worse"}, lambda: bad
        ),
    }


def _imports(case):
    """What is kept of an import: its record and one of its files."""
    imports = case.env["ntue.import"]
    record = imports._begin("shell", {"terms.csv": "學年期,開始日,結束日".encode()}, {})
    new = {"user_id": case.operator.id, "way": "shell", "started_at": "2026-01-01 00:00:00"}
    new_file = {"import_id": record.id, "name": "forged.csv", "sha256": "0" * 64}
    mine = case.env["ntue.import.mapping"].with_user(case.operator)
    mapping = mine.create({"name": "Student system"})
    line = {"mapping_id": mapping.id, "table": "terms", "title": "學期別"}
    return {
        "import mapping": Row(mapping, {"name": "Changed"}, lambda: {"name": "Another"}),
        "mapped header": Row(
            mapping.line_ids.create(line),
            {"column": "terms.code"},
            lambda: {**line, "title": "學期"},
        ),
        "import": Row(record, {"state": "done"}, lambda: new),
        "import progress": Row(
            case.env["ntue.import.progress"].create({"import_id": record.id}),
            {"is_stopped": True},
            lambda: {"import_id": record.id},
        ),
        "import file": Row(record.file_ids, {"name": "Changed"}, lambda: new_file),
    }


def _upkeep(case):
    """The dialogs of framework upkeep: the registrar's about a draft, the others an assistant's."""
    ask = {"curriculum_id": case.draft.id}
    publish = case.env["ntue.curriculum.publish"].with_user(case.registrar)
    publish = publish.browse(publish._opened_for(case.draft.with_user(case.registrar))["res_id"])
    told = {"wizard_id": publish.id, "student_id": case.student.id, "verdict": "worse"}
    mine = case.env(user=case.assistant.id)
    copy = mine["ntue.curriculum.copy"].create({})
    line = {"source_id": case.framework.id, "code": "SRD-E-110", "entry_year": 110}
    row = {**line, "wizard_id": copy.id}
    both = {"before_id": case.archived.id, "after_id": case.framework.id}
    other = {"student_id": case.student.id, "curriculum_id": case.framework.id}
    return {
        "publish dialog": Row(publish, {"reason": "Meeting 4"}, lambda: ask),
        "effect on a student": Row(
            publish.env["ntue.curriculum.effect"].sudo().create(told).sudo(False),
            {"summary": "Forged"},
            lambda: told,
        ),
        "copy dialog": Row(copy, {"line_ids": [(0, 0, line)]}, dict),
        "copy": Row(mine["ntue.curriculum.copy.line"].create(row), {"code": "X"}, lambda: row),
        "compare dialog": Row(
            mine["ntue.curriculum.compare"].create(both),
            {"before_id": case.framework.id},
            lambda: both,
        ),
        "what-if dialog": Row(
            mine["ntue.student.what.if"].create(other), {"reason": "Meeting 4"}, lambda: other
        ),
    }


def _changes(case):
    """A row that a setting left when it was made; nobody makes one by hand."""
    kept = case.env["ntue.register.entry"].search([("model", "=", "ntue.program")], limit=1)
    forged = {"model": "ntue.program", "record": case.program.id, "label": "SRD-E"}
    forged |= {"action": "changed", "happened_at": "2001-01-01 00:00:00"}
    return {"change of a setting": Row(kept, {"reason": "Changed"}, lambda: forged)}


def _keeping(case):
    """The dialogs about keeping and erasing, each a registrar's."""
    mine = case.env(user=case.registrar.id)
    whose, entry = {"student_id": case.student.id}, {"number": 1}
    return {
        "erasure dialog": Row(
            mine["ntue.student.erasure"].create(whose), {"reason": "Asked"}, lambda: whose
        ),
        "text erasure dialog": Row(
            mine["ntue.log.erasure"].create(entry), {"reason": "Asked"}, lambda: entry
        ),
        "retention plan": Row(
            mine["ntue.retention.plan"].create({}), {"until": "2026-01-01"}, dict
        ),
    }
