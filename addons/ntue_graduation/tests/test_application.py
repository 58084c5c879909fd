from odoo.addons.ntue_curriculum.pages.progress import progress
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..pages import draft
from ..pages.applications import applications_page
from ..pages.check import check_version, submit_checked
from ..pages.form import form
from .common import APPLICATION, TICKABLE, GraduationCase, Way, window

EDGES = (
    ("2025-10-26 15:59:59", False),  # the last second of 26 October in Taipei
    ("2025-10-26 16:00:00", True),  # 27 October, 00:00
    ("2025-11-10 04:00:00", True),
    ("2025-11-21 15:59:59", True),  # the last second of 21 November
    ("2025-11-21 16:00:00", False),  # 22 November, 00:00
)


@tagged("post_install", "-at_install")
class TestStart(GraduationCase):
    """新增: who may start an application, and when."""

    def refusal(self, way=None):
        way = way or self.way
        vals = {"student_id": way.student.id}
        return self.refused(way.account, APPLICATION, "create", vals)

    def test_D14_the_window_is_open_from_the_first_to_the_last_second_in_taipei(self):
        for moment, allowed in EDGES:
            with self.subTest(moment=moment), freeze_time(moment), self.undone():
                if allowed:
                    self.way.start()
                else:
                    self.assertIn("from 114-10-27 to 114-11-21", self.refusal())

    def test_D14_the_window_holds_at_submission_too(self):
        self.way.drafted()
        for moment, allowed in EDGES:
            with self.subTest(moment=moment), freeze_time(moment), self.undone():
                if allowed:
                    self.way.submit()
                else:
                    ids = self.way.record.ids
                    told = self.refused(self.way.account, APPLICATION, "action_submit", ids)
                    self.assertIn("from 114-10-27 to 114-11-21", told)

    def test_I8_there_is_one_application_a_student_and_term(self):
        self.way.start()
        self.assertIn("for this term already", self.refusal())
        again = self.student.with_user(self.way.account)._start_application()
        self.assertEqual(again, self.way.record, "新增 opens the one that exists")

    @mute_logger("odoo.sql_db")
    def test_I8_the_database_itself_takes_no_second_one(self):
        """By another window of the same term too; two clicks at once do not slip through."""
        self.way.start()
        weekend = window(self.school, kind="weekend")
        for window_id in (self.window.id, weekend.id):
            with self.undone(), self.assertRaisesRegex(Exception, "unique constraint"):
                self.env.cr.execute(
                    "INSERT INTO ntue_graduation_application"
                    " (student_id, window_id, term_id, state, first_review, second_review)"
                    " VALUES (%s, %s, %s, 'draft', 'pending', 'pending')",
                    (self.student.id, window_id, self.terms["1141"].id),
                )

    def test_9_two_enrolled_terms_are_needed_and_leave_does_not_count(self):
        new = Way(self, self.new_student("211442004", "新生", enrolled=("1141",)))
        self.assertIn("enrolled for 1 terms; 2 are needed", self.refusal(new))
        self.student.term_ids.filtered(lambda row: row.status == "enrolled")[2:].status = "leave"
        self.way.start()

    def test_D15_terms_after_the_one_of_the_application_do_not_count(self):
        later = self.env["ntue.term"].create({"code": "1142"})
        new = self.new_student("211442005", "新生", enrolled=("1141",))
        new.term_ids.create({"student_id": new.id, "term_id": later.id})
        self.assertIn("enrolled for 1 terms", self.refusal(Way(self, new)))

    def test_12_a_program_sets_its_own_number_of_terms(self):
        self.program.min_enrolled_terms = 8
        self.assertIn("enrolled for 7 terms; 8 are needed", self.refusal())
        self.program.min_enrolled_terms = 7
        self.way.start()

    def test_188_nobody_applies_beyond_the_study_limit(self):
        self.program.max_years = 3
        self.assertIn("study period of 3 years is over", self.refusal())
        for limit in (0, 4):
            with self.undone():
                self.program.max_years = limit
                self.way.start()

    def test_1_a_window_speaks_to_its_own_division_and_kind_only(self):
        for values in ({"division": "day"}, {"kind": "summer"}):
            with self.subTest(values=values), self.undone():
                self.window.write(values)
                self.assertIn("No application period has been announced", self.refusal())

    def test_a_window_of_the_own_kind_goes_before_that_of_the_whole_division(self):
        window(self.school, kind="evening", date_close="2025-11-09")
        self.way.start()
        self.assertEqual(self.way.record.window_id, self.window, "an open one goes first")
        self.way.by_student("unlink")
        self.env["ntue.graduation.window"].search([("kind", "=", "evening")]).unlink()
        own = window(self.school, kind="evening")
        self.assertEqual(Way(self, self.student).start().record.window_id, own)

    def test_13_an_application_of_an_earlier_term_does_not_stand_in_the_way(self):
        """Nor does it help: it has to be made anew (189)."""
        self.window.write(
            {
                "term_id": self.terms["1132"].id,
                "date_open": "2025-03-01",
                "date_close": "2025-03-31",
                "date_leave": "2025-07-31",
            }
        )
        with freeze_time("2025-03-10 04:00:00"):
            old = Way(self, self.student).first_passed()
        with freeze_time("2025-08-01 04:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(old.record.state, "lapsed")
        window(self.school)
        new = self.way.start().record
        self.assertFalse(new.tick_ids)
        self.assertEqual(new._audit().recognised, 0, "another term's recognition (D20)")
        self.assertEqual(
            set(form(new)["before"]),
            {school_of.enrolment(self.student, number).id for number in TICKABLE},
        )
        self.assertEqual(progress(self.student)["result"].earned, 30, "still shown (D20)")

    def test_118_who_never_applied_is_shown_each_term_after_the_normal_ones(self):
        rows = applications_page(self.student)["rows"]
        self.assertEqual([row.term.code for row in rows], ["1141", "1132", "1131"])
        self.assertFalse(any(row.application for row in rows))
        self.way.start()
        rows = applications_page(self.student)["rows"]
        self.assertEqual([row.application for row in rows], [self.way.record])

    def test_121_a_prospective_graduate_who_never_applied_has_an_empty_list(self):
        new = self.new_student("211342001", "應屆", enrolled=("1132", "1141"))
        self.assertEqual(applications_page(new)["rows"], [])


@tagged("post_install", "-at_install")
class TestTicks(GraduationCase):
    """Flexible courses: what may be ticked under each kind of rule (D17)."""

    def way_under(self, rules, number, *extra):
        """A student under a framework with ``rules`` and further courses from elsewhere."""
        code = f"SRD-E-{number}"
        made = school_of.framework(self.school, code, self.program, rules=rules)
        student = self.new_student(number, "規則", of_framework=school_of.publish(made))
        for row in extra:
            school_of.enrol(self.school, student, *row)
        return Way(self, student).start()

    def tick_refused(self, way, *numbers):
        vals = {"tick_ids": way.ticks(*numbers)}
        return self.refused(way.account, APPLICATION, "write", way.record.ids, vals)

    def test_138_ticks_beyond_the_cap_are_refused(self):
        way = self.way_under(
            school_of.RULE_F1, "210941101", ("1131", "0744", "CICT102", "教育社會學", 3, 80)
        )
        told = self.tick_refused(way, "0733", "0744", "0812")
        self.assertIn("9 credits are ticked (All origins), and at most 6 credits may be", told)
        way.tick("0733", "0744")

    def test_D17_a_cap_of_one_origin_lies_inside_the_whole(self):
        way = self.way_under(
            school_of.RULE_F1, "210941102", ("1131", "0813", "X813", "城市史", 2, 80)
        )
        school_of.enrolment(way.student, "0813").school = "他校大學"
        told = self.tick_refused(way, "0812", "0813")
        self.assertIn("5 credits are ticked (Off campus), and at most 3 credits may be", told)
        self.assertNotIn("All origins", told)
        way.tick("0733", "0812")

    def test_a_third_cross_course_is_refused_when_the_cap_counts_courses(self):
        rules = ({"origin": "all", "unit": "courses", "limit": 2},)
        way = self.way_under(rules, "210941103", ("1131", "0744", "CICT102", "教育社會學", 1, 80))
        told = self.tick_refused(way, "0733", "0744", "0812")
        self.assertIn("3 courses are ticked (All origins), and at most 2 courses may be", told)
        way.tick("0733", "0744")

    def test_114_a_course_without_prior_approval_is_refused_where_it_is_asked_for(self):
        way = self.way_under(school_of.RULE_F2, "210941104")
        told = self.tick_refused(way, "0733")
        self.assertIn("has not approved 課程理論研究 beforehand", told)
        self.rpc(
            self.assistant,
            "ntue.recognition",
            "create",
            {
                "student_id": way.student.id,
                "enrollment_id": school_of.enrolment(way.student, "0733").id,
                "kind": "prior_approval",
            },
        )
        way.tick("0733")
        self.assertIn("都市治理專題", self.tick_refused(way, "0733", "0812"))

    def test_D17_a_cap_may_be_a_share_of_the_graduation_credits(self):
        """A quarter of 32 is 8; a course of another entry year uses none of it."""
        way = self.way_under(
            school_of.RULE_F3,
            "210941105",
            ("1131", "0744", "CICT102", "教育社會學", 3, 80),
            ("1131", "0745", "SRD099", "韌性城市專題", 3, 80),
        )
        told = self.tick_refused(way, "0733", "0744", "0812")
        self.assertIn("9 credits are ticked (All origins), and at most 8 credits may be", told)
        way.tick("0733", "0744", "0745")

    def test_D17_without_a_rule_there_is_no_limit(self):
        way = self.way_under((), "210941106", ("1131", "0744", "CICT102", "教育社會學", 9, 80))
        way.tick("0733", "0744", "0812")

    def test_D18_a_course_in_progress_may_be_ticked(self):
        way = self.way_under(
            school_of.RULE_F1, "210941107", ("1141", "0950", "CICT103", "修習中", 3, None)
        )
        way.tick("0733", "0950")

    def test_D10_what_differs_from_the_saved_draft_is_not_submitted(self):
        self.way.drafted()
        record = self.way.record.with_user(self.way.account)
        shown = school_of.enrolment(self.student, "0733").ids
        (told,) = draft.differs_from_saved(record, shown, {})
        self.assertIn("differs from the draft that is saved", told)
        self.assertEqual(draft.differs_from_saved(record, record.tick_ids.ids, {}), [])
        (told,) = submit_checked(record, "of another page", False)
        self.assertIn("Something has changed", told)
        self.assertEqual(record.state, "draft")
        self.assertEqual(submit_checked(record, check_version(record), False), [])
        self.assertEqual(record.state, "submitted")

    def test_a_refused_save_leaves_the_saved_draft_as_it_was(self):
        self.way.drafted()
        record = self.way.record.with_user(self.way.account)
        failed = school_of.enrolment(self.student, "0650").ids
        self.assertTrue(draft.save(record, failed, draft.version(record)))
        self.assertEqual(set(record.tick_ids.mapped("offering_no")), {*TICKABLE})

    def test_D30_a_ticked_course_that_fails_later_breaks_no_page(self):
        """Of the student, who has to untick it, and of the staff, who sees it in a list."""
        way = self.way_under(
            school_of.RULE_F1, "210941108", ("1141", "0950", "CICT103", "修習中", 3, None)
        )
        way.tick("0733", "0950")
        with self.undone():
            way.grade(50, "0950")
            record = way.record.with_user(way.account)
            self.assertTrue(form(record)["draft"])
            way.tick("0733")
        way.submit().grade(50, "0950")
        fields = ["expected_credits", "areas_text", "missing_text"]
        (found,) = self.rpc(self.assistant, APPLICATION, "search_read", [], fields)
        self.assertEqual(found["expected_credits"], 31)

    def test_a_tick_that_is_mapped_meanwhile_breaks_no_page(self):
        self.way.drafted()
        self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": school_of.enrolment(self.student, "0733").id,
                "kind": "mapped",
                "area_id": self.framework.area_ids[0].id,
            }
        )
        record = self.way.record.with_user(self.way.account)
        self.assertTrue(form(record)["draft"])
        with self.assertRaises(UserError):
            self.way.submit()
        self.way.tick("0812").submit()
