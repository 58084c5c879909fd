"""Section G: 主修畢業學分審核確認單, from the button to the paper."""

from urllib.parse import unquote

from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .desk import DeskCase, text_of
from .paper import paper_of, plain

LIST = "/my/graduation"
TITLE = "主修畢業學分審核確認單"
DRAFT = "暫存檔"
TO_SIGN = "學生親筆簽名"


@tagged("post_install", "-at_install")
class TestSectionG(DeskCase):
    def slip_address(self):
        return f"{LIST}/{self.way.record.id}/slip"

    def button(self):
        """What the server answers when the student presses the button."""
        self.enter(self.account)
        return self.url_open(self.slip_address())

    def paper(self):
        """The text of the PDF that it answers with."""
        return paper_of(self.account, "ntue_graduation.report_slip", self.way.record)

    def read(self, words, paper):
        self.assertIn(plain(words), paper)

    def read_not(self, words, paper):
        self.assertNotIn(plain(words), paper)

    def links(self, address):
        """The links to the slip on the page at ``address``."""
        return self.page(address).cssselect(f".o_ntue_slip > a[href='{self.slip_address()}']")

    def test_163_164_submitted_is_not_complete_until_the_slip_is_handed_in(self):
        self.way.submitted()
        self.see("親筆簽名並送交系辦", self.one(self.page(LIST), "article"))
        self.read("送達後才算完成申請", self.paper())
        self.assertFalse(self.way.record.paper_received_on)

    def test_165_the_first_review_waits_for_the_signed_paper(self):
        self.way.submitted().decide()
        refusal = self.refused(
            self.assistant, self.way.record._name, "action_pass_first", self.way.record.ids
        )
        self.assertTrue(refusal)
        self.way.receive().pass_first()
        self.assertEqual(self.way.position(), "submitted/passed/pending")

    def test_166_list_and_form_have_the_button_after_submission(self):
        self.way.submitted()
        for address in (LIST, f"{LIST}/{self.way.record.id}"):
            with self.subTest(address=address):
                self.assertEqual(len(self.links(address)), 1)

    def test_167_the_official_slip_has_nothing_after_its_title(self):
        self.way.submitted()
        paper = self.paper()
        self.read(TITLE, paper)
        self.read_not(DRAFT, paper)

    def test_168_169_a_slip_that_was_not_submitted_says_so_and_that_it_is_void(self):
        self.way.drafted()
        paper = self.paper()
        self.read(f"{TITLE}（{DRAFT}）", paper)
        self.read("申請尚未送出：助教與教務單位看不到，不具申請效力", paper)
        self.read_not(TO_SIGN, paper)

    def test_169_staff_find_no_application_behind_such_a_slip(self):
        self.way.drafted()
        for user in (self.assistant, self.registrar):
            found = self.rpc(user, self.way.record._name, "search_count", [])
            self.assertEqual(found, 0)

    def test_170_173_the_slip_opens_in_a_tab_of_its_own(self):
        self.way.drafted()
        form = f"{LIST}/{self.way.record.id}"
        for stand, address in ((None, form), (self.way.submit, form), (None, LIST)):
            if stand:
                stand()
            (link,) = self.links(address)
            self.assertEqual(link.get("target"), "_blank")

    def test_171_172_D43_a_blocked_tab_is_explained_with_another_way(self):
        self.way.submitted()
        hint = self.one(self.page(LIST), ".o_ntue_slip > .o_ntue_blocked")
        self.see("網址列", hint)
        self.see("允許本網站的彈跳式視窗", hint)
        self.assertEqual(self.one(hint, "a").get("href"), self.slip_address())
        self.assertIsNone(self.one(hint, "a").get("target"))

    def test_174_175_176_the_browsers_own_viewer_zooms_prints_and_downloads_it(self):
        self.way.submitted()
        given = unquote(self.button().headers["Content-Disposition"])
        self.assertTrue(given.startswith("inline"))
        self.assertTrue(given.endswith(f"{TITLE}_1141-210941001.pdf"))

    def test_170_176_without_a_printer_there_is_help_and_the_slip_goes_to_ones_mailbox(self):
        self.way.submitted()
        record = self.way.record
        self.window.with_context(lang="zh_TW").print_help = "請至超商列印"
        help_ = self.one(self.page(f"{LIST}/{record.id}"), "[data-block=print_help]")
        self.see("請至超商列印", help_)
        address = self.one(help_, "form").get("action")
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        answer = self.post(address)
        self.assertIn("told=mailed", answer.url)
        mail = mails.search([]) - before
        self.assertEqual(mail.email_to, "a210941001@mail.example.com")
        self.assertEqual(mail.attachment_ids.mimetype, "application/pdf")
        self.assertIn(record._slip_name(), mail.attachment_ids.name)
        self.assertEqual(self.post(address).status_code, 422, "not twice at once")
        self.assertEqual(len(mails.search([]) - before), 1)

    def test_170_a_draft_is_mailed_to_nobody_and_no_slip_by_another_student(self):
        self.way.drafted()
        address = f"{LIST}/{self.way.record.id}/slip/mail"
        before = self.env["mail.mail"].sudo().search_count([])
        self.enter(self.account)
        self.assertEqual(self.post(address).status_code, 422)
        self.way.submit()
        other = self.new_student("210941002", "同系同學")
        self.enter(school_of.account_of(other))
        mails = self.env["mail.mail"].sudo()
        sent = mails.search([("attachment_ids", "!=", False)])
        self.assertEqual(self.post(address).status_code, 404)
        self.assertEqual(mails.search([("attachment_ids", "!=", False)]), sent)
        self.assertGreaterEqual(mails.search_count([]), before)

    def test_177_178_it_prints_e_mail_and_english_name(self):
        self.way.drafted()
        for stand in (None, self.way.submit):
            if stand:
                stand()
            paper = self.paper()
            self.read("電子信箱 a210941001@mail.example.com", paper)
            self.read("英文姓名 WANG, TA-MING", paper)

    def test_043_the_alias_that_was_asked_for_stands_on_it(self):
        self.read_not("畢業證書上的別名", self.paper_of_draft())
        self.student.alias_name = "WANG, DAVID"
        papers.upload(self.student)
        for stand in (lambda: None, self.way.submit):
            stand()
            self.read("英文姓名 WANG, TA-MING", self.paper())
            self.read("畢業證書上的別名 WANG, DAVID", self.paper())

    def paper_of_draft(self):
        self.way.drafted()
        return self.paper()

    def test_179_a_course_without_a_grade_shows_W_which_is_explained(self):
        self.way.submitted()
        paper = self.paper()
        self.read("碩士論文（4） 社會與區域發展學系 必修 W D", paper)
        self.read("W＝當學期修習中、成績未登錄，不影響畢業資格申請審核", paper)

    def test_180_181_the_notice_stands_above_the_line_to_sign_on(self):
        self.window.with_context(lang="zh_TW").slip_notice = "請詳閱：逾期未繳者，責任自負。"
        self.way.submitted()
        paper = self.paper()
        self.read(TO_SIGN, paper)
        self.assertLess(paper.index(plain("逾期未繳者")), paper.index(TO_SIGN))

    def test_D1_withdrawn_and_transferred_courses_have_their_own_words(self):
        self.enrol("1132", "0777", "SRD003", "社會統計與資料分析", 3, None, state="withdrawn")
        self.enrol("1091", False, "SRD003", "社會統計與資料分析", 3, None, state="transferred")
        self.way.submitted()
        paper = self.paper()
        self.read("社會統計與資料分析（3） 社會與區域發展學系 選修 停修", paper)
        self.read("社會統計與資料分析（3） 社會與區域發展學系 選修 抵免 A", paper)

    def test_D25_before_submission_the_button_explains_itself(self):
        self.way.start()
        button = self.one(self.page(LIST), "article a[href='/my/graduation/slip']")
        self.assertTrue(text_of(button))
        self.see("尚未送出本學期申請，無可列印之確認單", self.page("/my/graduation/slip"))

    def test_D26_it_has_one_name_everywhere(self):
        self.way.submitted()
        self.read(TITLE, self.paper())
        report = self.env.ref("ntue_graduation.action_report_slip").with_context(lang="zh_TW")
        self.assertEqual(report.name, TITLE)

    def test_D40_without_areas_it_has_one_list_of_credits(self):
        self.way.submitted()
        self.read("A 研究方法領域", self.paper())
        bare = self.env["ntue.curriculum"].create(
            {
                "code": "SRD-E-X",
                "program_id": self.program.id,
                "entry_year": 109,
                "graduation_credits": 6,
                "flexible_rule_ids": [(0, 0, rule) for rule in school_of.RULE_F1],
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "course_id": school_of.course(self.school, code, name).id,
                            "name": name,
                            "credits": 3,
                            "requirement": "required",
                        },
                    )
                    for code, name in (("SRD001", "社會科學研究法"), ("SRD003", "社會統計"))
                ],
            }
        )
        bare.action_publish()
        self.way = self.way_of_another(bare)
        paper = self.paper()
        self.read_not("領域最低應修", paper)
        self.read("必選修 科目數 實修學分數 實得學分數 必修 1 3 3 選修 0 0 0 彈性 2 6 6", paper)
        self.read("尚未修習的必修科目： 社會統計", paper)

    def way_of_another(self, framework):
        """An application under ``framework``, submitted although something is missing."""
        student = self.new_student("210941008", "另一位", of_framework=framework)
        way = type(self.way)(self, student).drafted()
        way.by_student("write", {"shortfall_acknowledged": True})
        self.account = way.account
        self.account.lang = "zh_TW"
        return way.submit()

    def test_I12_draft_and_official_slip_are_one_template(self):
        self.way.drafted()
        draft = self.paper()
        self.way.submit()
        official = self.paper()
        for words in ("修習中及已修習課程（修課筆數 12）", "畢業學分數 32", "注意事項"):
            self.read(words, draft)
            self.read(words, official)

    def test_I15_its_date_is_a_roc_date(self):
        self.way.submitted()
        self.read("製表日期 114-11-10", self.paper())

    def test_I17_students_of_98_and_earlier_read_that_it_is_for_reference_only(self):
        self.student.entry_year = 98
        self.way.submitted()
        self.read("98 學年度以前資料僅供參考，以人工審核為準", self.paper())

    def test_I18_ticked_courses_are_marked_in_words(self):
        self.way.start().tick("0733")
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        paper = self.paper()
        self.read("課程理論研究（3） 課程與教學傳播科技研究所 選修 86 ☑ 已勾選：彈性學分", paper)
        self.read("都市治理專題（3） 他校大學 選修 89 ☐ 未勾選", paper)
