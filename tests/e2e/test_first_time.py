"""A student who applies for the first time, on a phone, with nobody to ask (Must-show 6).

Neither English name nor mobile is on record. The test counts what the student does.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import Person
from .copies import Copy, bring_in

PHONE = {"width": 390, "height": 844}
CLICKS, FIELDS = 9, 2
"""So much at most from the first page to a submitted application."""

TYPED = {"english_name": "Cheng, Hsiao-Yun", "mobile": "0900-000-010"}
WAYS = {"touch": "210941091", "keyboard": "210941092", "plain": "210941093", "pages": "210941094"}
"""Newcomers, one a test: copies of sample student 10 without English name and mobile."""

OF_ODOO = (["#top"], ["#bottom"], [".o_portal_submenu"])


@pytest.fixture(scope="module")
def newcomers(school, tmp_path_factory):
    """Import the newcomers, and let them sign in."""
    blank = {"英文姓名": "", "行動電話": ""}
    without = frozenset({"recognitions"})
    newcomers = [Copy("210941004", number, blank, without) for number in WAYS.values()]
    bring_in(school, tmp_path_factory.mktemp("newcomers"), *newcomers)


class Counting:
    """A student whose clicks and typed fields are counted, at phone width."""

    def __init__(self, person):
        self.page = person.page
        self.page.set_viewport_size(PHONE)
        self.person = person
        self.clicks = self.fields = 0

    def click(self, words):
        self.clicks += 1
        self.page.locator(f"main :is(a, button):has-text('{words}'):visible").first.click()
        self.page.wait_for_load_state()

    def type(self, name, text):
        self.fields += 1
        self.page.fill(f"#profile_{name}", text)


def from_the_first_page_to_submitted(student):
    """The way, as its pages suggest it: nothing here is known from a guide."""
    student.page.goto("/my")
    student.click("畢業資格申請")
    student.click("修改學生基本資料")
    for name, text in TYPED.items():
        student.type(name, text)
    student.click("儲存")
    student.click("新增")
    student.click("暫存")
    student.click("送出申請")
    student.click("確認送出")


def assert_submitted(student, login):
    assert student.page.url.endswith("/my/graduation?submitted=1&term=1141")
    panel = student.page.locator("#submitted").inner_text()
    assert f"1141-{login}" in panel
    assert "簽名" in panel


@pytest.mark.usefixtures("newcomers")
def test_a_first_time_student_needs_few_clicks_and_types_two_fields(school, windows, screens):
    login = WAYS["touch"]
    student = Counting(Person(school, windows, login, screens))
    from_the_first_page_to_submitted(student)
    assert_submitted(student, login)
    print(f"clicks {student.clicks} of {CLICKS}, typed fields {student.fields} of {FIELDS}")
    assert student.clicks <= CLICKS
    assert student.fields <= FIELDS
    student.person.leave()


@pytest.mark.usefixtures("newcomers")
def test_without_javascript_the_same_way_leads_there(school, windows, screens):
    login = WAYS["plain"]
    person = Person(school, windows, login, screens, java_script_enabled=False)
    student = Counting(person)
    from_the_first_page_to_submitted(student)
    assert_submitted(student, login)
    assert (student.clicks <= CLICKS, student.fields <= FIELDS) == (True, True)
    person.leave()


class Keys(Counting):
    """The same by keyboard alone: tab to it, see where one is, press."""

    def reach(self, query):
        """Tab until the element of ``query`` has the focus."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("query => document.activeElement.matches(query)", query):
                return
        raise AssertionError(f"no tab leads to {query} on {self.page.url}")

    def click(self, words):
        self.clicks += 1
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(
                "words => document.activeElement.closest('main') !== null"
                " && document.activeElement.innerText.includes(words)",
                words,
            ):
                break
        else:
            raise AssertionError(f"no tab leads to “{words}” on {self.page.url}")
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()

    def type(self, name, text):
        self.fields += 1
        self.reach(f"#profile_{name}")
        self.page.keyboard.type(text)


@pytest.mark.usefixtures("newcomers")
def test_by_keyboard_alone_the_same_way_leads_there(school, windows, screens):
    login = WAYS["keyboard"]
    student = Keys(Person(school, windows, login, screens))
    from_the_first_page_to_submitted(student)
    assert_submitted(student, login)
    student.person.leave()


@pytest.mark.usefixtures("newcomers")
def test_every_page_of_the_way_is_for_everybody(school, windows, screens):
    """No serious fault of accessibility, and no page wider than a narrow phone."""
    person = Person(school, windows, WAYS["pages"], screens)
    page = person.page

    def look(name):
        person.picture(f"40-{name}")
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        found = Axe().run(page, context={"exclude": list(OF_ODOO)})
        serious = [
            f"{fault['id']}: {node['html']}"
            for fault in found.response["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]
        assert serious == [], name

    page.goto("/my/graduation")
    look("may-i")
    page.click("main button:has-text('新增')")
    page.locator("main button:has-text('暫存')").wait_for()
    look("form")
    page.click("main button:has-text('暫存')")
    page.wait_for_url("**told=saved*")
    for details in page.locator("main summary").all():
        details.click()
    look("form-saved")
    form = page.url.split("?")[0]
    page.goto(f"{form}/check")
    look("check-refused")
    page.goto(f"{form}/leave")
    look("leave")
    page.goto("/my/profile?back=check")
    look("profile")
    for name, text in TYPED.items():
        page.fill(f"#profile_{name}", text)
    page.click("button[value=save]")
    page.wait_for_url("**/check")
    look("check")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**submitted=1&term=1141")
    look("submitted")
    page.goto(form)
    look("submitted-form")
    page.goto("/my/graduation/999999")
    look("no-application")
    person.leave()
