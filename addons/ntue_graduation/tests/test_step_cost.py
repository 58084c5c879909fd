from odoo.tests import tagged

from .common import GraduationCase
from .step_cost import BARS, costs


@tagged("post_install", "-at_install")
class TestStepCost(GraduationCase):
    """How often a step audits, and what it asks of the database."""

    def test_no_step_audits_or_asks_more_than_its_bar(self):
        with self.undone():  # by then what the server keeps for these users is there
            list(costs(self.way_of(self.student)))
        found = dict(costs(self.way))
        self.assertEqual(set(found), set(BARS))
        for step, bar in BARS.items():
            with self.subTest(step=step):
                self.assertLessEqual(found[step].audits, bar.audits)
                if bar.queries is not None:
                    self.assertLessEqual(found[step].queries, bar.queries)
