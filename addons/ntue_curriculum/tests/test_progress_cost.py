import re

from odoo.tests import tagged

from ..audit_adapter import _DECISIONS
from ..controllers.portal import CurriculumPortal
from . import school as school_of
from .cost import PageCostCase

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|COPY|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestProgressCost(PageCostCase):
    """What /my/progress asks of the database."""

    MOST = 14
    """Statements of the page with its frame, which is beside every page."""

    def asked_by_the_page(self, student):
        return self.asked_by("/my/progress", student)

    def test_a_hundred_enrolments_ask_no_more_queries_than_ten(self):
        students = [self.student_with(enrolments) for enrolments in (10, 100)]
        for student in students:
            self.asked_by_the_page(student)
        self.assert_cost_alike(*map(self.asked_by_the_page, students))

    def test_the_page_asks_no_more_than_it_has_to(self):
        student = self.student_with(10)
        self.asked_by_the_page(student)  # by then what is kept for everybody is there
        found = self.asked_by_the_page(student)
        self.assertLessEqual(len(found), self.MOST, found)

    def test_decisions_are_asked_for_where_there_are_any(self):
        student = self.student_with(10)
        self.assertEqual(self.asked_by_the_page(student).count(_DECISIONS), 0)
        row = school_of.enrolment(student, "0000")
        self.env["ntue.recognition"].create(
            {"student_id": student.id, "enrollment_id": row.id, "kind": "prior_approval"}
        )
        self.assertEqual(self.asked_by_the_page(student).count(_DECISIONS), 1)

    def test_the_page_is_served_by_a_read_only_cursor_and_writes_nothing(self):
        self.assertTrue(CurriculumPortal.progress.original_routing["readonly"])
        found = self.asked_by_the_page(self.student_with(10))
        self.assertEqual([query for query in found if WRITES.match(query)], [])
