"""Guessing at accounts of a running server: from one address or many, page by page or by calls.

The server is behind a proxy that says who asks; here each request says it itself.
"""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
OWN = re.compile(
    r'name="(?:csrf_token|captcha_number|login)"[^>]*|csrf_token: "[^"]*"'
    r'|data:image/png;base64,[^"]*|/web/captcha/[^"]*'
)
"""What a page has of its own visitor, or of what was typed."""

OF_THE_MOMENT = {"Date", "Set-Cookie", "Content-Length", "X-Request-ID"}

LOOKED_AT, REFUSED, LET_IN, TURNED_AWAY = "looked at", "refused", "let in", "turned away"
THREADS = 8
PATIENCE = 120
PAGE = "/web/login"


class Visitor:
    """Somebody who was never here: an address, and cookies of their own."""

    def __init__(self, port, address):
        self.port, self.address, self.cookies = port, address, {}

    def ask(self, method, path, body=None, kind=None):
        """Status, headers and text; status 0 when nothing came."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "X-Forwarded-For": self.address,
            "X-Forwarded-Host": f"127.0.0.1:{self.port}",
            "X-Forwarded-Proto": "http",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
        }
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                key, value = cookie.split(";", 1)[0].split("=", 1)
                self.cookies[key] = value
            return answer.status, answer.headers, answer.read().decode()
        except (HTTPException, OSError):
            return 0, {}, ""
        finally:
            connection.close()

    def page(self):
        """The token of the sign-in page; empty where it did not come."""
        _status, _headers, text = self.ask("GET", PAGE)
        found = TOKEN.findall(text)
        return found[0] if found else ""

    def send(self, token, login, password):
        """The answer to the sign-in page's form."""
        form = {"csrf_token": token, "login": login, "password": password}
        return self.ask("POST", PAGE, urlencode(form), "application/x-www-form-urlencoded")

    def call(self, database, login, password):
        """What a program is answered that signs in."""
        params = {"db": database, "login": login, "password": password}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params})
        status, _headers, text = self.ask(
            "POST", "/web/session/authenticate", body, "application/json"
        )
        if status != 200:
            return TURNED_AWAY
        answer = json.loads(text)
        if "error" not in answer:
            return LET_IN
        said = answer["error"].get("data", {}).get("message", "")
        # The page says for how long one has to wait, in any language.
        return REFUSED if re.search(r"\d", said) else LOOKED_AT


def together(work, rows, threads=THREADS):
    """``work`` of each row, by some threads; the results in order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, rows))


def tries(port, database, login, number, addresses):
    """How many of ``number`` wrong passwords came to what, sent from ``addresses`` in turn."""

    def one(turn):
        address = f"198.51.{100 + turn % addresses // 200}.{turn % addresses % 200 + 1}"
        return Visitor(port, address).call(database, login, f"wrong {turn}")

    return Counter(together(one, range(number)))


def crowd(port, logins, password, address="203.0.113.1"):
    """How many of ``logins`` are let in who sign in behind one address at the same time."""

    def one(login):
        visitor = Visitor(port, address)
        status, _headers, _text = visitor.send(visitor.page(), login, password)
        return LET_IN if status == 303 else f"status {status}"

    return Counter(together(one, logins, threads=20))


def answers(port, logins):
    """How the page answers each name with a wrong password, without what is the visitor's own."""

    def one(numbered):
        number, login = numbered
        visitor = Visitor(port, f"10.{number // 10000}.{number // 100 % 100}.{number % 100 + 1}")
        status, headers, text = visitor.send(visitor.page(), login, "wrong")
        kept = {key: value for key, value in headers.items() if key not in OF_THE_MOMENT}
        return status, OWN.sub("", text), json.dumps(kept), tuple(sorted(visitor.cookies))

    return Counter(together(one, enumerate(logins)))
