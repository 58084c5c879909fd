"""What the notice implies for records and reviews (Part II), and the decisions on them."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation import workflow
from odoo.addons.ntue_graduation.papers.slip import slip
from odoo.addons.ntue_graduation.tests.common import APPLICATION, EVENT, LINE
from odoo.tests import freeze_time, tagged

from .desk import DeskCase

PROGRESS = "/my/progress"


@tagged("post_install", "-at_install")
class TestRecordsAndReviews(DeskCase):
    def earned(self):
        return self.student._case().audit().earned

    def area(self, code):
        self.env.invalidate_all()
        (found,) = [area for area in self.student._case().audit().areas if area.code == code]
        return found

    def test_I3_a_student_keeps_the_framework_unless_staff_rebind_with_a_reason(self):
        other = school_of.publish(school_of.framework(self.school, "SRD-E-110", self.program, 110))
        vals = {"curriculum_id": other.id}
        self.refused(self.account, "ntue.student", "write", self.student.ids, vals)
        self.refused(self.registrar, "ntue.student", "write", self.student.ids, vals)
        vals["correction_reason"] = "轉班"
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.assertEqual(self.student.curriculum_id, other)

    def test_I3_a_published_framework_changes_by_a_revision_with_a_reason_only(self):
        area = self.framework.area_ids[0]
        self.refused(self.registrar, area._name, "write", area.ids, {"min_credits": 3})
        self.refused(
            self.registrar, self.framework._name, "write", self.framework.ids, {"class_name": "x"}
        )

    def test_I4_an_enrolment_keeps_its_own_number_name_and_credits(self):
        row = self.enrolment("0648")
        row.course_id.name = "新名稱"
        self.assertEqual(
            (row.offering_no, row.name, row.credits), ("0648", "環境資源調查與規劃", 3)
        )

    def test_I5_the_three_origins_outside_the_framework_are_kept_apart(self):
        later = school_of.framework(self.school, "SRD-E-114", self.program, 114)
        new = school_of.course(self.school, "SRD099", "韌性城市專題")
        later.line_ids[0].copy({"course_id": new.id, "name": new.name})
        later.action_publish()
        self.enrol("1141", "0999", "SRD099", "韌性城市專題", 3, 90)
        numbers = {row.id: row.offering_no for row in self.student.enrollment_ids}
        origins = {
            numbers[row.key]: row.origin.value
            for row in self.student._case().audit().enrolments
            if row.origin
        }
        self.assertEqual(
            origins,
            {"0733": "other_department", "0812": "off_campus", "0999": "other_entry_year"},
        )

    def test_I6_a_tick_is_a_proposal_and_a_recognition_has_an_author(self):
        self.way.reviewed()
        self.assertFalse(self.student.recognition_ids)
        self.way.pass_first()
        self.assertEqual(self.student.recognition_ids.author_id, self.assistant)
        self.assertEqual(set(self.student.recognition_ids.mapped("term_id.code")), {"1141"})

    def test_I7_a_later_grade_leaves_the_snapshot_alone_and_moves_the_live_audit(self):
        self.way.submitted()
        before = slip(self.way.record)
        self.way.grade(60)
        self.assertEqual(slip(self.way.record), before)
        self.assertFalse(self.way.record._audit(final=True).met)

    def test_I9_148_151_152_a_draft_is_seen_by_its_owner_only(self):
        self.way.drafted()
        for user in (self.assistant, self.registrar):
            with self.subTest(user=user.login):
                self.assertEqual(self.rpc(user, APPLICATION, "search_count", []), 0)
                self.refused(user, APPLICATION, "read", self.way.record.ids, ["tick_ids"])
        self.assertEqual(self.rpc(self.account, APPLICATION, "search_count", []), 1)

    def test_I10_150_saving_a_draft_tells_nobody(self):
        watched = ("mail.mail", "mail.activity", "mail.message")
        before = [self.env[name].search_count([]) for name in watched]
        self.way.drafted()
        self.assertEqual([self.env[name].search_count([]) for name in watched], before)

    def test_I13_D21_ticks_count_from_the_first_review_on_and_not_before(self):
        for step, earned in (
            (self.way.drafted, 24),
            (self.way.submit, 24),
            (self.way.receive, 24),
            (self.way.decide, 24),
            (self.way.pass_first, 30),
        ):
            step()
            self.assertEqual(self.earned(), earned)

    def test_D19_a_course_mapped_to_an_area_counts_there_and_uses_no_limit(self):
        area = self.framework.area_ids.filtered(lambda row: row.code == "B")
        self.way.submitted().receive()
        self.way.decide(no_0733={"decision": "mapped", "mapped_area_id": area.id})
        self.way.pass_first()
        self.assertEqual(self.area("B").taken, 9)
        (use, _off_campus) = self.student._case().audit().flexible
        self.assertEqual(use.used, 3)

    def test_D24_the_states_have_the_words_of_the_notice(self):
        fields = self.env[APPLICATION].with_context(lang="zh_TW")._fields
        env = self.env(context={"lang": "zh_TW"})
        words = dict(fields["state"]._description_selection(env))
        self.assertEqual(
            [words[name] for name in ("draft", "submitted", "lapsed", "completed")],
            ["暫存", "已送出", "已失效", "已完成"],
        )
        words = dict(fields["first_review"]._description_selection(env))
        self.assertEqual(
            [words[name] for name in ("pending", "passed", "failed", "returned")],
            ["待審核", "通過", "不通過", "退回修正"],
        )

    def test_D27_the_first_review_waits_for_the_paper(self):
        self.way.submitted().decide()
        self.refused(self.assistant, APPLICATION, "action_pass_first", self.way.record.ids)
        self.way.receive().pass_first()

    def test_D28_184_the_second_review_waits_for_every_grade_and_reads_what_is_passed(self):
        self.way.first_passed()
        self.refused(self.registrar, APPLICATION, "action_pass_second", self.way.record.ids)
        self.way.grade(70).pass_second()
        self.assertEqual(self.way.position(), "submitted/passed/passed")

    def test_D28_a_passed_grade_is_asked_for_and_only_of_what_counts(self):
        self.enrol("1141", "0998", "CICT102", "與畢業無關的課", 2, None)
        self.way.first_passed()
        call = (self.registrar, APPLICATION, "action_pass_second", self.way.record.ids)
        with self.undone():
            self.way.grade(69)
            self.refused(*call)
        self.assertIn("碩士論文", self.refused(*call))
        with self.undone():
            self.way.grade(70).pass_second()
        # Not needed, and used all the same: one waits for its grade.
        self.enrol("1141", "0997", "SRD003", "社會統計與資料分析", 3, None)
        self.way.grade(70)
        self.assertIn("社會統計與資料分析", self.refused(*call))
        self.way.grade(60, "0997").pass_second()

    def test_D29_179_a_course_in_progress_hinders_no_first_review(self):
        self.way.reviewed().pass_first()
        self.assertEqual(self.way.record.first_review, "passed")

    def test_D31_186_187_what_is_not_completed_by_the_leaving_date_lapses(self):
        self.way.first_passed()
        with freeze_time("2026-02-13 15:00:00"):
            self.env[APPLICATION]._lapse_overdue()
            self.assertEqual(self.way.record.state, "submitted")
        with freeze_time("2026-02-13 17:00:00"):
            self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.record.state, "lapsed")

    def test_D34_the_student_number_decides_nothing(self):
        self.student.student_no = "110999999"
        self.assertEqual(self.student.division, "continuing")
        self.assertEqual(self.student.entry_year, 109)
        self.assertEqual(self.earned(), 24)

    def test_D39_182_any_assistant_of_the_department_reviews(self):
        new = school_of.user(self.env, "second@staff.example.com", school_of.GROUPS["assistant"])
        self.way.reviewed()
        self.assertEqual(self.rpc(new, APPLICATION, "search_count", []), 0)
        self.srd.assistant_ids |= new
        self.rpc(new, APPLICATION, "action_pass_first", self.way.record.ids)
        self.assertEqual(self.way.record.first_reviewed_by_id, new)

    def test_D41_a_subject_that_gives_no_graduation_credits_counts_in_its_area_only(self):
        line = self.framework.line_ids.filtered(lambda row: row.name == "碩士論文")
        line._write({"counts_in_total": False})
        self.env.registry.clear_cache()
        self.assertEqual(self.area("D").taken, 4)
        self.assertEqual(self.student._case().audit().taken, 24)

    def test_D50_the_tick_is_a_check_mark(self):
        tree = self.page(PROGRESS)
        self.see("\u2713", self.one(tree, "[data-area=A]"))

    def test_185_each_review_has_a_state_of_its_own_that_begins_as_waiting(self):
        self.way.submitted()
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertEqual({"first", "second"}, set(workflow.Position._fields) - {"state"})

    def test_I9_the_log_of_a_draft_is_empty(self):
        self.way.drafted()
        self.assertEqual(self.env[EVENT].search_count([]), 0)
        self.assertEqual(self.env[LINE].search_count([]), 0)
