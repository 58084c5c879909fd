"""Run in Odoo's shell: the page of STATUS as it is drawn where nothing else can be, as JSON."""

import json
import os

from odoo.addons.ntue_curriculum import error_pages, wait_page

status, lang = int(os.environ["STATUS"]), "zh_TW"
if status == 429:
    page = wait_page.page("requests", lang).decode()
else:
    text = error_pages.error_text(status, lang, again=True, detail="測試")
    page = error_pages.html(text, lang)
print("\n" + json.dumps(page))
