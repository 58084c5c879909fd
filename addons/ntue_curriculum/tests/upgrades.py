"""Scripts of upgrades, run by tests as Odoo runs them when an addon comes to a version."""

import importlib.util
from pathlib import Path

from odoo.modules import get_module_path


def script(addon, version, name):
    """The module ``migrations/<version>/<name>.py`` of an addon."""
    path = Path(get_module_path(addon)) / "migrations" / version / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"upgrade_{name}", path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def upgrade(env, addon, version, name):
    """Run a script on what is in the database, and read anew what it left there."""
    env.flush_all()
    script(addon, version, name).migrate(env.cr, version)
    env.flush_all()
    env.invalidate_all()
