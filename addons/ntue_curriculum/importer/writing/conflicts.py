"""What staff corrected with a reason stays, and the file's value becomes a conflict (F23).

A conflict is open as long as the file says so: once a later run of the file gives rise to it no
more, there is nothing to decide, and it is settled.
"""

from odoo import fields
from odoo.fields import Command

from ...importing import import_of
from ...models.chain.corrections import last_corrections, part_of
from ..problems import OfStudent, _

COLUMNS = {
    "curriculum_id": "framework",
    "offering_department_id": "department",
    "is_graded": "score",
    "gone_missing": "state",
}
"""The column of a field that is called otherwise."""

SAYING_RESULT = ("score", "grade", "is_pass", "state", "withdrawn_on")
"""The columns that say what became of an enrolment; one of them is enough."""

SETTLED = _("The file gives rise to the open conflict about this value no more, so it is settled.")


class OpenConflicts:
    """The conflicts about records of one model that are open when a run comes to their file.

    ``students``: the numbers of whom they are about, whose rows are looked at though they may say
    what is stored.
    """

    def __init__(self, run, model):
        found = run.env["ntue.import.conflict"].search(
            [("model", "=", model), ("state", "=", "open")]
        )
        self.students = frozenset(found.student_id.mapped("student_no"))
        self.of_record = found.grouped("record")


class Shelter:
    """Takes what staff corrected out of what a file changes; ``rows`` of the file by key."""

    def __init__(self, run, name, rows):
        self.run = run
        self.name = name
        self.rows = rows
        self._listed = set()

    def __call__(self, changed):
        """``(key, record, values, changes)`` without the changes that a correction holds off."""
        if not changed:
            return []
        records = changed[0][1].browse([record.id for _key, record, *_rest in changed])
        corrected = last_corrections(records)
        known = records.env["ntue.import.conflict"]._find(records)
        kept = []
        for key, record, values, changes in changed:
            mine = corrected.get(record.id, {})
            for part in dict.fromkeys(map(part_of, changes)):
                if part in mine:
                    self._list(known, record, part, values, mine[part], self.rows[key], changes)
            left = {name: value for name, value in changes.items() if part_of(name) not in mine}
            kept.append((key, record, values, left))
        return kept

    def _list(self, known, record, part, values, correction, row, changes):
        """Warn of a conflict and keep it, unless it was decided against the same value before."""
        conflicts = self.run.env["ntue.import.conflict"]
        offered = {name: value for name, value in values.items() if part_of(name) == part}
        found = conflicts._values(record, offered)
        if (record.id, part, conflicts._compared(found["offered"])) in known:
            return
        self._listed.add((record.id, part))
        self.run.counts(self.name).conflicts += 1
        self.run.preview.conflict(record)
        student = record if record._name == "ntue.student" else record.student_id
        column = next(COLUMNS.get(name, name) for name in changes if part_of(name) == part)
        self.run.warn(
            self.name,
            row,
            column,
            _(
                "Staff corrected this value (“%(reason)s”), so it stays. Decide it under "
                "Study → Conflicts of imports.",
                reason=OfStudent(student.student_no, correction.reason),
            ),
        )
        vals = {
            **found,
            "file": self.run.report.told_name(self.run.file(self.name)),
            "row": row.number,
            "found_at": fields.Datetime.now(),
            "reason": correction.reason,
            "corrected_by": correction.by,
            "corrected_on": correction.on,
            "import_ids": [Command.link(number) for number in [import_of(record)] if number],
        }
        if open_one := known.get((record.id, part, None)):
            open_one.write(vals)
            return
        conflicts.create(
            {
                **vals,
                "student_id": student.id,
                "model": record._name,
                "record": record.id,
                "part": part,
                "state": "open",
            }
        )

    def settle(self, model, records, still=None):
        """Settle the open conflicts that the file gave rise to before and does not now.

        ``records``: the numbers of the records that rows are about, by key. ``still``: whether the
        file gives rise to a conflict that was not listed. What a file has no column for it says
        nothing of.
        """
        of_record, absent = self.run.open_conflicts(model).of_record, self.run.absent(self.name)
        for key, record in records.items() if of_record else ():
            for conflict in of_record.get(record, ()):
                said = [name for name in _columns_of(conflict.part) if name not in absent]
                is_listed = (record, conflict.part) in self._listed
                if said and not is_listed and not (still and still(conflict)):
                    conflict._settle(self.run.report.record)
                    self._tell(self.rows[key], said[0])

    def _tell(self, row, column):
        table = self.run.context.tables[self.name]
        self.run.report.note(table.file, SETTLED, row.number, table.spec.header(column))


def _columns_of(part):
    """The columns of a file that say something of a part of a record."""
    return SAYING_RESULT if part == "result" else (COLUMNS.get(part, part),)
