"""Asking over the network: how much, how long, whom; a server of our own plays the provider."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo import http
from odoo.addons.ntue_campus_login import asking
from odoo.addons.ntue_campus_login.oidc.reasons import Reason, Refused
from odoo.addons.ntue_curriculum import gate
from odoo.tests import TransactionCase, tagged

INSIDE = {"inside.example.edu": "10.0.0.5", "link.example.edu": "169.254.169.254"}


PATIENCE = 10


class Seen(list):
    """The requests that came, and the server to which they did."""

    server: ThreadingHTTPServer


class Server(BaseHTTPRequestHandler):
    seen: Seen

    def log_message(self, *_arguments):
        """Say nothing."""

    def do_GET(self):
        self.seen.append((self.path, dict(self.headers)))
        handled = getattr(self, f"at_{self.path.strip('/')}", None)
        if handled:
            handled()

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def at_good(self):
        self.answer(b'{"a": 1}')

    def at_words(self):
        self.answer(b"<html>")

    def at_deep(self):
        self.answer(b"[" * 100_000)

    def at_away(self):
        self.answer(b"{}", 302, Location="/good")

    def at_large(self):
        self.answer(b" " * (asking.MOST + 1) + b"{}")

    def at_held(self):
        """Answers when the test lets it."""
        self.server.asked.set()
        self.server.let_go.wait(PATIENCE)
        self.answer(b"{}")

    def at_slow(self):
        self.answer(b"")
        for _piece in range(40):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.02)


@contextmanager
def serving():
    handler = type("Handler", (Server,), {"seen": Seen()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.asked, server.let_go = threading.Event(), threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        handler.seen.server = server
        yield f"http://127.0.0.1:{server.server_port}", handler.seen
        server.let_go.set()
        server.shutdown()


def resolved(host, _port):
    return [(2, 1, 6, "", (INSIDE.get(host, "192.0.43.8"), 0))]


@tagged("post_install", "-at_install")
class TestAsking(TransactionCase):
    def refused(self, *arguments, **how):
        with self.assertRaises(Refused) as caught:
            asking.ask(*arguments, **how)
        return caught.exception.reason

    def test_an_answer_is_read_with_its_status_and_clock(self):
        with serving() as (url, seen):
            answer = asking.ask(f"{url}/good", localhost=True, token="t")
            self.assertEqual((answer.status, answer.value), (200, {"a": 1}))
            self.assertLess(abs(answer.clock - time.time()), 5)
            self.assertEqual(seen[0][1]["Authorization"], "Bearer t")
            for page in ("/words", "/deep"):
                self.assertIsNone(asking.ask(f"{url}{page}", localhost=True).value)

    def test_no_redirect_is_followed(self):
        with serving() as (url, seen):
            reason = self.refused(f"{url}/away", localhost=True)
            self.assertEqual(reason, Reason.ANSWER)
            self.assertEqual([path for path, _headers in seen], ["/away"])

    def test_an_answer_has_a_size_and_a_time(self):
        with serving() as (url, _seen):
            self.assertEqual(self.refused(f"{url}/large", localhost=True), Reason.ANSWER)
            with patch.object(asking, "WHOLE", 0.1):
                self.assertEqual(self.refused(f"{url}/slow", localhost=True), Reason.UNREACHABLE)

    @contextmanager
    def somebody_asks(self):
        """A visitor who has a turn at the gate and asks a provider that does not answer yet.

        Yields the provider's address and a function that counts the visitor's turns.
        """
        key, limit = ("a database", "192.0.2.1"), gate.limits()[gate.ADDRESS]
        request = type("Request", (), {"ntue_turn": (key, limit)})
        with serving() as (url, seen):

            def ask():
                with gate.turns().turn(key, limit), patch.object(http, "request", request):
                    asking.ask(f"{url}/held", localhost=True)

            thread = threading.Thread(target=ask)
            thread.start()
            self.assertTrue(seen.server.asked.wait(PATIENCE))
            yield url, lambda: gate.turns().counted(key)
            seen.server.let_go.set()
            thread.join(PATIENCE)
            self.assertEqual(gate.turns().counted(key), (0, 0))

    def test_while_the_portal_is_slow_others_of_the_same_address_are_served(self):
        with self.somebody_asks() as (_url, turns):
            self.assertEqual(turns(), (0, 0))

    def test_so_many_ask_at_a_time_and_one_more_is_refused(self):
        with patch.object(asking, "_rooms", threading.BoundedSemaphore(1)):
            with self.somebody_asks() as (url, _turns):
                self.assertEqual(self.refused(f"{url}/good", localhost=True), Reason.UNREACHABLE)
            with serving() as (url, _seen):
                self.assertEqual(asking.ask(f"{url}/good", localhost=True).status, 200)

    def test_all_that_one_sign_in_asks_has_one_time(self):
        with serving() as (url, _seen), patch.object(asking, "WHOLE", 0.2), asking.conversation():
            self.assertEqual(asking.ask(f"{url}/good", localhost=True).status, 200)
            time.sleep(0.2)
            self.assertEqual(self.refused(f"{url}/good", localhost=True), Reason.UNREACHABLE)

    def test_who_gives_no_answer_is_told_as_such(self):
        with serving() as (url, _seen):
            gone = url
        self.assertEqual(self.refused(f"{gone}/good", localhost=True), Reason.UNREACHABLE)

    def test_this_machine_and_plain_http_are_not_asked(self):
        for address in ("http://127.0.0.1:1/", "https://127.0.0.1/", "http://portal.example.edu/"):
            self.assertEqual(self.refused(address), Reason.ADDRESS)

    def test_a_provider_out_in_the_world_names_no_machine_inside(self):
        portal = "https://portal.example.edu"
        with patch.object(asking.socket, "getaddrinfo", resolved):
            for host in INSIDE:
                reason = self.refused(f"https://{host}/keys", issuer=portal)
                self.assertEqual(reason, Reason.ADDRESS)
            asking._check_outside("https://other.example.edu/", portal)
            asking._check_outside("https://inside.example.edu/", "https://inside.example.edu")
            asking._check_outside("https://link.example.edu/", "https://inside.example.edu")
