"""A page as a browser prints it: all that it says, nothing to press, on sheets that follow."""

import subprocess

import pytest
from playwright.sync_api import expect

STUDENT = "210941001"
PAGES = ("/my/progress", "/my/graduation", "/my/graduation/notice")


def printed(page, folder):
    """The text of the sheets that the browser makes of ``page``."""
    file = folder / "page.pdf"
    page.pdf(path=file, format="A4")
    command = ["pdftotext", str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return "".join(text.split())


def texts(page, selector):
    """Every piece of text in the elements, also where the screen shows it folded; blanks out."""
    found = page.locator(selector).evaluate_all(
        """found => found.flatMap(one => {
            const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
            const pieces = [];
            while (walker.nextNode()) pieces.push(walker.currentNode.data);
            return pieces;
        })"""
    )
    return {"".join(piece.split()) for piece in found if piece.strip()}


@pytest.mark.parametrize("path", PAGES)
def test_what_is_folded_is_printed_and_what_is_pressed_is_not(enter, tmp_path, path):
    student = enter(STUDENT)
    student.page.goto(path)
    student.page.wait_for_load_state("networkidle")
    sheets = printed(student.page, tmp_path)
    asked = texts(student.page, "main h1, main h2, main h3")
    asked |= texts(student.page, "main details:not([open]) > *:not(summary) p")
    assert {piece for piece in asked if piece not in sheets} == set()
    student.page.emulate_media(media="print")
    expect(student.page.locator(".btn:visible")).to_have_count(0)
