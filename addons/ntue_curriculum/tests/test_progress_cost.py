import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..controllers.portal import CurriculumPortal
from . import school as school_of
from .common import SchoolHttpCase

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|COPY|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestProgressCost(SchoolHttpCase):
    """What /my/progress asks of the database."""

    def student_with(self, enrolments):
        """A student with so many: worked student 1's, and repeats of the framework's."""
        repeats = [row for row in school_of.TAKEN if row[2].startswith("SRD")]
        rows = (*school_of.TAKEN, *repeats * enrolments)[:enrolments]
        taken = [(row[0], f"{number:04d}", *row[2:]) for number, row in enumerate(rows)]
        return self.new_student(f"21094{enrolments:04d}", "王大明", taken=taken)

    @contextmanager
    def queries(self):
        """The statements that run meanwhile."""
        found = []
        execute = Cursor.execute

        def kept(cursor, query, *args, **kwargs):
            found.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", kept):
            yield found

    def asked_by_the_page(self, student):
        """The statements of the page, which shows every enrolment of the student."""
        enrolments = len(student.enrollment_ids)
        self.enter(school_of.account_of(student))
        self.url_open("/my/progress")  # what is kept ready for everybody is made once
        self.env.flush_all()
        self.env.invalidate_all()
        with self.queries() as found:
            page = self.url_open("/my/progress")
        self.assertEqual(page.status_code, 200)
        shown = [number for number in range(enrolments) if f"〔{number:04d}〕" in page.text]
        self.assertEqual(len(shown), enrolments)
        return found

    def test_a_hundred_enrolments_ask_no_more_queries_than_ten(self):
        students = [self.student_with(enrolments) for enrolments in (10, 100)]
        for student in students:
            self.asked_by_the_page(student)
        few, many = map(self.asked_by_the_page, students)
        self.assertGreater(len(few), 5)
        self.assertEqual(len(few), len(many), set(many) - set(few))

    def test_the_page_is_served_by_a_read_only_cursor_and_writes_nothing(self):
        self.assertTrue(CurriculumPortal.progress.original_routing["readonly"])
        found = self.asked_by_the_page(self.student_with(10))
        self.assertEqual([query for query in found if WRITES.match(query)], [])
