"""By late permit: what was first submitted in the period is so no more (``pages.desk``)."""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_graduation.pages.desk import is_late


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for application in env["ntue.graduation.application"].search([("is_late", "=", True)]):
        application._set({"is_late": is_late(application)})
