"""Until when a return or a supplement is answered: not after the application has lapsed."""

from odoo.tests import Form, freeze_time, tagged

from .common import APPLICATION, TICKABLE, GraduationCase

REASON = "ntue.graduation.reason"
WHAT = "English name differs"

DAY_BEFORE = "2026-02-12 04:00:00"
"""A Thursday; the final leaving date is the Friday after it."""

LAST = "2026-02-13"
OVER = "2026-02-13 16:05:00"
"""Five minutes after the final leaving date in Taipei: what waits has not lapsed yet."""


@tagged("post_install", "-at_install")
class TestDayToAnswer(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.submitted()

    def send_back(self, day):
        self.way.send_back(day, WHAT)

    def ask(self, day):
        self.way.by_assistant("action_ask_supplement", WHAT, day)

    def both_refused(self, day):
        """What is said to an assistant who returns it, or asks for a supplement, until ``day``."""
        ids = self.way.record.ids
        with self.undone():
            self.way.by_assistant("write", {"review_reason": WHAT, "return_deadline": day})
            yield self.refused(self.assistant, APPLICATION, "action_return", ids)
        yield self.refused(self.assistant, APPLICATION, "action_ask_supplement", ids, WHAT, day)

    def both_taken(self, day):
        for step in (self.send_back, self.ask):
            with self.subTest(step=step.__name__), self.undone():
                step(day)

    def test_D12_no_day_after_the_final_leaving_date_is_given_and_that_date_is_named(self):
        with freeze_time(DAY_BEFORE):
            for day in ("2026-02-14", "2026-02-17"):
                for told in self.both_refused(day):
                    self.assertIn("lapses after the final leaving date, 115-02-13", told)
            self.both_taken(LAST)

    def test_D12_on_the_final_leaving_date_that_day_is_given_and_no_later_one(self):
        with freeze_time(f"{LAST} 04:00:00"):
            for told in self.both_refused("2026-02-14"):
                self.assertIn("115-02-13", told)
            self.both_taken(LAST)

    def test_D12_what_is_returned_until_that_date_is_submitted_again_in_its_last_second(self):
        with freeze_time(DAY_BEFORE):
            self.send_back(LAST)
        with freeze_time("2026-02-13 15:59:59"):
            self.env[APPLICATION]._lapse_overdue()
            self.way.tick(*TICKABLE).submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D12_once_that_date_is_over_whom_to_ask_is_said(self):
        with freeze_time(OVER):
            for day in (LAST, "2026-02-18"):
                for told in self.both_refused(day):
                    self.assertIn("The final leaving date was 115-02-13", told)
                    self.assertIn("Ask the registrar's office to move that date", told)
            moved = {"date_leave": "2026-03-13", "change_reason": "New Year"}
            window = self.window
            self.rpc(self.registrar, window._name, "write", window.ids, moved)
            self.both_taken("2026-02-18")

    def test_D12_the_day_that_is_proposed_is_three_working_days_later_or_the_leaving_date(self):
        for today, proposed in (
            ("2026-02-09", "2026-02-12"),
            ("2026-02-10", LAST),
            ("2026-02-12", LAST),
            (LAST, LAST),
        ):
            for action in ("return", "ask_supplement"):
                with self.subTest(today=today, action=action), freeze_time(f"{today} 04:00:00"):
                    self.assertEqual(str(self.asked(action).deadline), proposed)

    def asked(self, action):
        """The dialog that asks the assistant why, as it opens."""
        values = {"default_application_id": self.way.record.id, "default_action": action}
        return Form(self.env[REASON].with_user(self.assistant).with_context(**values))

    def test_D12_what_is_proposed_is_taken(self):
        with freeze_time(DAY_BEFORE):
            for action in ("return", "ask_supplement"):
                with self.subTest(action=action), self.undone():
                    dialog = self.asked(action)
                    dialog.reason = WHAT
                    dialog.save().action_confirm()
                    self.assertEqual(self.way.record.event_ids[-1].action, action)
