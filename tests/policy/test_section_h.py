"""Section H: who reviews, what a review leaves behind, and how the way ends."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_graduation.tests.common import APPLICATION
from odoo.tests import tagged

from .paper import paper_of, plain
from .reviewing import WHY, ReviewCase


@tagged("post_install", "-at_install")
class TestReviews(ReviewCase):
    def test_182_the_first_review_is_the_departments_assistants(self):
        self.way.reviewed()
        self.refuse(self.others(self.assistant), "action_pass_first")
        self.way.pass_first()
        self.assertEqual(self.read(self.assistant, "first_review"), ["passed"])
        self.assertEqual(self.way.record.first_reviewed_by_id, self.assistant)
        self.assertEqual(self.cell("first"), ["通過"])

    def test_D39_who_is_assistant_no_more_reviews_no_more(self):
        self.way.reviewed()
        new = school_of.user(self.env, "second@staff.example.com", school_of.GROUPS["assistant"])
        self.srd.assistant_ids = new
        self.refuse([self.assistant], "action_pass_first")
        self.assertEqual(self.rpc(self.assistant, APPLICATION, "search_count", []), 0)
        self.rpc(new, APPLICATION, "action_pass_first", self.ids)

    def test_183_the_second_review_is_the_registrars_of_the_division(self):
        self.way.first_passed().grade(85)
        self.refuse(self.others(self.registrar), "action_pass_second")
        self.way.pass_second()
        self.assertEqual(self.way.record.second_reviewed_by_id, self.registrar)
        self.assertEqual((self.cell("first"), self.cell("second")), (["通過"], ["通過"]))

    def test_183_it_fails_with_a_reason_that_the_student_reads(self):
        self.way.first_passed()
        self.refuse([self.registrar], "action_fail_second")
        self.way.by_registrar("write", {"review_reason": "論文未通過"})
        self.way.by_registrar("action_fail_second")
        self.assertEqual(self.cell("second"), ["不通過"])
        self.see("論文未通過", self.row())

    def test_183_D38_before_the_first_review_the_registrar_reads_and_does_nothing(self):
        self.way.submitted()
        self.assertEqual(self.read(self.registrar, "state"), ["submitted"])
        vals = {"review_reason": WHY}
        for method, *args in (
            ("action_pass_second",),
            ("action_fail_second",),
            ("action_hand_back",),
            ("action_complete",),
            ("action_pass_first",),
            ("write", vals),
            ("write", {"override_reason": WHY}),
        ):
            self.refuse([self.registrar], method, *args)
        self.way.receive().decide().pass_first()
        self.way.by_registrar("write", vals)

    def test_184_at_leaving_the_final_audit_is_made_again_and_the_way_ends(self):
        self.way.second_passed()
        self.refuse(self.others(self.registrar), "action_complete")
        with self.undone():
            self.way.grade(50)
            (told,) = self.refuse([self.registrar], "action_complete")
            self.assertIn("碩士論文", told)
        self.way.by_registrar("write", {"left_on": "2025-11-08"})
        self.way.by_registrar("action_complete")
        self.assertEqual(self.read(self.registrar, "state"), ["completed"])
        self.assertEqual(self.way.record.final_credits, 34)
        self.assertIn("114-11-08", self.way.record.event_ids[-1].reason)
        self.see("已完成", self.row())

    def test_I8_a_second_application_for_the_term_is_refused(self):
        vals = {"student_id": self.student.id}
        with self.undone():
            self.way.start()
        self.way.submitted()
        self.refused(self.account, APPLICATION, "create", vals)
        self.way.receive().decide().pass_first()
        self.refused(self.account, APPLICATION, "create", vals)

    def test_I6_each_decision_is_a_recognition_with_author_and_term(self):
        area = self.framework.area_ids.filtered(lambda row: row.code == "B")
        self.way.submitted().receive()
        refusal = {"decision": "refused", "decision_reason": "程度不足"}
        mapping = {"decision": "mapped", "mapped_area_id": area.id}
        self.way.decide(no_0733=mapping, no_0812=refusal)
        self.refused(self.account, "ntue.recognition", "create", {"student_id": self.student.id})
        self.way.pass_first()
        found = {
            row.enrollment_id.offering_no: (row.kind, row.area_id, row.reason)
            for row in self.student.recognition_ids
        }
        self.assertEqual(found["0733"][:2], ("mapped", area))
        self.assertEqual(found["0812"][::2], ("refused", "程度不足"))
        self.assertEqual(self.student.recognition_ids.author_id, self.assistant)
        self.assertEqual(self.student.recognition_ids.term_id.code, "1141")

    def test_I7_reviewers_see_what_was_submitted_beside_today_with_the_difference(self):
        self.way.submitted()
        (before,) = self.read(self.assistant, "review_panel")
        self.assertNotIn("≠", before)
        self.way.grade(50)
        for user in (self.assistant, self.registrar):
            (panel,) = self.read(user, "review_panel")
            self.assertIn("≠", panel)
            self.assertIn("碩士論文", panel)

    def test_I17_students_of_98_are_checked_by_hand_and_everybody_reads_why(self):
        self.student.entry_year = 98
        self.way.reviewed()
        (told,) = self.refuse([self.assistant], "action_pass_first")
        self.assertIn("人工", told)
        self.assertEqual(self.read(self.assistant, "reference_only"), [True])
        self.assertIn("僅供參考", self.read(self.assistant, "findings")[0])
        slip = paper_of(self.account, "ntue_graduation.report_slip", self.way.record)
        self.assertIn(plain("僅供參考"), slip)
        self.see("僅供參考", self.page("/my/progress"))
        self.refuse([self.account, self.registrar], "write", {"hand_checked": True})
        self.way.by_assistant("write", {"hand_checked": True})
        self.way.pass_first()
