"""Run in Odoo's shell: two transactions at once change what one framework asks.

Environment: CODE begins the codes of what is made for it; BESIDE is what is done while one of the
framework's two shared blocks is published: "block" (the other one is published), "draft" (the
framework's own draft is) or "revise" (a revision of the framework is started). Prints whether the
second had to wait, what it was told, and what the framework and its draft ask of whom, as JSON on
the last line.
"""

import json
import os
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying

CODE, BESIDE = os.environ["CODE"], os.environ["BESIDE"]
WAITING = "SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted"
PATIENCE = 60
env = env(context={})  # noqa: F821
frameworks = env["ntue.curriculum"]
registry = Registry(env.cr.dbname)
told = {"waited": False, "second": ""}


def made(code, **values):
    """A framework with one area and one subject, which asks two credits."""
    program = env["ntue.program"].search([("code", "=", "CS-B")])
    area = {"code": code, "name": code, "min_credits": 2}
    draft = frameworks.create(
        {
            "code": f"{CODE}-{code}",
            "program_id": program.id,
            "entry_year": 110,
            "graduation_credits": 2,
            "area_ids": [(0, 0, area)],
            **values,
        }
    )
    for part in draft.area_ids.filtered(lambda part: not part.block_id):
        course = env["ntue.course"].create({"code": f"{CODE}{code}", "name": code})
        line = {"course_id": course.id, "name": code, "credits": 9, "area_id": part.id}
        env["ntue.curriculum.line"].create({"curriculum_id": draft.id, **line})
    draft._publish("Asked")
    env.flush_all()
    return draft


def revised(framework, least):
    """A draft of its next revision, whose own area asks ``least`` credits."""
    draft = framework._start_revision("Asked")
    draft.area_ids.filtered(lambda part: not part.block_id).min_credits = least
    draft.graduation_credits = 9
    env.flush_all()
    return draft


def asked(framework):
    return {area.code: area.min_credits for area in framework.area_ids}


blocks = [made(code, kind="block") for code in ("X", "Y")]
one_with = made("U", block_ids=[(6, 0, [block.id for block in blocks])], graduation_credits=6)
first = revised(blocks[0], 5)
beside = {
    "block": lambda: revised(blocks[1], 7),
    "draft": lambda: revised(one_with, 3),
    "revise": lambda: one_with,
}[BESIDE]()
env.cr.commit()


def does(there):
    record = there["ntue.curriculum"].browse(beside.id)
    if BESIDE == "revise":
        record._start_revision("Asked")
    else:
        record._publish("Asked")
    there.flush_all()


def second(cr):
    there = api.Environment(cr, SUPERUSER_ID, {})
    try:
        retrying(lambda: does(there), there)
        cr.commit()
    except UserError as error:
        told["second"] = str(error)


with registry.cursor() as one, registry.cursor() as other:
    mine = api.Environment(one, SUPERUSER_ID, {})["ntue.curriculum"].browse(first.id)
    other.execute("SELECT count(*) FROM ntue_curriculum")  # it sees what is there now
    mine._publish("Asked")
    mine.env.flush_all()
    thread = threading.Thread(target=second, args=(other,))
    thread.start()
    end = time.monotonic() + PATIENCE
    while thread.is_alive() and not told["waited"] and time.monotonic() < end:
        env.cr.execute(WAITING, [other.connection.get_backend_pid()])
        told["waited"] = bool(env.cr.fetchone()[0])
        time.sleep(0.05)
    one.commit()
    thread.join()

env.cr.rollback()
env.invalidate_all()
mine = frameworks.search([("code", "=", f"{CODE}-U")])
for state in ("published", "draft"):
    told[state] = asked(mine.filtered(lambda row, state=state: row.state == state))
print("\n" + json.dumps(told, ensure_ascii=False))
