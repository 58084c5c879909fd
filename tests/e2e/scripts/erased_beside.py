"""Run in Odoo's shell: a student keeps something while a registrar erases her data.

Environment: STUDENT is her record; KIND what she keeps ("copy" of the passport, study "plan");
FIRST who does it first ("student", "eraser"), and the other one begins before that is committed.
Prints what the second was told, whether they had to wait, how much is left of what she kept and
whether her account is open, as JSON on the last line.
"""

import base64
import io
import json
import os

from PIL import Image
from two_people import at_once, by

student = env["ntue.student"].browse(int(os.environ["STUDENT"]))  # noqa: F821
account = student.partner_id.user_ids
student.term_ids.write({"status": "leave"})  # a registrar erases nobody who is enrolled


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


KEPT = {
    "copy": ("ntue.passport.copy", {"content": picture()}),
    "plan": (
        "ntue.study.plan",
        {"name": "Next term", "framework_code": student.curriculum_id.code},
    ),
}
model, values = KEPT[os.environ["KIND"]]
records = env[model]  # noqa: F821
acts = [
    by(records, account.login, "create", [{"student_id": student.id, **values}]),
    by(student, "registrar.continuing", "_erase", "contacts", "Asked for"),
]
told = at_once(env, *(acts if os.environ["FIRST"] == "student" else reversed(acts)))  # noqa: F821
told["left"] = records.search_count([("student_id", "=", student.id)])
told["is_open"] = account.with_context(active_test=False).active
print("\n" + json.dumps(told, ensure_ascii=False))
