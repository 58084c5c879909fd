"""Whether the audit ever takes long: families of frameworks that are hard to place courses in.

Drawn by bench/cases/families.py, as many of each situation as are asked for. Timed is the public
call for one student, in seconds of processor of this process; that a placement is legal and that
one which is not proven best says so is checked in the run, by bench/cases/evaluate.py.
"""

import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "addons" / "ntue_curriculum"), str(ROOT / "bench" / "cases")]

from degree_audit import Remark, audit, prepare  # noqa: E402
from evaluate import value  # noqa: E402
from families import FAMILIES, SITUATIONS, draw  # noqa: E402
from for_engine import framework_of, placement_of, taken_in  # noqa: E402
from rows import head, row  # noqa: E402

EACH = 12
"""Instances of a family in a situation."""

SECONDS = 1.0
PROVEN = 0.99


def measured(instance):
    """Seconds of one audit, and whether it is proven best; checked."""
    framework, taken = framework_of(instance), taken_in(instance)
    prepared = prepare(framework)
    started = process_time()
    result = audit(prepared, taken)
    seconds = process_time() - started
    found = value(instance, placement_of(result))
    assert found is not None, "the placement is legal"
    leaves = [row for row in result.areas if not row.children]
    assert found[0] == sum(row.met for row in leaves)
    told = any(Remark.NOT_PROVEN in one.remarks for one in result.enrolments)
    assert told is not result.proven
    return seconds, result.proven


def family_rows(family):
    """The rows of one family; what was measured."""
    found = [
        measured(draw(family, situation, seed)) for situation in SITUATIONS for seed in range(EACH)
    ]
    _rows(f"stress, {family}: {len(found)} audits", found)
    return found


def _rows(what, found):
    slowest = max(seconds for seconds, _ in found)
    proven = sum(is_proven for _, is_proven in found) / len(found)
    row(f"{what}, the slowest", f"{slowest:.2f} s", f"< {SECONDS:g} s", f"{slowest / SECONDS:.2f}")
    row("  proven best; the others say so", f"{proven:.1%}", f">= {PROVEN:.0%}")


if __name__ == "__main__":
    head()
    everything = [one for family in FAMILIES for one in family_rows(family)]
    _rows(f"stress, all families: {len(everything)} audits", everything)
