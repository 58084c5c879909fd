"""應用系統: the systems of the school that students open from here, in groups (57, 69, 70)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.caches import forget_cached
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...web_address import is_secure

DESK = "/my"
"""Where an entry without an address leads: this desk."""


class Listed(models.AbstractModel):
    """What the list of applications is drawn from: kept ready, and drawn anew when it changes."""

    _name = "ntue.portal.listed"
    _description = "Part of the list of applications"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        forget_cached(self.env)
        return records

    def write(self, vals):
        result = super().write(vals)
        forget_cached(self.env)
        return result

    def unlink(self):
        result = super().unlink()
        forget_cached(self.env)
        return result


class PortalAppGroup(models.Model):
    _name = "ntue.portal.app.group"
    _description = "Group of applications"
    _inherit = ["ntue.readable.references", "ntue.discreet", "ntue.portal.listed"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    app_ids = fields.One2many("ntue.portal.app", "group_id", string="Applications")


class PortalApp(models.Model):
    _name = "ntue.portal.app"
    _description = "Application"
    _inherit = ["ntue.readable.references", "ntue.discreet", "ntue.portal.listed"]
    _order = "group_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    address = fields.Char(
        help="Where it leads, as in https://library.example.edu.tw/ (HTTPS alone). Empty: this "
        "desk."
    )
    group_id = fields.Many2one("ntue.portal.app.group", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.constrains("address")
    def _check_address(self):
        for app in self:
            if app.address and not is_secure(app.address):
                raise ValidationError(
                    self.env._(
                        "“%s” is no address that students are led to. Write it as the browser "
                        "shows it, beginning with https:// and without a name or password in it; "
                        "leave it empty for this desk.",
                        app.address[:200],
                    )
                )

    def _leads_to(self):
        """The address that a browser is sent to."""
        self.ensure_one()
        return self.address or DESK

    @api.model
    @ormcache("self.env.lang")
    def _listed(self):
        """``(group, ((number, application, whether it is elsewhere), …))`` of each group.

        The same for everybody who reads applications, so that it is asked once a language.
        """
        groups = {}
        for app in self.search([("group_id.active", "=", True)]):
            entry = (app.id, app.name, bool(app.address))
            groups.setdefault(app.group_id, []).append(entry)
        return tuple((group.name, tuple(entries)) for group, entries in groups.items())
