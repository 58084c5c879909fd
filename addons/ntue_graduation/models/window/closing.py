"""What happens when the period of a window is over."""

from odoo import api, models
from odoo.addons.ntue_curriculum.clock import taipei_today


class WindowClosing(models.AbstractModel):
    """The end of a window's period; see ``window``."""

    _name = "ntue.graduation.window.closing"
    _description = "Graduation application window: its close"

    @api.model
    def _anchor_closed(self):
        """The cron: sign the heads of the logs once for every close of every window.

        A window that was extended closes again. The anchors say which were signed, since they,
        unlike this database, are never an earlier copy of themselves.
        """
        closed = self.search([("date_close", "<", taipei_today())], order="date_close, id")
        self.env["ntue.chained"]._anchor(
            [f"window {window.id} closed {window.date_close}" for window in closed]
        )
