"""The frame and the menu around a student's pages: on a phone, by keyboard, without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import Person

STUDENT = "211442004"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def student(school, windows, screens):
    person = Person(school, windows, STUDENT, screens)
    yield person
    person.leave()


def serious_faults(page):
    """What axe finds in the frame and the menu that shuts somebody out."""
    found = Axe().run(page, context={"include": [["#top"], ["#ntue_menu"]]})
    return [
        f"{fault['id']}: {node['html']}"
        for fault in found.response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("panel", ["#ntue_person", "#ntue_applications"])
def test_an_open_panel_fits_the_screen_and_has_no_serious_fault(student, size, panel):
    page = student.page
    page.set_viewport_size(size)
    page.goto("/my/progress")
    page.click(f"{panel} > summary")
    for group in page.locator(f"{panel} .o_ntue_group > summary").all():
        group.click()
    box = page.locator(f"{panel} .o_ntue_dropped").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert serious_faults(page) == []
    student.picture(f"frame{panel.replace('#ntue_', '-')}")


def test_the_menu_stands_at_the_left_of_a_desk_and_above_the_page_of_a_phone(student):
    page = student.page
    for size, beside in ((DESK, True), (PHONE, False)):
        page.set_viewport_size(size)
        page.goto("/my/progress")
        menu, main = (page.locator(part).bounding_box() for part in ("#ntue_menu", "main"))
        assert (menu["x"] + menu["width"] <= main["x"]) is beside
        assert (menu["y"] + menu["height"] <= main["y"]) is not beside


def test_panels_are_worked_by_keyboard_and_one_closes_the_other(student):
    page = student.page
    page.set_viewport_size(DESK)
    page.goto("/my", wait_until="networkidle")
    page.locator("#ntue_applications > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ntue_applications .o_ntue_dropped")).to_be_visible()
    group = page.locator("#ntue_applications .o_ntue_dropped summary").first
    for _link in range(20):  # those of what was opened lately come first
        page.keyboard.press("Tab")
        if group.evaluate("found => found === document.activeElement"):
            break
    expect(group).to_be_focused()
    page.keyboard.press("Enter")  # the first group opens
    page.keyboard.press("Tab")
    focused = page.locator("#ntue_applications .o_ntue_dropped :focus")
    expect(focused).to_have_text("iNTUE 校務資訊系統", use_inner_text=True)
    page.keyboard.press("Escape")
    expect(page.locator("#ntue_applications .o_ntue_dropped")).to_be_hidden()
    assert page.evaluate("document.activeElement.parentElement.id") == "ntue_applications"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#ntue_student_no")).to_have_text(STUDENT, use_inner_text=True)
    page.locator("#ntue_applications > summary").click()
    expect(page.locator("#ntue_student_no")).to_be_hidden()
    page.mouse.click(640, 800)
    expect(page.locator("details.o_ntue_drop[open]")).to_have_count(0)


def test_everything_opens_without_javascript(school, windows, screens):
    person = Person(school, windows, STUDENT, screens, java_script_enabled=False)
    page = person.page
    page.set_viewport_size(PHONE)
    page.goto("/my")
    page.click("#ntue_menu a:has-text('畢業資格申請')")
    page.wait_for_url("**/my/graduation")
    expect(page.locator("#ntue_menu a[aria-current=page]")).to_have_text(
        "畢業資格申請", use_inner_text=True
    )
    page.click("#ntue_applications > summary")
    page.click(".o_ntue_group > summary")
    page.click(".o_ntue_group a:has-text('校務資訊系統')")
    page.wait_for_url(lambda url: url.endswith("/my"))
    page.click("#ntue_person > summary")
    page.click("text=登出")
    page.wait_for_url("**/web/login**")
    person.leave()
