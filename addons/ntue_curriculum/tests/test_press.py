"""The program beside Odoo that prints: what it draws is what was typed, and all it does."""

import os
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from .. import press
from ..press import faces, worker

PAGE = "<!DOCTYPE html><html lang='zh-Hant'><title>紙</title><body>{}</body></html>"
RARE = "陳𡍼堃 林\uf907\ufa1d 葛\U000e0100城 谷辣斯·尤達卡 Śliwiński ✓"
UNKNOWN, PRIVATE = "\U0003fffd", "\ue000"
"""A character that Unicode has not given out, and one that everybody uses as they like."""


def text_of(pdf, *options):
    """What ``pdftotext`` reads, as a person who copies the text gets it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftotext", *options, file.name, "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@tagged("post_install", "-at_install")
class TestPress(TransactionCase):
    def process(self):
        """The process that prints the next paper."""
        press.printed(PAGE.format("紙"))
        return press._spare[0]._process

    def test_rare_characters_are_drawn_and_copied_as_they_were_typed(self):
        text = text_of(press.printed(PAGE.format(RARE)))
        self.assertEqual(" ".join(text.split()), RARE)

    def test_the_character_that_shares_a_glyph_is_copied_as_it_was_typed_elsewhere(self):
        for words in ("\uf907山", "龜山"):
            text = text_of(press.printed(PAGE.format(f"<p>\uf907山</p><p>{words}</p><p>龜</p>")))
            self.assertEqual(text.split(), ["\uf907山", words, "龜"])

    def test_a_search_finds_what_radicals_would_hide(self):
        typed = "國立臺北教育大學一人入八用立米糸老而自至"
        self.assertEqual(text_of(press.printed(PAGE.format(typed))).strip(), typed)

    def test_a_character_without_a_typeface_is_named_and_not_left_out(self):
        with self.assertRaises(press.MissingError) as caught:
            press.printed(PAGE.format(f"陳{UNKNOWN}堃"))
        self.assertEqual(caught.exception.marks, UNKNOWN)
        self.assertIn("紙", text_of(press.printed(PAGE.format("紙"))), "the next is printed again")

    def test_the_list_of_typefaces_knows_it_before_printing(self):
        self.assertEqual(faces.unprintable(RARE), [])
        found = faces.unprintable(f"陳{UNKNOWN}{PRIVATE}堃{UNKNOWN}\u200b　\n")
        self.assertEqual(found, [UNKNOWN, PRIVATE])

    def test_without_the_list_the_printing_program_finds_out(self):
        faces._ranges.cache_clear()
        self.addCleanup(faces._ranges.cache_clear)
        with patch.object(faces, "_listed", return_value=""):
            self.assertEqual(faces.unprintable(f"{UNKNOWN}{PRIVATE}"), [PRIVATE])

    def test_a_page_brings_nothing_in_from_the_server_or_the_network(self):
        with tempfile.NamedTemporaryFile("w", suffix=".css") as file:
            file.write("body::before { content: 'fetched' }")
            file.flush()
            address = Path(file.name).as_uri()
            for way in (
                f"<link rel=stylesheet href='{address}'>",
                f"<style>@import '{address}';</style>",
                f"<object data='{address}'>gone</object>",
                f"<a rel=attachment href='{address}'>gone</a>",
                "<img src='http://127.0.0.1:1/x.png' alt='gone'>",
            ):
                with self.subTest(way=way):
                    pdf = press.printed(PAGE.format(f"{way} 紙"))
                    self.assertNotIn("fetched", text_of(pdf))
                    self.assertNotIn(b"EmbeddedFile", pdf)

    def test_the_process_is_given_no_secret(self):
        with patch.dict(os.environ, {"NTUE_ID_KEY": "secret", "PGPASSWORD": "secret"}):
            press._forget()
            process = self.process()
        given = Path(f"/proc/{process.pid}/environ").read_bytes()
        self.assertNotIn(b"secret", given)
        self.assertIn(b"PATH=", given)

    def test_one_process_prints_one_paper_after_another_and_another_takes_a_dead_ones_place(self):
        first = self.process()
        self.assertEqual(self.process().pid, first.pid)
        first.kill()
        first.wait()
        self.assertNotEqual(self.process().pid, first.pid)

    def test_a_process_that_ends_in_the_middle_is_an_error_and_leaves_none_behind(self):
        self.process()
        with (
            patch.object(worker, "receive", return_value=None),
            self.assertRaisesRegex(press.PressError, "ended"),
        ):
            press.printed(PAGE.format("紙"))
        self.assertEqual(press._spare, [])
        self.assertTrue(press.printed(PAGE.format("紙")).startswith(b"%PDF-"))
