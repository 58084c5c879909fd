"""The nightly job meets somebody who begins something: it sees that, or it comes first."""

from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged

STANDS = """
    SELECT activity.backend_xmin IS NOT NULL, array_agg(locks.mode::text)
    FROM pg_stat_activity activity
    LEFT JOIN pg_locks locks
        ON locks.pid = activity.pid AND locks.relation = 'ntue_student'::regclass AND locks.granted
    WHERE activity.pid = %s
    GROUP BY 1
"""
"""Whether a transaction has seen the database as it was at some moment; its locks of students."""


@tagged("post_install", "-at_install")
class TestRetentionMeeting(TransactionCase):
    """`tests/e2e/test_privacy.py` has two transactions meet; here is what that rests on."""

    def begun(self, key):
        """How the job's transaction stands when it first asks what is due of a kind."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            retention = api.Environment(cr, SUPERUSER_ID, {})["ntue.retention"]
            kind, pid = retention._kind(key), cr.connection.get_backend_pid()
            cr.rollback()
            found = []

            def looking(_retention, _kind):
                self.env.cr.execute(STANDS, [pid])
                found.append(self.env.cr.fetchone())
                return Domain.FALSE

            with patch.object(type(retention), "_due_now", looking):
                retention._next(kind, 1)
        return found[0]

    def test_of_what_belongs_to_a_student_it_asks_nothing_before_others_are_held_back(self):
        kinds = self.env["ntue.retention"]._kinds()
        students = {kind.key: bool(kind.student or kind.by_correspondence) for kind in kinds}
        self.assertTrue(students["contacts"])
        self.assertIn(False, students.values())
        for key, of_student in students.items():
            with self.subTest(kind=key):
                stands = (False, ["ExclusiveLock"] if of_student else [None])
                self.assertEqual(self.begun(key), stands)
