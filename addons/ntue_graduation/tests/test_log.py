from datetime import timedelta

import psycopg2
from odoo import fields
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..cli.ntue_check_log import check_log
from .common import EVENT, GraduationCase, Way


@tagged("post_install", "-at_install")
class TestLogIsOnlyAddedTo(GraduationCase):
    """By the role of the application, in SQL, past everything that Odoo refuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.reviewed()

    def assert_refused_by_the_database(self, query):
        with (
            self.undone(),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.InsufficientPrivilege) as caught,
        ):
            self.env.cr.execute(query)
        self.assertIn("only added to", str(caught.exception))

    def test_sql_of_the_applications_own_role_changes_no_entry_and_no_mark(self):
        for table, column in (
            ("ntue_graduation_event", "reason"),
            ("ntue_graduation_event_mark", "entry_hash"),
        ):
            for query in (
                f"UPDATE {table} SET {column} = 'forged'",  # noqa: S608
                f"UPDATE {table} SET {column} = {column}",  # noqa: S608
                f"DELETE FROM {table}",  # noqa: S608
                f"TRUNCATE {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with self.subTest(query=query):
                    self.assert_refused_by_the_database(query)

    def test_an_application_with_entries_is_deleted_in_sql_by_no_cascade(self):
        with (
            self.undone(),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.IntegrityError),
        ):
            self.env.cr.execute(
                "DELETE FROM ntue_graduation_application WHERE id = %s", self.way.record.ids
            )

    def test_a_user_who_stands_in_the_log_stays(self):
        for user in (self.way.account, self.assistant):
            with (
                self.undone(),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.IntegrityError),
            ):
                self.env.cr.execute("DELETE FROM res_users WHERE id = %s", [user.id])

    def test_further_steps_are_added_all_the_same(self):
        self.way.pass_first()
        self.assertEqual(self.way.record.event_ids[-1].action, "pass_first")

    def test_the_superuser_of_odoo_writes_no_number_and_no_hash(self):
        event = self.way.record.event_ids[0]
        for vals in ({"number": 1}, {"entry_hash": "x"}, {"previous_hash": "x"}):
            with self.undone(), self.assertRaises(AccessError):
                event.sudo().write(vals)

    def test_numbers_and_hashes_given_to_a_new_entry_do_not_speak(self):
        last = self.way.record.event_ids[-1]
        event = self.env[EVENT].create(
            {
                "application_id": self.way.record.id,
                "action": "override",
                "user_id": self.registrar.id,
                "number": 1,
                "entry_hash": "forged",
                "previous_hash": "forged",
                "position_to": "submitted/pending/pending",
                "happened_at": fields.Datetime.to_datetime("2025-11-10 04:00:00")
                + timedelta(microseconds=123456),
            }
        )
        self.assertEqual(event.number, last.number + 1)
        self.assertEqual(event.previous_hash, last.entry_hash)
        self.assertEqual(self.env[EVENT]._check_log(), [])

    def test_what_was_written_and_taken_back_leaves_no_gap(self):
        before = self.env[EVENT]._last(self.env.cr)
        with self.undone():
            self.way.pass_first()
        self.assertEqual(self.env[EVENT]._last(self.env.cr), before)
        self.way.pass_first()
        self.assertEqual(self.way.record.event_ids[-1].number, before[0] + 1)
        self.assertEqual(self.env[EVENT]._check_log(), [])


@tagged("post_install", "-at_install")
class TestTampering(GraduationCase):
    """A superuser of the database puts the guard to sleep and changes the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.way.first_passed()
        Way(cls, cls.fellow).submitted()
        cls.first = cls.way.record.event_ids[0].number

    def tamper(self, *queries):
        """As ``SET session_replication_role = replica`` does, by the means of the test's role."""
        self.env.flush_all()
        for table in ("ntue_graduation_event", "ntue_graduation_event_mark"):
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for query, *values in queries:
            self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def found(self, noted=None):
        return self.env[EVENT]._check_log(noted)

    def test_a_log_as_written_is_sound_and_its_head_is_told(self):
        said = []
        self.assertTrue(check_log(self.env, {}, said.append))
        number, known = self.env[EVENT]._last(self.env.cr)
        self.assertIn(f"{number} entries", said[0])
        self.assertIn(f"--noted {number}/{known}", said[1])

    def test_an_operator_reads_of_every_log_in_chinese(self):
        said = []
        self.assertTrue(check_log(self.env(context={"lang": "zh_TW"}), {}, said.append))
        text = "\n".join(said)
        self.assertIn("異動登錄：", text)
        for chain in self.env["ntue.chained"]._chains():
            self.assertNotIn(chain._description, text)

    def test_an_altered_entry_is_found_by_its_number(self):
        self.tamper(
            ("UPDATE ntue_graduation_event SET reason = 'x' WHERE number = %s", self.first + 1)
        )
        said = []
        self.assertFalse(check_log(self.env, {}, said.append))
        self.assertEqual(said, [f"Entry {self.first + 1} was altered.", "Wrong with the log: 1."])

    def test_an_entry_moved_to_another_application_or_person_is_found(self):
        other = self.fellow._applications()
        for column, value in (("application_id", other.id), ("user_id", self.registrar.id)):
            with self.undone():
                self.tamper(
                    (
                        f"UPDATE ntue_graduation_event SET {column} = %s WHERE number = %s",  # noqa: S608
                        value,
                        self.first + 1,
                    )
                )
                self.assertIn(f"Entry {self.first + 1} was altered.", self.found())

    def test_an_altered_snapshot_is_found(self):
        self.tamper(
            (
                "UPDATE ntue_graduation_event SET snapshot = replace(snapshot, 'WANG', 'WONG')"
                " WHERE number = %s",
                self.first,
            )
        )
        self.assertEqual(self.found(), [f"The snapshot of entry {self.first} was altered."])

    def test_an_emptied_snapshot_is_found(self):
        self.tamper(
            ("UPDATE ntue_graduation_event SET snapshot = NULL WHERE number = %s", self.first)
        )
        self.assertEqual(self.found(), [f"The snapshot of entry {self.first} is gone."])

    def test_a_removed_entry_is_found(self):
        self.tamper(("DELETE FROM ntue_graduation_event WHERE number = %s", self.first + 2))
        self.assertEqual(self.found(), [f"Entry {self.first + 2} was removed."])

    def test_removed_entries_in_a_row_are_told_as_one(self):
        self.tamper(
            (
                "DELETE FROM ntue_graduation_event WHERE number BETWEEN %s AND %s",
                self.first + 1,
                self.first + 2,
            )
        )
        self.assertEqual(
            self.found(), [f"Entries {self.first + 1} to {self.first + 2} were removed."]
        )

    def test_reordered_entries_are_found_with_their_right_places(self):
        one, two = self.first + 1, self.first + 3
        self.tamper(
            ("UPDATE ntue_graduation_event SET number = -1 WHERE number = %s", one),
            ("UPDATE ntue_graduation_event SET number = %s WHERE number = %s", one, two),
            ("UPDATE ntue_graduation_event SET number = %s WHERE number = -1", two),
        )
        found = self.found()
        self.assertIn(f"Entry {one} was moved: what it says was written as entry {two}.", found)
        self.assertIn(f"Entry {two} was moved: what it says was written as entry {one}.", found)

    def test_a_removed_end_is_found_by_its_marks(self):
        last, _hash = self.env[EVENT]._last(self.env.cr)
        self.tamper(("DELETE FROM ntue_graduation_event WHERE number = %s", last))
        self.assertIn(f"Entry {last} was removed.", self.found())

    def test_a_removed_end_without_marks_is_found_by_where_the_application_stands(self):
        last, _hash = self.env[EVENT]._last(self.env.cr)
        self.tamper(
            ("DELETE FROM ntue_graduation_event WHERE number = %s", last),
            ("DELETE FROM ntue_graduation_event_mark WHERE number = %s", last),
        )
        application = self.fellow._applications()
        self.assertEqual(
            self.found(), [f"Application {application.id} was submitted, but has no entry."]
        )

    def test_a_removed_end_of_a_removed_application_is_found_by_a_noted_head_only(self):
        """The honest limit: nothing in the database is left to tell of it."""
        last, known = self.env[EVENT]._last(self.env.cr)
        application = self.fellow._applications()
        self.tamper(
            ("DELETE FROM ntue_graduation_event WHERE number = %s", last),
            ("DELETE FROM ntue_graduation_event_mark WHERE number = %s", last),
            ("DELETE FROM ntue_graduation_application WHERE id = %s", application.id),
        )
        self.assertEqual(self.found(), [])
        self.assertEqual(
            self.found({last: known}), [f"Entry {last} does not have the hash that was noted."]
        )

    def test_an_entry_inserted_past_the_product_is_found(self):
        last, _hash = self.env[EVENT]._last(self.env.cr)
        self.tamper(
            (
                "INSERT INTO ntue_graduation_event (application_id, action, user_id, happened_at,"
                " position_to, number, entry_hash) SELECT application_id, action, user_id,"
                " happened_at, position_to, %s, entry_hash FROM ntue_graduation_event"
                " WHERE number = %s",
                last + 1,
                last,
            )
        )
        found = self.found()
        self.assertIn(
            f"Entry {last + 1} was inserted from outside of the product: it has no mark.", found
        )

    def test_an_application_moved_past_the_log_is_found(self):
        self.tamper(
            (
                "UPDATE ntue_graduation_application SET second_review = 'passed' WHERE id = %s",
                self.way.record.id,
            )
        )
        (sentence,) = self.found()
        self.assertIn("is elsewhere (submitted/passed/passed)", sentence)

    def test_steps_after_the_tampering_go_on_and_do_not_hide_it(self):
        self.tamper(("UPDATE ntue_graduation_event SET reason = 'x' WHERE number = %s", self.first))
        for table in ("ntue_graduation_event", "ntue_graduation_event_mark"):
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        school_of.enrolment(self.student, "0901").write({"score": 85, "state": "passed"})
        self.way.pass_second()
        self.assertEqual(self.found(), [f"Entry {self.first} was altered."])
