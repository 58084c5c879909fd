"""A real server with the sample school in it, and a real browser: what a person meets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from house import databases, demo, odoo, say, server, testrun
from house.place import Place
from house.product import SAMPLES

WIDTHS = (390, 1280)
"""A phone and a desk."""

CHROMIUM = "/usr/bin/chromium"


@dataclass
class School:
    """The running product: its address, its sign-ins, and ways to act on it from the shell."""

    place: Place
    database: str
    url: str
    passwords: dict[str, str]
    audit: list[list[str]]
    """What `ntue_audit` wrote before anybody did anything."""
    imported_again: str
    """What `ntue_import` said when the sample was imported a second time."""

    def run(self, *arguments: str) -> str:
        """Run Odoo's command line on this database and return what it says."""
        command, *rest = arguments
        return odoo.run(self.place, command, command, "-d", self.database, *rest)

    def sign_ins(self) -> None:
        """Let everybody sign in who is on record by now."""
        self.passwords.update(sign_ins(self.place, self.database))


def audited(place: Place, name: str, folder: Path) -> list[list[str]]:
    """The rows that `ntue_audit` writes."""
    file = folder / "audit.csv"
    odoo.run(place, "Auditing", "ntue_audit", "-d", name, "-o", str(file))
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.reader(rows))


def fill(place: Place, name: str) -> None:
    """Make ``name`` a new database with the sample school."""
    databases.fresh(place, name, say.Detail())
    odoo.run(place, "Importing", "ntue_import", "-d", name, str(place.root / SAMPLES))


def sign_ins(place: Place, name: str) -> dict[str, str]:
    """Give everybody a sign-in and open the window, as the demo does: passwords by sign-in."""
    script = place.root / demo.USERS_SCRIPT
    output = odoo.run(place, "Sign-ins", "shell", "--database", name, "--no-http", script=script)
    return {login: password for _role, login, password in demo.sign_ins(output)}


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    place = Place.here()
    name = databases.house_name(place, "e2e")
    fill(place, name)
    samples = str(place.root / SAMPLES)
    again = odoo.run(place, "Importing again", "ntue_import", "-d", name, samples)
    passwords = sign_ins(place, name)
    audit = audited(place, name, tmp_path_factory.mktemp("audit"))
    with server.running(place, name, log=testrun.logs(place) / "e2e.log") as running:
        yield School(place, name, running.url, passwords, audit, again)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screens() -> Path:
    """Where the pictures of every page go; git ignores it."""
    folder = Place.here().cache / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Person:
    """Somebody at a browser, signed in through the product's own page."""

    def __init__(
        self,
        school: School,
        browser: Browser,
        login: str,
        screens: Path,
        *,
        java_script_enabled: bool = True,
    ) -> None:
        self.school = school
        self.login = login
        self.screens = screens
        self.context = browser.new_context(
            locale="zh-TW",
            timezone_id="Asia/Taipei",
            viewport={"width": WIDTHS[-1], "height": 900},
            base_url=school.url,
            java_script_enabled=java_script_enabled,
        )
        self.page: Page = self.context.new_page()
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", school.passwords[login])
        self.page.click("form.oe_login_form button[type=submit]")
        self.page.wait_for_url(lambda url: "/web/login" not in url)

    def picture(self, name: str) -> None:
        """Keep the page as a phone and as a desk show it."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(150)  # the backend lays itself out again
            self.page.screenshot(path=self.screens / f"{name}-{width}.png", full_page=True)

    def leave(self) -> None:
        self.context.close()


@pytest.fixture
def enter(school: School, browser: Browser, screens: Path) -> Iterator[Callable[[str], Person]]:
    """Sign somebody in; all of them leave in the end."""
    people: list[Person] = []

    def enter(login: str) -> Person:
        people.append(Person(school, browser, login, screens))
        return people[-1]

    yield enter
    for person in people:
        person.leave()
