"""docker-compose.yml brought up as docs/operations/install.md says it, and people before it."""

import http.client
import json
import os
import secrets
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dev import containers, sample_school, stack
from dev.checkout import Checkout

from .runbooks import commands

HOST, BOUND = "desk.example", "127.0.0.19"
"""The desk's name on its certificate, and the loopback's address that the proxy is bound to."""

SIGN_INS = "mkdir -p /tmp/tools && ln -sfn /mnt/import /tmp/tools/data && cd /tmp/tools && "


CONTENTS = """
SELECT relname, (xpath('/row/c/text()', query_to_xml(format(
    'SELECT count(*) || '' '' ||
       coalesce(md5(string_agg(t::text, '''' ORDER BY t::text)), '''') AS c
       FROM %s t', oid::regclass), false, true, '')))[1]
  FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ntue%' ORDER BY 1
"""
"""Every table of the product, with how many rows it has and a digest of them."""


@dataclass
class Desk:
    """The running product behind its proxy, and what was measured."""

    stack: stack.Stack
    authority: Path
    checkout: Checkout
    passwords: dict[str, str] = field(default_factory=dict)

    def follow(self, page: str, name: str, **more: str) -> str:
        """Type the commands of a runbook, and keep how long that took."""
        started = time.monotonic()
        said = self.stack.run(commands(page, name), **more)
        self.note(f"{page}: {name}", time.monotonic() - started)
        return said

    def note(self, what: str, seconds: float) -> None:
        """Keep a figure beside the containers; what was measured is read there."""
        file = containers.home(self.checkout) / "measured.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps({**known, what: round(seconds, 2)}, indent=1))

    def ask(
        self, path: str, *, cookie: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the proxy by HTTPS, with its certificate verified: status, headers, body."""
        trust = ssl.create_default_context(cafile=str(self.authority))
        connection = http.client.HTTPSConnection(HOST, timeout=60, context=trust)
        plain = socket.create_connection((BOUND, 443), timeout=60)
        connection.sock = trust.wrap_socket(plain, server_hostname=HOST)
        if cookie:
            headers["Cookie"] = f"session_id={cookie}"
        try:
            connection.request("GET", path, headers={"Host": HOST, **headers})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def odoo(self, command: str, script: str = "") -> str:
        """Run Odoo's command line in the web container, `script` on its standard input."""
        there = f'odoo {command.split()[0]} -d "$NTUE_DATABASE" {" ".join(command.split()[1:])}'
        typed = f"docker compose exec -T odoo sh -c '{SIGN_INS}{there}'"
        return self.stack.run(f"{typed} <<'SCRIPT'\n{script}\nSCRIPT" if script else typed)

    def anchor(self, purpose: str) -> None:
        """Have the heads of the logs signed, as the job of every day does."""
        self.odoo(
            "shell --no-http",
            f"assert env['ntue.chained']._anchor(['{purpose}'])\nenv.cr.commit()",
        )

    def contents(self) -> str:
        """Return a digest of every table of the product, and of every file beside the database."""
        rows = self.stack.sql(CONTENTS)
        assert "ntue_graduation_application|" in rows
        files = self.stack.run(
            "docker compose exec -T odoo sh -c 'cd /var/lib/odoo/filestore &&"
            " find . -type f | sort | xargs sha1sum'"
        )
        return f"{rows}\n{files}"

    def wait_for(self, service: str) -> None:
        """Wait until a service is well."""
        told = "docker compose ps --format '{{.Service}} {{.Health}}'"
        self.stack.wait_until(f"{told} | grep --line-regexp '{service} healthy'")

    def wait_for_pages(self) -> None:
        """Wait until the proxy has found a web container that was made anew, within seconds."""
        limit = time.monotonic() + 60
        while self.ask("/web/login")[0] != 200:
            assert time.monotonic() < limit
            time.sleep(0.5)

    def container(self, service: str) -> str:
        """Return the number of the one container of a service."""
        return self.stack.run(f"docker compose ps --all --quiet {service}").split()[0]


@contextmanager
def asked_meanwhile(desk: Desk, path: str, cookie: str = "") -> Iterator[list[tuple[float, int]]]:
    """Ask for a page over and over; when, and how it was answered (0: not at all)."""
    found: list[tuple[float, int]] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                status = desk.ask(path, cookie=cookie)[0]
            except (OSError, http.client.HTTPException):
                status = 0
            found.append((time.monotonic(), status))
            ended.wait(0.2)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield found
    finally:
        ended.set()
        asking.join()


def settings() -> dict[str, str]:
    """What somebody fills into `.env`."""
    secret = ("NTUE_POSTGRES_PASSWORD", "NTUE_DB_PASSWORD", "NTUE_ADMIN_PASSWORD", "NTUE_LOG_KEY")
    more = ("NTUE_ID_KEY", "NTUE_METRICS_TOKEN", "NTUE_BACKUP_KEY", "NTUE_REPLICA_PASSWORD")
    return {
        **{name: secrets.token_hex(16) for name in (*secret, *more)},
        "NTUE_DB_USER": "ntue",
        "NTUE_DATABASE": "school",
        "NTUE_BIND": BOUND,
        "NTUE_CERTIFICATES": "./certificates",
        "NTUE_BACKUPS": "./backups",
    }


def certify(folder: Path) -> Path:
    """Make an authority and a certificate for the desk's name; return the authority's."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "extensions").write_text(f"subjectAltName=DNS:{HOST}\nbasicConstraints=CA:FALSE\n")
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Test -keyout ca.key -out ca.pem",
        f"req -newkey rsa:2048 -nodes -subj /CN={HOST} -keyout privkey.pem -out desk.csr",
        "x509 -req -days 2 -in desk.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
        " -extfile extensions -out fullchain.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder / "ca.pem"


def install(desk: Desk) -> None:
    """Follow the runbook of installing, from nothing to the sample school and its sign-ins."""
    desk.follow("install.md", "settings")
    assert len(desk.follow("install.md", "key").strip()) == 64
    desk.follow("install.md", "start")
    desk.follow("install.md", "anchors")
    stack.set_line(desk.stack, "NTUE_ANCHOR_KEY_FILE", "/var/lib/ntue-anchors/key.pem")
    stack.set_line(desk.stack, "NTUE_ANCHOR_FILE", "/var/lib/ntue-anchors/anchors")
    stack.set_line(desk.stack, "NTUE_ARCHIVE", "on")
    desk.follow("backup.md", "once")
    desk.follow("install.md", "data")


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """The desk of a school, in containers; gone afterwards unless it is to be kept."""
    checkout = Checkout.here()
    keep = bool(os.environ.get(stack.KEEP))
    with containers.service(checkout) as env:
        folder = containers.home(checkout) / "school"
        is_there = keep and (folder / ".env").exists()
        if is_there:
            found = Desk(stack.Stack(folder, env), folder / "certificates" / "ca.pem", checkout)
            found.stack.run("docker compose up --detach")
        else:
            place = stack.prepare(checkout, env, settings())
            authority = certify(place.folder / "certificates")
            place.run("docker compose --profile '*' down --volumes --remove-orphans")
            place.run("rm -rf backups exit && mkdir backups")
            found = Desk(place, authority, checkout)
            install(found)
        found.wait_for("proxy")
        script = (checkout.root / sample_school.USERS_SCRIPT).read_text(encoding="utf-8")
        address = f"NTUE_CAPTCHA_WHEN=failure NTUE_ADDRESS=https://{HOST}"
        said = found.stack.run(
            f"docker compose exec -T odoo sh -c '{SIGN_INS}{address}"
            f" odoo shell --no-http -d \"$NTUE_DATABASE\"' <<'SCRIPT'\n{script}\nSCRIPT"
        )
        found.passwords = {row[1]: row[2] for row in sample_school.sign_ins(said)}
        assert found.passwords, said[-2000:]
        yield found
        if not keep:
            found.stack.run("docker compose --profile '*' down --volumes --remove-orphans")
