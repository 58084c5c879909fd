"""What an area selects, and what counts often, from the record to the pages (A35, A36)."""

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..audit_adapter import differences
from . import school as school_of
from .common import SchoolCase, SchoolHttpCase


@tagged("post_install", "-at_install")
class TestSelecting(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941006", "陳選課")
        cls.draft = cls.framework._start_revision("Meeting 3")
        cls.area = cls.draft.area_ids.filtered(lambda area: area.code == "C")

    def tried(self):
        """What counts in the area when the student is tried under the draft."""
        case = self.student._case().under(self.draft._prepared()[0])
        return next(row for row in case.audit().areas if row.code == "C").taken

    def outside(self, **values):
        enrollment = school_of.enrolment(self.student, "0733")
        enrollment.write({"correction_reason": "As the school says", **values})
        return enrollment

    def test_A35_a_registrar_lets_an_area_select_by_domain_and_the_course_counts(self):
        before = self.tried()
        self.outside(domain="人文")
        self.assertEqual(self.tried(), before)
        self.rpc(
            self.registrar,
            self.area._name,
            "write",
            self.area.ids,
            {"select_domains": "社會；人文"},
        )
        self.assertEqual(self.tried(), before + 3)

    def test_A35_each_condition_and_the_exceptions_are_heard(self):
        enrollment = self.outside(language="英語", level="碩士", is_distance=True)
        before = self.tried()
        for name, inside, out in (
            ("select_languages", "英語", "國語"),
            ("select_levels", "碩士", "學士"),
            ("select_distance", "yes", "no"),
            ("select_prefixes", enrollment.course_id.code[:3], "ZZ"),
            ("select_names", enrollment.name[:2], "不在其中"),
            ("select_departments", enrollment.offering_department_id.code, "ZZ"),
        ):
            with self.subTest(condition=name), self.undone():
                self.area[name] = inside
                self.assertEqual(self.tried(), before + 3)
                self.area.select_exceptions = enrollment.course_id.code
                self.assertEqual(self.tried(), before)
                self.area.write({"select_exceptions": False, name: out})
                self.assertEqual(self.tried(), before)

    def test_A35_what_an_area_selects_is_compared_in_words(self):
        self.area.select_domains = "人文"
        (change,) = differences(self.framework, self.draft)
        self.assertEqual((change.code, change.field), ("C", "select_domains"))
        asked = self.env["ntue.curriculum.compare"].create(
            {"before_id": self.framework.id, "after_id": self.draft.id}
        )
        self.assertIn("Selects domains", str(asked.difference_panel))

    def test_A35_a_student_changes_nothing_of_what_an_area_selects(self):
        account = school_of.account_of(self.student)
        self.refused(account, self.area._name, "write", self.area.ids, {"select_names": "%"})
        self.refused(self.other_assistant, self.area._name, "write", self.area.ids, {"name": "x"})

    def test_A35_stored_audits_are_made_again_when_a_domain_changes(self):
        self.student._store_audits()
        audit = self.student.audit_ids
        self.assertFalse(audit.is_stale)
        self.outside(domain="人文")
        self.assertTrue(audit.is_stale)

    def test_A36_a_subject_counts_once_at_least(self):
        line = self.draft.line_ids[0]
        line.repeats = 4
        (change,) = differences(self.framework, self.draft)
        self.assertEqual((change.field, change.before, change.after), ("repeats", 1, 4))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            line.repeats = 0
            line.flush_recordset()


@tagged("post_install", "-at_install")
class TestSelectingPage(SchoolHttpCase):
    def test_A35_the_progress_page_says_what_counts_without_being_listed(self):
        draft = self.framework._start_revision("Meeting 3")
        area = draft.area_ids.filtered(lambda area: area.code == "C")
        area.select_domains = "人文;社會"
        student = self.new_student("210941006", "陳選課")
        school_of.enrolment(student, "0733").write(
            {"domain": "人文", "correction_reason": "As the school says"}
        )
        draft.action_publish()
        self.enter(school_of.account_of(student))
        page = self.url_open("/my/progress").text
        self.assertIn("未列出但也採計於此：通識領域 人文或社會。", page)
        place = page.index('data-area="C"')
        self.assertIn("課程理論研究", page[place : page.index('data-area="D"')])
