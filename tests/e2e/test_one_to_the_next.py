"""From one application to the next without acting on the wrong one, in the order of one's list."""

import json
import re
from contextlib import suppress
from itertools import count

import pytest
from playwright.sync_api import TimeoutError as WaitedTooLong
from playwright.sync_api import expect

from .searching import search
from .shell import run

ASSISTANT, PROGRAM = "ta.lcw", "LCW-S"
DESK = "/odoo/action-ntue_graduation.action_application_desk"
PASS = "button[name=action_pass_first].btn-primary"
MANY = 4
NUMBERS = count(9000, 10)
"""Each test has students of its own, whose numbers begin alike."""

IMPATIENT = """
    button => new Promise(resolve => {
        const title = () => document.querySelector('.o_form_view h1')?.innerText;
        const before = title();
        let appeared, clickedAfter = 0;
        const click = () => {
            if (title() && title() !== before) {
                appeared ??= performance.now();
                if (performance.now() - appeared > 500) {
                    return resolve(clickedAfter);
                }
                clickedAfter += document.querySelector('.o_ntue_rests') ? 1 : 0;
            }
            document.querySelector(button)?.click();
            setTimeout(click, 20);
        };
        click();
    })
"""
"""Clicks on and on, and for half a second after the next application has come up.

Its buttons rest for a second. A click at the end of that is one on what is on the screen.
"""


@pytest.fixture
def slips(school):
    """Records of applications with paper, and what their numbers begin with."""
    first = next(NUMBERS)
    made = run(school, "clean_students", FIRST=first, COUNT=MANY, STAND="paper", PROGRAM=PROGRAM)
    return made, f"1141-7{first // 10:07d}"


def reviews(school, made):
    """What the first review of each says now."""
    return run(school, "first_reviews", IDS=json.dumps(made))


def opened(page):
    page.wait_for_selector(".o_form_view h1")
    page.wait_for_selector(".o_ntue_rests", state="detached")
    return page.locator(".o_form_view h1").inner_text().split()[0]


def desk(page, prefix):
    page.goto(DESK)
    search(page, prefix)
    page.wait_for_function("n => document.querySelectorAll('.o_data_row').length == n", arg=MANY)


def sort_by_student(page, order):
    """Click the column's head until its arrow is this one: while rows are drawn a click is lost."""
    arrow = page.locator(f"th[data-name=student_id] .fa-sort-{order}")
    for _attempt in range(3):
        page.click("th[data-name=student_id]")
        with suppress(WaitedTooLong):
            return arrow.wait_for(timeout=20_000)
    return arrow.wait_for()


def test_impatient_clicks_pass_one_application_and_not_the_next(school, enter, slips):
    made, prefix = slips
    page = enter(ASSISTANT).page
    desk(page, prefix)
    page.locator(".o_data_row td[name=student_id]").first.click()
    opened(page)
    assert page.evaluate(IMPATIENT, PASS) > 1
    opened(page)
    assert sorted(reviews(school, made)) == ["passed", *["pending"] * (MANY - 1)]


def test_a_decision_is_undone_from_what_says_that_it_was_taken(school, enter, slips):
    made, prefix = slips
    person = enter(ASSISTANT)
    page = person.page
    desk(page, prefix)
    page.locator(".o_data_row td[name=student_id]").first.click()
    number = opened(page)
    page.click(PASS)
    told = page.locator(".o_ntue_told", has_text=number)
    told.wait_for()
    expect(told).to_contain_text(f"尚有 {MANY - 1} 件", use_inner_text=True)
    person.picture("25-told")
    told.get_by_role("button", name="復原").click()
    # The form behind it may still be the same one: only the next words say that it is done.
    page.locator(".o_ntue_told", has_text=number).filter(has_not_text="尚有").wait_for()
    page.wait_for_selector(f".o_form_view h1:has-text('{number}')")
    page.wait_for_selector(PASS)
    assert reviews(school, made) == ["pending"] * MANY


def test_the_next_one_is_the_next_of_the_list_as_it_was_sorted_and_searched(enter, slips):
    _made, prefix = slips
    page = enter(ASSISTANT).page
    desk(page, prefix)
    for order in ("asc", "desc"):
        sort_by_student(page, order)
    rows = page.locator(".o_data_row td[name=student_id]").all_inner_texts()
    listed = [f"1141-{row.split()[0]}" for row in rows]
    page.locator(".o_data_row td[name=student_id]").first.click()
    seen = [opened(page)]
    expect(page.locator(".o_pager_counter")).to_have_text(re.compile(rf"1\s*/\s*{MANY}"))
    for place, button in enumerate(("button[name=action_next]", PASS), 1):
        page.click(f"{button}:visible")
        page.wait_for_selector(f".o_form_view h1:has-text('{listed[place]}')")
        seen.append(opened(page))
    assert seen == listed[:3]
    expect(page.locator(".o_pager_counter")).to_have_text(re.compile(rf"2\s*/\s*{MANY - 1}"))


def test_the_only_one_that_was_found_leads_back_and_not_into_the_rest_of_the_desk(
    school, enter, slips
):
    """Undone, it is still the only one of what was looked for."""
    made, prefix = slips
    page = enter(ASSISTANT).page
    page.goto(DESK)
    search(page, f"{prefix}0")
    page.wait_for_function("document.querySelectorAll('.o_data_row').length == 1")
    page.locator(".o_data_row td[name=student_id]").click()
    for undone in (True, False):
        number = opened(page)
        page.click(PASS)
        told = page.locator(".o_ntue_told", has_text=number).filter(has_text="沒有其他待辦")
        told.wait_for()
        page.wait_for_selector(".o_form_view", state="detached")
        page.wait_for_selector(".o_list_view")
        if undone:
            told.get_by_role("button", name="復原").click()
            page.wait_for_selector(f".o_form_view h1:has-text('{number}')")
            page.wait_for_selector(PASS)
    assert sorted(reviews(school, made)) == ["passed", *["pending"] * (MANY - 1)]
