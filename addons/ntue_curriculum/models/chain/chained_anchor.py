"""Signing the heads of the logs, and comparing the logs with the heads that were signed."""

import base64
import logging
from contextlib import closing
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import anchor_key, log_anchor, trusted_time
from ...clock import taipei_today
from ...log_anchor import Finding, Stored
from ...log_head import parse_head

_logger = logging.getLogger(__name__)

STAMP_ADDRESS = "ntue_curriculum.timestamp_url"
"""Setting: where an authority stamps the time as RFC 3161 says; empty where the school has none."""


class ChainedAnchor(models.AbstractModel):
    """The anchors of the logs."""

    _name = "ntue.chained.anchor"
    _description = "Anchors of a chain"
    _inherit = ["ntue.chained.anchor.words"]

    # Making them

    @api.model
    def _anchor_day(self):
        """Anchor the day. What is for the mail of it: what anchors before tell, and this one."""
        told = [text for text, is_fault in self._check_anchors() if is_fault]
        for text in told:
            _logger.error("The anchors of the logs: %s", text)
        anchor = self._anchor([f"day {taipei_today()}"])
        return [*told, replace(anchor, timestamp="").line()] if anchor else told

    @api.model
    def _anchor(self, purposes):
        """Sign the heads for those of ``purposes`` that no anchor is for yet; the anchor, or None.

        None too where there is no key, no file or no entry, and where the file cannot be written,
        which is logged.
        """
        key, path = anchor_key.signing(), anchor_key.place()
        heads = self._committed_heads()
        if not (key and path and heads):
            return None
        try:
            with anchor_key.opened(path) as (anchors, add):
                done = {purpose for one in self._own(anchors) for purpose in one.purposes}
                left = [purpose for purpose in purposes if purpose not in done]
                if not left:
                    return None
                at = fields.Datetime.now().strftime("%Y-%m-%dT%H:%M:%SZ")
                before = anchors[-1] if anchors else None
                made = log_anchor.after(before, at, self._database(), left, heads)
                anchor = self._stamped(log_anchor.sign(made, key))
                add(anchor)
        except OSError:
            _logger.exception("The heads of the logs cannot be signed into their file.")
            return None
        return anchor

    @api.model
    def _committed_heads(self):
        """The heads as everybody sees them: what this transaction adds could yet be undone."""
        with closing(self.env.registry.cursor()) as now:
            return self._heads_in(now)

    @api.model
    def _heads_in(self, cr):
        """The heads that ``cr`` sees, by table."""
        heads = {chain._table: chain._last(cr) for chain in self._chains()}
        return {table: f"{number}/{known}" for table, (number, known) in heads.items() if number}

    @api.model
    def _own(self, anchors):
        """Those of ``anchors`` that are true and of this database."""
        known, database = anchor_key.known(), self._database()
        return [
            anchor
            for anchor in anchors
            if anchor.database == database and not log_anchor.signature_fault(anchor, known)
        ]

    @api.model
    def _database(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    @api.model
    def _stamped(self, anchor):
        """``anchor`` with a time stamp, where an authority is set and answers."""
        address = self.env["ir.config_parameter"].sudo().get_param(STAMP_ADDRESS)
        if not address:
            return anchor
        try:
            stamp = trusted_time.ask(address, base64.b64decode(anchor.signature))
        except trusted_time.StampError:
            _logger.exception("Anchor %s has no time stamp.", anchor.number)
            return anchor
        return replace(anchor, timestamp=base64.b64encode(stamp).decode())

    @api.model
    def _anchor_restored(self, reason):
        """Sign that this database was restored from a backup on purpose; UserError if not signed.

        What was anchored before is not compared any more, and every check says so.
        """
        moment = fields.Datetime.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        if not self._anchor([f"{log_anchor.RESTORED}{moment} {reason}"]):
            raise UserError(
                self.env._(
                    "Nothing was signed: name the key in NTUE_ANCHOR_KEY_FILE and the file of the "
                    "anchors in NTUE_ANCHOR_FILE, and see to it that both can be opened."
                )
            )

    # Comparing

    @api.model
    def _check_anchors(self, anchors=None, keys=None, authorities=()):
        """What ``anchors`` tell of the logs: a sentence each, and whether it is a fault.

        Without ``anchors`` those of the file that is set, if one is.
        """
        if anchors is None:
            try:
                anchors = self._kept_anchors()
            except OSError:
                _logger.exception("The file of the anchors cannot be read.")
                text = self.env._(
                    "The file of the anchors cannot be read. See to it that the server can open it."
                )
                return [(text, True)]
        known = anchor_key.known() if keys is None else keys
        if anchors and not known:
            return [(self._no_key_text(), True)]
        numbers = {}
        for anchor in anchors:
            for table, head in anchor.heads.items():
                numbers.setdefault(table, set()).add(parse_head(head).number)
        stored = {
            chain._table: chain._stored(numbers.get(chain._table, ())) for chain in self._chains()
        }
        told = log_anchor.check(anchors, known, self._database(), stored)
        found = [(self._told_text(one), one.finding is not Finding.SET_ASIDE) for one in told]
        return [*found, *self._check_stamps(anchors, authorities)]

    @api.model
    def _kept_anchors(self):
        """The anchors in the file that is set; none without one, or where it is not there yet."""
        path = anchor_key.place()
        try:
            with open(path or "", encoding="utf-8", errors="replace") as file:  # pylint: disable=consider-using-with
                return log_anchor.read_anchors(file.read())
        except FileNotFoundError:
            return []

    @api.model
    def _stored(self, numbers):
        """What the database has of this log at ``numbers``."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT number, entry_hash FROM %s WHERE number IN %s",
                SQL.identifier(self._table),
                tuple(numbers) or (0,),
            )
        )
        hashes, ended = dict(self.env.cr.fetchall()), self._ended(self.env.cr)
        return Stored({ended[0]: ended[1], **hashes}, self._last(self.env.cr)[0], ended[0])

    @api.model
    def _check_stamps(self, anchors, authorities):
        """Of time stamps that are no word of an authority on their anchor; how many are none."""
        for anchor in anchors:
            if not anchor.timestamp:
                continue
            try:
                trusted_time.verify(
                    base64.b64decode(anchor.timestamp),
                    base64.b64decode(anchor.signature),
                    authorities,
                )
            except ValueError as fault:
                yield self._stamp_text(anchor, fault), True
        if not authorities and any(anchor.timestamp for anchor in anchors):
            yield self._untrusted_text(), False
