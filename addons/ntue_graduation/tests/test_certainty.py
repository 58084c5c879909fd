"""How sure an application is while grades are pending: on the desk, its form and the page."""

from odoo.tests import tagged

from .common import APPLICATION, GraduationCase, GraduationHttpCase


@tagged("post_install", "-at_install")
class TestCertainty(GraduationCase):
    def on_desk(self, certainty):
        return self.rpc(
            self.assistant, APPLICATION, "search", [("certainty", "=", certainty)], order="id"
        )

    def test_what_pending_grades_decide_is_open_and_found_by_the_desks_filter(self):
        record = self.way.submitted().record
        self.assertEqual(record.certainty, "open")
        self.assertIn(record.id, self.on_desk("open"))
        self.assertNotIn(record.id, self.on_desk("certain"))
        panel = str(record.with_user(self.assistant).review_panel)
        self.assertIn("While grades are pending", panel)
        self.assertIn("Met for certain once", panel)
        self.assertIn("While grades are pending", record.with_user(self.registrar).review_panel)

    def test_it_is_certain_when_the_last_grade_came_in_and_out_of_reach_when_it_is_a_fail(self):
        for score, certainty in ((85, "certain"), (50, "out_of_reach")):
            with self.subTest(score=score), self.undone():
                way = self.way_of(self.student).submitted()
                way.grade(score)
                way.record._restate()
                self.assertEqual(way.record.certainty, certainty)
                self.assertNotIn(
                    "While grades are pending",
                    str(way.record.with_user(self.assistant).review_panel),
                )

    def test_a_student_reads_it_on_her_page_and_not_as_a_field_of_the_desk(self):
        record = self.way.submitted().record
        found = self.refused(self.way.account, APPLICATION, "read", record.ids, ["certainty"])
        self.assertTrue(found)


@tagged("post_install", "-at_install")
class TestCertaintyPage(GraduationHttpCase):
    def test_the_progress_page_says_how_sure_each_area_is_in_one_word(self):
        self.enter(self.way.account)
        page = self.url_open("/my/progress").text
        self.assertIn('data-certainty="certain"', page)
        self.assertIn("等待成績中", page)
        self.assertIn("確定", page)
