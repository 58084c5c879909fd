"""What an area selects its courses by, as people type it: words with semicolons between (A35)."""

import re

SELECTOR_WORDS = (
    "domains",
    "departments",
    "levels",
    "languages",
    "prefixes",
    "names",
    "exceptions",
)
"""Fields of the engine's ``Selector`` that hold several words; ``select_…`` of an area."""

SELECTING = (*(f"select_{name}" for name in SELECTOR_WORDS), "select_distance")
"""Fields of an area, and columns of ``framework_areas``, that say what it selects."""


def selector_words(text: str | None) -> tuple[str, ...]:
    """The words of one field, without blanks around them.

    >>> selector_words("人文； 社會;")
    ('人文', '社會')
    """
    parts = (part.strip() for part in re.split("[;\uff1b]", text or ""))
    return tuple(part for part in parts if part)
