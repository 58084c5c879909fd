"""The providers themselves: started, waited for, and ended."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from joserfc import jwk

from dev import node, process, providers
from dev.checkout import Checkout

CLIENT, SECRET = "desk", "a secret: of % tests"
PROGRAM = Path(__file__).parent / "provider" / "provider.mjs"
PATIENCE = 60
"""Seconds until a provider answers."""


def new_key(name: str) -> jwk.RSAKey:
    return jwk.RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


@dataclass
class Certified:
    """npm's oidc-provider with the keys that it signs with; it can be started anew with others."""

    checkout: Checkout
    port: int
    issuer: str
    desk: str
    keys: list[jwk.RSAKey] = field(default_factory=lambda: [new_key("first")])
    by_userinfo: bool = False
    child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _settings(self) -> str:
        client = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uris": [f"{self.desk}/auth/campus/callback"],
            "post_logout_redirect_uris": [f"{self.desk}/web/login"],
            "backchannel_logout_uri": f"{self.desk}/auth/campus/backchannel",
            "backchannel_logout_session_required": True,
            "scope": "openid school",
        }
        return json.dumps(
            {
                "issuer": self.issuer,
                "port": self.port,
                "clients": [client],
                "keys": [key.as_dict(private=True) for key in self.keys],
                "conform": self.by_userinfo,
            }
        )

    def start(self) -> None:
        """Start it, after ending it where it ran; anyone who was signed in there no longer is."""
        self.stop()
        command = [
            str(node.program(self.checkout)),
            str(PROGRAM),
            str(providers.modules(self.checkout)),
        ]
        self.child = _started(
            command, self.checkout.log("provider-npm"), {"PROVIDER": self._settings()}
        )
        _wait(f"{self.url}/.well-known/openid-configuration", self.child)

    def stop(self) -> None:
        if self.child:
            _end(self.child)
        self.child = None


@contextmanager
def certified(checkout: Checkout, port: int, issuer: str, desk: str) -> Iterator[Certified]:
    """npm's oidc-provider on ``port``, which calls itself ``issuer``."""
    provider = Certified(checkout, port, issuer, desk)
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()


@contextmanager
def mock(checkout: Checkout, port: int, people: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """PyPI's oidc-provider-mock on ``port`` with what it says of people; its address."""
    claims = [f"--user-claims={json.dumps({'sub': sub, **said})}" for sub, said in people.items()]
    command = [str(providers.interpreter(checkout)), "-m", "oidc_provider_mock"]
    child = _started([*command, f"--port={port}", *claims], checkout.log("provider-mock"), {})
    url = f"http://{process.LOOPBACK}:{port}"
    try:
        _wait(f"{url}/.well-known/openid-configuration", child)
        yield url
    finally:
        _end(child)


def _started(command: list[str], log: Path, more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command, env={**os.environ, **more}, stdout=output, stderr=subprocess.STDOUT
        )


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _wait(address: str, child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE
    with requests.Session() as session:
        session.trust_env = False
        while time.monotonic() < limit and child.poll() is None:
            try:
                if session.get(address, timeout=5).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
