from contextlib import closing

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..log_chain import BEGINNING, Content, digest
from . import event_guard

STAFF = "ntue_curriculum.group_assistant,ntue_curriculum.group_registrar"


class GraduationEvent(models.Model):
    """What happened to an application: written once, changed by nobody.

    All entries of all applications are one chain (``log_chain``), so that no application can
    disappear with its entries unnoticed. The database refuses to change or delete one
    (``event_guard``); ``ntue_check_log`` finds out who got round that.
    """

    _name = "ntue.graduation.event"
    _description = "Event of a graduation application"
    _inherit = ["ntue.discreet"]
    _order = "id"

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="restrict", index=True
    )
    action = fields.Selection(
        [
            ("submit", "Submitted"),
            ("receive_paper", "Paper received"),
            ("decide", "Course decided"),
            ("except", "Exception granted"),
            ("withdraw_exception", "Exception taken back"),
            ("ask_supplement", "Supplement asked for"),
            ("supplement_received", "Supplement received"),
            ("withdraw_supplement", "Request for a supplement taken back"),
            ("pass_first", "First review passed"),
            ("fail_first", "First review not passed"),
            ("take_back_first", "First review taken back"),
            ("return", "Returned for correction"),
            ("hand_back", "Handed back to the department"),
            ("override", "Block overridden"),
            ("accept_profile", "Changed profile accepted"),
            ("pass_second", "Second review passed"),
            ("fail_second", "Second review not passed"),
            ("take_back_second", "Second review taken back"),
            ("found_short", "Found short by a later audit"),
            ("complete", "Completed"),
            ("lapse", "Lapsed"),
        ],
        required=True,
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    happened_at = fields.Datetime(required=True)
    position_from = fields.Char(string="From")
    position_to = fields.Char(string="To")
    reason = fields.Char(groups=STAFF)
    snapshot = fields.Text(help="What was submitted, as canonical JSON.")
    snapshot_hash = fields.Char(help="SHA-256 of the snapshot.")
    number = fields.Integer(required=True, string="Entry number", aggregator=None)
    previous_hash = fields.Char(help="Hash of the entry before; empty for the first.")
    entry_hash = fields.Char(required=True, help="Hash of this entry and the one before.")

    _one_chain = models.UniqueIndex("(number)", "The log has this entry already.")

    @api.private
    def init(self):
        event_guard.install(self.env.cr)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The log writes itself; nobody adds to it."))
        return super().create(self._chained(vals_list))

    def _chained(self, vals_list):
        """The values of new entries, every field given: no default of a caller speaks in the log.

        Each gets its number and is bound to the one before.
        """
        number, previous = self._head()
        chained = []
        for vals in vals_list:
            number += 1
            moment = fields.Datetime.to_datetime(vals.get("happened_at")) or fields.Datetime.now()
            moment = moment.replace(microsecond=0)
            content = Content(
                application=vals["application_id"],
                action=vals["action"],
                user=vals["user_id"],
                happened_at=moment.isoformat(" "),
                position_from=vals.get("position_from") or "",
                position_to=vals.get("position_to") or "",
                reason=vals.get("reason") or "",
                snapshot_hash=vals.get("snapshot_hash") or "",
            )
            chained.append(
                {
                    "application_id": content.application,
                    "action": content.action,
                    "user_id": content.user,
                    "happened_at": moment,
                    "position_from": content.position_from or False,
                    "position_to": content.position_to or False,
                    "reason": content.reason or False,
                    "snapshot": vals.get("snapshot") or False,
                    "snapshot_hash": content.snapshot_hash or False,
                    "number": number,
                    "previous_hash": previous or False,
                    "entry_hash": digest(number, content, previous),
                }
            )
            previous = chained[-1]["entry_hash"]
        return chained

    @api.model
    def _head(self):
        """Number and hash of the last entry; nobody adds another before this transaction ends.

        Whoever had the lock before has committed when this one gets it, but after this
        transaction's picture of the database was taken: their entries are seen by a new
        transaction only. A head row to update would be refused by the database instead
        ("could not serialize"), and fifty students would not get through at once.
        """
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(%s::regclass::oid::bigint)", [self._table]
        )
        with closing(self.env.registry.cursor()) as now:
            return max(self._last(now), self._last(self.env.cr))

    @api.model
    def _last(self, cr):
        cr.execute(
            "SELECT number, entry_hash FROM ntue_graduation_event ORDER BY number DESC LIMIT 1"
        )
        return cr.fetchone() or (0, BEGINNING)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The log is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The log is never changed."))
