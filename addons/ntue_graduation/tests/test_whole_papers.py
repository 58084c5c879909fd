"""What is stored is on the paper: every character drawn, and copied as it was typed."""

import io
import re
from itertools import product
from unittest.mock import patch

from odoo.addons.ntue_curriculum.printing import BOTH
from odoo.addons.ntue_curriculum.tests.test_press import PRIVATE, UNKNOWN, text_of
from odoo.exceptions import UserError
from odoo.tests import tagged
from pypdf import PdfReader

from ..pages.check import check_page
from .common import TICKABLE, GraduationCase, upgraded
from .test_lists import ROSTER, column, sheet

SLIP, SHEET = "ntue_graduation.report_slip", "ntue_curriculum.report_progress_sheet"
SUMMARY, GUIDE = "ntue_graduation.report_summary", "ntue_graduation.report_guide"

NAMES = (
    "陳𡍼堃",
    "林\uf907\ufa1d",
    "葛\U000e0100城",
    "吳喆𠮷",
    "谷辣斯·尤達卡",
    "王　小　明",
    "呂□菱",
    "O'Brien-Śliwiński Åsa",
    "A" * 36,
)
"""Names as they come from the old system, and are accepted (F26)."""


def bare(text):
    """``text`` without blanks: lines of a paper end anywhere."""
    return "".join(text.split())


def shared(text):
    """Characters that only look like those that people type: radicals and the like."""
    return {mark for mark in text if 0x2E80 <= ord(mark) <= 0x2FDF or 0xF900 <= ord(mark) <= 0xFAFF}


