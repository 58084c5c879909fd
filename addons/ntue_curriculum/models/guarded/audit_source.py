from odoo import api, models


class AuditSource(models.AbstractModel):
    """Records that an audit is made from: a change makes the stored audits out of date."""

    _name = "ntue.audit.source"
    _description = "Source of audits"
    _inherit = ["ntue.discreet"]

    _audit_fields = frozenset()
    """The fields that an audit reads; a write of others changes no audit."""

    def _audited_students(self):
        """The students whose audits depend on these records."""
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["ntue.audit"].sudo()._outdate(records.sudo()._audited_students())
        return records

    def write(self, vals):
        if not self._audit_fields & set(vals):
            return super().write(vals)
        students = self.sudo()._audited_students()
        result = super().write(vals)
        students |= self.sudo()._audited_students()
        self.env["ntue.audit"].sudo()._outdate(students)
        return result

    def unlink(self):
        students = self.sudo()._audited_students()
        result = super().unlink()
        self.env["ntue.audit"].sudo()._outdate(students.exists())
        return result
