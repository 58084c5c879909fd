"""Databases: made by copying a template, because an installation takes half a minute.

`template` holds Odoo's own modules and the language, `ready` our addons too.  Both are built
under another name and renamed when whole, so an interrupted build is never mistaken for one.
Copies are made under a lock, so that no other command of this checkout rebuilds them meanwhile.
"""

import hashlib
import os
import re
import shutil
import time
from pathlib import Path

from dev import console, odoo, odoo_source, postgres, tasks
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS, BASE_MODULES, LANGUAGE, install_arguments

LOCK = "databases.lock"
SAMPLE_LOCK = "sample.lock"

ASSETS_SCRIPT = "tools/make_assets.py"
"""Run in Odoo's shell: no copy has to make them for its first page."""

ATTEMPTS = 10
VACUUMING = "privileges of the role whose process is being terminated"

NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


def check_name(name: str) -> str:
    """Return `name` if it needs no quoting anywhere; raise CommandError otherwise."""
    if not NAME.fullmatch(name):
        raise CommandError(
            f"`{name}` is no name for a database here: take small letters, digits and _, "
            "for example `make db DB=ntue_try`."
        )
    return name


def own_name(checkout: Checkout, purpose: str) -> str:
    """Return the name of a database that these tools make for themselves.

    A server that PGHOST names is shared, so there the checkout's mark keeps ours apart.
    """
    return f"ntue_{checkout.mark}_{purpose}" if postgres.external(checkout) else f"ntue_{purpose}"


def exists(checkout: Checkout, name: str) -> bool:
    """Tell whether there is a database `name`."""
    return bool(
        postgres.psql(checkout, "SELECT 1 FROM pg_database WHERE datname = :'name'", name=name)
    )


def names(checkout: Checkout, prefix: str) -> list[str]:
    """Return the databases whose names begin with `prefix`."""
    rows = postgres.psql(checkout, "SELECT datname FROM pg_database ORDER BY 1").splitlines()
    return [name for name in rows if name.startswith(prefix)]


def note(checkout: Checkout, name: str) -> str:
    """Return the comment on a database: how far the tools have brought it."""
    comment = (
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'name'"
    )
    return postgres.psql(checkout, comment, name=name)


def write_note(checkout: Checkout, name: str, text: str) -> None:
    """Set the comment on a database; it goes when the database goes."""
    postgres.psql(checkout, """COMMENT ON DATABASE :"name" IS :'text'""", name=name, text=text)


def _filestore(checkout: Checkout, name: str) -> Path:
    return checkout.data / "filestore" / name


def drop(checkout: Checkout, name: str) -> None:
    """Drop a database with its attachments; open connections to it are closed.

    PostgreSQL's own vacuum may use it for a moment, and only a superuser could end that.
    """
    for left in reversed(range(ATTEMPTS)):
        try:
            postgres.psql(checkout, 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)', name=name)
        except CommandError as missing:
            if VACUUMING not in str(missing) or not left:
                raise
            time.sleep(1)
        else:
            break
    shutil.rmtree(_filestore(checkout, name), ignore_errors=True)


def check_free(checkout: Checkout, name: str) -> None:
    """Raise CommandError when there is a database `name`, no matter who made it."""
    if exists(checkout, name):
        server = checkout.environ["PGHOST"] if postgres.external(checkout) else "this checkout"
        raise CommandError(
            f"There is a database `{name}` already (server: {server}), and a fresh one would drop "
            f"everything in it. Take another name, or say that it may go: "
            f"`make db DB={name} REPLACE=1`."
        )


def copy(checkout: Checkout, source: str, name: str) -> None:
    """Make `name` a copy of `source`; a database of that name is replaced.

    Attachments never change once written, so hard links share them.
    """
    drop(checkout, name)
    if _filestore(checkout, source).exists():
        shutil.copytree(
            _filestore(checkout, source), _filestore(checkout, name), copy_function=os.link
        )
    postgres.psql(checkout, 'CREATE DATABASE :"name" TEMPLATE :"source"', name=name, source=source)


