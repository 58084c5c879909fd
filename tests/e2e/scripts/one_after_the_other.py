"""Run in Odoo's shell: run the scripts that come over a socket, each in a new transaction.

Environment: SCRIPTS_SOCKET is the socket. Every message is a script's path and its environment
variables; the answer is whether it went well, and what it printed or its traceback. A script may
import what lies beside it.
"""

import io
import os
import sys
import traceback
from contextlib import redirect_stdout
from multiprocessing.connection import Client
from pathlib import Path

from odoo import SUPERUSER_ID, api

registry = env.registry  # noqa: F821
connection = Client(os.environ["SCRIPTS_SOCKET"], "AF_UNIX")
sys.path.append("tests/e2e/scripts")  # of the checkout, where the shell is started


def answer(script, values):
    """Run one script; what it printed."""
    outside = dict(os.environ)
    os.environ.update(values)
    printed = io.StringIO()
    try:
        registry.check_signaling()
        with registry.cursor() as cr, redirect_stdout(printed):
            names = {"__name__": "__main__", "env": api.Environment(cr, SUPERUSER_ID, {})}
            exec(compile(Path(script).read_text(), script, "exec"), names)  # noqa: S102
        registry.signal_changes()
    finally:
        os.environ.clear()
        os.environ.update(outside)
    return printed.getvalue()


while True:
    try:
        script, values = connection.recv()
    except EOFError:
        break
    try:
        connection.send((True, answer(script, values)))
    except Exception:
        connection.send((False, traceback.format_exc()))
