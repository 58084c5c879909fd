"""The proxy before Odoo, as nginx runs it: who asks for too much is refused, nobody else is."""

import threading
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dev import process, proxy
from dev.checkout import Checkout

SCHEME = "/scheme"
"""Answered by the scheme that the visitor is said to use."""

OUTER, MIDDLE, VISITOR = "127.0.0.21", "127.0.0.22", "127.0.0.23"
"""Addresses of the loopback: two trusted proxies one behind the other, and somebody else."""


class Odoo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    def do_GET(self) -> None:
        said = f"{self.path} {self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Host']}"
        if self.path == SCHEME:
            said = self.headers["X-Forwarded-Proto"]
        body = said.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxy")


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    with ThreadingHTTPServer((process.LOOPBACK, 0), Odoo) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"{process.LOOPBACK}:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def port(logs: Path, upstream: str) -> Iterator[int]:
    with proxy.before(Checkout.here(), upstream, logs / "proxy.log") as found:
        yield found


@pytest.fixture(scope="module")
def inner(logs: Path, upstream: str) -> Iterator[int]:
    """The port of a proxy that has two trusted ones before it."""
    log = logs / "inner.log"
    with proxy.before(Checkout.here(), upstream, log, trusted=(MIDDLE, OUTER)) as found:
        yield found


def ask(
    port: int, path: str = "/my", session: str = "", comes_from: str = "", **headers: str
) -> tuple[int, str]:
    source = (comes_from, 0) if comes_from else None
    connection = HTTPConnection(process.LOOPBACK, port, timeout=10, source_address=source)
    if session:
        headers["Cookie"] = f"session_id={session}"
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def came(port: int, number: int, session: str = "") -> Counter[int]:
    return Counter(ask(port, session=session)[0] for _ in range(number))


def test_a_page_comes_with_the_address_of_who_asks(port: int) -> None:
    status, body = ask(port, "/my/progress", "one", Host="desk.example")
    assert (status, body) == (200, "/my/progress 127.0.0.1 desk.example")


def test_nobody_says_for_another_where_a_request_comes_from(port: int) -> None:
    _status, body = ask(port, "/my", "two", **{"X-Forwarded-For": "198.51.100.7"})
    assert "198.51.100.7" not in body


@pytest.mark.parametrize("written", ["", "198.51.100.7, ", "198.51.100.7, 198.51.100.8, ", "x, "])
def test_behind_two_proxies_the_visitor_is_whom_the_first_of_them_saw(
    inner: int, written: str
) -> None:
    """What stands before that the visitor wrote."""
    for passed in (VISITOR, f"{VISITOR}, {OUTER}"):
        seen = {"X-Forwarded-For": f"{written}{passed}"}
        _status, body = ask(inner, "/my", comes_from=MIDDLE, **seen)
        assert body.split()[1] == VISITOR


def test_a_proxy_of_ours_behind_one_of_ours_sees_the_visitor(logs: Path, upstream: str) -> None:
    checkout, loopback = Checkout.here(), process.LOOPBACK
    with (
        proxy.before(checkout, upstream, logs / "second.log", (loopback, proxy.NOBODY)) as second,
        proxy.before(checkout, f"{loopback}:{second}", logs / "first.log") as first,
    ):
        for written in ({}, {"X-Forwarded-For": f"198.51.100.7, {OUTER}"}):
            _status, body = ask(first, "/my", comes_from=VISITOR, **written)
            assert body.split()[1] == VISITOR


def test_who_is_no_trusted_proxy_makes_nobody_else_the_visitor(inner: int) -> None:
    for written in ("198.51.100.7", MIDDLE, f"198.51.100.7, {MIDDLE}", f"{VISITOR}, {OUTER}"):
        _status, body = ask(inner, "/my", comes_from="127.0.0.24", **{"X-Forwarded-For": written})
        assert body.split()[1] == "127.0.0.24"


