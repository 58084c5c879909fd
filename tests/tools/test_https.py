"""The proxy's own HTTPS, as nginx runs it: nobody stays without, and what it says is kept."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dev import process, proxy
from dev.checkout import Checkout


class Odoo(BaseHTTPRequestHandler):
    """Answers with the scheme that the visitor is said to use."""

    def do_GET(self) -> None:
        body = self.headers["X-Forwarded-Proto"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that vouches for itself, and its key beside it."""
    folder = tmp_path_factory.mktemp("certificates")
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=desk -addext"
    files = "-keyout privkey.pem -out fullchain.pem"
    command = ["openssl", *asked.split(), "subjectAltName=IP:127.0.0.1", *files.split()]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def written(where: str, authority: Path, plain: int) -> str:
    """The text that brings HTTPS, as the image fills it in, on ports that are free."""
    template = Checkout.here().root / proxy.FOLDER / f"https_{where}.conf.template"
    text = template.read_text(encoding="utf-8")
    text = text.replace("${NGINX_LOCAL_RESOLVERS}", process.LOOPBACK)
    text = text.replace("/etc/nginx/certificates", str(authority))
    text = text.replace("listen 80;", f"listen {process.LOOPBACK}:{plain};")
    return text.replace("127.0.0.1:8081", f"{process.LOOPBACK}:{process.free_port()}")


@pytest.fixture(scope="module")
def ports(authority: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The ports of the proxy without and with HTTPS."""
    checkout, logs = Checkout.here(), tmp_path_factory.mktemp("https")
    plain = process.free_port()
    text = written("here", authority, plain)
    with ThreadingHTTPServer((process.LOOPBACK, 0), Odoo) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        upstream = f"{process.LOOPBACK}:{server.server_port}"
        with proxy.before(checkout, upstream, logs / "proxy.log", https=text) as found:
            yield plain, found
        server.shutdown()


def by_https(port: int, authority: Path, path: str = "/my") -> HTTPResponse:
    trust = ssl.create_default_context(cafile=str(authority / "fullchain.pem"))
    connection = HTTPSConnection(process.LOOPBACK, port, timeout=10, context=trust)
    connection.request("GET", path)
    return connection.getresponse()


def test_who_comes_without_https_is_led_to_the_same_page_with_it(ports: tuple[int, int]) -> None:
    connection = HTTPConnection(process.LOOPBACK, ports[0], timeout=10)
    connection.request("POST", "/my/graduation?one=1", headers={"Host": "desk.example"})
    answer = connection.getresponse()
    assert answer.status == 308  # and not 301, after which a form would come without what it says
    assert answer.getheader("Location") == "https://desk.example/my/graduation?one=1"
    connection.close()


def test_odoo_hears_that_the_visitor_came_by_https_and_the_browser_remembers(
    ports: tuple[int, int], authority: Path
) -> None:
    answer = by_https(ports[1], authority)
    assert answer.read() == b"https"
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"


def test_the_proxys_own_pages_say_it_too(ports: tuple[int, int], authority: Path) -> None:
    answer = by_https(ports[1], authority, "/ntue/metrics")
    assert answer.status == 404
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_two_good_ways_of_encrypting_are_spoken(
    ports: tuple[int, int], authority: Path, version: ssl.TLSVersion
) -> None:
    trust = ssl.create_default_context(cafile=str(authority / "fullchain.pem"))
    trust.minimum_version = trust.maximum_version = version
    connection = HTTPSConnection(process.LOOPBACK, ports[1], timeout=10, context=trust)
    connection.request("GET", "/my")
    assert connection.getresponse().status == 200
    connection.close()


def test_no_older_way_of_encrypting_is_allowed() -> None:
    """Of the file itself: a newer OpenSSL refuses them whatever nginx is told."""
    text = (Checkout.here().root / proxy.FOLDER / "https_here.conf.template").read_text()
    assert "\nssl_protocols TLSv1.2 TLSv1.3;\n" in text


def test_without_https_nothing_is_said_of_it(tmp_path: Path) -> None:
    nobody = f"{process.LOOPBACK}:{process.free_port()}"
    with proxy.before(Checkout.here(), nobody, tmp_path / "proxy.log") as port:
        connection = HTTPConnection(process.LOOPBACK, port, timeout=10)
        connection.request("GET", "/my")
        assert connection.getresponse().getheader("Strict-Transport-Security") is None
        connection.close()


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_nginx_takes_the_files_as_the_image_fills_them_in(
    where: str, authority: Path, tmp_path: Path
) -> None:
    checkout, port = Checkout.here(), process.free_port()
    https = written(where, authority, process.free_port())
    log = tmp_path / "proxy.log"
    text = proxy.configuration(checkout, tmp_path, port, "odoo:8069", log, https=https)
    if where == "elsewhere":
        text = text.replace(" ssl backlog", " backlog")
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    nginx = shutil.which("nginx")
    assert nginx
    asked = [nginx, "-t", "-p", tmp_path, "-e", tmp_path / "log", "-c", tmp_path / "nginx.conf"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
