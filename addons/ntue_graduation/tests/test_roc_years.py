"""Staff read days in ROC years: in forms, lists, cards and what lists are grouped by (I15)."""

from datetime import UTC, date, datetime

from lxml import etree
from odoo.addons.ntue_curriculum.roc import roc_period
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.models import READ_GROUP_TIME_GRANULARITY
from odoo.tests import tagged

OURS = "ntue"
SHOWN = ("form", "list", "kanban")
NEVER_SHOWN = {"1", "True", "true"}
WIDGETS = {"ntue_roc_date", "remaining_days"}
"""What shows a day as the school writes it, or as days that are left."""


@tagged("post_install", "-at_install")
class TestRocYears(SchoolCase):
    def test_I15_no_view_shows_a_day_in_western_years_only(self):
        """Views of our models, and our fields in views of Odoo's."""
        views = self.env["ir.ui.view"].search([("type", "in", SHOWN), ("mode", "=", "primary")])
        western, days = [], 0
        for view in views.filtered(lambda one: one.model in self.env):
            arch = etree.fromstring(view.get_combined_arch())
            for name, widget in _days(self.env[view.model], arch):
                days += 1
                if widget not in WIDGETS:
                    western.append(f"{view.key or view.name}: {name}")
        self.assertEqual(western, [])
        self.assertGreater(days, 50)

    def test_I15_a_list_grouped_by_days_names_them_in_roc_years(self):
        """By every span of time that a list may be grouped by."""
        self.env["ntue.graduation.window"].create(
            {
                "term_id": self.terms["1141"].id,
                "division": "day",
                "date_open": "2025-10-27",
                "date_close": "2025-11-10",
                "date_leave": "2026-01-31",
            }
        )
        for span in READ_GROUP_TIME_GRANULARITY.keys() - {"hour"}:
            with self.subTest(span=span):
                groups = self.env["ntue.graduation.window"].formatted_read_group(
                    [("date_open", "=", "2025-10-27")], [f"date_open:{span}"], ["__count"]
                )
                ((_start, label),) = [group[f"date_open:{span}"] for group in groups]
                self.assertTrue(label.startswith("114"), label)
        groups = self.env["ntue.term"].formatted_read_group(
            [("code", "=", "1141")], ["create_date:hour"], ["__count"]
        )
        self.assertRegex(groups[0]["create_date:hour"][1], r"^1\d\d-\d\d-\d\d \d\d:00$")

    def test_I15_every_span_of_time_has_its_roc_years(self):
        day = date(2025, 12, 29)  # in the first week of 2026
        self.assertEqual(roc_period(day, "day"), "114-12-29")
        self.assertEqual(roc_period(day, "week"), "115 W1")
        self.assertEqual(roc_period(day, "month"), "114-12")
        self.assertEqual(roc_period(day, "quarter"), "114 Q4")
        self.assertEqual(roc_period(day, "year"), "114")
        hour = datetime(2025, 12, 29, 17, tzinfo=UTC)
        self.assertEqual(roc_period(hour, "hour"), "114-12-29 17:00")
        for span in READ_GROUP_TIME_GRANULARITY:
            self.assertTrue(roc_period(hour, span))


def _days(model, arch):
    """The name and widget of each day of ours that ``arch`` shows, in lists of rows too."""
    for node in arch.iter("field"):
        outer = list(node.iterancestors("field"))
        rows = model
        for one in reversed(outer):
            field = rows._fields.get(one.get("name"))
            if field is None or not field.relational:
                break
            rows = rows.env[field.comodel_name]
        field = rows._fields.get(node.get("name"))
        if field is None or field.type not in ("date", "datetime"):
            continue
        hidden = {node.get("invisible"), node.get("column_invisible")} & NEVER_SHOWN
        ours = rows._name.startswith(OURS) or (field._module or "").startswith(OURS)
        if ours and not hidden:
            yield f"{rows._name}.{field.name}", node.get("widget")
