"""Browsers in which an account's owner signed in before: they count apart.

Anyone who tries an account's password from elsewhere cannot lock its owner out at home; and since
nobody else has the cookie, nobody learns by it which accounts there are. The cookie says nothing
about who signed in: of each account it has a mark that only the server can make.
"""

import secrets

from odoo.http import request
from odoo.tools.misc import hash_sign, hmac, verify_hash_signed

COOKIE = "ntue_known"
SCOPE = "ntue-known-browser"
DAYS = 180
ACCOUNTS = 5
"""Accounts that one browser remembers: a computer that a household shares."""


def _mark(env, user):
    return hmac(env(su=True), SCOPE, user.id)[:20]


def _remembered(env):
    """``[mark, number]`` of each account that signed in in this browser, the latest last."""
    cookie = request.cookies.get(COOKIE) if request else None
    if not cookie or len(cookie) > 2000:
        return []
    try:
        return verify_hash_signed(env(su=True), SCOPE, cookie) or []
    except ValueError:  # not even one of ours
        return []


def number_of(env, user):
    """The browser's number where ``user`` signed in in it before; empty elsewhere."""
    return dict(_remembered(env)).get(_mark(env, user), "") if user else ""


def remember(env, user, response):
    """Let the browser know that ``user`` signed in in it."""
    mark = _mark(env, user)
    number = number_of(env, user) or secrets.token_hex(8)
    others = [row for row in _remembered(env) if row[0] != mark]
    rows = [*others[1 - ACCOUNTS :], [mark, number]]
    response.set_cookie(
        COOKIE,
        hash_sign(env(su=True), SCOPE, rows, expiration_hours=24 * DAYS),
        max_age=DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.httprequest.scheme == "https",
    )
