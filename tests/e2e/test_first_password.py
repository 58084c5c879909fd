"""From the mailed link to `/my`, on a phone, by somebody who has never been here (Must-show 8)."""

import json
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from . import shell
from .axe import OF_ODOO, serious_faults
from .conftest import PATIENCE, keep
from .test_for_everybody import NARROW

sys.path.append(str(Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login"))

import national_id

PHONE = {"width": 390, "height": 844}
CLICKS = 5
"""So many at most, the link in the mail among them."""

PASSWORD, OTHER = "Kestrel-on-7-roofs", "Bulbul+under+9+eaves"
INVITED = {"touch": "210941081", "keyboard": "210941082", "plain": "210941083", "live": "210941084"}
FIRST = "210941085"
ID_END = "54321"


def id_number(end):
    """An ID number that is nobody's, right by its check digit, with these last five digits."""
    for serial in range(1000):
        found = f"F2{serial:03d}{end}"
        if national_id.kind_of(found):
            return found
    raise AssertionError(end)


LIVE = {
    "short": {"length", "classes"},
    "kestrel-on-roofs": {"classes"},
    " Kestrel-on-7": {"marks"},
    "Kestrel-0941": {"account"},
    "Kestrel-F298765430": {"id_number"},
    "Passw0rd!2026": {"common"},
    "1qaz@WSX": {"common"},
    "33445@Ntue": {"common", "first"},
    PASSWORD: set(),
}
"""What the page says is not kept while one types; as tests/engine/test_password_rules.py has it."""


@pytest.fixture(scope="module")
def links(school):
    return shell.run(school, "invited", NUMBERS=json.dumps([*INVITED.values()]), WAY="invitation")


@pytest.fixture
def visit(school, browser):
    """A phone that nobody is signed in on."""
    opened = []

    def visit(**options):
        context = browser.new_context(
            locale="zh-TW",
            timezone_id="Asia/Taipei",
            viewport=PHONE,
            base_url=school.url,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield visit
    for context in opened:
        context.close()


def sign_in(page, login, password):
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")


def choose(page, password):
    page.fill("#password_new", password)
    page.fill("#password_again", password)
    page.click("button:has-text('修改密碼')")


def by_touch(page, link, number):
    """Every click of the way: the link in the mail, and two buttons."""
    page.goto(link)
    choose(page, PASSWORD)
    page.wait_for_url("**/web/login")
    expect(page.locator("#password_changed")).to_contain_text("密碼更改完成", use_inner_text=True)
    sign_in(page, number, PASSWORD)
    page.wait_for_url("**/my")
    return 3


def test_from_the_mailed_link_to_the_desk_in_few_clicks(links, visit):
    number = INVITED["touch"]
    clicks = by_touch(visit(), links[number], number)
    print(f"clicks {clicks} of {CLICKS}")
    assert clicks <= CLICKS


def test_without_javascript_the_same_way_leads_there(links, visit):
    number = INVITED["plain"]
    page = visit(java_script_enabled=False)
    assert by_touch(page, links[number], number) <= CLICKS
    page.goto("/my/password")
    page.fill("#password_current", PASSWORD)
    page.click("button:has-text('下一步')")
    choose(page, "short")
    expect(page.locator("#password_problem")).to_contain_text("8 到 128", use_inner_text=True)
    choose(page, OTHER)
    page.wait_for_url("**/web/login")
    sign_in(page, number, OTHER)
    page.wait_for_url("**/my")


def reach(page, query):
    """Tab until the element of ``query`` has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("query => document.activeElement.matches(query)", query):
            return
    raise AssertionError(f"no tab leads to {query} on {page.url}")


def test_by_keyboard_alone_the_same_way_leads_there(links, visit):
    number = INVITED["keyboard"]
    page = visit()
    page.goto(links[number])
    for field in ("#password_new", "#password_again"):
        reach(page, field)
        page.keyboard.type(PASSWORD)
    reach(page, ".o_ntue_new_password button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/web/login")
    page.wait_for_load_state("networkidle")
    for field, text in (("[name=login]", number), ("[name=password]", PASSWORD)):
        page.focus("body")
        reach(page, f"input{field}")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my")


def test_the_rules_are_shown_while_one_types(links, visit):
    page = visit()
    page.goto(links[INVITED["live"]])
    page.wait_for_selector(".o_ntue_revealing:not(.d-none)")
    for text, not_kept in LIVE.items():
        page.fill("#password_new", text)
        shown = page.locator("li[data-rule][data-kept='0']").all()
        assert {item.get_attribute("data-rule") for item in shown} == not_kept, text
        said = page.locator(".o_ntue_open_rules").inner_text()
        assert (str(len(not_kept)) in said) == bool(not_kept), said
    page.fill("#password_again", OTHER)
    expect(page.locator("#password_differs")).to_be_visible()
    page.check("#password_reveal")
    assert page.get_attribute("#password_new", "type") == "text"


def test_the_pages_are_for_everybody(school, links, visit, screens):
    """No serious fault of accessibility at both widths, and none wider than a narrow phone."""
    shell.run(
        school,
        "invited",
        NUMBERS=json.dumps([FIRST]),
        WAY="first_password",
        ID_NUMBER=id_number(ID_END),
    )
    page = visit()

    def look(name, within="body"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            keep(page, screens / f"50-{name}-{width}.png")
            exclude = [[part] for part in sorted(OF_ODOO)]
            found = serious_faults(page, {"include": [[within]], "exclude": exclude})
            assert found == [], (name, width)
        page.set_viewport_size({"width": NARROW, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, name
        page.set_viewport_size(PHONE)

    page.goto(links[INVITED["live"]])
    look("invited")
    page.fill("#password_new", "short")
    look("invited-typing")
    page.goto("/web/invitation?token=none")
    look("invited-stale")
    page.goto("/web/login")
    sign_in(page, FIRST, f"{ID_END}@Ntue")
    page.wait_for_url("**/my/password")
    look("first")
    choose(page, "short")
    look("first-refused")
    choose(page, PASSWORD)
    page.wait_for_url("**/web/login")
    look("changed", within="#password_changed")
    sign_in(page, FIRST, PASSWORD)
    page.wait_for_url("**/my")
    page.goto("/my/password")
    look("current")
    page.fill("#password_current", PASSWORD)
    page.click("button:has-text('下一步')")
    page.wait_for_url("**step=new")
    look("new")
    page.goto("/my/security")
    look("security", within="section[name=ntue_change_password]")
