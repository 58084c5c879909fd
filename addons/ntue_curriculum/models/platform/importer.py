"""Importing the school's files: read and check all, then write all or nothing (I1, I4)."""

from contextlib import closing

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import clean_context
from odoo.tools.translate import get_translation

from ...importer.files import FILES
from ...importer.mapped import Mapped, note_titles, with_titles
from ...importer.problems import Message, Report, Severity, _
from ...importer.reading import read_files
from ...importer.writing import (
    decisions as importer_decisions,
)
from ...importer.writing import (
    enrollments as importer_enrollments,
)
from ...importer.writing import (
    frameworks as importer_frameworks,
)
from ...importer.writing import (
    milestones as importer_milestones,
)
from ...importer.writing import (
    missing as importer_missing,
)
from ...importer.writing import (
    school as importer_school,
)
from ...importer.writing import (
    students as importer_students,
)
from ...importer.writing.known import DatabaseKnown
from ...importer.writing.preview import affected, effects
from ...importer.writing.run import Choices, ImportRun
from ...importing import importing, previewing
from ...memory import without_collections

LOCK = 0x6E747565
"""Key of the advisory lock: two imports at once would create the same rows."""

ENDED = "SELECT COUNT(ended_at) FROM ntue_import"
"""How many imports have ended, as a transaction sees it."""


MAPPING = "ntue_import_mapping"
"""Key of the context under which a run has its ``Mapped``; a remote call cannot send one."""


