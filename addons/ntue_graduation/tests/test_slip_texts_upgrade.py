"""Upgrading mail texts of before that said more of the slip than held for everybody."""

import re

from odoo.addons.ntue_curriculum.tests.upgrades import script
from odoo.tests import tagged

from .common import GraduationCase, upgraded

SCRIPT_TEXTS = script("ntue_graduation", "19.0.1.3.0", "post-slip_texts")


@tagged("post_install", "-at_install")
class TestSlipTextsUpgrade(GraduationCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")

    def text(self, row):
        return self.env.ref(f"ntue_graduation.{row.name}").with_context(lang=row.lang)

    def as_before(self, row, more=""):
        """Give a text the body that it was brought with, with ``more`` behind."""
        fields = re.sub(r"\{([\w.]+)\}", r'<t t-out="object.\1"/>', row.whole)
        for former in row.changes:  # a sentence that goes as a whole was a paragraph
            if not row.changes[former]:
                fields = fields.replace(former, f"</p>\n    <p>{former}</p>\n    <p>")
        self.text(row).body_html = f"<div>\n    <p>{fields}</p>{more}\n</div>\n"

    def test_a_text_of_before_reads_as_it_is_brought_now_in_either_language(self):
        for row in SCRIPT_TEXTS.TEXTS:
            with self.subTest(text=row.name, lang=row.lang), self.undone():
                brought = SCRIPT_TEXTS.words(self.text(row).body_html)
                self.as_before(row)
                self.assertNotEqual(SCRIPT_TEXTS.words(self.text(row).body_html), brought)
                upgraded(self.env, "slip_texts")
                body = self.text(row).body_html
                self.assertEqual(SCRIPT_TEXTS.words(body), brought)
                self.assertNotRegex(body, r"<p>\s*</p>")
                upgraded(self.env, "slip_texts")
                self.assertEqual(self.text(row).body_html, body, "once is enough")

    def test_what_a_school_has_written_stays(self):
        for row in SCRIPT_TEXTS.TEXTS:
            with self.subTest(text=row.name, lang=row.lang), self.undone():
                self.as_before(row, more="<p>Room 201</p>")
                before = self.text(row).body_html
                upgraded(self.env, "slip_texts")
                self.assertEqual(self.text(row).body_html, before)
