"""Guessing over two workers gets what the rule allows; behind one address all honest ones get in.

A short run of `make hostile ROWS=guessing`, which sends 10,000 passwords and 500 students.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dev import cheap_passwords, databases, odoo, python_env, sample_school, server, workers
from dev.checkout import Checkout

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench" / "hostile"))

import guess

ROOT = Path(__file__).resolve().parents[2]

TRIES, STUDENTS, ALLOWED = 300, 60, 5
FIRST = 300000000
PASSWORD = "a password"  # of accounts that are made here


@pytest.fixture(scope="module")
def running():
    """A server with two workers, behind a proxy, and accounts to guess at."""
    checkout = Checkout.here()
    name = workers.database(checkout, "guessing")
    sample_school.copy(checkout, name)
    env = odoo.environment(checkout)
    beside = os.pathsep.join((env["PYTHONPATH"], str(ROOT / "bench")))
    script = ROOT / "bench" / "hostile" / "accounts.py"
    number = str(STUDENTS + 2)
    command = [str(python_env.interpreter(checkout)), str(script), name, number, PASSWORD]
    subprocess.run(command, env={**env, "PYTHONPATH": beside}, check=True, cwd=checkout.root)
    extra = ("--proxy-mode", *cheap_passwords.options(checkout))
    try:
        log = workers.log(checkout, "guessing")
        with server.running(checkout, name, log=log, workers=2, extra=extra) as found:
            yield found
    finally:
        databases.drop(checkout, name)


@pytest.mark.parametrize("addresses", [1, 200])
def test_an_account_gets_as_many_tries_as_the_rule_allows_from_however_many_addresses(
    running, addresses
):
    login = str(FIRST + (addresses > 1))
    found = guess.tries(running.port, running.database, login, TRIES, addresses)
    assert found[guess.LOOKED_AT] == ALLOWED, found
    assert found[guess.LET_IN] == 0, found
    assert found[guess.REFUSED] > 0, found


def test_honest_students_behind_one_address_all_get_in(running):
    logins = [str(FIRST + 2 + number) for number in range(STUDENTS)]
    assert guess.crowd(running.port, logins, PASSWORD) == {guess.LET_IN: STUDENTS}
