"""Windows that are older than the register are entered as they are."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    api.Environment(cr, SUPERUSER_ID, {})["ntue.register.entry"]._enter_what_is_there()
