"""Writing steps of the importer: what was decided on courses and subjects of students (F20, F52).

A decision that was taken stays as it was taken (I6): files add those that are not there yet.
"""

from ...together import problem
from ..problems import OfStudent, _
from ..student_files import RECOGNITIONS, STUDENT_WAIVERS
from .students import by_student

DECISION = ("enrollment_id", "kind", "term_id", "area_id", "line_id")
"""What tells one decision from another: the same again is not taken twice (F20)."""

TAKEN_OTHERWISE = _("This decision is there already with other words, which stay as they are.")

UNCLEAR = _(
    "The student has several courses under this code in this term, so the file cannot say which "
    "one is meant. Decide on screen."
)

NO_REASON = _("Say why this exception is made.")


def write_recognitions(run):
    """Add decisions on courses that are not there yet."""
    rows = run.rows("recognitions")
    terms = run.ids("ntue.term", {code for row in rows for code in (row.term, row.decided_term)})
    courses = run.ids("ntue.course", {row.course for row in rows})
    for ids, part, students in by_student(run, "recognitions"):
        enrollments = _stored_enrollments(run, ids)
        found = run.env["ntue.recognition"].search([("student_id", "in", ids)])
        stored = {_decision_key(record): record for record in found if not record.together_ids}
        joint = {_joint_key(record): record for record in found if record.together_ids}
        wanted, groups = [], {}
        for row in part:
            key = (students[row.student], terms[row.term], row.offering_no, courses[row.course])
            if len(enrollments[key]) > 1:
                _refuse(run, row, "course", UNCLEAR)
                continue
            (course,) = enrollments[key]
            term = terms[row.decided_term] if row.decided_term else False
            if row.kind == "together":
                group = groups.setdefault((row.student, row.line_course, term), [])
                group.append((row, course))
                continue
            values = _recognition_values(row, course, term)
            identity = tuple(values[name] for name in DECISION)
            if identity in stored:
                _keep_as_taken(run, row, values, stored[identity])
            elif row.kind == "substituted" and not row.reason:
                _refuse(run, row, "reason", NO_REASON)
                continue
            wanted.append((identity, values))
        run.upsert("ntue.recognition", wanted, stored, run.counts("recognitions"))
        for (_student, line_course, term), group in groups.items():
            _write_joint(run, line_course, term, group, joint)


def _write_joint(run, line_course, term, group, stored):
    """Add the one decision that the courses of ``group`` stand for a subject together (A55).

    ``group``: rows, each with its course; ``stored``: such decisions that are there.
    """
    first, lead = group[0]
    courses = lead.union(*(course for _row, course in group))
    line = _subject(lead.student_id.curriculum_id, line_course)
    known = stored.get((frozenset(courses.ids), line.id, term))
    counts = run.counts("recognitions")
    if known:
        if first.reason != (known.reason or ""):
            run.warn("recognitions", first, "reason", TAKEN_OTHERWISE)
        counts.unchanged += len(group)
        return
    if not first.reason:
        _refuse(run, first, "reason", NO_REASON)
    elif text := problem(run.env, courses, line):
        why = OfStudent(first.student, text)
        message = _("These courses cannot stand for the subject together: %(why)s", why=why)
        _refuse(run, first, "line_course", message)
    else:
        values = {
            "student_id": lead.student_id.id,
            "enrollment_id": lead.id,
            "together_ids": [(6, 0, (courses - lead).ids)],
            "kind": "substituted",
            "term_id": term,
            "line_id": line.id,
            "reason": first.reason,
        }
        run.upsert("ntue.recognition", [(None, values)], {})
        counts.created += len(group)


