"""Tasks of before, which nobody moved: made anew by stage, office and day (``tasks``)."""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_graduation import tasks


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    former = [
        ("res_model", "=", "ntue.graduation.application"),
        ("automated", "=", True),
        ("activity_type_id", "=", env.ref("mail.mail_activity_data_todo").id),
    ]
    env["mail.activity"].search(former).unlink()
    tasks.of_offices(env["ntue.graduation.application"], [])
