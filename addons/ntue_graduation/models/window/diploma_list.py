"""The diploma list of the day: until when it may change, and what a printed one has too much."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.groups import STAFF
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.fields import Domain
from odoo.tools import SQL


class WindowDiplomaList(models.AbstractModel):
    """The part of a window that is about its diploma list; see ``window``."""

    _name = "ntue.graduation.window.diploma.list"
    _description = "Graduation application window: its diploma list"

    diploma_closed_at = fields.Datetime(
        string="Diploma list closed",
        readonly=True,
        copy=False,
        help="What was completed or had lapsed by then is not taken back.",
    )
    completed_since = fields.Integer(
        compute="_compute_completed_since",
        string="Completed since",
        help="Completions that the next closing of the diploma list makes final.",
    )
    taken_back_ids = fields.Many2many(
        "ntue.graduation.application",
        string="Completions taken back since",
        compute="_compute_taken_back_ids",
        groups=STAFF,
        help="A list that was printed before they were taken back still has them.",
    )

    @api.depends("diploma_closed_at")
    @api.depends_context("uid")
    def _compute_completed_since(self):
        for window in self:
            done = Domain("window_id", "=", window._origin.id) & Domain("state", "=", "completed")
            if window.diploma_closed_at:
                done &= Domain("completed_at", ">", window.diploma_closed_at)
            window.completed_since = self.env["ntue.graduation.application"].search_count(done)

    @api.depends("diploma_closed_at")
    @api.depends_context("uid")
    def _compute_taken_back_ids(self):
        """Since the last closing, and not completed again."""
        for window in self:
            back = Domain("application_id.window_id", "=", window._origin.id)
            back &= Domain("action", "=", "take_back_completion")
            if window.diploma_closed_at:
                back &= Domain("happened_at", ">", window.diploma_closed_at)
            found = self.env["ntue.graduation.event"].search(back).application_id
            window.taken_back_ids = found.filtered(lambda row: row.state != "completed")

    def action_close_diploma_list(self):
        """Make final what was completed or has lapsed up to now; nobody takes it back then."""
        self.check_access("write")
        now = fields.Datetime.now()
        for window in self:
            before = window.diploma_closed_at
            window._mark_ended(before)
            window.sudo().write({"diploma_closed_at": now})
            window._enter(
                [
                    {
                        **window._entered("changed"),
                        "changes": {"diploma_closed_at": [str(before or ""), str(now)]},
                        "reason": as_kept(self).env._("The diploma list of the day was closed."),
                    }
                ]
            )

    def _mark_ended(self, since):
        """Nobody takes back what has ended ``since``, or ends one, without seeing this closing.

        The rows are written as they are: who takes one back or completes it at the same time is
        refused by PostgreSQL and repeated by Odoo, or this is.
        """
        self.ensure_one()
        applications = self.env["ntue.graduation.application"]
        applications.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_uid = write_uid"
                " WHERE window_id = %s AND"
                " (state NOT IN ('completed', 'lapsed') OR write_date >= COALESCE(%s, write_date))",
                SQL.identifier(applications._table),
                self.id,
                since or None,
            ),
            log_exceptions=False,
        )
