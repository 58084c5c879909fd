"""The frame and the menu around a student's pages: on a phone, by keyboard, without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import Person

STUDENT = "211442004"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def student(school, browser, screens):
    person = Person(school, browser, STUDENT, screens)
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
    assert page.locator("#ntue_applications .o_ntue_dropped").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first group opens
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()") == "iNTUE 校務資訊系統"
    page.keyboard.press("Escape")
    assert not page.locator("#ntue_applications .o_ntue_dropped").is_visible()
    assert page.evaluate("document.activeElement.parentElement.id") == "ntue_applications"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#ntue_student_no").inner_text() == STUDENT
    page.locator("#ntue_applications > summary").click()
    assert not page.locator("#ntue_student_no").is_visible()
    page.mouse.click(640, 800)
    assert page.locator("details.o_ntue_drop[open]").count() == 0


def test_everything_opens_without_javascript(school, browser, screens):
    person = Person(school, browser, STUDENT, screens, java_script_enabled=False)
    page = person.page
    page.set_viewport_size(PHONE)
    page.goto("/my")
    page.click("#ntue_menu a:has-text('畢業資格申請')")
    page.wait_for_url("**/my/graduation")
    assert page.locator("#ntue_menu a[aria-current=page]").inner_text() == "畢業資格申請"
    page.click("#ntue_applications > summary")
    page.click(".o_ntue_group > summary")
    page.click(".o_ntue_group a:has-text('校務資訊系統')")
    page.wait_for_url(lambda url: url.endswith("/my"))
    page.click("#ntue_person > summary")
    page.click("text=登出")
    page.wait_for_url("**/web/login**")
    person.leave()
