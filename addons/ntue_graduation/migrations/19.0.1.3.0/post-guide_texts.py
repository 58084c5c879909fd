"""The guide of windows of before: its texts, begun in one language, in all that are installed.

A text that a language has of its own already stays as it is.
"""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_graduation.pages.guide import guide_texts

BEGUN = "en_US"


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {"lang": BEGUN})
    names = guide_texts(env)
    windows = env["ntue.graduation.window"].search([])
    for language in set(windows._languages()) - {BEGUN}:
        for window in windows:
            theirs = window.with_context(lang=language)
            alike = [name for name in names if theirs[name] == window[name]]
            window._translate_defaults(alike, [language])
