"""The whole way by keyboard alone, and what a screen reader is given at each stop."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .copies import Copy, bring_in
from .hearing import assert_heard
from .keys import Keys
from .searching import SHOWN
from .shell import run

DESK = "/odoo/action-ntue_graduation.action_application_desk"
SECOND = "/odoo/action-ntue_graduation.action_application_registrar"
STUDENT = "210941795"
QUESTION = ".modal-footer"
MAIN, BAR, SHEET = "main", ".o_form_statusbar", ".o_form_sheet"
ROWS = "div[name=outside_line_ids]"
TOLD = ".o_ntue_told"


@pytest.fixture(scope="module")
def newcomer(school, tmp_path_factory):
    """A student who lacks nothing but what is asked on the way."""
    folder = tmp_path_factory.mktemp("heard")
    bring_in(school, folder, Copy("210941001", STUDENT, {"姓名": "林小鍵"}))


@pytest.mark.usefixtures("newcomer")
def test_a_student_applies_by_keyboard_and_hears_where_she_is(enter):
    page = enter(STUDENT).page
    keys = Keys(page)
    page.goto("/my")
    page.locator("body[is-ready=true]").wait_for()
    assert_heard(page, "student-home", MAIN)
    keys.follow("#ntue_menu a[href='/my/progress']", "**/my/progress")
    assert_heard(page, "student-progress", MAIN)
    keys.follow("#ntue_menu a[href='/my/graduation']", "**/my/graduation")
    assert_heard(page, "student-list", MAIN)
    keys.follow("form[action='/my/graduation/new'] button", "**/my/graduation/*")
    form = urlsplit(page.url).path
    assert_heard(page, "student-form", MAIN)
    keys.reach("input[name=tick]")
    page.keyboard.press("Space")
    keys.follow("button[value=save]", "**told=saved*")
    assert_heard(page, "student-saved", MAIN)
    keys.follow("button[value=check]", "**/check")
    assert_heard(page, "student-check", MAIN)
    keys.reach("main input[type=checkbox]:not(:checked)")
    page.keyboard.press("Space")
    keys.follow("button.o_ntue_submit", "**submitted=1&term=1141")
    assert_heard(page, "student-submitted", MAIN)
    keys.follow(f"main a[href='{form}']", f"**{form}")
    assert_heard(page, "student-read", MAIN)


def test_an_assistant_reviews_by_keyboard_and_hears_what_waits_and_what_is_decided(school, enter):
    made = run(school, "clean_students", FIRST=9930, COUNT=2, STAND="submitted", OUTSIDE="1")
    page = enter("ta.cs").page
    keys = Keys(page)
    page.goto(DESK)
    keys.search("1141-700009930")
    assert_heard(page, "assistant-queue", ".o_list_renderer table")
    keys.open_found()
    assert_heard(page, "assistant-buttons", BAR)
    assert_heard(page, "assistant-form", SHEET)
    keys.press(f"{ROWS} button[name=action_accept]", "Space")
    expect(page.locator(f"{ROWS} button[name=action_accept]")).to_have_count(0)
    assert_heard(page, "assistant-decided", ROWS)
    keys.press("button[name=action_receive_paper]")
    expect(page.locator("button[name=action_receive_paper]")).to_have_count(0)
    assert_heard(page, "assistant-paper", BAR)
    keys.press("button[name=action_pass_first]")
    expect(page.locator(TOLD, has_text="初審通過")).to_contain_text("1141-700009930")
    assert_heard(page, "assistant-told", f"{TOLD}:has-text('初審通過')")
    assert run(school, "first_reviews", IDS=json.dumps(made)) == ["passed", "pending"]
    page.goto(DESK)
    keys.search("1141-700009931")
    keys.open_found()
    keys.press(f"{BAR} button[data-hotkey=r]")
    keys.reach(".modal div[name=reason] input")
    page.keyboard.type("請補勾選社會統計與資料分析")
    assert_heard(page, "assistant-asked", ".modal-content")
    keys.press(f"{QUESTION} .btn-primary")
    expect(page.locator(TOLD, has_text="退回修正")).to_contain_text("1141-700009931")
    page.locator(".modal").wait_for(state="detached")
    page.goto(DESK)
    page.locator(SHOWN).first.wait_for()
    expect(page.locator(".o_data_row", has_text="700009931")).to_have_count(0)


def test_a_registrar_completes_by_keyboard_and_hears_what_is_decided(school, enter):
    (made,) = run(school, "clean_students", FIRST=9920, COUNT=1, STAND="first_passed")
    page = enter("registrar.day").page
    keys = Keys(page)
    page.goto(SECOND)
    keys.search("1141-700009920")
    assert_heard(page, "registrar-desk", ".o_list_renderer table")
    keys.open_found()
    assert_heard(page, "registrar-buttons", BAR)
    assert_heard(page, "registrar-form", SHEET)
    keys.press("button[name=action_pass_second]")
    # The next application of the desk is opened, if there is one: it has such a button, too.
    expect(page.locator(TOLD, has_text="複審通過")).to_contain_text("1141-700009920")
    (standing,) = run(school, "standing", IDS=f"[{made}]")
    assert standing[0] == "passed"
    page.goto(f"{SECOND}/{made}")
    page.locator(f"{BAR} button[name=action_complete]:visible").wait_for()
    assert_heard(page, "registrar-passed", BAR)
    keys.press("button[name=action_complete]")
    page.locator(QUESTION).wait_for()
    assert_heard(page, "registrar-asked", ".modal-content")
    keys.press(f"{QUESTION} .btn-primary")
    expect(page.locator("button[name=action_complete]:visible")).to_have_count(0)
