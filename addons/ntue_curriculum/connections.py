"""Open connections of the threaded server: what the gate would refuse gets no thread.

Every connection is a thread with a stack of its own, and a server that cannot start one more
serves nobody. So the first bytes are looked at as a connection comes in, without taking them, and
counted for the account of their session, or for the address that they come from.
"""

import re
import socket
import threading
from collections import Counter
from contextlib import suppress

from odoo.tools.lru import LRU

SPARE = 8
"""Connections beside those that run and wait: of answers that are on their way."""

SOCKETS = 20
"""Connections for notices (websocket) of one asker: one for each browser."""

QUEUE = 1024
"""Connections that may wait to be taken in, instead of 128, or of eight a worker process: a crowd
fills those in a moment, and who comes then is not answered by the system, and tries again after one
second and after three. A proxy gives up meanwhile, and says that the desk is away."""

REMEMBERED = 50_000
LOOKED_AT = 8192

SESSION = re.compile(rb"\bsession_id=([\w.~-]+)")
FORWARDED = re.compile(rb"\r\nx-forwarded-for:[^\r\n]*?([^\s,]+)[ \t]*(?=\r\n)", re.IGNORECASE)
UPGRADE = re.compile(rb"\r\nupgrade:\s*websocket", re.IGNORECASE)

REFUSAL = (
    b"HTTP/1.0 429 Too Many Requests\r\nRetry-After: 3\r\nCache-Control: no-store\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
    b"Too many requests at a time. Please come again in a few seconds.\r\n"
)


class Connections:
    """Counts open connections by asker. ``limit`` tells how many an account or None may have."""

    def __init__(self, limit, *, forwarded):
        self._limit, self._forwarded = limit, forwarded
        self._lock = threading.Lock()
        self._accounts = LRU(REMEMBERED)
        self._counts = Counter()
        self._open = {}

    def know(self, sid, account):
        """Remember whose session it is; who only claims to have one counts by address."""
        self._accounts[sid.encode()] = account

    def lets_in(self, connection, peer):
        """Whether the connection may have a thread; it counts until `gone`."""
        key, most = self._asker(_looked_at(connection), peer)
        with self._lock:
            if self._counts[key] >= most:
                return False
            self._counts[key] += 1
            self._open[connection] = key
        return True

    def gone(self, connection):
        """The connection is closed."""
        with self._lock:
            key = self._open.pop(connection, None)
            if key is not None:
                self._counts[key] -= 1
                if not self._counts[key]:
                    del self._counts[key]

    def counted(self):
        """How many connections are open."""
        with self._lock:
            return self._counts.total()

    def _asker(self, data, peer):
        found = SESSION.search(data)
        account = self._accounts.get(found[1]) if found else None
        key = account or self._address(data, peer)
        if UPGRADE.search(data):
            return ("notices", key), SOCKETS
        return key, self._limit(account) + SPARE

    def _address(self, data, peer):
        # The last one, however many lines: what is before it the visitor may have written.
        found = FORWARDED.findall(data) if self._forwarded else None
        return found[-1] if found else peer


def _looked_at(connection):
    try:
        return connection.recv(LOOKED_AT, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""


def turn_away(connection):
    """Answer that there are too many, and close."""
    # What lies unread when a connection is closed takes the answer with it.
    with suppress(OSError):  # or nothing has come yet
        connection.recv(LOOKED_AT * 8, socket.MSG_DONTWAIT)
    with suppress(OSError):
        connection.send(REFUSAL, socket.MSG_DONTWAIT)


def lengthen_queue(worker_class):
    """Let `QUEUE` connections wait for worker processes, which share a socket.

    Odoo listens before this product is loaded, so each worker says so with its first request.
    """
    process = worker_class.process_request

    def process_request(self, client, addr):
        if not getattr(self, "ntue_queue", False):
            self.ntue_queue = True
            self.multi.socket.listen(QUEUE)
        process(self, client, addr)

    worker_class.process_request = process_request


def put_before(server_class, connections_of):
    """Let ``server_class`` start a thread only for a connection that is let in."""
    process, shutdown = server_class.process_request, server_class.shutdown_request

    def process_request(self, request, client_address):
        if not getattr(self, "ntue_queue", False):  # it listened before this product was loaded
            self.ntue_queue = True
            self.socket.listen(QUEUE)
        if connections_of().lets_in(request, client_address[0]):
            process(self, request, client_address)
        else:
            turn_away(request)
            self.shutdown_request(request)

    def shutdown_request(self, request):
        connections_of().gone(request)
        shutdown(self, request)

    server_class.process_request = process_request
    server_class.shutdown_request = shutdown_request
