"""Notice and guide are the window's, in every language; a student's mails are in hers."""

from lxml import html
from odoo.addons.ntue_curriculum.days import day_text, midnight_text, minute_text
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.fields import Date, Datetime
from odoo.tests import Form, tagged

from ..pages.guide import guide_steps, guide_texts
from .common import GraduationCase, GraduationHttpCase

WINDOW = "ntue.graduation.window"
LANGUAGES = ("en_US", "zh_TW")


@tagged("post_install", "-at_install")
class TestTextsInLanguages(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.kept = cls.env[WINDOW].create(
            {
                "term_id": cls.terms["1132"].id,
                "division": "continuing",
                "date_open": "2025-04-07",
                "date_close": "2025-05-02",
                "date_leave": "2025-07-31",
            }
        )

    def in_language(self, lang):
        self.kept.invalidate_recordset()  # as another request finds it
        return self.kept.with_user(self.registrar).with_context(lang=lang)

    def steps(self, lang):
        there = self.in_language(lang)
        return [(step["title"], step["text"]) for step in guide_steps(there.env, there)]

    def test_28_a_window_begins_with_the_whole_guide_in_both_languages(self):
        english, chinese = map(self.steps, LANGUAGES)
        self.assertEqual(len(english), len(guide_texts(self.env)))
        self.assertEqual(len(chinese), len(english))
        for title, text in english:
            self.assertTrue((title + text).replace("暫存檔", "").isascii() or "“" in text, title)
        for title, text in chinese:
            self.assertRegex(title, "[\u4e00-\u9fff]")
            self.assertRegex(text, "[\u4e00-\u9fff]")

    def test_28_the_registrar_writes_a_step_anew_and_leaves_one_out(self):
        self.in_language("zh_TW").write({"guide_save": "存檔\n按「暫存」。", "guide_new": False})
        self.assertIn(("存檔", "按「暫存」。"), self.steps("zh_TW"))
        self.assertNotIn("存檔", dict(self.steps("en_US")))
        self.assertIn("Save the draft", dict(self.steps("en_US")))
        self.assertEqual(len(self.steps("zh_TW")), len(guide_texts(self.env)) - 1)

    def test_what_was_changed_in_one_language_alone_is_named_until_it_is_in_the_other(self):
        with Form(self.in_language("zh_TW")) as form:
            self.assertFalse(form.one_sided_texts)
        self.in_language("zh_TW").who_waits = "本學期不離校者。"
        self.assertEqual(self.in_language("en_US").one_sided_texts, "Who need not apply")
        self.in_language("en_US").who_waits = "Who does not leave this term."
        self.assertFalse(self.in_language("en_US").one_sided_texts)

    def test_I15_a_day_has_its_western_year_beside_it_for_who_reads_no_chinese(self):
        day, moment = Date.to_date("2025-10-27"), Datetime.to_datetime("2025-10-27 17:00:00")
        english, chinese = (self.env(context={"lang": lang}) for lang in LANGUAGES)
        self.assertEqual(day_text(english, day), "114-10-27 (2025-10-27)")
        self.assertEqual(midnight_text(english, day), "114-10-27 24:00 (2025-10-27)")
        self.assertEqual(minute_text(english, moment), "114-10-27 17:00 (2025-10-27)")
        nobodys = self.env(context={})
        for env in (chinese, nobodys):
            self.assertEqual(day_text(env, day), "114-10-27")
        self.assertEqual((day_text(english, None), midnight_text(english, None)), ("", ""))


@tagged("post_install", "-at_install")
class TestLanguageOfMails(GraduationHttpCase):
    def test_a_student_chooses_the_language_of_her_mails_and_of_nobody_elses(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.way.submitted()
        for student in self.student | self.fellow:
            school_of.account_of(student).lang = "zh_TW"
        self.enter(self.way.account)
        page = html.fromstring(self.url_open("/my/graduation").text)
        (choice,) = page.cssselect("#mails select[name=language]")
        self.assertEqual(choice.value, "zh_TW")
        self.post("/my/graduation/mails", mails="all", language="en_US")
        self.assertEqual(self.way.account.lang, "en_US")
        for odd in ("xx_XX", "", "zh_TW; x"):
            self.post("/my/graduation/mails", mails="all", language=odd)
            self.assertEqual(self.way.account.lang, "en_US")
        self.assertEqual(school_of.account_of(self.fellow).lang, "zh_TW")

    def test_where_there_is_one_language_nothing_is_asked(self):
        self.way.submitted()
        self.enter(self.way.account)
        page = html.fromstring(self.url_open("/my/graduation").text)
        self.assertEqual(page.cssselect("#mails select"), [])
        self.assertEqual(page.cssselect("#ntue_languages"), [])
