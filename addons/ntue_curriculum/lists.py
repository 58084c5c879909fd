"""Lists in words, for pages that write many of them."""

from functools import lru_cache

from babel import lists
from odoo.tools import babel_locale_parse
from odoo.tools.misc import get_lang


@lru_cache(maxsize=16)
def _locale(code):
    return babel_locale_parse(code)


def in_words(env, texts, style="standard"):
    """The ``texts`` as one list in the reader's language: "A, B and C", or with "or".

    As Odoo's ``format_list``, which looks the language up on disk each time: a page of
    fourteen areas spent most of its time there.
    """
    texts = list(texts)
    if len(texts) < 2:  # no list: no language need be asked how it writes one
        return texts[0] if texts else ""
    locale = _locale(get_lang(env).code)
    known = style if style in locale.list_patterns else "standard"
    return lists.format_list(texts, known, locale)


def labelled(env, label, text):
    """What something is called, and what is said of it: with the colon of the language."""
    return env._("%(label)s: %(text)s", label=label, text=text)


def clauses(env, texts):
    """The ``texts`` one after the other, where each may have commas of its own."""
    first, *others = [*texts] or [""]
    for other in others:
        first = env._("%(texts)s; %(another)s", texts=first, another=other)
    return first
