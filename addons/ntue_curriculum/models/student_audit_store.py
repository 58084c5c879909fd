"""Writing audits down in bulk: one statement for a batch of students."""

from math import ceil

from odoo import fields, models
from odoo.tools import SQL
from psycopg2.extras import execute_values

from ..degree_audit import ENGINE_VERSION

COLUMNS = (
    "student_id",
    "curriculum_id",
    "program_id",
    "department_id",
    "division",
    "entry_year",
    "graduation_credits",
    "taken",
    "earned",
    "in_progress",
    "recognised",
    "missing_credits",
    "areas_total",
    "areas_met",
    "courses_short",
    "is_met",
    "over_limit",
    "needs_hand_check",
    "engine_version",
    "curriculum_revision",
    "input_hash",
    "computed_at",
    "is_stale",
)

_COLUMNS = SQL(", ").join(map(SQL.identifier, COLUMNS))
_NEWS = SQL(", ").join(SQL.identifier("excluded", name) for name in COLUMNS)
_INSERT = SQL("INSERT INTO ntue_audit (%s) VALUES", _COLUMNS)
_REPLACE = SQL("ON CONFLICT (student_id) DO UPDATE SET (%s) = ROW(%s)", _COLUMNS, _NEWS)
_UPSERT = f"{_INSERT.code} %s {_REPLACE.code}"


class Student(models.Model):
    _inherit = "ntue.student"

    audit_ids = fields.One2many(
        "ntue.audit",
        "student_id",
        string="Stored audits",
        groups="ntue_curriculum.group_assistant,ntue_curriculum.group_registrar",
    )

    def _store_audits(self):
        """Audit every student of ``self`` and keep the results, in one statement.

        Past the ORM, which would write ten thousand students column by column; what is
        written comes from the engine alone.
        """
        self.env["ntue.audit"].flush_model()
        now = fields.Datetime.now()
        rows = [self._audit_row(*audited, now) for audited in self._audit_all(hashed=True)]
        if rows:
            execute_values(self.env.cr, _UPSERT, rows, page_size=len(rows))
        self.env["ntue.audit"].invalidate_model()

    def _audit_row(self, student, result, digest, now):
        """The values of ``COLUMNS`` for one audit."""
        curriculum = student.curriculum_id
        return (
            student.id,
            curriculum.id,
            student.program_id.id,
            student.department_id.id,
            student.division,
            student.entry_year,
            result.graduation_credits,
            result.taken,
            result.earned,
            result.in_progress,
            result.recognised,
            result.missing_credits,
            len(result.areas),
            sum(area.met for area in result.areas),
            self._courses_short(result, curriculum),
            result.met,
            student._study_limit_passed(),
            student.reference_only,
            ENGINE_VERSION,
            curriculum.revision,
            digest,
            now,
            False,
        )

    def _courses_short(self, result, curriculum):
        """A lower bound of the courses still to be taken: however they are chosen."""
        if result.met:
            return 0
        gaps = sum(len(area.fill[0]) for area in result.areas if not area.met and area.fill)
        largest = max(curriculum.line_ids.mapped("credits"), default=0) or 1
        return max(
            gaps, len(result.missing_lines), ceil(float(result.missing_credits) / largest), 1
        )
