"""What a page says that cannot be shown: whole sentences, and a way on for the reader.

Nothing here asks the database, which may be what has failed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from odoo.tools.translate import LazyTranslate

from . import bare_page
from .bare_page import Way

_lt = LazyTranslate(__name__)

EXPIRED = "expired"
"""Instead of a status: the form of a page that was opened in an earlier session."""

SENTENCES: Mapping[int | str, tuple] = {
    EXPIRED: (
        _lt("This page was open for too long"),
        _lt(
            "You have signed in or out since it was opened. What you sent was not taken, and "
            "nothing was saved. Open the page anew and fill it in once more."
        ),
    ),
    400: (
        _lt("This could not be understood"),
        _lt(
            "The address, or what was sent with it, holds something that cannot be used here. "
            "Nothing was saved."
        ),
    ),
    403: (
        _lt("This page is not open to you"),
        _lt(
            "What lies here is for others. Nothing was changed. If you think that it should be "
            "open to you, ask the office that sent you here."
        ),
    ),
    404: (
        _lt("There is no such page"),
        _lt("The address may have been mistyped, or what stood here is gone."),
    ),
    405: (
        _lt("There is no page of its own here"),
        _lt(
            "This address only takes what the form of another page sends. If you came here after "
            "signing in, what you had filled in before was not saved: open the page and fill it "
            "in once more."
        ),
    ),
    413: (
        _lt("This is too large"),
        _lt(
            "What you sent is larger than this page takes, and nothing of it was saved. Choose a "
            "smaller file, or shorten the text."
        ),
    ),
    422: (_lt("This could not be done"), _lt("Nothing was saved. Go back and correct it.")),
    429: (
        _lt("One moment, please"),
        _lt("More was asked for than can be answered at a time. Ask again in a few seconds."),
    ),
    500: (
        _lt("Something went wrong here"),
        _lt(
            "It is not your fault. What you did last was not saved. Try again in a few minutes; "
            "if it happens again, tell the registrar's office what you did, and when."
        ),
    ),
}
"""Title and sentence by status."""

VISITOR, STUDENT, STAFF, SOMEBODY = "visitor", "student", "staff", "somebody"

START = {
    VISITOR: (_lt("Sign in"), "/web/login"),
    STUDENT: (_lt("Back to my page"), "/my"),
    STAFF: (_lt("Back to my work"), "/odoo"),
    SOMEBODY: (_lt("Back to the start page"), "/"),
}
"""Where each goes on, and what the way is called; ``/`` leads anybody to the right place."""

AGAIN, PAGE = _lt("Ask for the page again"), _lt("Open the page")

MARK = Markup('id="ntue_error" data-status="{}"')


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a page says: everything is text in the language of the reader."""

    status: int
    title: str
    sentence: str
    detail: str
    """What the refusal itself says; empty where it says nothing for people."""
    ways: tuple[Way, ...]


def error_text(status, lang, who=SOMEBODY, *, detail="", page="", again=False, expired=False):
    """The ``ErrorText`` of a status.

    ``page``: the page to go on with; ``again``: whether asking again may help.
    A status that has no sentences of its own says what its kind says.
    """
    known = EXPIRED if expired else status if status in SENTENCES else 400 + 100 * (status >= 500)
    title, sentence = (text._translate(lang) for text in SENTENCES[known])
    ways = [Way(START[who][0]._translate(lang), START[who][1])]
    if page and page != START[who][1]:
        ways.insert(0, Way(PAGE._translate(lang), page))
    if again:
        ways.insert(0, Way(AGAIN._translate(lang), ""))
    return ErrorText(status, title, sentence, detail, tuple(ways))


def html(what, lang):
    """The whole page as text, for where neither frame nor style can be had."""
    said = filter(None, (what.sentence, what.detail))
    return bare_page.page(lang, what.title, said, what.ways, mark=MARK.format(what.status))
