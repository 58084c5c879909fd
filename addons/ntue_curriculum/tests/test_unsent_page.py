"""What a page makes of a form that was kept for it, without a server."""

import re
from pathlib import Path

from lxml import html
from odoo.tests import BaseCase, tagged

from ..unsent import SAID_ONCE, Unsent, Words, put_back, values_to_keep

PAGE = """<html lang="en-US"><head><title>Form</title></head><body><main><h1>Form</h1>
<form method="post" action="/my/form/save">
<input type="hidden" name="csrf_token" value="of today"/>
<input type="hidden" name="version" value="of today"/>
<input type="checkbox" name="tick" value="1" checked="checked"/>
<input type="checkbox" name="tick" value="2"/>
<input type="checkbox" name="known" value="1" data-asked-anew="1"/>
<textarea name="answer">As saved</textarea>
<button name="action" value="save">Save</button>
</form></main></body></html>"""

WORDS = Words("Not sent yet", "It is here again.", "Press “%s” again.", "It was too long.")
SENT = (
    ("csrf_token", "of yesterday"),
    ("version", "of yesterday"),
    ("tick", "2"),
    ("known", "1"),
    ("answer", "Typed"),
)


@tagged("post_install", "-at_install")
class TestUnsentPage(BaseCase):
    def shown(self, *sent):
        """The page, and the fields of its form."""
        unsent = Unsent.of("/my/form/save", "/my/form", "token", 0, sent)
        page = html.fromstring(put_back(PAGE, unsent, lambda _lang: WORDS))
        return page, {
            "ticks": [box.get("value") for box in page.cssselect("[name=tick][checked]")],
            "known": bool(page.cssselect("[name=known][checked]")),
            "answer": page.cssselect("textarea")[0].text,
            "version": page.cssselect("[name=version]")[0].get("value"),
            "token": page.cssselect("[name=csrf_token]")[0].get("value"),
        }

    def test_a_mark_that_no_page_can_show_is_left_out_and_the_rest_is_there(self):
        for mark in (*map(chr, range(32)), "\x7f", "\ud800", "\ufffe", "\uffff"):
            if mark in "\t\n\r":
                continue
            with self.subTest(mark=repr(mark)):
                _page, fields = self.shown(("answer", f"pas{mark}ted"))
                self.assertEqual(fields["answer"], "pasted")

    def test_lines_and_characters_of_every_script_stay_as_they_were_typed(self):
        text = "一行\n二行\t𠮷 é"
        self.assertEqual(values_to_keep([("answer", text)]), {"answer": [text]})

    def test_with_the_ticks_comes_the_version_of_the_page_that_they_were_made_on(self):
        _page, fields = self.shown(*SENT)
        self.assertEqual((fields["ticks"], fields["version"]), (["2"], "of yesterday"))
        self.assertEqual(fields["token"], "of today")

    def test_what_somebody_declares_is_declared_anew(self):
        _page, fields = self.shown(*SENT)
        self.assertFalse(fields["known"])

    def test_of_a_form_too_long_to_keep_the_page_stays_as_it_is_and_says_so(self):
        page, fields = self.shown(*SENT[1:4], ("answer", "字" * 20_001))
        self.assertEqual((fields["ticks"], fields["answer"]), (["1"], "As saved"))
        self.assertEqual(fields["version"], "of today")
        notice = page.get_element_by_id("unsent").text_content()
        self.assertIn(WORDS.too_long, notice)
        self.assertNotIn(WORDS.sentence, notice)

    def test_what_an_address_tells_once_is_known_of_every_redirect_of_the_portal(self):
        """Read out of the code, so that the next one is in it by itself."""
        addons = Path(__file__).resolve().parents[2]
        found = set()
        for file in addons.glob("ntue_*/controllers/**/*.py"):
            code = file.read_text("utf-8")
            for address in re.findall(r"""["'](/my[^"'\s]*\?[^"'\s]*)""", code):
                found |= {*re.findall(r"[?&](\w+)=", address)}
            found |= {*re.findall(r"_to_list\(\w+, (\w+)=", code)}
        self.assertEqual(found, {*SAID_ONCE, "step"}, "which step a page is at stays")
