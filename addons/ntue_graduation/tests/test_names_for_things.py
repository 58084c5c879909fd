"""People read names: of records, of what is in the way of deleting one, of rows that they open.

And words where a list has no rows.
"""

from lxml import etree
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import APPLICATION

OURS = "ntue."
ALWAYS = ("1", "True")
FILES = "many2many_binary"


def pickers(model, node):
    """Relations of ``model`` that are filled in in a view, and in views in it, by picking."""
    for child in node:
        field = child.tag == "field" and model._fields.get(child.get("name"))
        if not field:
            yield from pickers(model, child)
        elif child.get("readonly", str(int(field.readonly))) not in ALWAYS:
            for view in child:
                if view.tag == "form" or view.get("editable"):
                    yield from pickers(model.env[field.comodel_name], view)
            hidden = {child.get("invisible"), child.get("column_invisible")} & set(ALWAYS)
            if field.type in ("many2one", "many2many") and not (hidden or len(child)):
                yield field, child


@tagged("post_install", "-at_install")
class TestNamesForThings(SchoolCase):
    def ours(self):
        return [model for model in self.env.registry.values() if model._name.startswith(OURS)]

    def test_no_record_is_called_by_its_table_and_number(self):
        for model in self.ours():
            if not model._abstract and model._compute_display_name.__qualname__.startswith("Base."):
                with self.subTest(model=model._name):
                    self.assertNotIn(model._name, self.env[model._name].new({}).display_name or "")

    def test_what_a_phone_offers_to_choose_from_is_called_by_its_whole_name(self):
        """A picker opens the cards of the model there, and Odoo makes some where it has none."""
        made = 0
        for model in self.ours():
            for kind in ("kanban", "list"):
                of_kind = [("model", "=", model._name), ("type", "=", kind)]
                if model._abstract or self.env["ir.ui.view"].search_count(of_kind):
                    continue
                made += 1
                arch = etree.fromstring(self.env[model._name].get_view(view_type=kind)["arch"])
                with self.subTest(model=model._name, kind=kind):
                    self.assertEqual(arch.xpath("//field/@name"), ["display_name"])
        self.assertGreater(made, 20)

    def test_the_ways_to_a_milestone_are_told_apart_by_name(self):
        way = self.env["ntue.curriculum.milestone"].new(
            {"code": "ENG", "name": "外語能力", "way": "TOEIC"}
        )
        self.assertEqual(way.display_name, "ENG 外語能力: TOEIC")
        self.assertEqual(way.with_context(lang="zh_TW").display_name, "ENG 外語能力：TOEIC")

    def test_what_is_new_has_no_false_number(self):
        for model in (APPLICATION, "ntue.graduation.deferral"):
            with self.subTest(model=model):
                self.assertNotIn("False", self.env[model].new({}).display_name or "")

    def test_a_flexible_rule_is_called_by_its_origin_and_unit(self):
        rule = self.env["ntue.flexible.rule"].new({"origin": "off_campus", "unit": "courses"})
        self.assertEqual(rule.display_name, "Off campus (Courses)")

    def test_what_is_in_the_way_of_deleting_something_is_said_in_words(self):
        """Of the kind of what is in the way, with no table and no constraint of the database."""
        student = self.new_student("210941001", "王大明")
        for record in (
            self.terms["1141"],
            student.department_id,
            student.program_id,
            student.curriculum_id.line_ids[:1].course_id,
        ):
            with self.subTest(model=record._name):
                told = self.deleting(record)
                self.assertIn("still in use", told)
                for word in ("ntue_", "ntue.", "constraint", "fkey"):
                    self.assertNotIn(word, told)

    def deleting(self, record):
        """What the client is told where deleting it fails in the database."""
        with self.undone(), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            record.sudo().unlink()
            self.env.flush_all()
        table = caught.exception.diag.table_name
        names = [model._name for model in self.env.registry.values() if model._table == table]
        return self.env[names[0] if names else "base"]._sql_error_to_message(caught.exception)

    def test_every_list_of_the_menu_says_in_words_that_it_is_empty(self):
        root = self.env.ref("ntue_curriculum.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        actions = {menu.action for menu in menus if menu.action}
        lists = [action for action in actions if action.type == "ir.actions.act_window"]
        lists = [action for action in lists if action.target != "new"]
        self.assertGreater(len(lists), 20)
        self.assertEqual([action.xml_id for action in lists if not action.help], [])

    def test_no_list_within_a_form_opens_a_form_that_nobody_made(self):
        """It is edited in its rows, opens nothing, or opens a form of ours."""
        found = []
        views = self.env["ir.ui.view"].search([("type", "=", "form"), ("model", "like", OURS)])
        made = set(views.mapped("model"))
        for model in sorted(made):
            view = self.env[model].get_view(view_type="form")
            arch = etree.fromstring(view["arch"])
            for field in arch.xpath("//field[list]"):
                rows = self.env[model]._fields.get(field.get("name"))
                if rows is None or rows.type not in ("one2many", "many2many"):
                    continue
                (inner,) = field.xpath("list")
                opens_nothing = inner.get("editable") or inner.get("no_open")
                if not (opens_nothing or field.xpath("form") or rows.comodel_name in made):
                    found.append(f"{model}.{rows.name}")
        self.assertEqual(found, [])

    def test_no_picker_makes_a_record_of_a_name_alone(self):
        """What is new has a form: with a name alone it lacks what else it needs."""
        domain = [("type", "in", ("form", "list")), ("mode", "=", "primary")]
        found, seen = [], 0
        for view in self.env["ir.ui.view"].search([*domain, ("model", "like", OURS)]):
            arch = view._get_combined_arch()  # whoever its parts are for
            if view.type == "list" and not arch.get("editable"):
                continue
            if arch.get("create") == arch.get("edit") == "0":  # nothing is filled in there
                continue
            for field, node in pickers(self.env[view.model], arch):
                seen += 1
                options = node.get("options", "")
                if "create" not in options and node.get("widget") != FILES:
                    found.append(f"{view.name}: {field}")
        self.assertGreater(seen, 20)
        self.assertEqual(found, [])
