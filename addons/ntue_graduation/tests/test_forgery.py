from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..papers.slip import slip
from .common import APPLICATION, EVENT, GraduationCase

CONTEXTS = (
    {},
    {"tracking_disable": True, "mail_notrack": True, "active_test": False},
    {"default_state": "completed", "default_first_review": "passed", "install_mode": True},
    {"su": True, "uid": 1, "ntue_no_scripts": True, "import_file": True},
)

FORGED = {
    "state": "completed",
    "submitted_at": "2025-11-01 00:00:00",
    "english_name": "FORGED, NAME",
    "email": "forged@example.com",
    "alias_name": "FORGED, ALIAS",
    "accepted_english_name": "FORGED, NAME",
    "accepted_email": "forged@example.com",
    "profile_accepted_at": "2025-11-01 00:00:00",
    "snapshot_hash": "0" * 64,
    "first_reviewed_at": "2025-11-01 00:00:00",
    "second_reviewed_at": "2025-11-01 00:00:00",
    "completed_at": "2025-11-01 00:00:00",
    "second_review": "passed",
}
"""What only the steps themselves write, at every position."""

REVIEW = {
    "first_review": "passed",
    "paper_received_on": "2025-11-10",
    "hand_checked": True,
    "review_reason": "Forged",
    "return_deadline": "2099-01-01",
    "override_reason": "Forged",
}
"""What reviewers write, and students never."""


