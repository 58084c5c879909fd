"""Run in Odoo's shell: the evening window of 1141 closes on DAY; prints when it closed before.

DAY is a date, or a number of days from today.
"""

import json
import os
from datetime import date, timedelta

from odoo.addons.ntue_curriculum.clock import taipei_today

DAY = os.environ["DAY"]
day = date.fromisoformat(DAY) if DAY.count("-") == 2 else taipei_today() + timedelta(int(DAY))
window = env["ntue.graduation.window"].search(  # noqa: F821
    [("term_id.code", "=", "1141"), ("kind", "=", "evening")]
)
before = window.date_close
window.date_close = day
env.cr.commit()  # noqa: F821
print("\n" + json.dumps(before.isoformat()))
