"""What a page makes of a form that was kept for it, without a server."""

import re
from dataclasses import replace
from pathlib import Path

from lxml import html
from odoo.tests import BaseCase, tagged

from ..unsent import (
    KEPT_SECONDS,
    MOST_FORMS,
    SAID_ONCE,
    Unsent,
    Words,
    of_page,
    page_at,
    put_back,
    taken,
    values_to_keep,
    waiting,
    with_latest,
)

PAGE = """<html lang="en-US"><head><title>Form</title></head><body><main><h1>Form</h1>
<form method="post" action="/my/form/save">
<input type="hidden" name="csrf_token" value="of today"/>
<input type="hidden" name="version" value="of today"/>
<input type="checkbox" name="tick" value="1" checked="checked"/>
<input type="checkbox" name="tick" value="2"/>
<input type="checkbox" name="known" value="1" data-asked-anew="1"/>
<textarea name="answer">As saved</textarea>
<button name="action" value="save">Save</button>
</form>
<form method="post" action="/my/form/letter">
<textarea name="letter"></textarea>
<button>Send</button>
</form></main></body></html>"""

WORDS = Words(
    "Not sent yet", "It is here again.", "Press “%s” again.", "It was too long.", "And on %s."
)
SENT = (
    ("csrf_token", "of yesterday"),
    ("version", "of yesterday"),
    ("tick", "2"),
    ("known", "1"),
    ("answer", "Typed"),
)


def unsent(address, *sent, page="/my/form", at=0):
    return Unsent.of(address, page, "token", at, sent)


@tagged("post_install", "-at_install")
class TestUnsentPage(BaseCase):
    def shown(self, *sent):
        """The page, and the fields of its form."""
        page = self.page(unsent("/my/form/save", *sent))
        return page, {
            "ticks": [box.get("value") for box in page.cssselect("[name=tick][checked]")],
            "known": bool(page.cssselect("[name=known][checked]")),
            "answer": page.cssselect("textarea")[0].text,
            "version": page.cssselect("[name=version]")[0].get("value"),
            "token": page.cssselect("[name=csrf_token]")[0].get("value"),
        }

    def page(self, *unsent, words=WORDS):
        return html.fromstring(put_back(PAGE, unsent, lambda _lang: words))

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

    def test_two_forms_of_one_page_are_both_there_and_each_has_its_button(self):
        page = self.page(
            unsent("/my/form/save", *SENT), unsent("/my/form/letter", ("letter", "A letter"))
        )
        texts = [area.text for area in page.cssselect("textarea")]
        self.assertEqual(texts, ["Typed", "A letter"])
        (notice,) = page.cssselect("#unsent")
        said = " ".join(notice.text_content().split())
        self.assertEqual(said.count(WORDS.sentence), 1)
        self.assertIn("“Save”", said)
        self.assertIn("“Send”", said)

    def test_that_more_waits_elsewhere_is_said_after_what_waits_here_with_the_way(self):
        others = {"/my/other?step=2": "A & B", "/my/third": "Third"}
        words = replace(WORDS, others=others)
        for here, heading in (((unsent("/my/form/save", *SENT),), "Not sent yet"), ((), "Form")):
            with self.subTest(here=here):
                page = self.page(*here, words=words)
                links = page.cssselect(".o_ntue_unsent_elsewhere a")
                self.assertEqual({link.get("href"): link.text for link in links}, others)
                self.assertEqual(links[0].getparent().text_content(), "And on A & B.")
                self.assertTrue(page.findtext(".//title").startswith(heading))
                order = [element.get("id") for element in page.cssselect("main > .alert")]
                self.assertEqual(order, ["unsent"] * len(here) + [None, None])

    def test_a_page_of_which_nothing_is_to_be_said_stays_as_it_is(self):
        self.assertIsNone(put_back(PAGE, (), lambda _lang: WORDS))
        self.assertIsNone(put_back(PAGE, (unsent("/my/form/gone"),), lambda _lang: WORDS))

    def test_so_many_forms_wait_and_the_same_one_once(self):
        rows = []
        for number in range(MOST_FORMS + 2):
            rows = with_latest(rows, unsent("/my/form/save", page=f"/my/form/{number}"))
        newest = [f"/my/form/{number}" for number in range(2, MOST_FORMS + 2)]
        self.assertEqual([row.page for row in rows], newest)
        again = unsent("/my/form/save", *SENT, page=newest[0])
        rows = with_latest(rows, again)
        self.assertEqual([row.page for row in rows], [*newest[1:], again.page])
        letter = unsent("/my/form/letter", page=again.page)
        self.assertEqual(with_latest(rows, letter)[-2:], [again, letter])

    def test_pages_of_one_path_that_their_queries_tell_apart_are_two_pages(self):
        first, second = (unsent("/my/plan", page=f"/my/trial?try=1&tick={tick}") for tick in (1, 2))
        rows = with_latest(with_latest([], first), second)
        self.assertEqual(rows, [first, second])
        for row in rows:
            self.assertEqual(of_page(rows, row.page), [row])
            self.assertEqual(taken(rows, "/my/plan", row.page), [row])
        self.assertEqual(of_page(rows, "/my/trial?try=1&tick=3"), [])
        self.assertEqual(taken(rows, "/my/plan", None), rows, "where no browser says which")
        self.assertEqual(taken(rows, "/my/plan", "/my/trial?try=1&tick=3"), [])
        self.assertEqual(taken(rows, "/my/other", first.page), [])

    def test_what_an_address_tells_once_makes_no_other_page_of_it(self):
        said = "told=saved&try=1&tick=%E4%B8%80&term=1141"
        self.assertEqual(page_at("/my/trial", said), "/my/trial?try=1&tick=%E4%B8%80")
        self.assertEqual(page_at("/my/trial", "saved=1"), "/my/trial")

    def test_a_form_whose_query_nobody_knows_is_on_each_page_that_has_no_own_one_of_it(self):
        known, unknown = (
            unsent("/my/plan", page="/my/trial?try=1"),
            unsent("/my/plan", page="/my/trial"),
        )
        self.assertEqual(of_page([known, unknown], "/my/trial?try=1"), [known])
        self.assertEqual(of_page([known, unknown], "/my/trial?try=2"), [unknown])
        letter = unsent("/my/letter", page="/my/trial")
        self.assertEqual(of_page([known, letter], "/my/trial?try=1"), [known, letter])

    def test_what_is_over_or_no_form_waits_no_longer(self):
        rows = [unsent("/my/form/save", *SENT, at=at) for at in (0, 10)]
        kept = [row.as_json() for row in rows]
        self.assertEqual(waiting(kept, 10), rows)
        self.assertEqual(waiting(kept, KEPT_SECONDS), rows[1:])
        for nonsense in (None, {}, kept[0], "text", ["text", {}, None, 1]):
            self.assertEqual(waiting(nonsense, 10), [])

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
