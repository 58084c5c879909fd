"""docs/operations/outside.md decides what Odoo's addons ask of others over the network.

Which addons can ask is read from the source of those that are installed: what another version of
Odoo or another dependency brings along fails here until somebody has decided it.
"""

import re
from pathlib import Path

from lxml import etree
from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "outside.md"
ASKS = re.compile(
    r"^\s*(import|from) (requests|urllib3|urllib\.request|http\.client)\b|iap_jsonrpc\(", re.M
)
"""What a file has in it that asks by HTTP."""

OF_ODOOS_SERVICES = {"field_partner_autocomplete", "res_partner_many2one"}
"""Fields that send what is typed in them to a service of Odoo's maker."""

CONTACTS = ("res.partner", "res.company")
SERVICES = "partner_autocomplete"
OURS = "ntue_"


def decided():
    """The addons that the page has a row for."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def asks(name):
    """Whether a file of the addon, tests apart, asks by HTTP."""
    folder = Path(get_module_path(name))
    return any(
        ASKS.search(file.read_text(encoding="utf-8"))
        for file in folder.rglob("*.py")
        if "tests" not in file.relative_to(folder).parts
    )


@tagged("post_install", "-at_install")
class TestOutside(TransactionCase):
    def test_every_addon_that_can_ask_others_is_decided(self):
        installed = self.env["ir.module.module"].search([("state", "=", "installed")])
        names = {name for name in installed.mapped("name") if not name.startswith(OURS)}
        self.assertEqual({name for name in names if asks(name)}, decided() & names)
        self.assertIn(SERVICES, names)

    def test_no_view_of_ours_sends_what_is_typed_to_odoos_services(self):
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("form", "list", "kanban")), ("mode", "=", "primary")]
        )
        widgets = {"ours": set(), "contacts": set()}
        for view in views.filtered(lambda one: one.model in self.env):
            ours = view.model.startswith("ntue.")
            if not ours and view.model not in CONTACTS:
                continue
            arch, _view = self.env[view.model]._get_view(view.id, view.type)
            found = {node.get("widget") for node in arch.iter("field")}
            widgets["ours" if ours else "contacts"] |= found
        self.assertEqual(widgets["ours"] & OF_ODOOS_SERVICES, set())
        self.assertTrue(widgets["contacts"] & OF_ODOOS_SERVICES, "what is looked for is there")

    def test_no_desk_leads_to_a_form_of_contacts(self):
        """Where they are, what is typed would go there: no field of ours names one in a view."""
        shown = []
        for view in self.env["ir.ui.view"].search(
            [("model", "=like", "ntue.%"), ("mode", "=", "primary")]
        ):
            if view.model not in self.env:
                continue
            for node in etree.fromstring(view.get_combined_arch()).iter("field"):
                field = self.env[view.model]._fields.get(node.get("name"))
                if field is not None and field.comodel_name in CONTACTS:
                    shown.append((view.name, field.name))
        self.assertEqual(shown, [])
