"""What a dry run would do, record by record and student by student; bounded, and written nowhere.

Old values, and names of students, are of the records that the user who asks may read: the right to
import reads no records.
"""

from odoo.fields import NO_ACCESS
from odoo.tools import split_every

from ...importing import touched_in
from ...labels import plain_number
from ..problems import HIDDEN

SHOWN = 50
"""Records of one kind and change that are listed; of others only the number is kept."""

AUDITED = 200
"""Students whose audits are compared before and after."""


class Preview:
    """The changes of one dry run. ``found``: by kind of record, as values of JSON."""

    shows = True

    def __init__(self, env):
        self.env = env
        self.found = {}

    def created(self, records):
        """Note new records."""
        part = self._part(records)
        for record in records[: SHOWN - len(part["created"])]:
            part["created"].append(label_of(record))
        part["created_count"] += len(records)

    def changed(self, record, changes):
        """Note what ``changes`` make of a record that does not bear them yet."""
        part = self._part(record)
        part["changed_count"] += 1
        if len(part["changed"]) < SHOWN:
            shows_old = may_read(record)
            rows = [
                {
                    "field": record._fields[name]._description_string(self.env),
                    "old": in_words(record, name, record[name]) if shows_old else HIDDEN,
                    "new": in_words(record, name, value),
                }
                for name, value in changes.items()
                if record._fields[name].groups != NO_ACCESS
            ]
            part["changed"].append({"label": label_told(record), "fields": rows})

    def conflict(self, record):
        """Note a record of which a correction of staff holds something off."""
        part = self._part(record)
        part["conflicts_count"] += 1
        if len(part["conflicts"]) < SHOWN:
            part["conflicts"].append(label_told(record))

    def missing(self, records):
        """Note what the whole list of a term does not have."""
        part = self._part(records)
        for record in records[: SHOWN - len(part["missing"])]:
            part["missing"].append(label_of(record) if may_read(record) else HIDDEN)
        part["missing_count"] += len(records)

    def _part(self, records):
        kinds = ("created", "changed", "conflicts", "missing")
        return self.found.setdefault(
            records._name,
            {
                "title": self.env["ir.model"]._get(records._name).name,
                **{kind: [] for kind in kinds},
                **{f"{kind}_count": 0 for kind in kinds},
            },
        )


class NoPreview:
    """Of an import that writes: what it changed is in the register."""

    shows = False

    def created(self, records):
        pass

    def changed(self, record, changes):
        pass

    def conflict(self, record):
        pass

    def missing(self, records):
        pass


def may_read(record):
    """Whether who imports may read the record; the right to import says nothing of that."""
    return bool(record.sudo(False)._filtered_access("read"))


def label_of(record):
    """What a record is called in a preview: by its code or number, and whose it is."""
    if record._name == "ntue.student":
        return record.student_no
    own = record._registered_label() if hasattr(record, "_registered_label") else False
    name = record._rec_name or "id"
    own = own or (record[name] if name != "id" else "")
    student = record.student_id.student_no if "student_id" in record._fields else ""
    return " ".join(filter(None, (student, str(own))))


def label_told(record):
    """The same of a record that was there: of one that is not read, whose the file says it is."""
    if "student_id" in record._fields and not may_read(record):
        return f"{record.student_id.student_no} {HIDDEN}"
    return label_of(record)


def in_words(record, name, value):
    """A value as people read it; ``value``: the record's own, or as it is written."""
    field = record._fields[name]
    if field.type == "boolean":
        return record.env._("Yes") if value else record.env._("No")
    if field.relational:
        if isinstance(value, list | tuple):  # a Command.set
            value = value[0][2]
        others = record.env[field.comodel_name].browse(getattr(value, "ids", value) or ())
        return "、".join(other[named(other)] or "" for other in others) or "–"
    if field.type in ("integer", "float"):
        return plain_number(value)
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "–")
    return str(value) if value else "–"


def named(record):
    """The field by which a record is called: its code, where it has one."""
    return "code" if "code" in record._fields else record._rec_name


def audits_of(env, ids):
    """The figures of the audits of students, by number: what an import may change for them."""
    found = {}
    for part in split_every(50, ids, list):
        students = env["ntue.student"].browse(part).exists()
        for student, case in students._cases():
            result = case.audit()
            found[student.id] = {
                "earned": plain_number(result.earned),
                "taken": plain_number(result.taken),
                "missing": plain_number(result.missing_credits),
                "met": result.met,
            }
    return found


def affected(env):
    """Whom this dry run touches: their numbers, and the audits of the first as they would be."""
    ids = sorted(touched_in(env["ntue.student"]))
    return ids, audits_of(env, ids[:AUDITED])


def effects(env, ids, after):
    """What is said of the students ``ids``; the database is as before the dry run again."""
    students = env["ntue.student"].browse(ids).exists()
    before = audits_of(env, students[:AUDITED].ids)
    changed = [row for row in students[:AUDITED] if before.get(row.id) != after.get(row.id)]
    pressing = students._pressing()
    readable = set(students.sudo(False)._filtered_access("read").ids)
    return {
        "students_count": len(ids),
        "new_count": len(ids) - len(students),
        "compared_count": min(len(students), AUDITED),
        "audits_count": len(changed),
        "pressing_count": len(pressing),
        "pressing": [row.student_no for row in pressing[:SHOWN] if row.id in readable],
        "audits": [
            {
                "student": row.student_no,
                "before": before.get(row.id),
                "after": after.get(row.id),
            }
            for row in changed[:SHOWN]
            if row.id in readable
        ],
    }
