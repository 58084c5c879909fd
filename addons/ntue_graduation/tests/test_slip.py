import hashlib
import io
import json
import unicodedata

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from pypdf import PdfReader

from ..papers.slip import slip
from .common import GraduationCase, Way

REPORT = "ntue_graduation.report_slip"
TITLE = "主修畢業學分審核確認單"
LABEL = "〔0648〕（1092）環境資源調查與規劃（3）"
LEGEND = "W＝當學期修習中、成績未登錄"


class SlipCase(GraduationCase):
    def report(self, user):
        return self.env["ir.actions.report"].with_user(user)

    def page(self, way, user=None):
        """The slip as HTML, as ``user`` (by default its owner) gets it."""
        self.env.flush_all()
        self.env.invalidate_all()
        content, _kind = self.report(user or way.account)._render_qweb_html(REPORT, way.record.ids)
        return html.fromstring(content.decode())

    def pdf(self, user, ids):
        self.env.flush_all()
        forced = self.report(user).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, kind = forced._render_qweb_pdf(REPORT, ids)
        self.assertEqual((kind, content[:5]), ("pdf", b"%PDF-"))
        return PdfReader(io.BytesIO(content))

    def text(self, reader):
        """What a person reads: compatibility characters brought home, blanks left out."""
        found = "".join(page.extract_text() for page in reader.pages)
        return "".join(unicodedata.normalize("NFKC", found).split())


