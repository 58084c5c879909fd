"""What a page makes of a form that was kept for it, without a server."""

from lxml import html
from odoo.tests import BaseCase, tagged

from ..unsent import Unsent, Words, put_back, values_to_keep

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

WORDS = Words("Not sent yet", "It is here again.", "Press “%s” again.")


@tagged("post_install", "-at_install")
class TestUnsentPage(BaseCase):
    def shown(self, *sent):
        """The page, and the fields of its form."""
        unsent = Unsent("/my/form/save", "/my/form", "token", 0, values_to_keep(sent))
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
