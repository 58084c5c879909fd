"""Texts of the logs are taken out by law: by whom, what stays, and what passes for that."""

import psycopg2
from odoo.addons.ntue_curriculum import log_chain, log_key
from odoo.addons.ntue_curriculum.log_commitment import as_figure
from odoo.addons.ntue_curriculum.models.chain.chain_guard import erasing_in
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..pages.timeline import own_timeline, timeline
from . import stands
from .common import EVENT, TICKABLE, GraduationCase

DIALOG, REGISTER = "ntue.log.erasure", "ntue.register.entry"
SAID = "Her mother Lin Mei is ill"


class TextCase(GraduationCase):
    """An application that was returned with a reason that should not have been written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = school_of.account_of(cls.student)
        cls.colleague = cls.another_registrar("registrar.second")

    @classmethod
    def another_registrar(cls, login):
        return school_of.user(cls.env, login, school_of.GROUPS["registrar"])

    def returned(self):
        """The entry of a return, after the student submitted again."""
        self.way.submitted().send_back(reason=SAID).tick(*TICKABLE).submit()
        return self.way.record.event_ids.filtered(lambda row: row.action == "return")

    def corrected(self, score=91, reason=SAID):
        """An entry of the register with a text that a registrar typed."""
        row = school_of.enrolment(self.student, "0648")
        row.with_user(self.registrar).write({"score": score, "correction_reason": reason})
        domain = [("model", "=", row._name), ("record", "=", row.id)]
        return self.env[REGISTER].search(domain, limit=1, order="number desc")

    def erase(self, entry, user=None, **vals):
        vals = {
            "log": entry._name,
            "number": entry.number,
            "reason": "Letter of the 1st",
            "understood": True,
            **vals,
        }
        number = self.rpc(user or self.colleague, DIALOG, "create", vals)
        self.rpc(user or self.colleague, DIALOG, "action_erase", [number])
        self.env.invalidate_all()

    def check_log(self):
        chains = self.env["ntue.chained"]._chains()
        return [problem for chain in chains for problem in chain._check_log()]

    def stored(self, *words):
        """(word, table) of each word that is anywhere in a chain."""
        self.env.flush_all()
        found = set()
        for chain in self.env["ntue.chained"]._chains():
            self.env.cr.execute(f"SELECT t::text FROM {chain._table} t")  # noqa: S608 (ours)
            rows = [row[0] for row in self.env.cr.fetchall()]
            found |= {(word, chain._table) for word in words for row in rows if word in row}
        return sorted(found)


@tagged("post_install", "-at_install")
class TestErasedTexts(TextCase):
    def test_a_text_goes_from_both_logs_and_both_are_as_they_were_written(self):
        for entry in (self.returned(), self.corrected()):
            known = entry.entry_hash
            self.assertIn((SAID, entry._table), self.stored(SAID))
            self.erase(entry)
            self.assertNotIn((SAID, entry._table), self.stored(SAID))
            self.assertEqual(entry.entry_hash, known)
            self.assertEqual(self.check_log(), [])
            for part in ("Letter of the 1st", "(registrar.second)"):
                self.assertIn(part, entry.with_user(self.registrar).erased_text)

    def test_a_form_that_names_an_entry_of_the_register_is_told_nothing_of_it(self):
        entry = self.returned()
        self.erase(entry)
        number = entry.erased_entry
        for numbers in (number, self.corrected().number):
            forged = entry.with_user(self.registrar).new({"erased_entry": numbers})
            self.assertFalse(forged.erased_text)

    def test_the_name_of_who_acted_goes_when_that_is_asked_and_the_rest_stays_committed_to(self):
        entry = self.returned()
        self.erase(entry)
        self.assertTrue(entry.actor)
        self.erase(entry, with_actor=True)
        self.assertFalse(entry.actor)
        self.assertEqual(entry.user_id, self.assistant)
        self.assertEqual(self.check_log(), [])

    def test_the_register_says_which_texts_of_which_entries_in_the_words_of_its_reader(self):
        entry = self.returned()
        self.erase(entry, with_actor=True)
        (said,) = self.env[REGISTER].search([("action", "=", "erased")], limit=1)
        self.env["res.lang"]._activate_lang("en_US")
        text = said.with_user(self.registrar).with_context(lang="en_US").changes_text
        self.assertIn(f"→ {entry.number}: Reason and Actor", text)
        said._enter_erased("Texts", {"texts": as_figure({5: "reason", 9: "label"})}, REGISTER)
        said = self.env[REGISTER].search([("action", "=", "erased")], limit=1)
        for lang, words in (("en_US", "5: Reason; 9: Record"), ("zh_TW", "；9: ")):
            self.assertIn(words, said.with_context(lang=lang).changes_text)
        self.assertEqual(self.check_log(), [])

    def test_readers_are_told_that_a_reason_was_erased_and_the_student_not_by_whom(self):
        entry = self.returned()
        self.erase(entry)
        record = self.way.record
        staff, own = (
            next(row for row in rows if row.number == entry.number)
            for rows in (
                timeline(record.with_user(self.registrar)),
                own_timeline(record.with_user(self.account)),
            )
        )
        self.assertIn("registrar.second", staff.reason)
        self.assertIn("erased", own.reason)
        self.assertNotIn("registrar.second", own.reason)
        self.assertNotIn("Letter", own.reason)

    def test_the_reason_of_a_decision_goes_from_what_was_kept_of_it_too(self):
        self.way.submitted()
        row = self.way.record.line_ids.filtered("ticked")[0]
        vals = {"decision": "refused", "decision_reason": SAID}
        self.rpc(self.assistant, row._name, "write", row.ids, vals)
        entry = self.way.record.event_ids.filtered(lambda one: one.action == "decide")[-1]
        self.assertIn(SAID, entry.snapshot)
        self.erase(entry)
        self.assertNotIn((SAID, entry._table), self.stored(SAID))
        self.assertNotIn(SAID, entry.with_user(self.account).shown_reason or "")
        self.assertEqual(self.check_log(), [])

    def test_who_may_not_erase_erases_nothing(self):
        entries = [self.returned(), self.corrected()]
        for user, entry in (
            (self.assistant, entries[0]),
            (self.account, entries[0]),
            (self.registrar_day, entries[0]),
            (self.registrar_day, entries[1]),
            (self.registrar, entries[1]),  # who wrote it
        ):
            with (
                self.subTest(user=user.login, log=entry._name),
                self.undone(),
                mute_logger("odoo.http", "odoo.addons.base.models.ir_model"),
                self.assertRaises(UserError),
            ):
                self.erase(entry, user=user)
        for vals in ({"reason": " "}, {"understood": False}, {"number": 987654}):
            with self.subTest(vals=vals), self.undone(), self.assertRaises(UserError):
                self.erase(entries[0], **vals)
        self.student.sudo().keep_reason = "A court asked for it"
        with self.undone(), self.assertRaises(AccessError):
            self.erase(entries[0])
        self.assertEqual(len(self.stored(SAID)), 2)

    def test_a_log_that_there_is_not_has_no_entry_and_is_no_error_of_the_server(self):
        entry = self.corrected()
        asked = {"number": {}, "log": {}, "panel": {}}
        for log in ("res.users", "ntue.student", "no.model", False):
            with self.subTest(log=log):
                values = {"log": log, "number": entry.number}
                answer = self.rpc(self.colleague, DIALOG, "onchange", [], values, ["log"], asked)
                self.assertNotIn("traceback", str(answer).lower())

    def test_figures_of_an_erasure_and_why_it_was_are_never_erased(self):
        self.erase(self.returned())
        entry = self.env[REGISTER].search([("action", "=", "erased")], limit=1)
        self.erase(entry, user=self.another_registrar("registrar.third"))
        self.assertTrue(entry.changes)
        self.assertEqual(entry.reason, "Letter of the 1st")
        self.assertIn("registrar.second", entry.actor)
        self.assertEqual(self.check_log(), [])

    def test_nothing_but_texts_goes_and_only_for_an_entry_that_says_so(self):
        entry, other = self.returned(), self.corrected()
        said = "(SELECT MAX(number) FROM ntue_register_entry WHERE action = 'erased')"
        self.erase(other)
        for change in (
            "reason = NULL",
            "reason = NULL, salts = NULL",
            f"reason = 'x', erased_entry = {said}",
            f"action = 'lapse', erased_entry = {said}",
            f"commitments = NULL, erased_entry = {said}",
            f'salts = \'{{"reason": "00"}}\', erased_entry = {said}',
            f"reason = NULL, salts = NULL, erased_entry = {other.number}",
        ):
            with (
                self.subTest(change=change),
                self.undone(),
                erasing_in(self.env.cr, entry._table),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.InsufficientPrivilege),
            ):
                self.env.cr.execute(
                    f"UPDATE ntue_graduation_event SET {change} WHERE id = {entry.id}"  # noqa: S608 (written above)
                )

    def test_a_text_that_was_taken_out_for_an_entry_about_another_one_is_found(self):
        entry, other = self.returned(), self.corrected()
        self.erase(other)
        number = self.env[REGISTER].search([("action", "=", "erased")], limit=1).number
        self.env.flush_all()
        with erasing_in(self.env.cr, entry._table):
            self.env.cr.execute(
                "UPDATE ntue_graduation_event SET reason = NULL, salts = NULL, erased_entry = %s"
                " WHERE id = %s",
                [number, entry.id],
            )
        self.env.invalidate_all()
        self.assertIn(f"Texts of entry {entry.number} were erased", " ".join(self.check_log()))

    def test_a_record_whose_change_was_erased_is_not_called_changed_past_the_product(self):
        row = school_of.enrolment(self.student, "0648")
        self.corrected(71, "Asked")
        self.erase(self.corrected(72))
        self.assertEqual(self.check_log(), [])
        self.corrected(73, "Asked")
        self.assertEqual(self.check_log(), [])
        self.env.cr.execute("UPDATE ntue_enrollment SET score = 99 WHERE id = %s", [row.id])
        self.env.invalidate_all()
        self.assertTrue(self.check_log())


@tagged("post_install", "-at_install")
class TestTextsOfBefore(TextCase):
    """Entries that were hashed over their texts, as all were before version 19.0.1.3.0."""

    def of_before(self, entry, previous):
        """Make an entry one of the earlier making, after the one with the hash ``previous``."""
        self.env.flush_all()
        content = entry._as_stored().content
        known = log_chain.digest(entry.number, content, previous, log_key.sealing())
        for table in (entry._table, f"{entry._table}_mark"):
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self.env.cr.execute(
                f"UPDATE {table} SET entry_hash = %s WHERE number = %s",  # noqa: S608 (ours)
                [known, entry.number],
            )
        self.env.cr.execute(
            f"UPDATE {entry._table} SET salts = NULL, commitments = NULL,"  # noqa: S608 (ours)
            " previous_hash = %s WHERE number = %s",
            [previous or None, entry.number],
        )
        for table in (entry._table, f"{entry._table}_mark"):
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def only_of_before(self):
        entries = self.env[EVENT].search([], order="number")
        previous = ""
        for entry in entries:
            self.of_before(entry, previous)
            previous = entry.entry_hash

    def test_entries_of_before_are_sound_and_their_texts_go_as_well(self):
        number = self.returned().number
        self.only_of_before()
        entry = self.env[EVENT].search([("number", "=", number)])
        self.assertTrue(entry.entry_hash.startswith("ntue2"))
        self.assertEqual(self.env[EVENT]._check_log(), [])
        self.erase(entry)
        self.assertEqual(self.stored(SAID), [])
        self.assertEqual(self.env[EVENT]._check_log(), [])
        self.erase(entry, with_actor=True)
        self.assertFalse(entry.actor)
        self.assertEqual(self.env[EVENT]._check_log(), [])
        self.env.cr.execute("ALTER TABLE ntue_graduation_event DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE ntue_graduation_event SET position_to = 'x' WHERE id = %s", [entry.id]
        )
        self.assertIn(f"Entry {entry.number} was altered", " ".join(entry._check_log()))


@tagged("post_install", "-at_install")
class TestErasedStudent(TextCase):
    def test_nothing_in_the_logs_names_a_student_whose_name_was_erased(self):
        stands.completed(self.way)
        words = (self.student.student_no, self.student.name, "WANG, DAVID")
        self.rpc(
            self.registrar,
            "ntue.student",
            "write",
            self.student.ids,
            {"alias_name": "WANG, DAVID", "correction_reason": SAID},
        )
        grade = school_of.enrolment(self.student, "0511")
        self.rpc(
            self.registrar,
            "ntue.enrollment",
            "write",
            grade.ids,
            {"score": 81, "correction_reason": SAID},
        )
        self.assertTrue(self.stored(*words, SAID))
        vals = {
            "student_id": self.student.id,
            "extent": "identity",
            "reason": "Letter of the 1st",
            "understood": True,
            "degree_kept_elsewhere": True,
        }
        with freeze_time(keeping.LATER):
            number = self.rpc(self.registrar, "ntue.student.erasure", "create", vals)
            self.refused(self.registrar, "ntue.student.erasure", "action_erase", [number])
            number = self.rpc(self.colleague, "ntue.student.erasure", "create", vals)
            self.rpc(self.colleague, "ntue.student.erasure", "action_erase", [number])
        self.env.invalidate_all()
        self.assertEqual(self.stored(*words, SAID), [])
        self.assertEqual(self.check_log(), [])
        kept = self.env[REGISTER].search([("record", "=", grade.id)], limit=1)
        self.assertIn("81", kept.changes or "", "a grade names nobody, and is the school record")
        decided = self.way.record.event_ids.filtered(lambda row: row.user_id == self.assistant)
        self.assertTrue(all(decided.mapped("actor")), "who decided stays accountable")
