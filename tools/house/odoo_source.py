"""Where Odoo 19's own code is: Debian's package in the cache, or the checkout ODOO_HOME names."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from house import debian, say, shell
from house.errors import MissingError
from house.place import Place
from house.steps import Step

SERIES = "19.0"
GIGABYTES = 2.0
PACKAGES = (
    "odoo-19",
    # What the package leaves to Debian as links into its neighbours:
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

An empty stand-in keeps an error out of every page's log; what is lost blurs the background of
video calls.
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
    """Return the source in a git checkout; raise MissingError when it is no Odoo 19."""
    source = OdooSource(home / "odoo-bin", home, (home / "odoo" / "addons", home / "addons"))
    if source.release != SERIES or not source.script.exists():
        raise MissingError(
            f"ODOO_HOME={home} holds no Odoo {SERIES}: name the folder that has odoo-bin in it."
        )
    return source


def locate(place: Place) -> OdooSource:
    """Return where Odoo is, or will be once the step has run."""
    home = place.environ.get("ODOO_HOME")
    if home:
        return _checkout(Path(home).expanduser().resolve())
    return _packaged(place.cache / "odoo")


def done(place: Place) -> bool:
    """Tell whether Odoo is there whole: the folder gets its name only when it is."""
    return locate(place).script.exists()


def fetch(place: Place, tell: say.Tell) -> None:
    """Download and unpack Odoo 19 beside its place, then move it there."""
    shell.need_space(place.cache, GIGABYTES)
    work = place.cache / "odoo.part"
    prefix = work / "prefix"
    shutil.rmtree(prefix, ignore_errors=True)
    files = debian.unpack(PACKAGES, "sid", work, prefix, place.log("odoo"), tell)
    release = _packaged(prefix).release
    if release != SERIES:
        raise MissingError(
            f"The package odoo-19 brought Odoo {release or 'of no series'}: "
            f"name an Odoo {SERIES} checkout with `ODOO_HOME=/path/to/odoo`."
        )
    for name in LEFT_OUT:
        stand_in = _packaged(prefix).addons[0] / name
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.touch()
    shutil.rmtree(place.cache / "odoo", ignore_errors=True)
    prefix.rename(place.cache / "odoo")
    shutil.rmtree(work)
    say.line(f"      Odoo came as {next(name for name in files if name.startswith('odoo'))}")


STEP = Step("Odoo 19", done, fetch)
