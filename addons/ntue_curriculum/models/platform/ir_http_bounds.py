"""What the product's own addresses take, before any of their code runs, and what goes out."""

from odoo import models
from odoo.http import request
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    RequestEntityTooLarge,
    UnprocessableEntity,
)
from werkzeug.wrappers import Response

from ... import gate
from ...closed_addresses import is_closed_to_students
from ...request_size import most_bytes

OURS = "odoo.addons.ntue_"

PERSONAL = ("/my", "/report/", "/web/login", "/web/reset_password", "/web/signup")
"""Beginnings of addresses whose pages speak of one person; those of ours do all."""

SESSION = "session_id="


class HttpBounds(models.AbstractModel):
    """What an address takes, whom it is closed to, and the headers of its answer."""

    _name = "ntue.http.bounds"
    _description = "Bounds of requests and answers"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        endpoint = rule.endpoint
        employee = bool(request.env.uid) and request.env.user._is_internal()
        if request.session.uid and request.session.uid == request.env.uid:
            gate.know(request.db, request.env.uid, employee=employee)
        request.ntue_employee = employee
        if not employee and not (request.env.uid and request.env.user._ntue_is_feed()):
            cls._bound_body(endpoint.routing)
        request.ntue_own = endpoint.func.__module__.startswith(OURS)
        if request.ntue_own and endpoint.routing["type"] == "http":
            cls._refuse_what_no_form_sends(endpoint.routing.get("ntue_files", ()), args)
        cls._turn_students_away(rule)
        return result

    @classmethod
    def _bound_body(cls, routing):
        """413 for what is larger than anything that a student or a visitor has to send."""
        sent = request.httprequest
        most = most_bytes(sent.mimetype, routing, gate.rpc())
        if most is not None:
            sent.max_content_length = min(most, sent.max_content_length or most)
        if sent.max_content_length and (sent.content_length or 0) > sent.max_content_length:
            raise RequestEntityTooLarge()

    @classmethod
    def _turn_students_away(cls, rule):
        """Forbidden for a student at what docs/platform.md closes to them."""
        closed = is_closed_to_students(rule.rule) and request.env.uid
        if closed and request.env.user._ntue_is_student():
            raise Forbidden()

    @classmethod
    def _refuse_what_no_form_sends(cls, files, args):
        """422 for a text sent as a file, and for a NUL, which no text and no database holds."""
        sent = request.httprequest
        if set(sent.files) - set(files):
            raise UnprocessableEntity(request.env._("A file was sent where a text belongs."))
        texts = [str(value) for value in args.values()]
        for values in (sent.args, sent.form):
            for name, value in values.items(multi=True):
                texts += (name, value)
        if any("\0" in text for text in texts):
            raise UnprocessableEntity(
                request.env._("The text holds a mark that cannot be kept. Write it anew.")
            )

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        if isinstance(response, Response):
            cls._shield(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(response, HTTPException):
            response = response.get_response(request.httprequest.environ)
        if isinstance(response, Response):
            cls._shield(response)
        return response

    @classmethod
    def _shield(cls, response):
        """What is in the way of the next person at this computer, and of other sites.

        A page that speaks of a person is kept nowhere: after signing out, Back shows none. No
        other site shows one in a frame and has its buttons pressed. The session's cookie goes
        with no form of another site, and over HTTPS never without it.
        """
        headers = response.headers
        if cls._is_personal() and "no-store" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "no-store"
        if response.mimetype in ("text/html", "application/pdf"):
            headers.setdefault("X-Frame-Options", "SAMEORIGIN")
            policy = headers.get("Content-Security-Policy", "")
            if "frame-ancestors" not in policy:
                own = "frame-ancestors 'self'"
                headers["Content-Security-Policy"] = f"{policy}; {own}" if policy else own
        cookies = headers.getlist("Set-Cookie")
        if any(cookie.startswith(SESSION) for cookie in cookies):
            headers.setlist("Set-Cookie", map(cls._bound_cookie, cookies))

    @classmethod
    def _is_personal(cls):
        if getattr(request, "ntue_own", False):
            return True
        path = request.httprequest.path
        return any(path == start or path.startswith(f"{start.rstrip('/')}/") for start in PERSONAL)

    @classmethod
    def _bound_cookie(cls, cookie):
        if not cookie.startswith(SESSION) or "samesite" in cookie.lower():
            return cookie
        secure = request.httprequest.scheme == "https" and "secure" not in cookie.lower()
        return f"{cookie}; SameSite=Lax{'; Secure' if secure else ''}"
