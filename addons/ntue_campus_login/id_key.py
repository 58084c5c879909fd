"""The key with which ID numbers are hashed: kept outside of the database.

``NTUE_ID_KEY`` in the environment of the server, or ``ntue_id_key`` in its configuration file.
Several keys are written with commas between them: the first one hashes, with the others is still
compared. Without a key no ID number is taken, and the page for a forgotten password says so.
"""

from odoo.addons.ntue_curriculum import log_key

from . import id_digest

VARIABLE, OPTION = "NTUE_ID_KEY", "ntue_id_key"


def keys():
    """The keys by name, the one that hashes first; empty without a key."""
    return log_key.keys(VARIABLE, OPTION)


def typed(number):
    """By the name of each key, the hash of a normalised ID number."""
    return {name: id_digest.typed(number, key) for name, key in keys().items()}


def kept(student, first):
    """What is kept of the record numbered ``student``, by the key that hashes.

    ``first``: the hashes of ``typed``; without the one of that key, or without a key, None.
    """
    name, key = next(iter(keys().items()), (None, b""))
    return f"{name}:{id_digest.kept(student, first[name], key)}" if name in first else None


def is_kept(student, first, said):
    """Whether ``said``, as ``kept`` made it with any of the keys, is of the same number."""
    name, _colon, digest = (said or "").partition(":")
    key = keys().get(name)
    if not key or name not in first:
        return False
    return id_digest.same(id_digest.kept(student, first[name], key), digest)
