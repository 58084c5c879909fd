"""Run in Odoo's shell: two assistants pass one application in two transactions at once.

Environment: APPLICATION is its number. Prints what each was told, and whether the second
had to wait, as JSON on the last line.
"""

import json
import os
import threading
import time

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying

NUMBER = int(os.environ["APPLICATION"])
env = env(context={**env.context, "no_reset_password": True})  # noqa: F821
first = env["res.users"].search([("login", "=", "ta.cs")])
second = first.copy({"login": "ta.cs2", "name": "ta.cs2"})
env["ntue.department"].search([("code", "=", "CS")]).assistant_ids += second
env.cr.commit()
application = env["ntue.graduation.application"].browse(NUMBER).with_user(first)
retrying(application.action_receive_paper, env)  # a cron may be at it
told = {}


def passes(cr, user):
    application = api.Environment(cr, user.id, {})["ntue.graduation.application"].browse(NUMBER)
    application.read(["state"])  # the transaction has begun: it sees what is there now
    return application


def try_to_pass(application):
    try:
        retrying(application.action_pass_first, application.env)
        told["second"] = "passed"
    except UserError as error:
        told["second"] = str(error)


registry = Registry(env.cr.dbname)
with registry.cursor() as one, registry.cursor() as other:
    mine, theirs = passes(one, first), passes(other, second)
    mine.action_pass_first()
    mine.env.flush_all()
    thread = threading.Thread(target=try_to_pass, args=(theirs,))
    thread.start()
    time.sleep(1)
    told["waited"] = thread.is_alive()
    one.commit()
    thread.join()
env.invalidate_all()
env.cr.rollback()
application = env["ntue.graduation.application"].browse(NUMBER)
told["events"] = application.event_ids.mapped("action")
told["by"] = application.first_reviewed_by_id.login
print("\n" + json.dumps(told, ensure_ascii=False))
