from ast import literal_eval

from lxml import etree
from odoo.tests import freeze_time, tagged

from .common import APPLICATION, GraduationCase, window

STATISTICS = "ntue.graduation.statistics"
OVERVIEW = "ntue.graduation.overview"


class CountCase(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school, division="day")
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.stranger = cls.new_student("210943003", "他系學生", of_framework=cls.cict_framework)
        cls.undergraduate = cls.new_student("110941004", "日間學生", of_framework=cls.day_framework)

    def one(self, model, user=None):
        """The only row of ``model`` that the user finds."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env[model].with_user(user or self.assistant).search([])
        self.assertEqual(len(rows), 1)
        return rows

    def sums(self, user, *names):
        self.env.flush_all()
        aggregates = [f"{name}:sum" for name in names]
        (found,) = self.env[STATISTICS].with_user(user)._read_group([], [], aggregates)
        return found


@tagged("post_install", "-at_install")
class TestStatistics(CountCase):
    def test_I9_a_draft_is_in_no_number_until_it_was_submitted(self):
        self.way.drafted()
        self.assertFalse(self.env[STATISTICS].search([]))
        self.assertFalse(self.env[OVERVIEW].search([]))
        self.way.submit()
        self.one(STATISTICS)
        self.way.send_back()
        for model in (STATISTICS, OVERVIEW):
            for user in (self.assistant, self.registrar):
                self.one(model, user)

    def test_each_step_is_counted_when_it_is_taken(self):
        names = ("applied", "paper", "first_passed", "second_passed", "completed", "lapsed")
        for step, expected in (
            (self.way.submitted, (1, 0, 0, 0, 0, 0)),
            (self.way.receive, (1, 1, 0, 0, 0, 0)),
            (lambda: self.way.decide().pass_first(), (1, 1, 1, 0, 0, 0)),
            (lambda: self.way.grade(85).pass_second(), (1, 1, 1, 1, 0, 0)),
            (lambda: self.way.by_registrar("action_complete"), (1, 1, 1, 1, 1, 0)),
        ):
            step()
            self.assertEqual(self.sums(self.registrar, *names), expected)

    def test_who_has_graduated_is_not_among_those_who_would(self):
        self.way.second_passed()
        audits = self.env["ntue.audit"].with_user(self.registrar)
        action = self.env.ref("ntue_curriculum.action_audit")
        (default,) = literal_eval(action.context)
        arch = etree.fromstring(audits.get_view(view_type="search")["arch"])
        shown, would = (
            literal_eval(arch.xpath(f"//filter[@name='{name}']/@domain")[0])
            for name in (default.removeprefix("search_default_"), "would_graduate")
        )
        for completed in (False, True):
            if completed:
                self.way.by_registrar("action_complete")
            (self.student | self.fellow)._store_audits()
            self.env.flush_all()
            self.env.invalidate_all()
            known = audits.search([("student_id", "in", (self.student | self.fellow).ids)])
            self.assertEqual(known.filtered("has_graduated").student_id == self.student, completed)
            self.assertIn(self.student, known.filtered("is_met").student_id)
            for domain in (shown, would):
                found = known.filtered_domain(domain) & audits.search(domain)
                self.assertEqual(self.student in found.student_id, not completed)
            self.assertIn(self.fellow, audits.search(shown).student_id)

    def test_what_came_back_and_what_lapsed_is_counted(self):
        self.way.returned().tick("0733", "0812").submit()
        self.assertEqual(self.sums(self.assistant, "returned", "lapsed"), (1, 0))
        with freeze_time("2026-02-14 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.sums(self.assistant, "returned", "lapsed"), (1, 1))

    def test_the_first_review_of_one_that_came_back_begins_from_nothing(self):
        self.way.returned()
        with freeze_time("2025-11-14 04:00:00"):
            self.way.tick("0733", "0812").submit()
        self.assertFalse(self.way.record.first_reviewed_at or self.way.record.first_reviewed_by_id)
        self.assertFalse(self.one(STATISTICS).first_days)

    def test_days_are_counted_by_the_calendar_of_taipei(self):
        with freeze_time("2025-11-10 15:59:00"):  # 23:59 of the 10th
            self.way.submitted()
        with freeze_time("2025-11-10 16:01:00"):  # 0:01 of the 11th
            self.way.receive()
        with freeze_time("2025-11-13 04:00:00"):
            self.way.decide().pass_first().grade(85)
        with freeze_time("2025-11-20 04:00:00"):
            self.way.pass_second()
        row = self.one(STATISTICS)
        self.assertEqual(str(row.submitted_on), "2025-11-10")
        self.assertEqual((row.paper_days, row.first_days, row.second_days), (1, 3, 7))
        (average,) = self.env[STATISTICS]._read_group([], [], ["first_days:avg"])[0]
        self.assertEqual(average, 3)

    def test_a_step_that_was_not_taken_has_no_days_and_spoils_no_average(self):
        with freeze_time("2025-11-07 04:00:00"):
            self.way.submitted()
        self.way.receive().decide().pass_first()
        self.way_of(self.fellow).submitted()
        self.env.flush_all()
        (average,) = self.env[STATISTICS]._read_group([], [], ["first_days:avg"])[0]
        self.assertEqual(average, 3)

    def test_numbers_are_of_whom_one_may_see(self):
        for student in (self.student, self.stranger, self.undergraduate):
            self.way_of(student).submitted()
        for user, count in (
            (self.assistant, 2),
            (self.other_assistant, 1),
            (self.registrar, 2),
            (self.registrar_day, 1),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.sums(user, "applied"), (count,))
                found = self.env[OVERVIEW].with_user(user).search([])
                self.assertEqual(sum(found.mapped("applied")), count)


@tagged("post_install", "-at_install")
class TestOverview(CountCase):
    STEPS = (
        "with_student",
        "waiting_paper",
        "waiting_first",
        "waiting_second",
        "waiting_leave",
        "failed",
        "completed",
        "lapsed",
        "applied",
    )

    def counts(self):
        row = self.one(OVERVIEW, self.registrar)
        return {name for name in self.STEPS if row[name]}

    def test_an_application_stands_at_one_step_at_a_time(self):
        for step, expected in (
            (self.way.submitted, "waiting_paper"),
            (self.way.receive, "waiting_first"),
            (lambda: self.way.decide().pass_first(), "waiting_second"),
            (lambda: self.way.grade(85).pass_second(), "waiting_leave"),
            (lambda: self.way.by_registrar("action_complete"), "completed"),
        ):
            step()
            self.assertEqual(self.counts(), {expected, "applied"})

    def test_what_failed_and_what_lapsed_stands_there(self):
        self.way.submitted().by_assistant("write", {"review_reason": "Missing"})
        self.way.by_assistant("action_fail_first")
        self.assertEqual(self.counts(), {"failed", "applied"})
        with freeze_time("2026-02-14 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.counts(), {"lapsed", "applied"})

    def test_every_count_opens_the_applications_that_it_counts(self):
        self.way.first_passed()
        self.way_of(self.fellow).submitted()
        self.way_of(self.stranger).submitted()
        self.way_of(self.new_student("210941005", "退回者")).returned()
        self.env.flush_all()
        rows = self.env[OVERVIEW].with_user(self.registrar).search([])
        self.assertEqual(len(rows), 2)
        for row in rows:
            for step in self.STEPS:
                action = row.with_context(step=step).action_open()
                found = self.env[action["res_model"]].with_user(self.registrar)
                self.assertEqual(found.search_count(action["domain"]), row[step], step)

    def test_each_of_all_that_applied_is_opened_as_far_as_the_office_may_see_it(self):
        returned = self.way_of(self.fellow).returned()
        self.way.submitted()
        row = self.one(OVERVIEW, self.registrar)
        action = row.with_context(step="applied").action_open()
        rows = self.env[action["res_model"]].with_user(self.registrar).search(action["domain"])
        self.assertEqual(len(rows), row.applied)
        for way in (self.way, returned):
            listed = rows.filtered(lambda one, way=way: one.slip_number == way.record.slip_number)
            there = listed.action_open()
            opened = self.env[there["res_model"]].with_user(self.registrar).browse(there["res_id"])
            self.assertEqual(opened.slip_number, listed.slip_number)
        self.assertFalse(returned.record.with_user(self.registrar).has_access("read"))

    def present(self):
        """The rows that the registrar finds before touching a filter."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = self.env.ref("ntue_graduation.action_overview")
        (chosen,) = literal_eval(action.context)
        arch = etree.fromstring(self.env.ref("ntue_graduation.view_overview_search").arch)
        (choice,) = arch.xpath(f"//filter[@name='{chosen.removeprefix('search_default_')}']")
        rows = self.env[OVERVIEW].with_user(self.registrar)
        return rows.search(literal_eval(choice.get("domain")))

    def test_a_term_in_work_is_there_beside_the_latest_and_one_that_is_over_is_not(self):
        self.way.submitted()
        returned = self.way_of(self.stranger).submitted()
        self.call_back(returned)
        term = self.env["ntue.term"].search([("code", "=", "1142")]) or self.env[
            "ntue.term"
        ].create({"code": "1142", "date_start": "2026-02-01", "date_end": "2026-07-31"})
        days = {"date_open": "2025-12-01", "date_close": "2025-12-20", "date_leave": "2026-07-31"}
        window(self.school, term_id=term.id, **days)
        with freeze_time("2025-12-02 04:00:00"):
            self.way_of(self.fellow).submitted()
            home, other = self.srd, self.cict
            self.assertEqual(self.places(), {("1142", home), ("1141", home), ("1141", other)})
            self.assertEqual(self.present().filtered("is_latest").term_id, term)
            self.way.by_assistant("write", {"review_reason": "Missing"})
            self.way.by_assistant("action_fail_first")
            self.assertEqual(self.places(), {("1142", home), ("1141", other)})

    def call_back(self, way):
        """It is with its student."""
        vals = {"review_reason": "Name differs", "return_deadline": "2025-12-05"}
        for method, *args in (("write", vals), ("action_return",)):
            way.call(self.other_assistant, method, *args)

    def places(self):
        return {(row.term_id.code, row.department_id) for row in self.present()}

    def test_a_step_that_there_is_not_opens_all_of_them(self):
        self.way.submitted()
        row = self.one(OVERVIEW, self.registrar)
        action = row.with_context(step="x").action_open()
        found = self.env[APPLICATION].with_user(self.registrar).search(action["domain"])
        self.assertEqual(found, self.way.record)

    def test_the_latest_term_is_marked(self):
        self.way.submitted()
        self.assertTrue(self.one(OVERVIEW, self.registrar).is_latest)
