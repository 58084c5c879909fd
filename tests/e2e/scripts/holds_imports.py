"""Run in Odoo's shell: no import goes on until this process is ended.

It has the lock that each import takes first. Prints a line once it has it.
"""

import time

from odoo.addons.ntue_curriculum.models.platform.importer import LOCK

env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])  # noqa: F821
print("\nholding", flush=True)
while True:
    time.sleep(1)
