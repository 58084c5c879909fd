from odoo import models


class IrHttp(models.AbstractModel):
    """What is asked of a request: captcha, a password to be changed, the campus portal."""

    _name = "ir.http"
    _inherit = [
        "ntue.campus.http.single.sign.on",
        "ntue.campus.http.must.change",
        "ntue.campus.http.sign.in",
        "ir.http",
    ]
