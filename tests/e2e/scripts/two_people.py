"""For the scripts beside this one: two people do something in two transactions at once.

The first has done it and not committed when the second begins, who has seen the database before.
"""

import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from psycopg2.errors import SerializationFailure


def user(env, login):
    return env["res.users"].search([("login", "=", login)])


def by(record, login, method, *args, **named):
    """A function of an environment: the call of this person."""
    name, number, account = record._name, record.ids, user(record.env, login).id

    def call(there):
        return getattr(there[name].browse(number).with_user(account), method)(*args, **named)

    return call


def waits(env, thread, cursor):
    """Whether what the thread does in ``cursor`` has to wait, and not just goes on to its end."""
    number = cursor.connection.info.backend_pid
    while thread.is_alive():
        env.cr.execute("SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [number])
        if env.cr.rowcount:
            return True
        time.sleep(0.02)
    return False


def begin(first, there):
    """Do it without committing; again where a cron of the server was at the same record."""
    for _attempt in range(5):
        try:
            first(there)
            return there.cr.flush()  # as ``retrying`` does before it commits
        except SerializationFailure:
            there.cr.rollback()
            there.transaction.reset()
    raise AssertionError("A cron is at it all the time.")


def at_once(env, first, second):
    """Both are functions of an environment; what ``second`` was told, and whether it waited."""
    env.cr.commit()
    told, registry = {}, Registry(env.cr.dbname)
    with registry.cursor() as one, registry.cursor() as other:
        mine, theirs = (api.Environment(cr, SUPERUSER_ID, {}) for cr in (one, other))
        theirs["ntue.term"].search_count([])  # its picture of the database is taken here
        begin(first, mine)

        def attempt():
            try:
                retrying(lambda: second(theirs), theirs)
                told["second"] = "done"
            except UserError as error:
                other.rollback()  # as a request that ends with an error
                told["second"] = str(error)

        thread = threading.Thread(target=attempt)
        thread.start()
        told["waited"] = waits(env, thread, other)
        one.commit()
        thread.join()
    env.cr.rollback()
    env.invalidate_all()
    return told
