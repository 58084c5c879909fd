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


class Odoo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    def do_GET(self) -> None:
        said = f"{self.path} {self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Host']}"
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
def port(logs: Path) -> Iterator[int]:
    with ThreadingHTTPServer((process.LOOPBACK, 0), Odoo) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        log = logs / "proxy.log"
        upstream = f"{process.LOOPBACK}:{server.server_port}"
        with proxy.before(Checkout.here(), upstream, log) as found:
            yield found
        server.shutdown()


def ask(port: int, path: str = "/my", session: str = "", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(process.LOOPBACK, port, timeout=10)
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


def test_one_session_that_asks_for_hundreds_is_refused_and_told_to_wait(port: int) -> None:
    found = came(port, 300, "flood")
    assert found[429] > 100
    assert found[200] >= 60
    status, body = ask(port, session="flood")
    assert status == 429
    assert "請稍候再試" in body


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
    assert len(pages) == 3
    for file in pages:
        assert f"./{proxy.FOLDER}/{file.name}:" in compose
        assert f" /{file.name};" in site
        text = file.read_text(encoding="utf-8")
        assert 'lang="zh-Hant-TW"' in text
        assert 'lang="en"' in text
        assert "<a href=" in text


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
