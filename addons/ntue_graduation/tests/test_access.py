from odoo.tests import tagged

from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access import AccessTable, own_models, tidy

from odoo.addons.ntue_curriculum.tests.common import SchoolCase

from . import records
from .common import window

TABLE = """
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)

    def test_every_model_answers_every_role_as_the_table_says(self):
        self.maxDiff = None
        self.assertEqual(self.drawn(records.rows(self)), tidy(TABLE))
