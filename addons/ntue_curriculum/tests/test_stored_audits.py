from unittest.mock import patch

from odoo.tests import Form, tagged
from psycopg2.errors import SerializationFailure

from . import school as school_of
from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestStoredAudits(SchoolCase):
    """Audits are stored, say what they were made from, and are made again when that changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.make_due()
        cls.audit = cls.student.audit_ids

    @classmethod
    def make_due(cls):
        """Run the cron's work; a test's transaction cannot be committed."""
        cron = type(cls.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            cls.env["ntue.audit"]._make_due()

    def thesis(self):
        return school_of.enrolment(self.student, "0901")

    def test_a_stored_audit_says_the_figures_and_what_it_was_made_from(self):
        audit = self.audit
        self.assertEqual((audit.taken, audit.earned, audit.in_progress), (28, 24, 4))
        self.assertEqual((audit.missing_credits, audit.courses_short), (4, 1))
        self.assertEqual((audit.areas_met, audit.areas_total, audit.is_met), (4, 4, False))
        self.assertEqual(audit.curriculum_revision, self.student.curriculum_id.revision)
        self.assertFalse(audit.is_stale)
        self.assertEqual(len(audit.input_hash), 64)

    def test_a_grade_puts_the_audit_out_of_date_and_the_cron_makes_it_again(self):
        before = self.audit.input_hash
        self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
        self.assertTrue(self.audit.is_stale)
        self.assertEqual(self.audit.earned, 24)
        self.make_due()
        self.assertEqual(self.student.audit_ids, self.audit)
        self.assertEqual((self.audit.earned, self.audit.is_stale), (28, False))
        self.assertNotEqual(self.audit.input_hash, before)

    def test_a_batch_at_which_somebody_took_a_step_is_made_again(self):
        self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
        self.env.flush_all()
        meets, back = [SerializationFailure()], []

        def tell(_self):
            if meets:
                raise meets.pop()

        with (
            patch.object(type(self.env["ntue.audit.run"]), "_tell_progress", tell),
            patch.object(self.env.cr, "rollback", lambda: back.append(True)),
        ):
            self.make_due()
        self.assertEqual((meets, back), ([], [True]))
        self.assertEqual((self.audit.earned, self.audit.is_stale), (28, False))

    def test_an_audit_that_somebody_else_makes_meanwhile_is_no_work_that_is_left(self):
        """Else Odoo warns of a job that has something to do and does nothing."""
        self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
        self.env.flush_all()
        told = []

        def committed(_cron, _processed=0, *, remaining=None):
            if not told:
                self.student._store_audits()
            told.append(remaining)
            return 60.0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", committed):
            self.env["ntue.audit"]._make_due()
        self.assertGreater(told[0], 0)
        self.assertEqual(told[1:], [0])
        self.assertFalse(self.audit.is_stale)

    def test_a_change_that_comes_while_an_audit_is_made_has_it_made_again(self):
        store = type(self.env["ntue.student"])
        read = store._student_columns

        def reading(students):
            columns = read(students)
            self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
            return columns

        with patch.object(store, "_student_columns", reading):
            self.student._store_audits()
        self.assertTrue(self.audit.is_stale)
        self.make_due()
        self.assertEqual((self.audit.earned, self.audit.is_stale), (28, False))

    def test_the_filter_finds_what_is_out_of_date_and_what_is_not(self):
        self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
        audits = self.env["ntue.audit"].with_user(self.assistant)
        self.assertIn(self.audit, audits.search([("is_stale", "=", True)]))
        self.assertNotIn(self.audit, audits.search([("is_stale", "=", False)]))
        self.make_due()
        self.assertNotIn(self.audit, audits.search([("is_stale", "=", True)]))
        self.assertIn(self.audit, audits.search([("is_stale", "=", False)]))

    def test_many_changes_of_a_student_whom_the_job_leaves_out_are_kept_as_one(self):
        self.student.active = False
        for score in (70, 71):
            self.thesis().write({"score": score})
        due = self.env["ntue.audit.due"]
        own = [("student_id", "=", self.student.id)]
        self.assertGreater(due.search_count(own), 1)
        due._gc_repeated()
        self.assertEqual(due.search_count(own), 1)

    def test_what_no_audit_reads_leaves_it_as_it_is(self):
        self.thesis().write({"note": "口試通過"})
        self.student.write({"mobile": "0900-000-999"})
        self.assertFalse(self.audit.is_stale)

    def test_a_decision_and_its_withdrawal_each_put_the_audit_out_of_date(self):
        recognition = self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": school_of.enrolment(self.student, "0733").id,
                "kind": "flexible",
            }
        )
        self.assertTrue(self.audit.is_stale)
        self.make_due()
        self.assertEqual(self.audit.recognised, 3)
        recognition.unlink()
        self.assertTrue(self.audit.is_stale)

    def test_a_new_revision_of_the_framework_puts_the_audits_of_its_students_out_of_date(self):
        draft = self.student.curriculum_id._start_revision("委員會決議")
        self.assertFalse(self.audit.is_stale)
        draft.action_publish()
        self.assertTrue(self.audit.is_stale)
        self.make_due()
        self.assertEqual((self.audit.curriculum_revision, self.audit.curriculum_id), (2, draft))

    def test_a_stored_audit_says_how_fresh_it_is_and_one_of_an_older_engine_is_made_again(self):
        self.assertEqual(self.audit.freshness, "fresh")
        self.audit.engine_version = 0
        self.assertEqual(self.audit.freshness, "engine")
        self.make_due()
        self.assertEqual(self.audit.freshness, "fresh")
        self.thesis().write({"state": "passed", "is_graded": True, "score": 70})
        self.assertEqual(self.audit.freshness, "changed")

    def test_a_row_of_the_list_opens_the_students_form_with_the_audit(self):
        action = self.rpc(self.assistant, "ntue.audit", "action_open_student", self.audit.ids)
        self.assertEqual(action["res_id"], self.student.id)
        (shown,) = self.rpc(
            self.assistant, "ntue.student", "read", [action["res_id"]], ["audit_panel"]
        )
        self.assertIn("研究方法領域", shown["audit_panel"])

    def test_a_run_of_a_program_audits_its_students_and_tells_how_far_it_is(self):
        run = self.env["ntue.audit.run"].create({"program_id": self.student.program_id.id})
        self.assertEqual((run.state, run.percent), ("waiting", 0))
        before = self.audit.computed_at
        self.make_due()
        self.assertEqual((run.state, run.percent), ("done", 100))
        self.assertEqual(run.done, run.total)
        self.assertGreaterEqual(self.audit.computed_at, before)
        self.assertFalse(self.audit.is_stale)

    def test_a_course_made_equivalent_puts_the_audits_out_of_date_with_the_next_revision(self):
        written = school_of.enrolment(self.student, "0733")
        school_of.enrolment(self.student, "0650").course_id.equivalent_ids = written.course_id
        self.assertFalse(self.audit.is_stale)
        self.framework._start_revision("Meeting 3").action_publish()
        self.assertTrue(self.audit.is_stale)
        self.make_due()
        self.assertEqual(self.audit.taken, 31)

    def test_a_study_limit_and_the_years_for_reference_put_the_audits_out_of_date(self):
        self.assertFalse(self.audit.over_limit)
        self.student.program_id.max_years = 3
        self.make_due()
        self.assertTrue(self.audit.over_limit)
        self.env["res.config.settings"].create({"ntue_reference_only_year": 109}).execute()
        self.make_due()
        self.assertTrue(self.audit.needs_hand_check)

    def test_a_stored_audit_says_in_words_how_much_is_missing(self):
        self.assertEqual(self.audit.standing, "one_short")
        self.thesis().write({"state": "failed", "is_graded": True, "score": 60})
        self.make_due()
        self.assertEqual((self.audit.courses_short, self.audit.standing), (2, "short"))

    def test_A41_who_lacks_a_milestone_alone_lacks_no_course_and_is_found_by_a_filter(self):
        for offering in ("0733", "0812"):
            self.env["ntue.recognition"].create(
                {
                    "student_id": self.student.id,
                    "enrollment_id": school_of.enrolment(self.student, offering).id,
                    "kind": "flexible",
                }
            )
        self.make_due()
        self.assertEqual(self.audit.standing, "met")
        school_of.milestone(self.student.curriculum_id)
        self.student._store_audits()
        self.assertFalse(self.audit.is_met)
        self.assertEqual((self.audit.courses_short, self.audit.standing), (0, "milestone"))
        self.assertIn(self.audit, self.env["ntue.audit"].search([("standing", "=", "milestone")]))

    def test_a_score_suggests_the_state_it_means(self):
        thesis = self.thesis()
        form = Form(thesis)
        form.is_graded = True
        form.score = 70
        self.assertEqual(form.state, "passed")
        form.score = 69.5
        self.assertEqual(form.state, "failed")
        form.is_graded = False
        self.assertEqual(form.state, "in_progress")

    def test_a_course_made_equivalent_counts_once_published_although_frameworks_are_kept_ready(
        self,
    ):
        written = school_of.enrolment(self.student, "0733")
        subject = school_of.enrolment(self.student, "0650").course_id
        self.assertEqual(self.student._case().audit().taken, 28)
        subject.equivalent_ids = written.course_id
        self.assertEqual(self.student._case().audit().taken, 28)
        self.framework._start_revision("Meeting 3").action_publish()
        self.assertEqual(self.student._case().audit().taken, 31)
