"""What staff corrected with a reason stays, and the file's value becomes a conflict (F23)."""

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


class Shelter:
    """Takes what staff corrected out of what a file changes; ``rows`` of the file by key."""

    def __init__(self, run, name, rows):
        self.run = run
        self.name = name
        self.rows = rows

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
