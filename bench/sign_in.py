"""Signing in: how many in a second, and whether time tells who has an account.

Passwords are hashed as the product does. Known and unknown names are asked for in turn, each once
and each from an address of its own, with a wrong password; the page is fetched before.
"""

import os
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.append(str(Path(__file__).parent / "hostile"))

from accounts import names
from guess import Visitor
from rows import row

EACH = int(os.environ.get("EACH", "100"))
GOOD = 20
OVERLAP = 0.75
"""One less the largest distance of two distributions: of 100 drawn from one and the same it is
above this in 95 of 100 runs."""


def visitor(port, number):
    """Somebody at an address of their own, with the page before them."""
    found = Visitor(port, f"10.1.{number // 200}.{number % 200 + 1}")
    return found, found.page()


def seconds(port, number, login, password, status):
    """How long the answer takes to the page's form."""
    someone, token = visitor(port, number)
    began = perf_counter()
    answer, _headers, _text = someone.send(token, login, password)
    taken = perf_counter() - began
    assert answer == status, f"{login} is answered {answer}"
    return taken


def overlap(one, other):
    """1 where two lists are alike, 0 where the longest of one is shorter than all of the other."""

    def share(times, limit):
        return sum(value <= limit for value in times) / len(times)

    return 1 - max(abs(share(one, limit) - share(other, limit)) for limit in (*one, *other))


def said(times):
    """Median and the middle 90 of 100, in milliseconds."""
    cut = quantiles(times, n=20)
    return f"{median(times) * 1000:.0f} ms ({cut[0] * 1000:.0f}-{cut[-1] * 1000:.0f})"


def main(port, password):
    """Print the rows."""
    port, logins = int(port), names(EACH + GOOD)
    for number in range(3):
        seconds(port, number, f"warm{number}", "wrong", 200)
    good = [
        seconds(port, 1000 + number, login, password, 303)
        for number, login in enumerate(logins[EACH:])
    ]
    row("sign-ins per second per core", f"{1 / (sum(good) / len(good)):.1f}")
    known, unknown = [], []
    for number, login in enumerate(logins[:EACH]):
        known.append(seconds(port, 2000 + number, login, "wrong", 200))
        unknown.append(seconds(port, 4000 + number, f"9{login[1:]}", "wrong", 200))
    row(f"wrong password, {EACH} known names: median (5-95 %)", said(known))
    row(f"wrong password, {EACH} unknown names: median (5-95 %)", said(unknown))
    both = overlap(known, unknown)
    row("  overlap of the two distributions", f"{both:.2f}", f">= {OVERLAP}", f"{both:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
