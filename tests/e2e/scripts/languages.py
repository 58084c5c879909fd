"""Run in Odoo's shell: English is among the languages of the school, or with OFF no more."""

import os

languages = env["res.lang"]  # noqa: F821
if os.environ.get("OFF"):
    languages.search([("code", "=", "en_US")]).active = False
else:
    languages._activate_lang("en_US")
env.cr.commit()  # noqa: F821
print("\n1")
