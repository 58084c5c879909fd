"""The slip's button in a real browser: a new tab, or a hint when the browser forbids it (D43)."""

import pytest
from playwright.sync_api import expect

from .conftest import Person

STUDENT = "210941002"
BUTTON = ".o_ntue_slip > a"


@pytest.fixture
def form(school, windows, screens):
    """The page of a saved draft, which is given up afterwards."""
    person = Person(school, windows, STUDENT, screens)
    page = person.page
    page.goto("/my/graduation")
    page.click("button:has-text('新增')")
    page.click("button[value=save]")
    page.wait_for_selector(BUTTON)
    page.wait_for_load_state("networkidle")
    yield person
    page.click("button[value=leave]")
    page.click("form[action$='/discard'] button")
    page.wait_for_url("**/my/graduation?left=discarded")
    person.leave()


def test_the_slip_opens_in_a_tab_of_its_own_from_the_click(form):
    page = form.page
    address = page.url
    # Not the address of the tab: a browser that shows no PDF leaves it empty.
    slip = form.context.expect_event("request", lambda sent: sent.url.endswith("/slip"))
    with slip, page.expect_popup() as opened:
        page.click(BUTTON)
    opened.value.close()
    assert page.url == address
    expect(page.locator(".o_ntue_blocked")).to_be_hidden()


def test_a_blocked_tab_is_explained_and_the_slip_can_be_opened_here(form):
    page = form.page
    page.evaluate("window.open = () => null")
    page.click(BUTTON)
    hint = page.locator(".o_ntue_blocked")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text("封鎖", use_inner_text=True)
    way = hint.locator("a")
    assert way.get_attribute("href") == page.locator(BUTTON).get_attribute("href")
    assert way.get_attribute("target") is None
    form.picture("10-slip-blocked")
    page.evaluate("window.open = () => ({})")
    page.click(BUTTON)
    expect(hint).to_be_hidden()


def test_without_javascript_it_is_a_link_to_a_new_tab(form, school, windows, screens):
    plain = Person(school, windows, STUDENT, screens, java_script_enabled=False)
    plain.page.goto(form.page.url)
    link = plain.page.locator(BUTTON)
    assert link.get_attribute("target") == "_blank"
    expect(plain.page.locator(".o_ntue_blocked")).to_be_hidden()
    answer = plain.context.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    plain.leave()
