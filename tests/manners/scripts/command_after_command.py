"""Run as a program: do what comes line by line on standard input, all in this one process.

A line is a list in JSON: environment variables, "command", "script" or "forget", and arguments. A
command is one of Odoo's with its arguments; a script is a file that is run with ``env`` on a
database, as in Odoo's shell; of a database that is forgotten nothing stays loaded. The answer is a
line too: the exit code, and what was printed. Connections are closed each time, so that a database
may be replaced in between.
"""

import io
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from odoo import SUPERUSER_ID, api, sql_db
from odoo.cli.command import find_command
from odoo.modules.registry import Registry


def command(name, *arguments):
    find_command(name)().run(list(arguments))


def script(database, path):
    with Registry(database).cursor() as cr:
        names = {"env": api.Environment(cr, SUPERUSER_ID, {})}
        exec(compile(Path(path).read_text(), path, "exec"), names)  # noqa: S102


def code_of(work, arguments):
    """The exit code that a process of its own would end with."""
    try:
        work(*arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def done(environ, kind, *arguments):
    """Do it with ``environ`` around it; ``[code, said]``."""
    outside, said = dict(os.environ), io.StringIO()
    os.environ.update(environ)
    for registry in Registry.registries.values():
        registry.clear_all_caches()  # another process may have changed what they hold
    try:
        with redirect_stdout(said):
            work = {"command": command, "script": script, "forget": Registry.delete}[kind]
            return [code_of(work, arguments), said.getvalue()]
    finally:
        sql_db.close_all()
        os.environ.clear()
        os.environ.update(outside)


for line in sys.stdin:
    print(json.dumps(done(*json.loads(line))), flush=True)
