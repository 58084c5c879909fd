"""What a search may cost that somebody sends: so many conditions, so many records, so long.

Access rights say what is found, not how dear the finding is. A page asks with a few conditions for
some dozens of records; a remote call could send thousands, or ask for all that everybody may read.
Code that acts with the rights of the system is not bound.
"""

import psycopg2
from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

MOST_CONDITIONS = 100
"""Conditions of a search from outside. Each may search by itself; a step to another record
(``student_id.program_id.name``) counts like one."""

MOST_CONDITIONS_STAFF = 1000

MOST_RECORDS = 1000
"""Records that somebody from outside is given at a time; the longest page shows some hundred."""

MOST_ORDER = 200
"""Characters of an order."""

SECONDS = 10
"""Seconds that one statement of a request from outside may take in the database."""

SUB = ("any", "not any")


def conditions(domain):
    """How many conditions a domain has, those of domains inside of it too; steps count."""
    if isinstance(domain, Domain):
        return sum(map(_cost, domain.iter_conditions()))
    count, open_lists = 0, [domain]
    while open_lists:
        found = open_lists.pop()
        if not isinstance(found, list | tuple):
            continue
        for item in found:
            if not isinstance(item, list | tuple):
                count += item == "!"
                continue
            if len(item) == 3 and isinstance(item[0], str):
                count += 1 + item[0].count(".")
                if item[1] in SUB:
                    open_lists.append(item[2])
            else:
                count += 1
    return count


def _cost(condition):
    inside = condition.value if condition.operator.removesuffix("!") in SUB else None
    steps = 1 + condition.field_expr.count(".")
    return steps + (conditions(inside) if isinstance(inside, Domain | list | tuple) else 0)


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        self._ntue_bound_search(domain, order)
        return super()._search(domain, offset=offset, limit=limit, order=order, **kwargs)

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        self._ntue_bound_search(domain, order)
        most = self._ntue_most(limit)
        rows = super()._read_group(
            domain, groupby, aggregates, having=having, offset=offset, limit=most, order=order
        )
        return self._ntue_checked(rows)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        self._ntue_bound_search(domain, order)
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    @api.readonly
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        most = self._ntue_most(limit)
        return self._ntue_checked(
            super().search_read(domain, fields, offset, most, order, **read_kwargs)
        )

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        most = self._ntue_most(limit)
        return self._ntue_checked(super().name_search(name, domain, operator, most))

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        most = self._ntue_most(limit)
        found = super().web_search_read(domain, specification, offset, most, order, count_limit)
        self._ntue_checked(found["records"])
        return found

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        self._ntue_checked(self)
        return super().read(fields, load)

    @api.readonly
    def web_read(self, specification):
        self._ntue_checked(self)
        return super().web_read(specification)

    def export_data(self, fields_to_export):
        self._ntue_checked(self)
        return super().export_data(fields_to_export)

    @api.model
    def _ntue_comes_from_outside(self):
        return not self.env.su and not self.env.user._is_internal()

    @api.model
    def _ntue_bound_search(self, domain, order):
        """UserError for a search that no page sends."""
        if self.env.su:
            return
        most = MOST_CONDITIONS if self._ntue_comes_from_outside() else MOST_CONDITIONS_STAFF
        count = conditions(domain)
        if count > most:
            raise UserError(
                self.env._(
                    "The search has %(count)s conditions, at most %(most)s are answered. Ask for "
                    "it in parts.",
                    count=count,
                    most=most,
                )
            )
        if isinstance(order, str) and len(order) > MOST_ORDER:
            raise UserError(self.env._("The order is too long. Name fewer fields."))

    @api.model
    def _ntue_most(self, limit):
        """``limit``, or one more than somebody from outside is given."""
        if not self._ntue_comes_from_outside():
            return limit
        asked = limit if isinstance(limit, int) and limit > 0 else MOST_RECORDS + 1
        return min(asked, MOST_RECORDS + 1)

    @api.model
    def _ntue_checked(self, found):
        """``found``; UserError where it is more than somebody from outside is given."""
        if len(found) > MOST_RECORDS and self._ntue_comes_from_outside():
            raise UserError(
                self.env._(
                    "These are more than %s records. Ask for them in parts, with a limit and an "
                    "offset.",
                    MOST_RECORDS,
                )
            )
        return found


def bound_time(cr):
    """No statement of this transaction takes longer than `SECONDS`."""
    cr.execute("SET LOCAL statement_timeout = %s", [int(SECONDS * 1000)])


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        if not request.env.uid or not request.env.user._is_internal():
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


class ResUsers(models.Model):
    """Calls that bring their account in the text open a cursor of their own."""

    _inherit = "res.users"

    def _check_uid_passwd(self, uid, passwd):
        result = super()._check_uid_passwd(uid, passwd)
        user = self.browse(uid)
        if uid != SUPERUSER_ID and not user._is_internal():
            bound_time(self.env.cr)
        return result
