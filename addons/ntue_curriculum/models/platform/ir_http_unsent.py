"""A form sent after its session ended waits for its sender, who finds it on its page again.

What was typed is kept in the session on the server, never in the browser, and is shown for an hour
at most, to nobody but the user in whose session it was typed: its token says whose that was. The
first request after that hour takes it out; of a browser that never comes back it goes with the
session's file, which Odoo clears when its time of inactivity is over.
"""

import logging
import time
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode, urlsplit

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
from ...unsent import SAID_ONCE, TOKEN, Unsent, Words, put_back
from .ir_http_errors import STALE_FORM

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

OURS = "odoo.addons.ntue_"
START = "/my"
KEY = "ntue_unsent"
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


class HttpUnsent(models.AbstractModel):
    """What was typed outlives the session that it was typed in, for its own sender."""

    _name = "ntue.http.unsent"
    _description = "Forms sent after their session ended"

    @classmethod
    def _handle_error(cls, exception):
        kept = cls._ntue_unsent(exception)
        response = super()._handle_error(exception)
        if not kept:
            return response
        if isinstance(exception, SessionExpiredException):
            query = {"redirect": kept.page, "expired": "kept"}
            response.headers["Location"] = f"/web/login?{urlencode(query)}"
        else:
            response = request.redirect(kept.page, 303)
        request.session[KEY] = kept.as_json()
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
        said = urlsplit(request.httprequest.headers.get("Referer", ""))
        if said.netloc == request.httprequest.host and cls._ntue_is_page(said.path):
            kept = [pair for pair in parse_qsl(said.query) if pair[0] not in SAID_ONCE]
            address = f"{said.path}?{urlencode(kept)}" if kept else said.path
            return address if len(address) <= LONGEST else said.path
        form_on = rule.endpoint.routing.get("ntue_form_on")
        return form_on.format(**args) if form_on else cls._page_above() or START

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
        if cls._ntue_is_of_session(token, own, limit=1):
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
        return cls._ntue_is_of_session(token, then, "last_activity, id", SESSIONS_AT_ONCE)

    @classmethod
    def _ntue_is_own_form(cls, token):
        """Whether the form was filled in in one of the sessions of the signed-in user."""
        if not (request.session.uid and TOKEN.fullmatch(token)):
            return False
        own = [("user_id", "=", request.session.uid)]
        return cls._ntue_is_of_session(token, own, "last_activity desc, id desc")

    @classmethod
    def _ntue_is_of_session(cls, token, domain, order="id", limit=SESSIONS):
        """Whether one of the sessions of signed-in people made the token.

        Odoo keeps them as devices.
        """
        devices = request.env["res.device.log"].sudo()
        found = devices.search_fetch(domain, ["session_identifier"], order=order, limit=limit)
        return any(
            Request.validate_csrf(
                SimpleNamespace(env=request.env, session=SimpleNamespace(sid=identifier)), token
            )
            for identifier in set(found.mapped("session_identifier"))
        )

    # Coming back

    @classmethod
    def _ntue_come_back(cls, response):
        """Show a kept form on its page, or forget it when it is over or somebody else signed in."""
        kept = Unsent.from_json(request.session[KEY])
        if not kept or kept.is_over(time.time()):
            request.session.pop(KEY)
            return
        if not request.session.uid:
            return  # on the way through the sign-in
        moved_on = request.httprequest.method == "POST" and getattr(request, "ntue_own", False)
        moved_on = moved_on and request.httprequest.path.startswith(f"{START}/")
        if moved_on or not cls._ntue_is_own_form(kept.token):
            request.session.pop(KEY)
            return
        here = request.httprequest.path == urlsplit(kept.page).path
        if here and isinstance(response, Response) and response.status_code == 200:
            cls._ntue_put_back(response, kept)

    @classmethod
    def _ntue_put_back(cls, response, kept):
        if response.mimetype != "text/html" or response.is_streamed:
            return
        if response.is_qweb:
            response.flatten()
        try:
            page = put_back(response.get_data(as_text=True), kept, cls._ntue_words)
        except Exception:  # the page is worth more than what would be put into it
            _logger.exception("A form could not be put back on %s.", kept.page)
            request.session.pop(KEY)
            return
        if page is not None:
            response.set_data(page)

    @classmethod
    def _ntue_words(cls, lang):
        code = lang.replace("-", "_")
        return Words(*(text._translate(code) for text in (TITLE, SENTENCE, PRESS, TOO_LONG)))
