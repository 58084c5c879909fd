"""Pages in place of what could not be shown: no bare status, no trace of the code (I18)."""

import json
import logging
import traceback
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError
from odoo.http import JsonRPCDispatcher, Response, SessionExpiredException, request
from odoo.tools.misc import get_lang
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)

from ... import error_pages

_logger = logging.getLogger(__name__)

STALE_FORM = "Session expired (invalid CSRF token)"
"""How Odoo's refusal of a form begins that was opened in an earlier session."""

RETURNED_TO = ("/my", "/web/login", "/web/reset_password", "/web/signup")
"""Beginnings of addresses that a page of this kind leads back to."""

FOR_PROGRAMS = ("/jsonrpc", "/xmlrpc/")
"""Addresses that no browser opens; Odoo closes the database before it works for them."""

SAFE = ("GET", "HEAD")


def is_ours(error):
    """Whether code of this product raised the error, so that its words are for people."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and any(
        part.startswith("ntue_") for part in Path(frames[-1].filename).parts
    )


class HttpErrors(models.AbstractModel):
    """What people see in place of a page that could not be shown."""

    _name = "ntue.http.errors"
    _description = "Pages of errors"

    @classmethod
    def _match(cls, path):
        """Odoo answers a method that an address does not take before it asks who is there."""
        try:
            return super()._match(path)
        except MethodNotAllowed as error:
            if cls._wants_page():
                response = cls._bare_error(error, 405, error_pages.SOMEBODY)
                response.headers["Allow"] = ", ".join(error.valid_methods or ())
                cls._shield(response)
                error.error_response = response
            raise

    @classmethod
    def _handle_error(cls, exception):
        if not cls._wants_page():
            return cls._without_trace(super()._handle_error(exception))
        if isinstance(exception, RequestEntityTooLarge):
            # Drawn at once: Odoo's pages would read what is too large once more.
            return cls._bare_error(exception, 413, cls._who())
        if isinstance(exception, NotFound) and not hasattr(request, "ntue_employee"):
            # Odoo does not ask whether the session still holds where there is no address.
            cls._authenticate_explicit("public")
        response = super()._handle_error(exception)
        if isinstance(exception, SessionExpiredException):
            cls._lead_back(response)
        code = getattr(response, "code", None) or 0
        if isinstance(response, HTTPException) and not response.response and code >= 400:
            who = cls._who() if code < 500 else error_pages.SOMEBODY
            return cls._bare_error(exception, code, who)
        return response

    @classmethod
    def _get_error_html(cls, env, code, values):
        """Odoo's pages of its website stay its own for everybody but students."""
        if not isinstance(code, int) or code < 400 or not cls._is_for_us():
            return super()._get_error_html(env, code, values)
        exception = values.get("exception")
        if code < 500:
            text = cls._error_text(exception, code, env.lang or "en_US", cls._who())
            try:
                view = env["ir.ui.view"]
                return code, view._render_template(
                    "ntue_curriculum.portal_error", {"error_text": text}
                )
            except Exception:  # whatever a view of another addon falls over
                _logger.exception("The page for status %s could not be drawn in its frame.", code)
        text = cls._error_text(exception, code, cls._error_lang(), error_pages.SOMEBODY)
        return code, error_pages.html(text, cls._error_lang())

    @classmethod
    def _without_trace(cls, response):
        """The error for a program; only employees get the traceback."""
        if getattr(request, "ntue_employee", False) or not isinstance(response, Response):
            return response
        if response.mimetype == "application/json":
            answer = json.loads(response.get_data())
            fault = answer.get("error", {}).get("data", answer)
            if fault.get("debug"):
                fault["debug"] = ""
                response.set_data(json.dumps(answer, ensure_ascii=False))
        return response

    @classmethod
    def _wants_page(cls):
        """Whether a person asks, at a browser, and not a program."""
        sent = request.httprequest
        is_call = sent.mimetype in JsonRPCDispatcher.mimetypes
        return (
            request.dispatcher.routing_type == "http"
            and not is_call
            and not sent.path.startswith(FOR_PROGRAMS)
            and sent.accept_mimetypes.accept_html
        )

    @classmethod
    def _is_for_us(cls):
        path = request.httprequest.path
        ours = any(path == start or path.startswith(f"{start}/") for start in RETURNED_TO)
        return ours or "website" not in request.env or cls._who() == error_pages.STUDENT

    @classmethod
    def _bare_error(cls, exception, status, who):
        """The response where there is no frame: it needs nothing but the language."""
        lang = cls._error_lang()
        page = error_pages.html(cls._error_text(exception, status, lang, who), lang)
        return Response(page, status=status, content_type="text/html; charset=utf-8")

    @classmethod
    def _error_text(cls, exception, status, lang, who):
        """What the page of an exception says; nothing of what failed in the code."""
        description = str(getattr(exception, "description", None) or "")
        expired = status == 400 and description.startswith(STALE_FORM)
        detail = ""
        if isinstance(exception, UserError) and not isinstance(exception, AccessError):
            detail = str(exception.args[0])
        elif isinstance(exception, HTTPException) and status < 500 and is_ours(exception):
            own = description != type(exception).description
            detail = description if own else ""
        return error_pages.error_text(
            status,
            lang,
            who,
            detail=detail,
            page=cls._page_above() if expired or status in (405, 422) else "",
            again=status >= 500 and request.httprequest.method in SAFE,
            expired=expired,
        )

    @classmethod
    def _who(cls):
        """Who asks, as far as the database still says."""
        with suppress(psycopg2.Error, AttributeError):
            user = request.env.user if request.env.uid else None
            if not user or user._is_public():
                return error_pages.VISITOR
            if user._ntue_is_student():
                return error_pages.STUDENT
            return error_pages.STAFF if user._is_internal() else error_pages.SOMEBODY
        return error_pages.SOMEBODY

    @classmethod
    def _error_lang(cls):
        """The language of the pages before, or of the browser; the school's if neither is here."""
        asked = request.cookies.get("frontend_lang") or request.session.context.get("lang")
        with suppress(psycopg2.Error, AttributeError, TypeError):
            return get_lang(request.env(user=SUPERUSER_ID, context={"lang": asked})).code
        return asked or "en_US"

    @classmethod
    def _page_above(cls):
        """The nearest page at or above the address: what a form belongs to whose address it is."""
        router = request.env["ir.http"].routing_map().bind("")
        path = request.httprequest.path
        while path:
            starts = any(path == start or path.startswith(f"{start}/") for start in RETURNED_TO)
            if starts and router.test(path, "GET"):
                return path
            path = path.rpartition("/")[0]
        return ""

    @classmethod
    def _lead_back(cls, response):
        """After signing in again, the sender of a form comes to its page and reads why."""
        if request.httprequest.method not in SAFE:
            query = {"redirect": cls._page_above() or "/my", "expired": 1}
            response.headers["Location"] = f"/web/login?{urlencode(query)}"
