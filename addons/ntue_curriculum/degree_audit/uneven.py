"""Allocation where places are not all alike: caps, shareable and total-only places.

A cap binds when the courses offered could pass it; caps that do not bind are no part
of the problem (A4). Under a binding cap a course may end up nowhere. A course counts in
every shareable place it has, in at most one other, and once in the total and in every
parent. A shareable place under a binding cap competes for the room: as an item of its
own where nothing else depends on it; otherwise both ways are tried, which doubles the
work for each such place.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from .areas import Tally
from .component import Component, Group, Item
from .courses import Course
from .prepared import TOTAL_ONLY, Prepared, Spot
from .search import place
