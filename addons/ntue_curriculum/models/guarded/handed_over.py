"""What nobody does by a write: take a record over, hand one away, or move a part elsewhere."""

from odoo.exceptions import AccessError, UserError


def check_still_theirs(records, sentence):
    """AccessError with ``sentence`` where the user may not change these records any more.

    Called after a write: rules are asked before it only, when they were the user's still.
    """
    if not records.env.su and not records.has_access("write"):
        raise AccessError(sentence)


def check_stays(name, before):
    """UserError where parts belong to another whole than before a write.

    ``name``: the field that leads to the whole; ``before``: the whole of each part before. What is
    inside a part would stay behind, and the other whole is not everybody's to change.
    """
    for part, whole in before.items():
        if part[name] != whole:
            raise UserError(
                part.env._(
                    "“%s” stays where it is. Enter it anew in the other one.", part.display_name
                )
            )
