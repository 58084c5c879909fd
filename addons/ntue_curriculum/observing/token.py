"""Who may ask for figures: who knows a token that is kept outside of the database."""

import hmac
import os

from odoo.tools import config

VARIABLE, OPTION = "NTUE_METRICS_TOKEN", "ntue_metrics_token"

SHORTEST = 16
"""Characters below which a token could be guessed; it is not taken for one."""


def is_known(header):
    """Whether ``header``, that of the authorisation, has the token; never where none is set."""
    known = os.environ.get(VARIABLE) or config.options.get(OPTION) or ""
    given = (header or "").removeprefix("Bearer ")
    return len(known) >= SHORTEST and hmac.compare_digest(given.encode(), known.encode())
