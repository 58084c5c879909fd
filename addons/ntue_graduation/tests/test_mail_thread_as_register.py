"""Messages are no register: who may write, rewrite or spread them, and what is kept instead."""

import json

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger

from ..pages.timeline import timeline
from .common import GraduationCase

SAID = "ntue.graduation.correspondence"
REGISTER = "ntue.register.entry"


def threads(env):
    """Every real model of ours that has messages; a new one is in it by itself."""
    thread = env.registry["mail.thread"]
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith("ntue.") and issubclass(model, thread) and not model._abstract
    )


def heirs(env, *mixins):
    """Every real model of ours that inherits one of the mixins."""
    kinds = tuple(env.registry[name] for name in mixins)
    return {
        name
        for name, model in env.registry.items()
        if name.startswith("ntue.") and issubclass(model, kinds) and not model._abstract
    }


@tagged("post_install", "-at_install")
class TestMailThreadAsRegister(GraduationCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.srd.email = "srd@office.example.com"
        cls.window.write(
            {"contact_name": "進修教育中心", "contact_email": "cec@office.example.com"}
        )
        employee = school_of.user(cls.env, "employee@staff.example.com", school_of.STAFF)
        cls.employed = cls.new_student("210941003", "在職同學")
        cls.employed.partner_id.user_ids.write({"group_ids": [(6, 0, employee.group_ids.ids)]})
        cls.colleague = employee
        cls.second = school_of.user(cls.env, "second@staff.example.com", school_of.STAFF)
        cls.second.group_ids = cls.registrar.group_ids
        cls.administrator = school_of.user(
            cls.env, "settings@staff.example.com", f"{school_of.STAFF},base.group_system"
        )

    def roles(self):
        """Everybody who might try; the first two are the staff concerned."""
        return {
            "assistant": self.assistant,
            "registrar": self.registrar,
            "student": self.way.account,
            "fellow": self.fellow.partner_id.user_ids,
            "employee": self.colleague,
            "employed student": self.employed.partner_id.user_ids,
            "other assistant": self.other_assistant,
            "registrar of the day": self.registrar_day,
            "operator": self.operator,
            "administrator": self.administrator,
            "public": self.env.ref("base.public_user"),
        }

    def calls(self, model, record):
        """What is tried on one record, and whether the staff concerned may."""
        message = self.env["mail.message"].search(
            [("model", "=", model), ("res_id", "=", record.id)], limit=1
        )
        follower = self.env["mail.followers"].search(
            [("res_model", "=", model), ("res_id", "=", record.id)], limit=1
        )
        there = {"model": model, "res_id": record.id, "body": "Forged"}
        others = self.colleague.partner_id.ids
        followed = {"res_model": model, "res_id": record.id, "partner_id": others[0]}
        ids, said = record.ids, message.ids
        yield "post", True, (model, "message_post", ids), {"body": "Hello"}
        answer = {"body": "Hello", "parent_id": message.id, "partner_ids": others}
        yield "post as an answer", True, (model, "message_post", ids), answer
        readers = {"partner_ids": self.second.partner_id.ids}
        yield "subscribe", True, (model, "message_subscribe", ids), readers
        nobody = {"partner_ids": others}
        yield "subscribe no reader", False, (model, "message_subscribe", ids), nobody
        mailed = {"body": "Hello", "partner_ids": others}
        yield "notify", False, (model, "message_notify", ids), mailed
        yield "create a message", True, ("mail.message", "create", [there]), {}
        yield (
            "create an answer",
            True,
            ("mail.message", "create", [{**there, "parent_id": message.id}]),
            {},
        )
        for vals in (
            {"body": "Forged"},
            {"author_id": others[0]},
            {"email_from": "x@example.com"},
            {"res_id": record.id + 1},
            {"model": "res.partner", "res_id": others[0]},
            {"is_internal": False},
            {"date": "2020-01-01 00:00:00"},
            {"subtype_id": self.env.ref("mail.mt_comment").id},
        ):
            yield f"rewrite {sorted(vals)}", False, ("mail.message", "write", said, vals), {}
        yield "delete a message", False, ("mail.message", "unlink", said), {}
        yield "follow for others", False, ("mail.followers", "create", [followed]), {}
        yield (
            "change a follower",
            False,
            ("mail.followers", "write", follower.ids, {"partner_id": others[0]}),
            {},
        )
        yield "delete a follower", False, ("mail.followers", "unlink", follower.ids), {}
        yield "rewrite the record", False, (model, "write", ids, {"student_id": self.fellow.id}), {}
        yield "delete the record", False, (model, "unlink", ids), {}

    @mute_logger("odoo.models", "odoo.orm.models", "odoo.addons.base.models.ir_access")
    def test_messages_of_our_models_are_posted_by_the_staff_concerned_and_rewritten_by_nobody(self):
        self.way.first_passed()
        self.student._correspondence().message_post(body="Note", subtype_xmlid="mail.mt_note")
        found, records = [], {}
        for model in threads(self.env):
            records[model] = self.env[model].search([("student_id", "=", self.student.id)])
            records[model].message_subscribe(self.registrar.partner_id.ids)
        for model, record in records.items():
            for title, open_to_staff, call, values in self.calls(model, record):
                for number, (role, user) in enumerate(self.roles().items()):
                    allowed = open_to_staff and number < 2
                    changed = self.outcome(user, *call, **values) == CHANGED
                    if changed != allowed:
                        found.append(f"{role}: {title} on {model}: {changed}")
        self.assertEqual(found, [])

    def test_somebody_who_writes_a_record_of_ours_from_the_portal_writes_no_messages_with_it(self):
        portal = self.env.ref("base.group_portal").implied_ids | self.env.ref("base.group_portal")
        everybody = portal | self.env.ref("base.group_user") | self.env.ref("base.group_public")
        open_to = self.env["ir.model.access"].search(
            [
                ("model_id.model", "in", threads(self.env)),
                "|",
                ("group_id", "=", False),
                ("group_id", "in", everybody.ids),
            ]
        )
        self.assertEqual(open_to.mapped("name"), [])

    def test_a_student_reads_no_note_of_staff_by_its_number(self):
        self.way.first_passed()
        found = []
        for model in threads(self.env):
            record = self.env[model].search([("student_id", "=", self.student.id)])
            for place in (record, self.env[model].search([("student_id", "=", self.employed.id)])):
                if not place:
                    place = self.employed._correspondence()
                place.with_user(self.assistant).message_post(
                    body="Doubtful", subtype_xmlid="mail.mt_note"
                )
                note = place.message_ids[0]
                self.assertTrue(note.is_internal or note.subtype_id.internal)
                for role, user in self.roles().items():
                    may = role in ("assistant", "registrar")
                    seen = bool(self.rpc(user, "mail.message", "search", [("id", "=", note.id)]))
                    if seen != may:
                        found.append(f"{role} on {model}: {seen}")
        self.assertEqual(found, [])

    def test_an_official_mail_bears_the_offices_name_and_answers_reach_whose_turn_it_is(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("ntue_curriculum.office_name", "進修教育中心")
        parameters.set_param("ntue_curriculum.office_email", "office@school.example.com")
        self.assistant.name = self.registrar.name = "Rector"
        before = self.env["mail.mail"].search([])
        self.way.reviewed()
        first = self.env["mail.mail"].search([]) - before
        self.way.pass_first().grade(85).pass_second()
        second = self.env["mail.mail"].search([]) - before - first
        self.assertTrue(first and second)
        for mail in first | second:
            self.assertIn("office@school.example.com", mail.email_from)
            self.assertIn("進修教育中心", mail.email_from)
            self.assertNotIn("Rector", f"{mail.email_from} {mail.reply_to} {mail.body_html}")
        self.assertEqual(set(map(email_normalize, first.mapped("reply_to"))), {self.srd.email})
        replies = set(map(email_normalize, second.mapped("reply_to")))
        self.assertEqual(replies, {"cec@office.example.com"})

    def test_a_staff_members_own_words_leave_in_the_offices_name(self):
        self.way.submitted()
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        forged = {
            "email_from": "rector@school.example.com",
            "author_id": self.registrar.partner_id.id,
        }
        place.message_post(body="Come by", partner_ids=self.student.partner_id.ids, **forged)
        message = place.message_ids[0]
        self.assertEqual(message.author_id, self.assistant.partner_id)
        self.assertNotIn("rector", message.email_from)
        self.assertNotIn("assistant", message.email_from)

    def test_nobody_names_or_mails_a_contact_by_a_number_that_they_may_not_read(self):
        """A follower and whom a message is for are shown by name."""
        stranger = self.new_student("210943004", "他系同學", of_framework=self.cict_framework)
        hidden, shown = stranger.partner_id.ids, self.second.partner_id.ids
        self.way.submitted()
        for record in (self.way.record._correspondence(), self.student._correspondence()):
            for ids, found in ((hidden, []), (shown, shown)):
                with self.subTest(model=record._name, ids=ids), self.undone():
                    call = (self.assistant, record._name)
                    self.rpc(*call, "message_subscribe", record.ids, ids)
                    self.assertEqual(
                        set(record.message_partner_ids.ids) & {*hidden, *ids}, {*found}
                    )
                    self.rpc(*call, "message_post", record.ids, body="Look", partner_ids=ids)
                    self.assertEqual(record.message_ids[0].partner_ids.ids, found)

    def test_a_name_that_a_student_gives_herself_is_not_the_name_in_the_log(self):
        self.way.account.partner_id.name = "Registrar"
        self.way.submitted()
        event = self.way.record.event_ids[-1]
        self.assertEqual(event.actor, "210941001 王大明")
        entries = timeline(self.way.record.with_user(self.assistant))
        self.assertEqual(entries[0].who, "210941001 王大明")

    def test_an_answer_reaches_the_office_in_charge_and_nobody_else(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.assistant.lang = "en_US"
        self.way.submitted()
        before = self.env["mail.mail"].search([])
        self.way.record.with_user(self.way.account)._answer("Where do I hand it in?\n<b>Now</b>")
        (mail,) = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.email_to, self.srd.email)
        self.assertNotIn("hand it in", mail.body_html)
        told = self.way.record.correspondence_ids.message_ids[0]
        self.assertEqual(told.author_id, self.student.partner_id)
        self.assertIn("&lt;b&gt;", told.body)
        self.assertIn("written", self.way.record.activity_ids.mapped("summary")[-1])
        for user, text in (
            (self.way.account, "x" * 2001),
            (self.way.account, " "),
            (self.way.account, "a\0b"),
            (self.fellow.partner_id.user_ids, "Hello"),
            (self.assistant, "Hello"),
        ):
            with self.subTest(user=user.login, length=len(text)), self.undone():
                record = self.way.record.with_user(user).sudo(False)
                with self.assertRaises(Exception):  # noqa: B017  # refused, one way or another
                    record._answer(text)

    def test_what_corrects_decides_or_grants_stands_in_the_register(self):
        decides = heirs(self.env, "ntue.correction", "ntue.graduation.grant")
        decides |= {"ntue.recognition", "ntue.graduation.deferral", "ntue.graduation.window"}
        entered = heirs(self.env, "ntue.registered", "ntue.decisive")
        self.assertEqual(decides - entered, set())

    def test_a_grade_that_is_corrected_stays_in_the_register_whatever_becomes_of_the_note(self):
        row = school_of.enrolment(self.student, "0650")
        vals = {"score": 95, "state": "passed", "correction_reason": "Typed wrongly"}
        self.rpc(self.registrar, "ntue.enrollment", "write", row.ids, vals)
        entry = self.env[REGISTER].search([("student_id", "=", self.student.id)], limit=1)
        self.assertEqual(json.loads(entry.changes)["score"], [65.0, 95.0])
        self.assertEqual((entry.reason, entry.user_id), ("Typed wrongly", self.registrar))
        self.assertIn(self.registrar.login, entry.actor)
        note = self.student.correspondence_ids.message_ids[0]
        self.refused(self.registrar, "mail.message", "unlink", note.ids)
        for method, values in (("write", [{"reason": "x"}]), ("unlink", [])):
            self.refused(self.registrar, REGISTER, method, entry.ids, *values)
            self.refused(self.administrator, REGISTER, method, entry.ids, *values)
        self.assertEqual(self.env[REGISTER]._check_log(), [])

    def test_a_decision_is_entered_when_it_is_made_and_when_it_is_deleted(self):
        row = school_of.enrolment(self.student, "0733")
        vals = {
            "student_id": self.student.id,
            "enrollment_id": row.id,
            "kind": "refused",
            "reason": "Too far",
        }
        number = self.rpc(self.assistant, "ntue.recognition", "create", vals)
        self.rpc(self.assistant, "ntue.recognition", "unlink", [number])
        entries = self.env[REGISTER].search([("model", "=", "ntue.recognition")])
        entries = entries.filtered(lambda entry: entry.record == number)
        self.assertEqual(entries.mapped("action"), ["deleted", "created"])
        self.assertEqual(entries.mapped("reason"), ["Too far", "Too far"])
        text = entries[-1].with_user(self.assistant).changes_text
        decided = self.env["ntue.recognition"]._fields["kind"]
        word = dict(decided._description_selection(self.env))["refused"]
        self.assertIn(f"{decided._description_string(self.env)}: – → {word}", text)
        self.assertIn(f": – → {row.display_name}", text)
        self.assertEqual(entries.user_id, self.assistant)

    def test_a_grant_its_revocation_and_a_window_that_moves_are_entered(self):
        permit = self.env["ntue.graduation.late.permit"].with_user(self.assistant)
        permit = permit.create(
            {
                "student_id": self.student.id,
                "term_id": self.terms["1141"].id,
                "date_end": "2025-12-31",
                "reason": "Ill",
            }
        )
        permit.write({"revoke_reason": "Well"})
        permit.action_revoke()
        self.window.with_user(self.registrar).write(
            {"date_close": "2025-11-28", "change_reason": "By the senate"}
        )
        self.env.flush_all()
        entries = self.env[REGISTER].search([], limit=4)
        last, *before = [(row.model, row.action) for row in entries]
        self.assertEqual(last, ("ntue.graduation.window", "changed"))
        self.assertIn(("ntue.graduation.late.permit", "created"), before)
        self.assertIn(("ntue.graduation.late.permit", "changed"), before)

    def test_a_setting_of_ours_that_changes_is_entered(self):
        self.env["ir.config_parameter"].set_param("ntue_curriculum.reference_only_year", "97")
        entry = self.env[REGISTER].search([], limit=1)
        self.assertEqual(entry.label, "ntue_curriculum.reference_only_year")
        self.assertEqual(json.loads(entry.changes)["value"][1], "97")
