"""The guide of windows of before: its texts, begun in one language, in all that are installed."""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_graduation.pages.guide import guide_texts


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    windows = env["ntue.graduation.window"].search([])
    windows._translate_defaults(guide_texts(env), set(windows._languages()) - {"en_US"})
