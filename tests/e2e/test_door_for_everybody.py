"""Pages of signing in and of passwords, for everybody: phone, desk, keyboard and thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from . import shell
from .axe import OF_ODOO
from .conftest import PATIENCE, WIDTHS, Person

STUDENT = "211442004"
VISITOR = (
    "/web/login",
    "/web/forgotten",
    "/web/forgotten/new?token=none",
    "/web/invitation?token=none",
    "/web/reset_password",
    "/nothing/of/the/kind",
)
OWN = ("/my/password", "/my/security", "/my/sign-ins", "/my/nothing/of/the/kind")
OF_ODOO_THERE = OF_ODOO | {".o_portal_security_body > section:not([name=ntue_change_password])"}
"""Also the sections of passkeys, second steps and sessions."""

PIXELS, LETTERS = 24, 12
"""The least side of what is pressed, and the least height of letters."""

TOO_SMALL = """([pixels, letters]) => {
    const isShown = (element) => {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return box.width > 1 && box.height > 1 && style.visibility !== "hidden"
            && !element.closest("#bottom, .visually-hidden");
    };
    const found = [];
    for (const element of document.querySelectorAll(
        "a, button, input:not([type=hidden]), select, summary, textarea"
    )) {
        // A link within a sentence is as high as its line, as the rule allows.
        if (!isShown(element) || getComputedStyle(element).display === "inline") continue;
        const { width, height } = element.getBoundingClientRect();
        if (Math.round(width) < pixels || Math.round(height) < pixels) {
            found.push(`${Math.round(width)}x${Math.round(height)} ${element.outerHTML}`);
        }
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim();
        const element = walker.currentNode.parentElement;
        if (!text || !isShown(element) || element.closest("script, style, noscript")) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < letters) found.push(`${size} ${text}`);
    }
    return found;
}"""


@pytest.fixture(scope="module")
def student(school, windows, screens):
    person = Person(school, windows, STUDENT, screens)
    yield person.page
    person.leave()


@pytest.fixture(scope="module")
def visitor(school, browser):
    """Somebody who is asked for the picture's digits: the page with most on it."""
    shell.run(school, "sign_in_settings", CAPTCHA="picture", WHEN="always")
    context = browser.new_context(locale="zh-TW", base_url=school.url)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
    shell.run(school, "sign_in_settings", CAPTCHA="picture", WHEN="failure")


@pytest.fixture(params=[*VISITOR, *OWN])
def page(request, student, visitor):
    found = student if request.param in OWN else visitor
    found.goto(request.param)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_of_the_door_has_no_fault_of_any_weight_and_nothing_too_small(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    parts = {"exclude": [[part] for part in sorted(OF_ODOO_THERE)]}
    faults = [
        f"{fault['id']}: {node['html']}"
        for fault in Axe().run(page, context=parts).response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []
    assert page.evaluate(TOO_SMALL, [PIXELS, LETTERS]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_link_for_skipping_leads_to_the_page(page):
    link = page.locator("a.o_skip_to_content")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_page_has_a_title_of_its_own_and_one_heading(page):
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("h1").inner_text().strip() in page.title()
