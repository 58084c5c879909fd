"""Odoo's own command line in this house: its configuration file, environment and exit."""

import os
import re
import secrets
from pathlib import Path

from house import odoo_source, postgres, python_env, say, shell
from house.place import Place

LOADING = re.compile(r"Loading module (\S+) \((\d+/\d+)\)")

PRIVATE = 0o077
"""The umask under which Odoo runs: attachments, sessions and exports are its owner's alone."""

CONFIGURATION = """\
; Written by tools/house/odoo.py; edit that instead.
[options]
addons_path = {addons}
data_dir = {data}
admin_passwd = {secret}
db_maxconn = 32
http_interface = 127.0.0.1
list_db = False
proxy_mode = False
"""


def configuration(place: Place) -> Path:
    """Return Odoo's configuration file; the database comes by libpq's variables."""
    return place.cache / "odoo.conf"


def addons_path(place: Place) -> list[Path]:
    """Return every addons folder: Odoo's own, then ours."""
    found = [*odoo_source.locate(place).addons, place.addons]
    return [folder for folder in found if folder.is_dir()]


def secret(place: Place, name: str) -> str:
    """Return something random that is kept under `name` and told to nobody."""
    file = place.cache / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text()


def write_configuration(place: Place) -> Path:
    """Write the configuration file if it is not what it must be, and return it."""
    text = CONFIGURATION.format(
        addons=",".join(map(str, addons_path(place))),
        data=place.data,
        secret=secret(place, "secret"),
    )
    file = configuration(place)
    if not file.exists() or file.read_text() != text:
        part = file.with_name("odoo.conf.part")
        part.touch(mode=0o600)
        part.write_text(text)
        part.rename(file)
    return file


def environment(place: Place) -> dict[str, str]:
    """Return the environment in which Python finds Odoo and Odoo finds its configuration."""
    programs = python_env.folder(place) / "bin"
    tools = Path(__file__).resolve().parents[1]
    library = odoo_source.locate(place).library
    return {
        **postgres.client_environment(place),
        # What was begun for many goes on at once and not at the cron's next minute.
        "ODOO_NOTIFY_CRON_CHANGES": "1",
        # Otherwise each of many threads keeps memory of its own, long after it has ended.
        "MALLOC_ARENA_MAX": "2",
        "NTUE_ID_KEY": place.environ.get("NTUE_ID_KEY") or secret(place, "id_key"),
        "NTUE_LOG_KEY": place.environ.get("NTUE_LOG_KEY") or secret(place, "log_key"),
        "ODOO_RC": str(write_configuration(place)),
        "PATH": f"{programs}{os.pathsep}{place.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": f"{library}{os.pathsep}{tools}",
        "PYTHONUNBUFFERED": "1",
    }


def command(place: Place, *arguments: str) -> list[str]:
    """Return the command line of Odoo with `arguments`."""
    script = odoo_source.locate(place).script
    return [str(python_env.interpreter(place)), str(script), *arguments]


def run(
    place: Place,
    what: str,
    *arguments: str,
    script: Path | None = None,
    tell: say.Tell | None = None,
) -> str:
    """Run Odoo to its end and return what it said; raise MissingError when it fails.

    `script` is what Odoo's shell executes; `tell` hears which module is being loaded.
    """

    def loading(text: str) -> None:
        found = LOADING.search(text)
        if tell and found:
            tell(f"module {found[2]}: {found[1]}")

    return shell.run(
        what,
        command(place, *arguments),
        place.log("odoo-runs"),
        env=environment(place),
        cwd=place.root,
        stdin=script,
        umask=PRIVATE,
        on_line=loading,
    )
