"""A checkout of this repository: where its source, cache, data and logs are."""

import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dev.errors import CommandError

TAG = "CACHEDIR.TAG"
"""Marks the folder as a cache for backup programs, and as ours for `make clean`."""

TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n"


@dataclass(frozen=True)
class Checkout:
    """A checkout, its cache folder and the environment the command was called with."""

    root: Path
    cache: Path
    environ: Mapping[str, str]

    @classmethod
    def here(cls) -> "Checkout":
        """Return the checkout that this file belongs to; NTUE_CACHE moves its cache."""
        root = Path(__file__).resolve().parents[2]
        cache = os.environ.get("NTUE_CACHE") or root / ".cache"
        return cls(root, Path(cache).expanduser().resolve(), dict(os.environ))

    def open_cache(self) -> None:
        """Make the cache folder; raise CommandError when it holds other files."""
        tag = self.cache / TAG
        if not tag.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            if any(self.cache.iterdir()):
                raise CommandError(
                    f"NTUE_CACHE={self.cache} holds other things, and `make clean` would remove "
                    "them: name an empty folder or one that does not exist."
                )
            tag.write_text(TAG_TEXT)

    @property
    def mark(self) -> str:
        """Eight characters that differ for every cache folder on the machine."""
        return hashlib.sha256(str(self.cache).encode()).hexdigest()[:8]

    @property
    def addons(self) -> Path:
        """Our own addons."""
        return self.root / "addons"

    @property
    def data(self) -> Path:
        """Odoo's data folder: attachments and sessions of all databases."""
        return self.cache / "data"

    @property
    def environment(self) -> Path:
        """The Python environment that Odoo, the tests and the checkers run in."""
        return self.cache / "python"

    @property
    def site_packages(self) -> Path:
        """Where the packages of that environment are, made by the Python that this runs in."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.environment / "lib" / version / "site-packages"

    @property
    def logs(self) -> Path:
        """The output of the commands that tasks run."""
        return self.cache / "log"

    def log(self, name: str) -> Path:
        """Return the path of the log file `name`; make its folder."""
        self.logs.mkdir(parents=True, exist_ok=True)
        return self.logs / f"{name}.log"
