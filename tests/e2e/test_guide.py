"""The guide's pictures (28) are the product's: taken anew here and compared with the committed.

Each PNG carries the words of what it shows, so that it is compared by what a reader reads, not
by pixels and fonts. `tools/run guide` takes all of them anew and keeps them.
"""

import os
import re
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from dev import guide
from dev.checkout import Checkout

from .conftest import PATIENCE, Person, serving
from .windows import Windows

STUDENT = "210941001"
PHONE = {"width": 390, "height": 844}
EDGE = 8
"""Pixels of the page kept around what is shown."""

WORDS = "words"
"""Name of the text in a PNG that holds the words of the picture."""

COLOURS = 64
LARGEST = 60_000

PASSING = (
    (re.compile(r"\d{3}-\d{2}-\d{2}"), "○-○-○"),
    (re.compile(r"\b[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}\b"), "○ ○ ○"),
    (re.compile(r"\d+ ?天"), "○天"),
)
"""What differs from day to day: dates, days left, the check code."""

IN_ITS_PLACE = """
    for (const bar of document.querySelectorAll('.o_ntue_bar')) {
        bar.style.setProperty('position', 'static', 'important');
    }
"""
"""The bar that stays at the end of a phone's window: a strip of the page would be without it."""

STEPS = (
    "progress",
    "list",
    "new",
    "ticks",
    "save",
    "draft",
    "check",
    "submit",
    "official",
    "status",
)


def kept(name: str) -> Path:
    return Checkout.here().root / guide.PICTURES / f"{name}.png"


def plain(text: str) -> str:
    """The words as compared: one kind of blank and character, nothing that passes."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    for pattern, stand_in in PASSING:
        text = pattern.sub(stand_in, text)
    return text


def png(content: bytes, words: str) -> bytes:
    """The picture in few colours, with its words inside."""
    picture = Image.open(BytesIO(content)).convert("RGB").quantize(COLOURS)
    info = PngInfo()
    info.add_itxt(WORDS, words)
    found = BytesIO()
    picture.save(found, "PNG", pnginfo=info, optimize=True)
    return found.getvalue()


class Camera:
    """Takes pictures of what the student sees, at the width of a phone."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.page.set_viewport_size(PHONE)
        self.person = person
        self.pictures: dict[str, bytes] = {}

    def take(self, name: str, *selectors: str) -> None:
        """Keep the strip of the page from the first to the last of ``selectors``."""
        parts = [self.page.locator(selector).first for selector in selectors]
        for part in parts:
            part.wait_for()
        self.page.evaluate(IN_ITS_PLACE)
        boxes = [part.bounding_box() for part in parts]
        top = max(0, min(box["y"] for box in boxes) - EDGE)
        bottom = max(box["y"] + box["height"] for box in boxes) + EDGE
        scrolled = self.page.evaluate("window.scrollY")
        clip = {"x": 0, "y": top + scrolled, "width": PHONE["width"], "height": bottom - top}
        content = self.page.screenshot(full_page=True, clip=clip)
        self.pictures[name] = png(content, plain(" ".join(part.inner_text() for part in parts)))

    def take_paper(self, name: str, address: str) -> None:
        """Keep the first page of the PDF at ``address``."""
        pdf = self.person.context.request.get(address).body()
        command = ["pdftoppm", "-singlefile", "-png", "-scale-to-x", "390", "-scale-to-y", "-1"]
        drawn = subprocess.run([*command, "-"], input=pdf, check=True, capture_output=True)
        words = plain(PdfReader(BytesIO(pdf)).pages[0].extract_text())
        self.pictures[name] = png(drawn.stdout, words)


def walk(camera: Camera) -> None:
    """The way of the guide, a picture at each step."""
    page = camera.page
    page.goto("/my/progress")
    camera.take("progress", "#wrap h1", ".o_ntue_query", ".o_ntue_total", "[data-area=A]")
    page.goto("/my/graduation")
    camera.take("list", "#wrap h1", "article")
    camera.take("new", "form:has(button:has-text('新增'))")
    page.click("button:has-text('新增')")
    page.wait_for_load_state("networkidle")
    for box in page.locator("input[name=tick]").all():
        box.check()
    camera.take("ticks", "section:has(input[name=tick])")
    page.click("button[value=save]")
    page.wait_for_load_state("networkidle")
    camera.take("save", "section:has(button[value=save])")
    slip = page.locator("a[href$='/slip']").first.get_attribute("href")
    camera.take_paper("draft", slip)
    page.click("button[value=check]")
    page.wait_for_url("**/check")
    camera.take("check", "#wrap h1", ".o_ntue_answers")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**/my/graduation?submitted=1&term=1141")
    camera.take("submit", ".alert-success")
    camera.take_paper("official", slip)
    page.goto("/my/graduation")
    camera.take("status", "article")


@pytest.fixture(scope="module")
def pictures(browser, tmp_path_factory):
    """The pictures of this run, by name; kept in the addon when asked to."""
    with serving("guide") as school:
        windows = Windows(browser, school.url, PATIENCE)
        person = Person(school, windows, STUDENT, tmp_path_factory.mktemp("guide"))
        camera = Camera(person)
        walk(camera)
        person.leave()
    if guide.RENEW in os.environ:
        for step, content in camera.pictures.items():
            kept(step).write_bytes(content)
    return camera.pictures


def test_the_guide_has_a_picture_of_every_step_and_no_other(pictures):
    assert tuple(pictures) == STEPS
    assert {file.name for file in kept(STEPS[0]).parent.iterdir()} == {
        f"{name}.png" for name in STEPS
    }


@pytest.mark.parametrize("name", STEPS)
def test_the_picture_shows_what_the_product_shows(pictures, name):
    committed = Image.open(kept(name))
    taken = Image.open(BytesIO(pictures[name]))
    assert committed.text.get(WORDS) == taken.text[WORDS], guide.HOW_TO_RENEW
    assert committed.width == taken.width == PHONE["width"]
    assert abs(committed.height - taken.height) <= 0.15 * taken.height, guide.HOW_TO_RENEW


@pytest.mark.parametrize("name", STEPS)
def test_a_picture_is_small_enough_for_a_phone_on_the_road(name):
    assert kept(name).stat().st_size < LARGEST
