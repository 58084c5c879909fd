"""Papers that were printed and never change: printed once, whichever process is asked.

What a process remembers (``printing.KEPT``) the others of a server do not know, and the first
slip after a start is printed anew. Here they are kept by the hash of all that they were drawn from.
"""

import base64
import hashlib
from datetime import timedelta

from odoo import api, fields, models

from ...clock import taipei_today

KEEP_DAYS = 60
"""Days after which a paper is printed anew when somebody asks: the season is over by then."""


class KeptPaper(models.Model):
    """A PDF and what it is of. Nobody asks for one but the report, after the user's access."""

    _name = "ntue.kept.paper"
    _description = "Paper that was printed"
    _inherit = ["ntue.readable.references"]
    _rec_name = "drawn_from"
    _log_access = False

    drawn_from = fields.Char(string="Hash of what it is drawn from", required=True, index=True)
    model = fields.Char(required=True)
    record = fields.Integer(required=True, aggregator=None)
    made_on = fields.Date(string="Made on", required=True, index=True)
    content = fields.Binary(required=True, attachment=True)

    _of_record = models.Index("(model, record)")

    @api.model
    def _find(self, key):
        """The PDF that was drawn from ``key``; None when there is none."""
        # A caller's context may ask for the sizes of files instead of them.
        kept = self.sudo().with_context(bin_size=False)
        found = kept.search([("drawn_from", "=", self._name_of(key))], limit=1)
        return base64.b64decode(found.content) if found else None

    @api.model
    def _keep(self, key, record, content):
        """Keep a PDF of ``record`` that was drawn from ``key``."""
        self.sudo().create(
            [
                {
                    "drawn_from": self._name_of(key),
                    "model": record._name,
                    "record": record.id,
                    "made_on": taipei_today(),
                    "content": base64.b64encode(content),
                }
            ]
        )

    @api.model
    def _forget(self, records):
        """Delete the papers of ``records``: what they were drawn from is erased."""
        domain = [("model", "=", records._name), ("record", "in", records.ids)]
        self.sudo().search(domain).unlink()

    @api.model
    def _name_of(self, key):
        """``key`` and the layouts that papers are drawn by, as one hash."""
        layouts = "SELECT MAX(write_date) FROM ir_ui_view WHERE key LIKE %s"
        self.env.cr.execute(layouts, ["ntue\\_%"])
        (changed,) = self.env.cr.fetchone()
        return hashlib.sha256(repr((key, changed)).encode()).hexdigest()

    @api.autovacuum
    def _gc_old(self):
        """Those of a season that is over."""
        last = taipei_today() - timedelta(days=KEEP_DAYS)
        self.search([("made_on", "<", last)]).unlink()
