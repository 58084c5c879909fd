"""Whoever has just written something reads it: from the primary, until the replica has it too.

Where the server has a replica (``db_replica_host``) Odoo reads there what its addresses only read,
and a replica may lag. A session that wrote remembers when, by the database's clock; its requests
go to the primary until the replica has replayed something that was committed later.
"""

from odoo import models
from odoo.http import request
from odoo.tools import config

WROTE = "ntue_wrote"
"""In the session: when it last wrote, in seconds of the primary's clock."""

COMMITTED = 2
"""Seconds from the end of a request's work until what it wrote is committed, at most."""

LONGEST = 600
"""Seconds after which a replica that replayed nothing is read no more: jobs write every minute, so
it is cut off."""

_WRITTEN = """
    SELECT extract(epoch FROM clock_timestamp())::float8
     WHERE pg_current_xact_id_if_assigned() IS NOT NULL
"""
_REPLAYED = """
    SELECT pg_is_in_recovery(), extract(epoch FROM clock_timestamp())::float8,
           extract(epoch FROM pg_last_xact_replay_timestamp())::float8
"""


class HttpReplica(models.AbstractModel):
    """Requests that only read may be answered by a replica, but not about one's own steps."""

    _name = "ntue.http.replica"
    _description = "Reading behind a replica"

    def _generate_routing_rules(self, modules, converters):
        """Every address, those of Odoo too: it only reads if it did before and may do so now.

        A program with a key has no session that could remember what it wrote (JSON-2): it is always
        answered by the primary.
        """
        for url, endpoint in super()._generate_routing_rules(modules, converters):
            reads = endpoint.routing.get("readonly")
            if reads:
                remembers = endpoint.routing.get("auth") != "bearer"
                readonly = _unless_written(reads) if remembers else False
                endpoint.routing = {**endpoint.routing, "readonly": readonly}
            yield url, endpoint

    @classmethod
    def _post_dispatch(cls, response):
        """The session remembers that something was written; it is saved after this."""
        if config["db_replica_host"] and not request.env.cr.readonly:
            request.env.flush_all()
            request.env.cr.execute(_WRITTEN)
            for (moment,) in request.env.cr.fetchall():
                request.session[WROTE] = moment
        return super()._post_dispatch(response)


def _unless_written(reads):
    """As Odoo asks whether an address only reads: ``reads`` is True, or is asked itself."""

    def readonly(controller, rule, args):
        wanted = reads(controller, rule, args) if callable(reads) else reads
        if not wanted or not config["db_replica_host"]:
            return bool(wanted)
        return replica_has(request.env.cr, request.session.get(WROTE))

    return readonly


def replica_has(cr, wrote):
    """Whether the database that ``cr`` reads has what a session wrote at ``wrote``, and the rest.

    The primary always has. One that replayed what was committed well after that has it; one that is
    cut off is read by nobody, whether they wrote or not.
    """
    cr.execute(_REPLAYED)
    is_replica, now, replayed = cr.fetchone()
    if not is_replica:
        return True
    if replayed is None or now - replayed > LONGEST:
        return False
    return wrote is None or replayed > wrote + COMMITTED
