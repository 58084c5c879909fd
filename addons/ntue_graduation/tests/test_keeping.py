"""Retention and erasure of applications: what was sent, what never was, what is still needed."""

from datetime import timedelta

import psycopg2
from odoo.addons.ntue_curriculum.models.chain.chain_guard import erasing_in
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..papers.slip import document_number, slip_paper
from . import stands
from .common import GraduationCase
from .records import waiver

APPLICATION, DIALOG = "ntue.graduation.application", "ntue.student.erasure"


@tagged("post_install", "-at_install")
class TestKeepingApplications(GraduationCase):
    def check_log(self):
        return [
            problem
            for chain in self.env["ntue.chained"]._chains()
            for problem in chain._check_log()
        ]

    def completed(self):
        stands.completed(self.way)
        return self.way.record

    def erase(self, student, user=None, **vals):
        user = user or self.registrar
        vals = {"student_id": student.id, "reason": "Letter", "understood": True, **vals}
        number = self.rpc(user, DIALOG, "create", vals)
        self.rpc(user, DIALOG, "action_erase", [number])
        self.env.invalidate_all()

    def test_a_snapshot_goes_after_ten_years_and_the_log_is_as_it_was_written(self):
        record = self.completed()
        last = record.window_id.date_leave
        keeping.run(self, f"{last + timedelta(days=3649)} 04:00:00")
        self.assertTrue(record.event_ids.filtered("snapshot"))
        keeping.run(self, f"{last + timedelta(days=3650)} 04:00:00")
        self.assertFalse(record.event_ids.filtered("snapshot"))
        self.assertTrue(
            all(event.snapshot_hash for event in record.event_ids if event.action == "submit")
        )
        self.assertFalse(record.email or record.english_name or record.mobile)
        self.assertEqual(record.state, "completed")
        self.assertEqual(self.check_log(), [])

    def test_a_snapshot_that_was_emptied_past_the_register_is_found(self):
        record = self.completed()
        event = record.event_ids.filtered("snapshot")[0]
        with erasing_in(self.env.cr, event._table):
            self.env.cr.execute(
                "UPDATE ntue_graduation_event SET snapshot = NULL WHERE id = %s", [event.id]
            )
        self.env.invalidate_all()
        self.assertIn(str(event.number), " ".join(self.check_log()))

    def test_a_snapshot_that_was_emptied_before_its_time_and_unasked_is_found(self):
        """By anyone who runs code of their own and lets the register say so, in due form."""
        record = self.completed()
        event = record.event_ids.filtered("snapshot")[0]
        event._empty()
        self.assertIn(str(event.number), " ".join(self.check_log()))
        self.env["ntue.register.entry"]._enter_erased(
            "Erasure on request", {"scope": "identity"}, student=self.student
        )
        self.assertIn(str(event.number), " ".join(self.check_log()), "she was not erased")

    def test_an_entry_of_an_erasure_that_was_spoilt_is_told_of_and_stops_no_check(self):
        event = self.completed().event_ids.filtered("snapshot")[0]
        event._empty()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE ntue_register_entry DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE ntue_register_entry SET changes = '{' WHERE action = 'erased'")
        self.env.cr.execute("ALTER TABLE ntue_register_entry ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertIn(f"The snapshot of entry {event.number} is gone.", self.check_log())

    def test_nothing_but_the_snapshot_may_be_emptied_and_nothing_written(self):
        event = self.completed().event_ids.filtered("snapshot")[0]
        for change in (
            "snapshot = '{}'",
            "snapshot = NULL, reason = 'x'",
            "snapshot = NULL, entry_hash = 'x'",
            "reason = NULL",
        ):
            with (
                self.subTest(change=change),
                self.undone(),
                erasing_in(self.env.cr, event._table),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.InsufficientPrivilege),
            ):
                self.env.cr.execute(
                    f"UPDATE ntue_graduation_event SET {change} WHERE id = {event.id}"  # noqa: S608 (written above)
                )
        with (
            self.undone(),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.InsufficientPrivilege),
        ):
            self.env.cr.execute(
                "UPDATE ntue_graduation_event SET snapshot = NULL WHERE id = %s", [event.id]
            )

    def test_the_slip_of_what_was_erased_says_so(self):
        record = self.completed()
        record._empty_snapshots()
        with self.assertRaises(UserError) as caught:
            slip_paper(record)
        self.assertIn("erased", str(caught.exception))
        report = self.env.ref("ntue_graduation.action_report_slip")
        with self.assertRaises(UserError):
            report._paper_key(report, record)  # nor is one that was printed before handed out
        self.assertEqual(document_number(record), f"{record._number()}-1")
        self.assertFalse(record.with_user(self.registrar).review_panel)

    def test_a_draft_that_lapsed_is_emptied_and_one_under_way_is_not(self):
        self.way.drafted()
        record = self.way.record
        leave = record.window_id.date_leave
        self.assertTrue(record.saved_at)
        keeping.run(self, f"{leave + timedelta(days=400)} 04:00:00")
        self.assertTrue(record.saved_at, "it has not lapsed yet")
        with freeze_time(f"{leave + timedelta(days=1)} 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        keeping.run(self, f"{leave + timedelta(days=179)} 04:00:00")
        self.assertTrue(record.saved_at)
        keeping.run(self, f"{leave + timedelta(days=180)} 04:00:00")
        self.assertFalse(record.saved_at or record.tick_ids)
        self.assertEqual(self.check_log(), [])

    def test_nothing_of_a_student_under_review_goes_however_old_it_is(self):
        keeping.fill(self, self.student)
        self.way.submitted()
        before = [self.student.change_ids, self.student.passport_copy_ids, self.student.mobile]
        keeping.run(self, "2045-01-01 04:00:00")
        now = [self.student.change_ids, self.student.passport_copy_ids, self.student.mobile]
        self.assertEqual(now, before)
        self.assertTrue(self.way.record.event_ids.filtered("snapshot"))

    def test_the_job_waits_as_long_as_a_refusal_may_be_disputed(self):
        stands.lapsed(self.way)
        refused = self.way.record.event_ids[-1].happened_at
        for days, waits in ((89, True), (91, False)):
            with freeze_time(refused + timedelta(days=days)):
                self.assertEqual(self.student in self.env["ntue.student"]._needed(), waits)

    def test_an_erasure_waits_for_a_review_and_for_a_refusal_that_may_be_disputed(self):
        for name, words in (
            ("submitted", "under review"),
            ("first_failed", "under review"),
            ("lapsed", "dispute"),
        ):
            with self.subTest(stand=name), self.undone():
                stands.STANDS[name](self.way_of(self.student))
                with self.assertRaises(UserError) as caught:
                    self.erase(self.student)
                self.assertIn(words, str(caught.exception))

    def test_drafts_reminders_and_messages_on_applications_go_with_an_erasure(self):
        self.way.drafted()
        draft, place = self.way.record, self.way.record._correspondence()
        message = place.sudo().message_post(body=keeping.SAID)
        vals = {"student_id": self.student.id, "term_id": draft.term_id.id}
        reminder = self.env["ntue.graduation.reminder"].create(
            {**vals, "kind": "closing", "day": draft.window_id.date_close}
        )
        with freeze_time(keeping.LATER):
            self.erase(self.student)
        self.assertFalse(draft.exists() or reminder.exists() or message.exists())

    def test_the_preview_tells_nobody_of_a_draft(self):
        """Nobody sees that a student keeps a draft (I9)."""
        dialogs = []
        for keeps_a_draft in (False, True):
            if keeps_a_draft:
                self.way.drafted()
            vals = {"student_id": self.student.id}
            number = self.rpc(self.registrar, DIALOG, "create", vals)
            read = self.rpc(self.registrar, DIALOG, "read", [number], ["panel", "is_blocked"])
            dialogs.append((read[0]["panel"], read[0]["is_blocked"]))
        self.assertEqual(dialogs[0], dialogs[1])

    def test_the_name_of_a_graduate_goes_only_if_the_degree_is_kept_elsewhere(self):
        record = self.completed()
        record.activity_schedule("mail.mail_activity_data_todo", user_id=self.registrar.id)
        tasks = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        self.assertIn("王大明", self.env["mail.activity"].search(tasks).res_name)
        colleague = school_of.user(self.env, "registrar.second", school_of.GROUPS["registrar"])
        with freeze_time(keeping.LATER):
            for vals, told in (({}, "degree"), ({"degree_kept_elsewhere": True}, "a colleague")):
                with self.undone(), self.assertRaises(UserError) as caught:
                    self.erase(self.student, extent="identity", **vals)
                self.assertIn(told, str(caught.exception))
            self.erase(self.student, colleague, extent="identity", degree_kept_elsewhere=True)
            self.assertEqual(self.check_log(), [])
            self.assertFalse(record.event_ids.filtered("snapshot"))
            self.assertEqual((record.state, bool(record.final_credits)), ("completed", True))
            self.assertNotIn("王大明", record.display_name)
            self.assertFalse(self.env["mail.activity"].search(tasks))
            mine = [("application_id", "=", record.id)]
            found = self.rpc(self.registrar, "ntue.graduation.event", "search", mine)
            self.assertEqual(found, [])

    def test_what_reviewers_wrote_goes_with_the_name_and_what_they_decided_stays(self):
        self.way.submitted()
        said = "王大明 was in hospital"
        for user, model, values in (
            (self.assistant, "ntue.graduation.exception", {**waiver(self.way), "reason": said}),
            (
                self.assistant,
                "ntue.graduation.late.permit",
                {
                    "student_id": self.student.id,
                    "term_id": self.way.record.term_id.id,
                    "date_end": "2025-12-05",
                    "reason": said,
                },
            ),
        ):
            self.rpc(user, model, "create", values)
        row = self.way.record.line_ids.filtered("ticked")[:1]
        refusal = {"decision": "refused", "decision_reason": said}
        self.rpc(self.assistant, row._name, "write", row.ids, refusal)
        self.way.receive()
        rest = self.way.record.line_ids.filtered(
            lambda line: line.ticked and line.decision == "pending"
        )
        self.rpc(self.assistant, rest._name, "write", rest.ids, {"decision": "accepted"})
        self.way.pass_first().grade(85)
        self.way.by_registrar("write", {"override_reason": said})
        self.way.pass_second().by_registrar("action_complete")
        exception = self.way.record.exception_ids
        colleague = school_of.user(self.env, "registrar.second", school_of.GROUPS["registrar"])
        with freeze_time(keeping.LATER):
            vals = {"extent": "identity", "degree_kept_elsewhere": True}
            self.erase(self.student, colleague, **vals)
            self.assertEqual(self.check_log(), [])
        self.env.flush_all()
        for table in (
            "ntue_recognition",
            "ntue_graduation_exception",
            "ntue_graduation_application",
            "ntue_graduation_application_line",
            "ntue_graduation_late_permit",
            "ntue_register_entry",
            "ntue_graduation_event",
        ):
            query = f"SELECT COUNT(*) FROM {table} t WHERE t::text LIKE %s"  # noqa: S608
            self.env.cr.execute(query, [f"%{said}%"])
            self.assertEqual(self.env.cr.fetchone(), (0,), table)
        self.assertEqual((row.decision, exception.kind), ("refused", "waived"))
        self.assertEqual(row.decided_by_id, self.assistant)

    def test_contacts_of_a_graduate_go_and_the_slip_reads_as_before(self):
        record = self.completed()
        paper = slip_paper(record)["slip"]
        with freeze_time(keeping.LATER):
            self.erase(self.student)
            self.assertEqual(slip_paper(record)["slip"], paper)
            self.assertEqual(self.check_log(), [])
            self.assertFalse(self.student.email)

    def test_every_model_of_both_addons_has_a_rule_or_a_reason_why_not(self):
        held = set(self.env["ntue.retention"]._held_models())
        self.assertEqual(sorted(keeping.personal_models(self.env) - held), [])
        self.assertEqual(sorted(held - own_models(self.env)), [])
