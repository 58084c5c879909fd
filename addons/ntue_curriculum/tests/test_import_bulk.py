"""Rows that are sent by COPY are those that the models would have made one by one."""

from contextlib import closing
from datetime import date

from odoo.tests import tagged

from ..importer.writing.bulk import STAMPS
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
