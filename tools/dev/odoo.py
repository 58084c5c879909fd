"""Odoo's own command line in this checkout: its configuration file, environment and exit."""

import os
import re
import secrets
from pathlib import Path

from dev import console, odoo_source, postgres, python_env, shell
from dev.checkout import Checkout

LOADING = re.compile(r"Loading module (\S+) \((\d+/\d+)\)")

PRIVATE = 0o077
"""The umask under which Odoo runs: attachments, sessions and exports are its owner's alone."""

CONFIGURATION = """\
; Written by tools/dev/odoo.py; edit that instead.
[options]
addons_path = {addons}
data_dir = {data}
admin_passwd = {secret}
db_maxconn = 32
http_interface = 127.0.0.1
list_db = False
proxy_mode = False
"""


def configuration(checkout: Checkout) -> Path:
    """Return Odoo's configuration file; the database comes by libpq's variables."""
    return checkout.cache / "odoo.conf"


def addons_path(checkout: Checkout) -> list[Path]:
    """Return every addons folder: Odoo's own, then ours."""
    found = [*odoo_source.locate(checkout).addons, checkout.addons]
    return [folder for folder in found if folder.is_dir()]


def secret(checkout: Checkout, name: str) -> str:
    """Return the random secret kept in the cache under `name`; make it the first time."""
    file = checkout.cache / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text()


def write_configuration(checkout: Checkout) -> Path:
    """Write the configuration file if it is not what it must be, and return it."""
    text = CONFIGURATION.format(
        addons=",".join(map(str, addons_path(checkout))),
        data=checkout.data,
        secret=secret(checkout, "secret"),
    )
    file = configuration(checkout)
    if not file.exists() or file.read_text() != text:
        part = file.with_name("odoo.conf.part")
        part.touch(mode=0o600)
        part.write_text(text)
        part.rename(file)
    return file


def environment(checkout: Checkout) -> dict[str, str]:
    """Return the environment in which Python finds Odoo and Odoo finds its configuration."""
    programs = python_env.folder(checkout) / "bin"
    tools = Path(__file__).resolve().parents[1]
    library = odoo_source.locate(checkout).library
    return {
        **postgres.client_environment(checkout),
        # Jobs start at once and not at the cron's next minute.
        "ODOO_NOTIFY_CRON_CHANGES": "1",
        # Otherwise each of many threads keeps memory of its own, long after it has ended.
        "MALLOC_ARENA_MAX": "2",
        "NTUE_ID_KEY": checkout.environ.get("NTUE_ID_KEY") or secret(checkout, "id_key"),
        "NTUE_LOG_KEY": checkout.environ.get("NTUE_LOG_KEY") or secret(checkout, "log_key"),
        "ODOO_RC": str(write_configuration(checkout)),
        "PATH": f"{programs}{os.pathsep}{checkout.environ.get('PATH', os.defpath)}",
        # Odoo loads two thousand modules at every start: what they were compiled to is kept, here
        # and not beside them, even where PYTHONDONTWRITEBYTECODE says that nothing is.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPATH": f"{library}{os.pathsep}{tools}",
        "PYTHONPYCACHEPREFIX": str(checkout.cache / "pycache"),
        "PYTHONUNBUFFERED": "1",
    }


def command(checkout: Checkout, *arguments: str) -> list[str]:
    """Return the command line of Odoo with `arguments`."""
    script = odoo_source.locate(checkout).script
    return [str(python_env.interpreter(checkout)), str(script), *arguments]


def run(
    checkout: Checkout,
    what: str,
    *arguments: str,
    script: Path | None = None,
    progress: console.Progress | None = None,
) -> str:
    """Run Odoo to its end and return its output; raise CommandError when it fails.

    `script` is what Odoo's shell executes; `tell` hears which module is being loaded.
    """

    def loading(text: str) -> None:
        found = LOADING.search(text)
        if progress and found:
            progress(f"module {found[2]}: {found[1]}")

    return shell.run(
        what,
        command(checkout, *arguments),
        checkout.log("odoo-runs"),
        env=environment(checkout),
        cwd=checkout.root,
        stdin=script,
        umask=PRIVATE,
        on_line=loading,
    )
