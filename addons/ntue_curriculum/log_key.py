"""The key with which logs are sealed: kept outside of the database, by those who run the server.

``NTUE_LOG_KEY`` in the environment of the server, or ``ntue_log_key`` in its configuration
file. Several keys are written with commas between them: the first one seals, the others are
those of before. Without a key everything works; entries are then hashed only, and somebody who can
write the database and run this code can compute them anew.
"""

import os

from odoo.tools import config

from .log_chain import key_name

VARIABLE, OPTION = "NTUE_LOG_KEY", "ntue_log_key"

SHORTEST = 16
"""Characters below which a key could be guessed; it is not taken for one."""


def keys(variable=VARIABLE, option=OPTION):
    """The keys by name, the one that seals first; empty without a key.

    ``variable``, ``option``: where another key of the server is written.
    """
    text = os.environ.get(variable) or config.options.get(option) or ""
    given = [part.strip() for part in str(text).split(",")]
    return {key_name(key.encode()): key.encode() for key in given if len(key) >= SHORTEST}


def sealing():
    """The key that seals new entries; empty bytes without one."""
    return next(iter(keys().values()), b"")