def test_that_a_visitor_came_by_https_is_a_trusted_proxys_word_alone(inner: int) -> None:
    said = {"X-Forwarded-Proto": "https"}
    assert ask(inner, SCHEME, comes_from=MIDDLE, **said)[1] == "https"
    assert ask(inner, SCHEME, comes_from=MIDDLE)[1] == "http"
    for somebody in (VISITOR, OUTER):
        assert ask(inner, SCHEME, comes_from=somebody, **said)[1] == "http"


def test_one_session_that_asks_for_hundreds_is_refused_and_told_to_wait(port: int) -> None:
    found = came(port, 300, "flood")
    assert found[429] > 100
    assert found[200] >= 60
    answers = (ask(port, session="flood") for _ in range(300))
    assert "請稍候再試" in next(body for status, body in answers if status == 429)


def test_while_odoo_is_away_a_page_says_so_with_a_way_on(tmp_path: Path) -> None:
    nobody = f"{process.LOOPBACK}:{process.free_port()}"
    with proxy.before(Checkout.here(), nobody, tmp_path / "proxy.log") as port:
        for session in ("", "one"):
            status, body = ask(port, session=session)
            assert status == 502
            assert "系統暫停服務" in body
            assert "not available at the moment" in body
            assert "<a href" in body


def test_what_is_too_large_is_refused_in_words(port: int) -> None:
    status, body = ask(port, "/my/profile", **{"Content-Length": str(65 * 1024 * 1024)})
    assert status == 413
    assert "檔案太大" in body
    assert "too large" in body


def test_every_page_of_the_proxy_is_in_its_image_and_whole() -> None:
    root = Checkout.here().root
    pages = sorted((root / proxy.FOLDER).glob("*.html"))
    compose = (root / "docker-compose.yml").read_text(encoding="utf-8")
    site = (root / proxy.TEMPLATE).read_text(encoding="utf-8")
    assert len(pages) >= 3
    assert f"./{proxy.FOLDER}:/usr/share/nginx/ntue:ro" in compose
    for file in pages:
        assert f" /{file.name};" in site
        text = file.read_text(encoding="utf-8")
        assert 'lang="zh-Hant-TW"' in text
        assert 'lang="en"' in text
        assert "<a href=" in text


def test_with_the_waiting_room_open_who_is_outside_waits_and_who_is_inside_does_not(
    upstream: str, tmp_path: Path
) -> None:
    checkout = Checkout.here()
    with proxy.before(checkout, upstream, tmp_path / "proxy.log", waiting="open") as port:
        answers = [ask(port, session=f"student {one}") for one in range(40)]
        assert {status for status, _body in answers} == {200, 503}
        assert "目前使用人數眾多" in next(body for status, body in answers if status == 503)
        inside = {"Cookie": "session_id=one; ntue_inside=1"}
        assert {ask(port, **inside)[0] for _time in range(40)} == {200}


def test_another_session_of_the_same_address_is_served_meanwhile(port: int) -> None:
    came(port, 200, "flood again")
    assert came(port, 30, "calm") == {200: 30}


def test_a_class_of_fifty_behind_one_address_is_served(port: int) -> None:
    assert sum((came(port, 4, f"student {one}") for one in range(50)), Counter()) == {200: 200}


def test_files_that_never_change_are_not_counted_for_a_session(port: int) -> None:
    found = Counter(ask(port, f"/web/static/{one}.js", "reader")[0] for one in range(200))
    assert found == {200: 200}


def test_the_secret_of_a_mailed_link_is_in_no_log(port: int, logs: Path) -> None:
    assert ask(port, "/web/reset_password?token=s3cret-of-a-mail", "mailed")[0] == 200
    # What was answered is written by then: the next connection is taken after it.
    assert ask(port, "/web/health")[0] == 200
    written = "".join(file.read_text() for file in logs.iterdir())
    assert "/web/reset_password 200" in written
    assert "s3cret" not in written
