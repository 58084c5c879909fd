"""Anyone who has to choose a password first does that, and nothing else (63, D44).

Every request is looked at after it is known whose it is: pages, remote calls of the browser's
session, JSON-2 by key. XML-RPC and JSON-RPC send the password along and are refused by
``_check_uid_passwd``; the websocket asks by itself.
"""

from fnmatch import fnmatchcase
from functools import cache

from odoo import models
from odoo.addons.bus.websocket import wsrequest
from odoo.http import SessionExpiredException, request
from werkzeug.exceptions import Forbidden, abort

CHANGE = "/my/password"
CAME_BY = "ntue_sso"
"""In the session: the portal that it came by, and its token for signing out there."""

OPEN_BEFORE = (
    CHANGE,
    "/logo",
    "/logo.png",
    "/web/assets/*",
    "/web/binary/company_logo",
    "/web/session/logout",
    "/web/webclient/translations*",
    "/website/translations*",
)
"""Routes as they are declared: the page itself, what it is drawn with, and the way out."""


@cache
def is_open_before(route):
    """Whether the route is open to anyone who has to choose a password first."""
    return any(fnmatchcase(route, pattern) for pattern in OPEN_BEFORE)


class HttpMustChange(models.AbstractModel):
    _name = "ntue.campus.http.must.change"
    _description = "Requests: must change"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        cls._ntue_lead_to_the_change(rule)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _ntue_lead_to_the_change(cls, rule):
        """Lead a browser to the page, and refuse everything else, until a password is chosen."""
        uid = request.env.uid or request.session.uid
        # Who comes by the campus portal has used no password of this desk.
        if not uid or is_open_before(rule.rule) or request.session.get(CAME_BY):
            return
        if not request.env["res.users"].sudo().browse(uid).ntue_must_change:
            return
        asked = request.httprequest
        is_page = rule.endpoint.routing["type"] == "http" and "Authorization" not in asked.headers
        if is_page and asked.method in ("GET", "HEAD") and "Upgrade" not in asked.headers:
            abort(request.redirect(CHANGE))
        raise Forbidden(request.env._("Choose a new password first, on the page %s.", CHANGE))


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        result = super()._authenticate()
        came_by_portal = wsrequest.session.get(CAME_BY)
        if wsrequest.env.user.ntue_must_change and not came_by_portal:
            raise SessionExpiredException()
        return result
