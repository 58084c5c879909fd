"""Writing steps of the importer: evidence for milestones, and further programs (A41, A45)."""

from collections import defaultdict

from ..problems import _
from ..same_rows import pieces_of
from .run import number
from .students import by_student


def write_student_milestones(run):
    """Add what is new and correct what is open; what a reviewer decided stays (A41)."""
    for ids, part, students in by_student(run, "student_milestones"):
        owners = run.env["ntue.student"].browse(ids)
        ways = {
            (way.curriculum_id.id, way.code, way.way): way.id
            for way in owners.curriculum_id.milestone_ids
        }
        homes = {student.id: student.curriculum_id.id for student in owners}
        found = run.env["ntue.milestone.evidence"].search([("student_id", "in", ids)])
        stored = _stored_for(part, students, found.sorted("id"))
        wanted = []
        for row in part:
            student = students[row.student]
            values = _values(row, student, ways[homes[student], row.milestone, row.way])
            if row.number in stored:
                _keep_as_decided(run, row, values, stored[row.number])
            wanted.append((row.number, values))
        run.upsert("ntue.milestone.evidence", wanted, stored, run.counts("student_milestones"))


def _stored_for(rows, students, records):
    """The piece that each row is about, by the row's number (F6).

    Several may have neither document nor day, or the same: they are paired by what they say.
    """
    there, listed, own = defaultdict(list), defaultdict(list), {}
    for record in records:
        there[_key(record)].append(record)
    for row in rows:
        student = students[row.student]
        key = (student, row.milestone, row.way, row.document, row.dated_on or False)
        listed[key].append(row)
    for key, several in listed.items():
        found = there[key]
        places = pieces_of([*map(_said_by_row, several)], [*map(_said_by_record, found)])
        for row, place in zip(several, places, strict=True):
            if place is not None:
                own[row.number] = found[place]
    return own


def _key(record):
    way = record.milestone_id
    return (record.student_id.id, way.code, way.way, record.document or "", record.dated_on)


def _said_by_row(row):
    """What a row says of a piece; what staff change last first (``same_rows.pieces_of``)."""
    expires, verdict = row.expires_on or False, row.verdict or "unchecked"
    return (number(row.amount), row.exempts, expires, verdict, row.reason or "")


def _said_by_record(record):
    """The same, of what is stored."""
    expires, reason = record.expires_on, record.reason or ""
    return (record.amount, record.exempts, expires, record.verdict, reason)


def _values(row, student, way):
    return {
        "student_id": student,
        "milestone_id": way,
        "amount": number(row.amount),
        "document": row.document or False,
        "dated_on": row.dated_on or False,
        "expires_on": row.expires_on or False,
        "exempts": row.exempts,
        "verdict": row.verdict or "unchecked",
        "reason": row.reason or False,
    }


def _keep_as_decided(run, row, values, record):
    """Leave what was decided, and what was shown for it, as it is."""
    del values["milestone_id"]  # of an older revision, perhaps: the same way all the same
    if record.verdict == "unchecked":
        return
    if row.verdict and row.verdict != record.verdict:
        run.warn(
            "student_milestones",
            row,
            "verdict",
            _("This was decided otherwise already, and stays so. Change it on screen."),
        )
    for name in ("verdict", "reason", "amount", "exempts", "expires_on"):
        del values[name]


def write_student_programmes(run):
    """Enter the further programs that are not there yet; none is taken away (F5)."""
    codes = {row.framework for row in run.rows("student_programmes")}
    published = run.env["ntue.curriculum"].search(
        [("code", "in", list(codes)), ("state", "=", "published")]
    )
    frameworks = {curriculum.code: curriculum.id for curriculum in published}
    for ids, part, students in by_student(run, "student_programmes"):
        found = run.env["ntue.student.programme"].search([("student_id", "in", ids)])
        stored = {(one.student_id.id, one.curriculum_id.id): one for one in found}
        wanted = []
        for row in part:
            key = students[row.student], frameworks[row.framework]
            wanted.append((key, {"student_id": key[0], "curriculum_id": key[1]}))
        run.upsert("ntue.student.programme", wanted, stored, run.counts("student_programmes"))
