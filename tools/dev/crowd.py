"""Many requests at one moment, from many sessions of one student, against a running server."""

import json
import re
import threading
import urllib.parse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection

from dev.errors import CommandError

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
VERSION = re.compile(r'name="version"[^>]*value="([^"]+)"')


@dataclass
class Answer:
    """What one request came to: status, and where it was sent on to."""

    status: int
    location: str = ""
    body: str = field(default="", repr=False)


class Session:
    """One browser of the student: a connection and cookies of its own.

    `address` is where a proxy before the server says that it comes from.
    """

    address = ""

    def __init__(self, port: int, login: str, password: str, address: str = "") -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}
        page = self.get("/web/login")
        fields = {"login": login, "password": password}
        answer = self.post("/web/login", {**fields, "csrf_token": self.token(page)})
        if answer.status != 303:
            raise CommandError(f"{login} is not let in: {answer.status}.")

    @classmethod
    def of_visitor(cls, port: int) -> "Session":
        """A browser in which nobody has signed in."""
        session = cls.__new__(cls)
        session.port, session.cookies = port, {}
        return session

    @staticmethod
    def token(page: Answer) -> str:
        """The CSRF token of a page's form."""
        return str(TOKEN.findall(page.body)[0])

    @staticmethod
    def version(page: Answer) -> str:
        """The token of what a page shows."""
        return str(VERSION.findall(page.body)[0])

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, None)

    def post(self, address: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", address, urllib.parse.urlencode(fields))

    def call(self, model: str, method: str, arguments: list[object]) -> Answer:
        """Call a method of a model as the client of Odoo's backend does."""
        params = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self._ask("POST", f"/web/dataset/call_kw/{model}/{method}", body, "application/json")

    def _ask(self, method: str, address: str, body: str | None, kind: str = FORM) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{key}={text}" for key, text in self.cookies.items())}
        if self.address:
            headers["X-Forwarded-For"] = self.address
        if body is not None:
            headers["Content-Type"] = kind
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")  # papers come, too
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[key] = value
        connection.close()
        return Answer(answer.status, answer.headers.get("Location") or "", text)


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Run every call of ``calls`` in a thread of its own, all from one moment; their results."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def path(answer: Answer) -> str:
    """Where an answer sends its browser on to, within the server."""
    return re.sub(r"^https?://[^/]+", "", answer.location)


def tally(answers: list[Answer]) -> str:
    """How many answers of each kind, for people."""
    kinds: dict[str, int] = {}
    for answer in answers:
        kind = f"{answer.status} {path(answer)}".strip()
        kinds[kind] = kinds.get(kind, 0) + 1
    return json.dumps(kinds, sort_keys=True)
