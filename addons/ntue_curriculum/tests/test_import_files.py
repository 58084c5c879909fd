"""Whole imports: all or nothing, every fault at once, and nothing doubled (I4, F5)."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..importer.problems import Severity
from .test_import_base import FILES, ImportCase, with_row

BROKEN = {
    "terms": ("1514,113-08-01,114-01-31", "學年期"),
    "departments": ("ZQ,,,,,", "系所名稱"),
    "programs": ("ZQ-E,測試,,ZX,進修,夜間,碩士,70,,,,", "系所代碼"),
    "frameworks": ("ZQ-E-113,ZQ-E,113,一班,九", "畢業學分數"),
    "framework_areas": ("ZQ-E-113,A,X,方法領域,3,1,,,", "上層領域代碼"),
    "framework_courses": ("ZQ-E-113,A,ZQ001,研究法,3,必要,1,1,,", "必選修"),
    "course_equivalents": ("ZQ999,ZQ001", "科目代碼"),
    "flexible_rules": ("ZQ-E-113,全部,學分,,否,否", "上限"),
    "students": ("Z211,王小明,小明,,,,ZQ-E-113,113,否", "英文姓名"),
    "student_terms": ("Z211,1511,在校", "在學狀態"),
    "enrollments": ("Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,101,是,,", "成績"),
    "recognitions": ("Z211,1512,0649,ZQ901,彈性,,,1512,", "科目代碼"),
}
"""Of each file a broken row 2, and the column that is at fault."""


@tagged("-at_install", "post_install")
class TestImportFiles(ImportCase):
    def test_a_correct_set_is_imported_without_a_word(self):
        report = self.run_import()
        self.assertEqual(report.problems, [])
        self.assertEqual(
            self.counts(report),
            {name: (len(lines) - 1, 0, 0) for name, lines in FILES.items()},
        )
        student = self.student()
        self.assertEqual(student.english_name, "WANG, HSIAO-MING")
        self.assertEqual(student.partner_id.name, "王小明")
        self.assertEqual(student.curriculum_id, self.framework())
        self.assertEqual(student.enrolled_term_count, 1)

    def test_the_same_files_again_change_nothing(self):
        self.import_set()
        before = self.table_sizes()
        revisions = self.env["ntue.curriculum"].search([]).mapped("write_date")
        report = self.run_import()
        self.assertEqual(
            self.counts(report),
            {name: (0, 0, len(lines) - 1) for name, lines in FILES.items()},
        )
        self.assertEqual(self.table_sizes(), before)
        self.assertEqual(self.env["ntue.curriculum"].search([]).mapped("write_date"), revisions)

    def test_a_broken_row_of_every_file_is_reported_in_one_run_and_nothing_is_written(self):
        changes = {name: with_row(name, 2, line) for name, (line, _column) in BROKEN.items()}
        before = self.table_sizes()
        report = self.run_import(self.contents(**changes))
        told = set(self.told(report))
        for name, (_line, column) in BROKEN.items():
            self.assertIn((f"{name}.csv", 2, column), told)
        self.assertEqual(self.table_sizes(), before)
        self.assertEqual(report.counts, {})

    def test_a_broken_row_of_one_file_is_the_only_error(self):
        for name, (line, column) in BROKEN.items():
            with self.subTest(name):
                contents = self.contents(**{name: with_row(name, 2, line)})
                self.assert_refused(contents, (f"{name}.csv", 2, column))

    def test_a_changed_row_is_changed_and_the_rest_left_alone(self):
        self.import_set()
        scored = with_row("enrollments", 5, "Z212,1511,0101,ZQ001,研究法,3,必修,ZQ,,70,是,,")
        report = self.import_set(enrollments=scored)
        self.assertEqual(self.counts(report)["enrollments"], (0, 1, 3))
        self.assertEqual(self.enrollment("0101", "Z212").state, "passed")

    def test_a_dry_run_tells_the_counts_and_writes_nothing(self):
        before = self.table_sizes()
        report = self.run_import(dry_run=True)
        self.assertEqual(self.counts(report)["students"], (2, 0, 0))
        self.assertEqual(self.table_sizes(), before)
        self.assertFalse(self.student())

    def test_an_empty_profile_cell_takes_nothing_from_the_student(self):
        self.import_set()
        self.student("Z212").write({"english_name": "LI, HSIAO-HUA", "mobile": "0911-111-111"})
        report = self.import_set()
        self.assertEqual(self.counts(report)["students"], (0, 0, 2))
        self.assertEqual(self.student("Z212").english_name, "LI, HSIAO-HUA")

    def test_the_assistants_stay_when_the_file_names_none(self):
        self.import_set()
        department = self.env["ntue.department"].search([("code", "=", "ZQ")])
        assistant = new_test_user(self.env, "import.assistant", "base.group_user")
        department.assistant_ids = assistant
        self.import_set()
        self.assertEqual(department.assistant_ids, assistant)

    def test_a_failure_while_writing_takes_everything_back(self):
        failure = UserError("The last step failed.")  # pylint: disable=translation-required

        def fail(_run):
            raise failure

        steps = (*self.importer._import_steps(), fail)
        self.patch(type(self.importer), "_import_steps", lambda _importer: steps)
        report = self.assert_refused(self.contents(), ("", None, ""))
        self.assertEqual(self.texts(report), ["The last step failed."])

    def test_a_framework_that_cannot_be_published_is_told_by_its_row(self):
        failure = UserError("It will not do.")  # pylint: disable=translation-required

        def refuse(_curriculum, **_reason):
            raise failure

        self.patch(type(self.env["ntue.curriculum"]), "_publish", refuse)
        report = self.assert_refused(self.contents(), ("frameworks.csv", 2, "課架代碼"))
        self.assertIn("It will not do.", self.texts(report)[0])

    def test_two_imports_at_once_are_refused(self):
        with self.registry.cursor() as other, mute_logger("odoo.sql_db"):
            other.execute("SELECT pg_advisory_xact_lock(%s)", [0x6E747565])
            with self.assertRaisesRegex(UserError, "Another import"):
                self.run_import()

    def test_every_message_is_a_sentence_in_the_language_of_the_operator(self):
        report = self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")))
        for problem in report.of(Severity.ERROR):
            self.assertTrue(self.importer._import_text(problem.message).strip())

    def test_a_failing_run_says_that_nothing_was_imported(self):
        report = self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")))
        self.assertEqual(len(self.importer._import_summary(report)), 1)
