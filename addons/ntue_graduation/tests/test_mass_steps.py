from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests.keeping import no_commit
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..workflow import FIELD_CLEARING, FIELD_EFFECTS, FIELD_GUARDS
from .common import APPLICATION, TICKABLE, GraduationCase, Way
from .stands import TELLING, first_failed, first_passed, second_failed, second_passed

WINDOW = "ntue.graduation.window"
TAKE_BACK = "ntue.graduation.take.back"
WHY = "The date was typed wrongly"
AFTER = "2026-02-14 04:00:00"
"""The day after the final leaving date."""

LEAVE = {"change_reason": "The calendar of the school"}


@tagged("post_install", "-at_install")
class TestDatesThatActOnMany(GraduationCase):
    """A final leaving date that is over asks how many it lets lapse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.submitted()
        Way(cls, cls.new_student("210941002", "同系同學")).submitted()
        Way(cls, cls.new_student("210941003", "草稿")).drafted()  # nobody else's business

    def new_window_of(self, term):
        dates = {"date_open": "2025-03-01", "date_close": "2025-03-21", "date_leave": "2025-07-31"}
        vals = {"term_id": self.terms[term].id, "division": "continuing", **dates}
        return self.env[WINDOW].create(vals)

    def move(self, day, **values):
        vals = {"date_close": "2025-11-01", "date_leave": day, **LEAVE, **values}
        return self.rpc(self.registrar, WINDOW, "write", self.window.ids, vals)

    def test_D31_a_date_that_is_over_is_refused_with_how_many_would_lapse(self):
        for day in ("2025-11-09", "2025-11-10"):
            for confirmed in ({}, {"lapsing_confirmed": 1}, {"lapsing_confirmed": 3}):
                vals = {"date_close": "2025-11-01", "date_leave": day, **LEAVE, **confirmed}
                told = self.refused(self.registrar, WINDOW, "write", self.window.ids, vals)
                self.assertIn("2 applications lapse", told)
        self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D31_a_returned_one_counts_because_its_student_is_told(self):
        Way(self, self.new_student("210941004", "退回學生")).returned()
        vals = {"date_close": "2025-11-01", "date_leave": "2025-11-09", **LEAVE}
        told = self.refused(self.registrar, WINDOW, "write", self.window.ids, vals)
        self.assertIn("3 applications lapse", told)

    def test_I14_a_window_that_has_applications_stays_that_of_its_term_and_programs(self):
        other = self.new_window_of("1132")
        for vals in (
            {"term_id": self.terms["1131"].id},
            {"division": "day"},
            {"kind": "summer"},
        ):
            with self.subTest(vals=vals):
                with self.undone():
                    other.write({**vals, **LEAVE})
                with self.undone(), self.assertRaisesRegex(UserError, "Copy it"):
                    self.window.write({**vals, **LEAVE})
        same = {name: self.window[name] for name in ("division", "kind")}
        self.window.write({**same, "term_id": self.window.term_id.id, **LEAVE})

    def test_D31_who_writes_the_number_means_it(self):
        self.move("2025-11-09", lapsing_confirmed=2)
        self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.position(), "lapsed/pending/pending")

    def test_D31_the_job_lapses_one_at_a_time_and_one_that_cannot_keeps_no_other_from_it(self):
        job = self.env[APPLICATION].with_context(ir_cron_progress_id=0)
        batches = []

        def committed(_cron, processed=0, **_how):
            batches.append(processed)
            return 60.0

        taken = type(self.way.record).write

        def write(records, vals):
            if vals.get("state") == "lapsed" and self.way.record in records:
                raise UserError(APPLICATION)
            return taken(records, vals)

        with (
            freeze_time(AFTER),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", committed),
            patch.object(type(self.way.record), "write", write),
            mute_logger("odoo.addons.ntue_graduation.lapsing"),
        ):
            job._lapse_overdue()
        states = self.env[APPLICATION].search([]).mapped("state")
        self.assertEqual(sorted(states), ["lapsed", "lapsed", "submitted"])
        self.assertEqual(batches, [0, 1, 1, 1])
        with freeze_time(AFTER), no_commit(self.env, seconds=0.0):
            job._lapse_overdue()
        self.assertEqual(self.way.position(), "lapsed/pending/pending")

    def test_D31_a_date_to_come_and_one_that_is_not_moved_ask_nothing(self):
        self.move("2025-11-11")
        with freeze_time("2025-11-12 04:00:00"):
            vals = {"date_leave": "2025-11-11", "contact_name": "陳承辦"}
            self.rpc(self.registrar, WINDOW, "write", self.window.ids, vals)

    def test_D31_the_form_says_how_many_as_soon_as_the_date_is_changed(self):
        with Form(self.window.with_user(self.registrar)) as form:
            self.assertEqual(form.lapsing_count, 0)
            form.date_close = "2025-11-01"
            form.date_leave = "2025-11-09"
            self.assertEqual(form.lapsing_count, 2)
            form.date_leave = "2026-02-13"
            form.date_close = "2025-11-21"

    def test_a_diploma_list_is_closed_by_its_button_alone(self):
        for day in (False, "2025-11-10 00:00:00"):
            vals = {"diploma_closed_at": day, **LEAVE}
            self.refused(self.registrar, WINDOW, "write", self.window.ids, vals)
        for user in (self.assistant, self.registrar_day, self.way.account):
            self.refused(user, WINDOW, "action_close_diploma_list", self.window.ids)
        self.rpc(self.registrar, WINDOW, "action_close_diploma_list", self.window.ids)
        self.assertTrue(self.window.diploma_closed_at)
        entries = self.env["ntue.register.entry"].search([("model", "=", WINDOW)])
        self.assertIn("diploma_closed_at", "".join(entries.mapped("changes")))


@tagged("post_install", "-at_install")
class TestLapseTakenBack(GraduationCase):
    """A lapse is taken back with a reason, and everything is as it was before."""

    def lapse(self):
        with freeze_time(AFTER):
            self.env[APPLICATION]._lapse_overdue()

    def test_D31_what_had_lapsed_is_where_it_was_before(self):
        for stand in (first_passed, first_failed, second_passed, second_failed):
            with self.undone():
                self.way = Way(self, self.student)
                stand(self.way)
                before = self.way.position()
                self.lapse()
                self.assertIn("lapsed", self.way.position())
                self.way.by_registrar("action_take_back", WHY)
                self.assertEqual(self.way.position(), before)
                event = self.way.record.event_ids[-1]
                self.assertEqual((event.action, event.reason), ("take_back_lapse", WHY))

    def test_D31_a_returned_one_is_with_the_department_again_as_it_was_submitted(self):
        self.way.returned().tick("0733")
        self.lapse()
        self.way.by_registrar("action_take_back", WHY)
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        ticked = self.way.record.tick_ids.mapped("offering_no")
        self.assertEqual(sorted(ticked), sorted(TICKABLE))
        self.assertEqual(self.way.record.activity_ids.user_id, self.assistant)
        self.way.by_assistant("write", TELLING)
        self.way.by_assistant("action_return")
        self.way.tick(*TICKABLE).submit()

    def test_I9_a_draft_that_lapsed_unsubmitted_is_nobody_elses_to_take_back(self):
        self.way.drafted()
        self.lapse()
        self.refused(self.registrar, APPLICATION, "action_take_back", self.way.record.ids, WHY)

    def test_D31_while_the_final_leaving_date_is_over_it_would_lapse_again(self):
        first_passed(self.way)
        with freeze_time(AFTER):
            self.env[APPLICATION]._lapse_overdue()
            ids = self.way.record.ids
            told = self.refused(self.registrar, APPLICATION, "action_take_back", ids, WHY)
            self.assertIn("Move that date", told)
            vals = {"date_leave": "2026-03-13", **LEAVE}
            self.rpc(self.registrar, WINDOW, "write", self.window.ids, vals)
            self.way.by_registrar("action_take_back", WHY)
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.position(), "submitted/passed/pending")

    def test_D31_nor_is_it_taken_back_once_the_diploma_list_is_closed(self):
        first_passed(self.way)
        self.lapse()
        with freeze_time("2026-02-15 04:00:00"):
            self.rpc(self.registrar, WINDOW, "action_close_diploma_list", self.window.ids)
        told = self.refused(
            self.registrar, APPLICATION, "action_take_back", self.way.record.ids, WHY
        )
        self.assertIn("diploma list was closed", told)

    def test_D31_many_are_taken_back_at_once_after_they_were_looked_at(self):
        first_passed(self.way)
        other = Way(self, self.new_student("210941002", "同系同學"))
        second_passed(other)
        self.lapse()
        waiting = Way(self, self.new_student("210941003", "等待中")).submitted()
        ids = [row.record.id for row in (self.way, other, waiting)]
        vals = {"chosen": ",".join(map(str, ids)), "reason": WHY}
        wizard = self.rpc(self.registrar, TAKE_BACK, "create", vals)
        action = self.rpc(self.registrar, TAKE_BACK, "action_check", [wizard])
        bulk = self.env["ntue.graduation.bulk"].browse(action["res_id"])
        self.assertEqual((bulk.total, bulk.ready), (3, 2))
        self.assertEqual(self.way.position(), "lapsed/passed/pending")
        self.rpc(self.registrar, "ntue.graduation.bulk", "action_start", bulk.ids)
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda _self, *_a, **_k: 60.0
        ):
            self.env["ntue.graduation.bulk"]._run_due()
        self.assertEqual(bulk.done, 2)
        self.assertEqual(self.way.position(), "submitted/passed/pending")
        self.assertEqual(other.position(), "submitted/passed/passed")
        self.assertEqual(self.way.record.event_ids[-1].reason, WHY)
        self.assertEqual(self.way.record.event_ids[-1].user_id, self.registrar)

    def test_many_are_taken_back_by_a_registrar_and_for_a_reason(self):
        vals = {"chosen": "1", "reason": WHY}
        self.refused(self.assistant, TAKE_BACK, "create", vals)
        for chosen in ("x", "1) OR (1=1"):
            self.refused(self.registrar, TAKE_BACK, "create", {**vals, "chosen": chosen})
        wizard = self.rpc(self.registrar, TAKE_BACK, "create", {**vals, "reason": " "})
        self.refused(self.registrar, TAKE_BACK, "action_check", [wizard])


@tagged("post_install", "-at_install")
class TestPaper(GraduationCase):
    """The slip comes once, not in the future, and who clears it is in the log."""

    def actions(self):
        return self.way.record.event_ids.mapped("action")

    def test_D27_the_same_paper_is_logged_once(self):
        self.way.submitted().receive()
        before = self.actions()
        self.way.receive()
        self.way.by_assistant("write", {"paper_received_on": "2025-11-10"})
        self.assertEqual(self.actions(), before)
        with freeze_time("2025-11-12 04:00:00"):
            self.way.receive()
        self.assertEqual(str(self.way.record.paper_received_on), "2025-11-10")
        self.way.by_assistant("write", {"paper_received_on": "2025-11-09"})
        self.assertEqual(self.actions(), [*before, "receive_paper"])

    def test_D27_a_day_of_receipt_that_is_to_come_is_refused(self):
        self.way.submitted()
        vals = {"paper_received_on": "2025-11-11"}
        told = self.refused(self.assistant, APPLICATION, "write", self.way.record.ids, vals)
        self.assertIn("not in the future", told)

    def test_D27_paper_is_received_by_the_assistant_of_the_department_only(self):
        self.way.submitted()
        for user in (self.other_assistant, self.registrar, self.way.account):
            ids = self.way.record.ids
            self.refused(user, APPLICATION, "action_receive_paper", ids)
        self.way.receive()

    def test_what_is_cleared_is_in_the_log_with_what_was_there(self):
        self.way.submitted().receive()
        self.way.by_assistant("write", {"paper_received_on": False})
        event = self.way.record.event_ids[-1]
        self.assertEqual((event.action, event.reason), ("clear_paper", "114-11-10"))
        self.assertEqual(event.user_id, self.assistant)
        self.way.by_assistant("write", {"hand_checked": True})
        self.way.by_assistant("write", {"hand_checked": False})
        self.assertEqual(self.actions()[-1], "clear_hand_check")
        self.way.receive().decide().pass_first()
        self.way.by_registrar("write", {"override_reason": "By the dean"})
        self.way.by_registrar("write", {"override_reason": False})
        event = self.way.record.event_ids[-1]
        self.assertEqual((event.action, event.reason), ("clear_override", "By the dean"))
        self.assertFalse(self.way.record.step_reason)

    def test_every_field_that_the_log_has_has_its_clearing_there_too(self):
        kept = FIELD_EFFECTS.keys() - FIELD_GUARDS.keys()
        self.assertEqual(kept, {"paper_received_on", "override_reason"})
        self.assertLessEqual(kept, FIELD_CLEARING.keys())
