"""What the steps of one application cost: audits of the engine, and queries.

The student and the steps are those of the addon's own tests (``step_cost``), which hold each to
its bar. Nothing is kept: the database is as it was.
"""

import sys
from contextlib import closing

from odoo_env import environment
from rows import row


def main(database):
    """Print the rows."""
    with environment(database) as env:
        # Addons are found from here on only.
        from odoo.addons.ntue_curriculum.tests.common import NOON
        from odoo.tests import freeze_time

        with freeze_time(NOON):
            measure(env)
        env.cr.rollback()


def measure(env):
    """The steps are taken twice; by then what the server keeps for these users is there."""
    from odoo.addons.ntue_curriculum.tests import school as school_of
    from odoo.addons.ntue_curriculum.tests.common import RpcMixin
    from odoo.addons.ntue_graduation.tests.common import Way, window
    from odoo.addons.ntue_graduation.tests.step_cost import BARS, costs

    school = school_of.build(env)
    window(school)
    people = {"env": env, "assistant": school.assistant, "registrar": school.registrar}
    case = type("Case", (RpcMixin,), people)()
    student = school_of.student(school, "210941001", "王大明")
    with closing(env.cr.savepoint()):
        list(costs(Way(case, student)))
    for step, cost in costs(Way(case, student)):
        bar = BARS[step]
        row(f"{step}: audits", str(cost.audits), f"<= {bar.audits}")
        row(f"{step}: queries", str(cost.queries), f"<= {bar.queries}" if bar.queries else "")


if __name__ == "__main__":
    main(*sys.argv[1:])
