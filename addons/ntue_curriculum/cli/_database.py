"""What the addon's shell commands share: a database to work on, and plain words on failure."""

import os
import sys
from contextlib import closing, contextmanager

import psycopg2
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config
from odoo.tools.sql import table_exists

ADDON = "ntue_curriculum"
LANGUAGE = "zh_TW"
"""What operators read, whatever the shell's own language, if the database has it."""


class CommandError(Exception):
    """What a command cannot do, in one sentence that says what to do next."""


def add_arguments(parser):
    """The options that name the database; every other one is Odoo's own."""
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", help="name of the database")
    parser.epilog = "Other options, as --db_host, are passed on to Odoo."


def say(line=""):
    """Print a line to standard output at once; no terminal is too plain for Chinese."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(f"{line}\n".encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


@contextmanager
def command(parser, parsed, rest):
    """Set Odoo up and yield an environment; a failure is one sentence and exit code 1.

    Whatever a command writes is about students: only the user who runs it may read it.
    """
    os.umask(0o077)
    arguments = ["--no-http", "--log-level=warn", *rest]
    if parsed.config:
        arguments += ["-c", parsed.config]
    if parsed.database:
        arguments += ["-d", parsed.database]
    config.parse_config(arguments, setup_logging=True)
    names = config["db_name"]
    if len(names) != 1:
        parser.error("Name one database with -d.")
    try:
        _require_addon(names[0])
        with closing(Registry(names[0]).cursor()) as cr:
            yield _environment(cr)
    except (CommandError, UserError, OSError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted. Nothing was changed.")


def _require_addon(name):
    """Raise unless ``name`` is a database of Odoo in which the addon is installed."""
    try:
        with closing(db_connect(name).cursor()) as cr:
            if not table_exists(cr, "ir_module_module"):
                raise CommandError(f"Database “{name}” is not one of Odoo. Name another with -d.")
            cr.execute("SELECT state FROM ir_module_module WHERE name = %s", [ADDON])
            state = cr.fetchone()
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(
            f"Database “{name}” cannot be opened ({reason}). Name another with -d."
        ) from error
    if not state or state[0] != "installed":
        raise CommandError(
            f"The addon {ADDON} is not installed in database “{name}”. "
            f"Install it first: odoo -d {name} -i {ADDON} --stop-after-init"
        )


def _environment(cr):
    env = api.Environment(cr, SUPERUSER_ID, {})
    if env["res.lang"]._get_data(code=LANGUAGE):
        env = env(context={"lang": LANGUAGE})
    return env
