"""After every step the reviewer is at what is next, and reads nothing that may be read no longer.

What the server answers to every step is crossed in the addon (`test_after_step.py`); here each
answer is met in a browser: every step on a phone and at a desk, and the step that ends the right to
see the application from everywhere that one comes from.
"""

from __future__ import annotations

import json
import re
from itertools import count, product
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from .conftest import WIDTHS, Person
from .searching import search
from .shell import run

PROGRAM = "LCW-S"
ASSISTANT, REGISTRAR = "ta.lcw", "registrar.continuing"
DESKS = {
    ASSISTANT: "/odoo/action-ntue_graduation.action_application_desk",
    REGISTRAR: "/odoo/action-ntue_graduation.action_application_registrar",
}
STANDS_OF_DESK = {ASSISTANT: ("submitted", "paper", "supplement"), REGISTRAR: ("first_passed",)}
ALL = "/odoo/action-ntue_graduation.action_application_all"


class Step(NamedTuple):
    """Who takes it at which stand, the button's words, what the toast says, whether it asks why."""

    who: str
    stand: str
    button: str
    told: str
    asks: bool = False
    undone: bool = False


STEPS = {
    "receive_paper": Step(ASSISTANT, "submitted", "今日已收紙本", "已收紙本", undone=True),
    "pass_first": Step(ASSISTANT, "paper", "初審通過", "初審通過", undone=True),
    "fail_first": Step(ASSISTANT, "paper", "不通過", "初審不通過", asks=True, undone=True),
    "return": Step(ASSISTANT, "paper", "退回修正", "退回修正", asks=True),
    "ask_supplement": Step(ASSISTANT, "paper", "要求補件", "要求補件", asks=True, undone=True),
    "supplement_received": Step(ASSISTANT, "supplement", "補件已收", "補件已收"),
    "withdraw_supplement": Step(ASSISTANT, "supplement", "撤回補件要求", "撤回補件要求", asks=True),
    "take_back_first": Step(ASSISTANT, "first_passed", "撤回決定", "撤回初審決定", asks=True),
    "pass_second": Step(REGISTRAR, "first_passed", "複審通過", "複審通過", undone=True),
    "fail_second": Step(REGISTRAR, "first_passed", "不通過", "複審不通過", asks=True, undone=True),
    "hand_back": Step(REGISTRAR, "first_passed", "退回系所", "退回系所", asks=True),
    "take_back_second": Step(REGISTRAR, "second_passed", "撤回決定", "撤回複審決定", asks=True),
    "complete": Step(REGISTRAR, "second_passed", "完成離校", "已完成"),
}
ENDING = "return"
"""The step after which the reviewer may not see the application."""


def from_list(person, found):
    """The desk, or the list of all for what waits elsewhere."""
    waits = STANDS_OF_DESK[person.login]
    listed(person, DESKS[person.login] if found.stand in waits else ALL, found, "list")


def from_board(person, found):
    listed(person, DESKS[person.login], found, "kanban")


def from_all(person, found):
    listed(person, ALL, found, "list")


def from_task(person, found):
    """By the clock in the bar on top: what one is to do."""
    page = person.page
    page.goto(ALL)
    page.click(".o_menu_systray i.fa-clock-o")
    page.locator(".o-mail-ActivityMenu .list-group-item", has_text="畢業資格申請").first.click()
    page.wait_for_url(lambda url: "action_application_all" not in url)
    choose(page, found)


def from_scan(person, found):
    page = person.page
    page.goto("/odoo/action-ntue_graduation.action_graduation_scan")
    # What Enter does is what this reviewer chose last, in whichever test.
    page.click(".modal .o_field_widget[name=on_enter] label:has-text('開啟')")
    page.fill(".modal .o_field_widget[name=number] input", found.number)
    page.press(".modal .o_field_widget[name=number] input", "Enter")


def from_address(person, found):
    """What the code on the slip opens."""
    person.page.goto(f"/odoo/ntue.graduation.application/{found.id}")


WAYS = (from_list, from_board, from_all, from_task, from_scan, from_address)


def listed(person, address, found, view):
    page = person.page
    page.goto(f"{address}?view_type={view}")
    choose(page, found)


