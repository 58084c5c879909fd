"""Accounts to guess at: as many as are asked for, all with one password.

``accounts.py DATABASE NUMBER PASSWORD [ROUNDS]`` prints nothing; the names are those of `names`.
Without ROUNDS the password is hashed as Odoo does. A server that hashes in fewer needs it hashed in
as many, or it hashes anew at each account's first sign-in.
"""

import sys

from odoo.addons.base.models import res_users
from odoo_env import environment

FIRST = 300000000


def names(number):
    """The names of so many accounts."""
    return [str(FIRST + place) for place in range(number)]


def main(database, number, password, rounds=None):
    """Make them; hashing once is enough, since nobody looks at the salt here."""
    with environment(database) as env:
        users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
        portal = [(6, 0, env.ref("base.group_portal").ids)]
        made = users.create(
            [
                {"login": login, "name": f"Student {login}", "group_ids": portal}
                for login in names(int(number))
            ]
        )
        env.flush_all()
        if rounds:
            res_users.MIN_ROUNDS = int(rounds)
        hashed = users._crypt_context().hash(password)
        env.cr.execute("UPDATE res_users SET password = %s WHERE id IN %s", (hashed, made._ids))
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
