"""Papers in Chinese with English beside it, for those who ask for one (178, I15)."""

import json

from odoo.addons.ntue_curriculum.printing import BOTH
from odoo.tests import freeze_time, tagged

from ..papers.slip import slip_paper
from .common import GraduationHttpCase, forge
from .test_whole_papers import SHEET, SLIP, PaperCase, bare, text_of


@tagged("post_install", "-at_install")
class TestBothLanguages(PaperCase):
    def setUp(self):
        super().setUp()
        self.srd.english_name = "Department of Social and Regional Development"

    def paper(self, **context):
        self.way.record.invalidate_recordset()
        return slip_paper(self.way.record.with_user(self.way.account).with_context(**context))

    def both(self, report, record):
        printed = record.with_context(**{BOTH: True})
        return text_of(self.pdf(self.way.account, report, printed), "-raw")

    def test_every_word_of_the_slip_has_its_english_and_none_without_being_asked(self):
        self.way.submitted()
        plain, both = self.paper()["slip"], self.paper(**{BOTH: True})["slip"]
        self.assertNotIn("Full name", json.dumps(plain["words"]))
        for name, text in plain["words"].items():
            with self.subTest(word=name):
                self.assertTrue(both["words"][name].startswith(f"{text} "), both["words"][name])
                self.assertTrue(both["words"][name][len(text) :].strip().isascii())
        self.assertIn("Social and Regional", both["student"]["department"])

    def test_I15_the_day_stands_in_roc_years_and_in_western_ones_beside_them(self):
        with freeze_time("2025-11-10 16:30:00"):  # 11 November, half past midnight in Taipei
            self.way.submitted()
        self.assertEqual(self.paper()["slip"]["made_on"], "114-11-11")
        self.assertEqual(self.paper(**{BOTH: True})["slip"]["made_on"], "114-11-11 (2025-11-11)")

    def test_what_is_written_in_a_cell_has_its_english(self):
        self.way.submitted()
        uses = {row["use"] for row in self.paper(**{BOTH: True})["slip"]["rows"]}
        self.assertIn("☑ 已勾選：彈性學分 Ticked: flexible", uses)

    def test_the_english_is_frozen_with_the_rest(self):
        self.way.submitted()
        before = self.paper(**{BOTH: True})
        self.srd.english_name = "Another Department"
        self.assertEqual(self.paper(**{BOTH: True}), before)

    def test_a_slip_frozen_before_there_was_english_is_drawn_as_ever(self):
        self.way.submitted()
        frozen = json.loads(self.way.record._submission().snapshot)
        del frozen["english"]
        text = json.dumps(frozen, ensure_ascii=False)
        query = (
            "UPDATE ntue_graduation_event SET snapshot = %s,"
            " snapshot_hash = ENCODE(SHA256(%s::bytea), 'hex') WHERE application_id = %s"
        )
        forge(self.env, query, [text, text.encode(), self.way.record.id])
        paper = self.paper(**{BOTH: True})
        self.assertEqual((paper["slip"], paper["both"]), (frozen, False))

    def test_slip_and_sheet_print_both_and_lose_nothing_of_the_chinese(self):
        self.way.submitted()
        slip = bare(self.both(SLIP, self.way.record))
        for part in ("姓名Fullname", "學號Studentnumber", "簽名", "Signatureofthestudent"):
            self.assertIn(part, slip)
        sheet = self.both(SHEET, self.student)
        for part in ("學分檢核表", "Credit check sheet", "姓名", "Full name", "Courses taken"):
            self.assertIn(part, sheet)
        chinese = text_of(self.pdf(self.way.account, SHEET, self.student), "-raw")
        self.assertNotIn("Full name", chinese)
        self.assertIn("學分檢核表", chinese)


@tagged("post_install", "-at_install")
class TestBothByTheDoor(GraduationHttpCase):
    def test_a_student_chooses_both_languages_beside_every_button_that_prints(self):
        self.way.submitted()
        self.enter(self.way.account)
        address = f"/my/graduation/{self.way.record.id}"
        for page, paper, english in (
            (address, f"{address}/slip", "Full name"),
            ("/my/progress", "/my/progress/sheet", "Credit check sheet"),
        ):
            with self.subTest(page=page):
                self.assertIn(f'href="{paper}?both=1"', self.url_open(page).text)
                # Under tests Odoo answers with the page that would be printed.
                self.assertIn(english, self.url_open(f"{paper}?both=1").text)
                self.assertNotIn(english, self.url_open(paper).text)
