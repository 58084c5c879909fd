"""Run in Odoo's shell: an application of 1132 that passed its first review and then lapsed.

Environment: STUDENT says whose it is. The window of 1132 is open in this transaction only.
"""

import json
import os
from datetime import timedelta

from odoo.addons.ntue_curriculum.clock import taipei_today

env = env(context={**env.context, "lang": "zh_TW"})  # noqa: F821
DAYS = ("date_open", "date_close", "date_leave")


def user(login):
    return env["res.users"].search([("login", "=", login)])


student = env["ntue.student"].search([("student_no", "=", os.environ["STUDENT"])])
account, assistant = user(student.student_no), user("ta.srd")
windows = env["ntue.graduation.window"].search([("kind", "=", student.program_id.kind)])
window = windows.filtered(lambda row: row.term_id.code == "1132")
before = {row: {day: row[day] for day in DAYS} for row in windows}
(windows - window).write(dict.fromkeys(DAYS, taipei_today() + timedelta(days=365)))
window.write(dict.fromkeys(DAYS, taipei_today()))

applications = env["ntue.graduation.application"]
application = applications.with_user(account).create({"student_id": student.id})
ticks = student.enrollment_ids.filtered(lambda row: row.offering_no in ("0733", "0812"))
application.write({"tick_ids": [(6, 0, ticks.ids)]})
application.write({"shortfall_acknowledged": True})
application.action_submit()
reviewed = application.with_user(assistant)
reviewed.action_receive_paper()
reviewed.outside_line_ids.filtered("ticked").action_accept()
reviewed.action_pass_first()

for row, days in before.items():
    row.write(days)
applications._lapse_overdue()
env.cr.commit()
print("\n" + json.dumps(application.sudo().state))
