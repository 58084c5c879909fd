"""The one clock that decides is the database's; every process asks it from time to time.

A test that stops the clock stops this machine's: there the database is not asked.
"""

import logging
from datetime import UTC
from time import monotonic

from odoo.modules import module

from .clock import set_by

_logger = logging.getLogger(__name__)

EVERY = 60
"""Seconds after which a process asks again."""

DRIFT = 2
"""Seconds by which a server's clock may differ from the database's before somebody is told."""

_asked = {"at": -float(EVERY)}


def measured(cr):
    """Go by the database's clock; how many seconds it is ahead of this machine's."""
    cr.execute("SELECT clock_timestamp()")
    (moment,) = cr.fetchone()
    return set_by(moment.astimezone(UTC)).total_seconds()


def keep(cr):
    """Ask again where that is due. ``cr``: of the primary; a replica has a clock of its own."""
    if cr.readonly or module.current_test or monotonic() - _asked["at"] < EVERY:
        return
    _asked["at"] = monotonic()
    ahead = measured(cr)
    if abs(ahead) > DRIFT:
        _logger.error(
            "The clock of this server differs from the database's by %.1f seconds, which decides.",
            ahead,
        )
