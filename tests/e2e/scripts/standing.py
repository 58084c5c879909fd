"""Run in Odoo's shell: where the applications of IDS stand, and whether the log agrees.

With RUN the cron's work is done first. Prints JSON on the last line.
"""

import json
import os

if os.environ.get("RUN"):
    env["ntue.graduation.bulk"]._run_due()  # noqa: F821
    env.cr.commit()  # noqa: F821
applications = env["ntue.graduation.application"].browse(json.loads(os.environ["IDS"]))  # noqa: F821
lines = env["ntue.graduation.bulk.line"]  # noqa: F821
found = [
    (
        row.second_review,
        row.event_ids.mapped("action").count("pass_second"),
        len(lines.search([("application_id", "=", row.id), ("result", "=", "done")])),
    )
    for row in applications
]
print("\n" + json.dumps(found))
