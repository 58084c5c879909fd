"""What nobody does by a write: take a record over, or hand one away."""

from odoo.exceptions import AccessError


def check_still_theirs(records, sentence):
    """AccessError with ``sentence`` where the user may not change these records any more.

    Called after a write: rules are asked before it only, when they were the user's still.
    """
    if not records.env.su and not records.has_access("write"):
        raise AccessError(sentence)
