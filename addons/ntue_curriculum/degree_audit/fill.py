"""The smallest sets of offered courses that would fill an area's gap."""

from __future__ import annotations

from .areas import Tally
from .explain import Placing
from .result import Fills


def fills(placing: Placing, tally: Tally, code: str) -> Fills:
    """Fill sets of area ``code``, best first."""
    return ()
