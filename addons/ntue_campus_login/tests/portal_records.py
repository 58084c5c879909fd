"""The records of the frame that its access table asks about."""

from odoo.addons.ntue_curriculum.tests import records
from odoo.addons.ntue_curriculum.tests.access import Row


def people(case):
    """The students of the table; `student` and `fellow` are roles of it too."""
    records.people(case)
    case.app = case.env["ntue.portal.app"].create(
        {
            "name": "圖書館",
            "address": "https://library.example.edu.tw/",
            "group_id": case.env["ntue.portal.app.group"].create({"name": "圖書資源"}).id,
        }
    )


def rows(case):
    """Title to ``Row`` for every model of the frame."""
    desk = case.env.ref("ntue_campus_login.app_desk")
    group = case.env["ntue.portal.app.group"].create({"name": "舊系統"})
    new_app = {"name": "New", "group_id": group.id, "address": "https://new.example.edu.tw/"}
    old_app = case.env["ntue.portal.app"].create({**new_app, "name": "Old"})
    found = {
        "group of applications": Row(group, {"name": "Changed"}, lambda: {"name": "New"}),
        "application": Row(old_app, {"address": "https://b.example.edu.tw/"}, lambda: new_app),
    }
    for title, student in {"own": case.student, "of a stranger": case.stranger}.items():
        use = {"student_id": student.id, "used_at": "2025-11-01 00:00:00", "times": 1}
        record = case.env["ntue.portal.recent"].create({**use, "app_id": desk.id})
        new_use = {**use, "app_id": case.app.id}
        found[f"use of an application, {title}"] = Row(
            record, {"times": 9}, lambda new=new_use: new
        )
    return found
