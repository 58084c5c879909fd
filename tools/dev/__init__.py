"""Odoo, PostgreSQL, Python packages and browser from nothing: what `make` calls.

Standard library only, because nothing else exists when it runs first.  This file keeps to the
syntax of old Pythons, so that a wrong one gets a sentence instead of a SyntaxError.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def wrong_python(found: "tuple[int, int]") -> "str | None":
    """Return the sentence for an interpreter that these tools cannot use, or None."""
    if OLDEST <= found <= NEWEST:
        return None
    return "Python {}.{} cannot run this: {}".format(
        found[0],
        found[1],
        "install Python 3.11, 3.12 or 3.13 and name it, like `make demo PYTHON=python3.11`.",
    )


if wrong_python(sys.version_info[:2]):
    sys.exit(wrong_python(sys.version_info[:2]))
