"""The permission of the jobs of retention and erasure to delete what is otherwise kept.

History, openings and messages are kept as they were written: every other deletion is refused,
whatever rights the code has. The jobs pass ``ERASING`` in the context. It is compared by
identity, and no remote call can send this object.
"""

from odoo.models import BaseModel

KEY = "ntue_erasing"
ERASING = object()

GONE = "–"
"""In place of a text that a record cannot be without."""


def erasing(records: BaseModel) -> BaseModel:
    """``records`` with the permission, for what the caller may delete by retention or erasure.

    Odoo notes no change of them: it would keep what an address was before it was erased.
    """
    return records.with_context(**{KEY: ERASING, "tracking_disable": True})


def is_erasing(records: BaseModel) -> bool:
    """Whether ``records`` were given the permission."""
    return records.env.context.get(KEY) is ERASING
