"""Pages that are there for passwords of students: not while they have none here."""

from odoo import models
from odoo.http import request
from werkzeug.exceptions import Unauthorized, abort

INSTEAD = {"/my/password": "/my/security", "/web/forgotten": "/web/login"}
"""Where a page for students' passwords leads to while they sign in by the portal."""


def instead_of(route):
    """The page in place of ``route``, as it is declared; None for any other."""
    for start, page in INSTEAD.items():
        if route == start or route.startswith(f"{start}/"):
            return page
    return None


class HttpSingleSignOn(models.AbstractModel):
    _name = "ntue.campus.http.single.sign.on"
    _description = "Requests: single sign on"

    @classmethod
    def _auth_method_bearer(cls):
        """No key of a student of the portal is good here, as no password is."""
        result = super()._auth_method_bearer()
        shows_key = bool(request.httprequest.headers.get("Authorization"))
        if shows_key and request.env.user._ntue_signs_in_elsewhere():
            raise Unauthorized()
        return result

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        page = instead_of(rule.rule)
        if page and cls._ntue_has_no_password():
            abort(request.redirect(page))
        return result

    @classmethod
    def _ntue_has_no_password(cls):
        """Whether the caller is a student of the portal, or a visitor who may be one."""
        if not request.env["auth.oauth.provider"]._ntue_campus():
            return False
        user = request.env.user
        return not user or user._is_public() or user._ntue_signs_in_elsewhere()
