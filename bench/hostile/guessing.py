"""Guessing over two workers: what the rule allows and no more, and nobody else is locked out.

The servers hash in one round here: how many sign in a second says `make bench ROWS=sign_in`.
"""

import os
import sys
from time import perf_counter

from accounts import names
from guess import LET_IN, LOOKED_AT, answers, crowd, tries
from rows_kept import Rows

TRIES = int(os.environ.get("TRIES", "10000"))
STUDENTS = int(os.environ.get("STUDENTS", "500"))
NAMES = int(os.environ.get("NAMES", "1000"))
SECONDS = 60
"""In which as many students as are here are let in."""
ALLOWED = 5
"""Wrong passwords that are looked at before an account waits."""


def main(port, database, password):
    """Print the rows; leave with 1 when a bar is missed."""
    port, rows = int(port), Rows()
    one, many, *students = names(STUDENTS + NAMES + 2)
    for login, addresses in ((one, 1), (many, 200)):
        found = tries(port, database, login, TRIES, addresses)
        what = f"looked at of {TRIES} wrong passwords, {addresses} addresses"
        rows.at_most(what, found[LOOKED_AT] + found[LET_IN], ALLOWED)
    began = perf_counter()
    found = crowd(port, students[:STUDENTS], password)
    kept_out = STUDENTS - found[LET_IN]
    rows.at_most(f"kept out of {STUDENTS} students behind one address", kept_out, 0)
    rows.at_most("  they were let in within", round(perf_counter() - began), SECONDS, "s")
    known = answers(port, students[STUDENTS:])
    unknown = answers(port, [f"9{login[1:]}" for login in students[STUDENTS:]])
    apart = set(known) ^ set(unknown)
    rows.at_most(f"answers that tell {NAMES} known from {NAMES} unknown", len(apart), 0)
    rows.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
