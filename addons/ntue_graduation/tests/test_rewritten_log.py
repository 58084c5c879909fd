"""A log that its owner can rewrite: what a Settings administrator and SQL can do to it, and who
finds that out.
"""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.addons.ntue_curriculum import log_key
from odoo.addons.ntue_curriculum.log_chain import digest
from odoo.addons.ntue_curriculum.log_head import read_heads
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..cli.ntue_check_log import check_log
from .common import EVENT, GraduationCase

REGISTER = "ntue.register.entry"
KEY = "a key of the tests that is long enough"


class LogCase(GraduationCase):
    """All entries are sealed with the key of the tests, or with none."""

    maxDiff = None
    key = KEY

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(patch.dict(os.environ, {log_key.VARIABLE: cls.key}))
        super().setUpClass()

    def chains(self):
        """Every model that is a chain; a new one is in the tests by itself."""
        return self.env["ntue.chained"]._chains()

    def sql(self, query, *values):
        """As a superuser of the database does, guards asleep."""
        self.env.flush_all()
        for chain in self.chains():
            for table in (chain._table, f"{chain._table}_mark"):
                self.env.cr.execute(f"ALTER TABLE IF EXISTS {table} DISABLE TRIGGER USER")
        self.env.cr.execute(query, values or None)
        self.env.invalidate_all()

    def found(self):
        return [text for chain in self.chains() for text in chain._check_log()]

    def filled(self):
        """A way with something in every chain."""
        self.way.second_passed()
        row = school_of.enrolment(self.student, "0648")
        row.with_user(self.registrar).write({"note": "Seen", "correction_reason": "Asked"})
        row.with_user(self.registrar).write({"score": 91, "correction_reason": "Typed wrongly"})
        return self.way


@tagged("post_install", "-at_install")
class TestWithoutKey(LogCase):
    key = ""

    def test_without_a_key_everything_works_and_the_check_says_so(self):
        self.filled()
        said = []
        self.assertTrue(check_log(self.env, {}, said.append), said)
        self.assertTrue(any("no key" in text for text in said), said)

    def test_entries_without_a_seal_behind_sealed_ones_are_found(self):
        with patch.dict(os.environ, {log_key.VARIABLE: KEY}):
            self.way.submitted()
            self.assertEqual(self.env[EVENT]._check_log(), [])
            with patch.dict(os.environ, {log_key.VARIABLE: ""}):
                self.way.receive()
            self.assertIn("not sealed", " ".join(self.env[EVENT]._check_log()))


