"""Where Odoo 19's own code is: Debian's package in the cache, or the checkout ODOO_HOME names."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from dev import console, debian, shell
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.tasks import Task

SERIES = "19.0"
GIGABYTES = 2.0
PACKAGES = (
    "odoo-19",
    # Files of other packages that odoo-19 links to:
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)

LEFT_OUT = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)
"""Files that Odoo's asset bundles name and Debian's package lacks for want of their source.

An empty file in its place keeps an error out of every page's log; only the blurred background of
video calls is lost.
"""


@dataclass(frozen=True)
class OdooSource:
    """Odoo's start script, the folder to import it from, and its addons folders."""

    script: Path
    library: Path
    addons: tuple[Path, ...]

    @property
    def release(self) -> str:
        """The series in odoo/release.py, such as `19.0`; empty when there is none."""
        file = self.library / "odoo" / "release.py"
        if not file.exists():
            return ""
        found = re.search(r"version_info\s*=\s*\((\d+),\s*(\d+)", file.read_text())
        return f"{found[1]}.{found[2]}" if found else ""


def _packaged(prefix: Path) -> OdooSource:
    library = prefix / "usr" / "lib" / "python3" / "dist-packages"
    return OdooSource(prefix / "usr" / "bin" / "odoo", library, (library / "odoo" / "addons",))


def _checkout(home: Path) -> OdooSource:
    """Return the source in a git checkout; raise CommandError when it is no Odoo 19."""
    source = OdooSource(home / "odoo-bin", home, (home / "odoo" / "addons", home / "addons"))
    if source.release != SERIES or not source.script.exists():
        raise CommandError(
            f"ODOO_HOME={home} holds no Odoo {SERIES}: name the folder that has odoo-bin in it."
        )
    return source


def locate(checkout: Checkout) -> OdooSource:
    """Return where Odoo is, or will be once the task has run."""
    home = checkout.environ.get("ODOO_HOME")
    if home:
        return _checkout(Path(home).expanduser().resolve())
    return _packaged(checkout.cache / "odoo")


def done(checkout: Checkout) -> bool:
    """Tell whether Odoo is there and complete: the folder gets its name only then."""
    return locate(checkout).script.exists()


def fetch(checkout: Checkout, progress: console.Progress) -> None:
    """Download and unpack Odoo 19 into a working folder, then move it where it belongs."""
    shell.need_space(checkout.cache, GIGABYTES)
    work = checkout.cache / "odoo.part"
    prefix = work / "prefix"
    shutil.rmtree(prefix, ignore_errors=True)
    files = debian.unpack(PACKAGES, "sid", work, prefix, checkout.log("odoo"), progress)
    release = _packaged(prefix).release
    if release != SERIES:
        raise CommandError(
            f"The package odoo-19 brought Odoo {release or 'of no series'}: "
            f"name an Odoo {SERIES} checkout with `ODOO_HOME=/path/to/odoo`."
        )
    for name in LEFT_OUT:
        stand_in = _packaged(prefix).addons[0] / name
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.touch()
    shutil.rmtree(checkout.cache / "odoo", ignore_errors=True)
    prefix.rename(checkout.cache / "odoo")
    shutil.rmtree(work)
    console.line(f"      Odoo came as {next(name for name in files if name.startswith('odoo'))}")


TASK = Task("Odoo 19", done, fetch)
