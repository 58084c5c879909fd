"""The word by which the jobs of retention and erasure are let through where nothing is deleted.

History, openings and messages are kept as they were said: every other deletion is refused,
whatever rights the code has. The jobs pass ``ERASING`` in the context. It is known by being
this very object, which no remote call can send.
"""

from odoo.models import BaseModel

KEY = "ntue_erasing"
ERASING = object()


def erasing(records: BaseModel) -> BaseModel:
    """``records`` with the word, for what the caller may delete by retention or erasure.

    Odoo notes no change of them: it would keep what an address was before it was erased.
    """
    return records.with_context(**{KEY: ERASING, "tracking_disable": True})


def is_erasing(records: BaseModel) -> bool:
    """Whether ``records`` were given the word."""
    return records.env.context.get(KEY) is ERASING
