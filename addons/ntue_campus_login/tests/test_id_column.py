"""The importer's column 身分證字號: taken as hashes, kept nowhere else, never repeated (D47)."""

import csv
import tempfile
from contextlib import closing
from pathlib import Path

from odoo.addons.ntue_curriculum.cli.ntue_import import import_folder, print_report
from odoo.addons.ntue_curriculum.importer.problems import Severity
from odoo.addons.ntue_curriculum.models.imports.import_file import kept_contents
from odoo.addons.ntue_curriculum.tests.test_import_base import (
    FILES,
    ImportCase,
    csv_bytes,
    xlsx_bytes,
)
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .. import id_key
from .numbers import KEY, NEW_KEY, keys, number, wrong

GOOD, OTHER, BAD = number(1), number(2), wrong(3)
OLD_PERMIT = number(4, second="C")


def with_ids(*numbers):
    """The lines of the file ``students`` with the column, and these numbers in it."""
    header, *rows = FILES["students"]
    return [
        f"{header},身分證字號",
        *(f"{row},{text}" for row, text in zip(rows, numbers, strict=True)),
    ]


class IdCase(ImportCase):
    def setUp(self):
        super().setUp()
        self.enterContext(keys(KEY))

    def kept(self, student="Z211"):
        """Whose number it is that is kept, as the page for a forgotten password asks."""
        record = self.student(student)
        numbers = (GOOD, OTHER, OLD_PERMIT)
        return [text for text in numbers if record._ntue_is_national_id(id_key.typed(text))]

    def assert_stored_nowhere(self, *numbers):
        """No table of the database has any of the numbers, or the last nine characters of one."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cr.fetchall():
            for text in numbers:
                query = f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1'  # noqa: S608
                cr.execute(query, [f"%{text[1:]}%"])
                self.assertFalse(cr.fetchall(), table)


@tagged("post_install", "-at_install")
class TestIdColumn(IdCase):
    def test_a_number_is_kept_as_a_hash_that_only_the_key_compares(self):
        self.import_set(students=with_ids(GOOD.lower(), f" {OTHER}"))
        self.assertEqual((self.kept("Z211"), self.kept("Z212")), ([GOOD], [OTHER]))
        self.assert_stored_nowhere(GOOD, OTHER)
        with keys(NEW_KEY):
            self.assertEqual(self.kept(), [])

    def test_the_same_again_changes_nothing_and_a_blank_cell_takes_nothing_away(self):
        self.import_set(students=with_ids(GOOD, ""))
        record = self.env["ntue.national.id"].search([])
        before = record.mapped("digest")
        for lines in (with_ids(GOOD, ""), with_ids("", ""), FILES["students"]):
            self.import_set(students=lines)
            self.assertEqual(record.search([]).mapped("digest"), before)
        self.import_set(students=with_ids(OTHER, ""))
        self.assertEqual(self.kept(), [OTHER])

    def test_a_check_and_a_refused_import_keep_no_number(self):
        self.run_import(self.contents(students=with_ids(GOOD, OTHER)), dry_run=True)
        self.run_import(self.contents(students=with_ids(GOOD, BAD)))
        self.assertFalse(self.env["ntue.national.id"].search([]))

    def test_a_number_that_is_none_is_told_by_its_place_and_not_repeated(self):
        for cell in (BAD, "護照123456", "123", "=1+1", "A" * 300, "#REF!", "1.2E+09"):
            report = self.assert_refused(
                self.contents(students=with_ids(GOOD, cell)), ("students.csv", 3, "身分證字號")
            )
            for severity in Severity:
                for text in self.texts(report, severity):
                    self.assertNotIn(cell, text)

    def test_a_workbooks_number_or_date_is_told_without_its_value(self):
        rows = list(csv.reader(with_ids(GOOD, OTHER)))
        rows[2][-1] = 2100000009
        contents = {**self.contents(students=None), "students.xlsx": xlsx_bytes(rows)}
        report = self.assert_refused(contents, ("students.xlsx", 3, "身分證字號"))
        self.assertNotIn("2100000009", "".join(self.texts(report)))

    def test_D47_residence_permits_are_taken_old_ones_until_the_end_of_2030(self):
        lines = with_ids(OLD_PERMIT, number(5, second="8"))
        with freeze_time("2030-12-31 10:00:00"):
            self.import_set(students=lines)
        self.assertEqual(self.kept(), [OLD_PERMIT])
        with freeze_time("2030-12-31 17:00:00"):  # the next year in Taipei
            self.assert_refused(self.contents(students=lines), ("students.csv", 2, "身分證字號"))

    def test_without_a_key_the_column_is_refused_and_says_what_to_set(self):
        with keys(""):
            report = self.run_import(self.contents(students=with_ids(GOOD, "")))
            self.assertIn("NTUE_ID_KEY", self.texts(report)[0])
            self.import_set()
            with self.assertRaises(UserError):
                self.student()._ntue_set_national_id(GOOD)

    def test_a_new_key_takes_over_from_the_old_one_number_by_number(self):
        self.import_set(students=with_ids(GOOD, OTHER))
        with keys(NEW_KEY, KEY):
            self.assertEqual(self.kept(), [GOOD])
        with keys(NEW_KEY):
            self.assertEqual((self.kept("Z211"), self.kept("Z212")), ([GOOD], []))
            self.import_set(students=with_ids(GOOD, OTHER))
            self.assertEqual(self.kept("Z212"), [OTHER])

    def test_two_records_of_one_person_do_not_show_by_it_that_they_are(self):
        self.import_set(students=with_ids(GOOD, GOOD))
        one, other = self.env["ntue.national.id"].search([]).mapped("digest")
        self.assertNotEqual(one, other)
        self.assertEqual((self.kept("Z211"), self.kept("Z212")), ([GOOD], [GOOD]))

    def test_a_hash_copied_to_another_record_is_nobodys(self):
        self.import_set(students=with_ids(GOOD, OTHER))
        one, other = self.env["ntue.national.id"].search([])
        other.digest = one.digest
        self.assertEqual(self.kept("Z212"), [])

    def test_typed_by_staff_it_is_checked_as_in_a_file(self):
        self.import_set()
        self.student()._ntue_set_national_id(f" {GOOD.lower()} ")
        self.assertEqual(self.kept(), [GOOD])
        for text in (BAD, "", "x" * 1000):
            with self.assertRaises(UserError) as caught:
                self.student()._ntue_set_national_id(text)
            if text:
                self.assertNotIn(text, str(caught.exception))


@tagged("post_install", "-at_install")
class TestIdFilesOfImports(IdCase):
    """What the dialog and the command keep and say of files with the column."""

    def upload(self, data, name="students.csv"):
        operator = new_test_user(
            self.env, "ids.operator", "base.group_user,ntue_curriculum.group_operator"
        )
        mine = self.env(user=operator.id)
        whole = {**self.only(**{n: v for n, v in FILES.items() if n != "students"}), name: data}
        vals = [{"name": n, "raw": d, "res_model": "ntue.import.wizard"} for n, d in whole.items()]
        files = mine["ir.attachment"].create(vals)
        return mine["ntue.import.wizard"].create({"file_ids": [(6, 0, files.ids)]})

    def contents_kept(self):
        files = self.env["ir.attachment"].search([("res_model", "=", "ntue.import.wizard")])
        return b"".join(file.raw for file in files)

    def test_the_dialogs_copy_has_no_number_and_is_imported_all_the_same(self):
        for name, data in (
            ("students.csv", csv_bytes(with_ids(GOOD, OTHER))),
            ("students.xlsx", xlsx_bytes(list(csv.reader(with_ids(GOOD, OTHER))))),
        ):
            with self.subTest(name=name), closing(self.env.cr.savepoint()):
                wizard = self.upload(data, name)
                self.assertTrue(self.contents_kept())
                self.assertNotIn(GOOD.encode(), self.contents_kept())
                wizard.action_check()
                self.assertEqual(wizard.state, "checked", wizard.problem_ids.mapped("message"))
                wizard.action_import()
                self.assertEqual(wizard.state, "done")
                self.assertEqual((self.kept("Z211"), self.kept("Z212")), ([GOOD], [OTHER]))
                self.assert_stored_nowhere(GOOD, OTHER)

    def test_the_record_of_an_import_keeps_its_files_without_a_number(self):
        for name, data in (
            ("students.csv", csv_bytes(with_ids(GOOD, OTHER))),
            ("students.xlsx", xlsx_bytes(list(csv.reader(with_ids(GOOD, OTHER))))),
        ):
            with self.subTest(name=name), closing(self.env.cr.savepoint()):
                self.run_import({**self.contents(students=None), name: data})
                record = self.env["ntue.import"].search([], limit=1)
                kept = kept_contents(record.file_ids, "content")
                self.assertEqual((record.state, len(kept)), ("done", len(FILES)))
                whole = b"".join(file.raw for file in kept)
                self.assertNotIn(GOOD.encode(), whole)
                self.assert_stored_nowhere(GOOD, OTHER)

    def test_no_other_header_is_read_as_the_column(self):
        mapping = self.env["ntue.import.mapping"].create({"name": "Ours"})
        line = {"mapping_id": mapping.id, "table": "students", "title": "證號"}
        with self.assertRaises(ValidationError):
            mapping.line_ids.create({**line, "column": "students.national_id"})

    def test_a_finding_names_the_row_and_nothing_kept_has_the_number(self):
        wizard = self.upload(csv_bytes(with_ids(GOOD, BAD)))
        wizard.action_check()
        self.assertEqual(wizard.problem_ids.filtered(lambda one: one.row == 3).severity, "error")
        self.assert_stored_nowhere(GOOD, BAD)
        self.assertNotIn(BAD.encode(), self.contents_kept())

    def test_a_file_that_was_written_over_loses_its_numbers_too(self):
        wizard = self.upload(csv_bytes(FILES["students"]))
        file = wizard.file_ids.filtered(lambda found: found.name == "students.csv")
        file.raw = csv_bytes(with_ids(GOOD, OTHER))
        self.assertNotIn(GOOD.encode(), file.raw)

    def test_a_file_from_elsewhere_with_numbers_is_refused(self):
        wizard = self.upload(csv_bytes(FILES["students"]))
        loose = wizard.env["ir.attachment"].create(
            {"name": "students.csv", "raw": csv_bytes(with_ids(GOOD, OTHER))}
        )
        wizard.file_ids = loose
        with self.assertRaises(UserError):
            wizard.action_check()

    def test_the_command_says_no_number(self):
        said = []
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for stem, lines in {**FILES, "students": with_ids(GOOD, BAD)}.items():
                (folder / f"{stem}.csv").write_bytes(csv_bytes(lines))
            report = import_folder(
                self.env, folder, False, None, lambda line="": said.append(str(line))
            )
            print_report(self.env, report, lambda line="": said.append(str(line)))
        everything = "\n".join(said)
        self.assertIn("students.csv:3: 身分證字號", everything)
        for text in (GOOD, BAD):
            self.assertNotIn(text[1:], everything)
