"""Databases with the sample school in them and a sign-in for everybody.

Importing it takes ten seconds, so it is done once and copied.  The sample's window is moved around
today, therefore the original is made anew every day.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from house import cheap_passwords, databases, odoo, say, shell, steps
from house.place import Place
from house.product import SAMPLES

USERS_SCRIPT = "tools/demo_users.py"
"""Run in Odoo's shell; prints `role<TAB>login<TAB>password` lines between the two markers."""

BEGIN, END = "=== sign-ins", "=== end of sign-ins"

TAIPEI = timedelta(hours=8)

NO_CODE = {"NTUE_CAPTCHA_WHEN": "failure"}
"""In copies a program signs in, which reads no picture: it is asked for a code only after it
failed. The demo asks everybody, as the product does."""


def digest(place: Place) -> str:
    """Return a digest of the sample's files."""
    return databases.folder_digest(place.root / SAMPLES)


def users_digest(place: Place) -> str:
    """Return a digest of what makes the sign-ins."""
    return databases.digest((place.root / USERS_SCRIPT).read_bytes(), digest(place))


def sign_ins(output: str) -> list[list[str]]:
    """Return the role, login and password of each line that the script printed."""
    lines = output.split(BEGIN, 1)[-1].split(END, 1)[0].splitlines()
    return [line.split("\t") for line in lines if line.count("\t") == 2]


def add(place: Place, name: str) -> None:
    """Import the sample school into the database `name`."""
    folder = str(place.root / SAMPLES)
    odoo.run(place, "Importing the samples", "ntue_import", "-d", name, folder)


def add_sign_ins(place: Place, name: str, options: Sequence[str] = ()) -> list[list[str]]:
    """Give everybody in `name` a sign-in and open the window; role, login and password of each.

    `options` are further options of Odoo's shell.
    """
    script = place.root / USERS_SCRIPT
    shell_command = ("shell", "--database", name, "--no-http", *options)
    output = odoo.run(place, "Making the sign-ins", *shell_command, script=script)
    found = sign_ins(output)
    if not found:
        raise shell.explain("Making the sign-ins", output, place.log("odoo-runs"))
    return found


def _original_name(place: Place) -> str:
    day = (datetime.now(UTC) + TAIPEI).date().isoformat()
    made_of = (databases.ready_name(place), users_digest(place), day)
    return databases.house_name(place, f"sample_{databases.digest(*made_of)}")


def _original(place: Place, tell: say.Tell) -> str:
    """Return the name of the database that copies are made of, building it if needed."""
    name = _original_name(place)
    if databases.exists(place, name):
        return name
    for old in databases.names(place, databases.house_name(place, "sample_")):
        databases.drop(place, old)
    part = databases.house_name(place, "part_sample")
    databases.fresh(place, part, tell)
    tell(f"importing {SAMPLES}")
    add(place, part)
    tell("making a user for each role")
    quiet = replace(place, environ={**place.environ, **NO_CODE})
    made = add_sign_ins(quiet, part, cheap_passwords.options(place))
    databases.write_note(place, part, json.dumps(made))
    databases.rename(place, part, name)
    return name


def prepare(place: Place, tell: say.Tell) -> None:
    """Build what `copy` copies from."""
    with steps.locked(place, databases.SAMPLE_LOCK):
        _original(place, tell)


def ready(place: Place) -> bool:
    """Tell whether `copy` has what it copies from."""
    return databases.exists(place, _original_name(place))


STEP = steps.Step("Sample school", ready, prepare)


def copy(place: Place, name: str) -> dict[str, str]:
    """Make `name` a new database with the sample school; return passwords by sign-in."""
    with steps.locked(place, databases.SAMPLE_LOCK):
        original = _original(place, say.Detail())
        databases.copy(place, original, databases.check_name(name))
    rows = json.loads(databases.note(place, original))
    return {login: password for _role, login, password in rows}
