"""What is asked for the best placement of an instance: this audit, and what it is compared with."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "addons" / "ntue_curriculum")]

from degree_audit import audit, prepare  # noqa: E402
from degree_audit.placement import budget, kept_solver  # noqa: E402
from evaluate import value  # noqa: E402
from for_engine import framework_of, placement_of, taken_in  # noqa: E402


class Found(NamedTuple):
    """A placement's value; ``proven``: the contender says that none is better."""

    value: tuple | None
    proven: bool


def _audited(instance):
    result = audit(prepare(framework_of(instance)), taken_in(instance))
    return Found(value(instance, placement_of(result)), result.proven)


class HandedOver:
    """The audit, with the solver that it hands over to."""

    name = "audit"
    value = staticmethod(_audited)


@contextmanager
def _alone():
    with patch.object(kept_solver, "is_there", lambda: False):
        yield


class Alone:
    """The audit by its own search."""

    name = "audit, own search alone"

    @staticmethod
    def value(instance):
        """The value of its placement."""
        with _alone():
            return _audited(instance)


class Patient:
    """The audit with fifty times the iterations: what is proven given time."""

    name = "audit, 50 times the iterations"

    @staticmethod
    def value(instance):
        """The value of its placement."""
        with patch.object(budget, "ITERATIONS", 50 * budget.ITERATIONS):
            return _audited(instance)


class FirstFit:
    """Each course to the first of its areas that lacks credits and has room; else to the last."""

    name = "first fit"

    @staticmethod
    def value(instance):
        """The value of its placement; it proves nothing."""
        held = [0] * len(instance.areas)
        placement = {}
        for number in instance.taken:
            size, lines = instance.courses[number]
            chosen = ()
            for area, _shareable in lines:
                if _has_room(instance, held, area, size):
                    chosen = (area,)
                    if held[area] < instance.areas[area].asks:
                        break
            placement[number] = chosen
            for area in chosen:
                while area >= 0:
                    held[area] += size
                    area = instance.areas[area].parent
        return Found(value(instance, placement), proven=False)


def _has_room(instance, held, area, size):
    """Whether the area and all above it can take so many credits more."""
    while area >= 0:
        cap = instance.areas[area].cap
        if 0 <= cap < held[area] + size:
            return False
        area = instance.areas[area].parent
    return True


CONTENDERS = (HandedOver, Alone, FirstFit)
