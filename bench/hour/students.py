"""Make the students of an evening in a database: ``students.py DATABASE NUMBER PASSWORD``.

All have one password, hashed once at the price of the product, and a captcha is asked for as the
product does. Jobs that come due are done before anything is measured.

With ``--drafted`` each has a draft that is saved, passwords are as cheap as servers of tests have
them (``--rounds``), and no captcha is asked of who did not fail.
"""

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from enrolling import evening
from odoo_env import environment


def arguments():
    """What the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("number", type=int)
    parser.add_argument("password")
    parser.add_argument("--drafted", action="store_true")
    parser.add_argument("--rounds", type=int, default=0)
    return parser.parse_args()


def main(asked):
    """Make them."""
    with environment(asked.database) as env:
        when = "failure" if asked.drafted else "always"
        env["ir.config_parameter"].set_param("ntue_campus_login.captcha_when", when)
        evening(env, asked.number, asked.password, rounds=asked.rounds, drafts=asked.drafted)


if __name__ == "__main__":
    main(arguments())
