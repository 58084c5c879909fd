"""Every list of what is about a student is searched by the student."""

from lxml import etree
from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing
from odoo.tests import tagged

NAMES = {"student_id", "student_no", "slip_number"}
"""Fields by which a student is found."""


@tagged("post_install", "-at_install")
class TestFoundByStudent(SchoolCase):
    @crossing
    def test_whatever_is_listed_of_students_is_found_by_number_and_name(self):
        models = {
            model
            for model in own_models(self.env)
            if "student_id" in self.env[model]._fields and not self.env[model]._transient
        }
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "in", sorted(models)), ("view_mode", "like", "list")]
        )
        self.assertGreater(len(actions), 5)
        for action in actions:
            with self.subTest(action=action.xml_id):
                records = self.env[action.res_model]
                view = records.get_view(action.search_view_id.id, view_type="search")
                found = {node.get("name") for node in etree.fromstring(view["arch"]).iter("field")}
                self.assertTrue(found & NAMES)
