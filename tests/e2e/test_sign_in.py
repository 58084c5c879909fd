"""The sign-in page for everybody: on a phone, by keyboard, without sight, without scripts."""

import pytest

from . import shell
from .axe import serious_faults
from .conftest import PATIENCE, WIDTHS, keep

STUDENT = "210941001"
SIGN_IN = "/web/login?redirect=/my"
AFTER_FAILURE = {"CAPTCHA": "picture", "WHEN": "failure"}


@pytest.fixture
def captcha(school):
    """Say how the captcha is; the other tests of this school are asked for none."""

    def say(kind):
        shell.run(school, "sign_in_settings", CAPTCHA=kind, WHEN="always")

    yield say
    shell.run(school, "sign_in_settings", **AFTER_FAILURE)


@pytest.fixture
def visit(school, browser):
    """A browser of a visitor, with or without scripts."""
    contexts = []

    def visit(*, scripts=True, width=WIDTHS[0], start=SIGN_IN):
        context = browser.new_context(
            locale="zh-TW",
            viewport={"width": width, "height": 844},
            base_url=school.url,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(start)
        return page

    yield visit
    for context in contexts:
        context.close()


def text_of(school, page):
    """What the picture shows, which no page says: from the session, on the server."""
    (sid,) = [
        cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session_id"
    ]
    number = page.get_attribute("input[name=captcha_number]", "value")
    return shell.run(school, "waiting_captcha", SID=sid, NUMBER=number)["text"]


def is_in(page):
    page.wait_for_url(lambda url: "/web/login" not in url)
    return STUDENT in page.content() or "/my" in page.url


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["picture", "work"])
def test_the_page_has_no_serious_fault_and_fits(captcha, visit, screens, kind, width):
    captcha(kind)
    page = visit(width=width)
    keep(page, screens / f"sign-in-{kind}-{width}.png")
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refusal_is_looked_at_too(captcha, visit, screens):
    captcha("picture")
    page = visit()
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", "wrong")
    page.fill("input[name=captcha]", "00000")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert-danger")
    keep(page, screens / "sign-in-refused-390.png")
    assert "驗證碼不正確" in page.inner_text(".alert-danger")
    assert serious_faults(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_one_signs_in_by_keyboard_with_and_without_scripts(captcha, school, visit, scripts):
    captcha("picture")
    page = visit(scripts=scripts)
    for value in (STUDENT, school.passwords[STUDENT]):
        page.focus("input[name=login]" if value == STUDENT else "input[name=password]")
        page.keyboard.type(value)
    page.focus("input[name=captcha]")
    page.keyboard.type(text_of(school, page))
    page.keyboard.press("Enter")
    assert is_in(page)


def test_the_browser_does_its_work_while_one_types(captcha, school, visit):
    captcha("work")
    page = visit()
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", school.passwords[STUDENT])
    page.wait_for_selector(".o_ntue_captcha_done:not(.d-none)")
    page.click("form.oe_login_form button[type=submit]")
    assert is_in(page)


def test_a_form_that_is_sent_at_once_waits_for_the_work(captcha, school, visit):
    captcha("work")
    page = visit()
    # Odoo holds clicks back until its scripts are there; from then on ours waits for the work.
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """([login, password]) => {
            const form = document.querySelector("form.oe_login_form");
            form.login.value = login;
            form.password.value = password;
            form.querySelector("button[type=submit]").click();
        }""",
        [STUDENT, school.passwords[STUDENT]],
    )
    assert is_in(page)


@pytest.fixture
def held_back(visit):
    """A visitor's page whose scripts do not come before they are let go; with that."""

    def held_back(pattern):
        page = visit(start="about:blank")
        held = []
        page.route(pattern, lambda route: route.continue_() if held is None else held.append(route))
        # Neither "load" nor "domcontentloaded" comes before the scripts.
        page.goto(SIGN_IN, wait_until="commit")
        page.wait_for_selector("form.oe_login_form button[type=submit]")

        def let_go():
            nonlocal held
            waiting, held = held, None
            for route in waiting:
                route.continue_()

        return page, let_go

    return held_back


ALL, LAZY = "**/web/assets/**/*.js", "**/web/assets/**/*lazy*.js"
"""No script is there, so that the browser sends a form by itself; or Odoo's first one alone, which
holds clicks back until the rest is there."""


def press(page, how):
    """Sign in as somebody does who is in a hurry."""
    if how == "enter":
        page.focus("input[name=password]")
        page.keyboard.press("Enter")
    else:
        button = page.locator("form.oe_login_form button[type=submit]")
        button.dblclick() if how == "twice" else button.click()


@pytest.mark.parametrize("how", ["click", "enter", "twice"])
@pytest.mark.parametrize("scripts", [ALL, LAZY])
@pytest.mark.parametrize("kind", ["picture", "work"])
def test_who_presses_before_the_scripts_are_there_is_let_in(
    captcha, school, held_back, kind, scripts, how
):
    captcha(kind)
    page, let_go = held_back(scripts)
    if scripts == LAZY:
        page.wait_for_selector("body.o_lazy_js_waiting")
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", school.passwords[STUDENT])
    if kind == "picture":
        page.fill("input[name=captcha]", text_of(school, page))
    press(page, how)
    let_go()
    assert is_in(page)


def test_a_browser_whose_scripts_never_come_is_given_the_picture_and_keeps_the_name(
    captcha, school, held_back
):
    captcha("work")
    page, let_go = held_back(ALL)
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", school.passwords[STUDENT])
    press(page, "click")
    page.wait_for_selector(".o_ntue_captcha_picture", timeout=PATIENCE)
    assert page.input_value("input[name=login]") == STUDENT
    page.fill("input[name=password]", school.passwords[STUDENT])
    page.fill("input[name=captcha]", text_of(school, page))
    let_go()
    press(page, "click")
    assert is_in(page)


def test_without_scripts_nobody_types_in_vain_before_there_is_a_picture(captcha, school, visit):
    captcha("work")
    page = visit(scripts=False)
    page.wait_for_selector(".o_ntue_captcha_picture")
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", school.passwords[STUDENT])
    page.fill("input[name=captcha]", text_of(school, page))
    page.click("form.oe_login_form button[type=submit]")
    assert is_in(page)


def test_somebody_who_does_not_see_hears_the_digits(captcha, visit):
    captcha("picture")
    page = visit()
    address = page.get_attribute("audio", "src")
    assert page.get_attribute("audio", "controls") is not None
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "audio/wav"
    played = page.evaluate(
        """async () => {
            const audio = document.querySelector("audio");
            audio.muted = true;
            await audio.play();
            return audio.duration;
        }"""
    )
    assert played > 5
