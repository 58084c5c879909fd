"""A real server with the sample school in it, and a real browser: what a person meets."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dev import cheap_passwords, databases, odoo, sample_school, server, system, workers
from dev.checkout import Checkout

from .shell import Shell
from .windows import SIZE, Windows

WIDTHS = (390, SIZE["width"])
"""A phone and a desk."""

PATIENCE = 120_000
"""Milliseconds after which a page is given up; how fast one is, no test says."""

PICTURES = bool(os.environ.get("PICTURES"))
"""Whether pages are kept as pictures for somebody to look at; drawing them takes minutes."""

CSRF_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

CHINESE = {"Accept-Language": "zh-TW"}
"""What a browser says of itself; a request without one says nothing."""

expect.set_options(timeout=PATIENCE)


def keep(page: Page, file: Path) -> None:
    """Keep a picture of the whole page, where somebody asked for pictures (PICTURES=1)."""
    if PICTURES:
        page.screenshot(path=file, full_page=True)


@dataclass
class School:
    """The running product: its address, its sign-ins, and ways to act on it from the shell."""

    checkout: Checkout
    database: str
    url: str
    passwords: dict[str, str]

    @cached_property
    def shell(self) -> Shell:
        """Odoo's shell on this database."""
        return Shell(self)

    def run(self, *arguments: str) -> str:
        """Run Odoo's command line on this database and return what it says."""
        command, *rest = arguments
        return odoo.run(self.checkout, command, command, "-d", self.database, *rest)

    def sign_ins(self) -> None:
        """Let everybody sign in who is on record by now."""
        script = self.checkout.root / sample_school.USERS_SCRIPT
        rows = sample_school.sign_ins(self.shell.output(script))
        self.passwords.update({login: password for _role, login, password in rows})


@contextmanager
def serving(purpose: str) -> Iterator[School]:
    """A school of its own for ``purpose``: a copy of the sample, and a server that serves it."""
    checkout = Checkout.here()
    name = workers.database(checkout, purpose)
    passwords = sample_school.copy(checkout, name)
    try:
        cheap = cheap_passwords.options(checkout)
        log = workers.log(checkout, purpose)
        with server.running(checkout, name, log=log, extra=cheap) as running:
            found = School(checkout, name, running.url, passwords)
            yield found
            found.shell.close()
    finally:
        databases.drop(checkout, name)


@pytest.fixture(scope="session")
def school() -> Iterator[School]:
    """The school that all tests of this process share; each keeps to students of its own."""
    with serving("e2e") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(school: School, browser: Browser) -> Windows:
    return Windows(browser, school.url, PATIENCE)


@pytest.fixture(scope="session")
def screens() -> Path:
    """Where the pictures of every page go; git ignores it."""
    folder = Checkout.here().cache / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Person:
    """Somebody at a browser, signed in through the product's own page."""

    def __init__(
        self,
        school: School,
        windows: Windows,
        login: str,
        screens: Path,
        *,
        java_script_enabled: bool = True,
    ) -> None:
        self.school = school
        self.login = login
        self.screens = screens
        self.windows = windows
        self.scripts = java_script_enabled
        self.context = windows.take(scripts=self.scripts)
        self._sign_in()
        self.page: Page = self.context.new_page()

    def _sign_in(self) -> None:
        """Send the form of the sign-in page, without drawing it or the page behind it."""
        ask, address = self.context.request, "/web/login"
        token = CSRF_TOKEN.search(ask.get(address, headers=CHINESE).text())
        assert token
        given = {"login": self.login, "password": self.school.passwords[self.login]}
        form = {"csrf_token": token[1], **given}
        answer = ask.post(address, form=form, headers=CHINESE, max_redirects=0)
        assert (answer.status, address in answer.headers["location"]) == (303, False), self.login

    def begins_at(self, address: str) -> Page:
        """Open a page of the portal and wait for its scripts: they come after the page."""
        self.page.goto(address)
        self.page.locator("body[is-ready=true]").wait_for()
        return self.page

    def picture(self, name: str) -> None:
        """Keep the page as a phone and as a desk show it; it is left as a desk shows it."""
        for width in WIDTHS if PICTURES else WIDTHS[-1:]:
            self.page.set_viewport_size({"width": width, "height": 900})
            if PICTURES:
                self.page.wait_for_timeout(150)  # the backend lays itself out again
            keep(self.page, self.screens / f"{name}-{width}.png")

    def leave(self) -> None:
        self.windows.give_back(self.context, scripts=self.scripts)


@pytest.fixture
def enter(school: School, windows: Windows, screens: Path) -> Iterator[Callable[[str], Person]]:
    """Sign somebody in; all of them leave in the end."""
    people: list[Person] = []

    def enter(login: str) -> Person:
        people.append(Person(school, windows, login, screens))
        return people[-1]

    yield enter
    for person in people:
        person.leave()
