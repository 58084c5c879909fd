"""Upgrading a window of before the guide's texts: every language reads the guide in its own."""

import json

from odoo.tests import tagged
from odoo.tools import SQL

from ..pages.guide import guide_steps, guide_texts
from .common import GraduationCase, upgraded

LANGUAGES = ("en_US", "zh_TW")


@tagged("post_install", "-at_install")
class TestGuideUpgrade(GraduationCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")
        self.begun = guide_texts(self.env(context={"lang": "en_US"}))
        self.as_added({name: {"en_US": text} for name, text in self.begun.items()})

    def as_added(self, texts):
        """The texts of the window as the columns have them: by language, of one language alone."""
        self.env.flush_all()
        for name, by_language in texts.items():
            self.env.execute_query(
                SQL(
                    "UPDATE ntue_graduation_window SET %s = %s::jsonb WHERE id = %s RETURNING id",
                    SQL.identifier(name),
                    json.dumps(by_language),
                    self.window.id,
                )
            )
        self.env.invalidate_all()

    def steps(self, lang):
        there = self.window.with_context(lang=lang)
        return [(step["title"], step["text"]) for step in guide_steps(there.env, there)]

    def test_each_language_reads_the_whole_guide_in_its_own_words(self):
        upgraded(self.env, "guide_texts")
        english, chinese = map(self.steps, LANGUAGES)
        self.assertEqual(len(english), len(self.begun))
        self.assertEqual(len(chinese), len(english))
        for title, text in chinese:
            self.assertRegex(title, "[\u4e00-\u9fff]")
            self.assertRegex(text, "[\u4e00-\u9fff]")
        for title, _text in english:
            self.assertNotRegex(title, "[\u4e00-\u9fff]")

    def test_what_was_written_since_stays_when_the_upgrade_is_run_again(self):
        upgraded(self.env, "guide_texts")
        chinese = self.window.with_context(lang="zh_TW")
        chinese.write({"guide_save": "存檔\n按「暫存」。", "guide_new": False})
        upgraded(self.env, "guide_texts")
        self.assertEqual(chinese.guide_save, "存檔\n按「暫存」。")
        self.assertIn("Save the draft", dict(self.steps("en_US")))
        self.assertNotIn("guide_new", [name for name in self.begun if chinese[name]])

    def test_a_step_that_is_left_out_in_every_language_stays_so(self):
        self.as_added({"guide_new": {"en_US": ""}})
        upgraded(self.env, "guide_texts")
        self.assertEqual(len(self.steps("zh_TW")), len(self.begun) - 1)

    def test_the_register_agrees_after_it(self):
        upgraded(self.env, "guide_texts")
        self.assertEqual(self.env["ntue.register.entry"]._check_log(), [])
