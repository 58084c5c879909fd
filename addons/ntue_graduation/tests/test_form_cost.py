from odoo.addons.ntue_curriculum.audit_adapter import _ENROLMENTS
from odoo.addons.ntue_curriculum.tests.cost import PageCostCase
from odoo.tests import tagged

from .common import Way, window


@tagged("post_install", "-at_install")
class TestFormCost(PageCostCase):
    """What the application form of a saved draft asks of the database."""

    MOST = 22
    """Statements of the page with its frame, which is beside every page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)

    def saved(self, enrolments):
        """The draft of a student with so many: one course from elsewhere is ticked."""
        way = Way(self, self.student_with(enrolments)).start()
        (course,) = way.student.enrollment_ids.filtered(lambda row: row.name == "課程理論研究")
        way.tick(course.offering_no)
        self.assertTrue(way.record.saved_at)
        return way

    def asked_by_the_form(self, way):
        return self.asked_by(f"/my/graduation/{way.record.id}", way.student)

    def test_a_hundred_enrolments_ask_no_more_queries_than_ten(self):
        ways = [self.saved(enrolments) for enrolments in (10, 100)]
        for way in ways:
            self.asked_by_the_form(way)
        self.assert_cost_alike(*map(self.asked_by_the_form, ways))

    def test_the_form_asks_no_more_than_it_has_to(self):
        way = self.saved(10)
        self.asked_by_the_form(way)  # by then what is kept for everybody is there
        found = self.asked_by_the_form(way)
        self.assertLessEqual(len(found), self.MOST, found)

    def test_what_was_taken_is_read_once_for_every_audit_of_the_page(self):
        found = self.asked_by_the_form(self.saved(10))
        self.assertEqual(found.count(_ENROLMENTS), 1)

    def test_what_begins_with_a_submission_is_not_asked_for_before(self):
        found = self.asked_by_the_form(self.saved(10))
        for table in ("event", "application_line", "correspondence"):
            with self.subTest(table=table):
                self.assertFalse([one for one in found if f'"ntue_graduation_{table}"' in one])
        self.assertFalse([one for one in found if '"mail_message"' in one])

    def test_nobody_elses_record_is_read(self):
        self.new_student("210941002", "同系同學")
        found = self.asked_by_the_form(self.saved(10))
        of_framework = '"ntue_student"."curriculum_id" IN'
        self.assertEqual([query for query in found if of_framework in query], [])
