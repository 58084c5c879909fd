"""What staff corrected with a reason, as long as nothing has changed it since (F23)."""

import json
from collections import defaultdict
from typing import NamedTuple

from ..guarded.registered import VALUES

RESULT = frozenset(
    {"is_graded", "score", "grade", "grade_locked", "state", "withdrawn_on", "gone_missing"}
)
"""Fields of an enrolment that say one thing together: what became of it."""


class Corrected(NamedTuple):
    """The last correction of a field. ``on``: the moment."""

    reason: str
    by: str
    on: object


def part_of(name):
    """The part of a record that a field belongs to; what is corrected of it holds for all of it."""
    return "result" if name in RESULT else name


def last_corrections(records):
    """``Corrected`` by part, by id of the record. The environment has all rights."""
    found = defaultdict(dict)
    for record, name, corrected in [*_of_register(records), *_of_profile(records)]:
        if corrected.reason:
            found[record][part_of(name)] = corrected
        else:
            found[record].pop(part_of(name), None)
    for conflict in records.env["ntue.import.conflict"]._of(records, "taken"):
        corrected = found[conflict.record].get(conflict.part)
        if corrected and corrected.on <= conflict.decided_at:
            del found[conflict.record][conflict.part]
    return found


def _of_register(records):
    """Changes of ``records``, the oldest first: id, field, and who said why."""
    entries = records.env["ntue.register.entry"].search(
        [
            ("model", "=", records._name),
            ("record", "in", records.ids),
            ("action", "=", "changed"),
        ],
        order="number",
    )
    for entry in entries:
        changes = json.loads(entry.changes or "{}")
        # What an import withdrew has a reason too, yet no person's.
        by_import = changes.get("gone_missing", [None, None])[1]
        reason = "" if by_import else entry.reason or entry.erased_text or ""
        corrected = Corrected(reason, entry.actor or "", entry.happened_at)
        for name, pair in changes.items():
            if name == VALUES or pair[0] == pair[1] or _is_next_revision(records, name, pair):
                continue
            yield entry.record, name, corrected


def _is_next_revision(records, name, pair):
    """Whether a framework's next revision took its student over, which corrects nothing."""
    if records._name != "ntue.student" or name != "curriculum_id" or not all(pair):
        return False
    older, newer = (int(kept.partition(" ")[0]) for kept in pair)
    return records.env["ntue.curriculum"].browse(newer).exists().revises_id.id == older


def _of_profile(records):
    """Changes of what the register does not have, since it is not kept for good."""
    if records._name != "ntue.student":
        return
    changes = records.env["ntue.student.change"].search(
        [("student_id", "in", records.ids), ("action", "=", "changed")], order="id"
    )
    for change in changes:
        by = change.user_id.name
        yield (
            change.student_id.id,
            change.field,
            Corrected(change.reason or "", by, change.changed_at),
        )
