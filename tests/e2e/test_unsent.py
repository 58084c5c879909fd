"""A session that ends while a page is filled in, and going back after submitting."""

import pytest
from playwright.sync_api import expect

from .copies import Copy, bring_in

PHONE = {"width": 390, "height": 844}
OWN, FELLOW, BACK, TABS = "210941601", "210941602", "210941603", "210941604"


@pytest.fixture(scope="module")
def copies(school, tmp_path_factory):
    copied = [Copy("210941001", number) for number in (OWN, FELLOW, BACK, TABS)]
    bring_in(school, tmp_path_factory.mktemp("unsent"), *copied)


def ends(person):
    """The session is over, as after a night: nothing that the page asks for is on its way.

    An answer to it would bring another session than the one in which the sign-in page is read.
    """
    for page in person.context.pages:
        page.wait_for_load_state("networkidle")
    person.context.clear_cookies(name="session_id")


def signs_in(person, login=None, page=None):
    page = page or person.page
    expect(page.locator(".alert[role=status]")).to_contain_text("尚未送出")
    login = login or person.login
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", person.school.passwords[login])
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)


def finds_it_again(person, button, page=None):
    """The notice has the focus and names the button; the title begins with it."""
    page = page or person.page
    notice = page.locator("#unsent")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("尚未送出")
    expect(notice).to_contain_text(button)
    assert page.title().startswith("尚未送出 · ")
    return page


def numbers(page):
    return page.locator("input[name=tick]:checked").evaluate_all("all => all.map(box => box.value)")


def begins(page):
    """An application is begun; its form is shown."""
    page.goto("/my/graduation")
    page.click("main button:has-text('新增')")


def ticks_all(page):
    page.locator("input[name=tick]").first.wait_for()
    for box in page.locator("input[name=tick]").all():
        box.check()


@pytest.mark.usefixtures("copies")
def test_whatever_is_pressed_after_the_session_ended_is_there_again_after_the_sign_in(enter):
    student = enter(OWN)
    page = student.page
    page.set_viewport_size(PHONE)

    page.goto("/my/graduation")
    ends(student)
    page.click("main button:has-text('新增')")
    signs_in(student)
    finds_it_again(student, "新增").click("main button:has-text('新增')")
    ticks_all(page)
    ticked = numbers(page)
    ends(student)
    page.click("button:has-text('暫存')")
    signs_in(student)
    finds_it_again(student, "暫存")
    student.picture("90-unsent-form")
    page.set_viewport_size(PHONE)
    assert numbers(page) == ticked
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    expect(page.locator("#unsent")).to_have_count(0)
    assert numbers(page) == ticked

    page.goto("/my/profile")
    page.fill("#profile_phone", "02-2732-1104")
    ends(student)
    page.click("button[value=save]:visible")
    signs_in(student)
    finds_it_again(student, "儲存")
    student.picture("90-unsent-profile")
    expect(page.locator("#profile_phone")).to_have_value("02-2732-1104")
    page.click("button[value=save]:visible")
    page.wait_for_url("**saved=1**")

    page.goto("/my/graduation")
    page.click("a:has-text('繼續填寫')")
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    ends(student)
    page.click("button:has-text('確認送出')")
    signs_in(student)
    page.wait_for_url("**/check")
    finds_it_again(student, "確認送出")
    student.picture("90-unsent-check")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**submitted=1&term=1141")


@pytest.mark.usefixtures("copies")
def test_of_two_tabs_both_forms_are_there_again_and_the_one_leads_to_the_other(enter):
    student = enter(TABS)
    page = student.page
    begins(page)
    ticks_all(page)
    ticked = numbers(page)
    other = student.context.new_page()
    other.goto("/my/profile")
    other.fill("#profile_phone", "02-2732-1104")
    ends(student)
    page.click("button:has-text('暫存')")
    expect(page.locator(".alert[role=status]")).to_contain_text("尚未送出")
    other.click("button[value=save]:visible")
    signs_in(student, page=other)

    finds_it_again(student, "儲存", other)
    expect(other.locator("#profile_phone")).to_have_value("02-2732-1104")
    elsewhere = other.locator(".o_ntue_unsent_elsewhere a")
    expect(elsewhere).to_have_text("畢業資格申請")
    other.click("button[value=save]:visible")
    other.wait_for_url("**saved=1**")
    elsewhere.click()
    finds_it_again(student, "暫存", other)
    assert numbers(other) == ticked
    other.click("button:has-text('暫存')")
    other.wait_for_url("**told=saved")
    expect(other.locator("#unsent, .o_ntue_unsent_elsewhere")).to_have_count(0)
    page.reload()  # the sign-in page in the first tab leads on to where it would have led
    page.wait_for_url("**/my/graduation/**")
    assert numbers(page) == ticked


@pytest.mark.usefixtures("copies")
def test_the_next_person_at_the_same_computer_finds_nothing_of_it(enter):
    student = enter(FELLOW)
    page = student.page
    page.goto("/my/profile")
    page.fill("#profile_phone", "02-2732-1104")
    ends(student)
    page.click("button[value=save]:visible")
    signs_in(student, BACK)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#unsent")).to_have_count(0)
    assert page.locator("#profile_phone").input_value() != "02-2732-1104"


@pytest.mark.usefixtures("copies")
def test_after_submitting_back_shows_no_live_button(enter):
    student = enter(BACK)
    page = student.page
    begins(page)
    ticks_all(page)
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**submitted=1&term=1141")
    for _step in range(3):
        page.go_back()
        page.wait_for_load_state()
        for words in ("確認送出", "送出申請", "暫存"):
            expect(page.locator(f"main button:has-text('{words}')")).to_have_count(0)


OUT_OF_MEMORY = """
    () => setInterval(
        () => window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})), 50
    )
"""
"""Said again until the page is another one: its script may only just have come."""


@pytest.mark.usefixtures("copies")
def test_a_page_out_of_the_browsers_memory_is_asked_for_anew(enter):
    page = enter(BACK).page
    page.goto("/my/profile")
    page.evaluate("document.title = 'of before'")
    page.evaluate(OUT_OF_MEMORY)
    expect(page).not_to_have_title("of before")
