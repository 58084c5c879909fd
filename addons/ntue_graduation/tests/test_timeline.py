from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..pages.next_steps import next_steps
from ..pages.timeline import own_timeline, timeline
from .common import EVENT, GraduationCase


@tagged("post_install", "-at_install")
class TestTimeline(GraduationCase):
    def staff_rows(self):
        return timeline(self.way.record.with_user(self.assistant))

    def own_rows(self):
        return own_timeline(self.way.record.with_user(self.way.account))

    def test_reviewers_read_who_did_what_when_in_taipei_latest_first(self):
        self.way.submitted().receive()
        latest, first = self.staff_rows()
        self.assertEqual(
            (first.when, first.who, first.what),
            ("114-11-10 12:00", "210941001 王大明", "Submitted"),
        )
        who = f"assistant ({self.assistant.login})"
        self.assertEqual((latest.who, latest.what), (who, "Paper received"))
        self.assertEqual(latest.number, first.number + 1)

    def test_the_form_shows_the_timeline_with_its_reasons(self):
        self.way.submitted().decide(no_0733={"decision": "refused", "decision_reason": "<b>Old"})
        shown = str(self.way.record.with_user(self.assistant).timeline)
        self.assertIn("&lt;b&gt;Old", shown)
        self.assertNotIn("<b>Old", shown)

    def test_a_student_reads_offices_and_not_names(self):
        self.way.first_passed().grade(85).pass_second()
        self.assertEqual(
            [(row.who, row.what) for row in self.own_rows()],
            [
                ("Continuing Education Center", "Second review passed"),
                ("Assistant of your department", "First review passed"),
                ("Assistant of your department", "Course decided"),
                ("Assistant of your department", "Course decided"),
                ("Assistant of your department", "Paper received"),
                ("You", "Submitted"),
            ],
        )

    def test_a_student_reads_the_registrar_by_the_name_that_the_rest_of_the_page_has(self):
        self.way.second_passed()
        own = self.way.record.with_user(self.way.account)
        for unit, division, name in (
            ("In-service programs office", "continuing", "In-service programs office"),
            (False, "continuing", "Continuing Education Center"),
            (False, "day", "Registrar's office"),
        ):
            with self.subTest(unit=unit, division=division):
                # It stays the window of its division; that it is another's is all that is needed.
                with patch.object(type(self.window), "_check_same_use"):
                    self.window.write({"contact_unit": unit, "division": division})
                self.assertEqual(self.own_rows()[0].who, name)
                self.assertIn(name, next_steps(own)[0].place)

    def test_190_a_student_reads_what_supplement_the_department_asks_for(self):
        self.way.submitted().by_assistant("action_ask_supplement", "Passport copy", "2025-12-05")
        self.way.by_assistant("action_withdraw_supplement", "Found in the drawer")
        (withdrawn, asked, _submitted) = self.own_rows()
        self.assertEqual({withdrawn.who, asked.who}, {"Assistant of your department"})
        self.assertIn("Passport copy", asked.reason)
        self.assertEqual(withdrawn.reason, "")

    def test_what_the_nightly_job_did_is_of_the_system(self):
        self.way.submitted()
        self.window.write({"date_open": "2025-01-01", "date_close": "2025-01-02"})
        self.window.date_leave = "2025-01-03"
        self.env["ntue.graduation.application"]._lapse_overdue()
        self.assertEqual(self.own_rows()[0].who, "The system")

    def test_a_student_reads_why_something_was_refused_returned_or_failed(self):
        self.way.submitted().decide(no_0733={"decision": "refused", "decision_reason": "Too old"})
        self.way.send_back(reason="English name differs")
        reasons = [row.reason for row in self.own_rows()]
        self.assertEqual(reasons[0], "English name differs")
        self.assertTrue(any("Too old" in reason for reason in reasons))

    def test_a_student_does_not_read_why_a_block_was_overridden(self):
        self.way.first_passed().grade(60)
        self.way.by_registrar("write", {"override_reason": "Senate, case 12"})
        self.way.pass_second()
        self.assertIn("Senate, case 12", [row.reason for row in self.staff_rows()])
        self.assertNotIn("Senate, case 12", [row.reason for row in self.own_rows()])

    def test_the_reason_of_an_entry_is_read_by_staff_only_over_rpc_too(self):
        self.way.first_passed().grade(60)
        self.way.by_registrar("write", {"override_reason": "Senate, case 12"})
        event = self.way.record.event_ids.filtered(lambda row: row.action == "override")
        read = self.rpc(self.assistant, EVENT, "read", event.ids, ["reason"])
        self.assertEqual(read[0]["reason"], "Senate, case 12")
        own = self.rpc(self.way.account, EVENT, "read", event.ids, ["action", "shown_reason"])
        self.assertEqual((own[0]["action"], own[0]["shown_reason"]), ("override", False))
        forged = event.with_user(self.way.account).new({"action": "return"}, origin=event)
        self.assertFalse(forged.shown_reason, "whatever a form says the action was")
        for call in (
            ("read", event.ids, ["reason"]),
            ("search", [("reason", "ilike", "Senate")]),
        ):
            with self.assertRaises(AccessError):
                self.rpc(self.way.account, EVENT, *call)

    def test_a_draft_that_was_never_submitted_has_no_timeline(self):
        self.way.drafted()
        self.assertEqual(self.own_rows(), [])
