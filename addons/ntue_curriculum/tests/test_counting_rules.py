"""Rules across areas: from the file to the page, the next revision and out again (A51)."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..degree_audit import CountingRule, Per, RuleKind, Selector
from ..importer.problems import Severity
from ..pages.progress import progress
from .test_import_base import ImportCase

HEADER = (
    "課架代碼,規則代碼,規則名稱,規則種類,科目代碼清單,領域代碼,選課遠距教學,限抵免,"
    "上限範圍,最低學分,採計上限學分,採計上限科目數,採計上限比例,先修最低成績"
)
DISTANCE = "ZQ-E-113,DIST,遠距教學,上下限,,,是,,,,,,0.5,"
YEAR = "ZQ-E-113,YEAR,專題,全部或全無,zq002;ZQ003,,,,,,,,,"
ORDER = "ZQ-E-113,ORD,研究法與專題,依序,ZQ001;ZQ002,,,,,,,,,"


@tagged("post_install", "-at_install")
class TestCountingRules(ImportCase):
    def imported(self, *rows, **changes):
        report = self.run_import(self.contents(counting_rules=[HEADER, *rows], **changes))
        self.assertTrue(report.ok, self.texts(report))
        return report

    def asked(self):
        return self.framework()._prepared()[0].framework.counting_rules

    def test_a_row_becomes_what_the_engine_reads(self):
        self.imported(DISTANCE, YEAR)
        distance, year = self.asked()
        self.assertEqual(
            distance,
            CountingRule(
                "DIST",
                "遠距教學",
                selector=Selector(distance="yes"),
                max_share=distance.max_share,
            ),
        )
        self.assertEqual(str(distance.max_share), "0.5")
        self.assertEqual((year.kind, year.courses), (RuleKind.ALL_OR_NONE, ("ZQ002", "ZQ003")))
        self.assertIs(year.per, Per.WHOLE)

    def test_the_same_rows_again_change_nothing_and_others_want_a_reason(self):
        self.imported(DISTANCE)
        self.assertEqual(self.framework().revision, 1)
        self.imported(DISTANCE)
        self.assertEqual(self.framework().revision, 1)
        report = self.run_import(self.contents(counting_rules=[HEADER, YEAR]))
        self.assertFalse(report.ok)

    def test_what_leaves_comes_in_again(self):
        self.imported(DISTANCE, YEAR, ORDER)
        _export, (table,) = self.env["ntue.exporter"]._tables(["counting_rules"])
        rows = [row for row in table.rows if row["framework"] == "ZQ-E-113"]
        self.assertEqual([row["code"] for row in rows], ["DIST", "YEAR", "ORD"])
        self.assertEqual((rows[0]["select_distance"], str(rows[0]["max_share"])), ("yes", "0.5"))

    def test_a_rule_that_says_nothing_is_an_error_at_its_column(self):
        for row, column in (
            ("ZQ-E-113,X,無,上下限,,,,,,,,,,", "最低學分"),
            ("ZQ-E-113,X,無,全部或全無,ZQ001,,,,,,,,,", "科目代碼清單"),
            ("ZQ-E-113,X,無,上下限,,,,,每學期,3,,,,", "上限範圍"),
        ):
            with self.subTest(row):
                report = self.run_import(self.contents(counting_rules=[HEADER, row]))
                self.assertIn(("counting_rules.csv", 2, column), self.told(report))

    def test_a_course_that_the_framework_does_not_have_stops_the_publishing(self):
        report = self.run_import(
            self.contents(counting_rules=[HEADER, "ZQ-E-113,X,無,依序,ZQ001;NONE,,,,,,,,,"])
        )
        self.assertFalse(report.ok)
        self.assertIn("X", " ".join(self.texts(report, Severity.ERROR)))

    def test_the_page_says_the_rule_and_how_far_it_is_met(self):
        self.imported("ZQ-E-113,EN,遠距教學,上下限,,,是,,,3,,,,", YEAR.replace("zq002", "ZQ001"))
        page = progress(self.student())
        distance, year = page["rules"]
        self.assertEqual((distance.name, distance.met), ("遠距教學", False))
        self.assertIn("3", distance.sentence)
        self.assertIn("研究法", year.sentence)
        self.assertTrue(any("遠距教學" in sentence for sentence in page["missing"]))
        self.assertIn("INCOMPLETE", [row.outcome.reason.name for row in self.rows_of(page)])

    def rows_of(self, page):
        return [row for area in page["areas"] for line in area.lines for row in line.taken]

    def test_a_course_taken_out_of_order_says_so(self):
        self.imported(ORDER.replace("ZQ001;ZQ002", "ZQ002;ZQ001"))
        page = progress(self.student())
        self.assertIn("OUT_OF_ORDER", [row.outcome.reason.name for row in self.rows_of(page)])

    def test_a_revision_and_a_copy_have_the_rules_with_areas_of_their_own(self):
        self.imported("ZQ-E-113,A3,方法,上下限,,A,,,,,3,,,", DISTANCE)
        draft = self.framework()._start_revision("Meeting")
        rule = draft.counting_rule_ids[0]
        self.assertEqual((rule.area_id.code, rule.area_id.curriculum_id), ("A", draft))
        rule.max_credits = 6
        self.assertEqual(len(draft._difference_groups(self.framework())), 1)
        rule.write({"kind": "in_order", "courses": "ZQ001;ZQ002", "from_mooc": True, "per": "term"})
        (group,) = draft._difference_groups(self.framework())
        self.assertGreaterEqual(len(group["rows"]), 4)
        draft._publish()
        self.assertEqual(self.asked()[0].kind, RuleKind.IN_ORDER)

    def test_a_rule_of_a_published_framework_is_not_changed(self):
        self.imported(DISTANCE)
        with self.assertRaises(UserError):
            self.framework().counting_rule_ids.write({"max_share": 0.25})

    def test_an_area_of_another_framework_is_refused(self):
        self.imported(DISTANCE)
        draft = self.framework()._start_revision("Meeting")
        with self.assertRaises(ValidationError):
            draft.counting_rule_ids.area_id = self.framework().area_ids[0]

    def test_a_rule_that_can_say_nothing_is_told_before_publishing(self):
        self.imported(DISTANCE)
        draft = self.framework()._start_revision("Meeting")
        draft.counting_rule_ids.write({"max_share": 0})
        (row,) = [row for row in draft._finding_rows() if row["fatal"]]
        self.assertIn("DIST", row["text"])
