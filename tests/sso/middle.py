"""Somebody between the provider and everybody else, who changes what they say to each other.

Without a change asked for, everything passes as it is. A token that is changed is signed anew with
the provider's own key where the test says so: what is tried is the check, not the signature.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from joserfc import jwk, jwt

from dev import process

if TYPE_CHECKING:
    from .real import Certified

HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive"}

Claims = dict[str, object]


class Middle:
    """A server that hands on to a provider and back; ``url`` is what the provider calls itself."""

    def __init__(self) -> None:
        self.provider: Certified | None = None
        self.port = process.free_port()
        self.honest()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def honest(self) -> None:
        """Change nothing."""
        self.left_out: set[str] = set()
        self.id_token: Callable[[str], str] = lambda token: token
        self.description: Callable[[Claims], Claims] = lambda document: document

    def stand_before(self, provider: Certified) -> None:
        self.provider = provider

    def __enter__(self) -> Middle:
        handler = type("Handler", (_Handler,), {"middle": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    # What may be changed

    def say(self, **changes: object) -> None:
        """Change claims of the ID token, and sign it as the provider does; None leaves one out."""
        assert self.provider
        key = self.provider.keys[0]
        self.id_token = lambda token: signed({**claims_of(token), **changes}, key)

    def sign(self, key: jwk.RSAKey) -> None:
        """Sign the ID token with another key."""
        self.id_token = lambda token: signed(claims_of(token), key)

    def leave_unsigned(self) -> None:
        """Take the signature off the ID token, and have its header say so."""

        def unsigned(token: str) -> str:
            body = token.split(".")[1]
            return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{body}."

        self.id_token = unsigned

    def hand_on(self, path: str) -> str:
        """The path that the provider is asked for."""
        parts = urlsplit(path)
        rows = [(name, text) for name, text in parse_qsl(parts.query) if name not in self.left_out]
        return f"{parts.path}?{urlencode(rows)}" if rows else parts.path

    def changed(self, path: str, body: bytes) -> bytes:
        """What the provider said at ``path``, as it goes back."""
        if path.startswith("/.well-known/"):
            return json.dumps(self.description(json.loads(body))).encode()
        if path == "/token":
            said = json.loads(body)
            if "id_token" in said:
                said["id_token"] = self.id_token(said["id_token"])
            return json.dumps(said).encode()
        return body


class _Handler(BaseHTTPRequestHandler):
    middle: Middle

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def _pass(self) -> None:
        middle = self.middle
        assert middle.provider
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name: text for name, text in self.headers.items() if name.lower() not in HOP}
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                self.command,
                f"{middle.provider.url}{middle.hand_on(self.path)}",
                data=self.rfile.read(length) if length else None,
                headers=headers,
                allow_redirects=False,
                timeout=30,
            )
        body = middle.changed(urlsplit(self.path).path, answer.content)
        self.send_response(answer.status_code)
        for name, text in answer.raw.headers.items():
            if name.lower() not in HOP:
                self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _pass  # noqa: N815  # the names are those of http.server


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def claims_of(token: str) -> Claims:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signed(claims: Claims, key: jwk.RSAKey) -> str:
    given = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": key.get("kid")}, given, key)