@tagged("post_install", "-at_install")
class TestForgery(GraduationCase):
    """Values that no page sends, over RPC: refused, and nothing is changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")

    def assert_refused(self, user, record, values, contexts=CONTEXTS):
        for vals in values:
            for context in contexts:
                with self.subTest(user=user.login, vals=vals, context=context):
                    found = self.outcome(
                        user, record._name, "write", record.ids, vals, context=context
                    )
                    self.assertEqual(found, REFUSED)

    def singly(self, *tables):
        return [{key: value} for table in tables for key, value in table.items()]

    def references(self, record):
        return [
            {"student_id": self.fellow.id},
            {"window_id": self.window.copy({"kind": "weekend"}).id},
            {"event_ids": [(0, 0, {"action": "complete", "user_id": 1})]},
            {"line_ids": [(0, 0, {"enrollment_id": self.student.enrollment_ids[0].id})]},
            {"message_follower_ids": [(5,)]},
            {"first_reviewed_by_id": self.assistant.id},
            *({"event_ids": [(2, event.id)]} for event in record.event_ids[:1]),
            *({"event_ids": [(1, event.id, {"reason": "x"})]} for event in record.event_ids[:1]),
            *({"line_ids": [(1, line.id, {"ticked": True})]} for line in record.line_ids[:1]),
            *({"line_ids": [(2, line.id)]} for line in record.line_ids[:1]),
        ]

    def test_11_a_student_writes_the_ticks_of_a_draft_and_nothing_else(self):
        record = self.way.drafted().record
        values = [*self.singly(FORGED, REVIEW), *self.references(record)]
        self.assert_refused(self.way.account, record, values)
        ticks = {"tick_ids": self.way.ticks("0733")}
        self.assert_refused(self.way.account, record, [{**ticks, **vals} for vals in values], ({},))

    def test_156_after_submission_a_student_writes_nothing_at_all(self):
        record = self.way.submitted().record
        values = [
            *self.singly(FORGED, REVIEW),
            *self.references(record),
            {"tick_ids": self.way.ticks("0733")},
            {"shortfall_acknowledged": True},
            {"teacher_ed_answer": "finishing"},
            {"teacher_ed_confirmed": True},
            {"state": "draft"},
            {"first_review": "returned", "state": "draft"},
        ]
        self.assert_refused(self.way.account, record, values)

    def test_an_assistant_changes_nothing_of_what_was_submitted(self):
        record = self.way.reviewed().record
        values = [
            *self.singly(FORGED),
            *self.references(record),
            {"override_reason": "Forged"},
            {"tick_ids": [(5,)]},
            {"shortfall_acknowledged": True},
            {"state": "lapsed"},
            {"first_review": "passed", "second_review": "passed"},
            {"first_review": "returned"},
        ]
        self.assert_refused(self.assistant, record, values)

    def test_a_registrar_does_no_first_review_and_skips_no_step(self):
        record = self.way.reviewed().record
        self.assert_refused(self.registrar, record, self.singly(FORGED, REVIEW))
        self.way.pass_first().grade(85)
        values = [
            {"state": "completed"},
            {"state": "completed", "second_review": "passed"},
            {"state": "draft"},
            {"first_review": "failed"},
            {"paper_received_on": "2025-11-11"},
            *self.singly({key: FORGED[key] for key in ("english_name", "email", "submitted_at")}),
            *self.references(record),
        ]
        self.assert_refused(self.registrar, record, values)

    def test_a_draft_begins_blank_whatever_the_caller_says(self):
        context = {f"default_{key}": value for key, value in {**FORGED, **REVIEW}.items()}
        context["default_tick_ids"] = [(6, 0, self.fellow.enrollment_ids.ids)]
        vals = {"student_id": self.student.id}
        event = {"default_event_ids": [(0, 0, {"action": "complete", "user_id": 1})]}
        self.refused(self.way.account, APPLICATION, "create", vals, context=event)
        number = self.rpc(
            self.way.account,
            APPLICATION,
            "create",
            {"student_id": self.student.id},
            context={**context, "default_first_review": "returned", "default_state": "draft"},
        )
        self.way.record = self.env[APPLICATION].browse(number)
        self.assertEqual(self.way.position(), "draft/pending/pending")
        for name in {*FORGED, *REVIEW} - {"state", "first_review", "second_review"}:
            self.assertFalse(self.way.record[name], name)
        self.assertFalse(self.way.record.tick_ids)
        self.assertFalse(self.way.record.event_ids)

    def test_a_call_that_odoo_repeats_finds_its_values_as_they_were(self):
        """After a serialization failure a request is tried again with the same objects."""
        vals = {"student_id": self.student.id}
        for _again in range(2):
            with self.undone():
                self.rpc(self.way.account, APPLICATION, "create", vals)
        self.assertEqual(vals, {"student_id": self.student.id})

    def test_a_student_starts_an_application_for_nobody_else(self):
        for vals in (
            {"student_id": self.fellow.id},
            {"student_id": self.student.id, "state": "submitted"},
            {"student_id": self.student.id, "window_id": self.window.id},
            {"student_id": self.student.id, "tick_ids": self.way.ticks("0733")},
            {"student_id": self.student.id, "event_ids": [(0, 0, {})]},
            [{"student_id": self.student.id}, {"student_id": self.fellow.id}],
        ):
            with self.subTest(vals=vals):
                self.refused(self.way.account, APPLICATION, "create", vals)
        for user in (self.assistant, self.registrar, self.operator):
            self.refused(user, APPLICATION, "create", {"student_id": self.student.id})

    def test_D18_only_own_tickable_courses_are_ticked(self):
        record = self.way.start().record
        rows = {row.offering_no: row.id for row in self.student.enrollment_ids}
        other = school_of.enrolment(self.fellow, "0733").id
        new = {"student_id": self.student.id, "name": "New", "credits": 9}
        for commands in (
            [(6, 0, [other])],
            [(4, other)],
            [(6, 0, [rows["0733"], other])],
            [(6, 0, [rows["0650"]])],  # failed
            [(6, 0, [rows["0648"]])],  # in the framework
            [(0, 0, new)],
            [(1, rows["0650"], {"score": 100, "state": "passed"})],
            [(2, rows["0650"])],
            [(6, 0, [999999])],
        ):
            self.assert_refused(self.way.account, record, [{"tick_ids": commands}], ({},))
        vals = {"tick_ids": [(4, rows["0733"])]}
        found = self.outcome(self.way.account, APPLICATION, "write", record.ids, vals)
        self.assertEqual(found, CHANGED)

    def test_odoos_own_ways_to_write_are_no_way_round(self):
        record = self.way.submitted().record
        for user in (self.way.account, self.assistant, self.registrar):
            for method, *args in (
                ("copy",),
                ("unlink",),
                ("web_save", {"english_name": "FORGED, NAME"}, {}),
                ("update_field_translations", "english_name", {"en_US": "FORGED, NAME"}),
            ):
                with self.subTest(user=user.login, method=method):
                    found = self.outcome(user, APPLICATION, method, record.ids, *args)
                    self.assertNotEqual(found, CHANGED)
            before = self.fingerprint()
            with self.undone():
                rows = [[str(self.fellow.id), "completed"]]
                self.rpc(user, APPLICATION, "load", ["student_id/.id", "state"], rows)
                self.assertEqual(self.fingerprint(), before)

    def test_the_log_is_written_and_deleted_by_nobody_the_superuser_included(self):
        event = self.way.submitted().record.event_ids[0]
        for act in (
            lambda: event.sudo().write({"reason": "Changed"}),
            lambda: event.sudo().unlink(),
            lambda: self.way.record.sudo().unlink(),
            lambda: self.way.record.sudo().write({"event_ids": [(2, event.id)]}),
            lambda: self.way.record.sudo().write({"event_ids": [(5,)]}),
        ):
            with self.undone(), self.assertRaises(UserError):
                act()
        vals = {"application_id": self.way.record.id, "action": "complete", "user_id": 1}
        for user in (self.way.account, self.assistant, self.registrar):
            for context in CONTEXTS:
                self.refused(user, EVENT, "create", vals, context=context)

    def test_a_reviewers_own_defaults_do_not_speak_in_the_log_or_on_the_slip(self):
        self.way.submitted()
        before = slip(self.way.record)
        for model, field, value in (
            (EVENT, "snapshot", '{"forged": true}'),
            (EVENT, "snapshot_hash", "0" * 64),
            (EVENT, "happened_at", "2001-01-01 00:00:00"),
            (EVENT, "reason", "Forged"),
            ("ntue.recognition", "decided_on", "2001-01-01 00:00:00"),
        ):
            self.rpc(self.assistant, "ir.default", "set", model, field, value, True)
        self.way.receive().decide().pass_first()
        for event in self.way.record.event_ids:
            self.assertEqual(str(event.happened_at), "2025-11-10 04:00:00")
            keeps = event.action in ("submit", "decide", "pass_second", "accept_profile")
            self.assertEqual(bool(event.snapshot), keeps)
            self.assertFalse(event.reason and "Forged" in event.reason)
        self.assertEqual(slip(self.way.record), before)
        found = self.env["ntue.recognition"].search([("student_id", "=", self.student.id)])
        self.assertEqual(set(map(str, found.mapped("decided_on"))), {"2025-11-10 04:00:00"})

    def test_a_decision_is_bound_to_an_application_by_its_review_only(self):
        record = self.way.submitted().record
        vals = {
            "student_id": self.student.id,
            "enrollment_id": school_of.enrolment(self.student, "0733").id,
            "kind": "prior_approval",
        }
        forged = {**vals, "application_id": record.id}
        self.refused(self.assistant, "ntue.recognition", "create", forged)
        context = {"default_application_id": record.id}
        number = self.rpc(self.assistant, "ntue.recognition", "create", vals, context=context)
        self.assertFalse(self.env["ntue.recognition"].browse(number).application_id)

    def test_what_a_first_review_decided_is_not_deleted_beside_it(self):
        self.way.first_passed()
        decided = self.env["ntue.recognition"].search([("student_id", "=", self.student.id)])
        self.assertEqual(len(decided), 2)
        for user in (self.assistant, self.registrar):
            self.refused(user, "ntue.recognition", "unlink", decided.ids)
