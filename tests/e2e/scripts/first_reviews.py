"""Run in Odoo's shell: the first review of each of the applications of IDS, as JSON."""

import json
import os

ids = json.loads(os.environ["IDS"])
applications = env["ntue.graduation.application"].browse(ids)  # noqa: F821
print("\n" + json.dumps([row.first_review for row in applications]))
