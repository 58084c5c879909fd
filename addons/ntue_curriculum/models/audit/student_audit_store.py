"""Writing audits down in bulk: one COPY and one statement for a batch of students."""

import csv
import io
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...degree_audit import ENGINE_VERSION, courses_short
from ...memory import without_collections
from .audit import standing_of

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
    "standing",
    "is_met",
    "over_limit",
    "needs_hand_check",
    "not_proven",
    "engine_version",
    "curriculum_revision",
    "input_hash",
    "computed_at",
)

_COLUMNS = SQL(", ").join(map(SQL.identifier, COLUMNS))
_NEWS = SQL(", ").join(SQL.identifier("excluded", name) for name in COLUMNS)
_NEW_TABLE = SQL("CREATE TEMP TABLE ntue_audit_new (LIKE ntue_audit INCLUDING DEFAULTS)")
_COPY = SQL("COPY ntue_audit_new (%s) FROM STDIN (FORMAT csv)", _COLUMNS)
_UPSERT = SQL(
    """INSERT INTO ntue_audit (%s) SELECT %s FROM ntue_audit_new ORDER BY student_id
       ON CONFLICT (student_id) DO UPDATE SET (%s) = ROW(%s)""",
    *(_COLUMNS, _COLUMNS, _COLUMNS, _NEWS),
)


def _write(cr, rows):
    """Insert or replace these rows of ``COLUMNS``; a table of their own makes COPY possible.

    They are written in one order, so that two writers at once wait instead of locking each other.
    """
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    cr.execute(_NEW_TABLE)
    cr.copy_expert(_COPY.code, text)
    cr.execute(_UPSERT)
    cr.execute("DROP TABLE ntue_audit_new")


class StudentAuditStore(models.AbstractModel):
    """Audits of many students, written at once."""

    _name = "ntue.student.audit.store"
    _description = "Storing of audits"

    def _store_audits(self):
        """Audit every student of ``self`` and keep the results.

        Past the ORM, which would write ten thousand students column by column; what is
        written comes from the engine alone.
        """
        self.env["ntue.audit"].flush_model()
        self.env["ntue.audit.due"]._take(self)
        now = fields.Datetime.now()
        frameworks = {row: self._framework_columns(row) for row in self.curriculum_id}
        digests = {row: row._prepared()[1] for row in self.curriculum_id}
        columns = self._student_columns()
        with without_collections():  # values by the hundred thousand, and no cycle among them
            rows = [
                self._audit_row(
                    student.id,
                    columns[student.id],
                    *frameworks[student.curriculum_id],
                    case.audit(),
                    (source.digest(digests[student.curriculum_id]), now),
                )
                for student, case, source in self._sourced_cases(None, {})
            ]
        if rows:
            _write(self.env.cr, rows)
        self.env["ntue.audit"].invalidate_model()

    @api.model
    def _framework_columns(self, curriculum):
        """What all students of a framework have in common, for ``_audit_row``.

        Ids and division, the number of the revision, and the credits of its largest line.
        """
        program = curriculum.program_id
        prepared, _digest = curriculum._prepared()
        largest = max((line.credits for line in prepared.framework.lines), default=0)
        ids = (curriculum.id, program.id, program.department_id.id, program.division)
        return ids, curriculum.revision, largest or Decimal(1)

    def _student_columns(self):
        """Entry year, over the study limit, for reference only: by student, read at once."""
        enrolled = {student.id: count for student, count in self._enrolled_terms().items()}
        last = self._reference_only_until()
        columns = {}
        for program, students in self.grouped("program_id").items():
            limit = program.max_years
            for row in students.read(["entry_year", "extension_years"], load=""):
                year = program._year_of_study(enrolled.get(row["id"], 0))
                over = bool(limit) and year > limit + row["extension_years"]
                columns[row["id"]] = (row["entry_year"], over, row["entry_year"] <= last)
        return columns

    def _audit_row(self, key, columns, ids, revision, largest, result, ending):
        """The values of ``COLUMNS`` for one audit."""
        short = courses_short(result, largest)
        entry_year, over_limit, needs_hand_check = columns
        return (
            key,
            *ids,
            entry_year,
            result.graduation_credits,
            result.taken,
            result.earned,
            result.in_progress,
            result.recognised,
            result.missing_credits,
            len(result.areas),
            sum([area.met for area in result.areas]),
            short,
            standing_of(short, result.met),
            result.met,
            over_limit,
            needs_hand_check,
            not result.proven,
            ENGINE_VERSION,
            revision,
            *ending,
        )