def choose(page, found):
    """The one, wherever it stands: filters of the desk are taken off by what is looked for."""
    search(page, found.number)
    expect(page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")).to_have_count(1)
    student_no = found.number.split("-")[1]
    row = f".o_data_row td[name=student_id]:has-text('{student_no}')"
    page.click(f"{row}, .o_kanban_record:has-text('{student_no}')")


class Found(NamedTuple):
    """An application: its record's number, the slip's, and where it stood."""

    id: int
    number: str
    stand: str


CASES = [
    *((step, WAYS[0], width) for step, width in product(STEPS, WIDTHS)),
    *((ENDING, way, width) for way, width in product(WAYS[1:], WIDTHS)),
    *(("receive_paper", way, WIDTHS[1]) for way in WAYS[1:]),
]
"""(step, where one came from, width of the screen)."""


@pytest.fixture(scope="module")
def reviewers(school, windows, screens):
    people = {login: Person(school, windows, login, screens) for login in DESKS}
    yield people
    for person in people.values():
        person.leave()


@pytest.fixture(scope="module")
def applications(school):
    """Where each of the cases begins, one application for each."""
    numbers = count(8000)
    found = {}
    for stand in {step.stand for step in STEPS.values()}:
        wanted = sum(STEPS[step].stand == stand for step, _way, _width in CASES)
        first = next(numbers)
        made = run(
            school, "clean_students", FIRST=first, COUNT=wanted, STAND=stand, PROGRAM=PROGRAM
        )
        found[stand] = iter(
            [
                Found(record, f"1141-7{first + place:08d}", stand)
                for place, record in enumerate(made)
            ]
        )
        for _used in range(wanted):
            next(numbers)
    return found


@pytest.mark.parametrize(
    ("step", "way", "width"),
    CASES,
    ids=[f"{step}-{way.__name__}-{width}" for step, way, width in CASES],
)
def test_after_every_step_one_is_at_what_is_next_and_nothing_is_refused(
    reviewers, applications, step, way, width
):
    row = STEPS[step]
    person, found = reviewers[row.who], next(applications[row.stand])
    page = person.page
    page.set_viewport_size({"width": width, "height": 900})
    way(person, found)
    opened(page, found)
    answers = []

    def keep(answer):
        answers.append(answer)

    page.on("response", keep)
    press(page, row, width)
    told = page.locator(".o_ntue_told", has_text=found.number)
    told.wait_for()
    expect(told).to_contain_text(row.told, use_inner_text=True)
    expect(told.get_by_role("button", name="復原")).to_have_count(int(row.undone))
    is_at_what_is_next(page, step, way, found)
    page.remove_listener("response", keep)
    assert refused(answers) == []


def opened(page, found):
    """The form shows it, and its buttons act by now."""
    page.wait_for_selector(f".o_form_view h1:has-text('{found.number}')")
    page.wait_for_selector(".o_ntue_rests", state="detached")


def press(page, row, width):
    if width < WIDTHS[-1] and not shown(page, row.button).count():
        page.click(".o_statusbar_buttons button:has(.oi-ellipsis-v)")
    shown(page, row.button).first.click()
    if row.asks:
        page.fill(".modal .o_field_widget[name=reason] input:visible", "試一試")
        page.click(".modal footer button:has-text('確認')")
    elif row.button == "完成離校":
        page.click(".modal footer button.btn-primary")


def shown(page, words):
    """The button of these words, and of no more: 不通過 is not 初審通過."""
    return page.get_by_role("button", name=words, exact=True).locator("visible=true")


def is_at_what_is_next(page, step, way, found):
    """The next one, the list, the next slip, or the application where it may still be read."""
    if way is from_scan and step == ENDING:
        page.wait_for_selector(f".modal:has-text('{found.number}') .o_ntue_scan_open")
        page.wait_for_selector(".o_list_view, .o_kanban_view")
        page.click(".modal footer button:has-text('關閉')")
        page.wait_for_selector(".modal", state="detached")
    elif step == ENDING:
        page.wait_for_selector(f"h1:has-text('{found.number}')", state="detached")
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_selector(".o_form_view, .o_list_view, .o_kanban_view")


def refused(answers):
    """What the server refused of what the client asked for."""
    calls = [answer for answer in answers if re.search("/web/dataset/|/mail/", answer.url)]
    bodies = [(answer.url, json.loads(answer.body() or b"{}")) for answer in calls]
    return [(url, body["error"]["data"]["message"]) for url, body in bodies if "error" in body]
