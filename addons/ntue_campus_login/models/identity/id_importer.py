"""The importer takes the column 身分證字號 in the file ``students`` while this addon is there."""

from odoo import api, models
from odoo.addons.ntue_curriculum.importer.problems import messages_of
from odoo.addons.ntue_curriculum.importer.writing.students import STUDENTS_AT_ONCE
from odoo.tools import split_every

from ... import id_key
from ...id_column import NAME, with_column

_ = messages_of("ntue_campus_login")


class Importer(models.AbstractModel):
    _inherit = "ntue.importer"

    @api.model
    def _file_specs(self):
        specs = super()._file_specs()
        return tuple(with_column(spec) if spec.name == "students" else spec for spec in specs)

    @api.model
    def _never_mapped(self):
        """Under another header a number would not be taken out of what is kept of the file."""
        return super()._never_mapped() | {("students", NAME)}

    @api.model
    def _import_steps(self):
        return (*super()._import_steps(), write_national_ids)


def write_national_ids(run):
    """Keep what the column says; a blank cell, and an erased student, keep what is there."""
    rows = [row for row in run.rows("students") if getattr(row, NAME)]
    names = id_key.keys()
    for part in split_every(STUDENTS_AT_ONCE, rows, list):
        numbers = {row.student_no: row for row in part}
        students = run.env["ntue.student"].search([("student_no", "in", list(numbers))])
        kept = run.env["ntue.national.id"].search([("student_id", "in", students.ids)])
        stored = {record.student_id.id: record for record in kept}
        wanted = []
        for student in students.filtered(lambda found: not found.contacts_erased_on):
            row = numbers[student.student_no]
            hashes = getattr(row, NAME)
            if not hashes.keys() & names.keys():
                run.warn("students", row, NAME, _("The key has changed since this file was read."))
                continue
            if not id_key.is_kept(student.id, hashes, stored.get(student.id, kept.browse()).digest):
                digest = id_key.kept(student.id, hashes)
                wanted.append((student.id, {"student_id": student.id, "digest": digest}))
        run.upsert("ntue.national.id", wanted, stored)
        run.release()
