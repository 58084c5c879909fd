"""Tables on the way out, in the form in which they come in (F21–F31)."""

import tempfile

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...exporter import school, students
from ...exporter.reach import Reach
from ...exporter.writing import Table, TooManyRowsError, write_folder, write_workbook, write_zip
from ...importer.data_package import data_package
from ...importer.template import template
from ...languages import as_kept

IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that is being made before it goes to the disk."""

MOST_STUDENTS = 2_000
"""Of so many a person gets the tables at once, who waits for them at a page."""

OF_STUDENT = ("student", "student_no")
"""A table with such a column has rows of students."""

LANGUAGE = "zh_TW"
"""What the files are explained in: their headers are Chinese, too."""


class Export:
    """One run: what the functions of the tables share. ``notes``: what is to be told of it.

    ``departments``: whose students alone are in it, if there are any.
    """

    def __init__(self, env, departments=None):
        self.env = env
        self.reach = Reach(env, departments)
        self.published = env["ntue.exporter"]._published_domain()
        self.of_published = env["ntue.exporter"]._published_domain("curriculum_id.")
        self.notes = []


class Exporter(models.AbstractModel):
    """Takes the tables that the importer reads out of the database, for whom they concern.

    An addon that adds a file extends ``_rows_by_file``.
    """

    _name = "ntue.exporter"
    _description = "Exporter of the school's files"

    @api.model
    def _rows_by_file(self):
        """By the name of a file, the function of an ``Export`` that yields its rows; hook."""
        return {
            "terms": school.terms,
            "departments": school.departments,
            "programs": school.programs,
            "courses": school.courses,
            "frameworks": school.frameworks,
            "framework_areas": school.framework_areas,
            "framework_courses": school.framework_courses,
            "course_equivalents": school.course_equivalents,
            "flexible_rules": school.flexible_rules,
            "counting_rules": school.counting_rules,
            "framework_milestones": school.framework_milestones,
            "framework_sources": school.framework_sources,
            "students": students.students,
            "student_terms": students.student_terms,
            "enrollments": students.enrollments,
            "recognitions": students.recognitions,
            "student_waivers": students.student_waivers,
            "student_milestones": students.student_milestones,
            "student_programmes": students.student_programmes,
        }

    @api.model
    def _published_domain(self, path=""):
        return Domain(f"{path}state", "=", "published")

    @api.model
    def _tables(self, names=None, departments=None):
        """The tables of these ``names``, or all, in the order in which they are imported.

        ``departments``: see ``Export``. AccessError for a user who exports nothing.
        """
        export, rows = Export(self.env, departments), self._rows_by_file()
        chosen = self._chosen_specs(names)
        return export, [Table(spec, rows[spec.name](export)) for spec in chosen]

    @api.model
    def _chosen_specs(self, names):
        """The files of these ``names``, or all."""
        specs = self.env["ntue.importer"]._file_specs()
        unknown = set(names or ()) - {spec.name for spec in specs}
        if unknown:
            raise UserError(
                self.env._("There is no table “%s”. Choose one of the list.", min(unknown))
            )
        return [spec for spec in specs if not names or spec.name in names]

    @api.model
    def _check_bounded(self, names=None, departments=None):
        """UserError where the tables have rows of more students than a person waits for.

        AccessError for a user who exports nothing.
        """
        reach = Reach(self.env, departments)
        columns = {column.name for spec in self._chosen_specs(names) for column in spec.columns}
        if columns.isdisjoint(OF_STUDENT):
            return
        students = self.env["ntue.student"].with_context(active_test=False)
        count = students.search_count(reach.students())
        if count > MOST_STUDENTS:
            raise UserError(
                self.env._(
                    "The file would have %(count)s students, and on screen it may have "
                    "%(most)s. Choose departments and take their students in several files, or "
                    "have the whole school exported on the server by “odoo ntue_export”.",
                    count=count,
                    most=MOST_STUDENTS,
                )
            )

    @api.model
    def _export_folder(self, folder, names=None):
        """Write CSV files into ``folder``; returns tables, and notes to be told, of the run."""
        export, tables = self._tables(names)
        write_folder(folder, tables)
        self._enter(tables)
        return tables, export.notes

    @api.model
    def _export_file(self, kind, names=None, departments=None):
        """The tables as one file, ``zip`` of CSV or ``xlsx``: the open file, read from its start.

        ``names``, ``departments``: as in ``_tables``. Who took out what is entered in the
        register. UserError for more students than ``MOST_STUDENTS``.
        """
        self._check_bounded(names, departments)
        export, tables = self._tables(names, departments)
        text = self.env["ntue.importer"]._import_text

        def notes():
            return [text(note) for note in export.notes]

        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller reads
        try:
            (write_workbook if kind == "xlsx" else write_zip)(file, tables, notes)
        except TooManyRowsError as error:
            raise UserError(
                self.env._(
                    "A sheet of a workbook holds fewer rows than the table “%s” has. Choose CSV "
                    "files in a .zip.",
                    error,
                )
            ) from error
        self._enter(tables)
        file.seek(0)
        return file

    @api.model
    def _enter(self, tables):
        text = as_kept(self.env["ntue.importer"])._import_text
        for table in tables:
            label = text(table.spec.title) if table.spec.title else table.spec.name
            self.env["ntue.register.entry"]._enter_exported(label, table.count, table.header)

    @api.model
    def _template(self):
        """The workbook to fill in, explained in Chinese."""
        importer = self.env["ntue.importer"].with_context(lang=LANGUAGE)
        return template(importer._file_specs(), importer._import_text)

    @api.model
    def _data_package(self):
        """The format of all files as ``datapackage.json``, explained in Chinese."""
        importer = self.env["ntue.importer"].with_context(lang=LANGUAGE)
        return data_package(importer._file_specs(), importer._import_text)
