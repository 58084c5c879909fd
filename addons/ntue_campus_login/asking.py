"""Asking a provider over the network: how long, how much and whom.

No redirect is followed, an answer has so many bytes and seconds, and a provider out in the world
does not send us to machines inside. What providers publish of themselves is kept for a while in
each worker: a key that is withdrawn counts no longer than that.
"""

import ipaddress
import json
import socket
import threading
import time
from collections import deque
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import requests
from odoo.addons.ntue_curriculum import gate
from urllib3.exceptions import HTTPError

from .oidc.provider import checked_address, is_localhost
from .oidc.reasons import Reason, Refused

PATIENCE = 4
"""Seconds until a connection is made, and between two pieces of an answer."""

WHOLE = 10
"""Seconds for all that one request of a visitor asks."""

AT_ONCE = 16
"""Requests of visitors that ask at a time in one process: each holds a connection to the database,
and when the portal is slow all others go on having theirs."""

MOST = 256 * 1024
"""Bytes of an answer."""

KEPT = 3600
"""Seconds for which what was published is kept."""

ANEW = (5, 300)
"""Looks for a key that is not known, and in how many seconds: forged tokens cause no more."""

PIECE = 16 * 1024

MOST_KEPT = 16
"""Addresses; a portal has two."""


class Answer(NamedTuple):
    """Status, what the JSON says (None where it is none), and the provider's clock, if it said."""

    status: int
    value: object
    clock: float | None


_rooms = threading.BoundedSemaphore(AT_ONCE)
_here = threading.local()


@contextmanager
def conversation():
    """Inside, a provider is asked, perhaps several times: ``WHOLE`` seconds for all of it.

    The visitor's turn at the gate is another's meanwhile. Refused where too many ask already.
    """
    if getattr(_here, "until", None):
        yield
        return
    if not _rooms.acquire(blocking=False):
        raise Refused(Reason.UNREACHABLE, f"{AT_ONCE} ask at a time already")
    _here.until = time.monotonic() + WHOLE
    try:
        with gate.released():
            yield
    finally:
        _here.until = None
        _rooms.release()


def _left():
    """The seconds that are left of the conversation; Refused where none are."""
    left = _here.until - time.monotonic()
    if left <= 0:
        raise Refused(Reason.UNREACHABLE, f"more than {WHOLE} seconds")
    return left


def ask(address, *, localhost=False, issuer="", form=None, words=None, token=""):
    """Send ``form``, or look at ``address``; Refused where there is no answer to be used.

    ``words`` are name and password, ``token`` an access token for the header. ``issuer`` is whom
    the address came from: one inside our network may name others inside.
    """
    checked_address(address, localhost=localhost)
    with conversation():
        if not localhost:
            _check_outside(address, issuer or address)
        return _asked(address, form, words, token)


def _asked(address, form, words, token):
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        with requests.Session() as session:
            session.trust_env = not is_localhost(urlsplit(address).hostname)
            # .netrc is nobody's way to say who we are.
            session.auth = words or _leave_as_is
            answer = session.request(
                "GET" if form is None else "POST",
                address,
                data=form,
                headers=headers,
                timeout=min(PATIENCE, _left()),
                allow_redirects=False,
                stream=True,
            )
            body = _bounded(answer)
    except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
        raise Refused(Reason.UNREACHABLE, type(error).__name__) from None
    if answer.is_redirect:
        raise Refused(Reason.ANSWER, "a redirect")
    return Answer(answer.status_code, _json(body), _clock(answer.headers.get("Date")))


def _leave_as_is(request):
    return request


def _bounded(answer):
    """The body of an answer; Refused where it is too large or takes too long."""
    found = bytearray()
    # What has come so far, not so much as was asked for: that may take for ever.
    while piece := answer.raw.read1(PIECE):
        found += piece
        if len(found) > MOST:
            raise Refused(Reason.ANSWER, f"more than {MOST} bytes")
        _left()
    return bytes(found)


def _json(body):
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _clock(text):
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError):
        return None


def _check_outside(address, issuer):
    """A provider out in the world names no machine inside."""
    host, told_by = urlsplit(address).hostname, urlsplit(issuer).hostname
    if host != told_by and _is_inside(host) and not _is_inside(told_by):
        raise Refused(Reason.ADDRESS, f"{host} is inside of our network")


def _is_inside(host):
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False  # no such name here: behind a proxy, or it will not be reached
    return any(not ipaddress.ip_address(row[4][0].split("%")[0]).is_global for row in found)


class Published:
    """What was published at an address, kept for a while; one for each worker."""

    def __init__(self):
        self._kept = {}
        self._anew = deque(maxlen=ANEW[0])
        self._lock = threading.Lock()

    def get(self, address, *, anew=False, **how):
        """The JSON at ``address``, not older than an hour; ``anew`` now, unless it was often."""
        now = time.monotonic()
        with self._lock:
            since, value = self._kept.get(address, (None, None))
            if anew and self._may_look_anew(now):
                since = None
        if since is not None and now - since < KEPT:
            return value
        answer = ask(address, **how)
        if answer.status != requests.codes.ok or answer.value is None:
            raise Refused(Reason.ANSWER, f"status {answer.status}")
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[address] = (now, answer.value)
        return answer.value

    def _may_look_anew(self, now):
        if len(self._anew) == ANEW[0] and now - self._anew[0] < ANEW[1]:
            return False
        self._anew.append(now)
        return True

    def forget(self):
        """Look anew at everything."""
        with self._lock:
            self._kept.clear()
            self._anew.clear()


published = Published()
