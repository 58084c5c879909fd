"""Run in Odoo's shell: a published shared block of the department of computer science.

Environment: CODE is its code. Prints its number.
"""

import os

env = env(context={**env.context, "lang": "zh_TW"})  # noqa: F821
draft = env["ntue.curriculum"].create(
    {
        "code": os.environ["CODE"],
        "kind": "block",
        "program_id": env["ntue.program"].search([("code", "=", "CS-B")]).id,
        "entry_year": 115,
        "graduation_credits": 2,
    }
)
env["ntue.curriculum.area"].create(
    {"curriculum_id": draft.id, "code": "G", "name": "通識", "select_domains": "人文"}
)
draft._publish("示範")
env.cr.commit()
print(f"\n{draft.id}")
