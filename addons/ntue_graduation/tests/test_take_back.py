from odoo.tests import freeze_time, tagged

from .common import APPLICATION, GraduationCase
from .test_lists import ROSTER, column, sheet

WHY = "Decided on the wrong slip"
WINDOW = "ntue.graduation.window"


@tagged("post_install", "-at_install")
class TestTakeBack(GraduationCase):
    """A decision is taken back until the next step was taken, for a reason."""

    def recognitions(self):
        return self.env["ntue.recognition"].search([("application_id", "=", self.way.record.id)])

    def test_a_passed_first_review_is_taken_back_with_what_it_recognised(self):
        self.way.first_passed()
        self.assertEqual(len(self.recognitions()), 2)
        self.way.by_assistant("action_take_back", WHY)
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertFalse(self.recognitions())
        self.assertFalse(self.way.record.first_reviewed_by_id)
        event = self.way.record.event_ids[-1]
        self.assertEqual((event.action, event.reason), ("take_back_first", WHY))
        self.way.pass_first()
        self.assertEqual(len(self.recognitions()), 2)

    def test_a_failed_first_review_is_taken_back(self):
        self.way.reviewed().by_assistant("write", {"review_reason": "Too little"})
        self.way.by_assistant("action_fail_first")
        self.way.by_assistant("action_take_back", WHY)
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_a_decision_is_not_taken_back_without_a_reason_nor_for_that_of_another_step(self):
        self.way.first_passed()
        ids = self.way.record.ids
        for reason in (None, "", "  ", 7):
            told = self.refused(self.assistant, APPLICATION, "action_take_back", ids, reason)
            self.assertIn("Say why", told)
        self.way.by_assistant("action_take_back", WHY)
        self.way.pass_first()
        self.refused(self.assistant, APPLICATION, "write", ids, {"first_review": "pending"})

    def test_a_first_review_is_not_taken_back_once_the_second_was_taken(self):
        self.way.second_passed()
        self.refused(self.assistant, APPLICATION, "action_take_back", self.way.record.ids, WHY)
        self.way.by_registrar("action_take_back", WHY)
        self.assertEqual(self.way.position(), "submitted/passed/pending")
        self.assertFalse(self.way.record.second_reviewed_by_id)
        self.way.by_assistant("action_take_back", WHY)
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_a_completed_application_is_taken_back_for_a_reason_until_the_list_is_closed(self):
        self.way.second_passed().by_registrar("action_complete")
        ids = self.way.record.ids
        self.refused(self.registrar, APPLICATION, "action_take_back", ids)
        self.refused(self.assistant, APPLICATION, "action_take_back", ids, WHY)
        self.way.by_registrar("action_take_back", WHY)
        record = self.way.record
        self.assertEqual(self.way.position(), "submitted/passed/passed")
        self.assertFalse(record.left_on or record.completed_at or record.final_credits)
        event = record.event_ids[-1]
        self.assertEqual((event.action, event.reason), ("take_back_completion", WHY))
        self.way.by_registrar("action_complete")
        self.rpc(self.registrar, WINDOW, "action_close_diploma_list", self.window.ids)
        told = self.refused(self.registrar, APPLICATION, "action_take_back", ids, WHY)
        self.assertIn("diploma list was closed", told)


@tagged("post_install", "-at_install")
class TestAfterTheListWasPrinted(GraduationCase):
    """A completion that is taken back after the diploma list of the day was printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.second_passed().by_registrar("action_complete")

    def listed(self):
        """The student numbers of the list of those who completed, as it is printed now."""
        vals = {"term_id": self.terms["1141"].id, "stand": "completed", "kind": "diploma"}
        roster = self.env[ROSTER].browse(self.rpc(self.registrar, ROSTER, "create", vals))
        page = sheet(roster.with_user(self.registrar)._file()[1])
        return [cell.value for cell in column(page, "Student number")]

    def taken_back(self, user=None):
        """Whom the registrar is told to strike off a list that was printed before."""
        self.env.invalidate_all()
        return self.window.with_user(user or self.registrar).taken_back_ids

    def close(self):
        self.rpc(self.registrar, WINDOW, "action_close_diploma_list", self.window.ids)

    def test_the_registrar_reads_who_is_on_a_printed_list_and_completed_no_more(self):
        self.assertEqual(self.listed(), ["210941001"])
        self.assertFalse(self.taken_back())
        with freeze_time("2025-11-10 05:00:00"):
            self.way.by_registrar("action_take_back", WHY)
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.taken_back(), self.way.record)
        self.assertIn("210941001", self.taken_back().display_name)
        self.assertEqual(self.taken_back(self.assistant), self.way.record)
        self.assertFalse(self.taken_back(self.other_assistant))

    def test_who_completes_again_is_on_the_next_list_and_named_no_more(self):
        self.way.by_registrar("action_take_back", WHY)
        self.way.by_registrar("action_complete")
        self.assertFalse(self.taken_back())
        self.assertEqual(self.listed(), ["210941001"])

    def test_with_the_closing_of_the_list_nothing_is_left_to_be_struck_off(self):
        self.way.by_registrar("action_take_back", WHY)
        with freeze_time("2025-11-10 05:00:00"):
            self.close()
            self.assertFalse(self.taken_back())
            self.way.by_registrar("action_complete")
        with freeze_time("2025-11-10 06:00:00"):
            self.close()
            ids = self.way.record.ids
            told = self.refused(self.registrar, APPLICATION, "action_take_back", ids, WHY)
        self.assertIn("diploma list was closed", told)
        self.assertEqual(self.listed(), ["210941001"])
