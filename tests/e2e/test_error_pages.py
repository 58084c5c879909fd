"""What cannot be shown: whole sentences in Chinese, a way on, and a page that one can look at."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from . import shell
from .conftest import PATIENCE, WIDTHS, Person, keep
from .test_door_for_everybody import LETTERS, OF_ODOO_THERE, PIXELS, TOO_SMALL

STUDENT = "211442004"
ENGLISH = re.compile(r"[A-Za-z]{3,}")
AGAIN = re.compile(r'<meta http-equiv="refresh"[^>]*>')

FORM = """([action, token]) => {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = action;
    const field = document.createElement("input");
    field.name = "csrf_token";
    field.value = token ?? odoo.csrf_token;
    form.append(field);
    document.body.append(form);
    form.submit();
}"""


def stale_form(page, _school, address):
    """A form of an earlier session is sent."""
    page.goto(address)
    page.evaluate(FORM, [address, "none"])


def closed(page, _school, address):
    """The form of a page that is closed to students is sent."""
    page.goto("/my")
    page.evaluate(FORM, [address, None])


def nothing(page, _school, address):
    page.goto(address)


def other_method(page, _school, address):
    page.route(f"**{address}", lambda route: route.continue_(method="PUT"))
    page.goto(address)


def drawn_alone(page, school, status):
    """Where the code or the database failed, or nothing is to be done for somebody.

    A page that asks again by itself would be another one before it has been looked at.
    """
    page.goto("/web/login")
    text, asking = AGAIN.subn("", shell.run(school, "error_page", STATUS=status))
    assert asking == (status == 429)
    page.set_content(text)


SITUATIONS = (
    ("visitor", 400, stale_form, "/web/login"),
    ("visitor", 404, nothing, "/nothing/of/the/kind"),
    ("visitor", 405, other_method, "/my/profile"),
    ("visitor", 500, drawn_alone, 500),
    ("visitor", 429, drawn_alone, 429),
    ("student", 400, stale_form, "/my/profile"),
    ("student", 403, closed, "/my/address/submit"),
    ("student", 404, nothing, "/my/nothing/of/the/kind"),
    ("student", 405, other_method, "/my/profile"),
)


@pytest.fixture(scope="module")
def people(school, browser, windows, screens):
    context = browser.new_context(locale="zh-TW", base_url=school.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    student = Person(school, windows, STUDENT, screens)
    yield {"visitor": context, "student": student.context}
    context.close()
    student.leave()


@pytest.mark.parametrize(
    ("who", "status", "come_to", "where"),
    SITUATIONS,
    ids=[f"{who}-{status}" for who, status, *_more in SITUATIONS],
)
def test_a_page_of_an_error_is_for_people_and_leads_on(
    school, people, screens, who, status, come_to, where
):
    page = people[who].new_page()
    come_to(page, school, where)
    error = page.locator("main:has(h1)")
    expect(error.locator("h1")).to_have_count(1)
    if status != 429:
        expect(page.locator("#ntue_error")).to_have_attribute("data-status", str(status))
    assert not ENGLISH.search(" ".join(page.locator("main h1, main p").all_inner_texts()))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep(page, screens / f"error-{who}-{status}-{width}.png")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            parts = {"exclude": [[part] for part in sorted(OF_ODOO_THERE)]}
            faults = Axe().run(page, context=parts).response["violations"]
            assert [fault["id"] for fault in faults] == []
        assert page.evaluate(TOO_SMALL, [PIXELS, LETTERS]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    ways = error.locator("#ntue_error a, .ways a")
    assert ways.count()
    page.unroute_all()
    page.goto(ways.last.get_attribute("href"))
    expect(page.locator("#ntue_error")).to_have_count(0)
    page.close()
