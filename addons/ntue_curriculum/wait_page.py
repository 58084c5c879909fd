"""What somebody is answered who has asked for too much at a time: status 429.

Drawn without a database, because nothing is to be done for somebody who asks for too much.
"""

import json
from functools import lru_cache

from markupsafe import Markup
from odoo.http import Response
from odoo.tools.translate import LazyTranslate

from . import bare_page
from .bare_page import Way

_lt = LazyTranslate(__name__)

AGAIN = 3
"""Seconds until a browser that has to wait asks again, by itself."""

TITLE = _lt("One moment, please")

PAPER = _lt(
    "Another paper is being printed for you. This page asks again by itself in a few seconds."
)
REQUESTS = _lt(
    "More has been asked for under your account, or from your place, than can be answered at a "
    "time. This page asks again by itself in a few seconds."
)

NOW, BACK = _lt("Ask again now"), _lt("Back to my page")
"""Of the size that a finger needs, and for browsers that do not ask again by themselves."""

AGAIN_BY_ITSELF = Markup('<meta http-equiv="refresh" content="{}"/>\n')

HEADERS = {
    "Retry-After": str(AGAIN),
    "Cache-Control": "no-store",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
}

KINDS = {"paper": PAPER, "requests": REQUESTS}


@lru_cache(maxsize=64)
def page(kind, lang):
    """The page in the language ``lang``, a code of Odoo's, as bytes."""
    ways = (Way(NOW._translate(lang), ""), Way(BACK._translate(lang), "/my"))
    text = bare_page.page(
        lang,
        TITLE._translate(lang),
        [KINDS[kind]._translate(lang)],
        ways,
        head=AGAIN_BY_ITSELF.format(AGAIN),
    )
    return text.encode()


@lru_cache(maxsize=64)
def error(lang, *, bare):
    """The same for a program, as JSON: ``bare`` as JSON-2 has errors, else as JSON-RPC does."""
    said = REQUESTS._translate(lang)
    fault = {
        "name": "werkzeug.exceptions.TooManyRequests",
        "message": said,
        "arguments": [said, 429],
        "context": {},
        "debug": "",
    }
    if not bare:
        error = {"code": 429, "message": TITLE._translate(lang), "data": fault}
        fault = {"jsonrpc": "2.0", "id": None, "error": error}
    return json.dumps(fault).encode()


def answer(kind, lang):
    """The response with the page."""
    return Response(page(kind, lang), 429, HEADERS, content_type="text/html; charset=utf-8")


def answer_program(lang, *, bare):
    """The response with the error."""
    return Response(error(lang, bare=bare), 429, HEADERS, content_type="application/json")
