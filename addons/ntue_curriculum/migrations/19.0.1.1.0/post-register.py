"""What decides and is older than the register is entered as it is, and compared from now on."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    api.Environment(cr, SUPERUSER_ID, {})["ntue.register.entry"]._enter_what_is_there()
