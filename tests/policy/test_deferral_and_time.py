"""Section H, its end: what lapses, what fails later, and who stays on (延畢)."""

from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.tests.common import APPLICATION, TICKABLE, Way, window
from odoo.tests import freeze_time, tagged

from .applying import LIST
from .reviewing import ReviewCase

DEFERRAL = "ntue.graduation.deferral"
PAGE = f"{LIST}/deferral"
SHORT = [("is_short", "=", True)]
PAST = "2026-02-14 04:00:00"
"""The day after the final leaving date, at noon."""


@tagged("post_install", "-at_install")
class TestTime(ReviewCase):
    def lapse(self):
        """What the nightly job does, as it does it."""
        self.env.ref("ntue_graduation.cron_lapse").method_direct_trigger()
        self.env.invalidate_all()

    def next_term(self):
        """The window of 1142."""
        term = self.env["ntue.term"].create(
            {"code": "1142", "date_start": "2026-02-01", "date_end": "2026-07-31"}
        )
        days = {"date_open": "2026-03-01", "date_close": "2026-04-01", "date_leave": "2026-07-31"}
        return self.window.copy({"term_id": term.id, **days})

    def test_D31_a_job_of_every_night_does_it(self):
        job = self.env.ref("ntue_graduation.cron_lapse")
        self.assertTrue(job.active)
        self.assertEqual((job.interval_number, job.interval_type), (1, "days"))
        self.assertEqual(job.nextcall.hour, 16)  # UTC: just after midnight in Taipei

    def test_D31_187_only_what_is_completed_outlasts_the_final_leaving_date(self):
        for name, step in (
            ("draft", self.way.drafted),
            ("submitted", lambda: self.way.submit().receive().decide()),
            ("passed", self.way.pass_first),
            ("passed twice", lambda: self.way.grade(85).pass_second()),
        ):
            step()
            with self.subTest(stands=name), self.undone(), freeze_time(PAST):
                self.lapse()
                self.assertEqual(self.way.record.state, "lapsed")
        self.way.by_registrar("action_complete")
        with freeze_time(PAST):
            self.lapse()
        self.assertEqual(self.way.record.state, "completed")

    def test_D31_what_has_lapsed_is_told_can_be_read_and_goes_no_further(self):
        self.way.second_passed()
        with freeze_time(PAST):
            mail = self.mailed(self.lapse)
            self.assertEqual(mail.recipient_ids, self.student.partner_id)
            self.refuse(self.others(), "action_complete")
            self.refuse(self.others(), "action_take_back", "理由")
            self.see("已失效", self.row())
            self.page(f"{LIST}/{self.way.record.id}")
            self.assertEqual(self.read(self.assistant, "first_review"), ["passed"])

    def test_186_187_189_the_next_term_begins_anew(self):
        area = self.framework.area_ids.filtered(lambda row: row.code == "B")
        self.way.submitted().receive()
        self.way.decide(no_0733={"decision": "mapped", "mapped_area_id": area.id}).pass_first()
        self.next_term()
        with freeze_time("2026-03-10 04:00:00"):
            self.lapse()
            again = Way(self, self.student).start()
            self.assertEqual(again.position(), "draft/pending/pending")
            self.assertFalse(again.record.tick_ids)
            self.refused(self.account, APPLICATION, "action_submit", again.record.ids)
            again.tick("0812").submit()
            self.assertEqual(again.position(), "submitted/pending/pending")
            self.assertFalse(again.record.paper_received_on)
            self.assertEqual(set(again.record.line_ids.mapped("decision")), {"pending"})

    def test_187_without_leaving_a_term_passes_and_one_applies_again(self):
        self.next_term()
        with freeze_time("2026-03-10 04:00:00"):
            Way(self, self.student).start().tick(*TICKABLE).submit()

    def test_188_beyond_the_study_period_nobody_applies(self):
        vals = {"student_id": self.student.id}
        with self.undone():
            self.rpc(self.account, APPLICATION, "create", vals)
        self.program.max_years = 3  # it is the fourth
        context = {"lang": "zh_TW"}
        told = self.refused(self.account, APPLICATION, "create", vals, context=context)
        self.assertIn("3 年的修業年限", told)

    def test_D32_an_extension_granted_for_a_reason_lets_the_student_apply(self):
        self.program.max_years = 3  # it is the fourth
        call = (APPLICATION, "create", {"student_id": self.student.id})
        self.refused(self.account, *call)
        grant = (self.student._name, "write", self.student.ids)
        self.refused(self.account, *grant, {"extension_years": 1})
        self.refused(self.registrar, *grant, {"extension_years": 1})
        given = {"extension_years": 1, "correction_reason": "On leave with the child"}
        self.rpc(self.registrar, *grant, given)
        self.rpc(self.account, *call)

    def test_I9_what_was_changed_after_a_return_and_never_sent_stays_unseen(self):
        ticked = self.way.submitted().record.tick_ids
        self.way.send_back()
        self.way.tick()
        self.assertFalse(self.way.record.tick_ids)
        with freeze_time(PAST):
            self.lapse()
        self.assertEqual(self.way.record.with_user(self.assistant).tick_ids, ticked)

    def restate(self):
        """What the job of the stored audits does after grades have come in."""
        job = type(self.env["ir.cron"])  # a test's transaction cannot be committed
        with patch.object(job, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env["ntue.audit"]._make_due()
        self.env.invalidate_all()

    def test_D30_a_course_that_fails_later_is_flagged_to_both_desks_and_decides_nothing(self):
        self.way.first_passed()
        self.restate()
        kept = self.way.record.read(["first_review", "first_reviewed_by_id", "first_reviewed_at"])
        recognised = self.student.recognition_ids
        for user in (self.assistant, self.registrar):
            self.assertNotIn("不足", self.read(user, "findings")[0])
        self.way.grade(50)
        self.restate()
        for user in (self.assistant, self.registrar):
            self.assertEqual(self.rpc(user, APPLICATION, "search", SHORT), self.ids)
            self.assertIn("不足", self.read(user, "findings")[0])
            self.assertIn(user, self.way.record.activity_ids.user_id)
        told = self.way.record.activity_ids.user_id
        self.assertFalse(told & (self.other_assistant | self.registrar_day | self.account))
        self.assertEqual(self.way.record.read(list(kept[0])[1:]), kept)
        self.assertEqual(self.student.recognition_ids, recognised)
        self.assertEqual(self.way.record.event_ids[-1].action, "found_short")

    def test_D30_a_grade_that_is_a_pass_flags_nothing(self):
        self.way.first_passed()
        self.way.grade(85)
        self.restate()
        self.assertEqual(self.rpc(self.registrar, APPLICATION, "search", SHORT), [])
        self.assertFalse(self.way.record.activity_ids)


class DeferralCase(ReviewCase):
    def declare(self, **values):
        """The student's own word for it, over RPC."""
        vals = {"student_id": self.student.id, "reason": "重修論文", **values}
        return self.rpc(self.account, DEFERRAL, "create", vals)

    def declares(self):
        vals = {"student_id": self.student.id, "reason": "重修論文"}
        return self.outcome(self.account, DEFERRAL, "create", vals) == "changed"

    def offered(self):
        """Whether the list leads to the page that declares it."""
        return bool(self.page(LIST).cssselect(f"a[href='{PAGE}']"))


@tagged("post_install", "-at_install")
class TestOnLine(DeferralCase):
    """A daytime undergraduate whose review has not passed; one thing changed in each test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school, division="day")
        cls.student = cls.new_student("411243001", "日間學生", of_framework=cls.day_framework)
        cls.account = school_of.account_of(cls.student)
        cls.account.lang = cls.registrar_day.lang = "zh_TW"
        cls.way = Way(cls, cls.student)

    def failed(self):
        self.way.submitted().by_assistant("write", {"review_reason": "學分不足"})
        self.way.by_assistant("action_fail_first")

    def assert_offered(self, offered):
        self.assertEqual((self.offered(), self.declares()), (offered, offered))

    def test_191_D36_it_is_declared_on_line_and_seen_by_the_departments_staff(self):
        self.failed()
        self.assert_offered(True)
        self.post(PAGE, reason="重修論文")
        self.see("已申請延畢的學期： 114-1", self.page(LIST))
        self.assertFalse(self.offered())
        for user, seen in (
            (self.assistant, 1),
            (self.registrar_day, 1),
            (self.other_assistant, 0),
            (self.registrar, 0),
        ):
            self.assertEqual(self.rpc(user, DEFERRAL, "search_count", []), seen)

    def test_191_D36_not_before_a_review_has_failed(self):
        self.assert_offered(False)
        self.way.reviewed()
        self.assert_offered(False)
        self.way.pass_first()
        self.assert_offered(False)

    def test_191_D36_a_failed_second_review_will_do(self):
        self.way.first_passed()
        self.way.call(self.registrar_day, "write", {"review_reason": "論文未通過"})
        self.way.call(self.registrar_day, "action_fail_second")
        self.assert_offered(True)

    def test_191_not_for_a_master_of_the_day_division(self):
        self.failed()
        self.day_program.degree = "master"
        self.assert_offered(False)

    def test_191_not_for_an_undergraduate_of_continuing_education(self):
        self.failed()
        self.day_program.division = "continuing"
        self.assert_offered(False)

    def test_D36_not_after_the_final_leaving_date(self):
        self.failed()
        with freeze_time("2026-02-13 15:00:00"):
            self.assert_offered(True)
        with freeze_time(PAST):
            self.assert_offered(False)


@tagged("post_install", "-at_install")
class TestOnPaper(DeferralCase):
    """Worked student 1, seven terms enrolled: the fourth year of an evening class."""

    def form(self, **values):
        return {
            "student_id": self.student.id,
            "term_id": self.window.term_id.id,
            "filed_on": "2025-11-07",
            "reason": "論文未完成",
            **values,
        }

    def is_a_matter_of_paper(self):
        """Whether the student is told so; the assistant then may log the form."""
        told = bool(self.page(LIST).cssselect("[data-paper]"))
        logged = self.outcome(self.assistant, DEFERRAL, "create", self.form()) == "changed"
        self.assertEqual(told, logged)
        return told

    def enrolled(self, count):
        """Leave ``count`` of the seven terms; the rest becomes leave."""
        rows = self.student.term_ids.filtered(lambda row: row.status == "enrolled")
        rows.sorted(lambda row: row.term_id.number)[: len(rows) - count].status = "leave"
        self.assertEqual(self.student.enrolled_term_count, count)

    def test_192_D36_from_the_fourth_year_on_it_is_paper_that_staff_log(self):
        self.way.submitted().by_assistant("write", {"review_reason": "學分不足"})
        self.way.by_assistant("action_fail_first")
        self.assertTrue(self.is_a_matter_of_paper())
        self.assertFalse(self.offered() or self.declares())
        self.see("限以紙本申請", self.page(LIST))
        for user in self.others(self.assistant, self.registrar):
            self.refused(user, DEFERRAL, "create", self.form())
        for user in (self.registrar, self.assistant):
            with self.undone():
                self.rpc(user, DEFERRAL, "create", self.form())
                self.see("已申請延畢的學期： 114-1", self.page(LIST))

    def test_192_D37_the_year_is_half_the_terms_enrolled_rounded_up(self):
        self.assertTrue(self.is_a_matter_of_paper())
        with self.undone():
            self.enrolled(6)
            self.assertFalse(self.is_a_matter_of_paper())
        self.student.term_ids.filtered(lambda row: row.status == "leave").unlink()
        self.assertTrue(self.is_a_matter_of_paper())

    def test_192_D37_a_summer_class_counts_summers_and_begins_with_the_sixth(self):
        self.program.kind = "summer"
        self.assertEqual(self.program.deferral_year, 6)
        for count, paper in ((7, True), (6, True), (5, False)):
            with self.subTest(summers=count), self.undone():
                self.enrolled(count)
                self.assertEqual(self.is_a_matter_of_paper(), paper)

    def test_D36_a_program_may_have_another_year(self):
        self.program.deferral_year = 5
        self.assertFalse(self.is_a_matter_of_paper())

    def test_193_somebody_who_doubts_the_study_limit_is_sent_to_the_center(self):
        self.window.write({"contact_name": "王小姐", "contact_phone": "分機 80000"})
        tree = self.page(LIST)
        card = self.one(tree, "[data-deferral]")
        self.see("對自己的修業年限有疑慮時，也請主動洽詢", card)
        self.see("王小姐 分機 80000", card)
        # The fourth year of four: the last one, in which the doubt is.
        row = self.one(tree, "[data-condition=limit]")
        self.see("請洽： 進修教育中心 王小姐 分機 80000", row)
