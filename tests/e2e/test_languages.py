"""The switch of languages: where it is, and that nothing that was typed goes without a word."""

import pytest
from playwright.sync_api import expect

from .conftest import WIDTHS, keep
from .copies import Copy, bring_in
from .shell import run

STUDENT = "210941796"
CHINESE, ENGLISH = "#ntue_languages a[lang=zh-TW]", "#ntue_languages a[lang=en-US]"
PAGES = ("/my", "/my/progress", "/my/graduation", "/my/profile", "/my/graduation/notice")


@pytest.fixture(scope="module")
def number(school, tmp_path_factory):
    """A student of a school with two languages."""
    bring_in(school, tmp_path_factory.mktemp("languages"), Copy("210941001", STUDENT))
    run(school, "languages")
    yield STUDENT
    run(school, "languages", OFF="1")


@pytest.fixture
def student(enter, number):
    return enter(number)


def switches(student, stays):
    """Press the switch, and answer what the browser asks."""
    with student.page.expect_event("dialog") as question:
        student.page.once("dialog", lambda dialog: dialog.dismiss() if stays else dialog.accept())
        student.page.locator(ENGLISH).click(no_wait_after=True)
    assert question.value.type == "beforeunload"


def in_language(page, tag):
    page.locator(f"html[lang={tag}]").wait_for()
    page.locator("body[is-ready=true]").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_had_in_the_other_language_and_back_at_every_width(student, width):
    page = student.page
    page.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        student.begins_at(address)
        page.locator(ENGLISH).click()
        in_language(page, "en-US")
        assert page.url.split("?")[0].endswith(address)
        keep(page, student.screens / f"language{address.replace('/', '-')}-{width}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(CHINESE).click()
        in_language(page, "zh-TW")


def test_who_switches_with_something_typed_is_asked_and_keeps_it_by_staying(student):
    page = student.begins_at("/my/profile")
    page.locator("#profile_phone").fill("02-2732-1104")
    switches(student, stays=True)
    expect(page.locator("#profile_phone")).to_have_value("02-2732-1104")
    expect(page.locator("html")).to_have_attribute("lang", "zh-TW")
    switches(student, stays=False)
    in_language(page, "en-US")


def test_who_has_typed_nothing_or_has_sent_it_is_not_asked(student):
    page = student.begins_at("/my/profile")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    page.locator("#profile_phone").focus()
    page.locator(ENGLISH).click()
    in_language(page, "en-US")
    page.locator("#profile_phone").fill("02-2732-1105")
    page.locator("button[value=save]:visible").click()
    page.wait_for_url("**saved=1**")
    in_language(page, "en-US")
    page.locator(CHINESE).click()
    in_language(page, "zh-TW")
    assert questions == []


def test_ticks_that_are_not_saved_are_asked_about_too(student):
    page = student.begins_at("/my/graduation")
    page.locator("main button:has-text('新增')").click()
    page.locator("body[is-ready=true]").wait_for()
    page.locator("input[name=tick]").first.check()
    switches(student, stays=True)
    expect(page.locator("input[name=tick]").first).to_be_checked()