def norm(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def said(page, path):
    """Texts of the elements at ``path``, blanks tidied."""
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def fonts(reader):
    """Name of every font of the file → whether its outlines are in the file."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            for part in font.get_object().get("/DescendantFonts", [font]):
                part = part.get_object()
                outlines = part["/FontDescriptor"].get_object()
                found[str(part["/BaseFont"])] = "/FontFile2" in outlines or "/FontFile3" in outlines
    return found


@tagged("post_install", "-at_install")
class TestSlip(SlipCase):
    """主修畢業學分審核確認單, as a page."""

    def test_153_a_draft_is_marked_after_its_title_and_across_the_page(self):
        page = self.page(self.way.drafted())
        self.assertEqual(said(page, "//h1"), [f"{TITLE}（暫存檔）"])
        self.assertEqual(set(said(page, "//*[@class='draft']")), {"暫存檔"})

    def test_167_the_official_slip_carries_nothing_after_its_title(self):
        page = self.page(self.way.submitted())
        self.assertEqual(said(page, "//h1"), [TITLE])
        self.assertNotIn("暫存", page.text_content())

    def test_168_a_returned_application_prints_a_draft_again(self):
        self.assertIn("暫存檔", self.page(self.way.returned()).text_content())

    def test_177_and_178_it_prints_the_english_name_and_the_e_mail(self):
        for stand in (self.way.drafted, self.way.submitted):
            with self.undone():
                cells = said(self.page(stand()), "//td")
                for text in (
                    "WANG, TA-MING",
                    "a210941001@mail.example.com",
                    "王大明",
                    "210941001",
                    "社會與區域發展學系",
                    "1141-210941001",
                ):
                    self.assertIn(text, cells)

    def test_95_every_course_is_labelled_as_the_notice_labels_it(self):
        cells = said(self.page(self.way.submitted()), "//td")
        self.assertIn(LABEL, cells)
        for row in self.student.enrollment_ids:
            self.assertIn(row.display_name, cells)

    def test_179_a_course_without_a_grade_shows_W_and_the_page_says_what_W_is(self):
        page = self.page(self.way.submitted())
        (row,) = page.xpath("//tr[td[contains(., '碩士論文')]]")
        self.assertIn("W", [cell.text_content().strip() for cell in row.xpath("td")])
        self.assertEqual(page.text_content().count(LEGEND), 1)
        graded = page.xpath("//tr[td[contains(., '環境資源調查與規劃')]]")[0]
        self.assertIn("90", [cell.text_content().strip() for cell in graded.xpath("td")])

    def test_D1_withdrawn_and_transferred_courses_are_named_so(self):
        for state in ("withdrawn", "transferred"):
            row = school_of.enrolment(self.student, "0812")
            with self.undone():
                row.write({"state": state, "is_graded": False})
                self.way.start().tick("0733")
                paper = slip(self.way.record.with_user(self.way.account))
                (found,) = [line for line in paper["rows"] if line["offering_no"] == "0812"]
                self.assertNotIn(found["score"], ("W", "", "89"))

    def test_181_it_has_a_line_to_sign_on_and_a_notice_above_it(self):
        self.window.with_context(lang="zh_TW").slip_notice = "請詳閱下列注意事項"
        page = self.page(self.way.submitted())
        self.assertTrue(
            page.xpath("//table[contains(@class, 'sign')]//td[contains(@class, 'line')]")
        )
        body = page.text_content()
        self.assertIn("請詳閱下列注意事項", body)
        (notice,) = page.xpath("//*[contains(@class, 'box')]")
        (sign,) = page.xpath("//table[contains(@class, 'sign')]")
        order = list(page.iter())
        self.assertLess(order.index(notice), order.index(sign))

    def test_its_totals_are_those_of_the_audit(self):
        paper = slip(self.way.submitted().record)
        totals = paper["totals"]
        self.assertEqual(
            [totals[key] for key in ("taken", "earned", "required", "elective", "ticked")],
            ["28", "24", "10", "18", "6"],
        )
        self.assertEqual((totals["expected"], totals["missing"], totals["met"]), ("34", "0", True))
        self.assertEqual(
            [
                (area["code"], area["taken"], area["min_credits"], area["met"])
                for area in paper["areas"]
            ],
            [
                ("A", "6", "6", True),
                ("B", "6", "6", True),
                ("C", "12", "9", True),
                ("D", "4", "4", True),
            ],
        )

    def test_I15_the_day_is_written_in_roc_years_of_taipei(self):
        with freeze_time("2025-11-10 16:30:00"):  # 11 November, half past midnight in Taipei
            paper = slip(self.way.submitted().record)
        self.assertEqual(paper["made_on"], "114-11-11")

    def test_151_staff_print_no_slip_of_a_draft(self):
        self.way.drafted()
        for user in (self.assistant, self.registrar):
            with self.assertRaises(AccessError):
                self.page(self.way, user)
        self.way.submit()
        self.assertEqual(said(self.page(self.way, self.assistant), "//h1"), [TITLE])

    def test_nobody_prints_another_students_slip(self):
        fellow = self.new_student("210941002", "同系同學")
        self.way.submitted()
        with self.assertRaises(AccessError):
            self.page(self.way, school_of.account_of(fellow))


@tagged("post_install", "-at_install")
class TestSnapshot(SlipCase):
    """What was submitted reads the same for good (I7)."""

    def frozen(self):
        self.way.record.invalidate_recordset()
        page = html.tostring(self.page(self.way))
        rows = self.way.record.line_ids.read(["label", "score", "ticked", "area_codes"])
        return slip(self.way.record), page, rows

    def test_I7_the_slip_stays_as_it_was_whatever_changes_afterwards(self):
        self.way.submitted()
        before = self.frozen()
        self.way.grade(85)
        school_of.enrolment(self.student, "0733").write({"score": 60, "state": "failed"})
        self.assertEqual(self.frozen(), before, "after a grade")
        self.student.write({"english_name": "WANG, DA-MING", "email": "new@mail.example.com"})
        self.assertEqual(self.frozen(), before, "after the profile")
        draft = self.framework._start_revision("Meeting 3")
        draft.area_ids[0].write({"name": "改名領域", "min_credits": 9})
        draft.action_publish()
        self.assertEqual(self.frozen(), before, "after a revision")
        self.window.slip_notice = "改過的注意事項"
        school_of.enrol(self.school, self.student, "1141", "0999", "X999", "加選", 2, None)
        self.assertEqual(self.frozen(), before, "after another enrolment")

    def test_I7_the_application_keeps_the_profile_that_was_submitted(self):
        self.way.submitted()
        self.student.write({"english_name": "WANG, DA-MING", "mobile": "0922-222-222"})
        record = self.way.record
        self.assertEqual((record.english_name, record.mobile), ("WANG, TA-MING", "0900-000-000"))

    def test_I7_the_hash_is_that_of_the_snapshot(self):
        record = self.way.submitted().record
        (event,) = record.event_ids
        digest = hashlib.sha256(event.snapshot.encode()).hexdigest()
        self.assertEqual((event.snapshot_hash, record.snapshot_hash), (digest, digest))
        text = json.dumps(
            json.loads(event.snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        self.assertEqual(text, event.snapshot, "canonical JSON")

    def test_I7_a_second_submission_freezes_anew_and_keeps_the_first(self):
        self.way.returned().tick("0733")
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        first, second = self.way.record.event_ids.filtered(lambda row: row.action == "submit")
        self.assertEqual(json.loads(first.snapshot)["totals"]["ticked"], "6")
        self.assertEqual(json.loads(second.snapshot)["totals"]["ticked"], "3")
        self.assertEqual(slip(self.way.record)["totals"]["ticked"], "3")
        self.assertEqual(sum(self.way.record.line_ids.mapped("ticked")), 1)


@tagged("post_install", "-at_install")
class TestSlipPdf(SlipCase):
    """The same as a real PDF."""

    def test_167_the_official_pdf_has_all_of_it_in_traditional_type(self):
        reader = self.pdf(self.way.submitted().account, self.way.record.ids)
        text = self.text(reader)
        for part in (TITLE, LABEL, LEGEND, "WANG, TA-MING", "a210941001@mail.example.com"):
            self.assertIn(norm(part), text)
        self.assertNotIn("暫存", text)
        found = fonts(reader)
        self.assertTrue(all(found.values()), found)
        chinese = {name.split("+")[-1].lower().replace("-", "") for name in found}
        self.assertTrue(any("notosanscjktc" in name for name in chinese), chinese)
        self.assertFalse([name for name in chinese if "cjkjp" in name or "cjksc" in name])

    def test_153_the_draft_pdf_says_so(self):
        reader = self.pdf(self.way.drafted().account, self.way.record.ids)
        text = self.text(reader)
        self.assertIn(norm(f"{TITLE}（暫存檔）"), text)
        self.assertGreaterEqual(text.count("暫存檔"), 2, "after the title and across the page")

    def test_several_slips_print_as_one_file(self):
        second = Way(self, self.new_student("210941002", "第二位")).submitted()
        single = len(self.pdf(self.assistant, self.way.submitted().record.ids).pages)
        both = self.pdf(self.assistant, (self.way.record | second.record).ids)
        self.assertEqual(len(both.pages), 2 * single)
        text = self.text(both)
        for part in ("王大明", "第二位", "1141-210941001", "1141-210941002"):
            self.assertIn(norm(part), text)
        self.assertEqual(text.count(norm(TITLE)), 2)
