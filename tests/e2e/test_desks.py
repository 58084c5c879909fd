"""The two desks: clicks counted in a browser, many at once, and two people at one application."""

import json

import pytest
from playwright.sync_api import expect

from .searching import search
from .shell import begin, run

ASSISTANT, REGISTRAR = "ta.cs", "registrar.day"
DESK = "/odoo/action-ntue_graduation.action_application_desk"
SECOND = "/odoo/action-ntue_graduation.action_application_registrar"
CLEAN = 20
MANY = 300
MOST_CLICKS = 3
PATIENCE = 600_000
"""Milliseconds after which a machine has hung; how fast it is, no test says."""

DONE = ".o_statusbar_status button[data-value=done].o_arrow_button_current"
UNTOUCHED, PASSED = ["pending", 0, 0], ["passed", 1, 1]
"""Second review, its events, and what the step for many says of it."""


class Clicks:
    """A page that counts what is clicked on it."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.count += 1


def test_20_clean_applications_with_paper_take_at_most_three_clicks_each(school, enter):
    made = run(school, "clean_students", FIRST=1000, COUNT=CLEAN, STAND="submitted")
    page = (person := enter(ASSISTANT)).page
    page.goto(DESK)
    search(page, "1141-7000010")  # those of other tests are left out
    expect(page.locator(".o_data_row")).to_have_count(CLEAN)
    person.picture("21-desk")
    clicks, seen = Clicks(page), []
    clicks.click(".o_data_row td[name=student_id]")
    for place in range(CLEAN):
        before = clicks.count
        page.wait_for_selector("button[name=action_receive_paper]:visible")
        seen.append(page.locator(".oe_title h1").inner_text())
        clicks.click("button[name=action_receive_paper]:visible")
        page.wait_for_selector("button[name=action_pass_first].btn-primary:visible")
        if not place:
            person.picture("22-review")
        clicks.click("button[name=action_pass_first].btn-primary:visible")
        if place < CLEAN - 1:
            page.wait_for_function(
                "was => document.querySelector('.oe_title h1')?.innerText != was", arg=seen[-1]
            )
        assert clicks.count - before <= MOST_CLICKS - 1
    page.wait_for_selector(".o_list_view, .o_view_nocontent")
    assert len(set(seen)) == CLEAN
    assert clicks.count <= MOST_CLICKS * CLEAN
    states = run(school, "standing", IDS=json.dumps(made))
    assert states == [UNTOUCHED] * CLEAN


def test_300_clean_applications_pass_in_one_action_with_a_summary(school, enter):
    made = run(school, "clean_students", FIRST=2000, COUNT=MANY, STAND="first_passed", UNTOLD="1")
    page = (person := enter(REGISTRAR)).page
    page.goto(f"{SECOND}?")
    page.wait_for_selector(".o_data_row")
    page.click("thead .o_list_record_selector input")
    page.click(".o_select_domain")
    page.click("button[name=action_prepare_bulk]")
    page.wait_for_selector("button[name=action_start]", timeout=PATIENCE)
    person.picture("23-many-before")
    page.click("button[name=action_start]")
    page.wait_for_selector(DONE, timeout=PATIENCE)
    person.picture("24-many-after")
    assert run(school, "standing", IDS=json.dumps(made)) == [PASSED] * MANY


def test_a_worker_killed_in_the_middle_leaves_each_passed_with_its_event_or_untouched(school):
    made = run(school, "clean_students", FIRST=3000, COUNT=6, STAND="first_passed")
    worker = begin(school, "slow_bulk", IDS=json.dumps(made))
    while PASSED not in (standing := run(school, "standing", IDS=json.dumps(made))):
        assert worker.poll() is None
    worker.kill()
    worker.wait()
    standing = run(school, "standing", IDS=json.dumps(made))
    assert PASSED in standing
    assert all(row in (PASSED, UNTOUCHED) for row in standing)
    assert run(school, "standing", IDS=json.dumps(made), RUN="1") == [PASSED] * len(made)


def test_of_two_at_once_one_wins_and_the_other_is_told_who_did_what_when(school):
    (made,) = run(school, "clean_students", FIRST=4000, COUNT=1, STAND="submitted")
    told = run(school, "two_at_once", APPLICATION=made)
    assert told["waited"]
    assert "資訊科學系助教" in told["second"]
    assert told["by"] == ASSISTANT
    assert told["events"] == ["submit", "receive_paper", "pass_first"]


@pytest.mark.parametrize(
    ("login", "desk", "own"), [(ASSISTANT, DESK, "1 初審"), (REGISTRAR, SECOND, "2 複審")]
)
def test_on_a_phone_the_board_of_a_desk_opens_at_its_own_column(enter, login, desk, own):
    page = (person := enter(login)).page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk}?view_type=kanban")
    columns = page.locator(".o_kanban_group")
    expect(columns.nth(2)).to_be_attached()
    column = columns.filter(has=page.locator(".o_kanban_header", has_text=own))
    expect(column).to_be_in_viewport(ratio=0.5)
    expect(columns.last).not_to_be_in_viewport(ratio=0.5)
    person.picture(f"24-board-{login}")
