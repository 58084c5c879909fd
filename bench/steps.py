"""What the steps of one application cost: audits of the engine, and queries.

The student and the steps are those of the addon's own tests (``step_cost``), which hold each to
its bar. Nothing is kept: the database is as it was.
"""

import sys

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOON, RpcMixin
from odoo.addons.ntue_graduation.tests.common import Way, window
from odoo.addons.ntue_graduation.tests.step_cost import BARS, costs
from odoo.tests import freeze_time
from odoo_env import environment
from rows import row


def way_of(school, number):
    """A student of the tests' school, with whoever acts on the application."""
    people = {
        "env": school.env,
        "assistant": school.assistant,
        "registrar": school.registrar,
    }
    case = type("Case", (RpcMixin,), people)()
    return Way(case, school_of.student(school, number, "王大明"))


def main(database):
    """Print the rows."""
    with environment(database) as env, freeze_time(NOON):
        school = school_of.build(env)
        window(school)
        # Taken by somebody else before, so that what everybody shares is there.
        list(costs(way_of(school, "210941009")))
        for step, cost in costs(way_of(school, "210941001")):
            bar = BARS[step]
            row(f"{step}: audits", str(cost.audits), f"<= {bar.audits}")
            row(f"{step}: queries", str(cost.queries), f"<= {bar.queries}" if bar.queries else "")
        env.cr.rollback()


if __name__ == "__main__":
    main(*sys.argv[1:])
