from odoo.addons.ntue_curriculum.tests.access import AccessTable
from odoo.addons.ntue_curriculum.tests.chosen import ChosenRecords
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing
from odoo.tests import tagged

from . import records
from .common import window


@tagged("post_install", "-at_install")
class TestChosenApplications(ChosenRecords, AccessTable, SchoolCase):
    """The same for applications and what belongs to them."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)
        cls.add_clerk()

    @crossing
    def test_no_role_reaches_the_account_of_another_through_an_application(self):
        self.assertEqual(self.taken_accounts(records.rows(self)), [])
