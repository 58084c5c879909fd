"""Loaded by the servers that tests start (`--load`), and installed nowhere."""

from odoo.addons.base.models import res_users

res_users.MIN_ROUNDS = 1
