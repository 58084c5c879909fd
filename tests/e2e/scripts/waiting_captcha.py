"""What the captcha NUMBER asks for that waits in the session SID."""

import json
import os

from odoo import http

kept = http.root.session_store.get(os.environ["SID"])["ntue_captcha"]
print(json.dumps({"text": kept[os.environ["NUMBER"]]["text"]}))
