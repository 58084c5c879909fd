"""Forms that were sent after their session had ended: what of them is kept, and put back.

Pure: who may see it again is decided in ``models/platform/ir_http_unsent.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import html

from .marks import without_unseen

KEPT_SECONDS = 60 * 60
"""How long a form waits for its sender to have signed in."""

MOST_CHARACTERS, MOST_FIELDS = 20_000, 500
"""Of a form at most; of one that is longer no value is kept."""

MOST_FORMS = 3
"""Forms that wait in one session: of as many tabs. One more pushes the oldest out."""

SECRET = ("password", "current", "token", "code", "captcha")
"""Fields with one of these in their name are never kept."""

BUTTON = "action"
"""The name of the buttons of a form, which say what was pressed."""

KEPT_AS_SHOWN = ("hidden", "file", "password", "submit", "button", "image")
"""Types of fields that stay as the page has them: nobody types in them, or they are secret."""

VERSION = "version"
"""The hidden field that says what the page showed when it was opened: with it comes back what was
typed, so that a change in another page in the meantime is noticed as it always is."""

ASKED_ANEW = "data-asked-anew"
"""The attribute of a box by which one confirms what the page says now: nobody else ticks it."""

SAID_ONCE = frozenset({"as", "left", "mails", "saved", "submitted", "term", "told"})
"""Parameters that say what has just happened, and to what; they are left out of the address."""

TOKEN = re.compile("[0-9a-f]{40}o[0-9]{1,12}")
"""A token of Odoo: a hash of the session and a moment, “o”, and that moment."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that nobody has taken yet: JSON holds it, and it says whose it is by its token."""

    address: str
    """Where it was sent to."""
    page: str
    """Where it is filled in."""
    token: str
    """The token of the session that it was filled in, which only that session's user has."""
    at: float
    """Seconds since the epoch."""
    values: Mapping[str, list[str]] = field(default_factory=dict)
    whole: bool = True
    """Whether ``values`` are what was typed; otherwise that was too long to keep."""

    @classmethod
    def of(
        cls, address: str, page: str, token: str, at: float, sent: Iterable[tuple[str, str]]
    ) -> Unsent:
        """The form of which ``sent`` are the fields."""
        values = values_to_keep(sent)
        return cls(address, page, token, at, values or {}, whole=values is not None)

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: object) -> Unsent | None:
        """What ``as_json`` gave; None for anything else, such as of an earlier version."""
        try:
            return cls(**kept)  # type: ignore[arg-type]
        except TypeError:
            return None

    @property
    def path(self) -> str:
        """The page without what its address asks."""
        return urlsplit(self.page).path

    def is_over(self, now: float) -> bool:
        return not self.at <= now < self.at + KEPT_SECONDS


def waiting(kept: object, now: float) -> list[Unsent]:
    """The forms that wait still, the latest last, of what a session keeps; ``now``: see ``at``."""
    rows = map(Unsent.from_json, kept) if isinstance(kept, list) else ()
    return [row for row in rows if row and not row.is_over(now)]


def page_at(path: str, query: str) -> str:
    """The address of a page as it is kept: of its query what says which page it is."""
    kept = [pair for pair in parse_qsl(query) if pair[0] not in SAID_ONCE]
    return f"{path}?{urlencode(kept)}" if kept else path


def with_latest(rows: Iterable[Unsent], latest: Unsent) -> list[Unsent]:
    """``rows`` and ``latest``, in place of the same form of the same page; MOST_FORMS at most.

    Pages of one path with other queries are other pages, as two trials side by side.
    """
    form = (latest.page, latest.address)
    return [*(row for row in rows if (row.page, row.address) != form), latest][-MOST_FORMS:]


def of_page(rows: Iterable[Unsent], page: str) -> list[Unsent]:
    """Those of ``rows`` that belong on ``page`` (as of ``page_at``): its own.

    Of a form of which it has none it is the one whose query nobody knows: the browser did not say
    it, or it was too long.
    """
    path = urlsplit(page).path
    near = [row for row in rows if row.page in (page, path)]
    own = {row.address for row in near if row.page == page}
    return [row for row in near if row.page == page or row.address not in own]


def taken(rows: Iterable[Unsent], address: str, page: str | None) -> list[Unsent]:
    """Those of ``rows`` that are sent now from ``page`` to ``address``; None: it is not known."""
    there = [row for row in rows if row.address == address]
    return of_page(there, page) if page else there


def values_to_keep(sent: Iterable[tuple[str, str]]) -> dict[str, list[str]] | None:
    """The fields of a form that may be kept for a while, nothing secret; None if it is too long.

    Without the marks that no page can show: somebody pasted them out of another program.
    """
    found: dict[str, list[str]] = {}
    characters = fields = 0
    for name, value in sent:
        if any(part in name.lower() for part in SECRET):
            continue
        fields += 1
        characters += len(name) + len(value)
        if fields > MOST_FIELDS or characters > MOST_CHARACTERS:
            return None
        found.setdefault(name, []).append(without_unseen(value))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says, in the language of its reader."""

    title: str
    sentence: str
    press: str
    """With %s for the button."""
    too_long: str
    """In place of ``sentence`` and ``press`` where nothing that was typed could be kept."""
    elsewhere: str
    """With %s for the name of another page on which something waits."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The names of those pages, by their addresses."""


