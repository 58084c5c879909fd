"""What a new password has to be (D45). Pure: imports nothing of Odoo."""

from .rules import (
    CLASSES,
    FEWEST,
    FIRST_ENDING,
    LONGEST,
    RUN,
    SHORTEST,
    TAIL,
    Rule,
    broken,
    is_common,
    is_like_a_first_password,
    never,
)

__all__ = [
    "CLASSES",
    "FEWEST",
    "FIRST_ENDING",
    "LONGEST",
    "RUN",
    "SHORTEST",
    "TAIL",
    "Rule",
    "broken",
    "is_common",
    "is_like_a_first_password",
    "never",
]
