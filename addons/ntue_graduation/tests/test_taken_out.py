import csv
import io
import json

from odoo.tests import tagged

from .common import APPLICATION, GraduationHttpCase
from .test_lists import ListCase, column, sheet

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)")
ENTRY = "ntue.register.entry"


@tagged("post_install", "-at_install")
class TestExport(GraduationHttpCase):
    """A list is taken out within one's rights: no cell runs, and it is in the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.submitted()

    def exported(self, kind, **more):
        """The file that a browser gets for its list of applications."""
        asked = {
            "model": APPLICATION,
            "fields": [
                {"name": "student_id/name", "label": "=2+2", "type": "char"},
                {"name": "step", "label": "Step", "type": "selection"},
            ],
            "ids": [],
            "domain": [],
            "import_compat": False,
            **more,
        }
        return self.post(f"/web/export/{kind}", data=json.dumps(asked)).content

    def entries(self):
        return self.env[ENTRY].search([("action", "=", "exported")])

    def test_F17_no_cell_of_an_exported_list_is_a_formula(self):
        self.enter(self.assistant)
        for name in FORMULAS:
            self.student.name = name
            self.env.flush_all()
            page = sheet(self.exported("xlsx"))
            cells = [cell for row in page.iter_rows() for cell in row]
            self.assertNotIn("f", [cell.data_type for cell in cells], name)
            self.assertTrue(page["A2"].quotePrefix, name)
            grouped = sheet(self.exported("xlsx", groupby=["student_id"]))
            kinds = [cell.data_type for row in grouped.iter_rows() for cell in row]
            self.assertNotIn("f", kinds, name)
            rows = list(csv.reader(io.StringIO(self.exported("csv").decode())))
            for text in (rows[0][0], rows[1][0]):
                self.assertTrue(text.startswith("'"), name)

    def test_an_export_is_in_the_register_with_who_what_and_how_many(self):
        self.enter(self.assistant)
        before = self.entries()
        self.exported("xlsx")
        (entry,) = self.entries() - before
        self.assertEqual(entry.user_id, self.assistant)
        self.assertIn("1", entry.changes_text)
        self.assertIn("student_id/name", entry.changes_text)
        self.assertEqual(list(self.env[ENTRY]._check_used()), [])

    def test_I9_an_export_holds_what_its_user_may_read(self):
        self.enter(self.other_assistant)
        page = sheet(self.exported("xlsx"))
        self.assertEqual(page.max_row, 1)

    def test_assistants_and_registrars_may_export_and_nobody_else_may(self):
        for name in ("assistant", "registrar", "registrar_day", "registrar_continuing"):
            group = self.env.ref(f"ntue_curriculum.group_{name}")
            self.assertIn(self.env.ref("base.group_allow_export"), group.all_implied_ids, name)
        self.enter(self.way.account)
        self.assertNotIn("王大明".encode(), self.exported("csv"))


@tagged("post_install", "-at_install")
class TestRosters(ListCase):
    def test_a_list_as_a_file_is_in_the_register(self):
        before = self.env[ENTRY].search([("action", "=", "exported")])
        self.page(self.registrar, kind="diploma")
        (entry,) = self.env[ENTRY].search([("action", "=", "exported")]) - before
        self.assertEqual(entry.user_id, self.registrar)
        self.assertEqual(entry.label, "畢業證書製作名冊（xlsx）")
        self.assertIn("電子信箱", entry.changes_text)

    def test_I15_days_of_a_list_read_in_roc_years(self):
        page = self.page(self.assistant, kind="roster")
        for title in ("Submitted on", "Paper received"):
            (cell,) = column(page, title)
            self.assertEqual((cell.is_date, cell.number_format), (True, "[$-404]e-mm-dd"), title)

    def test_the_summary_ends_with_the_totals_of_the_whole_school(self):
        self.way.decide().pass_first()
        roster = self.roster(self.registrar, kind="summary")
        totals = dict(roster._summary_totals())
        titles = roster._total_titles()
        self.assertEqual(titles[:3], ["Applications", "First review", "Second review"])
        self.assertEqual(totals["The whole school"][:3], [2, 1, 1])
        self.assertEqual(totals[self.srd.name][:3], [1, 0, 1])
        report = self.env["ir.actions.report"].with_user(self.registrar)
        html, _kind = report._render_qweb_html("ntue_graduation.report_summary", roster.ids)
        self.assertIn("data-totals", html.decode())

    def test_the_totals_of_an_assistant_are_of_the_own_department(self):
        totals = self.roster(self.assistant, kind="summary")._summary_totals()
        self.assertEqual([numbers[0] for _name, numbers in totals], [1, 1])
