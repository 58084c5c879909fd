"""Mail texts name the department as their reader calls it: the field of before is that one."""

from odoo import SUPERUSER_ID, api

BEFORE, NOW = "object.department_id.name", "object.department_id.shown_name"


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    texts = env["mail.template"].with_context(active_test=False)
    languages = [code for code, _name in env["res.lang"].get_installed()]
    for text in texts.search([("model", "=", "ntue.graduation.application")]):
        # English, from which other languages are read that have no text of their own, last.
        for language in sorted({*languages, "en_US"}, reverse=True):
            there = text.with_context(lang=language)
            for name in ("subject", "body_html"):
                if BEFORE in (there[name] or ""):
                    there[name] = str(there[name]).replace(BEFORE, NOW)
