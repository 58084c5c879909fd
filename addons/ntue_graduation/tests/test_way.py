from unittest.mock import patch

from odoo.addons.ntue_curriculum.pages.progress import progress
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..pages.form import form
from ..papers.slip import slip
from .common import APPLICATION, TICKABLE, GraduationCase, Way


@tagged("post_install", "-at_install")
class TestWay(GraduationCase):
    """The whole way of worked student 1, and the ways back."""

    def earned(self):
        """Bottom 實得 of the progress page."""
        return progress(self.student)["result"].earned

    def actions(self):
        return self.way.record.event_ids.mapped("action")

    def recognitions(self):
        return self.env["ntue.recognition"].search([("application_id", "=", self.way.record.id)])

    def test_105_worked_student_1_from_the_draft_to_the_diploma(self):
        way = self.way.start()
        self.assertEqual(way.record.expected_credits, 28)
        for ticks, expected in ((("0733",), 31), (TICKABLE, 34)):
            way.tick(*ticks)
            way.record.invalidate_recordset()
            self.assertEqual(way.record.expected_credits, expected)
        self.assertEqual(self.earned(), 24)
        way.submit()
        self.assertEqual(self.earned(), 24, "nothing is recognised by applying (I13)")
        way.receive().decide()
        self.assertEqual(self.earned(), 24, "nor before the first review has passed (108)")
        way.pass_first()
        self.assertEqual(self.earned(), 30)
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", way.record.ids)
        self.assertIn("Not graded yet: 碩士論文", told)
        way.grade(70).pass_second()
        self.assertEqual(self.earned(), 34)
        way.by_registrar("action_complete")
        self.assertEqual(way.position(), "completed/passed/passed")
        self.assertEqual(
            self.actions(),
            [
                "submit",
                "receive_paper",
                "decide",
                "decide",
                "pass_first",
                "pass_second",
                "complete",
            ],
        )

    def test_A23_a_thesis_of_69_and_a_half_has_not_passed(self):
        way = self.way.first_passed().grade(69.5)
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", way.record.ids)
        self.assertIn("Required subjects not passed: 碩士論文", told)
        way.grade(70).pass_second()
        self.assertEqual(way.position(), "submitted/passed/passed")

    def test_each_event_says_who_when_from_and_to(self):
        self.way.first_passed()
        submitted, received, *_decided, passed = self.way.record.event_ids
        self.assertEqual(submitted.user_id, self.way.account)
        self.assertEqual(
            (submitted.position_from, submitted.position_to),
            ("draft/pending/pending", "submitted/pending/pending"),
        )
        self.assertEqual(received.user_id, self.assistant)
        self.assertEqual(
            (passed.user_id, passed.position_to), (self.assistant, "submitted/passed/pending")
        )
        self.assertEqual(
            set(map(str, self.way.record.event_ids.mapped("happened_at"))), {"2025-11-10 04:00:00"}
        )
        self.assertEqual(self.way.record.first_reviewed_by_id, self.assistant)

    def test_D19_each_decision_becomes_a_recognition_of_its_kind(self):
        area = self.framework.area_ids.filtered(lambda row: row.code == "A")
        self.way.submitted().receive().decide(
            no_0733={"decision": "mapped", "mapped_area_id": area.id},
            no_0812={"decision": "refused", "decision_reason": "Below master's level"},
        )
        self.way.pass_first()
        found = {row.enrollment_id.offering_no: row for row in self.recognitions()}
        self.assertEqual(
            {number: row.kind for number, row in found.items()},
            {"0733": "mapped", "0812": "refused"},
        )
        self.assertEqual(found["0733"].area_id, area)
        self.assertEqual(found["0812"].reason, "Below master's level")
        for row in found.values():
            self.assertEqual((row.author_id, row.term_id), (self.assistant, self.terms["1141"]))
        self.assertEqual(self.earned(), 27)

    def test_D12_a_returned_application_is_sent_again_after_the_close_until_its_deadline(self):
        self.way.returned()
        self.assertEqual(self.way.position(), "draft/returned/pending")
        self.way.tick(*TICKABLE)
        for moment, allowed in (
            ("2025-11-25 04:00:00", True),
            ("2025-12-05 15:59:59", True),
            ("2025-12-05 16:00:00", False),
        ):
            with self.subTest(moment=moment), freeze_time(moment), self.undone():
                if allowed:
                    self.way.submit()
                    self.assertEqual(self.way.position(), "submitted/pending/pending")
                else:
                    ids = self.way.record.ids
                    self.refused(self.way.account, APPLICATION, "action_submit", ids)

    def test_D12_a_deadline_before_the_close_does_not_shorten_the_window(self):
        self.way.submitted().send_back(deadline="2025-11-12")
        with freeze_time("2025-11-20 04:00:00"):
            self.way.tick(*TICKABLE).submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D11_a_return_starts_the_paper_and_the_decisions_anew(self):
        self.way.reviewed().by_assistant("write", {"hand_checked": True})
        self.way.send_back().tick("0733", "0812").submit()
        record = self.way.record
        self.assertFalse(record.paper_received_on or record.hand_checked)
        self.assertEqual(set(record.line_ids.mapped("decision")), {"pending"})
        ticked = record.line_ids.filtered("ticked").mapped("offering_no")
        self.assertEqual(set(ticked), {"0733", "0812"}, "as ticked, not as decided before")

    def test_D10_a_returned_application_is_looked_at_and_saved_before_it_is_sent_again(self):
        self.way.returned()
        ids = self.way.record.ids
        told = self.refused(self.way.account, APPLICATION, "action_submit", ids)
        self.assertIn("Save the draft", told)
        self.way.tick(*TICKABLE).submit()

    def test_D11_the_student_reads_why_and_until_when(self):
        self.way.submitted()
        before = self.way.record.correspondence_ids.message_ids
        self.way.send_back(reason="English name differs")
        (told,) = self.way.record.correspondence_ids.message_ids - before
        for text in ("English name differs", "114-12-05"):
            self.assertIn(text, told.body)
        self.assertIn(self.student.partner_id, told.notified_partner_ids)

    def test_10_decisions_are_told_to_the_student_by_mail_queue(self):
        self.way.reviewed()
        before = self.env["mail.mail"].search([])
        sending = "odoo.addons.mail.models.mail_mail.MailMail.send_after_commit"
        with patch(sending, autospec=True) as send:
            self.way.pass_first()
        send.assert_not_called()
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(mails.recipient_ids, self.student.partner_id)
        self.assertEqual(mails.state, "outgoing")

    def test_handing_back_takes_the_recognitions_with_it(self):
        self.way.first_passed()
        self.assertEqual((len(self.recognitions()), self.earned()), (2, 30))
        self.way.by_registrar("write", {"review_reason": "Course 0812 twice?"})
        self.way.by_registrar("action_hand_back")
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertFalse(self.recognitions())
        self.assertEqual(self.earned(), 24)
        self.assertFalse(self.way.record.first_reviewed_by_id)
        self.assertTrue(self.way.record.activity_ids, "the assistant has it to do again")
        self.way.pass_first()
        self.assertEqual((len(self.recognitions()), self.earned()), (2, 30))

    def test_handing_back_leaves_recognitions_of_others_alone(self):
        """Of another term, and a mapping that was before this application."""
        new = self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": self.student.enrollment_ids[0].id,
                "kind": "prior_approval",
            }
        )
        self.way.first_passed().by_registrar("write", {"review_reason": "Again"})
        self.way.by_registrar("action_hand_back")
        self.assertTrue(new.exists())

    def test_D31_whatever_is_not_completed_lapses_after_the_final_leaving_date(self):
        ways = {"draft": self.way.drafted()}
        stands = ("returned", "submitted", "first_passed", "second_passed")
        for number, stand in enumerate(stands, 10):
            way = Way(self, self.new_student(f"2109410{number}", stand))
            ways[stand] = getattr(way, stand)()
        completed = Way(self, self.new_student("210941020", "done")).second_passed()
        completed.by_registrar("action_complete")
        model = self.env[APPLICATION]
        with freeze_time("2026-02-13 15:59:59"):
            model._lapse_overdue()
            self.assertNotIn("lapsed", [way.record.state for way in ways.values()])
        with freeze_time("2026-02-13 16:00:00"):
            model._lapse_overdue()
        for stand, way in ways.items():
            with self.subTest(stand=stand):
                self.assertEqual(way.record.state, "lapsed")
                self.assertEqual(way.record.event_ids[-1].action, "lapse")
        self.assertEqual(completed.record.state, "completed")
        self.assertEqual(ways["first_passed"].record.first_review, "passed", "stays readable")

    def test_D31_nobody_lapses_an_application_by_hand_nor_before_its_time(self):
        self.way.submitted()
        with self.undone(), self.assertRaisesRegex(UserError, "has not passed yet"):
            self.way.record.write({"state": "lapsed"})  # the superuser, as the cron is
        with freeze_time("2026-03-01 04:00:00"):
            for user in (self.way.account, self.assistant, self.registrar):
                self.refused(user, APPLICATION, "write", self.way.record.ids, {"state": "lapsed"})

    def test_D31_a_lapsed_application_and_its_slip_can_still_be_read(self):
        """Also one that was never submitted: its page says that it has lapsed."""
        self.way.drafted()
        other = Way(self, self.new_student("210941011", "second")).first_passed()
        with freeze_time("2026-03-01 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
            for way in (self.way, other):
                with self.subTest(submitted=bool(way.record.submitted_at)):
                    record = way.record.with_user(way.account)
                    self.assertFalse(form(record)["draft"])
                    self.assertEqual(slip(record)["student"]["number"], way.student.student_no)

    def test_145_a_draft_is_discarded_and_a_submitted_application_is_not(self):
        self.way.drafted().by_student("unlink")
        self.assertFalse(self.way.record.exists())
        self.way = Way(self, self.student).submitted()
        for user in (self.way.account, self.assistant, self.registrar):
            self.refused(user, APPLICATION, "unlink", self.way.record.ids)
        self.way.send_back()
        told = self.refused(self.way.account, APPLICATION, "unlink", self.way.record.ids)
        self.assertIn("never submitted", told)

    def test_submitting_twice_is_harmless(self):
        self.way.submitted()
        before = self.fingerprint()
        again = {"state": "submitted", "first_review": "pending", "tick_ids": [(5,)]}
        self.refused(self.way.account, APPLICATION, "write", self.way.record.ids, again)
        self.way.by_student("action_submit")
        self.assertEqual(self.fingerprint(), before)
        self.assertEqual(self.actions(), ["submit"])
