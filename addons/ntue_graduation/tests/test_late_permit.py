from ast import literal_eval

from lxml import etree
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import REFUSED, UNCHANGED
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..pages.conditions import missing_conditions
from .common import APPLICATION, TICKABLE, GraduationCase, Way, upgraded, window

PERMIT = "ntue.graduation.late.permit"
LATE = "2025-11-25 04:00:00"
"""Four days after the window of 1141 has closed; the permits of these tests end on 5 December."""


@tagged("post_install", "-at_install")
class TestLatePermit(GraduationCase):
    """25, D13: anyone who missed the period is let in one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.stranger = cls.new_student("211342001", "別所學生", of_framework=cls.cict_framework)

    def values(self, **values):
        return {
            "student_id": self.student.id,
            "term_id": self.terms["1141"].id,
            "reason": "住院",
            "date_end": "2025-12-05",
            **values,
        }

    def grant(self, user=None, **values):
        number = self.rpc(user or self.assistant, PERMIT, "create", self.values(**values))
        return self.env[PERMIT].browse(number)

    def revoke(self, permit, user=None):
        user = user or self.assistant
        self.rpc(user, PERMIT, "write", permit.ids, {"revoke_reason": "誤發"})
        self.rpc(user, PERMIT, "action_revoke", permit.ids)

    def refusal(self, user=None, **values):
        return self.refused(user or self.assistant, PERMIT, "create", self.values(**values))

    def assert_shut(self):
        vals = {"student_id": self.student.id}
        told = self.refused(self.way.account, APPLICATION, "create", vals)
        self.assertIn("from 114-10-27 to 114-11-21", told)

    # What it opens

    @freeze_time(LATE)
    def test_D13_a_permit_lets_its_student_start_and_submit_after_the_period(self):
        self.assert_shut()
        self.grant()
        self.way.submitted()
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertEqual(self.way.record.window_id, self.window)

    def test_D13_a_draft_of_the_period_is_submitted_with_a_permit(self):
        self.way.drafted()
        with freeze_time(LATE):
            self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)
            self.grant()
            self.way.submit()

    def test_D13_the_last_day_of_a_permit_is_included_in_taipei(self):
        with freeze_time(LATE):
            self.grant()
            drafted = Way(self, self.student).drafted()
        for moment, allowed in (
            ("2025-12-05 15:59:59", True),  # the last second of 5 December in Taipei
            ("2025-12-05 16:00:00", False),  # 6 December, 00:00
        ):
            with self.subTest(moment=moment), freeze_time(moment), self.undone():
                if allowed:
                    drafted.submit()
                else:
                    ids = drafted.record.ids
                    self.refused(drafted.account, APPLICATION, "action_submit", ids)
                    drafted.by_student("unlink")
                    self.assert_shut()

    @freeze_time(LATE)
    def test_D13_a_permit_is_of_one_student_and_one_term(self):
        window(
            self.school,
            term_id=self.terms["1132"].id,
            date_open="2025-04-07",
            date_close="2025-05-02",
            date_leave="2025-12-31",
        )
        self.grant(student_id=self.fellow.id)
        self.grant(term_id=self.terms["1132"].id)
        found = missing_conditions(self.student.with_user(self.way.account))
        self.assertEqual(found, [], "the term with the permit is the one that concerns them")
        self.way.start()
        self.assertEqual(self.way.record.term_id.code, "1132")
        self.assertFalse(self.student._permits_in_force()._keep_open(self.window))

    @freeze_time(LATE)
    def test_D13_a_permit_goes_before_a_window_that_opens_later(self):
        term = self.env["ntue.term"].create({"code": "1142", "date_start": "2026-02-01"})
        spring = window(
            self.school,
            term_id=term.id,
            date_open="2025-12-01",
            date_close="2025-12-20",
            date_leave="2026-07-31",
        )
        windows = self.env["ntue.graduation.window"]
        self.assertEqual(windows._for_student(self.student), spring)
        self.grant()
        self.assertEqual(windows._for_student(self.student), self.window)

    @freeze_time(LATE)
    def test_D13_the_other_conditions_hold_with_a_permit_too(self):
        self.grant()
        self.program.min_enrolled_terms = 8
        told = self.refused(
            self.way.account, APPLICATION, "create", {"student_id": self.student.id}
        )
        self.assertIn("8 are needed", told)
        self.assertNotIn("114-11-21", told)

    def test_D13_a_permit_does_not_outlast_the_final_leaving_date(self):
        with freeze_time(LATE):
            self.grant()
            self.window.date_leave = "2025-12-01"
        with freeze_time("2025-12-02 04:00:00"):
            self.assert_shut()

    # Who grants it, and what may be granted

    @freeze_time(LATE)
    def test_D13_the_departments_assistants_and_the_divisions_registrar_grant_it(self):
        for user in (self.assistant, self.registrar):
            with self.undone():
                permit = self.grant(user)
                self.assertEqual(permit.granted_by_id, user)
                self.assertEqual(str(permit.granted_at), LATE)
                self.way.start()

    @freeze_time(LATE)
    def test_D13_nobody_else_grants_it(self):
        for user in (
            self.other_assistant,
            self.registrar_day,
            self.operator,
            self.way.account,
            school_of.account_of(self.fellow),
        ):
            with self.subTest(user=user.login):
                self.refusal(user)

    @freeze_time(LATE)
    def test_D13_an_assistant_who_is_no_longer_named_grants_nothing(self):
        self.srd.assistant_ids -= self.assistant
        self.refusal()

    @freeze_time(LATE)
    def test_D13_nobody_grants_or_keeps_a_permit_for_themselves(self):
        permit = self.grant()
        for user in (self.assistant, self.registrar):
            self.student.partner_id = user.partner_id
            with self.subTest(user=user.login):
                self.refused(user, PERMIT, "action_revoke", permit.ids)
                permit._set({"date_end": "2025-11-24"})
                self.assertIn("to themselves", self.refusal(user))

    def test_D13_a_permit_ends_after_the_period_and_by_the_final_leaving_date(self):
        for moment, values, sentence in (
            (LATE, {"date_end": "2026-02-14"}, "not after the final leaving date, 115-02-13"),
            (LATE, {"date_end": "2025-11-24"}, "is not past"),
            (LATE, {"date_end": "2025-11-21"}, "ends on 114-11-21"),
            (LATE, {"date_end": False}, "ends on 114-11-21"),
            ("2025-10-26 04:00:00", {}, "has not begun"),
            (LATE, {"term_id": self.terms["1132"].id}, "No application period"),
            (LATE, {"reason": "  "}, "Give a reason"),
            (LATE, {"reason": False}, "Give a reason"),
        ):
            with self.subTest(values=values), freeze_time(moment):
                self.assertIn(sentence, self.refusal(**values))
        with freeze_time(LATE):
            self.grant(date_end="2026-02-13")

    @freeze_time(LATE)
    def test_D13_a_student_holds_one_permit_of_a_term_at_a_time(self):
        permit = self.grant()
        self.assertIn("has a permit until 114-12-05", self.refusal(date_end="2025-12-10"))
        self.revoke(permit)
        self.grant()

    # The desk and the list of permits

    def listed(self, model, choice):
        """What the registrar finds by the filter ``choice`` of the search view."""
        self.env.flush_all()
        rows = self.env[model].with_user(self.registrar)
        arch = etree.fromstring(rows.get_view(view_type="search")["arch"])
        (node,) = arch.xpath(f"//filter[@name='{choice}']")
        return rows.search(literal_eval(node.get("domain")))

    def test_D13_by_late_permit_is_who_needed_one_and_not_who_was_asked_to_correct(self):
        self.way.returned()
        other = Way(self, self.fellow)
        with freeze_time(LATE):
            self.way.tick(*TICKABLE).submit()
            self.assertFalse(self.listed(APPLICATION, "late"))
            self.grant(student_id=self.fellow.id)
            other.returned()
            self.assertFalse(self.listed(APPLICATION, "late"), "it is with its student")
            other.tick(*TICKABLE).submit()
        self.assertEqual(self.listed(APPLICATION, "late"), other.record)

    def test_an_upgrade_takes_who_was_asked_to_correct_off_the_list(self):
        self.way.returned()
        with freeze_time(LATE):
            self.way.tick(*TICKABLE).submit()
            self.grant(student_id=self.fellow.id)
            late = Way(self, self.fellow).submitted().record
        (self.way.record | late)._set({"is_late": True})
        upgraded(self.env, "late")
        self.assertEqual(self.listed(APPLICATION, "late"), late)

    def test_D13_permits_are_found_by_what_they_are_now(self):
        with freeze_time(LATE):
            held = self.grant()
            revoked = self.grant(student_id=self.fellow.id)
            self.revoke(revoked)
            self.assertEqual(self.listed(PERMIT, "in_force"), held)
            self.assertEqual(self.listed(PERMIT, "revoked"), revoked)
            self.assertFalse(self.listed(PERMIT, "expired"))
        with freeze_time("2025-12-05 16:00:00"):  # 6 December, 00:00 in Taipei
            self.assertEqual(self.listed(PERMIT, "expired"), held)
            self.assertFalse(self.listed(PERMIT, "in_force"))
            self.assertEqual(self.env[PERMIT].search([("state", "!=", "expired")]), revoked)

    # Append-only

    @freeze_time(LATE)
    def test_D13_a_permit_is_revoked_with_a_reason_and_shuts_the_door(self):
        permit = self.grant()
        self.way.drafted()
        told = self.refused(self.assistant, PERMIT, "action_revoke", permit.ids)
        self.assertIn("Give a reason", told)
        self.revoke(permit, self.registrar)
        self.assertEqual((permit.state, permit.revoked_by_id), ("revoked", self.registrar))
        self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)

    @freeze_time(LATE)
    def test_a_second_click_on_revoke_changes_nothing(self):
        permit = self.grant()
        self.revoke(permit)
        found = self.outcome(self.registrar, PERMIT, "action_revoke", permit.ids)
        self.assertEqual(found, UNCHANGED)

    @freeze_time(LATE)
    def test_D13_a_permit_is_altered_and_deleted_by_nobody(self):
        permit = self.grant()
        users = (self.assistant, self.registrar, self.other_assistant, self.way.account)
        for vals in (
            {"date_end": "2026-02-13"},
            {"reason": "x"},
            {"student_id": self.fellow.id},
            {"term_id": self.terms["1132"].id},
            {"granted_by_id": self.registrar.id},
            {"granted_at": "2001-01-01 00:00:00"},
            {"revoked_at": "2025-11-25 00:00:00"},
            {"revoke_reason": "x", "date_end": "2026-02-13"},
        ):
            for user in users:
                with self.subTest(vals=vals, user=user.login):
                    self.refused(user, PERMIT, "write", permit.ids, vals)
        for user in users:
            self.refused(user, PERMIT, "unlink", permit.ids)
            self.refused(user, PERMIT, "copy", permit.ids)
        with self.assertRaises(UserError):
            permit.sudo().unlink()
        self.revoke(permit)
        self.refused(self.assistant, PERMIT, "write", permit.ids, {"revoke_reason": "x"})

    @freeze_time(LATE)
    def test_a_permit_begins_with_what_its_giver_may_say_and_nothing_else(self):
        for forged in (
            {"granted_by_id": self.registrar.id},
            {"granted_at": "2001-01-01 00:00:00"},
            {"revoke_reason": "x"},
            {"department_id": self.cict.id},
            {"division": "day"},
        ):
            self.refusal(**forged)
        self.rpc(self.assistant, "ir.default", "set", PERMIT, "revoke_reason", "Forged", True)
        context = {"default_granted_by_id": self.registrar.id, "default_revoked_at": LATE}
        number = self.rpc(self.assistant, PERMIT, "create", self.values(), context=context)
        permit = self.env[PERMIT].browse(number)
        self.assertEqual(permit.granted_by_id, self.assistant)
        self.assertFalse(permit.revoked_at or permit.revoke_reason)

    @freeze_time(LATE)
    def test_a_call_that_odoo_repeats_finds_its_values_as_they_were(self):
        vals = self.values()
        for _again in range(2):
            with self.undone():
                self.rpc(self.assistant, PERMIT, "create", vals)
        self.assertEqual(vals, self.values())

    # Who sees it

    @freeze_time(LATE)
    def test_D13_a_permit_is_seen_by_its_student_and_those_who_may_grant_it(self):
        permit = self.grant()
        for user in (self.way.account, self.assistant, self.registrar):
            self.assertEqual(self.rpc(user, PERMIT, "search", []), permit.ids)
        for user in (
            school_of.account_of(self.fellow),
            school_of.account_of(self.stranger),
            self.other_assistant,
            self.registrar_day,
        ):
            self.assertEqual(self.rpc(user, PERMIT, "search", []), [])
            self.refused(user, PERMIT, "read", permit.ids, ["reason"])

    def test_D13_somebody_who_fills_in_a_permit_learns_nothing_of_a_student_that_way(self):
        spec = {"display_name": {}, "division": {}, "state": {}}
        spec["department_id"] = {"fields": {"display_name": {}}}
        for user in (self.other_assistant, self.registrar_day, school_of.account_of(self.fellow)):
            for model in (PERMIT, APPLICATION):
                names = {name: spec[name] for name in spec if name in self.env[model]._fields}
                try:
                    shown = self.rpc(
                        user, model, "onchange", [], {"student_id": self.student.id}, [], names
                    )
                except UserError:
                    continue
                for words in ("王大明", "210941001", "社會與區域", "continuing"):
                    self.assertNotIn(words, str(shown), (user.login, model))

    def test_148_granting_a_permit_does_not_tell_who_keeps_a_draft(self):
        Way(self, self.student).drafted()
        with freeze_time(LATE):
            answers = set()
            for student in (self.student, self.fellow):
                with self.undone():
                    permit = self.grant(student_id=student.id)
                    names = ["reason", "date_end", "state", "revoked_at"]
                    (found,) = self.rpc(self.assistant, PERMIT, "read", permit.ids, names)
                    answers.add(str({name: found[name] for name in names}))
            self.assertEqual(len(answers), 1)

    @freeze_time(LATE)
    def test_a_permit_lets_nobody_apply_for_the_student(self):
        self.grant()
        for user in (self.assistant, self.registrar):
            vals = {"student_id": self.student.id}
            self.assertEqual(self.outcome(user, APPLICATION, "create", vals), REFUSED)
