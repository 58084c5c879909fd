from odoo.tests import tagged

from . import records
from .access import AccessTable, draw, own_methods, own_models, tidy
from .common import CHANGED, SchoolCase

TABLE = """
"""

@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        records.drafts(cls)

    def test_every_model_answers_every_role_as_the_table_says(self):
        self.maxDiff = None
        self.assertEqual(self.drawn(records.rows(self)), tidy(TABLE))
