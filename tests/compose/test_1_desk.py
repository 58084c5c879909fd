"""The small default: installed by the runbook, and used through the proxy by HTTPS."""

import base64
import hashlib
import http.client
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pypdf import PdfReader

from dev import system

from .conftest import BOUND, HOST, Desk

STUDENT = "210941001"
WIDTHS = (390, 1280)
PATIENCE = 120_000


@pytest.fixture(scope="module")
def screens(desk: Desk) -> Path:
    folder = desk.checkout.cache / "screens" / "compose"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def context(desk: Desk) -> Iterator[BrowserContext]:
    """A browser that knows the desk's key and takes no other."""
    certificate = (desk.authority.parent / "fullchain.pem").read_bytes()
    key = load_pem_x509_certificate(certificate).public_key()
    spoken = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    known = base64.b64encode(hashlib.sha256(spoken).digest()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.browser(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                f"--host-resolver-rules=MAP {HOST} {BOUND}",
                f"--ignore-certificate-errors-spki-list={known}",
            ],
        )
        found = browser.new_context(
            locale="zh-TW", timezone_id="Asia/Taipei", base_url=f"https://{HOST}"
        )
        found.set_default_timeout(PATIENCE)
        yield found
        browser.close()


def picture(page: Page, screens: Path, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=screens / f"{name}-{width}.png", full_page=True)


def test_every_service_that_lasts_is_well(desk: Desk) -> None:
    said = desk.stack.run("docker compose ps --format '{{.Service}} {{.Health}}'")
    assert set(said.split("\n")) >= {"db healthy", "odoo healthy", "cron healthy", "proxy healthy"}
    assert '"ok": true' in desk.follow("install.md", "well").replace('"ready": true', '"ok": true')
    desk.follow("install.md", "certificate")


def test_who_comes_without_https_is_sent_to_it_and_stays_there(desk: Desk) -> None:
    connection = http.client.HTTPConnection(BOUND, 80, timeout=30)
    connection.request("GET", "/my/graduation?a=1", headers={"Host": HOST})
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.getheader("Location") == f"https://{HOST}/my/graduation?a=1"
    connection.close()
    status, headers, _body = desk.ask("/web/login")
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "secure" in headers["set-cookie"].lower()


def test_the_figures_of_the_server_are_not_for_the_world(desk: Desk) -> None:
    assert desk.ask("/ntue/metrics")[0] == 404
    assert desk.ask("/web/database/manager")[0] in (403, 404)


def test_a_student_signs_in_submits_and_prints_the_slip(
    desk: Desk, context: BrowserContext, screens: Path
) -> None:
    page = context.new_page()
    page.goto("/web/login")
    picture(page, screens, "1-sign-in")
    page.fill("input[name=login]", STUDENT)
    page.fill("input[name=password]", desk.passwords[STUDENT])
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)
    page.goto("/my/progress")
    picture(page, screens, "2-progress")
    page.goto("/my/graduation")
    page.click("button:has-text('新增')")
    page.locator("body[is-ready=true] input[name=tick]").first.wait_for()
    for box in page.locator("input[name=tick]").all():
        box.check()
    picture(page, screens, "3-form")
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**/my/graduation?submitted=1&term=1141")
    picture(page, screens, "4-submitted")
    address = page.locator("a[href$='/slip']").first.get_attribute("href")
    paper = page.evaluate(
        """async (address) => {
            const answer = await fetch(address);
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
        }""",
        address,
    )
    slip = base64.b64decode(paper)
    drawn = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-", str(screens / "5-slip")]
    subprocess.run(drawn, input=slip, check=True)
    text = "".join(found.extract_text() for found in PdfReader(BytesIO(slip)).pages)
    assert STUDENT in text
    assert desk.stack.sql("SELECT state FROM ntue_graduation_application") == "submitted"
    page.close()


def test_notices_come_by_the_websocket_of_the_evented_process(
    desk: Desk, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto("/my")
    answered = page.evaluate(
        """() => new Promise((done) => {
            const socket = new WebSocket(`wss://${location.host}/websocket`);
            socket.onopen = () => { socket.close(); done("open"); };
            socket.onerror = () => done("refused");
        })"""
    )
    assert answered == "open"
    page.close()
    said = desk.stack.run("docker compose logs proxy")
    assert any("/websocket 101" in line for line in said.splitlines())


def test_nobody_is_taken_for_another_address_by_what_they_write(desk: Desk) -> None:
    written = "198.51.100.7"
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        desk.ask("/web/login", **{name: written})
    said = desk.stack.run("docker compose logs proxy odoo")
    assert "/web/login" in said
    assert written not in said


def test_files_that_never_change_are_kept_by_the_proxy(desk: Desk) -> None:
    path = "/web/static/img/favicon.ico"
    asked = "docker compose logs odoo | grep --count favicon.ico || true"
    for _time in range(2):
        desk.ask(path)
    before = desk.stack.run(asked)
    assert int(before) > 0
    for _time in range(5):
        assert desk.ask(path)[0] == 200
    assert desk.stack.run(asked) == before


def test_jobs_run_in_the_container_that_is_for_them_and_in_no_other(desk: Desk) -> None:
    one = "id = (SELECT min(id) FROM ir_cron WHERE active)"
    utc = "now() AT TIME ZONE 'UTC'"
    desk.stack.sql(f"UPDATE ir_cron SET nextcall = {utc} - interval '1 minute' WHERE {one}")  # noqa: S608
    limit = time.monotonic() + 180
    while desk.stack.sql(f"SELECT nextcall > {utc} FROM ir_cron WHERE {one}") == "f":  # noqa: S608
        assert time.monotonic() < limit
        time.sleep(1)
    assert "ir_cron: Job" in desk.stack.run("docker compose logs cron")
    assert "ir_cron: Job" not in desk.stack.run("docker compose logs odoo")


def test_after_a_restart_everybody_is_still_signed_in(desk: Desk, context: BrowserContext) -> None:
    desk.stack.run("docker compose restart")
    desk.wait_for("proxy")
    page = context.new_page()
    page.goto("/my/graduation")
    assert "/web/login" not in page.url
    assert page.locator("article").count()
    page.close()
