from odoo import models


class OauthProvider(models.Model):
    """The campus portal: the flow, its register entries, the test of its connection."""

    _name = "auth.oauth.provider"
    _inherit = [
        "ntue.campus.provider.connection",
        "ntue.campus.provider.register",
        "ntue.campus.provider.flow",
        "auth.oauth.provider",
    ]
