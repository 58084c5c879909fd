"""A registrar passes 300 clean applications in one action: looked at first, then one by one.

The applications are those of the browser test, on the sample school. Timed are the summary
that the registrar is shown and the cron's work after the click, each application committed
by itself with its event.
"""

import contextlib
import io
import os
import sys
import time
from pathlib import Path

from odoo_env import environment
from rows import row

COUNT = 300
SCRIPT = Path(__file__).parent.parent / "tests" / "e2e" / "scripts" / "clean_students.py"


def applications(env):
    """``COUNT`` applications that passed first review and lack nothing, as the registrar's."""
    os.environ.update(FIRST="1", COUNT=str(COUNT), STAND="first_passed")
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(SCRIPT.read_text(), SCRIPT, "exec"), {"env": env})  # noqa: S102  # our own
    env.invalidate_all()
    registrar = env["res.users"].search([("login", "=", "registrar.day")])
    model = env["ntue.graduation.application"].with_user(registrar)
    return model.search([("step", "=", "second")])


def timed(env, call):
    """What ``call`` returns, and its seconds an application."""
    env.flush_all()
    env.invalidate_all()
    started = time.perf_counter()
    result = call()
    env.cr.commit()
    return result, (time.perf_counter() - started) / COUNT


def main(database):
    """Fill the database and print the rows."""
    with environment(database) as env:
        found = applications(env)
        assert len(found) == COUNT
        action, looked = timed(env, found.action_prepare_bulk)
        bulk = env["ntue.graduation.bulk"].browse(action["res_id"])
        assert bulk.ready == COUNT
        bulk.with_user(bulk.requested_by_id).action_start()
        _nothing, passed = timed(env, bulk._run_due)
        bulk.invalidate_recordset()
        assert bulk.done == COUNT
        row(f"{COUNT} clean applications, summary of what would pass", f"{looked:.4f} s each")
        row(f"{COUNT} clean applications, second review passed", f"{passed:.4f} s each")


if __name__ == "__main__":
    main(*sys.argv[1:])
