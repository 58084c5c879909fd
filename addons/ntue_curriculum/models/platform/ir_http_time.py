"""No statement of a request from outside takes long in the database."""

import psycopg2
from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from ... import database_clock
from ..guarded.bounded_search import bound_time


class HttpTime(models.AbstractModel):
    """Requests from outside have so many seconds per statement."""

    _name = "ntue.http.time"
    _description = "Time of requests from outside"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        database_clock.keep(request.env.cr)
        user = request.env.user
        if not request.env.uid or not (user._is_internal() or user._ntue_is_feed()):
            bound_time(request.env.cr)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _dispatch(cls, endpoint):
        try:
            return super()._dispatch(endpoint)
        except psycopg2.errors.QueryCanceled as error:
            raise UserError(
                request.env._("This took too long in the database. Ask for less at a time.")
            ) from error
