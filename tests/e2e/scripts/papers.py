"""Run in Odoo's shell: whether the paper of each of the applications of IDS is in, as JSON."""

import json
import os

ids = json.loads(os.environ["IDS"])
applications = env["ntue.graduation.application"].browse(ids)  # noqa: F821
print("\n" + json.dumps([bool(row.paper_received_on) for row in applications]))
