import psycopg2
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED, SchoolHttpCase
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..pages.deferral import deferrable_application
from .common import APPLICATION, GraduationCase, Way, window
from .step_cost import form_of

DEFERRAL = "ntue.graduation.deferral"
PAGE = "/my/graduation/deferral"


def undergraduate(case):
    """A daytime undergraduate whose first review has not passed, and the window of the day."""
    window(case.school, division="day")
    case.fresher = case.new_student("411243001", "日間學生", of_framework=case.day_framework)
    return Way(case, case.fresher)


def fail(way):
    way.submitted().by_assistant("write", {"review_reason": "Credits missing"})
    way.by_assistant("action_fail_first")
    return way


@tagged("post_install", "-at_install")
class TestOnline(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = undergraduate(cls)

    def setUp(self):
        super().setUp()
        self.day = self.day.in_test(self)

    def declare(self, way=None, **values):
        way = way or self.day
        vals = {"student_id": way.student.id, "reason": "One more year", **values}
        return self.env[DEFERRAL].browse(self.rpc(way.account, DEFERRAL, "create", vals))

    def refused_to(self, way=None, **values):
        way = way or self.day
        vals = {"student_id": way.student.id, "reason": "One more year", **values}
        return self.refused(way.account, DEFERRAL, "create", vals)

    def test_191_a_daytime_undergraduate_whose_review_failed_declares_it_on_line(self):
        fail(self.day)
        deferral = self.declare()
        self.assertEqual(
            (deferral.kind, deferral.term_id.code, str(deferral.filed_on)),
            ("online", "1141", "2025-11-10"),
        )
        self.assertEqual(deferral.logged_by_id, self.day.account)

    def test_191_before_a_review_failed_there_is_nothing_to_declare(self):
        self.refused_to()
        self.day.reviewed()
        self.refused_to()
        with self.undone():
            self.day.pass_first()
            self.refused_to()
        fail_vals = {"review_reason": "Credits missing"}
        self.day.by_assistant("write", fail_vals)
        self.day.by_assistant("action_fail_first")
        self.declare()

    def test_191_a_failed_second_review_will_do_too(self):
        self.day.first_passed()
        self.day.call(self.registrar_day, "write", {"review_reason": "Thesis failed"})
        self.day.call(self.registrar_day, "action_fail_second")
        self.declare()

    def test_191_it_is_for_undergraduates_of_the_day_division_only(self):
        fail(self.day)
        for values in ({"division": "continuing"}, {"degree": "master"}):
            with self.undone():
                self.day_program.write(values)
                self.refused_to()
        self.declare()

    def test_191_an_in_service_student_declares_nothing_on_line(self):
        fail(self.way)
        self.refused_to(self.way)

    def test_D36_after_the_final_leaving_date_it_is_too_late(self):
        fail(self.day)
        with freeze_time("2026-02-13 15:59:59"):
            self.assertTrue(deferrable_application(self.fresher))
        with freeze_time("2026-02-13 16:00:00"):
            self.refused_to()

    def test_a_term_is_deferred_once(self):
        fail(self.day)
        self.declare()
        self.refused_to()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.env.cr.execute(
                "INSERT INTO ntue_graduation_deferral (student_id, term_id, kind, reason,"
                " filed_on, logged_by_id) SELECT student_id, term_id, kind, reason, filed_on,"
                " logged_by_id FROM ntue_graduation_deferral LIMIT 1"
            )

    def test_a_revoked_one_may_be_declared_again(self):
        fail(self.day)
        first = self.declare()
        self.rpc(self.registrar_day, DEFERRAL, "write", first.ids, {"revoke_reason": "Mistaken"})
        self.assertTrue(first.revoked_at)
        self.assertEqual(first.revoked_by_id, self.registrar_day)
        self.declare()

    def test_D36_reviewers_read_when_it_was_declared_and_nobody_completes_until_it_is_revoked(self):
        fail(self.day)
        shown = self.day.record.with_user(self.assistant)
        self.assertFalse(shown.deferral_text)
        deferral = self.declare()
        shown.invalidate_recordset()
        self.assertIn("on line on 114-11-10", shown.deferral_text)
        self.day.by_assistant("action_take_back", "Read again")
        self.day.receive().decide().pass_first().grade(85)
        ids = self.day.record.ids
        answer = self.rpc(self.registrar_day, APPLICATION, "action_prepare_bulk", ids)
        line = self.env["ntue.graduation.bulk"].browse(answer["res_id"]).line_ids
        self.assertIn("on line on 114-11-10", line.why)
        self.day.call(self.registrar_day, "action_pass_second")
        told = self.refused(self.registrar_day, APPLICATION, "action_complete", ids)
        self.assertIn("on line on 114-11-10", told)
        self.assertIn("revoke the deferral first", told)
        for user in (self.assistant, self.registrar_day):
            self.assertIn("deferral_text", form_of(self, user))
        form = self.day.record.with_user(self.registrar_day)
        self.assertIn("on line on 114-11-10", form.deferral_text)
        vals = {"revoke_reason": "She leaves after all"}
        self.rpc(self.registrar_day, DEFERRAL, "write", deferral.ids, vals)
        form.invalidate_recordset()
        self.assertFalse(form.deferral_text)
        self.day.call(self.registrar_day, "action_complete")
        self.assertEqual(self.day.position(), "completed/passed/passed")

    def test_a_reason_is_asked_for(self):
        fail(self.day)
        for reason in ("", "  ", False):
            self.assertIn("Give the reason", self.refused_to(reason=reason))

    def test_a_student_gives_the_reason_and_nothing_else(self):
        fail(self.day)
        for values in (
            {"kind": "paper"},
            {"term_id": self.terms["1132"].id},
            {"filed_on": "2025-01-01"},
            {"logged_by_id": self.assistant.id},
            {"revoked_at": "2025-11-10 00:00:00"},
            {"revoke_reason": "x"},
            {"student_id": self.student.id},
        ):
            with self.subTest(values=values):
                self.refused_to(**values)

    def test_what_a_caller_has_as_defaults_does_not_speak(self):
        fail(self.day)
        context = {
            "default_kind": "paper",
            "default_term_id": self.terms["1132"].id,
            "default_revoked_at": "2025-11-10 00:00:00",
            "default_logged_by_id": self.assistant.id,
        }
        vals = {"student_id": self.fresher.id, "reason": "One more year"}
        key = self.rpc(self.day.account, DEFERRAL, "create", vals, context=context)
        deferral = self.env[DEFERRAL].browse(key)
        self.assertEqual((deferral.kind, deferral.term_id.code), ("online", "1141"))
        self.assertEqual((deferral.logged_by_id, deferral.revoked_at), (self.day.account, False))


@tagged("post_install", "-at_install")
class TestPaper(GraduationCase):
    """Worked student 1: evening, year 4 in 1141, year 3 in 1132 and before."""

    def log(self, user=None, **values):
        vals = {**self.values(), **values}
        key = self.rpc(user or self.assistant, DEFERRAL, "create", vals)
        return self.env[DEFERRAL].browse(key)

    def values(self):
        return {
            "student_id": self.student.id,
            "term_id": self.terms["1141"].id,
            "filed_on": "2025-11-07",
            "reason": "Thesis not finished",
        }

    def told(self, user=None, **values):
        vals = {**self.values(), **values}
        return self.refused(user or self.assistant, DEFERRAL, "create", vals)

    def test_192_assistant_and_registrar_log_the_paper_form_from_year_four_on(self):
        for user in (self.assistant, self.registrar):
            with self.undone():
                deferral = self.log(user)
                self.assertEqual((deferral.kind, deferral.logged_by_id), ("paper", user))
                self.assertEqual(str(deferral.filed_on), "2025-11-07")

    def test_192_below_the_year_of_the_program_nobody_needs_it(self):
        self.assertIn("year 3", self.told(term_id=self.terms["1132"].id))
        self.program.deferral_year = 5
        self.assertIn("from year 5 on", self.told())

    def test_D36_who_entered_the_form_is_told_to_her_reviewers_and_to_no_other_students(self):
        self.way.submitted()
        self.log()
        shown = self.way.record.with_user(self.assistant)
        self.assertIn("paper form of 114-11-07", shown.deferral_text)
        self.assertIn(self.assistant.name, shown.deferral_text)
        fresh = self.new_student("210941002", "同系同學")
        other = self.way_of(fresh).submitted().record.with_user(self.assistant)
        self.assertFalse(other.deferral_text)

    def test_D36_a_term_in_which_the_student_has_left_is_not_deferred(self):
        self.way.second_passed().by_registrar("action_complete")
        for user in (self.assistant, self.registrar):
            self.assertIn("is completed", self.told(user))
        self.way.by_registrar("action_take_back", "Not left yet")
        self.log()

    def test_D37_a_summer_program_counts_summers(self):
        self.program.write({"kind": "summer", "deferral_year": 6})
        self.log()  # seven terms enrolled, seven summers
        self.program.deferral_year = 8
        self.assertIn("year 7", self.told(filed_on="2025-11-06"))

    def test_192_a_term_is_deferred_once_on_paper_too(self):
        self.log()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.log()

    def test_a_form_does_not_come_in_tomorrow(self):
        self.log(filed_on="2025-11-10").write({"revoke_reason": "Mistaken"})
        self.assertIn("after today", self.told(filed_on="2025-11-11"))

    def test_the_day_is_today_unless_it_is_said(self):
        self.assertEqual(str(self.log(filed_on=False).filed_on), "2025-11-10")

    def test_a_term_is_named(self):
        self.assertIn("Name the term", self.told(term_id=False))

    def test_nobody_logs_or_revokes_their_own(self):
        deferral = self.log(self.registrar)
        self.student.partner_id = self.assistant.partner_id
        vals = {"revoke_reason": "Mistaken"}
        told = self.refused(self.assistant, DEFERRAL, "write", deferral.ids, vals)
        self.assertIn("Nobody revokes their own", told)
        self.rpc(self.registrar, DEFERRAL, "write", deferral.ids, vals)
        self.told()
        own = {"student_id": self.student.id, "reason": "Mine"}
        self.refused(self.assistant, DEFERRAL, "create", own)

    def test_staff_of_elsewhere_log_nothing(self):
        for user in (self.other_assistant, self.registrar_day, self.operator):
            self.told(user)

    def test_what_was_logged_is_revoked_with_a_reason_and_never_changed_or_deleted(self):
        deferral = self.log()
        for vals in (
            {"reason": "Other"},
            {"filed_on": "2025-11-01"},
            {"term_id": self.terms["1132"].id},
            {"revoked_at": "2025-11-10 00:00:00"},
            {"revoke_reason": "x", "revoked_by_id": self.registrar.id},
            {"revoke_reason": " "},
            {"revoke_reason": False},
            {},
        ):
            with self.subTest(vals=vals):
                for user in (self.assistant, self.registrar):
                    found = self.outcome(user, DEFERRAL, "write", deferral.ids, vals)
                    self.assertEqual(found, REFUSED)
        self.refused(self.assistant, DEFERRAL, "unlink", deferral.ids)
        with self.assertRaises(UserError):
            deferral.sudo().unlink()
        vals = {"revoke_reason": "Another student's form"}
        found = self.outcome(self.assistant, DEFERRAL, "write", deferral.ids, vals)
        self.assertEqual(found, CHANGED)
        self.rpc(self.assistant, DEFERRAL, "write", deferral.ids, vals)
        told = self.refused(self.assistant, DEFERRAL, "write", deferral.ids, vals)
        self.assertIn("revoked already", told)


@tagged("post_install", "-at_install")
class TestPages(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = window(cls.school, contact_name="Ms Tsai", contact_phone="82203")
        cls.student = cls.new_student("210941001", "王大明")
        cls.day = undergraduate(cls)

    def setUp(self):
        super().setUp()
        self.day = self.day.in_test(self)

    def text(self, address, account):
        self.enter(account)
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def test_191_the_button_leads_to_a_page_that_asks_before_it_declares(self):
        self.assertNotIn(PAGE, self.text("/my/graduation", self.day.account))
        fail(self.day)
        self.assertIn(PAGE, self.text("/my/graduation", self.day.account))
        self.assertIn('name="reason"', self.text(PAGE, self.day.account))
        self.assertFalse(self.env[DEFERRAL].search([]))
        answer = self.post(PAGE, reason="One more year")
        self.assertIn('data-deferred="1"', answer.text)
        self.assertIn("114-11-10", answer.text)
        self.assertNotIn(f'href="{PAGE}"', answer.text)
        self.assertEqual(self.env[DEFERRAL].search([]).student_id, self.fresher)

    def test_a_blank_reason_comes_back_with_the_sentence(self):
        fail(self.day)
        self.enter(self.day.account)
        answer = self.post(PAGE, reason="  ")
        self.assertIn('id="reason_problem"', answer.text)
        self.assertFalse(self.env[DEFERRAL].search([]))

    def test_a_second_click_declares_nothing_more(self):
        fail(self.day)
        self.enter(self.day.account)
        for _click in range(2):
            answer = self.post(PAGE, reason="One more year")
            self.assertTrue(answer.url.endswith("/my/graduation"))
        self.assertEqual(len(self.env[DEFERRAL].search([])), 1)

    def test_192_an_in_service_student_of_year_four_reads_that_it_is_paper_and_whom_to_ask(self):
        account = school_of.account_of(self.student)
        read = self.text("/my/graduation", account)
        self.assertIn('data-paper="1"', read)
        self.assertIn("Ms Tsai", read)
        self.assertNotIn(PAGE, read)
        self.program.deferral_year = 5
        self.assertNotIn('data-paper="1"', self.text("/my/graduation", account))

    def test_who_has_graduated_reads_of_no_deferral_until_it_is_taken_back(self):
        account = school_of.account_of(self.student)
        way = Way(self, self.student).second_passed()
        way.by_registrar("action_complete")
        self.assertNotIn('data-deferral="1"', self.text("/my/graduation", account))
        way.by_registrar("action_take_back", "Mistaken")
        self.assertIn('data-paper="1"', self.text("/my/graduation", account))

    def test_a_revoked_deferral_is_told_with_its_reason(self):
        fail(self.day)
        self.enter(self.day.account)
        self.post(PAGE, reason="One more year")
        self.env[DEFERRAL].search([]).write({"revoke_reason": "Declared by mistake"})
        read = self.text("/my/graduation", self.day.account)
        self.assertIn("Declared by mistake", read)
        self.assertNotIn('data-deferred="1"', read)
        self.assertIn(PAGE, read)

    def test_somebody_who_may_not_declare_is_led_back_to_the_list(self):
        self.enter(school_of.account_of(self.student))
        for answer in (self.url_open(PAGE), self.post(PAGE, reason="One more year")):
            self.assertTrue(answer.url.endswith("/my/graduation"))
        self.enter(self.assistant)
        self.url_open(PAGE)
        self.assertFalse(self.env[DEFERRAL].search([]))
