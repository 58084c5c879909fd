"""The students' pages for everybody: on a phone, by keyboard, without JavaScript (I18)."""

import pytest
from playwright.sync_api import expect

from .conftest import Person

STUDENT, BACHELOR, NO_AREAS, ONE_TERM = "210941001", "411243001", "210843001", "211442004"
PAGES = (
    (STUDENT, "/my"),
    (STUDENT, "/my/progress"),
    (STUDENT, "/my/progress/what-if?try=1"),
    (STUDENT, "/my/profile"),
    (STUDENT, "/my/profile/privacy"),
    (STUDENT, "/my/profile/address?token=none"),
    (STUDENT, "/my/sign-ins"),
    (STUDENT, "/my/graduation"),
    (STUDENT, "/my/graduation/guide"),
    (STUDENT, "/my/graduation/slip"),
    (STUDENT, "/graduation/slip/1141-0-1"),
    (STUDENT, "/web/forgotten"),
    (STUDENT, "/web/forgotten/new?token=none"),
    (STUDENT, "/my/security"),
    (STUDENT, "/my/nothing/of/the/kind"),
    (STUDENT, "/my/graduation/new"),
    (NO_AREAS, "/my/graduation"),
    (ONE_TERM, "/my/graduation"),
    (BACHELOR, "/my/progress"),
    (BACHELOR, "/my/progress/what-if?try=1"),
    (NO_AREAS, "/my/progress"),
    (NO_AREAS, "/my/graduation"),
)
NARROW = 360


@pytest.fixture(scope="module")
def students(school, windows, screens):
    found = {login: Person(school, windows, login, screens) for login in dict(PAGES)}
    yield found
    for person in found.values():
        person.leave()


@pytest.mark.parametrize(("login", "address"), PAGES)
def test_no_page_is_wider_than_a_narrow_phone(students, login, address):
    page = students[login].page
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_the_progress_page_is_worked_by_keyboard_alone(students):
    page = students[STUDENT].page
    page.goto("/my/progress")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
        if reached[-1] == "試算此組合":
            break
    assert "查詢" in reached
    assert "顏色與文字說明" in reached
    shown = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
    assert shown != "none"  # anyone who goes by keyboard sees where they are
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/progress/what-if?**")
    expect(page.locator("[data-figure=expected]")).to_have_text("34 / 32", use_inner_text=True)


def test_progress_and_trial_work_without_javascript(school, windows, screens):
    person = Person(school, windows, STUDENT, screens, java_script_enabled=False)
    page = person.page
    page.goto("/my")
    page.click("a:has-text('修業進度管制')")
    page.click("button:has-text('查詢')")
    expect(page.locator("[data-area]:has-text('✓')")).to_have_count(4)
    page.click("a:has-text('其他試算')")
    page.wait_for_url("**/my/progress/what-if*")
    for box in page.locator("input[name=tick]").all():
        box.check()
    page.click("button:has-text('試算')")
    page.wait_for_url("**tick=*")
    expect(page.locator("[data-figure=expected]")).to_have_text("34 / 32", use_inner_text=True)
    person.leave()
