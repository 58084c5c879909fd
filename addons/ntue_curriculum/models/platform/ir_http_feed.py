"""The one address for the files of another system: its keys are good here, and here alone."""

import re

from odoo import models
from odoo.http import request
from werkzeug.exceptions import Forbidden

from ... import feed

BEARER = re.compile(r"^bearer\s+(.+)$", re.IGNORECASE)


class HttpFeed(models.AbstractModel):
    """Who calls with a key for files, and that such an account does nothing else."""

    _name = "ntue.http.feed"
    _description = "Calls of systems that send files"

    @classmethod
    def _auth_method_bearer(cls):
        """A key for files is looked for first at the address that takes them."""
        sent = request.httprequest
        key = BEARER.match(sent.headers.get("Authorization") or "")
        if key and sent.path == feed.PATH and not request.session.uid:
            keys = request.env["res.users.apikeys"]
            uid = keys._check_credentials(scope=feed.SCOPE, key=key[1])
            if uid:
                request.update_env(user=uid)
                if request.env.user._ntue_is_feed():
                    request.session.can_save = False
                    cls._auth_method_user()
                    return None
        return super()._auth_method_bearer()

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """The account of another system reaches its address alone, whatever brought it here."""
        user = request.env.user
        if request.env.uid and user._ntue_is_feed() and request.httprequest.path != feed.PATH:
            raise Forbidden()
        return super()._pre_dispatch(rule, args)
