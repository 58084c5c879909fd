"""One student asks for everything, so often a second, with many connections; a process of its own.

Requests are offered by the clock, whether or not the earlier ones are answered. Prints what they
came to as JSON.
"""

import asyncio
import json
import random
import resource
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import odd
from browser import Browser

PREPARED = 3000
OPEN = 3000
"""Connections that one machine of an attacker keeps; what would need more is not sent."""

PATIENCE = 60

AT = "127.0.0.2"
"""The attacker's machine is another one than that of who is measured."""

FORM = "application/x-www-form-urlencoded"

PAGES = (
    "/my",
    "/my/progress",
    "/my/progress/what-if?tick=1&tick=2&plan=3&plan=4",
    "/my/progress/sheet",
    "/my/graduation",
    "/my/profile",
    "/my/security",
)


def packed(method, address, cookie, body=None, kind=None):
    """The bytes of a request."""
    lines = [f"{method} {quote(address, safe='/?&=%+,:;@')} HTTP/1.1", "Host: 127.0.0.1"]
    lines.append("Connection: close")
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body is not None:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def large(rng, cookie, token):
    """A request as large as it may be, or larger; with a session and without."""
    nested = json.dumps({"params": {"domain": [["id", "in", list(range(120_000))]]}}).encode()
    search = json.dumps({"jsonrpc": "2.0", "id": 1, "params": {
        "model": rng.choice(("ntue.student", "ntue.course", "ntue.enrollment", "res.country")),
        "method": "search_read", "args": [], "kwargs": {},
    }}).encode()  # fmt: skip
    remote = json.dumps({"params": {"service": "common", "args": [{}] * 250_000}}).encode()
    fields = "&".join(f"f{number}=1" for number in range(28_000)).encode()
    texts = f"csrf_token={token}&phone=".encode() + b"1" * 250_000
    return rng.choice(
        (
            packed("POST", "/web/dataset/call_kw", cookie, search, "application/json"),
            packed("POST", "/web/dataset/call_kw", cookie, search, "application/json"),
            packed("POST", "/web/dataset/call_kw", cookie, nested, "application/json"),
            packed("POST", "/my/profile", cookie, texts, FORM),
            packed("POST", "/my/profile", cookie, fields, FORM),
            packed("POST", "/my/profile", cookie, b"x=" + b"1" * 5_000_000, FORM),
            packed("POST", "/jsonrpc", "", remote, "application/json"),
            packed("POST", "/web/login", "", b"login=a&password=" + b"1" * 200_000, FORM),
            packed("GET", "/my/progress/what-if?" + "tick=1&" * 8000, cookie),
            packed("GET", "/my?" + "x" * 70_000, cookie),
        )
    )


def requests(notes, browser):
    """What is offered, made beforehand: half of it pages, a third odd, the rest large."""
    rng = random.Random("flood")
    cookie = "; ".join(f"{key}={text}" for key, text in browser.cookies.items())
    ids = sorted({one for found in notes["ids"].values() for one in found})
    routes = [
        route
        for route in notes["routes"]
        if not route["rule"].startswith(("/web/session/", "/web/tests"))
    ]
    made = []
    for number in range(PREPARED):
        if number % 2:
            made.append(packed("GET", rng.choice(PAGES), cookie))
        elif number % 6:
            method, address, body, kind = odd.request(
                rng, rng.choice(routes), browser.token, ids, notes["reports"]
            )
            made.append(packed(method, address, rng.choice((cookie, cookie, "")), body, kind))
        elif number % 18:
            made.append(packed("GET", rng.choice(("/web/login", "/", "/my")), ""))
        else:
            made.append(large(rng, cookie, browser.token))
    return made


class Flood:
    def __init__(self, port):
        self.port, self.open = port, 0
        self.came = Counter()

    async def one(self, data):
        """Offer one request; note its status."""
        if self.open >= OPEN:
            self.came["not sent"] += 1
            return
        self.open += 1
        try:
            async with asyncio.timeout(PATIENCE):
                self.came[await self.status(data)] += 1
        except TimeoutError:
            self.came["no answer"] += 1
        except OSError as error:
            self.came[type(error).__name__] += 1
        finally:
            self.open -= 1

    async def status(self, data):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(AT, 0))
        try:
            writer.write(data)
            head = await reader.read(65536)
            while await reader.read(65536):
                pass
            return head[9:12].decode(errors="replace") or "closed"
        finally:
            writer.close()

    async def run(self, made, rate, seconds):
        loop = asyncio.get_running_loop()
        began, sent, tasks = loop.time(), 0, set()
        while (passed := loop.time() - began) < seconds:
            while sent < passed * rate:
                task = loop.create_task(self.one(made[sent % len(made)]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                sent += 1
            await asyncio.sleep(0.005)
        offered = sent / (loop.time() - began)
        await asyncio.wait(tasks or {loop.create_task(asyncio.sleep(0))}, timeout=PATIENCE)
        return offered


def main(port, notes, rate, seconds):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, OPEN + 100), hard), hard))
    notes = json.loads(Path(notes).read_text())
    login = notes["roles"]["student"]
    made = requests(notes, Browser(int(port), login, notes["passwords"][login]))
    print("ready", flush=True)
    sys.stdin.readline()
    flood = Flood(int(port))
    offered = asyncio.run(flood.run(made, float(rate), float(seconds)))
    print(json.dumps({"offered": offered, "came": dict(flood.came)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
