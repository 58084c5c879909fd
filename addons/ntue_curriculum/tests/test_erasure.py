import json

from lxml import html
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from ..erasing import KEY
from . import keeping, records
from . import school as school_of
from .common import SchoolCase, SchoolHttpCase

DIALOG = "ntue.student.erasure"
NAMES = ("王大明", "210941001", "0911-111-111", keeping.SAID)


@freeze_time(keeping.LATER)
class ErasureCase(SchoolCase):
    """A student who left, of whom something of every kind is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.made = keeping.fill(cls, cls.student)
        cls.account = school_of.account_of(cls.student)
        cls.colleague = school_of.user(cls.env, "registrar.second", school_of.GROUPS["registrar"])
        contact = cls.student.partner_id
        contact.write(dict.fromkeys(("comment", "street", "website"), keeping.SAID))

    def dialog(self, user=None, **vals):
        vals = {"student_id": self.student.id, "reason": "Letter of the 1st", **vals}
        return self.rpc(user or self.registrar, DIALOG, "create", {"understood": True, **vals})

    def erase(self, user=None, **vals):
        number = self.dialog(user, **vals)
        self.env.cr.precommit.run()
        self.rpc(user or self.registrar, DIALOG, "action_erase", [number])
        self.env.cr.precommit.run()
        self.env.invalidate_all()

    def texts(self):
        """Every text of the database that a person could be read from, outside of the chain."""
        self.env.flush_all()
        self.env.cr.precommit.run()  # what Odoo notes of changes when a request ends
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'id'"
            " AND table_schema = 'public' AND (table_name LIKE 'ntue\\_%' OR table_name IN"
            " ('res_partner', 'res_users', 'mail_activity', 'mail_message', 'mail_mail',"
            " 'mail_tracking_value', 'ir_attachment'))"
        )
        tables = {name for (name,) in self.env.cr.fetchall()} - self.chains()
        parts = [f"SELECT '{name}', t::text FROM {name} t" for name in sorted(tables)]  # noqa: S608 (the catalogue's names)
        self.env.cr.execute(" UNION ALL ".join(parts))
        return self.env.cr.fetchall()

    def chains(self):
        return {chain._table for chain in self.env["ntue.chained"]._chains()}

    def where(self, *words):
        """(word, table) of each word that is still found."""
        return sorted(
            {(word, table) for table, text in self.texts() for word in words if word in text}
        )

    def check_log(self):
        return [
            problem
            for chain in self.env["ntue.chained"]._chains()
            for problem in chain._check_log()
        ]


@tagged("post_install", "-at_install")
@freeze_time(keeping.LATER)
class TestErasure(ErasureCase):
    """One student's data are erased on request; the chain stays whole and says that it was done."""

    def test_contacts_go_and_the_school_record_stays_under_its_name(self):
        grades = self.student.enrollment_ids.mapped("score")
        self.erase()
        self.assertFalse(self.student.email or self.student.mobile or self.student.phone)
        self.assertFalse(self.student.passport_copy_ids or self.student.change_ids)
        self.assertFalse(self.made["message"].exists() or self.made["letter"].exists())
        self.assertFalse(self.account.active or self.made["device"].exists())
        self.assertEqual(self.where("0911-111-111", keeping.SAID), [])
        self.assertEqual(self.student.name, "王大明")
        self.assertEqual(self.student.enrollment_ids.mapped("score"), grades)

    def test_name_and_number_go_everywhere_but_from_the_chain(self):
        grades = self.student.enrollment_ids.mapped("score")
        self.rpc(
            self.registrar,
            "ntue.student",
            "write",
            self.student.ids,
            {"english_name": "WANG, DA-MING", "correction_reason": "Passport"},
        )
        self.erase(self.colleague, extent="identity")
        self.assertEqual(self.where(*NAMES, "WANG, DA-MING"), [])
        self.assertEqual(self.student.student_no, f"ERASED-{self.student.id:06d}")
        self.assertEqual(self.student.partner_id.name, self.student.student_no)
        self.assertEqual(self.student.enrollment_ids.mapped("score"), grades)

    def test_the_chains_are_sound_after_both_extents(self):
        self.rpc(
            self.registrar,
            "ntue.student",
            "write",
            self.student.ids,
            {"name": "王大民", "alias_name": "WANG, DAVID", "correction_reason": "Passport"},
        )
        self.assertEqual(self.check_log(), [])
        self.erase()
        self.assertEqual(self.check_log(), [])
        self.erase(self.colleague, extent="identity")
        self.assertEqual(self.check_log(), [])

    def test_nobody_takes_out_their_own_reasons_with_a_name(self):
        vals = {"name": "王大民", "correction_reason": "Passport"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, vals)
        number = self.dialog(extent="identity")
        told = self.refused(self.registrar, DIALOG, "action_erase", [number])
        self.assertIn("who gave none erases the name", told)
        dialog = self.env[DIALOG].with_user(self.registrar).browse(number)
        self.assertTrue(dialog.is_blocked)
        self.assertIn("who gave none erases the name", dialog.panel)
        self.erase()  # what no rule asks to keep holds no reason
        self.erase(self.colleague, extent="identity")
        self.assertTrue(self.student.identity_erased_on)

    def test_the_number_of_a_certificate_goes_with_the_name_and_the_verdict_stays(self):
        way = school_of.milestone(self.student.curriculum_id)
        shown = school_of.evidence(self.student, way, amount=650, document="TOEIC 77-1234")
        self.rpc(self.registrar, shown._name, "write", shown.ids, {"verdict": "accepted"})
        shown_in = ("TOEIC 77-1234", "ntue_milestone_evidence")
        self.assertIn(shown_in, self.where("TOEIC 77-1234"))
        self.erase()
        self.assertEqual(shown.document, "TOEIC 77-1234", "the school record stays")
        self.erase(self.colleague, extent="identity")
        self.assertEqual(self.where("TOEIC 77-1234"), [])
        self.assertEqual((shown.verdict, shown.amount), ("accepted", 650))
        self.assertEqual(shown.checked_by_id, self.registrar)
        self.assertEqual(self.check_log(), [])

    def test_reasons_of_decisions_go_with_the_name_and_what_was_decided_stays(self):
        way = school_of.milestone(self.student.curriculum_id)
        shown = school_of.evidence(self.student, way, amount=650)
        said = "王大明 was ill"
        verdict = {"verdict": "rejected", "reason": said}
        self.rpc(self.assistant, shown._name, "write", shown.ids, verdict)
        course = school_of.enrolment(self.student, "0733")
        course.note = said
        values = {"student_id": self.student.id, "kind": "refused", "enrollment_id": course.id}
        number = self.rpc(self.assistant, "ntue.recognition", "create", {**values, "reason": said})
        decision = self.env["ntue.recognition"].browse(number)
        self.assertTrue(self.where(said))
        self.erase()
        self.assertEqual((decision.reason, shown.reason, course.note), (said, said, said))
        number = self.dialog(self.colleague, extent="identity")
        dialog = self.env[DIALOG].with_user(self.colleague).browse(number)
        self.assertIn("Reasons of decisions", dialog.panel)
        self.erase(self.colleague, extent="identity")
        self.assertEqual(self.where(said), [])
        self.assertEqual((decision.kind, decision.author_id), ("refused", self.assistant))
        self.assertEqual((shown.verdict, shown.checked_by_id), ("rejected", self.assistant))
        self.assertEqual(self.check_log(), [])
        query = "SELECT COUNT(*) FROM ntue_register_entry t WHERE t::text LIKE %s"
        self.env.cr.execute(query, [f"%{said}%"])
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_who_erases_after_a_colleague_is_told_so_and_enters_nothing(self):
        entries = [("model", "=", "ntue.retention"), ("student_id", "=", self.student.id)]
        for number, extent in enumerate(("contacts", "identity"), 1):
            dialogs = [self.dialog(extent=extent) for _ in range(2)]
            self.rpc(self.registrar, DIALOG, "action_erase", dialogs[:1])
            self.env.cr.precommit.run()
            said = self.refused(self.registrar, DIALOG, "action_erase", dialogs[1:])
            self.assertIn("already", said)
            self.assertEqual(self.env["ntue.register.entry"].search_count(entries), number)

    def test_what_came_after_an_erasure_can_be_erased(self):
        self.erase()
        self.student.correspondence_ids.message_post(body=keeping.SAID)
        self.assertNotEqual(self.where(keeping.SAID), [])
        self.erase()
        self.assertEqual(self.where(keeping.SAID), [])

    def test_the_record_of_the_erasure_stays_with_who_when_and_why(self):
        self.erase()
        entry = self.env["ntue.register.entry"].search(
            [("model", "=", "ntue.retention"), ("student_id", "=", self.student.id)]
        )
        self.assertEqual((entry.action, entry.user_id), ("erased", self.registrar))
        self.assertEqual(entry.reason, "Letter of the 1st")
        said = json.loads(entry.changes)
        self.assertEqual(said["scope"], [None, "contacts"])
        self.assertEqual(said["erased_passport_copies"], [None, 1])
        for words in NAMES:
            self.assertNotIn(words, entry.changes)
        read = self.rpc(self.registrar, "ntue.register.entry", "read", entry.ids, ["changes_text"])
        self.assertIn("Extent", read[0]["changes_text"])

    def test_of_somebody_whose_name_was_erased_nobody_reads_the_old_entries(self):
        self.rpc(
            self.registrar,
            "ntue.student",
            "write",
            self.student.ids,
            {"name": "王大民", "correction_reason": "Passport"},
        )
        mine = [("student_id", "=", self.student.id)]
        self.assertTrue(self.rpc(self.registrar, "ntue.register.entry", "search", mine))
        self.erase(self.colleague, extent="identity")
        for user in (self.registrar, self.assistant):
            read = self.rpc(user, "ntue.register.entry", "search_read", mine)
            self.assertEqual({row["action"] for row in read} - {"erased"}, set(), user.login)
            for words in ("王大明", "王大民", "210941001"):
                self.assertNotIn(words, str(read))
        kept = self.env["ntue.register.entry"].search(mine).mapped("action")
        self.assertIn("changed", kept, "the chain has them still")

    def test_the_preview_says_what_goes_what_stays_and_how_old_backups_are(self):
        self.env["ir.config_parameter"].set_param("ntue_curriculum.backup_days", "35")
        dialog = self.env[DIALOG].with_user(self.registrar).browse(self.dialog())
        panel = str(dialog.panel)
        for words in ("Passport copy", "Erased", "Stays:", "35 days", "kept for good"):
            self.assertIn(words, panel)
        self.assertFalse(dialog.is_blocked)
        before = self.fingerprint()
        self.rpc(self.registrar, DIALOG, "read", dialog.ids, ["panel"])
        self.assertEqual(self.fingerprint(), before)

    def test_without_a_reason_or_unread_nothing_is_erased(self):
        for vals in ({"reason": " "}, {"reason": False}, {"understood": False}):
            number = self.dialog(**vals)
            self.refused(self.registrar, DIALOG, "action_erase", [number])
        self.assertTrue(self.student.email)

    def test_only_the_registrar_of_the_division_erases(self):
        for user in (self.account, self.assistant, self.operator, self.registrar_day):
            with self.subTest(user=user.login), self.undone(), self.assertRaises(AccessError):
                self.erase(user)
        self.assertTrue(self.student.email)

    def test_a_registrar_who_studied_here_does_not_erase_herself(self):
        self.student.partner_id.user_ids.active = False
        self.student.sudo().partner_id = self.registrar.partner_id
        number = self.dialog()
        self.refused(self.registrar, DIALOG, "action_erase", [number])
        self.assertFalse(self.env[DIALOG].with_user(self.registrar).browse(number).panel)

    def test_an_employees_contact_and_account_stay(self):
        self.account.active = False
        self.student.sudo().partner_id = self.assistant.partner_id
        name = self.assistant.name
        self.erase(extent="identity")
        self.assertTrue(self.assistant.active)
        self.assertEqual((self.assistant.name, self.assistant.login), (name, self.assistant.login))
        self.assertFalse(self.student.partner_id)

    def test_somebody_who_is_enrolled_or_on_hold_is_not_erased(self):
        hold = {"keep_reason": "Objection", "correction_reason": "Letter 12"}
        with self.undone():
            self.rpc(self.registrar, "ntue.student", "write", self.student.ids, hold)
            number = self.dialog()
            said = self.refused(self.registrar, DIALOG, "action_erase", [number])
            self.assertIn("hold", said)
        with self.undone():
            self.student.term_ids.term_id[-1:].sudo().write(
                {"date_end": "2029-01-31", "change_reason": "Calendar"}
            )
            number = self.dialog()
            said = self.refused(self.registrar, DIALOG, "action_erase", [number])
            self.assertIn("enrolled", said)

    def test_a_hold_is_the_registrars_with_a_reason_and_stands_in_the_register(self):
        vals = {"keep_reason": "Objection"}
        for user in (self.account, self.assistant, self.operator, self.registrar_day):
            because = {**vals, "correction_reason": "x"}
            self.refused(user, "ntue.student", "write", self.student.ids, because)
        self.refused(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.refused(self.account, "ntue.student", "read", self.student.ids, ["keep_reason"])
        because = {**vals, "correction_reason": "Letter 12"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, because)
        self.assertIn("Objection", self.student.register_ids[0].changes)

    def test_the_registrar_finds_whom_a_hold_stands_on(self):
        self.student.keep_reason = "Objection"
        for user, offered in ((self.registrar, True), (self.operator, False)):
            students = self.env["ntue.student"].with_user(user)
            view = students.get_view(view_type="search")["arch"]
            domains = html.fromstring(view).xpath("//filter[@name='held']/@domain")
            self.assertEqual(bool(domains), offered)
            for domain in domains:
                self.assertEqual(students.search(safe_eval(domain)), self.student)

    def test_no_call_pretends_an_erasure(self):
        context = {KEY: True}
        for field in ("contacts_erased_on", "identity_erased_on"):
            vals = {field: "2026-01-01", "correction_reason": "x"}
            for user in (self.account, self.registrar):
                self.refused(user, "ntue.student", "write", self.student.ids, vals, context=context)
        for model, ids in (
            ("ntue.student.change", self.student.change_ids.ids),
            ("mail.message", self.made["message"].ids),
        ):
            for user in (self.account, self.registrar):
                self.refused(user, model, "unlink", ids, context=context)


@tagged("post_install", "-at_install")
@freeze_time(keeping.LATER)
class TestErasureByBrowser(SchoolHttpCase):
    def test_a_dialog_whose_session_has_ended_erases_nothing_until_its_registrar_is_back(self):
        records.people(self)
        keeping.fill(self, self.student)
        vals = {"student_id": self.student.id, "reason": "Letter of the 1st", "understood": True}
        number = self.rpc(self.registrar, DIALOG, "create", vals)
        before = self.fingerprint()
        self.authenticate(None, None)
        error = self.call(DIALOG, "action_erase", [number])["error"]
        self.assertEqual(error["data"]["name"], "odoo.http.SessionExpiredException")
        self.enter(self.assistant)
        self.assertIn("error", self.call(DIALOG, "action_erase", [number]))
        self.assertEqual(self.fingerprint(), before)
        self.enter(self.registrar)
        self.assertIn("result", self.call(DIALOG, "action_erase", [number]))
        self.assertFalse(self.student.passport_copy_ids)
