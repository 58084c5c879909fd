"""A pile of slips and a scanner, which types a number and Enter: no mouse, nothing to confirm."""

import json

from .shell import run

ASSISTANT, PROGRAM, FIRST, MANY = "ta.lcw", "LCW-S", 9500, 3
SCAN = "/odoo/action-ntue_graduation.action_graduation_scan"
WAITS = ".modal .o_field_widget[name=number] input:focus"
"""The box for the next number, ready to be typed into."""


def scanned(page, number):
    """What a scanner does, and what the box says of the student whose slip it was."""
    page.wait_for_selector(WAITS)
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    student = number.split("-")[1] if "-" in number else number
    told = page.locator(".modal .alert", has_text=student).locator("visible=true")
    told.wait_for()
    return told.inner_text()


def test_a_pile_of_slips_is_taken_in_by_the_scanner_alone(school, enter):
    made = run(
        school, "clean_students", FIRST=FIRST, COUNT=MANY, STAND="submitted", PROGRAM=PROGRAM
    )
    person = enter(ASSISTANT)
    page = person.page
    page.goto(SCAN)
    page.click(".modal .o_field_widget[name=on_enter] label:has-text('已收紙本')")
    for place in range(MANY):
        assert "已收紙本" in scanned(page, f"1141-7{FIRST + place:08d}-1")
    person.picture("26-scanned")
    assert "先前已登錄" in scanned(page, f"7{FIRST:08d}")
    assert "暫存檔" in scanned(page, "1141-799999999-1")
    assert run(school, "papers", IDS=json.dumps(made)) == [True] * MANY
