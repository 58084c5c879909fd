from odoo import api, models


class Discreet(models.AbstractModel):
    """Records that students read, and that do not tell them who works here.

    Who reviewed, granted, published or last saved something is an office to a student, not a
    name: the log says so, and no other field says otherwise. Odoo shows the name behind a
    many2one whatever the rights on users are, also behind those that it adds by itself.

    ``_staff_fields``: what else is noted for the staff alone, by field name.
    """

    _name = "ntue.discreet"
    _description = "Tells students nothing of who works here"
    _staff_fields = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        allowed = super()._has_field_access(field, operation)
        noted = field.comodel_name == "res.users" or field.name in self._staff_fields
        if allowed and noted and operation == "read" and not self.env.su:
            return not self.env.user.share
        return allowed
