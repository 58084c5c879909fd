"""What two spellings of one account's name have in common.

Pure. People type their number with a blank before or behind it, with the digits of a Chinese
keyboard, or a letter large instead of small. All of it is one name here; whether an account may
be found by it is for anyone who knows the accounts to say: never where two have it in common.
"""

import unicodedata

LONGEST = 254
"""Characters of a name; what is longer is nobody's."""

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode's categories of blanks, of control characters and of marks that nobody sees."""


def key(text: str) -> str:
    """The name as accounts are compared by it; empty for what is no name."""
    if len(text) > LONGEST:
        return ""
    whole = unicodedata.normalize("NFKC", text).casefold()
    seen = (letter for letter in whole if unicodedata.category(letter) not in _UNSEEN)
    return unicodedata.normalize("NFKC", "".join(seen))
