"""Tables on the way out: what is in them, for whom, and that they come in again unchanged."""

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..cli.ntue_export import export_folder
from ..erasing import erasing
from ..exporter import writing
from ..importer.problems import Report, Severity
from ..importer.sources import EXPLAINING, read_uploads
from ..selecting import SELECTING
from . import school as school_of
from .common import SchoolCase
from .test_import_base import FILES, ImportCase, with_row

EXPORTER = "odoo.addons.ntue_curriculum.models.platform.exporter"
OF_STUDENTS = ("students", "student_terms", "enrollments", "recognitions")


def tables_of(data):
    """The rows of each table of a zip, headers left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
            )[1:]
            for name in archive.namelist()
        }


def exported(env, kind="zip", names=None):
    with env["ntue.exporter"]._export_file(kind, names) as file:
        return file.read()


@tagged("-at_install", "post_install")
class TestExportComesIn(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set()

    def again(self, **files):
        """Import what was exported; the warnings are all that there may be."""
        report = self.run_import(read_uploads(files.items(), Report()))
        self.assertTrue(report.ok, self.texts(report))
        return report

    def assert_unchanged(self, report):
        written = {
            file: (counts.created, counts.updated)
            for file, counts in report.counts.items()
            if counts.created or counts.updated
        }
        self.assertEqual(written, {})

    def test_what_is_exported_as_csv_is_imported_without_a_difference(self):
        with zipfile.ZipFile(io.BytesIO(exported(self.env))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        report = self.again(**files)
        self.assert_unchanged(report)
        filled = [name for name, data in files.items() if data.count(b"\n") > 1]
        self.assertEqual(sorted(report.counts), sorted(filled))

    def test_what_is_exported_as_a_workbook_is_imported_without_a_difference(self):
        report = self.again(**{"ntue.xlsx": exported(self.env, "xlsx")})
        self.assert_unchanged(report)

    def test_every_row_that_was_imported_is_in_the_export(self):
        found = tables_of(exported(self.env))
        for name in OF_STUDENTS:
            mine = [row for row in found[name] if row[0].startswith("Z21")]
            self.assertEqual(len(mine), len(FILES[name]) - 1, name)

    def test_a_text_that_a_spreadsheet_would_run_leaves_as_text_and_comes_back_as_it_was(self):
        for text in ("=1+1", "+886 2", "-x", "@x", "'=x", "''=x", "'x"):
            with self.subTest(text=text):
                self.student().sudo().write({"phone": text, "name": text})
                self.env.flush_all()
                found = tables_of(exported(self.env, names=["students"]))["students"]
                row = next(row for row in found if row[0] == "Z211")
                self.assertNotRegex(row[1], r"^[=+\-@]")
                for kind, file in (("zip", "students.csv"), ("xlsx", "students.xlsx")):
                    data = exported(self.env, kind, ["students"])
                    if kind == "zip":
                        data = zipfile.ZipFile(io.BytesIO(data)).read(file)
                    self.assert_unchanged(self.again(**{file: data}))
                self.assertEqual(self.student().name, text)

    def test_a_full_width_sign_that_excel_would_take_for_a_formulas_leaves_and_comes_back(self):
        department = self.env["ntue.department"].search([("code", "=", "ZQ")])
        for text in ("＝1+1", "＋x", "－x", "＠x", "'＝x", "''＠x"):
            with self.subTest(text=text):
                department.name = text
                self.env.flush_all()
                found = tables_of(exported(self.env, names=["departments"]))["departments"]
                self.assertIn(f"'{text}", [row[1] for row in found])
                for kind, file in (("zip", "departments.csv"), ("xlsx", "departments.xlsx")):
                    data = exported(self.env, kind, ["departments"])
                    if kind == "zip":
                        data = zipfile.ZipFile(io.BytesIO(data)).read(file)
                    self.assert_unchanged(self.again(**{file: data}))
                self.assertEqual(department.name, text)

    def test_a_withdrawal_by_a_whole_list_comes_back_as_it_is(self):
        lines = FILES["enrollments"]
        left = [line for line in lines if ",0102," not in line]
        report = self.run_import(
            self.only(enrollments=left), whole_terms=("1512",), withdraw_missing=True
        )
        self.assertTrue(report.ok)
        self.assertTrue(self.enrollment("0102").gone_missing)
        data = exported(self.env, "xlsx", ["enrollments"])
        self.assert_unchanged(self.again(**{"enrollments.xlsx": data}))
        self.assertTrue(self.enrollment("0102").gone_missing)

    def test_a_course_entered_by_hand_without_a_number_comes_back_as_it_is(self):
        values = {"name": "手登", "credits": 2, "state": "passed", "score": 80, "is_graded": True}
        course, term = self.enrollment("0101").course_id, self.enrollment("0102").term_id
        student = {"student_id": self.student().id, "course_id": course.id, "term_id": term.id}
        self.env["ntue.enrollment"].create({**values, **student})
        data = exported(self.env, "xlsx", ["enrollments"])
        self.assert_unchanged(self.again(**{"enrollments.xlsx": data}))

    def test_a_decision_on_a_subject_comes_back_as_the_one_that_it_is(self):
        line = self.framework().line_ids.filtered(lambda one: one.course_id.code == "ZQ002")
        enrollment = self.enrollment("0648")
        values = {"student_id": self.student().id, "enrollment_id": enrollment.id}
        self.env["ntue.recognition"].create({**values, "kind": "mapped", "line_id": line.id})
        rows = tables_of(exported(self.env, names=["recognitions"]))["recognitions"]
        self.assertEqual(len([row for row in rows if row[0] == "Z211"]), 2)
        data = exported(self.env, "xlsx", ["recognitions"])
        self.assert_unchanged(self.again(**{"recognitions.xlsx": data}))

    def forced(self):
        """A decision that sets a limit aside, for which files have no word."""
        line = self.framework().line_ids[0]
        values = {"student_id": self.student().id, "enrollment_id": self.enrollment("0102").id}
        self.env["ntue.recognition"].create({**values, "kind": "forced", "line_id": line.id})

    def test_a_decision_that_files_have_no_word_for_is_counted_and_left_out(self):
        self.forced()
        with tempfile.TemporaryDirectory() as folder:
            said = []
            export_folder(self.env, Path(folder), ["recognitions"], said.append)
            self.assertEqual([path.name for path in Path(folder).iterdir()], ["recognitions.csv"])
        self.assertTrue([line for line in said if "are left out" in line], said)

    def test_what_is_left_out_is_said_in_the_file_that_a_person_downloads(self):
        self.forced()
        values = {"code": "ZQ-D", "program_id": self.framework().program_id.id, "entry_year": 113}
        draft = self.env["ntue.curriculum"].create({**values, "graduation_credits": 9})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ntue_student SET curriculum_id = %s WHERE student_no = 'Z212'", [draft.id]
        )
        self.env.invalidate_all()
        for kind in ("zip", "xlsx"):
            with self.subTest(kind=kind):
                data = exported(self.env, kind)
                if kind == "zip":
                    archive = zipfile.ZipFile(io.BytesIO(data))
                    said = archive.read("README.txt").decode("utf-8-sig")
                else:
                    page = openpyxl.load_workbook(io.BytesIO(data))[EXPLAINING]
                    said = " ".join(str(row[0].value) for row in page)
                self.assertIn("not published", said)
                self.assertIn("no word for", said)
                self.assert_unchanged(self.again(**{f"ntue.{kind}": data}))
        data = exported(self.env, "xlsx", ["students"])
        self.assertIn(EXPLAINING, openpyxl.load_workbook(io.BytesIO(data)).sheetnames)
        report = self.again(**{"students.xlsx": data})
        self.assertFalse(
            [text for text in self.texts(report, Severity.WARNING) if "sheets" in text]
        )

    def test_who_is_archived_leaves_too_and_that_is_said(self):
        student = self.student("Z212")
        student.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        found = tables_of(exported(self.env))
        for name in ("students", "student_terms", "enrollments"):
            with self.subTest(name):
                self.assertIn("Z212", {row[0] for row in found[name]})
        export, tables = self.env["ntue.exporter"]._tables(["students"])
        self.assertTrue(list(tables[0].cells()))
        self.assertIn("1 of the students are archived", " ".join(map(str, export.notes)))
        data = exported(self.env, "xlsx")
        self.assert_unchanged(self.again(**{"ntue.xlsx": data}))
        self.assertFalse(student.active)

    def test_whose_name_was_erased_is_left_out_and_counted(self):
        student = self.student("Z212")
        erasing(student)._erase_identity()
        self.env.flush_all()
        self.env.invalidate_all()
        export, tables = self.env["ntue.exporter"]._tables(["students"])
        numbers = [cells[0] for cells in tables[0].cells()]
        self.assertNotIn(student.student_no, numbers)
        self.assertIn("erased", " ".join(str(note) for note in export.notes))
        self.assertNotIn("archived", " ".join(str(note) for note in export.notes))

    def test_a_name_that_the_registrar_accepted_comes_in_where_the_student_is_new(self):
        names = {"english_name": "SUHARTO", "english_name_accepted": True}
        self.student("Z212").write(names)
        data = zipfile.ZipFile(io.BytesIO(exported(self.env, names=["students"])))
        text = data.read("students.csv").decode("utf-8-sig").replace("Z212", "Z219")
        report = self.again(**{"students.csv": text.encode()})
        self.assertEqual(self.counts(report)["students"][0], 1)
        new = self.student("Z219")
        self.assertEqual((new.english_name, new.english_name_accepted), ("SUHARTO", True))

    def test_a_closed_account_of_an_assistant_is_not_taken_away_by_an_export_that_comes_back(self):
        accounts = [
            new_test_user(self.env, login, "base.group_user,ntue_curriculum.group_assistant")
            for login in ("export.open", "export.closed")
        ]
        department = self.env["ntue.department"].search([("code", "=", "ZQ")])
        department.assistant_ids = [(6, 0, [account.id for account in accounts])]
        accounts[1].active = False
        data = exported(self.env, "xlsx", ["departments"])
        self.assert_unchanged(self.again(**{"departments.xlsx": data}))

    def test_a_table_that_no_sheet_holds_is_refused_and_not_cut(self):
        with patch.object(writing, "MAX_ROWS", 2), self.assertRaisesRegex(UserError, "CSV"):
            exported(self.env, "xlsx", ["terms"])

    def test_a_table_that_is_not_there_is_refused(self):
        with self.assertRaises(UserError):
            exported(self.env, names=["res_users"])

    def test_an_export_of_an_area_with_a_cap_a_floor_and_children_is_whole(self):
        lines = [
            *with_row("framework_areas", 2, "ZQ-E-113,A,C,方法領域,3.5,1,6,,75.5"),
            "ZQ-E-113,C,,上層,,,12,1,",
        ]
        report = self.run_import(self.only(framework_areas=lines), revision_reason="更正")
        self.assertTrue(report.ok, self.texts(report))
        found = tables_of(exported(self.env, names=["framework_areas"]))["framework_areas"]
        mine = {row[1]: row[2:] for row in found if row[0] == "ZQ-E-113"}
        # The last three: for whom it is there.
        selects = [*([""] * len(SELECTING)), "0", "否", "", "", ""]
        self.assertEqual(mine["A"], ["C", "方法領域", "3.5", "1", "6", "0", "75.5", *selects])
        self.assertEqual(mine["C"], ["", "上層", "0", "0", "12", "1", "", *selects])
        self.assertEqual(report.count(Severity.ERROR), 0)


@tagged("-at_install", "post_install")
class TestExportRights(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.new_student("210941001", "王大明")
        cls.of_cict = cls.new_student("210943003", "他系學生", of_framework=cls.cict_framework)
        cls.of_day = cls.new_student("110941004", "日間學生", of_framework=cls.day_framework)

    def numbers(self, user):
        """The students of whom ``user`` gets rows, by table."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = tables_of(exported(self.env(user=user.id, su=False)))
        return {name: {row[0] for row in found[name]} for name in OF_STUDENTS[:3]}

    def assert_gets(self, user, *students):
        wanted = {student.student_no for student in students}
        self.assertEqual(set(map(frozenset, self.numbers(user).values())), {frozenset(wanted)})

    def test_a_registrar_exports_the_students_of_the_own_division(self):
        self.assert_gets(self.registrar, self.mine, self.of_cict)
        self.assert_gets(self.registrar_day, self.of_day)

    def test_an_assistant_exports_the_students_of_the_own_departments(self):
        self.assert_gets(self.assistant, self.mine, self.of_day)
        self.assert_gets(self.other_assistant, self.of_cict)

    def test_an_assistant_exports_plain_data_of_the_own_departments_only(self):
        found = tables_of(exported(self.env(user=self.other_assistant.id, su=False)))
        self.assertEqual({row[0] for row in found["departments"]}, {"CICT"})
        self.assertEqual({row[0] for row in found["programs"]}, {"CICT-W"})
        self.assertEqual({row[0] for row in found["framework_courses"]}, {"CICT-W-109"})

    def test_a_registrar_of_no_division_exports_plain_data_and_no_student(self):
        groups = f"{school_of.STAFF},ntue_curriculum.group_registrar"
        nobody = school_of.user(self.env, "nobody@staff.example.com", groups)
        self.assertEqual(set(map(len, self.numbers(nobody).values())), {0})

    def test_an_assistant_who_studies_elsewhere_does_not_export_the_own_record(self):
        self.of_cict.sudo().partner_id = self.assistant.partner_id
        self.assert_gets(self.assistant, self.mine, self.of_day)

    def test_nobody_else_exports_anything(self):
        employee = school_of.user(self.env, "employee@staff.example.com", school_of.STAFF)
        admin = school_of.user(
            self.env, "settings@staff.example.com", f"{school_of.STAFF},base.group_system"
        )
        student = school_of.account_of(self.mine)
        for user in (self.operator, employee, admin, student):
            env = self.env(user=user.id, su=False)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    exported(env)
                with self.assertRaises(AccessError):
                    env["ntue.export.wizard"].create({})

    def test_no_remote_call_reaches_the_exporter_past_its_wizard(self):
        public = [
            name
            for name in dir(type(self.env["ntue.exporter"]))
            if not name.startswith("_") and name not in dir(type(self.env["ntue.importer"]))
        ]
        self.assertEqual(public, [])

    def wizard(self, user=None, **values):
        wizards = self.env["ntue.export.wizard"].with_user(user or self.registrar)
        return wizards.create({"kind": "zip", **values})

    def test_of_more_students_than_a_person_waits_for_it_says_what_to_do_instead(self):
        with patch(f"{EXPORTER}.MOST_STUDENTS", 1):
            for table in ("all", "students", "enrollments"):
                wizard = self.wizard(table=table)
                for ask in (wizard.action_download, wizard._file):
                    with self.subTest(table=table, ask=ask), self.assertRaises(UserError) as told:
                        ask()
                    for words in ("2 students", "it may have 1", "departments", "ntue_export"):
                        self.assertIn(words, str(told.exception))
            self.wizard(table="courses")._file()[1].close()
        with patch(f"{EXPORTER}.MOST_STUDENTS", 2):
            self.wizard().action_download()

    def test_the_students_of_the_departments_that_were_chosen_alone_are_in_the_file(self):
        chosen = self.of_cict.department_id
        wizard = self.wizard(department_ids=[(6, 0, chosen.ids)])
        with patch(f"{EXPORTER}.MOST_STUDENTS", 1):
            found = tables_of(wizard._file()[1].read())
        for name in OF_STUDENTS[:3]:
            self.assertEqual({row[0] for row in found[name]}, {"210943003"}, name)

    def test_whoever_chooses_departments_gets_no_student_of_anothers(self):
        chosen = self.of_cict.department_id | self.mine.department_id
        wizard = self.wizard(self.other_assistant, department_ids=[(6, 0, chosen.ids)])
        found = tables_of(wizard._file()[1].read())["students"]
        self.assertEqual({row[0] for row in found}, {"210943003"})

    def test_a_wizard_is_nobody_elses(self):
        wizard = self.env["ntue.export.wizard"].with_user(self.assistant).create({})
        with self.assertRaises(AccessError):
            wizard.with_user(self.registrar).read(["table"])

    def test_the_register_says_who_exported_which_table_and_how_many_rows(self):
        entries = self.env["ntue.register.entry"]
        before = entries.search([], limit=1).number
        wizards = self.env["ntue.export.wizard"].with_user(self.assistant)
        wizard = wizards.create({"table": "enrollments", "kind": "zip"})
        self.assertEqual(wizard.action_download()["url"], f"/ntue_curriculum/export/{wizard.id}")
        name, file = wizard._file()
        rows = tables_of(file.read())["enrollments"]
        entry = entries.search([("number", ">", before)])
        self.assertEqual(name, "enrollments.zip")
        self.assertEqual((entry.action, entry.user_id), ("exported", self.assistant))
        figures = json.loads(entry.changes)
        self.assertEqual(figures["exported_number"], [None, len(rows)])
        self.assertIn("學號", figures["exported_fields"][1])
