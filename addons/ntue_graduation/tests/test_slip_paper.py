"""The official slip as a paper that is handed in, checked, and printed again in ten years."""

import base64
import json
from pathlib import Path

import qrcode
from lxml import etree
from odoo.addons.ntue_curriculum.printing import BOTH
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..papers import values
from ..papers.slip import seal, slip_paper
from ..papers.values import SLIP_FORMAT
from ..qr import QUIET, qr_picture
from .common import APPLICATION, forge
from .test_slip import REPORT, SlipCase, norm, said

KEPT = Path(__file__).parent / "slips"
"""For every format ever frozen: a snapshot of it, and the text that it is drawn as."""

LAPSED = "本申請已失效，不再有效力。"
"""What an official copy says of an application that has lapsed."""

HEAD = norm("課程開課系所必選修成績採計領域")


@tagged("post_install", "-at_install")
class TestDocument(SlipCase):
    """Number, check code and QR code."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("web.base.url", "https://desk.example.com")

    def paper(self):
        self.way.record.invalidate_recordset()
        return slip_paper(self.way.record.with_user(self.way.account))

    def test_the_number_counts_the_submissions_so_that_an_old_paper_is_known(self):
        self.way.submitted()
        self.assertEqual(self.paper()["slip"]["document"]["number"], "1141-210941001-1")
        first = self.paper()["seal"]
        self.way.send_back().tick("0733")
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        self.assertEqual(self.paper()["slip"]["document"]["number"], "1141-210941001-2")
        self.assertNotEqual(self.paper()["seal"], first)

    def test_the_check_code_is_the_beginning_of_the_snapshots_hash(self):
        digest = self.way.submitted().record.snapshot_hash
        code = f"{digest[:4]} {digest[4:8]} {digest[8:12]}"
        self.assertEqual(self.paper()["seal"], code)
        self.assertIn(code, self.page(self.way).text_content())

    def test_the_qr_code_holds_the_address_for_reviewers(self):
        self.way.submitted()
        address = self.paper()["slip"]["document"]["address"]
        self.assertEqual(address, "https://desk.example.com/graduation/slip/1141-210941001-1")
        (image,) = self.page(self.way).xpath("//img")
        self.assertEqual(image.get("src"), qr_picture(address))

    def test_a_draft_copy_has_nothing_that_looks_as_if_it_could_be_handed_in(self):
        page = self.page(self.way.drafted())
        self.assertEqual(page.xpath("//img | //table[contains(@class, 'sign')]"), [])
        for text in ("1141-210941001-", "文件編號", "檢核碼", "送達後"):
            self.assertNotIn(text, page.text_content())
        self.assertIn("不具申請效力", page.text_content())

    def test_a_snapshot_that_was_tampered_with_is_not_printed(self):
        event = self.way.submitted().record.event_ids
        changed = event.snapshot.replace("WANG, TA-MING", "WANG, DA-MING")
        query = "UPDATE ntue_graduation_event SET snapshot = %s WHERE id = %s"
        forge(self.env, query, [changed, event.id])
        with self.assertRaisesRegex(UserError, "1141-210941001"):
            slip_paper(self.way.record.with_user(self.way.account))


@tagged("post_install", "-at_install")
class TestLapsed(SlipCase):
    """A slip of what counts no more is none to be handed in."""

    def lapsed(self):
        with freeze_time("2026-03-01 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.env.invalidate_all()

    def test_it_says_that_it_has_lapsed_and_asks_for_no_signature(self):
        page = self.page(self.way.submitted())
        self.assertEqual(page.xpath("//*[contains(@class, 'lapsed')]"), [])
        self.assertTrue(page.xpath("//table[contains(@class, 'sign')]"))
        self.lapsed()
        page = self.page(self.way)
        self.assertEqual(said(page, "//*[contains(@class, 'lapsed')]"), [LAPSED])
        self.assertEqual(said(page, "//*[@class='draft']"), ["已失效"])
        self.assertEqual(page.xpath("//table[contains(@class, 'sign')]"), [])
        self.assertNotIn("送達後", page.text_content())

    def test_in_both_languages_it_says_so_in_both(self):
        self.way.submitted()
        self.lapsed()
        record = self.way.record.with_context(**{BOTH: True})
        self.assertEqual(len(slip_paper(record)["lapsed"]["sentences"]), 2)

    def test_what_was_frozen_reads_as_before_and_one_printed_before_is_not_given(self):
        record = self.way.submitted().record
        report = self.env.ref("ntue_graduation.action_report_slip")
        before, key = slip_paper(record), report._paper_key(report, record)
        self.lapsed()
        after = slip_paper(record)
        self.assertEqual({**before, "lapsed": after["lapsed"]}, after)
        self.assertNotEqual(report._paper_key(report, record), key)

    def test_a_lapse_that_is_taken_back_is_on_no_paper(self):
        self.way.submitted()
        self.lapsed()
        self.way.by_registrar("action_take_back", "By the dean's decision")
        self.assertIsNone(slip_paper(self.way.record)["lapsed"])

    def test_of_a_draft_that_lapsed_the_copy_is_a_draft_as_before(self):
        self.way.drafted()
        self.lapsed()
        self.assertIsNone(slip_paper(self.way.record)["lapsed"])


@tagged("post_install", "-at_install")
class TestQrCode(SlipCase):
    def modules(self, text):
        """The dark modules of the picture, read from its SVG."""
        data = base64.b64decode(qr_picture(text).partition(",")[2])
        root = etree.fromstring(data)
        side = int(root.get("viewBox").split()[2]) - 2 * QUIET
        path = root[0].get("d").replace("h1v1h-1z", "").split("M")[1:]
        dark = {tuple(int(part) - QUIET for part in spot.split()) for spot in path}
        return [[(column, row) in dark for column in range(side)] for row in range(side)]

    def test_another_library_sets_the_same_modules(self):
        text = "https://desk.example.com/graduation/slip/1141-210941001-1"
        found = self.modules(text)
        made = []
        for mask in range(8):
            code = qrcode.QRCode(
                version=(len(found) - 17) // 4,
                error_correction=qrcode.ERROR_CORRECT_M,
                mask_pattern=mask,
            )
            code.add_data(text, optimize=0)
            code.make(fit=False)
            made.append(code.modules)
        self.assertIn(found, made)


@tagged("post_install", "-at_install")
class TestFrozenText(SlipCase):
    """Byte-identical text, whatever changes afterwards (I7)."""

    def drawn(self):
        pages = self.pdf(self.way.account, self.way.record.ids).pages
        return [page.extract_text() for page in pages], said(self.page(self.way), "//main")

    def revise(self, number):
        draft = self.student.curriculum_id._start_revision(f"Meeting {number}")
        draft.area_ids[0].write({"name": f"領域{number}", "min_credits": 3 * number})
        draft.action_publish()
        self.env.flush_all()  # of one code there is one draft at a time
        self.assertEqual(self.student.curriculum_id, draft)

    def test_I7_ten_years_and_three_revisions_later_the_text_is_the_same(self):
        self.window.write({"contact_name": "承辦人", "contact_phone": "分機 50901"})
        self.way.submitted()
        before = self.drawn()
        changes = {
            "three revisions": lambda: [self.revise(number) for number in (1, 2, 3)],
            "texts of the window": lambda: self.window.write(
                {"slip_notice": "新的注意事項", "contact_name": "另一位", "contact_phone": "1"}
            ),
            "names": lambda: (
                self.student.write({"english_name": "WANG, DA-MING", "name": "王改名"}),
                self.srd.write({"name": "改名學系", "phone": "分機 1"}),
                self.program.write({"name": "改名專班"}),
                self.env.company.write({"name": "改名大學"}),
            ),
            "address": lambda: self.env["ir.config_parameter"].set_param(
                "web.base.url", "https://moved.example.com"
            ),
            "entry year": lambda: self.student.write({"entry_year": 98}),
            "grades": lambda: self.way.grade(85),
            "translations": self.translate_otherwise,
            "language of the reader": lambda: self.way.account.write({"lang": "en_US"}),
        }
        for name, change in changes.items():
            with self.subTest(change=name):
                change()
                self.assertEqual(self.drawn(), before)
        with freeze_time("2035-11-10 04:00:00"):
            self.assertEqual(self.drawn(), before)

    def translate_otherwise(self):
        """Every word of the slip gets another translation; a draft shows it."""
        words = dict.fromkeys(values.slip_words(self.env), "譯")
        self.patch(values, "slip_words", lambda _env: words)
        fellow = self.new_student("210941002", "同系同學", of_framework=self.student.curriculum_id)
        page = self.page(self.way_of(fellow).drafted())
        self.assertIn("譯", page.text_content())

    def test_the_template_has_no_word_of_its_own_but_the_mark_of_a_draft(self):
        view = self.env.ref(f"ntue_graduation.report_slip_format_{SLIP_FORMAT}")
        terms = set()
        while view:  # a format that is drawn like the one before but for what it changes
            terms |= {term["source"] for term in view.get_field_translations("arch_db")[0]}
            view = view.inherit_id
        words = {term for term in terms if any(map(str.isalpha, term))}
        self.assertEqual(words, {"暫存檔", "（暫存檔）"})

    def test_I7_without_the_language_it_still_reads_the_same(self):
        self.way.submitted()
        before = self.drawn()
        self.env["res.users"].with_context(active_test=False).search([]).lang = "en_US"
        self.env["res.partner"].with_context(active_test=False).search([]).lang = "en_US"
        self.env["res.lang"]._activate_lang("en_US")
        self.env["res.lang"]._lang_get("zh_TW").active = False
        self.assertEqual(self.drawn(), before)


@tagged("post_install", "-at_install")
class TestFormats(SlipCase):
    """A snapshot of every format is drawn as it was on the day it was frozen."""

    def test_every_format_has_its_snapshot_here(self):
        self.assertEqual(
            {file.stem for file in KEPT.iterdir()},
            {f"format_{number}" for number in range(1, SLIP_FORMAT + 1)},
        )

    def test_the_slips_kept_here_are_drawn_as_ever(self):
        record = self.way.submitted().record
        for file in sorted(KEPT.glob("*.json")):
            with self.subTest(format=file.stem):
                snapshot = json.loads(file.read_text())
                self.freeze_instead(record, snapshot)
                page = self.page(self.way)
                for style in page.xpath("//style"):
                    style.drop_tree()
                (text,) = said(page, "//main")
                self.assertEqual(text, file.with_suffix(".txt").read_text().strip())

    def freeze_instead(self, record, snapshot):
        """As if ``record`` had been submitted with this snapshot."""
        text = json.dumps(snapshot, ensure_ascii=False)
        query = (
            "UPDATE ntue_graduation_event SET snapshot = %s,"
            " snapshot_hash = ENCODE(SHA256(%s::bytea), 'hex') WHERE application_id = %s"
        )
        forge(self.env, query, [text, text.encode(), record.id])


@tagged("post_install", "-at_install")
class TestPages(SlipCase):
    """A student with 70 enrolments: several pages, each complete in itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(58):
            row = ("1081", f"{2000 + number}", f"Z{number}", f"專題研究第{number}講", 2, 80)
            school_of.enrol(cls.school, cls.student, *row)

    def pages(self):
        pages = self.pdf(self.way.account, self.way.record.ids).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_every_page_has_number_and_check_code_and_says_which_of_how_many(self):
        pages = self.pages() if self.way.submitted() else []
        printed = seal(self.way.record.with_user(self.way.account))
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"1141-210941001-1 {printed}", page)
            self.assertIn(f"{number} / {len(pages)}", page)

    def test_every_page_of_a_draft_says_so_and_is_counted(self):
        self.way.drafted()
        pages = self.pages()
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, 1):
            self.assertIn("暫存檔", page)
            self.assertIn(f"{number} / {len(pages)}", page)

    def test_somebody_who_turns_the_page_finds_the_head_of_the_table_again(self):
        self.way.submitted()
        with_rows = [norm(page) for page in self.pages() if "〕" in page]
        self.assertGreater(len(with_rows), 1)
        for page in with_rows:
            self.assertLess(page.index(HEAD), page.index("〔"))

    def test_no_course_is_lost_between_the_pages_and_the_head_stands_once_on_each(self):
        self.way.submitted()
        pages = [norm(page) for page in self.pages()]
        for row in self.student.enrollment_ids:
            self.assertEqual("".join(pages).count(norm(row.display_name)), 1, row.display_name)
        heads = [page.count(HEAD) for page in pages if "〕" in page]
        self.assertEqual(heads, [1] * len(heads))

    def test_several_slips_in_one_file_count_their_own_pages(self):
        fellow = self.way_of(self.new_student("210941002", "第二位")).submitted()
        self.way.submitted()
        ids = (self.way.record | fellow.record).ids
        pages = [
            " ".join(page.extract_text().split()) for page in self.pdf(self.assistant, ids).pages
        ]
        alone = len(self.pages())
        self.assertIn(f"{alone} / {alone}", pages[alone - 1])
        self.assertIn("1141-210941002-1", pages[alone])
        self.assertIn("1 / 1", pages[alone])

    def test_the_file_says_what_it_is(self):
        self.way.submitted()
        title = self.pdf(self.way.account, self.way.record.ids).metadata["/Title"]
        self.assertEqual(title, "主修畢業學分審核確認單_1141-210941001")

    def test_the_page_asks_the_engine_for_nothing_from_elsewhere(self):
        page = self.page(self.way.submitted())
        sources = [*page.xpath("//@src"), *page.xpath("//@href")]
        self.assertTrue(all(source.startswith("data:") for source in sources), sources)
        self.assertEqual(page.xpath("//script"), [])
        self.assertIsNotNone(self.env.ref(REPORT))
