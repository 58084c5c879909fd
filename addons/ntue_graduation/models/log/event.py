from odoo import fields, models
from odoo.addons.ntue_curriculum.groups import STAFF
from odoo.addons.ntue_curriculum.log_chain import Content


class GraduationEvent(models.Model):
    """What happened to an application: written once, changed by nobody.

    All entries of all applications are one chain, so that no application can disappear with
    its entries unnoticed.
    """

    _name = "ntue.graduation.event"
    _description = "Event of a graduation application"
    # In this order: what was used is compared once the rest agrees.
    _inherit = [
        "ntue.graduation.event.used",
        "ntue.graduation.event.check",
        "ntue.graduation.event.reason",
        "ntue.graduation.event.emptying",
        "ntue.readable.references",
        "ntue.chained",
        "ntue.discreet",
    ]
    _staff_fields = frozenset({"actor"})
    _order = "id"

    _emptied_column = "snapshot"
    _texts = ("reason", "actor")
    _content = Content
    _content_columns = (
        "application_id",
        "action",
        "user_id",
        "happened_at",
        "position_from",
        "position_to",
        "reason",
        "snapshot_hash",
        "actor",
    )

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
            ("take_back_completion", "Completion taken back"),
            ("take_back_lapse", "Lapse taken back"),
            ("clear_paper", "Receipt of the paper cleared"),
            ("clear_hand_check", "Check by hand cleared"),
            ("clear_override", "Override cleared"),
        ],
        required=True,
    )
    position_from = fields.Char(string="From")
    position_to = fields.Char(string="To")
    reason = fields.Char(groups=STAFF)
    snapshot = fields.Text(help="What was submitted, decided, used or accepted, as canonical JSON.")
    snapshot_hash = fields.Char(string="Hash of the snapshot", help="SHA-256 of the snapshot.")

    _one_chain = models.UniqueIndex("(number)", "The log has this entry already.")

    def _student_of(self, vals):
        return self.env["ntue.graduation.application"].browse(vals["application_id"]).student_id

    def _about(self):
        self.ensure_one()
        return self.application_id.student_id

    def _erase_texts(self, names, label, reason, student=None):
        result = super()._erase_texts(names, label, reason, student=student)
        if "reason" in names:  # what was kept of a decision says the same once more
            self.filtered(lambda entry: entry.action == "decide")._empty()
        return result

    def _entry_values(self, vals):
        return {
            "application_id": vals["application_id"],
            "action": vals["action"],
            "position_from": vals.get("position_from") or False,
            "position_to": vals.get("position_to") or False,
            "reason": vals.get("reason") or False,
            "snapshot": vals.get("snapshot") or False,
            "snapshot_hash": vals.get("snapshot_hash") or False,
        }
