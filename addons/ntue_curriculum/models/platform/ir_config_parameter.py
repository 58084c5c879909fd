from odoo import api, models
from odoo.exceptions import ValidationError

from ..chain.chained_anchor import STAMP_ADDRESS
from ..guarded.registered import canonical
from .site_address import KEY as SITE_ADDRESS
from .site_address import is_address, is_web_address, log_where_links_lead

REFERENCE_ONLY = "ntue_curriculum.reference_only_year"
"""The setting that stored audits depend on: the last entry year for reference only (D33)."""


OWN = "ntue_"
"""How the keys of our settings begin: every change of them is entered in the register."""

REGISTERED = ("key", "value")
"""What the register has of a setting."""


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.constrains("key", "value")
    def _check_site_address(self):
        for parameter in self:
            if parameter.key == SITE_ADDRESS and not is_address(parameter.value or ""):
                raise ValidationError(
                    self.env._(
                        "“%s” is no address of a site. Write it as people type it into a browser, "
                        "without a page: https://desk.example.edu.tw",
                        parameter.value,
                    )
                )

    @api.constrains("key", "value")
    def _check_stamp_address(self):
        for parameter in self:
            if parameter.key == STAMP_ADDRESS and not is_web_address(parameter.value or ""):
                raise ValidationError(
                    self.env._(
                        "“%s” is no web address. Write the one that the authority names: "
                        "https://tsa.example.edu.tw/",
                        parameter.value,
                    )
                )

    def _register_hook(self):
        """Say at every start where QR codes and mails lead."""
        super()._register_hook()
        log_where_links_lead(self.sudo().get_param(SITE_ADDRESS) or "")

    @api.model_create_multi
    def create(self, vals_list):
        created = super().create(vals_list)
        created._outdate_audits()
        created._enter_setting("created", {})
        return created

    def write(self, vals):
        before = {parameter: parameter._registered_setting() for parameter in self.sudo()}
        self._outdate_audits()
        result = super().write(vals)
        self._outdate_audits()
        self._enter_setting("changed", before)
        return result

    def unlink(self):
        before = {parameter: parameter._registered_setting() for parameter in self.sudo()}
        self._enter_setting("deleted", before)
        return super().unlink()

    @api.model
    def _registered_keys(self):
        """Keys of the settings of this product that are not named after it."""
        return {
            field.config_parameter
            for name, field in self.env["res.config.settings"]._fields.items()
            if name.startswith(OWN) and getattr(field, "config_parameter", None)
        }

    def _is_own_setting(self):
        self.ensure_one()
        return self.key.startswith(OWN) or self.key in self._registered_keys()

    def _registered_setting(self):
        """Key and value of a setting of ours; empty of one that is not."""
        self.ensure_one()
        own = self._is_own_setting()
        return {name: self[name] for name in REGISTERED} if own else {}

    def _enter_setting(self, action, before, reason=False):
        """Enter what is another key or value than ``before``, by setting.

        One that takes a name of ours is made by that, and one that gives it up deleted.
        """
        entries = []
        for parameter in self.sudo():
            old = before.get(parameter, {})
            new = {} if action == "deleted" else parameter._registered_setting()
            if old == new:
                continue
            pairs = {name: [old.get(name), new.get(name)] for name in REGISTERED}
            entries.append(
                {
                    "model": self._name,
                    "record": parameter.id,
                    "action": "changed" if old and new else "created" if new else "deleted",
                    "label": new.get("key") or old["key"],
                    "changes": canonical(pairs),
                    "reason": reason,
                }
            )
        if entries:
            self.env["ntue.register.entry"].sudo().create(entries)

    @api.model
    def _ntue_number(self, key, default):
        """The whole number that the setting ``key`` says; ``default`` where it says none."""
        text = self.sudo().get_param(key)
        return int(text) if text and text.isdecimal() else default

    # What the check of the register asks

    @api.model
    def _is_registered(self, name):
        return name in REGISTERED

    def _as_registered(self, name):
        return self[name]

    def _must_be_registered(self):
        """Those named after the product; the others are there before it is."""
        return self.search([]).filtered(lambda parameter: parameter.key.startswith(OWN))

    def _enter_as_it_is(self, reason):
        self._enter_setting("created", {}, reason)

    @api.ondelete(at_uninstall=False)
    def _outdate_audits(self):
        """Stored audits are made again when the setting is another one, or is none any more."""
        if REFERENCE_ONLY in self.mapped("key"):
            students = self.env["ntue.student"].sudo().search([])
            self.env["ntue.audit"].sudo()._outdate(students)
