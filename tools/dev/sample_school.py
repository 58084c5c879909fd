"""Databases with the sample school in them and a sign-in for everybody.

Importing it takes ten seconds, so it is done once and copied.  The sample's window is moved around
today, therefore the original is made again every day.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dev import cheap_passwords, console, databases, odoo, shell, tasks
from dev.checkout import Checkout
from dev.product import SAMPLES

USERS_SCRIPT = "tools/demo_users.py"
"""Run in Odoo's shell; prints `role<TAB>login<TAB>password` lines between the two markers."""

BEGIN, END = "=== sign-ins", "=== end of sign-ins"

TAIPEI = timedelta(hours=8)

NO_CODE = {"NTUE_CAPTCHA_WHEN": "failure"}
"""In copies a program signs in, which reads no picture: it is asked for a code only after it
failed. The demo asks everybody, as the product does."""


def digest(checkout: Checkout) -> str:
    """Return a digest of the sample's files."""
    return databases.folder_digest(checkout.root / SAMPLES)


def users_digest(checkout: Checkout) -> str:
    """Return a digest of what makes the sign-ins."""
    return databases.digest((checkout.root / USERS_SCRIPT).read_bytes(), digest(checkout))


def sign_ins(output: str) -> list[list[str]]:
    """Return the role, login and password of each line that the script printed."""
    lines = output.split(BEGIN, 1)[-1].split(END, 1)[0].splitlines()
    return [line.split("\t") for line in lines if line.count("\t") == 2]


def add(checkout: Checkout, name: str) -> None:
    """Import the sample school into the database `name`."""
    folder = str(checkout.root / SAMPLES)
    odoo.run(checkout, "Importing the samples", "ntue_import", "-d", name, folder)


def add_sign_ins(checkout: Checkout, name: str, options: Sequence[str] = ()) -> list[list[str]]:
    """Give everybody in `name` a sign-in and open the window; role, login and password of each.

    `options` are further options of Odoo's shell.
    """
    script = checkout.root / USERS_SCRIPT
    shell_command = ("shell", "--database", name, "--no-http", *options)
    output = odoo.run(checkout, "Making the sign-ins", *shell_command, script=script)
    found = sign_ins(output)
    if not found:
        raise shell.explain("Making the sign-ins", output, checkout.log("odoo-runs"))
    return found


def _original_name(checkout: Checkout) -> str:
    day = (datetime.now(UTC) + TAIPEI).date().isoformat()
    made_of = (databases.ready_name(checkout), users_digest(checkout), day)
    return databases.own_name(checkout, f"sample_{databases.digest(*made_of)}")


def _original(checkout: Checkout, progress: console.Progress) -> str:
    """Return the name of the database that copies are made of, building it if needed."""
    name = _original_name(checkout)
    if databases.exists(checkout, name):
        return name
    for old in databases.names(checkout, databases.own_name(checkout, "sample_")):
        databases.drop(checkout, old)
    part = databases.own_name(checkout, "part_sample")
    databases.fresh(checkout, part, progress)
    progress(f"importing {SAMPLES}")
    add(checkout, part)
    progress("making a user for each role")
    quiet = replace(checkout, environ={**checkout.environ, **NO_CODE})
    made = add_sign_ins(quiet, part, cheap_passwords.options(checkout))
    databases.write_note(checkout, part, json.dumps(made))
    databases.rename(checkout, part, name)
    return name


def prepare(checkout: Checkout, progress: console.Progress) -> None:
    """Build what `copy` copies from."""
    with tasks.locked(checkout, databases.SAMPLE_LOCK):
        _original(checkout, progress)


def ready(checkout: Checkout) -> bool:
    """Tell whether `copy` has what it copies from."""
    return databases.exists(checkout, _original_name(checkout))


TASK = tasks.Task("Sample school", ready, prepare)


def copy(checkout: Checkout, name: str) -> dict[str, str]:
    """Make `name` a new database with the sample school; return passwords by sign-in."""
    with tasks.locked(checkout, databases.SAMPLE_LOCK):
        original = _original(checkout, console.ProgressLine())
        databases.copy(checkout, original, databases.check_name(name))
    rows = json.loads(databases.note(checkout, original))
    return {login: password for _role, login, password in rows}
