"""Enumeration at the page for a forgotten password and at Odoo's page for a new one.

A thousand requests of people who are known and a thousand of people who are not, in an order that
is drawn, in a session of their own each: answers are compared and their times laid beside each
other.
"""

import random
import re
import sys

import requests
from distinguishing import comparable, rows_of, timed
from forgotten_data import PEOPLE, login, mailbox, number

from dev import captcha
from dev.checkout import Checkout

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def form(url, path, **fields):
    """The answer to a sent form and its milliseconds; the page before it is not timed."""
    session = requests.Session()
    session.trust_env = False
    page = session.get(url + path, timeout=60).text
    answers = captcha.answered(Checkout.here(), session.cookies["session_id"], page)
    data = {"csrf_token": TOKEN.search(page)[1], **answers, **fields}
    return timed(lambda: session.post(url + path, data, timeout=60))


def forgotten(url, seed, is_known):
    """The number of somebody known, or another one with the same mailbox, or nobody's mailbox."""
    whose = seed if is_known or seed % 2 else PEOPLE + seed
    text = number(seed if is_known else 10 * PEOPLE + seed)
    answer, time = form(url, "/web/forgotten", national_id=text, mailbox=mailbox(whose))
    return comparable(answer), time


def reset(url, seed, is_known):
    """Odoo's page, asked for a login that is there or is not."""
    text = login(seed if is_known else PEOPLE + seed)
    answer, time = form(url, "/web/reset_password", login=text)
    return comparable(answer, text), time


def main(url):
    """Ask for all of them and print the rows."""
    for what, ask in (("forgotten password", forgotten), ("Odoo's reset page", reset)):
        tries = [(seed, is_known) for seed in range(PEOPLE) for is_known in (True, False)]
        random.Random(what).shuffle(tries)
        for warm_up in range(5):
            ask(url, PEOPLE * 5 + warm_up, False)
        found = {True: [], False: []}
        for seed, is_known in tries:
            found[is_known].append(ask(url, seed, is_known))
        rows_of(what, found[True], found[False])


if __name__ == "__main__":
    main(*sys.argv[1:])
