from datetime import date
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED, SchoolHttpCase
from odoo.tests import freeze_time, tagged

from ..papers.slip import slip
from .common import APPLICATION, EVENT, GraduationCase, Way, window
from .stands import STANDS

CHANGED_ONES = (("profile_changed", "=", True),)


@tagged("post_install", "-at_install")
class TestProfileChanges(GraduationCase):
    """What was submitted stays; what changed since is shown, and accepted by one action (D6)."""

    def change(self, **vals):
        self.rpc(self.way.account, "ntue.student", "write", self.student.ids, vals)

    def shown(self, user):
        """The flag and the table as a reviewer's form shows them."""
        names = ["profile_changed", "profile_differences", "may_accept_profile"]
        (read,) = self.rpc(user, APPLICATION, "read", self.way.record.ids, names)
        return read["profile_changed"], read["profile_differences"], read["may_accept_profile"]

    def found(self, user, domain=CHANGED_ONES):
        return self.rpc(user, APPLICATION, "search", list(domain))

    def test_D6_nothing_is_said_while_nothing_has_changed(self):
        self.way.submitted()
        self.assertEqual(self.shown(self.assistant), (False, False, False))
        self.assertEqual(self.found(self.assistant), [])
        self.assertEqual(
            self.found(self.assistant, [("profile_changed", "=", False)]), self.way.record.ids
        )

    def test_D6_each_change_is_shown_with_field_submitted_and_now(self):
        self.way.submitted()
        for vals, texts in (
            ({"english_name": "WANG, DA-MING"}, ("WANG, TA-MING", "WANG, DA-MING")),
            ({"alias_name": "WANG, DAVID"}, ("Alias", "(blank)", "WANG, DAVID")),
            ({"email": "new@mail.example.com"}, ("a210941001@", "new@mail.example.com")),
            ({"mobile": "0911-111-111"}, ("0900-000-000", "0911-111-111")),
            ({"email": False}, ("a210941001@", "(blank)")),
        ):
            with self.subTest(vals=vals), self.undone():
                self.change(**vals)
                for user in (self.assistant, self.registrar):
                    changed, table, _may = self.shown(user)
                    self.assertTrue(changed)
                    for text in (*texts, "not accepted"):
                        self.assertIn(text, table)
                    self.assertEqual(self.found(user), self.way.record.ids)
                    self.assertEqual(self.found(user, [("profile_changed", "=", False)]), [])

    def test_D6_the_contact_phone_is_no_part_of_what_was_submitted(self):
        self.way.submitted()
        self.change(phone="02-0000-0000")
        self.assertFalse(self.shown(self.assistant)[0])

    def test_D6_a_change_that_is_taken_back_is_none(self):
        self.way.submitted()
        self.change(mobile="0911-111-111")
        self.change(mobile="0900-000-000")
        self.assertEqual(self.shown(self.assistant), (False, False, False))

    def test_148_a_draft_is_not_found_by_what_changed(self):
        self.way.returned()
        self.change(mobile="0911-111-111")
        for user in (self.assistant, self.registrar, self.way.account):
            self.assertEqual(self.found(user), [])

    def test_I9_the_filter_finds_no_other_departments_applications(self):
        other = self.way_of(
            self.new_student("210943003", "他系學生", of_framework=self.cict_framework)
        ).submitted()
        self.way.submitted()
        self.change(mobile="0911-111-111")
        other.student.mobile = "0911-111-111"
        self.assertEqual(self.found(self.assistant), self.way.record.ids)
        self.assertEqual(self.found(self.other_assistant), other.record.ids)
        self.assertEqual(self.found(self.registrar_day), [])

    def test_D6_the_registrar_accepts_and_only_the_diploma_follows(self):
        self.way.first_passed()
        paper, digest = slip(self.way.record), self.way.record.snapshot_hash
        self.change(english_name="WANG, DA-MING", email="new@mail.example.com")
        self.assertTrue(self.shown(self.registrar)[2])
        self.way.by_registrar("action_accept_profile")
        record = self.way.record
        self.assertEqual(
            (record.diploma_english_name, record.diploma_email, record.diploma_alias_name),
            ("WANG, DA-MING", "new@mail.example.com", False),
        )
        self.assertEqual(
            (record.english_name, record.email), ("WANG, TA-MING", "a210941001@mail.example.com")
        )
        self.assertEqual((slip(record), record.snapshot_hash), (paper, digest))
        self.assertEqual(record.profile_accepted_by_id, self.registrar)
        self.assertEqual(str(record.profile_accepted_at), "2025-11-10 04:00:00")
        changed, table, may = self.shown(self.registrar)
        self.assertEqual((changed, may), (False, False))
        self.assertIn("✓ accepted", table)

    def test_D6_the_log_keeps_old_and_new_of_what_was_accepted(self):
        self.way.first_passed()
        self.change(english_name="WANG, DA-MING", alias_name="WANG, DAVID")
        papers.upload(self.student)
        self.way.by_registrar("action_accept_profile")
        event = self.env[EVENT].search([("application_id", "=", self.way.record.id)])[-1]
        self.assertEqual((event.action, event.user_id), ("accept_profile", self.registrar))
        self.assertEqual(
            event.reason,
            "英文姓名：WANG, TA-MING → WANG, DA-MING；畢業證書上的別名：（空白） → WANG, DAVID",
        )
        self.assertEqual(event.position_from, event.position_to)
        message = self.way.record.correspondence_ids.message_ids[0]
        self.assertIn("依您變更後的基本資料", message.body)
        self.assertNotIn("DA-MING", message.body)

    def test_D6_a_second_change_is_shown_and_accepted_again(self):
        self.way.first_passed()
        self.change(email="new@mail.example.com")
        self.way.by_registrar("action_accept_profile")
        self.change(email="newer@mail.example.com")
        self.assertTrue(self.shown(self.registrar)[0])
        self.assertEqual(self.found(self.registrar), self.way.record.ids)
        self.way.by_registrar("action_accept_profile")
        reasons = self.way.record.event_ids.mapped("reason")
        self.assertEqual(reasons[-1], "電子信箱：new@mail.example.com → newer@mail.example.com")

    def test_37_a_new_e_mail_is_accepted_after_completion_too(self):
        self.way.second_passed().by_registrar("action_complete")
        self.change(email="new@mail.example.com")
        self.way.by_registrar("action_accept_profile")
        self.assertEqual(self.way.record.diploma_email, "new@mail.example.com")
        self.assertEqual(self.way.position(), "completed/passed/passed")

    def test_D6_what_will_not_do_for_a_diploma_is_not_accepted(self):
        self.way.first_passed()
        for vals, sentence in (
            ({"english_name": False}, "Your English name is blank"),
            ({"alias_name": "WANG, DAVID"}, "Upload a copy of your passport"),
            ({"email": "nowhere"}, "Write one e-mail address"),
        ):
            with self.subTest(vals=vals), self.undone():
                self.student.write(vals)  # as a file brings it: nobody types such an address
                told = self.refused(
                    self.registrar, APPLICATION, "action_accept_profile", self.way.record.ids
                )
                self.assertIn(sentence, told)

    def test_D6_without_a_change_there_is_nothing_to_accept(self):
        self.way.first_passed()
        told = self.refused(
            self.registrar, APPLICATION, "action_accept_profile", self.way.record.ids
        )
        self.assertIn("made with what the profile says already", told)

    def test_D6_nobody_accepts_for_themselves_or_out_of_turn(self):
        self.way.submitted()
        self.change(mobile="0911-111-111")
        ids = self.way.record.ids
        accept = {"profile_accepted_at": "2001-01-01 00:00:00"}
        for user in (self.way.account, self.assistant, self.registrar, self.registrar_day):
            for call in (("action_accept_profile", ids), ("write", ids, accept)):
                found = self.outcome(user, APPLICATION, *call)
                self.assertEqual(found, REFUSED, f"{user.login} before the first review")
        self.way.receive().decide().pass_first()
        for user in (self.way.account, self.assistant, self.other_assistant, self.registrar_day):
            for call in (("action_accept_profile", ids), ("write", ids, accept)):
                self.assertEqual(self.outcome(user, APPLICATION, *call), REFUSED, user.login)
        never = {"profile_accepted_at": False}
        self.assertEqual(self.outcome(self.registrar, APPLICATION, "write", ids, never), REFUSED)
        self.assertEqual(self.outcome(self.registrar, APPLICATION, "write", ids, accept), CHANGED)
        with self.undone():
            self.student.partner_id = False
            self.student.partner_id = self.registrar.partner_id
            told = self.refused(self.registrar, APPLICATION, "action_accept_profile", ids)
            self.assertIn("Nobody reviews their own application", told)

    def test_D6_the_day_of_acceptance_is_not_the_callers_to_say(self):
        self.way.first_passed()
        self.change(mobile="0911-111-111")
        accept = {"profile_accepted_at": "2001-01-01 00:00:00"}
        self.way.by_registrar("write", accept)
        self.assertEqual(str(self.way.record.profile_accepted_at), "2025-11-10 04:00:00")
        self.assertEqual(self.way.record.accepted_mobile, "0911-111-111")

    def test_D6_submitting_again_begins_anew(self):
        self.way.first_passed()
        self.change(email="new@mail.example.com")
        self.way.by_registrar("action_accept_profile")
        self.way.by_registrar("write", {"review_reason": "Look again"})
        self.way.by_registrar("action_hand_back")
        self.way.send_back().tick("0733", "0812").submit()
        record = self.way.record
        self.assertEqual((record.email, record.diploma_email), ("new@mail.example.com",) * 2)
        self.assertFalse(record.profile_accepted_at)
        self.assertFalse(record.accepted_email)

    def test_43_the_alias_is_frozen_with_the_submission(self):
        self.way.drafted()
        self.change(alias_name="WANG, DAVID")
        told = self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)
        self.assertIn("Upload a copy of your passport", told)
        papers.upload(self.student)
        self.way.submit()
        self.change(alias_name=False)
        self.assertEqual(self.way.record.alias_name, "WANG, DAVID")
        self.assertEqual(slip(self.way.record)["student"]["alias_name"], "WANG, DAVID")


