"""Years of entry as people type them: single years and spans, with semicolons between (A43)."""

import re

from .degree_audit import YearSpan
from .selecting import selector_words

_SPAN = re.compile(r"(\d{1,3})?\s*([-–~～])?\s*(\d{1,3})?")


def year_spans(text: str | None) -> tuple[YearSpan, ...]:
    """The spans of one field; ValueError for what is none.

    >>> year_spans("109; 112-114；116-")
    (YearSpan(first=109, last=109), YearSpan(first=112, last=114), YearSpan(first=116, last=999))
    """
    return tuple(map(_span, selector_words(text)))


def are_year_spans(text: str | None) -> bool:
    """Whether ``text`` can be read.

    >>> are_year_spans("112-114"), are_year_spans("114-112"), are_year_spans("next")
    (True, False, False)
    """
    try:
        year_spans(text)
    except ValueError:
        return False
    return True


def _span(word: str) -> YearSpan:
    found = _SPAN.fullmatch(word)
    if not found or not (found[1] or found[3]):
        raise ValueError(word)
    whole = YearSpan()
    first, last = int(found[1] or whole.first), int(found[3] or whole.last)
    if not found[2]:
        last = first
    if first > last:
        raise ValueError(word)
    return YearSpan(first, last)
