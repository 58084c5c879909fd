"""Plans that a student saved: what each comes to, and where it is opened."""

from typing import NamedTuple
from urllib.parse import urlencode

from odoo import models

from ..clock import taipei_day
from ..days import day_text
from ..labels import plain_number
from .what_if import frameworks_to_try, what_if


class PlanCard(NamedTuple):
    """A saved plan in the student's list; ``address``: the trial, filled in."""

    plan: models.Model
    address: str
    changed: str
    shared: str


def plan_cards(student):
    """The plans of a student, latest first."""
    student.ensure_one()
    plans = student.env["ntue.study.plan"].search([("student_id", "=", student.id)])
    frameworks = frameworks_to_try(student) if plans else None
    return [
        PlanCard(
            plan,
            f"/my/progress/what-if?{urlencode(_query(plan, frameworks))}",
            day_text(student.env, taipei_day(plan.changed_at)),
            day_text(student.env, plan.shared_at and taipei_day(plan.shared_at)),
        )
        for plan in plans
    ]


def plan_values(student, framework, ticks, lines, name):
    """The values of a new plan, from what the page of trials sends.

    ``framework``: one of ``frameworks_to_try``; ``ticks``, ``lines``: ids that may be older
    than the records; those that cannot be meant are left out.
    """
    codes = {line.key: line.code for line in framework._prepared()[0].framework.lines}
    planned = {codes[key] for key in lines if key in codes}
    courses = student.env["ntue.course"].search([("code", "in", sorted(planned))])
    own = student.enrollment_ids.filtered(lambda row: row.id in set(ticks))
    return {
        "student_id": student.id,
        "name": name,
        "framework_code": framework.code,
        "tick_ids": [(6, 0, own.ids)],
        "course_ids": [(6, 0, courses.ids)],
    }


def plan_outcome(plan):
    """What would come of a plan, a sentence a line, with the courses of today."""
    env, student = plan.env, plan.student_id
    framework = _framework(plan, frameworks_to_try(student))
    values = what_if(student, plan.tick_ids.ids, _lines(plan, framework), framework)
    then = values["then"]
    figures = env._(
        "%(framework)s: %(expected)s of %(needed)s credits expected.",
        framework=framework._title(),
        expected=plain_number(then.foreseen),
        needed=plain_number(then.graduation_credits),
    )
    if then.met:
        return "\n".join([figures, env._("Everything needed to graduate would be there.")])
    return "\n".join([figures, *values["problems"], *values["missing"]])


def _query(plan, frameworks):
    framework = _framework(plan, frameworks)
    return [
        ("try", 1),
        ("framework", framework.id),
        *(("tick", key) for key in plan.tick_ids.ids),
        *(("plan", key) for key in _lines(plan, framework)),
    ]


def _framework(plan, frameworks):
    """The framework of the plan as it is now; the student's own where it is gone."""
    named = frameworks.filtered(lambda row: row.code == plan.framework_code)
    return named[:1] or frameworks[:1]


def _lines(plan, framework):
    """Keys of the subjects planned, one for each course, in the order of the framework."""
    codes = set(plan.course_ids.mapped("code"))
    keys = {}
    for line in framework._prepared()[0].framework.lines:
        if line.code in codes:
            keys.setdefault(line.code, line.key)
    return list(keys.values())