@tagged("post_install", "-at_install")
class TestPassportCopyOfAnApplication(GraduationCase):
    """How long a copy is needed is decided by the application (D9)."""

    def setUp(self):
        super().setUp()
        papers.upload(self.student)

    def purge_on(self):
        return self.student.passport_copy_ids.purge_on

    def move(self, day):
        moved = {"date_leave": day, "change_reason": "New Year"}
        self.rpc(self.registrar, self.window._name, "write", self.window.ids, moved)

    def test_D9_submitted_it_is_needed_until_the_final_leaving_date(self):
        self.way.drafted()
        self.assertEqual(self.purge_on(), date(2026, 11, 10))
        self.way.submit()
        self.assertEqual(self.purge_on(), date(2026, 5, 14))

    def test_D9_a_final_leaving_date_that_is_moved_moves_the_day_with_it(self):
        self.way.submitted()
        self.move("2026-02-28")
        self.assertEqual(self.purge_on(), date(2026, 5, 29))
        self.move("2026-02-13")
        self.assertEqual(self.purge_on(), date(2026, 5, 14))

    def test_D9_a_date_that_is_moved_leaves_the_day_of_who_has_not_submitted(self):
        self.way.drafted()
        self.move("2026-02-28")
        self.assertEqual(self.purge_on(), date(2026, 11, 10))

    def test_D9_completed_it_is_deleted_ninety_days_later(self):
        self.way.second_passed()
        with freeze_time("2025-12-01 04:00:00"):
            self.way.by_registrar("action_complete")
        self.assertEqual(self.purge_on(), date(2026, 3, 1))

    def test_D9_lapsed_it_is_deleted_ninety_days_after_the_final_leaving_date(self):
        self.way.drafted()
        with freeze_time("2026-02-14 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.record.state, "lapsed")
        self.assertEqual(self.purge_on(), date(2026, 5, 14))

    def test_D9_the_end_of_one_does_not_shorten_what_a_later_application_needs(self):
        """Refused in 1141, the student applies for 1142; then that of 1141 lapses."""
        STANDS["first_failed"](self.way)
        terms = self.env["ntue.term"]
        dates = {"date_start": "2026-02-01", "date_end": "2026-07-31"}
        term = terms.search([("code", "=", "1142")]) or terms.create({"code": "1142", **dates})
        period = {"date_open": "2025-12-01", "date_close": "2025-12-20"}
        window(self.school, term_id=term.id, date_leave="2026-07-31", **period)
        with freeze_time("2025-12-02 04:00:00"):
            later = Way(self, self.student).submitted()
        self.assertEqual(self.purge_on(), date(2026, 10, 29))
        with freeze_time("2026-02-14 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
            self.assertEqual((self.way.record.state, later.record.state), ("lapsed", "submitted"))
            self.assertEqual(self.purge_on(), date(2026, 10, 29))
        with freeze_time("2026-08-01 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.purge_on(), date(2026, 10, 29))

    def test_D9_after_the_purge_the_application_stands_as_it_was(self):
        self.rpc(
            self.way.account,
            "ntue.student",
            "write",
            self.student.ids,
            {"alias_name": "WANG, DAVID"},
        )
        self.way.second_passed().by_registrar("action_complete")
        paper = slip(self.way.record)
        cron = type(self.env["ir.cron"])
        with (
            freeze_time("2026-06-01 04:00:00"),
            patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0),
        ):
            self.env["ntue.passport.copy"]._purge_due()
        self.assertFalse(self.student.passport_copy_ids)
        self.assertEqual(slip(self.way.record), paper)
        self.assertEqual(self.way.record.alias_name, "WANG, DAVID")


@tagged("post_install", "-at_install")
class TestProfilePageUnderReview(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.way = Way(cls, cls.student)

    def test_D6_the_profile_page_tells_that_a_submitted_application_stays_as_it_is(self):
        note = 'id="profile_under_review"'
        self.way = self.way.in_test(self)
        self.way.drafted()
        self.enter(school_of.account_of(self.student))
        self.assertNotIn(note, self.url_open("/my/profile").text)
        self.way.submit()
        self.assertIn(note, self.url_open("/my/profile").text)
