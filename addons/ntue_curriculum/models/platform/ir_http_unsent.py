"""Forms sent after their session ended wait for their sender, who finds them on their pages again.

What was typed is kept in the session on the server, never in the browser, of as many tabs as
``unsent.MOST_FORMS``. Each form is shown for an hour at most, to nobody but the user in whose
session it was typed: its token says whose that was. The first request after that hour takes it out;
of a browser that never comes back it goes with the session's file, which Odoo clears when its time
of inactivity is over.
"""

import logging
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

from odoo import fields, models
from odoo.http import (
    CSRF_TOKEN_SALT,
    STORED_SESSION_BYTES,
    Request,
    Response,
    SessionExpiredException,
    get_session_max_inactivity,
    request,
)
from odoo.tools.translate import LazyTranslate
from werkzeug.exceptions import HTTPException

from ...request_size import most_bytes
from ...unsent import (
    TOKEN,
    Unsent,
    Words,
    of_page,
    page_at,
    put_back,
    shown_on,
    taken,
    waiting,
    with_latest,
)
from .ir_http_errors import STALE_FORM

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

OURS = "odoo.addons.ntue_"
START = "/my"
KEY = "ntue_unsent"
"""In the session: the forms that wait, the latest last."""

TELL = "ntue_unsent_elsewhere"
"""In the session: one was sent now, and the next page says that others wait still."""

SESSIONS = 50
"""Sessions of one user that a token is compared with at most, the latest first."""

SESSIONS_AT_ONCE = 2000
"""Sessions of all users in use when the form was opened that are compared at most."""

NOTED_EVERY = timedelta(hours=1)
"""How long Odoo waits until it notes again that a session is still in use."""

LONGEST = 1500
"""Characters of the address to which one comes back; a longer one loses its query."""

TITLE = _lt("Not sent yet")
SENTENCE = _lt(
    "You had been signed out when you sent this page, so nothing was taken. What you had filled "
    "in is here again; a file is chosen anew."
)
PRESS = _lt("Look at it, and press “%s” again.")
TOO_LONG = _lt(
    "You had been signed out when you sent this page, so nothing was taken. What you had filled "
    "in was too long to keep: the page shows what is saved. Fill it in again."
)
ELSEWHERE = _lt(
    "What you had sent from another page was not taken either. It waits for you there: %s."
)


