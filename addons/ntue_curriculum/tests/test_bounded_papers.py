"""Work without a bound, on paper: each record once, so many at most, one request at a time."""

from unittest.mock import patch
from urllib.parse import quote

from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import printing
from . import records
from . import school as school_of
from .common import NOISY, SchoolHttpCase
from .papers import PDF

PRINTED = "odoo.addons.ntue_curriculum.models.platform.ir_actions_report.IrActionsReport._printed"
DRAWN = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_template"
RENDERED = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_qweb_pdf"
BARCODE = "odoo.addons.base.models.ir_actions_report.IrActionsReport.barcode"
SHEET = "ntue_curriculum.report_progress_sheet"


@tagged("post_install", "-at_install")
class TestBoundedPapers(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.reports = cls.env["ir.actions.report"].search([("report_name", "=like", "ntue\\_%")])

    def asked(self, user, kind, report, ids):
        """The records drawn when ``user`` asks for papers of ``ids``, and what is answered."""
        drawn = []

        def printed(_self, _ref, _data, part, _report, _record):
            drawn.extend(part or ())
            return PDF

        def rendered(_self, _template, values=None):
            drawn.extend(values["doc_ids"] or ())
            return b"<html><body/></html>"

        self.enter(user)
        numbers = ",".join(map(str, ids))
        with patch(PRINTED, printed), patch(DRAWN, rendered), mute_logger(*NOISY):
            answer = self.url_open(f"/report/{kind}/{report.report_name}/{numbers}")
        return drawn, answer

    def test_every_paper_is_drawn_once_however_often_its_number_stands_in_the_address(self):
        self.assertTrue(self.reports)
        wrong = []
        for report in self.reports:
            for kind in ("pdf", "html"):
                ids = [self.student.id] * 3000
                drawn, _answer = self.asked(self.assistant, kind, report, ids)
                if drawn not in ([self.student.id], []):  # some refuse a number not theirs
                    wrong.append((report.report_name, kind, len(drawn)))
        self.assertEqual(wrong, [])

    def test_nobody_gets_more_papers_at_once_than_the_number_says(self):
        wrong = []
        for user, most in ((self.account, printing.MOST_OWN), (self.assistant, printing.MOST)):
            for report in self.reports:
                for kind in ("pdf", "html"):
                    drawn, answer = self.asked(user, kind, report, range(1, most + 2))
                    if drawn or answer.ok:
                        wrong.append((user.login, report.report_name, kind, answer.status_code))
        self.assertEqual(wrong, [])

    def test_a_few_papers_are_printed_as_ever(self):
        ids = [self.student.id, self.fellow.id]
        report = self.reports.filtered(lambda row: row.report_name == SHEET)
        drawn, answer = self.asked(self.assistant, "pdf", report, ids)
        self.assertEqual(drawn, ids)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_a_second_paper_waits_in_the_browser_while_one_is_being_printed(self):
        self.enter(self.account)
        context = quote('{"force_report_rendering": true}')  # tests draw HTML otherwise
        address = f"/report/pdf/{SHEET}/{self.student.id}?context={context}"
        with self.registry._db.cursor() as other:  # another process, in its own transaction
            other.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (0x6E747565, self.account.id))
            self.assert_told_to_wait(self.url_open(address))
            other.rollback()
        with patch(PRINTED, lambda *_args: PDF):
            self.assertEqual(self.url_open(address).status_code, 200)

    def test_so_it_is_with_the_addresses_of_our_own(self):
        self.enter(self.account)
        with patch(RENDERED, side_effect=printing.PapersBusyError("Wait")):
            self.assert_told_to_wait(self.url_open("/my/progress/sheet"))

    def test_somebody_who_is_not_of_the_staff_gets_barcodes_of_a_size_that_costs_little(self):
        """Strangers, too: Odoo draws one for anybody, of any length and up to 1,200,000 pixels."""
        for user in (None, self.account, self.assistant):
            if user:
                self.enter(user)
            for value, size, drawn in (
                ("1141-210941001", {"width": "600", "height": "600"}, True),
                ("1141-210941001", {}, True),
                ("x" * 301, {}, False),
                ("x", {"width": "601"}, False),
                ("x", {"height": "1000", "width": "1000"}, False),
                ("x", {"width": "-1"}, False),
                ("x", {"width": "much"}, False),
            ):
                with self.subTest(user=user and user.login, value=value[:20], size=size):
                    fields = {"barcode_type": "QR", "value": value, **size}
                    with mute_logger(*NOISY), patch(BARCODE, return_value=b"drawn"):
                        answer = self.url_open("/report/barcode", params=fields)
                    taken = drawn or (user and not user.share)
                    self.assertEqual(answer.status_code, 200 if taken else 422)

    def test_what_cannot_be_drawn_as_a_barcode_is_an_answer_and_no_fault(self):
        self.enter(self.account)
        fields = {"barcode_type": "QR", "value": "x"}
        for error in (ValueError("x"), KeyError("x"), ZeroDivisionError("x")):
            with mute_logger(*NOISY), patch(BARCODE, side_effect=error):
                answer = self.url_open("/report/barcode", params=fields)
            self.assertEqual(answer.status_code, 422)

    def test_a_remote_call_draws_no_larger_barcode_than_an_address(self):
        for value, size in (
            ("x" * 301, {}),
            (["x"] * 9, {}),
            ("x", {"width": 1000, "height": 1000}),
            ("x", {"width": None, "height": "much"}),
            ("x", {"barBorder": 1_000_000}),
        ):
            with self.subTest(value=value[:20], size=size):
                call = ("ir.actions.report", "barcode", "QR", value)
                answer = self.refused(self.account, *call, **size)
                self.assertIn("600", answer)

    def assert_told_to_wait(self, answer):
        self.assertEqual(answer.status_code, 429)
        self.assertIn("Retry-After", answer.headers)
        self.assertIn('http-equiv="refresh"', answer.text)
        # Whose browser does not ask again by itself asks by a finger, or goes back.
        self.assertIn('href=""', answer.text)
        self.assertIn('href="/my"', answer.text)
        self.assertRegex(answer.text, r'<html lang="(zh-TW|en-US)"')
