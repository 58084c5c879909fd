from odoo import models


class ResUsers(models.Model):
    """The account: how it signs in, its password, its invitation, the campus portal."""

    _name = "res.users"
    _inherit = [
        "ntue.campus.user.single.sign.on",
        "ntue.campus.user.batch",
        "ntue.campus.user.invitation",
        "ntue.campus.user.password.rules",
        "ntue.campus.user.password.state",
        "ntue.campus.user.password.link",
        "ntue.campus.user.sign.in",
        "res.users",
    ]
