"""What uninstalling takes down besides the models' own tables, and what it leaves."""

from ..account.remembered_contacts import remember
from ..chain import chain_guard


def bury(env, model):
    """Leave a tombstone of the log of ``model``, and take its guard down."""
    env[model]._bury()
    chain_guard.remove(env.cr, env[model]._table)


def remove_register_guard(env):
    """Uninstalling: the tables go with the models, their guard with this.

    Contacts stay, and which student each was stays with them for a school that comes back.
    """
    remember(env)
    bury(env, "ntue.register.entry")