class PaperCase(GraduationCase):
    def pdf(self, user, report, records):
        self.env.flush_all()
        self.env.invalidate_all()
        printer = self.env["ir.actions.report"].with_user(user).with_context(**records.env.context)
        with self.allow_pdf_render():
            forced = printer.with_context(force_report_rendering=True)
            return forced._render_qweb_pdf(report, records.ids)[0]

    def papers(self):
        """Every report of the product's, with a user who may print it and what of."""
        way = self.way
        roster = {"term_id": self.terms["1141"].id, "kind": "summary"}
        roster = self.env[ROSTER].browse(self.rpc(self.assistant, ROSTER, "create", roster))
        compare = self.env["ntue.curriculum.compare"].create(
            {"before_id": self.framework.id, "after_id": self.cict_framework.id}
        )
        return {
            SLIP: (way.account, way.record),
            SHEET: (way.account, self.student),
            SUMMARY: (self.assistant, roster),
            GUIDE: (way.account, self.window),
            "ntue_curriculum.report_difference": (self.env.user, compare),
        }

    def named(self, name):
        """As if the student had come with this name from the old system, and submitted since."""
        self.env.flush_all()
        query = "UPDATE ntue_student SET name = %s WHERE id = %s"
        self.env.cr.execute(query, [name, self.student.id])
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestWholePapers(PaperCase):
    def test_every_report_of_the_product_is_among_the_papers_here(self):
        self.way.submitted()
        reports = self.env["ir.actions.report"].search([("report_name", "=like", "ntue\\_%")])
        self.assertEqual(set(reports.mapped("report_name")), set(self.papers()))

    def test_every_accepted_name_is_whole_on_slip_sheet_summary_and_diploma_list(self):
        name = "、".join(NAMES)
        self.named(name)
        self.way.submitted().receive()
        papers = self.papers()
        for report in (SLIP, SHEET, SUMMARY):
            with self.subTest(report=report):
                self.assertIn(bare(name), bare(text_of(self.pdf(*self.of(papers, report)), "-raw")))
        roster = self.env[ROSTER].with_user(self.registrar)
        diploma = roster.create({"term_id": self.terms["1141"].id, "kind": "diploma"})
        page = sheet(diploma._file()[1])
        self.assertIn(name, [cell.value for cell in column(page, "Full name")])

    def of(self, papers, report):
        user, records = papers[report]
        return user, report, records

    def test_every_paper_is_copied_as_typed_and_found_by_a_search(self):
        self.env.company.name = "國立臺北教育大學"
        self.way.submitted()
        for report, (user, records) in self.papers().items():
            with self.subTest(report=report):
                text = bare(text_of(self.pdf(user, report, records)))
                self.assertIn("國立臺北教育大學", text)
                self.assertEqual(shared(text), set())

    def test_nothing_of_a_paper_lies_outside_its_margins(self):
        margin = 12 / 25.4 * 72 - 0.5
        self.way.submitted()
        papers = self.papers()
        for (report, (user, records)), both in product(papers.items(), (False, True)):
            with self.subTest(report=report, both=both):
                asked = records.with_context(**{BOTH: both})
                words = text_of(self.pdf(user, report, asked), "-bbox")
                places = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', words)
                self.assertTrue(places)
                self.assertGreater(min(float(left) for left, _right in places), margin)
                self.assertLess(max(float(right) for _left, right in places), 595 - margin)

    def test_every_paper_is_tagged_and_says_its_language_and_title(self):
        self.way.submitted()
        for report, (user, records) in self.papers().items():
            with self.subTest(report=report):
                reader = PdfReader(io.BytesIO(self.pdf(user, report, records)))
                root = reader.trailer["/Root"]
                self.assertTrue(root["/MarkInfo"]["/Marked"])
                self.assertIn("/StructTreeRoot", root)
                self.assertEqual(root["/Lang"], "zh-Hant")
                self.assertTrue(reader.metadata.title)

    def test_a_paper_that_would_lose_a_character_is_refused_and_names_it(self):
        for mark in (UNKNOWN, PRIVATE):
            with self.undone():
                self.named(f"陳{mark}堃")
                self.way.submitted()
                papers = self.papers()
                for report in (SLIP, SHEET, SUMMARY):
                    with self.subTest(report=report, mark=mark):
                        with self.assertRaises(UserError) as caught:
                            self.pdf(*self.of(papers, report))
                        for part in (f"U+{ord(mark):04X}", f"陳{mark}堃"):
                            self.assertIn(part, str(caught.exception))

    def test_reviewers_read_on_their_desks_that_a_name_cannot_be_printed(self):
        record = self.way.submitted().record
        self.assertFalse(record.typeface_problem)
        self.named(f"陳{PRIVATE}堃")
        for user in (self.assistant, self.registrar):
            row = self.env[record._name].with_user(user).browse(record.id)
            self.assertIn("Name cannot be printed", row.findings)
            self.assertIn("U+E000", row.typeface_problem)
            self.assertIn("U+E000", row.student_id.typeface_problem)

    def test_a_slip_that_was_submitted_with_such_a_name_has_to_be_submitted_anew(self):
        self.named(f"陳{PRIVATE}堃")
        record = self.way.submitted().record
        self.named("陳堃")
        with self.assertRaises(UserError):
            self.pdf(self.assistant, SLIP, record)
        row = record.with_user(self.assistant).with_context(lang="en_US")
        self.assertIn("Name cannot be printed", row.findings)
        self.assertIn("U+E000", row.typeface_problem)
        self.assertIn("return the application", row.typeface_problem)
        self.way.send_back().tick(*TICKABLE).submit()
        self.env.invalidate_all()
        self.assertFalse(row.typeface_problem)
        self.assertTrue(self.pdf(self.assistant, SLIP, record))

    def test_so_has_one_with_such_a_course_and_it_is_told_once(self):
        self.student.enrollment_ids[0].name = f"概論{PRIVATE}"
        record = self.way.submitted().record
        self.student.enrollment_ids[0].name = "概論"
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.pdf(self.assistant, SLIP, record)
        self.assertEqual(record.typeface_problem.count("U+E000"), 1)

    def test_of_what_is_returned_the_record_of_today_decides(self):
        self.named(f"陳{PRIVATE}堃")
        record = self.way.returned().record
        self.assertIn("U+E000", record.typeface_problem)
        self.assertNotIn("return the application", record.typeface_problem)
        self.named("陳堃")
        self.assertFalse(record.typeface_problem)

    def test_the_student_is_warned_on_the_check_page_and_may_submit_all_the_same(self):
        self.way.drafted()
        mine = self.way.record.with_user(self.way.account)
        self.assertEqual(check_page(mine)["unprintable"], [])
        self.named(f"陳{PRIVATE}堃")
        (said,) = check_page(mine)["unprintable"]
        self.assertIn("U+E000", said)
        self.way.submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_what_cannot_be_printed_goes_with_what_was_submitted(self):
        self.named(f"陳{PRIVATE}堃")
        record = self.way.submitted().record
        self.assertEqual(record.unprintable_text, f"陳{PRIVATE}堃")
        record._empty_snapshots()
        self.assertFalse(record.unprintable_text)

    def test_an_upgrade_finds_what_was_submitted_before(self):
        self.named(f"陳{PRIVATE}堃")
        record = self.way.submitted().record
        record._set({"unprintable_text": False})
        upgraded(self.env, "unprintable_slips")
        self.assertEqual(record.unprintable_text, f"陳{PRIVATE}堃")

    def test_the_summary_repeats_its_head_on_every_page_and_cuts_no_row(self):
        self.way.submitted()
        user, roster = self.papers()[SUMMARY]
        summary = type(self.env[ROSTER])
        (page,) = roster.with_user(user)._summary_pages()
        many = {**page, "rows": list(page["rows"]) * 120}
        with patch.object(summary, "_summary_pages", lambda _roster: [many]):
            text = text_of(self.pdf(user, SUMMARY, roster), "-layout")
        pages = [part for part in text.split("\f") if part.strip()]
        self.assertGreater(len(pages), 2)
        heads = [bare(part).count("學號姓名") for part in pages]
        self.assertEqual(heads, [1] * len(pages))
        rows = re.findall(r"(?m)^ *(\d+) +210941001 +王大明 +.*審.* 已送出$", text)
        self.assertEqual(rows, [str(number) for number in range(1, 121)])
