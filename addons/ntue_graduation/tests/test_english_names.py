"""Who reads no Chinese reads the English name of her department and program, where it has one."""

from odoo.tests import tagged

from ..mail.texts import text_of
from ..pages.form import form
from ..pages.offices import department_office
from .common import GraduationCase, GraduationHttpCase, upgraded

DEPARTMENT, PROGRAM, OTHER = "Dept. of Society", "Master of Society", "Dept. of Elsewhere"
PAGES = ("/my/progress", "/my/graduation", "/my/graduation/notice", "/my/graduation/{id}")


class Named:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.program = cls.student.program_id
        cls.department = cls.program.department_id
        cls.department.english_name = DEPARTMENT
        cls.program.english_name = PROGRAM
        elsewhere = cls.student.enrollment_ids.offering_department_id - cls.department
        cls.elsewhere = elsewhere[:1]
        cls.elsewhere.english_name = OTHER


@tagged("post_install", "-at_install")
class TestEnglishNames(Named, GraduationCase):
    def reader(self, lang):
        self.env.invalidate_all()
        there = self.env(user=self.way.account, context={"lang": lang})
        return self.way.record.with_env(there)

    def test_the_form_says_who_offered_a_course_in_the_readers_words_and_the_paper_as_ever(self):
        for take in (self.way.drafted, self.way.submit):
            take()
            for lang, shown in (("en_US", OTHER), ("zh_TW", self.elsewhere.name)):
                with self.subTest(stand=self.way.record.state, lang=lang):
                    page = form(self.reader(lang))
                    self.assertIn(shown, page["offered_by"].values())
                    self.assertIn(
                        self.elsewhere.name, [row["department"] for row in page["slip"]["rows"]]
                    )

    def test_a_name_that_was_frozen_and_is_no_departments_any_more_stays(self):
        self.way.submitted()
        former, self.elsewhere.name = self.elsewhere.name, "新系名"
        self.assertIn(former, form(self.reader("en_US"))["offered_by"].values())

    def test_without_an_english_name_there_is_the_chinese_one(self):
        self.department.english_name = False
        self.way.drafted()
        student = self.reader("en_US").student_id
        self.assertIn(self.department.name, department_office(student).name)

    def test_a_mail_names_the_department_as_its_reader_calls_it(self):
        self.way.returned()
        for lang, shown in (("en_US", DEPARTMENT), ("zh_TW", self.department.name)):
            with self.subTest(lang=lang):
                self.way.account.lang = lang
                self.env.invalidate_all()
                _subject, body = text_of(self.way.record, "returned")
                self.assertIn(shown, body)

    def test_a_text_of_before_is_upgraded_in_every_language_and_still_used(self):
        text = self.env.ref("ntue_graduation.mail_returned")
        bodies = {"en_US": "<p>Ask {}</p>", "zh_TW": "<p>請洽 {}，謝謝</p>"}
        for lang, body in bodies.items():
            field = '<t t-out="object.department_id.name"/>'
            text.with_context(lang=lang).body_html = body.format(field)
        upgraded(self.env, "shown_names")
        self.way.returned()
        for lang, name in (("en_US", DEPARTMENT), ("zh_TW", self.department.name)):
            with self.subTest(lang=lang):
                self.way.account.lang = lang
                self.env.invalidate_all()
                self.assertIn(bodies[lang].format(name), text_of(self.way.record, "returned")[1])


@tagged("post_install", "-at_install")
class TestEnglishNamesOnPages(Named, GraduationHttpCase):
    def test_no_page_in_english_calls_the_department_or_program_by_its_chinese_name(self):
        self.way.submitted()
        self.enter(self.way.account)
        for lang, english in (("en_US", True), ("zh_TW", False)):
            said = ""
            for page in PAGES:
                self.read_in(lang)
                said += self.url_open(page.format(id=self.way.record.id)).text
            for chinese, name in (
                (self.department.name, DEPARTMENT),
                (self.program.name, PROGRAM),
                (self.elsewhere.name, OTHER),
            ):
                with self.subTest(lang=lang, name=name):
                    self.assertEqual(name in said, english)
                    self.assertEqual(chinese in said, not english)
