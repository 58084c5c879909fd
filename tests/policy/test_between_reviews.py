"""Section H: paper, supplements, returns and permits: what goes to and fro before a decision."""

from odoo.addons.ntue_curriculum.tests.common import CHANGED
from odoo.addons.ntue_graduation.tests.common import APPLICATION, LINE, TICKABLE
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .paper import paper_of, plain
from .reviewing import WHY, ReviewCase

SCAN = "ntue.graduation.scan"


@tagged("post_install", "-at_install")
class TestBetween(ReviewCase):
    def test_D27_the_day_of_the_paper_is_the_assistants_to_record(self):
        self.way.submitted().decide()
        self.refuse(self.others(self.assistant), "action_receive_paper")
        (told,) = self.refuse([self.assistant], "action_pass_first")
        self.assertIn("請登錄收到已簽名審核確認單的日期", told)
        scan = self.rpc(self.assistant, SCAN, "create", {"number": "1141-210941001"})
        self.rpc(self.assistant, SCAN, "action_take_paper", [scan])
        self.assertEqual(str(self.way.record.paper_received_on), "2025-11-10")
        self.way.pass_first()

    def test_D27_a_department_that_reviews_without_paper_waits_for_none(self):
        self.way.submitted().decide()
        self.assertIn("未收紙本", self.read(self.assistant, "findings")[0])
        self.student.department_id.is_paperless = True
        self.see_not("繳交紙本", self.row())
        self.assertNotIn("未收紙本", self.read(self.assistant, "findings")[0] or "")
        self.way.pass_first()

    def test_190_D24_a_supplement_is_asked_for_mailed_and_waited_for(self):
        self.way.reviewed()
        with self.undone():
            self.way.pass_first()
        call = ("action_ask_supplement", "護照影本", "2025-11-13")
        self.refuse(self.others(self.assistant), *call)
        mail = self.mailed(lambda: self.way.by_assistant(*call))
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        for words in ("護照影本", "114-11-13"):
            self.assertIn(words, mail.body_html)
            self.see(words, self.one(self.row(), "[data-block=supplement]"))
        self.assertIn("補件中", self.read(self.assistant, "findings")[0])
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        (told,) = self.refuse([self.assistant], "action_pass_first")
        self.assertIn("補件", told)
        self.refuse([self.account], "action_supplement_received")
        self.way.by_assistant("action_supplement_received")
        self.see_not("護照影本", self.row())
        self.way.pass_first()

    def test_190_the_assistant_has_the_number_to_call(self):
        self.way.submitted()
        self.assertEqual(self.read(self.assistant, "mobile"), ["0900-000-000"])
        self.refused(self.other_assistant, APPLICATION, "read", self.ids, ["mobile"])

    def test_D11_a_submission_is_undone_by_a_return_with_a_reason_only(self):
        self.way.submitted()
        first = self.way.record.snapshot_hash
        back = {"state": "draft", "first_review": "returned"}
        for vals in ({"state": "draft"}, back):
            self.refuse(self.others(self.assistant), "write", vals)
        self.refuse([self.account], "action_return")
        self.refuse([self.account], "unlink")
        self.way.by_assistant("write", {"return_deadline": "2025-11-13"})
        self.refuse([self.assistant], "action_return")
        mail = self.mailed(lambda: self.way.send_back(reason=WHY))
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        self.assertIn(WHY, mail.body_html)
        self.see(WHY, self.row())
        self.student.english_name = "WANG, DA-MING"
        self.way.tick(*TICKABLE).submit()
        submissions = self.way.record.event_ids.filtered(lambda event: event.action == "submit")
        self.assertEqual(submissions[0].snapshot_hash, first)
        self.assertIn("WANG, TA-MING", submissions[0].snapshot)
        self.assertIn("WANG, DA-MING", submissions[1].snapshot)

    def test_D11_the_registrar_hands_back_to_the_assistant(self):
        self.way.first_passed()
        self.refuse(self.others(), "action_hand_back")  # without a reason
        self.answer(self.registrar, "hand_back")
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertFalse(self.student.recognition_ids)
        self.assertEqual(self.way.record.event_ids[-1].reason, WHY)
        self.way.pass_first()

    def test_D12_a_return_has_its_own_deadline_of_three_working_days(self):
        self.way.submitted()
        for moment, until in (
            ("2025-11-10 04:00:00", "2025-11-13"),  # Monday: Thursday
            ("2025-11-21 04:00:00", "2025-11-26"),  # Friday, the last day: Wednesday
        ):
            with freeze_time(moment), self.undone():
                self.assertEqual(self.asked(self.assistant, "return")[1], until)

    def test_D12_the_deadline_may_pass_the_close_and_is_kept(self):
        self.way.submitted()
        with freeze_time("2025-11-21 04:00:00"):
            self.answer(self.assistant, "return")
            self.see("114-11-26", self.row())
        self.assertEqual(self.way.position(), "draft/returned/pending")
        for moment, may in (("2025-11-26 15:59:59", True), ("2025-11-26 16:00:00", False)):
            with freeze_time(moment), self.undone():
                self.way.tick(*TICKABLE)
                call = (self.account, APPLICATION, "action_submit", self.ids)
                self.assertEqual(self.outcome(*call) == CHANGED, may)

    def test_D12_another_day_may_be_given_and_none_that_is_past(self):
        self.way.submitted()
        with self.assertRaises(UserError), self.undone():
            self.answer(self.assistant, "return", deadline="2025-11-09")
        self.answer(self.assistant, "return", deadline="2025-12-05")
        self.assertEqual(str(self.way.record.return_deadline), "2025-12-05")

    def test_D13_a_permit_needs_a_reason_is_staffs_alone_and_seen_by_the_registrar(self):
        permits = "ntue.graduation.late.permit"
        vals = {
            "student_id": self.student.id,
            "term_id": self.window.term_id.id,
            "reason": "住院",
            "date_end": "2025-12-05",
        }
        with freeze_time("2025-11-25 04:00:00"):
            start = {"student_id": self.student.id}
            self.refused(self.account, APPLICATION, "create", start)
            for user in (self.account, self.other_assistant, self.registrar_day):
                self.refused(user, permits, "create", vals)
            self.refused(self.assistant, permits, "create", {**vals, "reason": " "})
            permit = self.rpc(self.assistant, permits, "create", vals)
            (seen,) = self.rpc(self.registrar, permits, "read", [permit], ["reason"])
            self.assertEqual(seen["reason"], "住院")
            self.way.submitted()
        self.assertTrue(self.way.record.is_late)

    def test_I10_assistants_are_told_of_a_submission_and_the_student_of_decisions(self):
        self.way.drafted()
        mail = self.mailed(self.way.submit)
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        told = self.way.record.activity_ids.user_id
        self.assertEqual(told, self.assistant)
        self.way.receive().decide()
        for step in (self.way.pass_first, lambda: self.way.grade(85).pass_second()):
            mail = self.mailed(step)
            self.assertEqual(mail.recipient_ids, self.student.partner_id)

    def test_194_what_was_printed_as_a_draft_has_no_effect_and_says_so(self):
        self.way.drafted()
        slip = paper_of(self.account, "ntue_graduation.report_slip", self.way.record)
        self.assertIn(plain("助教與教務單位看不到，不具申請效力"), slip)
        self.see("尚未送出", self.row())
        scan = self.rpc(self.assistant, SCAN, "create", {"number": "1141-210941001"})
        self.assertIn("暫存檔", self.refused(self.assistant, SCAN, "action_take_paper", [scan]))
        with freeze_time("2026-02-14 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        for user in self.others(self.account):
            self.assertEqual(self.rpc(user, APPLICATION, "search_count", []), 0)
            self.assertEqual(self.rpc(user, LINE, "search_count", []), 0)
        self.assertFalse(self.student.recognition_ids)
