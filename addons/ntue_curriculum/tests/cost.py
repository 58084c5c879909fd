"""What a page asks of the database, however much a student has taken."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor

from . import school as school_of
from .common import SchoolHttpCase


class PageCostCase(SchoolHttpCase):
    """Counts the statements that a page runs."""

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

    def asked_by(self, address, student):
        """The statements of the student's own page, which shows every enrolment."""
        enrolments = len(student.enrollment_ids)
        self.enter(school_of.account_of(student))
        self.url_open(address)  # what is kept ready for everybody is made once
        self.env.flush_all()
        self.env.invalidate_all()
        with self.queries() as found:
            page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        shown = [number for number in range(enrolments) if f"〔{number:04d}〕" in page.text]
        self.assertEqual(len(shown), enrolments)
        return found

    def assert_cost_alike(self, few, many):
        """As many statements for the one as for the other, which had ten times as much."""
        self.assertGreater(len(few), 5)
        self.assertEqual(len(few), len(many), set(many) - set(few))
