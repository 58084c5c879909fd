"""Rows that are sent by COPY are those that the models would have made one by one."""

from contextlib import closing
from datetime import date
from unittest.mock import patch

from odoo import api
from odoo.tests import tagged

from ..importer.writing.bulk import STAMPS
from ..importer.writing.makers import are_columns_only
from .test_import_base import FILES, ImportCase

OWN = ("id", "student_id", "import_id", *STAMPS)


@tagged("-at_install", "post_install")
class TestBulk(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set(students=[*FILES["students"], "Z219,王小安,,,,,ZQ-E-113,113,否"])

    def stored(self, record):
        """The row of a record as the database has it."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT * FROM {record._table} WHERE id = %s", [record.id])  # noqa: S608 - a model's table
        columns = [column.name for column in self.env.cr.description]
        return dict(zip(columns, self.env.cr.fetchone(), strict=True))

    def assert_as_created(self, records, names):
        other = self.student("Z219")
        for record in records:
            values = {name: record[name] for name in names}
            values = {
                name: value.id if hasattr(value, "_name") else value
                for name, value in values.items()
            }
            mine = self.stored(record)
            record.sudo().unlink()
            made = self.env[record._name].create({**values, "student_id": other.id})
            theirs = self.stored(made)
            self.assertEqual(
                {name: mine[name] for name in mine if name not in OWN},
                {name: theirs[name] for name in theirs if name not in OWN},
            )
            made.unlink()

    def test_what_is_stored_with_marks_of_a_line_is_no_other_text(self):
        lines = FILES["enrollments"]

        def files(note):
            return self.only(
                enrollments=[
                    f"{lines[0]},班級,備註",
                    f'{lines[1]},甲班,"{note}"',
                    *(f"{line},," for line in lines[2:]),
                ]
            )

        for stored, said in ((r"\N", ""), (r"a\\b", r"a\b"), (r"C:\new", "C:\new")):
            with self.subTest(stored=stored), closing(self.env.cr.savepoint()):
                self.run_import(files(stored))
                again = self.run_import(files(said), blanks_erase=True)
                counts = again.counts_of("enrollments.csv")
                self.assertEqual((counts.updated, counts.unchanged), (1, len(lines) - 2))

    def test_an_enrolment_is_as_if_it_had_been_created(self):
        self.env["ntue.recognition"].search([]).unlink()
        lines = FILES["enrollments"]
        self.run_import(
            self.only(
                enrollments=[
                    f"{lines[0]},班級,備註",
                    'Z211,1512,0777,ZQ003,"a,""b",2.5,,,他校,,否,停修,114-05-01,甲班,\'=x',
                ]
            )
        )
        fields = self.env["ntue.enrollment"]._fields
        names = [
            name
            for name, field in fields.items()
            if field.store and field.type != "one2many" and name not in (*OWN, "term_number")
        ]
        self.assertEqual(len(self.student().enrollment_ids), 4)
        self.assert_as_created(self.student().enrollment_ids, names)

    def test_a_term_of_a_student_is_as_if_it_had_been_created(self):
        self.assert_as_created(self.student().term_ids, ("term_id", "status"))

    def test_the_last_day_of_students_is_that_of_their_last_terms(self):
        students = self.student() | self.student("Z212")
        days = [date(2025, 7, 31), date(2025, 1, 31)]
        self.assertEqual(students.mapped("left_on"), days)
        self.env.add_to_compute(students._fields["left_on"], students)
        self.assertEqual(students.mapped("left_on"), days)

    def test_the_stamps_are_of_who_imported_and_when(self):
        row = self.stored(self.enrollment("0101"))
        self.assertEqual((row["create_uid"], row["write_uid"]), (self.env.uid, self.env.uid))
        self.assertEqual(row["create_date"], row["write_date"])
        self.assertTrue(row["create_date"])

    def test_audits_of_students_with_new_rows_are_out_of_date(self):
        student = self.student()
        student._store_audits()
        self.assertFalse(student.audit_ids.is_stale)
        lines = FILES["enrollments"]
        report = self.run_import(
            self.only(enrollments=[lines[0], "Z211,1511,0888,ZQ003,專題乙,3,選修,ZQ,,90,是,,"])
        )
        self.assertTrue(report.ok)
        student.invalidate_recordset()
        self.assertTrue(student.audit_ids.is_stale)


FILE_OF = {"ntue.enrollment": "enrollments", "ntue.student.term": "student_terms"}
ROWS = (*FILE_OF,)


@tagged("-at_install", "post_install")
class TestFurtherAddon(ImportCase):
    """Rows that are sent by COPY go by the models where a further addon has a say in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        later = dict.fromkeys(("student_terms", "enrollments", "recognitions"))
        cls.import_set(**later)
        cls.files = {name: FILES[name] for name in ("student_terms", "enrollments")}

    def watched(self, model):
        """The values that a further addon's ``create`` of ``model`` is given from now on."""
        records, made = type(self.env[model]), []
        create = records.create

        @api.model_create_multi
        def another(self, vals_list):
            made.extend(vals_list)
            return create(self, vals_list)

        another.__module__ = "odoo.addons.another.models"
        self.patch(records, "create", another)
        return made

    def rows(self):
        """What the database has of both models, without what tells one import from another."""
        found = []
        for model in ROWS:
            records = self.env[model].search([("student_id.student_no", "=like", "Z21_")])
            told = ("display_name", "id", "import_id", *STAMPS)
            names = [one for one, field in records._fields.items() if field.store]
            rows = records.read([one for one in names if one not in told], load=None)
            found.append([{**row, "id": None} for row in rows])
        return found

    def test_what_another_addon_does_at_their_creation_is_done_and_all_else_is_as_ever(self):
        outcomes = []
        for is_watched in (False, True):
            with closing(self.env.cr.savepoint()):
                made = {model: self.watched(model) for model in ROWS if is_watched}
                report = self.run_import(self.only(**self.files))
                self.assertTrue(report.ok, self.texts(report))
                again = self.run_import(self.only(**self.files))
                stale = self.student().audit_ids.mapped("is_stale")
                days = (self.student() | self.student("Z212")).mapped("left_on")
                counts = (self.counts(report), self.counts(again))
                outcomes.append((self.rows(), counts, stale, days))
                for model, vals_list in made.items():
                    self.assertEqual(len(vals_list), len(self.files[FILE_OF[model]]) - 1, model)
            self.env.invalidate_all()
        self.assertEqual(*outcomes)

    def test_a_check_names_what_the_models_would_make(self):
        self.watched("ntue.enrollment")
        report = self.run_import(self.only(**self.files), dry_run=True)
        parts = {part["title"]: part["created_count"] for part in report.preview["changes"]}
        self.assertEqual(sorted(parts.values()), [3, 4])
        self.assertFalse(self.student().enrollment_ids)

    def test_fields_and_constraints_of_another_addon_count_as_well(self):
        for model in ROWS:
            records = self.env[model]
            stored = {name for name, field in records._fields.items() if field.store}
            self.assertTrue(are_columns_only(records, stored))
            name = "state" if model == "ntue.enrollment" else "status"
            with patch.object(records._fields[name], "_modules", ("another",)):
                self.assertTrue(are_columns_only(records, stored), "the file says it")
                self.assertFalse(are_columns_only(records, stored - {name}))

            def check(_records):
                pass

            check.__module__ = "odoo.addons.another.models"
            with patch.object(type(records), "_constraint_methods", [check]):
                self.assertFalse(are_columns_only(records, stored))
            left = self.env["ntue.student"]._fields["left_on"]
            with patch.object(left, "_modules", ("another",)):
                follows = model == "ntue.student.term"
                self.assertEqual(are_columns_only(records, stored), not follows)