def rename(checkout: Checkout, name: str, new: str) -> None:
    """Give the database `name` and its attachments another name."""
    if _filestore(checkout, name).exists():
        shutil.rmtree(_filestore(checkout, new), ignore_errors=True)
        _filestore(checkout, name).rename(_filestore(checkout, new))
    postgres.psql(checkout, 'ALTER DATABASE :"name" RENAME TO :"new"', name=name, new=new)


def digest(*parts: str | bytes) -> str:
    """Return ten characters that change with any of `parts`."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode() if isinstance(part, str) else part)
        total.update(b"\0")
    return total.hexdigest()[:10]


def folder_digest(folder: Path) -> str:
    """Return a digest of every file's name and content below `folder`, tests left out."""
    names = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    counted = (name for name in names if not {"__pycache__", "tests"} & set(name.parts[:-1]))
    parts = ((str(name), (folder / name).read_bytes()) for name in counted)
    return digest(*(part for pair in parts for part in pair))


def addons_digest(checkout: Checkout) -> str:
    """Return a digest of our addons' source."""
    return digest(*(folder_digest(checkout.addons / name) for name in ADDONS))


def template_name(checkout: Checkout) -> str:
    """Return the name of the template for this Odoo and these modules."""
    source = odoo_source.locate(checkout)
    made_of = (str(source.library), source.release, *BASE_MODULES, LANGUAGE)
    return own_name(checkout, f"template_{digest(*made_of)}")


def ready_name(checkout: Checkout) -> str:
    """Return the name of the database with our addons as they are now."""
    return own_name(checkout, f"ready_{digest(template_name(checkout), addons_digest(checkout))}")


def _template(checkout: Checkout, progress: console.Progress) -> str:
    """Return the template's name, building it if it is not there."""
    name = template_name(checkout)
    if exists(checkout, name):
        return name
    progress(f"installing {', '.join(BASE_MODULES)} with {LANGUAGE}")
    part = own_name(checkout, "part_template")
    drop(checkout, part)
    postgres.psql(checkout, "CREATE DATABASE :part TEMPLATE template0 ENCODING 'UTF8'", part=part)
    arguments = ("--database", part, "--init", ",".join(BASE_MODULES))
    options = ("--load-language", LANGUAGE, "--stop-after-init", "--no-http")
    odoo.run(checkout, "Building the template database", *arguments, *options, progress=progress)
    rename(checkout, part, name)
    return name


def _ready(checkout: Checkout, progress: console.Progress) -> str:
    """Return the name of the database with our addons as they are now, building it if needed."""
    name = ready_name(checkout)
    if exists(checkout, name):
        return name
    base = _template(checkout, progress)
    for old in names(checkout, own_name(checkout, "ready_")):
        drop(checkout, old)
    progress(f"installing {', '.join(ADDONS)}")
    part = own_name(checkout, "part_ready")
    copy(checkout, base, part)
    odoo.run(
        checkout, "Installing the addons", *install_arguments(part), "--no-http", progress=progress
    )
    progress("making the pages' style sheets and scripts")
    script = checkout.root / ASSETS_SCRIPT
    odoo.run(checkout, "Making the assets", "shell", "--database", part, "--no-http", script=script)
    rename(checkout, part, name)
    return name


def prepare(checkout: Checkout, progress: console.Progress) -> None:
    """Build what `fresh` and `bare` copy from."""
    with tasks.locked(checkout, LOCK):
        _ready(checkout, progress)


TASK = tasks.Task(
    "Database with the addons", lambda checkout: exists(checkout, ready_name(checkout)), prepare
)


def fresh(
    checkout: Checkout, name: str, progress: console.Progress, *, replace: bool = True
) -> None:
    """Make `name` a new database with our addons and the language, without demo data.

    A database of that name is replaced, or with `replace` false CommandError raised instead.
    """
    if not replace:
        check_free(checkout, name)  # before minutes of work
    with tasks.locked(checkout, LOCK):
        ready = _ready(checkout, progress)
        if not replace:
            check_free(checkout, name)
        copy(checkout, ready, check_name(name))


def bare(checkout: Checkout, name: str, progress: console.Progress) -> None:
    """Make `name` a new database with Odoo's modules and the language, without our addons."""
    with tasks.locked(checkout, LOCK):
        copy(checkout, _template(checkout, progress), check_name(name))
