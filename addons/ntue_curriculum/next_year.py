"""The year inside a code or a name, counted on by one. Pure."""

import re


def in_next_year(text: str, year: int) -> str:
    """``text`` with every ``year`` (ROC) in it raised by one; empty when it holds none.

    The year is a number of its own: 109 is not in 1091. Leading zeros keep their place:
    ``SRD-099`` becomes ``SRD-100``.
    """
    pattern = re.compile(rf"(?<![0-9])(0*){year}(?![0-9])")
    if not pattern.search(text):
        return ""
    return pattern.sub(lambda found: str(year + 1).zfill(len(found.group())), text)
