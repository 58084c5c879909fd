"""A real server of the product, real providers of single sign-on, and somebody with a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import pytest
import requests

from dev import cheap_passwords, databases, process, providers, sample_school, server, workers
from dev.checkout import Checkout

from .middle import Middle
from .real import CLIENT, SECRET, certified, mock

STUDENT, OTHER_STUDENT = "210941001", "211342002"
LIMIT = 20
"""Requests that one sign-in may lead through."""


@dataclass
class Desk:
    """The running product, and its administrator's remote calls."""

    url: str
    database: str
    password: str

    def call(self, model: str, method: str, *arguments: object, **named: object) -> object:
        """Call a method as the administrator; AssertionError with the answer when it fails."""
        question = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {
                "service": "object",
                "method": "execute_kw",
                "args": [self.database, 2, self.password, model, method, arguments, named],
            },
        }
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(f"{self.url}/jsonrpc", json=question, timeout=60).json()
        assert "error" not in answer, json.dumps(answer["error"]["data"]["message"])
        return answer["result"]

    def portal(self, **values: object) -> int:
        """Set the campus portal up with ``values`` and return its number."""
        (found,) = self.call("auth.oauth.provider", "search", [["ntue_oidc", "=", True]])
        self.call("auth.oauth.provider", "write", [found], values)
        return found

    def account(self, number: str) -> int:
        """The number of a student's account, closed ones too."""
        (student,) = self.call("ntue.student", "search_read", [["student_no", "=", number]])
        (found,) = self.call(
            "res.users",
            "search",
            [["partner_id", "=", student["partner_id"][0]], ["active", "in", [True, False]]],
        )
        return found


class Browser:
    """Somebody at a browser who is ``person`` to the provider; nobody, where that is None."""

    def __init__(self, desk: Desk, person: str | None) -> None:
        self.desk = desk
        self.session = requests.Session()
        self.session.trust_env = False
        if person:
            self.is_now(person)

    def is_now(self, person: str) -> None:
        """From now on somebody else to the provider, which is signed in to anew."""
        self.forget("person", "_ses")
        self.session.cookies.set("person", person, domain="127.0.0.1", path="/")

    def forget(self, *beginnings: str) -> None:
        """Drop the cookies whose names begin so."""
        jar = self.session.cookies
        for cookie in [cookie for cookie in jar if cookie.name.startswith(beginnings)]:
            jar.clear(cookie.domain, cookie.path, cookie.name)

    def step(self, address: str, **how: object) -> requests.Response:
        """One page, without going where it leads."""
        return self.session.request(
            how.pop("method", "GET"), address, allow_redirects=False, timeout=60, **how
        )

    def follow(self, address: str, until: str = "") -> requests.Response:
        """Go where pages lead, to the end or to the first address that begins with ``until``."""
        for _step in range(LIMIT):
            if until and address.startswith(until):
                answer = requests.Response()
                answer.url = address
                return answer
            answer = self.step(address)
            if not answer.is_redirect:
                return answer
            address = urljoin(address, answer.headers["Location"])
        raise AssertionError(f"no end of being led on, at {address}")

    def sign_in(self, redirect: str = "/my") -> requests.Response:
        """Sign in by the campus portal; the page on which it ends."""
        return self.follow(f"{self.desk.url}/auth/campus/start?redirect={redirect}")

    def callback(self) -> str:
        """Sign in as far as the address that the provider sends back to."""
        back = f"{self.desk.url}/auth/campus/callback"
        return self.follow(f"{self.desk.url}/auth/campus/start", until=back).url

    def is_in(self) -> bool:
        """Whether the desk knows this browser as somebody's."""
        return self.step(f"{self.desk.url}/my").status_code == 200

    @property
    def key(self) -> str | None:
        """The session's key as the browser has it."""
        return self.session.cookies.get("session_id", domain="127.0.0.1") or (
            self.session.cookies.get("session_id")
        )


@pytest.fixture(scope="session")
def checkout() -> Checkout:
    checkout = Checkout.here()
    providers.install(checkout)
    return checkout


@pytest.fixture(scope="session")
def desk(checkout: Checkout) -> Iterator[Desk]:
    """A copy of the sample school, served where a provider may be this very machine."""
    name = workers.database(checkout, "sso")
    passwords = sample_school.copy(checkout, name)
    ours = {"NTUE_SSO_SECRET": SECRET, "NTUE_SSO_LOCALHOST": "1"}
    there = replace(checkout, environ={**checkout.environ, **ours})
    try:
        log = workers.log(checkout, "sso")
        with server.running(
            there, name, log=log, extra=cheap_passwords.options(checkout)
        ) as running:
            desk = Desk(running.url, name, passwords["admin"])
            desk.call("ir.config_parameter", "set_param", "web.base.url", running.url)
            yield desk
    finally:
        databases.drop(checkout, name)


@pytest.fixture(scope="session")
def middle(checkout: Checkout, desk: Desk) -> Iterator[Middle]:
    """The certified provider, and somebody between it and the desk who changes what they say."""
    port = process.free_port()
    with Middle() as between, certified(checkout, port, between.url, desk.url) as provider:
        between.stand_before(provider)
        yield between


@pytest.fixture
def campus(desk: Desk, middle: Middle) -> Middle:
    """The certified provider as the desk's campus portal, everything as it should be."""
    middle.honest()
    desk.portal(
        enabled=True,
        ntue_issuer=middle.url,
        client_id=CLIENT,
        scope="openid school",
        ntue_number_claim="student_no",
        ntue_ask_userinfo=False,
    )
    return middle


@pytest.fixture
def plain(checkout: Checkout, desk: Desk) -> Iterator[str]:
    """The other provider, which checks no PKCE and gives the number by user information."""
    people = {number: {"preferred_username": number} for number in (STUDENT,)}
    with mock(checkout, process.free_port(), people) as url:
        desk.portal(
            enabled=True,
            ntue_issuer=url,
            client_id="anybody",
            scope="openid profile",
            ntue_number_claim="preferred_username",
            ntue_ask_userinfo=True,
        )
        yield url


@pytest.fixture
def browse(desk: Desk) -> Iterator[Callable[[str | None], Browser]]:
    """Browsers of people; all are closed in the end."""
    opened: list[Browser] = []

    def one(person: str | None = STUDENT) -> Browser:
        opened.append(Browser(desk, person))
        return opened[-1]

    yield one
    for browser in opened:
        browser.session.close()
