"""What uninstalling takes down besides the models' own tables, and what it leaves."""

from odoo.addons.ntue_curriculum.models.platform.uninstall import bury


def remove_log_guard(env):
    """Uninstalling: the tables go with the models, their guard with this."""
    bury(env, "ntue.graduation.event")
