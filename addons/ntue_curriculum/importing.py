"""Which import writes: a mark in the context that no remote call can send.

Changes and new records of an import name it. A context from outside is JSON, so a mark that is
looked for by its type is the importer's own.
"""

from dataclasses import dataclass, field

from odoo.models import BaseModel

KEY = "ntue_import"


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """The import that runs: the number of its record, 0 of a dry run; and whose audits it moves."""

    number: int = 0
    touched: set[int] = field(default_factory=set)


def importing(records: BaseModel, number: int) -> BaseModel:
    """``records`` whose changes are entered as those of the import of this number."""
    return records.with_context(**{KEY: Mark(number)})


def previewing(records: BaseModel) -> BaseModel:
    """``records`` for a dry run, of which no record is kept."""
    return records.with_context(**{KEY: Mark()})


def touch(records: BaseModel) -> None:
    """Note in a dry run that the audits of these students would change."""
    mark = records.env.context.get(KEY)
    if isinstance(mark, Mark) and not mark.number:
        mark.touched.update(records.ids)


def touched_in(records: BaseModel) -> set[int]:
    """The students of whom ``touch`` was told, by number."""
    mark = records.env.context.get(KEY)
    return mark.touched if isinstance(mark, Mark) else set()


def import_of(records: BaseModel) -> int | bool:
    """The number of the import that writes ``records``; False for anybody else."""
    mark = records.env.context.get(KEY)
    return (isinstance(mark, Mark) and mark.number) or False
