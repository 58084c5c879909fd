"""The secret by which the campus portal knows this desk: kept outside of the database.

``NTUE_SSO_SECRET`` in the environment of the server, or ``ntue_sso_secret`` in its configuration
file. Nobody reads it by a page, a remote call, an export or a dump. A portal that gives none has
a public client; PKCE holds in either case.
"""

import os

from odoo.tools import config

VARIABLE, OPTION = "NTUE_SSO_SECRET", "ntue_sso_secret"
LOCALHOST = "NTUE_SSO_LOCALHOST"


def secret():
    """The client's secret; empty without one."""
    return str(os.environ.get(VARIABLE) or config.options.get(OPTION) or "").strip()


def localhost():
    """Whether a provider may be this very machine, by plain HTTP: in tests only."""
    return os.environ.get(LOCALHOST) == "1"
