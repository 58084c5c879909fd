"""Every route × every role × odd values: no fault of the server, and nobody else's data."""

import json
import os
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import odd
from browser import Browser
from rows_kept import Rows

EACH = int(os.environ.get("EACH", "16"))
"""Odd requests to one route by one role."""

LEFT_OUT = (
    "/websocket",
    "/web/session/logout",
    "/web/session/destroy",
    "/web/tests",
    "/discuss/gif/",
    "/html_editor/media_library_search",
    "/html_editor/save_library_media",
    "/html_editor/generate_text",
    "/web_editor/media_library_search",
    "/web_editor/save_library_media",
    "/web_editor/generate_text",
    "/mail/message/translate",
)
"""What ends the session by design or keeps the connection, pages for Odoo's own tests, and what
asks a service elsewhere, which nobody attacks from here."""


class Attack:
    """One role's requests to all routes."""

    def __init__(self, port, notes, role):
        self.role, self.notes = role, notes
        login = notes["roles"].get(role, "")
        self.browser = Browser(port, login, notes["passwords"].get(login, ""))
        self.rng = random.Random(role)
        self.ids = sorted({one for ids in notes["ids"].values() for one in ids})
        self.hidden = [mark.encode() for mark in notes["hidden"][role]]
        self.statuses, self.faults, self.seen, self.again = Counter(), [], [], 0

    def run(self):
        for route in self.notes["routes"]:
            if route["rule"].startswith(LEFT_OUT):
                continue
            for _ in range(EACH):
                self.one(route)
            if self.role != "visitor" and not self.browser.is_in():
                self.again += 1
                self.browser.enter()
        return self

    def one(self, route):
        made = odd.request(self.rng, route, self.browser.token, self.ids, self.notes["reports"])
        method, address, body, kind = made
        answer = self.browser.ask(method, address, body=body, kind=kind)
        self.statuses[answer.status] += 1
        where = f"{self.role}: {method} {address[:150]} {(body or b'')[:200]!r}"
        if answer.status >= 500 or answer.status == 0:
            self.faults.append(f"{answer.status or answer.headers} {where}")
        shown = [mark for mark in self.hidden if mark in answer.body]
        if shown:
            self.seen.append(f"{shown[0].decode()} in {where}")


def main(url, notes, _pid):
    notes = json.loads(Path(notes).read_text())
    port = urlsplit(url).port
    began = perf_counter()
    roles = ("visitor", *(role for role in notes["roles"] if role != "other"))
    attacks = [Attack(port, notes, role) for role in roles]
    with ThreadPoolExecutor(len(attacks)) as threads:
        list(threads.map(Attack.run, attacks))
    rows = Rows()
    for attack in attacks:
        counts = ", ".join(f"{key}: {n}" for key, n in sorted(attack.statuses.items()))
        rows.say(f"  {attack.role}", counts)
        for line in (*attack.faults[:15], *attack.seen[:15]):
            print(f"    {line}")
    sent = sum(sum(attack.statuses.values()) for attack in attacks)
    rows.say(
        f"odd requests to {len(notes['routes'])} routes by {len(attacks)} roles",
        f"{sent} in {perf_counter() - began:.0f} s",
    )
    rows.at_most("  answered by a fault of the server", sum(len(a.faults) for a in attacks), 0)
    rows.at_most("  with somebody else's data", sum(len(a.seen) for a in attacks), 0)
    rows.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
