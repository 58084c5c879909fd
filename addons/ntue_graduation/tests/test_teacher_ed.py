import json

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged

from ..pages import draft
from ..pages.check import check_version
from ..pages.form import form
from .common import APPLICATION, GraduationCase, Way, window


@tagged("post_install", "-at_install")
class TestTeacherEducation(GraduationCase):
    """Who is in teacher education answers before submitting; the answer blocks nobody (D35)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.is_teacher_ed = True
        cls.way.drafted()

    def answer(self, answer, confirmed=False):
        vals = {"teacher_ed_answer": answer, "teacher_ed_confirmed": confirmed}
        self.way.by_student("write", vals)

    def told(self):
        return self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)

    def test_16_without_an_answer_nothing_is_submitted(self):
        self.assertIn("Answer the question", self.told())
        self.assertEqual(self.way.position(), "draft/pending/pending")

    def test_17_and_18_who_should_wait_confirms_and_may_apply_all_the_same(self):
        for answer in ("continuing", "exam"):
            with self.subTest(answer=answer), self.undone():
                self.answer(answer)
                self.assertIn("you should not apply yet", self.told())
                self.answer(answer, confirmed=True)
                self.way.submit()
                self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_19_who_finishes_applies_without_a_confirmation(self):
        self.answer("finishing")
        self.way.submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D35_others_are_not_asked(self):
        self.student.is_teacher_ed = False
        self.assertFalse(form(self.way.record)["teacher_ed"]["asked"])
        self.way.submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D35_the_answer_is_frozen_and_read_by_the_reviewers(self):
        self.answer("exam", confirmed=True)
        self.way.submit()
        vals = {"teacher_ed_answer": "finishing"}
        for user in (self.way.account, self.assistant, self.registrar):
            self.refused(user, APPLICATION, "write", self.way.record.ids, vals)
        event = self.way.record.event_ids[-1]
        frozen = json.loads(event.snapshot)["teacher_ed"]
        self.assertEqual(frozen, {"answer": "exam", "confirmed": True})
        for user in (self.assistant, self.registrar):
            (read,) = self.rpc(
                user,
                APPLICATION,
                "read",
                self.way.record.ids,
                ["teacher_ed_answer", "teacher_ed_confirmed"],
            )
            self.assertEqual(
                (read["teacher_ed_answer"], read["teacher_ed_confirmed"]), ("exam", True)
            )

    def test_D35_a_draft_begins_without_an_answer_whatever_the_caller_says(self):
        other = Way(self, self.new_student("210941008", "教程學生", is_teacher_ed=True))
        context = {"default_teacher_ed_answer": "finishing", "default_teacher_ed_confirmed": True}
        vals = {"student_id": other.student.id}
        number = self.rpc(other.account, APPLICATION, "create", vals, context=context)
        record = self.env[APPLICATION].browse(number)
        self.assertFalse(record.teacher_ed_answer)
        self.assertFalse(record.teacher_ed_confirmed)


@tagged("post_install", "-at_install")
class TestTeacherEducationPage(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明", is_teacher_ed=True)
        cls.way = Way(cls, cls.student).drafted()
        cls.address = f"/my/graduation/{cls.way.record.id}"

    def setUp(self):
        super().setUp()
        self.enter(school_of.account_of(self.student))

    def send(self, **fields):
        mine = self.way.record.with_user(self.way.account)
        fields = {"version": draft.version(mine), "tick": mine.tick_ids.ids, **fields}
        return self.post(f"{self.address}/save", action="save", **fields)

    def confirm(self):
        mine = self.way.record.with_user(self.way.account)
        return self.post(f"{self.address}/submit", version=check_version(mine))

    def test_D35_the_form_asks_and_keeps_the_answer(self):
        self.assertIn('name="teacher_ed_answer"', self.url_open(self.address).text)
        page = self.send(teacher_ed_answer="exam", teacher_ed_confirmed="1").text
        self.assertEqual(self.way.record.teacher_ed_answer, "exam")
        self.assertTrue(self.way.record.teacher_ed_confirmed)
        self.assertRegex(page, r'id="teacher_ed_exam"\s+checked')

    def test_D35_an_unanswered_question_keeps_from_submitting_and_stays_answered_on_the_page(self):
        self.assertIn("alert-danger", self.confirm().text)
        page = self.send(teacher_ed_answer="continuing").text
        self.assertRegex(page, r'id="teacher_ed_continuing"\s+checked')
        self.assertIn("alert-danger", self.confirm().text)
        self.assertEqual(self.way.position(), "draft/pending/pending")
        self.send(teacher_ed_answer="continuing", teacher_ed_confirmed="1")
        self.confirm()
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertIn('id="teacher_ed_told"', self.url_open(self.address).text)

    def test_D35_an_answer_that_is_none_of_the_three_is_no_answer(self):
        self.send(teacher_ed_answer="<script>", teacher_ed_confirmed="1")
        self.assertFalse(self.way.record.teacher_ed_answer)
        self.assertFalse(self.way.record.teacher_ed_confirmed)

    def test_19_the_office_to_ask_is_a_setting(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for name, value in (
            ("name", "師資培育處"),
            ("phone", "02-0000-0000"),
            ("url", "https://teacher.example.com/"),
        ):
            parameters.set_param(f"ntue_graduation.teacher_ed_office_{name}", value)
        page = self.url_open(self.address).text
        for text in ("師資培育處", "tel:02-0000-0000", 'href="https://teacher.example.com/"'):
            self.assertIn(text, page)
        parameters.set_param("ntue_graduation.teacher_ed_office_url", "javascript:alert(1)")
        self.assertNotIn("javascript:alert(1)", self.url_open(self.address).text)

    def test_D35_a_student_of_no_teacher_education_answers_nothing(self):
        self.student.is_teacher_ed = False
        self.send(teacher_ed_answer="exam", teacher_ed_confirmed="1")
        self.assertFalse(self.way.record.teacher_ed_answer)
        self.assertNotIn('name="teacher_ed_answer"', self.url_open(self.address).text)
