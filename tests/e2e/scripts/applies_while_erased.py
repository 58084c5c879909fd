"""Run in Odoo's shell: a student applies in one transaction while another one erases her data.

Environment: NUMBER is the student's record; FIRST who begins ("student", "eraser"); BY what erases
("job", "registrar"). Prints whether the second had to wait, what is left and what the student was
told, as JSON on the last line.
"""

import json
import os
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.service.model import retrying

NUMBER, FIRST, BY = int(os.environ["NUMBER"]), os.environ["FIRST"], os.environ["BY"]
PATIENCE = 60
WAITING = "SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted"

env = env(context={})  # noqa: F821
student = env["ntue.student"].browse(NUMBER)
account = student.partner_id.user_ids
registrar = env["res.users"].search([("login", "=", "registrar.day")])
told = {"waited": False, "student": ""}
stop, go_on = threading.Event(), threading.Event()


def applies(there):
    record = there["ntue.student"].with_user(account.id).browse(NUMBER)
    record._start_application()
    there.flush_all()


def erases(there):
    if BY == "registrar":
        there["ntue.student"].with_user(registrar.id).browse(NUMBER)._erase("contacts", "Asked for")
        there.flush_all()
    else:
        there["ntue.retention"]._run_kind("contacts", 10)


def due_now(self, kind):
    """Of this student alone, whose time is over."""
    needed = self.env["ntue.student"]._needed()
    return Domain("id", "=", NUMBER) & Domain("id", "not in", needed.ids) & kind.domain


def pausing(erase):
    """What erases, and stops before its transaction ends."""

    def erase_and_stop(self):
        erase(self)
        self.env.flush_all()
        if FIRST == "eraser" and not stop.is_set():
            stop.set()
            go_on.wait(PATIENCE)

    return erase_and_stop


def in_own_transaction(work, pids, *, begun=None):
    """``work`` in a transaction of a thread; ``begun`` is waited for once it has seen something."""

    def run():
        with Registry(env.cr.dbname).cursor() as cr:
            there = api.Environment(cr, SUPERUSER_ID, {})
            pids.append(cr.connection.get_backend_pid())
            if work is applies:
                there["res.users"].browse(account.id).read(["login"])
            if begun:
                begun.wait(PATIENCE)
            try:
                retrying(lambda: work(there), there)
            except (AccessError, UserError) as error:
                if work is applies:
                    told["student"] = str(error)
                else:
                    told["eraser"] = str(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def until_it_waits(pids, thread):
    """Whether the other one waits for a lock before it ends."""
    while thread.is_alive():
        if pids:
            env.cr.execute(WAITING, [pids[0]])
            if env.cr.fetchone()[0]:
                return True
    return False


cls = type(env["ntue.student"])
# Who may apply is enrolled, and a registrar erases nobody who is: that is no question here.
needed = (lambda _student: []) if BY == "registrar" else cls._is_needed
with (
    patch.object(cls, "_is_needed", needed),
    patch.object(type(env["ntue.retention"]), "_due_now", due_now),
    patch.object(cls, "_erase_contacts", pausing(cls._erase_contacts)),
):
    pids = []
    if FIRST == "student":
        with Registry(env.cr.dbname).cursor() as one:
            applies(api.Environment(one, SUPERUSER_ID, {}))
            thread = in_own_transaction(erases, pids)
            told["waited"] = until_it_waits(pids, thread)
            one.commit()
        thread.join()
    else:
        eraser = in_own_transaction(erases, [])
        thread = in_own_transaction(applies, pids, begun=stop)
        stop.wait(PATIENCE)
        told["waited"] = until_it_waits(pids, thread)
        go_on.set()
        eraser.join()
        thread.join()

env.cr.rollback()
env.invalidate_all()
application = env["ntue.graduation.application"].search([("student_id", "=", NUMBER)])
told["applications"] = application.mapped("state")
told["email"] = bool(student.email)
told["account"] = account.with_context(active_test=False).active
print("\n" + json.dumps(told, ensure_ascii=False))