@tagged("post_install", "-at_install")
class TestRewrittenLog(LogCase):
    def test_who_and_when_are_never_the_callers_to_say(self):
        self.way.submitted()
        found = []
        with freeze_time("2025-11-12 04:00:00"):
            for chain in self.chains():
                vals = {
                    "application_id": self.way.record.id,
                    "action": chain._fields["action"].get_values(self.env)[0],
                    "user_id": self.assistant.id,
                    "actor": "assistant",
                    "happened_at": "2025-11-01 04:00:00",
                    "model": "ntue.student",
                    "record": self.student.id,
                    "label": "Forged",
                }
                entry = chain.sudo().create(vals)
                said = (entry.user_id.id, str(entry.happened_at))
                if said != (self.env.uid, "2025-11-12 04:00:00") or "assistant" in entry.actor:
                    found.append(f"{chain._name}: {said} {entry.actor}")
        with freeze_time("2025-11-11 04:00:00"):  # the clock of the server was put back
            self.way.record.sudo()._log("override", ("a",), ("b",), "Later")
        event = self.way.record.event_ids[-1]
        self.assertEqual(str(event.happened_at), "2025-11-12 04:00:00")
        self.assertEqual(found, [])

    def test_a_chain_made_anew_without_the_key_is_found_in_every_log(self):
        self.filled()
        self.assertEqual(self.found(), [])
        found = []
        for chain in self.chains():
            with self.undone():
                self.remade(chain)
                if not chain._check_log():
                    found.append(chain._name)
        self.assertEqual(found, [])

    def remade(self, chain):
        """Another reason in the first entry, and every hash and mark computed again."""
        self.sql(
            f"UPDATE {chain._table} SET reason = 'Forged' WHERE number = ("  # noqa: S608
            f"SELECT MIN(number) FROM {chain._table})"
        )
        previous = ""
        for entry in list(chain._entries()):
            known = digest(entry.number, entry.content, previous)
            self.sql(
                f"UPDATE {chain._table} SET previous_hash = %s, entry_hash = %s"  # noqa: S608
                " WHERE number = %s",
                previous or None,
                known,
                entry.number,
            )
            self.sql(
                f"UPDATE {chain._table}_mark SET entry_hash = %s WHERE number = %s",  # noqa: S608
                known,
                entry.number,
            )
            previous = known

    def test_entries_sealed_with_a_key_that_is_gone_are_not_vouched_for(self):
        self.filled()
        with patch.dict(os.environ, {log_key.VARIABLE: ""}):
            self.assertTrue(any("NTUE_LOG_KEY" in text for text in self.found()))
        with patch.dict(os.environ, {log_key.VARIABLE: f"another key, also long enough,{KEY}"}):
            self.way.record.sudo()._log("override", ("a",), self.way.record._position(), "Later")
            self.assertEqual(self.found(), [])

    def test_what_decided_is_changed_in_sql_by_nobody_unnoticed(self):
        self.filled()
        self.way.by_registrar("action_complete")
        row = school_of.enrolment(self.student, "0648")
        used = school_of.enrolment(self.student, "0511")
        line = self.way.record.line_ids.filtered("ticked")[:1]
        decision = self.student.recognition_ids[:1]
        self.assertEqual(self.found(), [])
        unnoticed = []
        for table, column, value, number in (
            ("ntue_enrollment", "score", 99, row.id),
            ("ntue_enrollment", "score", 60, used.id),
            ("ntue_enrollment", "state", "failed", used.id),
            ("ntue_enrollment", "credits", 9, used.id),
            ("ntue_graduation_application_line", "decision", "refused", line.id),
            ("ntue_graduation_application_line", "decision_reason", "No", line.id),
            ("ntue_graduation_application_line", "decided_by_id", self.registrar.id, line.id),
            ("ntue_graduation_application", "english_name", "WANG, X", self.way.record.id),
            ("ntue_graduation_application", "email", "x@example.com", self.way.record.id),
            ("ntue_graduation_application", "accepted_email", "x@example.com", self.way.record.id),
            ("ntue_graduation_application", "second_review", "failed", self.way.record.id),
            ("ntue_recognition", "kind", "forced", decision.id),
            ("ntue_recognition", "reason", "Forged", decision.id),
            ("ntue_graduation_window", "date_close", "2026-01-01", self.window.id),
        ):
            with self.undone():
                query = f"UPDATE {table} SET {column} = %s WHERE id = %s"  # noqa: S608
                if column == "accepted_email":
                    query = query.replace("SET", "SET profile_accepted_at = NOW(),")
                self.sql(query, value, number)
                if not self.found():
                    unnoticed.append(f"{table}.{column}")
        with self.undone():
            self.sql("DELETE FROM ntue_recognition WHERE id = %s", decision.id)
            if not self.found():
                unnoticed.append("deleted decision")
        self.assertEqual(unnoticed, [])

    def test_a_correction_after_the_review_is_no_finding(self):
        self.filled()
        row = school_of.enrolment(self.student, "0511")
        row.with_user(self.registrar).write({"score": 80, "correction_reason": "Typed wrongly"})
        self.assertEqual(self.found(), [])

    def test_a_log_with_entries_goes_only_after_it_was_exported_and_leaves_a_tombstone(self):
        self.filled()
        module = self.env["ir.module.module"].search([("name", "=", "ntue_graduation")])
        with self.undone(), self.assertRaises(UserError) as caught:
            module.write({"state": "to remove"})
        self.assertIn("--export", str(caught.exception))
        lines = []
        self.env["ntue.chained"]._export(lines.append)
        number, known = self.env[EVENT]._last(self.env.cr)
        self.assertIn(f"{number}/{known}", lines[-2] + lines[-1])
        exported = [json.loads(line) for line in lines]
        self.assertEqual(
            sum(row.get("log") == "ntue_graduation_event" for row in exported),
            self.env[EVENT].search_count([]),
        )
        with self.undone():
            module.write({"state": "to remove"})
        with self.undone():
            self.way.record.sudo()._log("override", ("a",), ("b",), "Later")
            with self.assertRaises(UserError):
                module.write({"state": "to remove"})
        # As uninstalling leaves it; dropping the tables would wait for the second cursor here.
        self.env[EVENT]._bury()
        self.sql("DELETE FROM ntue_graduation_event")
        self.sql("DELETE FROM ntue_graduation_event_mark")
        self.env.cr.execute("UPDATE ntue_graduation_application SET submitted_at = NULL")
        self.env.cr.execute("ALTER TABLE ntue_graduation_event ENABLE TRIGGER USER")
        self.assertEqual(self.env[EVENT]._last(self.env.cr), (number, known))
        notices = " ".join(self.env[EVENT]._check_notices())
        self.assertIn(f"entry {number}", notices)
        self.way.record.sudo()._log("override", ("a",), self.way.record._position(), "Anew")
        self.assertEqual(self.env[EVENT].search([]).mapped("number"), [number + 1])
        self.assertEqual(self.env[EVENT]._check_log(), [])
        self.assertTrue(self.env[EVENT]._check_log({number - 1: "ntue2:elsewhere"}))

    def test_the_heads_leave_every_day_and_are_compared_later(self):
        self.filled()
        path = Path(self.enterContext(TemporaryDirectory())) / "heads"
        self.env["ir.config_parameter"].set_param("ntue_curriculum.head_email", "h@example.com")
        before = self.env["mail.mail"].search([])
        with patch.dict(os.environ, {"NTUE_LOG_HEAD_FILE": str(path)}):
            self.env[REGISTER]._send_heads()
        (mail,) = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.email_to, "h@example.com")
        text = path.read_text()
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        for kept in (text, mail.body_html):
            heads = read_heads(kept.splitlines())
            self.assertEqual(set(heads), {chain._table for chain in self.chains()})
            for chain in self.chains():
                self.assertEqual(chain._check_log(heads[chain._table]), [])
        self.way.record.sudo()._log("override", ("a",), self.way.record._position(), "Later")
        noted = read_heads(text.splitlines())
        for chain in self.chains():
            with self.undone():
                (number,) = noted[chain._table]
                self.sql(f"DELETE FROM {chain._table} WHERE number >= %s", number)  # noqa: S608
                self.sql(f"DELETE FROM {chain._table}_mark WHERE number >= %s", number)  # noqa: S608
                self.assertIn("noted", " ".join(chain._check_log(noted[chain._table])))