def put_back(page: str, unsent: Sequence[Unsent], words_in: Callable[[str], Words]) -> str | None:
    """``page`` with what was typed in the forms that it has of ``unsent``, and notices.

    None if there is nothing to say: it has no such form, and none waits elsewhere.
    ``words_in``: what is said in the language of the page, ``zh-TW``. Hidden fields but the
    version, files, passwords and boxes that are asked anew stay as the page has them; everything
    does where what was typed was too long to keep.
    """
    tree = html.document_fromstring(page)
    main = tree.find(".//main")
    if main is None:
        return None
    words = words_in(tree.get("lang", ""))
    found = [(row, form) for row in unsent if (form := _form(tree, row)) is not None]
    notices = [_elsewhere(words, *other) for other in words.others.items()]
    if found:
        notices.insert(0, _notice(words, found))
        title = tree.find(".//title")
        if title is not None:
            title.text = f"{words.title} · {title.text or ''}"
    if not notices:
        return None
    for row, form in found:
        if row.whole:
            _fill_all(form, row.values)
    heading = main.find(".//h1")
    for notice in reversed(notices):
        if heading is None:
            main.insert(0, notice)
        else:
            heading.addnext(notice)
    return html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")


def shown_on(page: str, unsent: Sequence[Unsent]) -> list[Unsent]:
    """Those of ``unsent`` whose form ``page`` has."""
    if not unsent:
        return []
    tree = html.document_fromstring(page)
    return [row for row in unsent if _form(tree, row) is not None]


def _form(tree: html.HtmlElement, unsent: Unsent) -> html.HtmlElement | None:
    """The form of the page that was sent; one without an address sends to its own page."""
    for form in tree.iter("form"):
        if (form.get("method") or "").lower() != "post":
            continue
        if (form.get("action") or unsent.path) == unsent.address:
            return form
    return None


def _fill_all(form: html.HtmlElement, values: Mapping[str, Sequence[str]]) -> None:
    for control in form.iter("input", "select", "textarea"):
        if control.get("name") and control.get("disabled") is None:
            _fill(control, values)


def _fill(control: html.HtmlElement, values: Mapping[str, Sequence[str]]) -> None:
    typed = values.get(control.get("name"), [])
    kind = (control.get("type") or "text").lower() if control.tag == "input" else control.tag
    if control.get(ASKED_ANEW) is not None:
        return
    if kind in ("checkbox", "radio"):
        _mark(control, "checked", (control.get("value") or "on") in typed)
    elif kind == "select":
        for option in control.iter("option"):
            value = option.get("value", option.text or "")
            _mark(option, "selected", value in typed)
    elif not typed or (kind in KEPT_AS_SHOWN and control.get("name") != VERSION):
        return
    elif kind == "textarea":
        control.text = typed[0]
    else:
        control.set("value", typed[0])


def _mark(element: html.HtmlElement, name: str, on: bool) -> None:
    if on:
        element.set(name, name)
    else:
        element.attrib.pop(name, None)


def _label(form: html.HtmlElement, unsent: Unsent) -> str:
    """The words on the button that was pressed, or on the only one."""
    buttons = list(form.iter("button"))
    pressed = unsent.values.get(BUTTON, [])
    named = [button for button in buttons if button.get("value") in pressed]
    found = (named or buttons)[:1]
    return " ".join(found[0].text_content().split()) if found else ""


def _notice(words: Words, found: Sequence[tuple[Unsent, html.HtmlElement]]) -> html.HtmlElement:
    """What became of the forms that are on the page, and what is pressed again."""
    notice = html.Element("div", id="unsent", role="alert", tabindex="-1", autofocus="autofocus")
    notice.set("class", "alert alert-warning")
    strong = html.Element("strong")
    strong.text = words.title
    said = dict.fromkeys(words.sentence if row.whole else words.too_long for row, _form in found)
    strong.tail = f" {' '.join(said)}"
    notice.append(strong)
    for row, form in found:
        if row.whole and (label := _label(form, row)):
            again = html.Element("div")
            again.text = words.press % label
            notice.append(again)
    return notice


def _elsewhere(words: Words, address: str, name: str) -> html.HtmlElement:
    """That something waits on the page at ``address``, too, with the way there."""
    notice, link = html.Element("p", role="status"), html.Element("a", href=address)
    notice.set("class", "alert alert-warning o_ntue_unsent_elsewhere")
    link.set("class", "alert-link")
    notice.text, _name, link.tail = words.elsewhere.partition("%s")
    link.text = name
    notice.append(link)
    return notice
