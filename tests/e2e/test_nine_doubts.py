"""What a student doubts who does this for the first time is answered where she doubts it.

In Chinese and in sight on a phone, as a new user meets it; what the words follow from is checked by
`test_nine_doubts.py` of ntue_graduation.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from dev.sample_school import TAIPEI

from .conftest import PATIENCE, Person
from .copies import Copy, bring_in
from .shell import run
from .test_sample_students import APPLICATION, ASSISTANT, ask

DRAFT, SENT, ASKED, UNAPPROVED = "210941781", "210941782", "210941783", "211342784"
MAILBOX = "doubt@example.com"
PHONE = {"width": 390, "height": 844}
WAITS = "系所請您補件"
IN_A_WEEK = (datetime.now(UTC) + TAIPEI + timedelta(days=7)).date().isoformat()
NOT_SENT = re.compile("尚未送出")


@pytest.fixture(scope="module")
def forms(school, windows, screens, tmp_path_factory):
    """The address of the application of each who has one."""
    own = {"電子信箱": MAILBOX}
    copies = [Copy("210941001", number, own) for number in (DRAFT, SENT, ASKED)]
    copies.append(Copy("211342002", UNAPPROVED))
    bring_in(school, tmp_path_factory.mktemp("doubts"), *copies)
    made = {
        number: run(school, "stand", NUMBER=number, STAND=stand)
        for number, stand in ((DRAFT, "draft"), (SENT, "submitted"), (ASKED, "submitted"))
    }
    office = Person(school, windows, ASSISTANT, screens)
    for method, *given in (
        ("action_receive_paper",),
        ("action_ask_supplement", "請補交勞作教育證明", IN_A_WEEK),
    ):
        answer = ask(office, APPLICATION, method, [made[ASKED]], *given)
        assert "error" not in answer, answer
    office.leave()
    return {number: f"/my/graduation/{record}" for number, record in made.items()}


@pytest.fixture(scope="module")
def phone(school, windows, screens, forms):  # noqa: ARG001  # who signs in is there before
    """Anybody's page, on a phone."""
    people = {}

    def page(number):
        if number not in people:
            people[number] = Person(school, windows, number, screens)
            people[number].page.set_viewport_size(PHONE)
        return people[number].page

    yield page
    for person in people.values():
        person.leave()


def says(page, words, part="main"):
    """The words are shown, not only there."""
    expect(page.locator(part).first).to_contain_text(words, use_inner_text=True)


def everywhere(forms, number):
    """Where a student looks after her application."""
    return ("/my", "/my/graduation", forms[number])


def test_1_which_e_mail_gets_what(phone):
    page = phone(SENT)
    page.goto("/my/profile")
    says(page, "數位畢業證書會寄到此信箱")
    page.goto("/my/graduation?submitted=1")
    says(page, f"寄至 {MAILBOX}", "#submitted")


def test_2_nobody_is_asked_to_make_an_account(school, browser):
    context = browser.new_context(locale="zh-TW", base_url=school.url, viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/web/login")
    expect(page.locator("form.oe_login_form")).to_be_visible()
    expect(page.locator("a[href*=signup]")).to_have_count(0)
    says(page, "學號", "form.oe_login_form")
    context.close()


def test_3_name_and_e_mail_have_one_door(phone):
    page = phone(DRAFT)
    page.goto("/my")
    doors = page.locator("#ntue_menu a, main a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert "/my/profile" in doors
    assert not set(doors) & {"/my/account", "/my/addresses"}
    page.goto("/my/account")
    assert page.url.endswith("/my/profile")


def test_4_credits_and_course_records_are_told_apart(phone, forms):
    page = phone(DRAFT)
    page.goto(forms[DRAFT])
    head = page.locator("[data-block=header]")
    expect(head.locator("[data-figure=taken]")).to_have_text("28", use_inner_text=True)
    expect(head.locator("div", has_text=re.compile(r"^實修學分數\s*28\s*學分"))).to_be_visible()
    expect(head.locator("div", has_text=re.compile(r"^選課筆數\s*12\s*筆"))).to_be_visible()
    says(page, "選課紀錄中：", "[data-block=records]")


def test_5_why_fewer_can_be_ticked_than_are_listed(phone):
    page = phone(UNAPPROVED)
    page.goto("/my/graduation")
    page.click("main button:has-text('新增')")
    page.locator("body[is-ready=true] input[name=tick]").first.wait_for()
    closed = page.locator(".o_ntue_tick:has(input[name=tick]:disabled)")
    expect(closed.first).to_be_visible()
    listed = page.locator("input[name=tick]").count()
    says(page, f"以下列出 {listed} 筆，其中 {closed.count()} 筆不能勾選")
    for row in closed.all():
        expect(row).to_contain_text("不能勾選：", use_inner_text=True)


def test_6_whether_it_was_submitted(phone, forms):
    for address in everywhere(forms, DRAFT):
        phone(DRAFT).goto(address)
        says(phone(DRAFT), NOT_SENT)
    for address in everywhere(forms, SENT):
        page = phone(SENT)
        page.goto(address)
        says(page, "已送出")
        expect(page.locator("main")).not_to_contain_text(NOT_SENT, use_inner_text=True)


def test_7_whether_something_is_to_be_handed_in_or_nothing_is_to_be_done(phone, forms):
    page = phone(ASKED)
    for address in everywhere(forms, ASKED):
        page.goto(address)
        says(page, WAITS)
        says(page, "請補交勞作教育證明")
        expect(page.locator("main")).not_to_contain_text("不需要做任何事", use_inner_text=True)
    page.goto("/my")
    expect(page.locator("#supplement_file")).to_be_visible()


def test_8_which_total_counts_and_what_is_in_it(phone, forms):
    for address in everywhere(forms, SENT):
        page = phone(SENT)
        page.goto(address)
        says(page, "預計可得 34 學分（畢業學分數 32，含修習中）。")


def test_9_until_what_hour(phone, forms):
    until = re.compile(r"1\d\d-\d\d-\d\d 24:00")
    for address in everywhere(forms, DRAFT):
        phone(DRAFT).goto(address)
        says(phone(DRAFT), until)
