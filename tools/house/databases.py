"""Databases: made by copying a template, because installing anew takes half a minute.

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

from house import odoo, odoo_source, postgres, say, steps
from house.errors import MissingError
from house.place import Place
from house.product import ADDONS, BASE_MODULES, LANGUAGE, install_arguments

LOCK = "databases.lock"
SAMPLE_LOCK = "sample.lock"

ASSETS_SCRIPT = "tools/make_assets.py"
"""Run in Odoo's shell: no copy has to make them for its first page."""

PATIENCE = 10
VACUUMING = "privileges of the role whose process is being terminated"

NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


def check_name(name: str) -> str:
    """Return `name` if it needs no quoting anywhere; raise MissingError otherwise."""
    if not NAME.fullmatch(name):
        raise MissingError(
            f"`{name}` is no name for a database here: take small letters, digits and _, "
            "for example `make db DB=ntue_try`."
        )
    return name


def house_name(place: Place, purpose: str) -> str:
    """Return the name of a database that the house makes for itself.

    A server that PGHOST names is shared, so there the checkout's mark keeps ours apart.
    """
    return f"ntue_{place.mark}_{purpose}" if postgres.external(place) else f"ntue_{purpose}"


def exists(place: Place, name: str) -> bool:
    """Tell whether there is a database `name`."""
    return bool(
        postgres.psql(place, "SELECT 1 FROM pg_database WHERE datname = :'name'", name=name)
    )


def names(place: Place, prefix: str) -> list[str]:
    """Return the databases whose names begin with `prefix`."""
    rows = postgres.psql(place, "SELECT datname FROM pg_database ORDER BY 1").splitlines()
    return [name for name in rows if name.startswith(prefix)]


def note(place: Place, name: str) -> str:
    """Return the comment on a database: how far the house has brought it."""
    comment = (
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'name'"
    )
    return postgres.psql(place, comment, name=name)


def write_note(place: Place, name: str, text: str) -> None:
    """Set the comment on a database; it goes when the database goes."""
    postgres.psql(place, """COMMENT ON DATABASE :"name" IS :'text'""", name=name, text=text)


def _filestore(place: Place, name: str) -> Path:
    return place.data / "filestore" / name


def drop(place: Place, name: str) -> None:
    """Drop a database with its attachments, whoever is connected to it.

    PostgreSQL's own vacuum may be at it for a moment, which only a superuser could end.
    """
    for left in reversed(range(PATIENCE)):
        try:
            postgres.psql(place, 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)', name=name)
        except MissingError as missing:
            if VACUUMING not in str(missing) or not left:
                raise
            time.sleep(1)
        else:
            break
    shutil.rmtree(_filestore(place, name), ignore_errors=True)


def copy(place: Place, source: str, name: str) -> None:
    """Make `name` a copy of `source`, in place of what had that name.

    Attachments never change once written, so hard links share them.
    """
    drop(place, name)
    if _filestore(place, source).exists():
        shutil.copytree(_filestore(place, source), _filestore(place, name), copy_function=os.link)
    postgres.psql(place, 'CREATE DATABASE :"name" TEMPLATE :"source"', name=name, source=source)


def rename(place: Place, name: str, new: str) -> None:
    """Give the database `name` and its attachments another name."""
    if _filestore(place, name).exists():
        shutil.rmtree(_filestore(place, new), ignore_errors=True)
        _filestore(place, name).rename(_filestore(place, new))
    postgres.psql(place, 'ALTER DATABASE :"name" RENAME TO :"new"', name=name, new=new)


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
    told = (name for name in names if not {"__pycache__", "tests"} & set(name.parts[:-1]))
    parts = ((str(name), (folder / name).read_bytes()) for name in told)
    return digest(*(part for pair in parts for part in pair))


def addons_digest(place: Place) -> str:
    """Return a digest of our addons' source."""
    return digest(*(folder_digest(place.addons / name) for name in ADDONS))


def template_name(place: Place) -> str:
    """Return the name of the template for this Odoo and these modules."""
    source = odoo_source.locate(place)
    made_of = (str(source.library), source.release, *BASE_MODULES, LANGUAGE)
    return house_name(place, f"template_{digest(*made_of)}")


def ready_name(place: Place) -> str:
    """Return the name of the database with our addons as they are now."""
    return house_name(place, f"ready_{digest(template_name(place), addons_digest(place))}")


def _template(place: Place, tell: say.Tell) -> str:
    """Return the template's name, building it if it is not there."""
    name = template_name(place)
    if exists(place, name):
        return name
    tell(f"installing {', '.join(BASE_MODULES)} with {LANGUAGE}")
    part = house_name(place, "part_template")
    drop(place, part)
    postgres.psql(place, "CREATE DATABASE :part TEMPLATE template0 ENCODING 'UTF8'", part=part)
    arguments = ("--database", part, "--init", ",".join(BASE_MODULES))
    options = ("--load-language", LANGUAGE, "--stop-after-init", "--no-http")
    odoo.run(place, "Building the template database", *arguments, *options, tell=tell)
    rename(place, part, name)
    return name


def _ready(place: Place, tell: say.Tell) -> str:
    """Return the name of the database with our addons as they are now, building it if needed."""
    name = ready_name(place)
    if exists(place, name):
        return name
    base = _template(place, tell)
    for old in names(place, house_name(place, "ready_")):
        drop(place, old)
    tell(f"installing {', '.join(ADDONS)}")
    part = house_name(place, "part_ready")
    copy(place, base, part)
    odoo.run(place, "Installing the addons", *install_arguments(part), "--no-http", tell=tell)
    tell("making the pages' style sheets and scripts")
    script = place.root / ASSETS_SCRIPT
    odoo.run(place, "Making the assets", "shell", "--database", part, "--no-http", script=script)
    rename(place, part, name)
    return name


def prepare(place: Place, tell: say.Tell) -> None:
    """Build what `fresh` and `bare` copy from."""
    with steps.locked(place, LOCK):
        _ready(place, tell)


STEP = steps.Step(
    "Database with the addons", lambda place: exists(place, ready_name(place)), prepare
)


def fresh(place: Place, name: str, tell: say.Tell) -> None:
    """Make `name` a new database with our addons and the language, without demo data."""
    with steps.locked(place, LOCK):
        copy(place, _ready(place, tell), check_name(name))


def bare(place: Place, name: str, tell: say.Tell) -> None:
    """Make `name` a new database with Odoo's modules and the language, without our addons."""
    with steps.locked(place, LOCK):
        copy(place, _template(place, tell), check_name(name))