class HttpUnsent(models.AbstractModel):
    """What was typed outlives the session that it was typed in, for its own sender."""

    _name = "ntue.http.unsent"
    _description = "Forms sent after their session ended"

    @classmethod
    def _handle_error(cls, exception):
        kept = cls._ntue_unsent(exception)
        # Odoo's answer to a session that has ended clears what this browser's next one has.
        others = waiting(request.session.get(KEY), time.time()) if kept else []
        response = super()._handle_error(exception)
        if not kept:
            return response
        if isinstance(exception, SessionExpiredException):
            query = {"redirect": kept.page, "expired": "kept"}
            response.headers["Location"] = f"/web/login?{urlencode(query)}"
        else:
            response = request.redirect(kept.page, 303)
        cls._ntue_keep(with_latest(others, kept))
        request._save_session()
        request._inject_future_response(response)
        return response

    @classmethod
    def _post_dispatch(cls, response):
        if request.session.get(KEY):
            cls._ntue_come_back(response)
        return super()._post_dispatch(response)

    # Keeping

    @classmethod
    def _ntue_keep(cls, rows):
        """These forms wait in the session, and no others."""
        if rows:
            request.session[KEY] = [row.as_json() for row in rows]
        else:
            request.session.pop(KEY, None)
            request.session.pop(TELL, None)

    @classmethod
    @contextmanager
    def _ntue_carrying_unsent(cls):
        """What waits stays in a session that is begun anew inside, if it is of who signs in by it.

        It waits on where nobody does.
        """
        kept = request.session.get(KEY)
        try:
            yield
        finally:
            rows = waiting(kept, time.time())
            cls._ntue_keep(cls._ntue_own(rows) if request.session.uid else rows)

    @classmethod
    def _ntue_unsent(cls, exception):
        """The form of the request, if it is one of a page of ours that its session has left."""
        sent = request.httprequest
        if sent.method != "POST" or not cls._wants_page() or not cls._ntue_is_too_late(exception):
            return None
        try:
            rule, args = cls._match(sent.path)
        except HTTPException:
            return None
        if not cls._ntue_takes_forms(rule.endpoint):
            return None
        most = most_bytes(sent.mimetype, rule.endpoint.routing)
        if most is None:
            most = request.env["ntue.passport.copy"]._most_request_bytes()
        if (sent.content_length or 0) > most:
            return None
        sent.max_content_length = most
        try:
            form = sent.form
        except HTTPException:  # longer than it said, or one field too long by itself
            return None
        token = form.get("csrf_token", "")
        if not cls._ntue_is_somebodys_form(token):
            return None
        page = cls._ntue_page_of(rule, args)
        return Unsent.of(sent.path, page, token, time.time(), form.items(multi=True))

    @classmethod
    def _ntue_is_too_late(cls, exception):
        if isinstance(exception, SessionExpiredException):
            return True
        said = getattr(exception, "description", None) or ""
        return isinstance(exception, HTTPException) and said.startswith(STALE_FORM)

    @classmethod
    def _ntue_takes_forms(cls, endpoint):
        """Whether this is an address of ours that takes the forms of a signed-in person."""
        routing = endpoint.routing
        return (
            endpoint.func.__module__.startswith(OURS)
            and (routing["type"], routing["auth"]) == ("http", "user")
            and request.httprequest.path.startswith(f"{START}/")
        )

    @classmethod
    def _ntue_page_of(cls, rule, args):
        """The page that the form is on: the one it was sent from, as far as the browser says."""
        if said := cls._ntue_page_said():
            return said
        form_on = rule.endpoint.routing.get("ntue_form_on")
        return form_on.format(**args) if form_on else cls._page_above() or START

    @classmethod
    def _ntue_page_said(cls):
        """The page that the browser says the form was sent from; None if it says none of ours."""
        said = urlsplit(request.httprequest.headers.get("Referer", ""))
        if said.netloc != request.httprequest.host or not cls._ntue_is_page(said.path):
            return None
        page = page_at(said.path, said.query)
        return page if len(page) <= LONGEST else said.path

    @classmethod
    def _ntue_is_page(cls, path):
        router = request.env["ir.http"].routing_map().bind("")
        return path.startswith(f"{START}/") and router.test(path, "GET")

    # Whose it is

    @classmethod
    def _ntue_is_somebodys_form(cls, token):
        """Whether the form is worth keeping: the user's own, or of somebody who was signed in.

        Nothing is kept for a visitor who never was, so that nobody without an account takes room.
        """
        if request.session.uid:
            return cls._ntue_is_own_form(token)
        if not TOKEN.fullmatch(token):
            return False
        identifier = request.session.sid[:STORED_SESSION_BYTES]
        own = [("session_identifier", "=", identifier)]
        if cls._ntue_is_made_in(token, cls._ntue_sessions(own, limit=1)):
            return True
        # Signed out in another window, or the browser has dropped its cookie.
        age = time.time() - (int(token.rpartition("o")[2]) - CSRF_TOKEN_SALT)
        if not 0 <= age + 1 <= get_session_max_inactivity(request.env):
            return False
        opened = fields.Datetime.now() - timedelta(seconds=age)
        then = [
            ("first_activity", "<=", opened + timedelta(seconds=2)),
            ("last_activity", ">=", opened - NOTED_EVERY),
        ]
        sessions = cls._ntue_sessions(then, "last_activity, id", SESSIONS_AT_ONCE)
        return cls._ntue_is_made_in(token, sessions)

    @classmethod
    def _ntue_is_own_form(cls, token):
        """Whether the form was filled in in one of the sessions of the signed-in user."""
        return bool(request.session.uid) and cls._ntue_is_made_in(token, cls._ntue_own_sessions())

    @classmethod
    def _ntue_own(cls, rows):
        """Those of ``rows`` that were filled in in sessions of the signed-in user."""
        sessions = cls._ntue_own_sessions() if rows else ()
        return [row for row in rows if cls._ntue_is_made_in(row.token, sessions)]

    @classmethod
    def _ntue_own_sessions(cls):
        own = [("user_id", "=", request.session.uid)]
        return cls._ntue_sessions(own, "last_activity desc, id desc")

    @classmethod
    def _ntue_sessions(cls, domain, order="id", limit=SESSIONS):
        """The identifiers of sessions of signed-in people; Odoo keeps them as devices."""
        devices = request.env["res.device.log"].sudo()
        found = devices.search_fetch(domain, ["session_identifier"], order=order, limit=limit)
        return set(found.mapped("session_identifier"))

    @classmethod
    def _ntue_is_made_in(cls, token, identifiers):
        """Whether one of the sessions made the token."""
        return bool(TOKEN.fullmatch(token)) and any(
            Request.validate_csrf(
                SimpleNamespace(env=request.env, session=SimpleNamespace(sid=identifier)), token
            )
            for identifier in identifiers
        )

    # Coming back

    @classmethod
    def _ntue_come_back(cls, response):
        """Show kept forms on their page; forget those that are over, sent now, or of others."""
        rows = waiting(request.session[KEY], time.time())
        if not request.session.uid:
            cls._ntue_keep(rows)  # on the way through the sign-in
            return
        own = cls._ntue_own(rows)
        sent = cls._ntue_sent_now(own)
        left = [row for row in own if row not in sent]
        if len(left) < len(own):
            request.session[TELL] = True
        cls._ntue_keep(left)
        is_page = isinstance(response, Response) and response.status_code == 200
        if left and is_page and response.mimetype == "text/html" and not response.is_streamed:
            cls._ntue_show(response, left)

    @classmethod
    def _ntue_sent_now(cls, rows):
        """Those of ``rows`` that this request takes: their sender has pressed again."""
        if request.httprequest.method != "POST" or not getattr(request, "ntue_own", False):
            return []
        return taken(rows, request.httprequest.path, cls._ntue_page_said())

    @classmethod
    def _ntue_show(cls, response, rows):
        """Put the forms of this page back, and say which other pages have one that waits.

        One that its page has no more, and one that was too long to keep, waits no longer once that
        page was shown.
        """
        path = request.httprequest.path
        address = page_at(path, request.httprequest.query_string.decode(errors="replace"))
        here = of_page(rows, address)
        others = [row for row in rows if row not in here]
        tell = request.session.get(TELL) and f"{path}/".startswith(f"{START}/")
        if not here and not tell and path not in {row.path for row in others}:
            return
        if response.is_qweb:
            response.flatten()
        elsewhere = list(dict.fromkeys(row.page for row in others))
        try:
            text = response.get_data(as_text=True)
            page = put_back(text, here, partial(cls._ntue_words, elsewhere))
            found = shown_on(text, here)
        except Exception:  # the page is worth more than what would be put into it
            _logger.exception("A form could not be put back on %s.", path)
            cls._ntue_keep(others)
            return
        over = [row for row in here if (not row.whole if row in found else row.page == address)]
        cls._ntue_keep([row for row in rows if row not in over])
        if page is not None:
            response.set_data(page)
            request.session.pop(TELL, None)

    @classmethod
    def _ntue_words(cls, elsewhere, lang):
        """``elsewhere``: addresses of the other pages."""
        code = lang.replace("-", "_")
        said = (TITLE, SENTENCE, PRESS, TOO_LONG, ELSEWHERE)
        menu = request.env["ntue.portal.menu"].with_context(lang=code)
        others = {page: menu._name_of(urlsplit(page).path) for page in elsewhere}
        return Words(*(text._translate(code) for text in said), others)
