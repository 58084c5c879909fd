"""One run of the importer over the database: ids by code, and rows that are only written
where they differ. Not a model; ``ntue.importer`` orchestrates.
"""

import gc
from collections import defaultdict
from dataclasses import dataclass

from odoo.tools import split_every

from ...languages import as_kept
from ...models.guarded.decisive import because
from ..stages import rows_written
from . import bulk
from .conflicts import OpenConflicts
from .preview import NoPreview, Preview

_OF_THIS_PART = 1
"""Generation of objects up to which garbage is looked for: all of the server's are in the next."""

BATCH = 2000
"""Rows that are created or kept in memory at a time."""

QUIET = {
    "active_test": False,
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
}
"""Records are also found when archived, and a first import posts no messages."""


@dataclass(frozen=True)
class Choices:
    """What the person or the job that imports has chosen (docs/readings.md F22, F24)."""

    blanks_erase: bool = False
    """An empty 成績, 狀態 or 停修日 takes away what is stored."""
    whole_terms: tuple = ()
    """Codes of terms of which the file of enrolments is the whole list."""
    withdraw_missing: bool = False
    """What that list lacks is withdrawn; otherwise it is listed only."""


class ImportRun:
    """What the writing steps share. ``env`` has all rights."""

    def __init__(self, env, read, report, reason, progress, choices):
        words = as_kept(env["ntue.importer"]).env
        why = reason or words._("Imported from the files of the school.")
        self.env = env(context={**env.context, "active_test": False, **because(why)})
        self.context = read.context
        self.plans = read.plans
        self.report = report
        self.reason = reason
        self.progress = progress
        self.choices = choices
        self.preview = Preview(self.env) if report.dry_run else NoPreview()
        self.fresh = set()
        """Numbers of the students that this run has created."""
        self.outdated = set()
        """Numbers of students whose audits are to be made anew, since rows were sent by COPY."""
        self._ids = defaultdict(dict)
        self._open_conflicts = {}

    def rows(self, name):
        """The rows of a file, in its order."""
        return list(self.context.rows(name))

    def file(self, name):
        """The name of a file as it was given, for the report."""
        table = self.context.tables.get(name)
        return table.file if table else name

    def absent(self, name):
        """The columns that a file lacks: what is stored in them stays (F21)."""
        return self.context.absent(name)

    def counts(self, name):
        return self.report.counts_of(self.file(name))

    def ids(self, model, values, field="code"):
        """Ids by code of the records of ``model`` whose code is one of ``values``."""
        found = self._ids[model]
        missing = {value for value in values if value and value not in found}
        for part in split_every(BATCH, missing, list):
            rows = bulk.stored_rows(self.env, model, part, [field], field)
            found.update((code, number) for number, (code,) in rows)
        return found

    def open_conflicts(self, model):
        """``OpenConflicts`` of a model, as they were when this was asked first."""
        if model not in self._open_conflicts:
            self._open_conflicts[model] = OpenConflicts(self, model)
        return self._open_conflicts[model]

    def warn(self, name, row, column, message):
        """Warn of a row that can only be judged against the database."""
        self.context.warning(self.context.tables[name], row, column, message)

    def tell(self, name, done, total):
        """Say how far a large file is."""
        self.progress(rows_written(self.file(name), done, total))

    def release(self):
        """Write what is pending and forget what was read: a large file fits in memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        gc.collect(_OF_THIS_PART)

    def upsert(self, model, wanted, stored, counts=None, left_alone=frozenset(), *, shelter=None):
        """Create or change records so that they bear the wanted values.

        ``wanted``: ``(key, values)`` pairs; ``stored``: the records there are, by key.
        ``left_alone``: fields that are set in new records only. Only values that differ are
        written. ``shelter``: a ``conflicts.Shelter``, where staff may have corrected something.
        Returns the records created, in order.
        """
        fresh, changed, unchanged, updated = [], [], 0, 0
        for key, values in wanted:
            record = stored.get(key)
            if record is None:
                fresh.append(values)
                continue
            said = _without(values, left_alone)
            if changes := differences(record, said):
                changed.append((key, record, said, changes))
            else:
                unchanged += 1
        for _key, record, _said, changes in shelter(changed) if shelter else changed:
            if changes:
                self.preview.changed(record, changes)
                record.write(changes)
                updated += 1
            else:
                unchanged += 1
        created = self.made(model, fresh)
        if created:
            self.preview.created(created)
        if counts:
            counts.created += len(fresh)
            counts.updated += updated
            counts.unchanged += unchanged
        return created

    def made(self, model, vals_list):
        """New records of these values, made by the model, in their order."""
        created = self.env[model].browse()
        for part in split_every(BATCH, vals_list, list):
            created |= self.env[model].with_context(**QUIET).create(part)
        return created.with_env(self.env)


def _without(values, names):
    if not names:
        return values
    return {name: value for name, value in values.items() if name not in names}


def differences(record, values):
    """The part of ``values`` that ``record`` does not bear already."""
    return {name: value for name, value in values.items() if not _bears(record, name, value)}


def _bears(record, name, value):
    current, kind = record[name], record._fields[name].type
    if kind == "many2one":
        current = current.id
    elif kind == "many2many":
        return set(current.ids) == set(value[0][2])  # a Command.set
    return (current or False) == (value or False)


def number(value):
    """A Decimal of a file as the float of a field; None as 0."""
    return float(value or 0)