def write_student_waivers(run):
    """Add waivers that are not there yet."""
    rows = run.rows("student_waivers")
    terms = run.ids("ntue.term", {row.decided_term for row in rows})
    for ids, part, students in by_student(run, "student_waivers"):
        homes = {one.id: one.curriculum_id for one in run.env["ntue.student"].browse(ids)}
        domain = [("student_id", "in", ids), ("kind", "=", "waived")]
        stored = {_waiver_key(one): one for one in run.env["ntue.recognition"].search(domain)}
        wanted = []
        for row in part:
            student = students[row.student]
            term = terms[row.decided_term] if row.decided_term else False
            values = {
                "student_id": student,
                "kind": "waived",
                "line_id": _subject(homes[student], row.course).id,
                "term_id": term,
                "reason": row.reason,
            }
            key = (student, row.course, term)
            if key in stored:
                _keep_as_taken(run, row, values, stored[key], "student_waivers")
            elif not row.reason:
                _refuse(run, row, "reason", NO_REASON, STUDENT_WAIVERS)
                continue
            wanted.append((key, values))
        run.upsert("ntue.recognition", wanted, stored, run.counts("student_waivers"))


def _refuse(run, row, column, message, spec=RECOGNITIONS):
    """An error of a row that only the database can tell."""
    run.report.error(run.file(spec.name), message, row.number, spec.header(column))


def _keep_as_taken(run, row, values, decision, name="recognitions"):
    """Leave a decision that has been taken, and say so when its words differ."""
    if values["reason"] != (decision.reason or ""):
        run.warn(name, row, "reason", TAKEN_OTHERWISE)
    for field in ("reason", "area_id", "line_id"):
        values.pop(field, None)


def _stored_enrollments(run, student_ids):
    """The enrolments there are, by what both files call one; several of one code (A31)."""
    found = {}
    for row in run.env["ntue.enrollment"].search([("student_id", "in", student_ids)]):
        key = row.student_id.id, row.term_id.id, row.offering_no or "", row.course_id.id
        found.setdefault(key, []).append(row)
    return found


def _decision_key(record):
    """What a file says of a decision on one course: its place, if it has one there."""
    area, line = record.area_id.browse(), record.line_id.browse()
    if record.kind == "mapped":
        line = record.line_id
        area = line.area_id if line else record.area_id
    elif record.kind == "substituted":
        line = _named_subject(record)
    return (record.enrollment_id.id, record.kind, record.term_id.id, area.id, line.id)


def _joint_key(record):
    """What a file says of a decision on several courses."""
    courses = record.enrollment_id | record.together_ids
    return (frozenset(courses.ids), _named_subject(record).id, record.term_id.id)


def _waiver_key(record):
    """A waiver is of a course, whichever of its lines it names."""
    course = record.line_id.course_id.code
    # One that names another framework has lost its ground: that of today is another one.
    return (record.student_id.id, None if record.is_void else course, record.term_id.id)


def _named_subject(record):
    """The subject that a decision names, as a file that has its course alone finds it."""
    line = record.line_id
    return line if record.is_void else _subject(line.curriculum_id, line.course_id.code)


def _subject(curriculum, course):
    """The first line of a course in a framework."""
    lines = curriculum.line_ids.filtered(lambda line: line.course_id.code == course)
    return lines.sorted("sequence")[:1]


def _recognition_values(row, enrollment, term):
    area, line = _target(row, enrollment.student_id.curriculum_id)
    return {
        "student_id": enrollment.student_id.id,
        "enrollment_id": enrollment.id,
        "kind": row.kind,
        "term_id": term,
        "area_id": area.id,
        "line_id": line.id,
        "reason": row.reason,
    }


def _target(row, curriculum):
    """The area and the subject that a row names, as the checks have found them."""
    area, line = curriculum.area_ids.browse(), curriculum.line_ids.browse()
    if row.kind == "substituted":
        return area, _subject(curriculum, row.line_course)
    if row.kind != "mapped":
        return area, line
    if row.area:
        area = curriculum.area_ids.filtered(lambda found: found.code == row.area)
    if row.line_course:
        line = curriculum.line_ids.filtered(
            lambda found: (
                found.course_id.code == row.line_course and (not row.area or found.area_id == area)
            )
        )
        area = line.area_id
    return area, line
