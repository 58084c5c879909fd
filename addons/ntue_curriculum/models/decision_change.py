from odoo import api, fields, models
from odoo.exceptions import AccessError

from . import decision_guard


class DecisionChange(models.Model):
    """One change of a setting that decides who may see or do something: added to, never changed.

    It says all by itself, so that it can be read when the record is gone: who, when, which
    record, which field, what it was and what it is, and why. The database refuses to change or
    delete a row (``decision_guard``).
    """

    _name = "ntue.decision.change"
    _description = "Change of what decides"
    _inherit = ["ntue.readable.references"]
    _order = "id desc"
    _rec_name = "record_name"

    changed_at = fields.Datetime(required=True, string="When")
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="By")
    model = fields.Char(required=True, string="Technical name of the kind")
    res_id = fields.Integer(required=True, string="Number of the record", aggregator=None)
    record_name = fields.Char(required=True, string="Record")
    action = fields.Selection(
        [("created", "Created"), ("changed", "Changed"), ("deleted", "Deleted")], required=True
    )
    field = fields.Char(string="Technical name of the field")
    kind_label = fields.Char(compute="_compute_labels", string="Kind")
    field_label = fields.Char(compute="_compute_labels", string="Field")
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
    reason = fields.Char(help="Why it was changed, as whoever changed it wrote.")

    _by_record = models.Index("(model, res_id)")

    @api.depends("model", "field")
    @api.depends_context("lang")
    def _compute_labels(self):
        for change in self:
            known = self.env.get(change.model)
            field = known is not None and known._fields.get(change.field or "")
            change.kind_label = (
                self.env["ir.model"]._get(change.model).sudo().name
                if known is not None
                else change.model
            )
            change.field_label = field._description_string(self.env) if field else change.field

    @api.private
    def init(self):
        decision_guard.install(self.env.cr)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The record of changes writes itself; nobody adds to it."))
        return super().create(vals_list)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The record of changes is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The record of changes is never changed."))
