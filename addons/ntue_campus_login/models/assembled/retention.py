from odoo import models


class Retention(models.AbstractModel):
    """How long what the sign-in keeps of people is kept; each kind beside its model."""

    _name = "ntue.retention"
    _inherit = [
        "ntue.campus.retention.sessions",
        "ntue.campus.retention.recent",
        "ntue.campus.retention.batch",
        "ntue.campus.retention.identity",
        "ntue.campus.retention.sign.in",
        "ntue.retention",
    ]
