"""The students' pages in light and dark, with long names, and what they say of themselves."""

import re

import pytest
from playwright.sync_api import expect

from .axe import faults
from .conftest import WIDTHS, Person, keep
from .copies import Copy, bring_in
from .shell import run
from .test_for_everybody import NARROW, PAGES

STANDS = {
    "draft": "210941701",
    "submitted": "210941702",
    "returned": "210941703",
    "reviewed": "210941704",
    "passed": "210941705",
    "completed": "210941707",
}
LONG = "210941706"
UNBROKEN, INDIGENOUS = "Y" * 18 + ", " + "Z" * 19, "谷辣斯·尤達卡·撒韻武荖·伊斯坦大·嘎歷"
LONG_MAILBOX = "m" * 45 + "@example.com"
LEAST_LETTER = 12
LONG_PAGES = ("/my", "/my/progress", "/my/profile", "/my/graduation")
LETTERS = ("100%", "200%")
"""Of the browser's, for who sees little (1.4.4)."""
SCHEMES = ("light", "dark")

SMALL_LETTERS = """least => {
    const found = new Set();
    const walker = document.createTreeWalker(
        document.querySelector("#ntue_content"), NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const parent = text.parentElement;
        const size = parseFloat(getComputedStyle(parent).fontSize);
        if (text.data.trim() && size < least && parent.checkVisibility()) {
            found.add(`${size} ${text.data.trim().slice(0, 20)}`);
        }
    }
    return [...found];
}"""

TOO_WIDE = """most => {
    if (document.documentElement.scrollWidth <= most) {
        return [];
    }
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > most + 1)
        .map(element => element.outerHTML.slice(0, 120));
}"""
"""What is wider than a phone, on a page that is."""


@pytest.fixture(scope="module")
def stands(school, tmp_path_factory):
    """The address of the application of each student."""
    copies = [Copy("210941001", number) for number in STANDS.values()]
    # As many letters without a blank as a name may have, and a long name of an indigenous person.
    copies.append(
        Copy(
            "210941001", LONG, {"姓名": INDIGENOUS, "英文姓名": UNBROKEN, "電子信箱": LONG_MAILBOX}
        )
    )
    bring_in(school, tmp_path_factory.mktemp("stands"), *copies)
    return {
        number: f"/my/graduation/{run(school, 'stand', NUMBER=number, STAND=stand)}"
        for stand, number in (*STANDS.items(), ("draft", LONG))
    }


@pytest.fixture(scope="module")
def people(school, windows, screens):
    """Anybody, signed in once."""
    found = {}

    def person(login):
        if login not in found:
            found[login] = Person(school, windows, login, screens)
        return found[login]

    yield person
    for each in found.values():
        each.leave()


def every_fault(person, address):
    """What axe finds of any weight, in light and dark, on a phone and at a desk."""
    page, found = person.page, []
    page.goto(address)
    page.wait_for_load_state("networkidle")  # scripts mend what Odoo leaves without a name
    for scheme in SCHEMES:
        # Without motion no colour is looked at on its way to another.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [(scheme, width, *fault) for fault in faults(page)]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize(("login", "address"), PAGES)
def test_no_page_has_a_fault_of_any_weight_in_light_or_dark(people, login, address):
    assert every_fault(people(login), address) == []


@pytest.mark.parametrize("stand", STANDS)
def test_no_page_has_a_fault_wherever_an_application_stands(people, stands, stand):
    person, form = people(STANDS[stand]), stands[STANDS[stand]]
    more = [f"{form}/check", f"{form}/leave"] if stand in ("draft", "returned") else []
    found = {}
    for address in ("/my", "/my/progress", "/my/graduation", form, *more):
        found[address] = every_fault(person, address)
        person.page.emulate_media(color_scheme="dark")
        name = re.sub(r"\W+", "-", address.replace(form, "/form")).strip("-")
        person.picture(f"91-{stand}-{name}-dark")
    assert {address: rows for address, rows in found.items() if rows} == {}


@pytest.mark.parametrize("stand", STANDS)
def test_no_letter_is_too_small_to_read(people, stands, stand):
    page = people(STANDS[stand]).page
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/my/progress", "/my/profile", "/my/graduation", stands[STANDS[stand]]):
        page.goto(address)
        assert page.evaluate(SMALL_LETTERS, LEAST_LETTER) == [], address


@pytest.mark.parametrize("letters", LETTERS)
def test_long_names_keep_the_width_with_letters_of_any_size(people, stands, letters):
    person = people(LONG)
    page, form, found = person.page, stands[LONG], {}
    page.set_viewport_size({"width": NARROW, "height": 800})
    for address in (*LONG_PAGES, form, f"{form}/check"):
        page.goto(address)
        page.add_style_tag(content=f"html {{ font-size: {letters} !important; }}")
        found[address] = page.evaluate(TOO_WIDE, NARROW)
        for panel in page.locator("details.o_ntue_drop > summary").all():
            panel.click()
            found[address] += page.evaluate(TOO_WIDE, NARROW)
        name = re.sub(r"\W+", "-", address).strip("-")
        keep(page, person.screens / f"92-{letters}-{name}.png".replace("%", ""))
    assert {address: parts for address, parts in found.items() if parts} == {}


def test_the_title_says_the_page_and_its_state(people, stands):
    for stand, words in (
        ("draft", "暫存"),
        ("submitted", "已送出"),
        ("returned", "退回修正"),
    ):
        page = people(STANDS[stand]).page
        page.goto(stands[STANDS[stand]])
        assert words in page.title().split(" · ")[0], page.title()
        assert "畢業資格申請" in page.title()
    page = people(STANDS["draft"]).page
    page.goto("/my/profile")
    page.fill("#profile_mobile", "沒有")
    page.click("button[value=save]:visible")
    expect(page.locator("#profile_errors")).to_be_focused()
    assert page.title().startswith("待更正：1"), page.title()


def test_what_was_done_has_the_focus_and_the_buttons_stay_in_sight_on_a_phone(people, stands):
    page = people(STANDS["draft"]).page
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(stands[STANDS["draft"]])
    save = page.locator("button[value=save]:visible")
    expect(save).to_be_in_viewport()
    save.click()
    page.wait_for_url("**told=saved")
    expect(page.locator("#saved")).to_be_focused()
    expect(page.locator("button[value=save]:visible")).to_be_in_viewport()


def test_above_the_limit_is_said_aloud(people, stands):
    page = people(STANDS["draft"]).page
    page.goto(stands[STANDS["draft"]])
    said = page.locator("#ntue_over_said")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_have_text("")
    page.evaluate("document.querySelector('.o_ntue_cap').dataset.limit = '1'")
    page.locator("input[name=tick]").last.uncheck()
    page.locator("input[name=tick]").last.check()
    expect(said).to_contain_text("超過上限")
