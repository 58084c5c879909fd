"""The waiting room, as nginx runs it: who is inside goes on, who comes while it is full waits."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dev import process, waiting
from dev.checkout import Checkout

WORKING = 3
"""Requests that are being worked on when the room is full."""

SLOW = "/my/slow"
INSIDE = "ntue_inside=1"


class Odoo(ThreadingHTTPServer):
    """Answers at once, but a slow page, which it holds until `release` is set."""

    def __init__(self) -> None:
        super().__init__((process.LOOPBACK, 0), Page)
        self.release = threading.Event()
        self.held = threading.Semaphore(0)


class Page(BaseHTTPRequestHandler):
    """Says which method asked for what."""

    server: Odoo

    def answer(self) -> None:
        if self.path.startswith(SLOW):
            self.server.held.release()
            self.server.release.wait(30)
        length = int(self.headers.get("Content-Length") or 0)
        body = f"{self.command} {self.path} {self.rfile.read(length).decode()}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def odoo() -> Iterator[Odoo]:
    with Odoo() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.release.set()
        server.shutdown()


@pytest.fixture
def port(odoo: Odoo, tmp_path: Path) -> Iterator[int]:
    upstream = f"{process.LOOPBACK}:{odoo.server_port}"
    bounds = {
        "working": str(WORKING),
        "entry": "900r/s",
        "entry_address": "900r/s",
        "burst": "900",
    }
    with waiting.before(Checkout.here(), upstream, tmp_path / "nginx.log", bounds) as room:
        yield room.port


def ask(
    port: int,
    path: str = "/my",
    cookie: str = "",
    method: str = "GET",
    body: str = "",
    address: str = "",
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(process.LOOPBACK, port, timeout=30)
    headers = {"Cookie": cookie, "X-Forwarded-For": address}
    headers = {name: value for name, value in headers.items() if value}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


@contextmanager
def full(port: int, odoo: Odoo) -> Iterator[None]:
    """As long as the block lasts as many requests are worked on as there is room for."""
    threads = [
        threading.Thread(target=ask, args=(port, f"{SLOW}/{number}", INSIDE))
        for number in range(WORKING)
    ]
    for thread in threads:
        thread.start()
    for _thread in threads:
        assert odoo.held.acquire(timeout=30)
    try:
        yield
    finally:
        odoo.release.set()
        for thread in threads:
            thread.join()


def test_who_comes_while_there_is_room_is_inside_from_then_on(port: int) -> None:
    answer, text = ask(port)
    assert (answer.status, text) == (200, "GET /my ")
    assert (answer.headers["Set-Cookie"] or "").startswith(f"{INSIDE}; ")
    assert "Max-Age=1800" in answer.headers["Set-Cookie"]


def test_who_comes_while_it_is_full_gets_a_page_that_says_when_to_come_again(
    port: int, odoo: Odoo
) -> None:
    with full(port, odoo):
        answer, text = ask(port)
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "20"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.headers["Set-Cookie"], "nobody is inside by waiting"
        for words in ("請稍候", "截止時間", "Please wait a moment".lower(), "Deadline"):
            assert words in text or words in text.lower()
        assert 'http-equiv="refresh"' in text, "it tries again without scripts, too"
        assert "setTimeout(again" in text


def test_who_is_inside_goes_on_while_it_is_full_and_stays_inside(port: int, odoo: Odoo) -> None:
    with full(port, odoo):
        answer, text = ask(port, "/my/graduation", INSIDE)
        assert (answer.status, text) == (200, "GET /my/graduation ")
        assert answer.headers["Set-Cookie"].startswith(f"{INSIDE}; ")


def test_a_form_that_somebody_wrote_for_long_is_taken_while_it_is_full(
    port: int, odoo: Odoo
) -> None:
    with full(port, odoo):
        answer, text = ask(port, "/my/graduation/4/save", method="POST", body="tick=1")
        assert (answer.status, text) == (200, "POST /my/graduation/4/save tick=1")
        answer, _text = ask(port, "/web/login", method="POST", body="login=1")
        assert answer.status == 503


@pytest.mark.parametrize(
    "path",
    [
        "/odoo",
        "/odoo/action-1",
        "/web/dataset/call_kw/res.users/read",
        "/json/2/ntue.import/receive",
        "/web/assets/1/a.css",
        "/portal/static/src/a.js",
        "/report/pdf/x/1",
    ],
)
def test_employees_programs_and_files_do_not_wait(port: int, odoo: Odoo, path: str) -> None:
    with full(port, odoo):
        assert ask(port, path)[0].status == 200


@pytest.mark.parametrize("path", ["/", "/my", "/web/login", "/graduation/notice", "/odoos"])
def test_pages_of_visitors_and_students_wait(port: int, odoo: Odoo, path: str) -> None:
    with full(port, odoo):
        assert ask(port, path)[0].status == 503


def test_the_room_is_open_again_as_soon_as_there_is_room(port: int, odoo: Odoo) -> None:
    with full(port, odoo):
        assert ask(port)[0].status == 503
    assert ask(port)[0].status == 200


def test_no_more_come_in_at_once_than_the_rate_lets(odoo: Odoo, tmp_path: Path) -> None:
    upstream = f"{process.LOOPBACK}:{odoo.server_port}"
    bounds = {"working": "100", "entry": "1r/m", "entry_address": "900r/s", "burst": "2"}
    with waiting.before(Checkout.here(), upstream, tmp_path / "nginx.log", bounds) as room:
        came = [ask(room.port)[0].status for _ in range(6)]
        assert came == [200, 200, 200, 503, 503, 503]
        assert ask(room.port, "/my", INSIDE)[0].status == 200


@contextmanager
def sent_in_part(port: int, number: int) -> Iterator[None]:
    """As long as the block lasts so many forms are on their way, of which a part has come."""
    head = (
        "POST /my/graduation/4/save HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 900\r\n\r\n"
    )
    with ExitStack() as senders:
        for _sender in range(number):
            sender = senders.enter_context(socket.create_connection((process.LOOPBACK, port)))
            sender.sendall(f"{head}tick=1".encode())
        yield


def test_forms_that_come_slowly_keep_nobody_outside(port: int) -> None:
    with sent_in_part(port, 2 * WORKING):
        for _time in range(WORKING):
            assert ask(port)[0].status == 200


def test_a_form_that_came_slowly_is_taken_whole(port: int) -> None:
    head = f"POST /my/graduation/4/save HTTP/1.1\r\nHost: desk.example\r\nCookie: {INSIDE}\r\n"
    with socket.create_connection((process.LOOPBACK, port), timeout=30) as sender:
        sender.sendall(f"{head}Content-Length: 6\r\n\r\ntic".encode())
        assert ask(port)[0].status == 200
        sender.sendall(b"k=1")
        answer = HTTPResponse(sender)
        answer.begin()
        assert answer.read() == b"POST /my/graduation/4/save tick=1"


def test_a_visitors_address_is_handed_on_to_the_bound_of_an_address(
    odoo: Odoo, tmp_path: Path
) -> None:
    upstream = f"{process.LOOPBACK}:{odoo.server_port}"
    bounds = {"working": "100", "entry": "900r/s", "entry_address": "1r/m", "burst": "900"}
    with waiting.before(Checkout.here(), upstream, tmp_path / "nginx.log", bounds) as room:
        for address in ("198.51.100.7", "198.51.100.8"):
            came = [ask(room.port, address=address)[0].status for _ in range(25)]
            assert came == [200] * 21 + [503] * 4


def test_a_server_that_is_not_there_is_no_waiting_room(tmp_path: Path) -> None:
    upstream = f"{process.LOOPBACK}:{process.free_port()}"
    with waiting.before(Checkout.here(), upstream, tmp_path / "nginx.log") as room:
        answer, _text = ask(room.port)
        assert answer.status == 502
        assert not answer.headers["Set-Cookie"]


def test_every_number_that_a_school_sets_is_in_the_files_once() -> None:
    root = Checkout.here().root
    text = "".join((root / file).read_text() for file in (waiting.LIMITS, waiting.ROOM))
    set_so = "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    found = {name: len(number.findall(set_so)) for name, number in waiting.BOUNDS.items()}
    assert found == dict.fromkeys(waiting.BOUNDS, 1)


def test_the_page_for_operators_has_the_numbers_of_the_files() -> None:
    root = Checkout.here().root
    text = "".join((root / file).read_text() for file in (waiting.LIMITS, waiting.ROOM))
    set_so = {name: number.findall(text)[0] for name, number in waiting.BOUNDS.items()}
    page = (root / "docs" / "operations" / "waiting-room.md").read_text(encoding="utf-8")
    assert f"`limit_conn ntue_working {set_so['working']}`" in page
    assert f"`zone=ntue_entry burst={set_so['burst']}`" in page
    assert f"`zone=ntue_entry:1m rate={set_so['entry']}`" in page
    assert f"`zone=ntue_entry_address:4m rate={set_so['entry_address']}`" in page