class Importer(models.AbstractModel):
    """Writes the school's files (docs/readings.md F6) into the database.

    An addon adds a file of its own by extending ``_file_specs`` and ``_import_steps``.
    """

    _name = "ntue.importer"
    _description = "Importer of the school's files"

    @api.model
    def _file_specs(self):
        """The declared files, each after those that it refers to; hook."""
        return FILES

    @api.model
    def _never_mapped(self):
        """(table, column) of columns that have their own headers only; a hook."""
        return frozenset()

    @api.model
    def _import_steps(self):
        """What writes, in the order of dependency: functions of an ``ImportRun``; hook."""
        return (
            importer_school.write_terms,
            importer_school.write_departments,
            importer_school.write_programs,
            importer_school.write_courses_file,
            importer_school.write_courses,
            importer_school.write_course_equivalents,
            importer_frameworks.write_frameworks,
            importer_frameworks.tell_of_equivalents,
            importer_students.write_students,
            importer_students.write_student_terms,
            importer_enrollments.write_enrollments,
            importer_missing.withdraw_missing,
            importer_decisions.write_recognitions,
            importer_decisions.write_student_waivers,
            importer_milestones.write_student_milestones,
            importer_milestones.write_student_programmes,
        )

    @api.model
    def _import(
        self,
        contents,
        *,
        way="shell",
        dry_run=False,
        revision_reason=None,
        progress=None,
        report=None,
        leave_out_students=False,
        mapping=None,
        record=None,
        **choices,
    ):
        """Import files, all or nothing; returns the ``Report``.

        ``contents``: bytes by file name. ``way``: how they came in, for the record that is kept
        of each import (``ntue.import``); ``record``: the one that a job has for it, which waits
        for its turn. ``dry_run``: report what would become of the rows and write nothing.
        ``revision_reason``: why published frameworks change (F5).
        ``mapping``: the ``ntue.import.mapping`` of the school's own headers.
        ``leave_out_students``: of students with a wrong row nothing is imported, and of all
        others everything (F29). ``choices``: those of ``run.Choices``, by name.
        ``progress``: called with a ``Message`` at each stage. ``report``: one that reading
        the files has begun. Every fault of every file is reported in one run; with an
        error the database is as before. Runs with all rights: callers check who asks.
        """
        # Without the defaults of a caller's context: they could name records of others.
        self = self.sudo().with_context(clean_context(self.env.context))
        report = report or Report()
        report.dry_run = dry_run
        progress = progress or (lambda _message: None)
        reason = (revision_reason or "").strip() or None
        self._take_lock(waits=bool(record))
        if mapping:
            self = self.with_context(**{MAPPING: Mapped(mapping.name, mapping._titles())})
        chosen = self._chosen(reason, leave_out_students, mapping, choices)
        imports = self.env["ntue.import"]
        kept = record or imports._begin(way, contents, chosen, dry_run=dry_run)
        report.record = kept.id
        mine = previewing(self) if dry_run else importing(self, kept.id)
        try:
            mine._read_and_write(contents, report, reason, progress, leave_out_students, choices)
        except Exception as error:
            if not record:
                imports._keep_failure(way, contents, chosen, error, dry_run=dry_run)
            raise
        imports.browse(kept.id)._finish(report)
        return report

    @api.model
    def _chosen(self, reason, leave_out_students, mapping, choices):
        """What a record keeps of how an import was asked for."""
        return {
            "revision_reason": reason,
            "leave_out_students": leave_out_students,
            "mapping": mapping.name if mapping else "",
            **choices,
        }

    def _read_and_write(self, contents, report, reason, progress, leave_out, choices):
        """Read and check the files; write them unless an error stands against it."""
        specs, mapped = self._file_specs(), self.env.context.get(MAPPING)
        if isinstance(mapped, Mapped):
            note_titles(specs, contents, mapped, report)
            specs = with_titles(specs, mapped.titles)
        with without_collections():  # rows are all that is made, and none of them is garbage
            read = read_files(
                specs,
                contents,
                DatabaseKnown(self.env),
                report,
                reason,
                progress,
                leave_out=leave_out,
            )
        if report.ok:
            run = ImportRun(self.env, read, report, reason, progress, Choices(**choices))
            with without_collections():  # ``release`` collects what the last part has left
                self._write(run)
        if not report.ok:
            report.counts.clear()

    def _write(self, run):
        """Take all steps in a savepoint that a dry run or an error takes back."""
        savepoint = self.env.cr.savepoint()
        keep, whom = False, None
        try:
            for step in self._import_steps():
                step(run)
                if not run.report.ok:
                    return
            self.env.flush_all()
            keep = not run.report.dry_run
            whom = None if keep else affected(self.env)
        except UserError as error:
            run.report.error("", Message("%(error)s", {"error": error.args[0]}))
        finally:
            savepoint.close(rollback=not keep)
        if whom:
            run.report.preview = {
                "changes": list(run.preview.found.values()),
                "affected": effects(self.env, *whom),
            }

    def _take_lock(self, *, waits=False):
        """Let no other import run until this transaction ends; UserError while one does.

        ``waits``: until it is done, as a job can.

        One that ended after this transaction's picture of the database was taken has the lock no
        more, and is not in the picture: the server is asked to begin again (``retrying``), as it
        does for any two who meet.
        """
        if waits:
            self.env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        else:
            self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if self.env.cr.fetchone()[0] is False:
            raise UserError(
                self.env._("Another import is running. Wait until it is done, then try again.")
            )
        self.env.flush_all()
        self.env.cr.execute(ENDED)
        (seen,) = self.env.cr.fetchone()
        with closing(self.env.registry.cursor()) as now:
            now.execute(ENDED)
            if now.fetchone()[0] > seen:
                raise ConcurrencyError("An import has ended since this transaction began.")

    @api.model
    def _import_text(self, message):
        """A ``Message`` as a sentence in the language of the environment."""
        args = {
            name: self._import_text(value) if isinstance(value, Message) else value
            for name, value in message.args.items()
        }
        return get_translation(message.module, self.env.lang or "en_US", message.source, args)

    @api.model
    def _import_heading(self, severity, count):
        """What is above the problems of one severity."""
        heading = {
            Severity.ERROR: _("%(count)s errors"),
            Severity.WARNING: _("%(count)s warnings"),
            Severity.NOTE: _("%(count)s notes"),
        }[severity]
        return self._import_text(heading.fill(count=count))

    @api.model
    def _import_left_out(self, report):
        """Of whom nothing is imported, as a sentence."""
        message = _(
            "Left out, because of the errors named: %(count)s students (%(students)s).",
            count=len(report.left_out),
            students="、".join(report.left_out),
        )
        return self._import_text(message)

    @api.model
    def _import_summary(self, report):
        """What became of the files, a sentence each, in the language of the environment."""
        if not report.ok:
            return [
                self._import_text(_("Nothing was imported. Correct the errors, then try again."))
            ]
        template = (
            _(
                "%(file)s: %(created)s to create, %(updated)s to change, "
                "%(unchanged)s to leave as they are"
            )
            if report.dry_run
            else _("%(file)s: %(created)s created, %(updated)s changed, %(unchanged)s as they were")
        )
        left_out = [self._import_left_out(report)] if report.left_out else []
        return left_out + [
            self._import_text(
                template.fill(
                    file=file,
                    created=counts.created,
                    updated=counts.updated,
                    unchanged=counts.unchanged,
                )
            )
            for file, counts in report.counts.items()
        ]
