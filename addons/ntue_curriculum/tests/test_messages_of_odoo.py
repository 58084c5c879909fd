"""Odoo's own records with messages: students write none, staff in their own name only."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger

from ..models.mail.mail_thread import PLATFORM
from . import school as school_of
from .common import CHANGED, NOISY, SchoolCase, SchoolHttpCase

OFFICE = "office@school.example.com"
NEW = {
    "iap.account": {"name": "Account", "service_id": 1},
    "mail.blacklist": {"email": "nobody@example.com"},
    "phone.blacklist": {"number": "+886911111111"},
}
"""What a record of a model is made of that has none."""

INCOMING = """From: {sender}
To: {to}
Subject: Forged
Message-Id: <forged@example.com>
In-Reply-To: {answers}
References: {answers}

Forged
"""


def threads(env):
    """Every real model with messages that is not ours; a new one is in it by itself."""
    thread = env.registry["mail.thread"]
    return sorted(
        name
        for name, model in env.registry.items()
        if issubclass(model, thread) and not model._abstract and not name.startswith("ntue.")
    )


class Messages:
    """People, and a record of every model with messages with something said on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.fellow = cls.new_student("210941002", "同系同學", taken=())
        cls.employee = school_of.user(cls.env, "employee@staff.example.com", school_of.STAFF)
        cls.keeper = school_of.user(
            cls.env,
            "keeper@staff.example.com",
            f"{school_of.STAFF},base.group_partner_manager",
        )
        page = cls.env["ir.ui.view"].create({"type": "qweb", "arch": "<p>Forged</p>"})
        cls.env["ir.model.data"].create(
            {
                "module": "ntue_curriculum",
                "name": "page_of_this_test",
                "model": page._name,
                "res_id": page.id,
            }
        )
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("ntue_curriculum.office_email", OFFICE)

    def records(self):
        """By model the records on which messages are tried."""
        everybody = (self.account, self.employee, self.assistant, self.keeper)
        partners = [user.partner_id for user in everybody]
        channel = self.env["discuss.channel"].create({"name": "Room", "channel_type": "group"})
        channel.channel_member_ids = [(0, 0, {"partner_id": partner.id}) for partner in partners]
        found = {
            "res.partner": (*partners, self.env["res.partner"].create({"name": "Outside"})),
            "discuss.channel": (channel,),
        }
        for name in set(threads(self.env)) - set(found):
            model = self.env[name]
            found[name] = (model.search([], limit=1) or model.create(NEW[name]),)
        for records in found.values():
            for record in records:
                record.message_post(body="Said", message_type="comment", **self.by(self.registrar))
        self.env.flush_all()
        return found

    @property
    def account(self):
        return school_of.account_of(self.student)

    def by(self, user):
        return {
            "author_id": user.partner_id.id,
            "partner_ids": self.account.partner_id.ids,
            "subtype_xmlid": "mail.mt_comment",
        }


@tagged("post_install", "-at_install")
class TestMessagesOfOdoo(Messages, SchoolCase):
    maxDiff = None

    def calls(self, record, user):
        """What is tried on one record, each with somebody else's name where one may be given."""
        model, ids = record._name, record.ids
        author = self.registrar.partner_id
        message = record.message_ids.filtered(lambda row: row.author_id == author)
        forged = {
            "author_id": self.registrar.partner_id.id,
            "email_from": f"Office <{OFFICE}>",
            "reply_to": OFFICE,
        }
        others = self.employee.partner_id.ids
        there = {"model": model, "res_id": record.id, "body": "Forged"}
        said = {"body": "Forged", "partner_ids": others}
        yield "post", model, "message_post", [ids], {**said, **forged}
        yield "notify", model, "message_notify", [ids], {**said, **forged}
        yield "notify of nothing", "mail.thread", "message_notify", [[]], {**said, **forged}
        view = "ntue_curriculum.page_of_this_test"
        yield "mail a page", model, "message_mail_with_source", [ids, view], {**forged}
        yield "post a page", model, "message_post_with_source", [ids, view], {**forged}
        for title, partners in (("oneself", user.partner_id.ids), ("others", others)):
            yield f"subscribe {title}", model, "message_subscribe", [ids], {"partner_ids": partners}
        yield "unsubscribe", model, "message_unsubscribe", [ids], {"partner_ids": others}
        yield "make a message", "mail.message", "create", [{**there, **forged}], {}
        answer = {**there, **forged, "parent_id": message.id}
        yield "make an answer", "mail.message", "create", [answer], {}
        yield "make a message of nothing", "mail.message", "create", [{"body": "x", **forged}], {}
        for vals in (
            {"body": "Forged"},
            {"subject": "Forged"},
            {"author_id": user.partner_id.id},
            {"email_from": OFFICE},
            {"res_id": record.id + 1},
        ):
            yield f"rewrite {sorted(vals)}", "mail.message", "write", [message.ids, vals], {}
        yield "delete", "mail.message", "unlink", [message.ids], {}
        mail = INCOMING.format(
            sender=self.registrar.email or self.registrar.login,
            to=OFFICE,
            answers=message.message_id,
        )
        yield "hand mail in", model, "message_process", [model, mail], {}

    @mute_logger("odoo.models", "odoo.orm.models", "odoo.addons.mail.models.mail_thread")
    def test_students_and_strangers_write_follow_and_rewrite_on_no_record_with_messages(self):
        found = []
        stranger = self.env.ref("base.public_user")
        for records in self.records().values():
            for record in records:
                for user in (self.account, stranger):
                    for title, *call in self.calls(record, user):
                        model, method, args, kwargs = call
                        try:
                            outcome = self.outcome(user, model, method, *args, **kwargs)
                        except Exception as error:  # a fault is no refusal
                            outcome = f"{type(error).__name__}: {error}"
                        if outcome != "refused" and not self.is_nothing(title, outcome):
                            found.append(f"{user.login}: {title} on {record._name}: {outcome}")
        self.assertEqual(found, [])

    @staticmethod
    def is_nothing(title, outcome):
        return outcome != CHANGED and not str(outcome)[0].isupper() and "notify" not in title

    @mute_logger("odoo.models", "odoo.orm.models", "odoo.addons.mail.models.mail_thread")
    def test_employees_and_staff_speak_in_their_own_name_and_rewrite_nobody(self):
        found = []
        for records in self.records().values():
            for record in records:
                for user in (self.employee, self.keeper, self.assistant):
                    for title, *call in self.calls(record, user):
                        with self.undone():
                            wrong = self.in_anothers_name(user, *call)
                            if wrong:
                                found.append(f"{user.login}: {title} on {record._name}: {wrong}")
        self.assertEqual(found, [])

    def in_anothers_name(self, user, model, method, args, kwargs):
        """What came of a call that is not of the caller: messages, mails, or changed ones."""
        messages, mails = self.env["mail.message"].sudo(), self.env["mail.mail"].sudo()
        last = messages.search([], order="id desc", limit=1).id
        said = self.said(last)
        try:
            self.rpc(user, model, method, *args, **kwargs)
        except UserError:
            return None
        if self.said(last) != said:
            return "another's message was changed"
        new = messages.search([("id", ">", last)])
        mails = mails.search([("mail_message_id", "in", new.ids)])
        told = {
            row.author_id.name for row in new if row.author_id not in (user.partner_id, self.robot)
        }
        told |= {
            address
            for row in (*new, *mails)
            for address in (row.email_from, row.reply_to)
            if OFFICE in (address or "") or self.registrar.login in (address or "")
        }
        return told

    @property
    def robot(self):
        return self.env.ref("base.partner_root")

    def said(self, last):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, body, subject, author_id, email_from, model, res_id FROM mail_message"
            " WHERE id <= %s AND author_id = %s ORDER BY id",
            [last, self.registrar.partner_id.id],
        )
        return self.env.cr.fetchall()

    def test_every_model_of_odoo_with_messages_is_one_on_which_people_speak_for_themselves(self):
        self.assertEqual(set(threads(self.env)) - PLATFORM, set())

    def test_what_is_composed_is_from_the_person_who_composed_it_and_to_no_record_of_ours(self):
        vals = {
            "composition_mode": "mass_mail",
            "subject": "Forged",
            "body": "<p>Forged</p>",
            "email_from": OFFICE,
            "reply_to": OFFICE,
            "author_id": self.registrar.partner_id.id,
        }
        to = {"model": "res.partner", "res_ids": str(self.employee.partner_id.ids)}
        number = self.rpc(self.assistant, "mail.compose.message", "create", {**vals, **to})
        before = self.env["mail.mail"].search([])
        self.rpc(self.assistant, "mail.compose.message", "action_send_mail", [number])
        for mail in self.env["mail.mail"].search([]) - before:
            self.assertEqual(mail.author_id, self.assistant.partner_id)
            self.assertEqual(email_normalize(mail.email_from), self.assistant.email)
            self.assertNotIn(OFFICE, mail.reply_to)
        for mode in ("mass_mail", "comment"):
            to = {"model": "ntue.student", "res_ids": str(self.student.ids)}
            vals["composition_mode"] = mode
            number = self.rpc(self.assistant, "mail.compose.message", "create", {**vals, **to})
            self.refused(self.assistant, "mail.compose.message", "action_send_mail", [number])

    def test_a_follower_of_a_correspondence_is_somebody_who_may_read_it(self):
        place = self.student._correspondence()
        outside = self.env["res.partner"].create({"name": "Outside", "email": "o@example.com"})
        for users, readers in (
            (self.registrar, self.registrar.partner_id),
            (self.employee | self.operator, outside.browse()),
            (self.account, outside.browse()),
        ):
            for env in (self.assistant, self.env.user):
                with self.subTest(users=users.mapped("login"), by=env.login), self.undone():
                    ids = (users.partner_id | outside).ids
                    place.with_user(env).message_subscribe(ids)
                    self.assertEqual(place.message_partner_ids, readers)

    def test_a_follower_who_may_read_no_more_is_told_no_more(self):
        place = self.student._correspondence()
        place.message_subscribe(self.registrar.partner_id.ids)
        for groups, told in ((self.registrar.group_ids, True), (self.employee.group_ids, False)):
            self.registrar.group_ids = groups
            before = self.env["mail.notification"].search([])
            place.with_user(self.assistant).message_post(
                body="News", subtype_xmlid="mail.mt_comment"
            )
            new = self.env["mail.notification"].search([]) - before
            self.assertEqual(self.registrar.partner_id in new.res_partner_id, told)


@tagged("post_install", "-at_install")
class TestMessageDoors(Messages, SchoolHttpCase):
    def test_a_student_in_a_chat_room_writes_nothing_there(self):
        (channel,) = self.records()["discuss.channel"]
        message = channel.message_ids[:1]
        self.enter(self.account)
        there = {"thread_model": "discuss.channel", "thread_id": channel.id}
        said = {"message_id": message.id}
        followed = {"res_id": self.account.partner_id.id, "partner_ids": [1]}
        for route, params in (
            ("/mail/message/post", {**there, "post_data": {"body": "Hello"}}),
            ("/mail/message/update_content", {**said, "update_data": {"body": "x"}}),
            ("/mail/message/reaction", {**said, "content": "x", "action": "add"}),
            ("/mail/thread/subscribe", {"res_model": "res.partner", **followed}),
        ):
            before = self.fingerprint()
            with mute_logger(*NOISY):
                answer = self.url_open(
                    route,
                    data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                    headers={"Content-Type": "application/json"},
                )
            self.assertTrue(answer.status_code == 403 or "error" in answer.json(), route)
            self.assertEqual(self.fingerprint(), before, route)
        vals = {"channel_id": channel.id, "partner_id": self.fellow.partner_id.id}
        self.assert_refused("discuss.channel.member", "create", vals)
        own = channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.account.partner_id
        )
        self.assertTrue(own)
        self.assert_refused(
            "discuss.channel.member", "write", own.ids, {"custom_channel_name": "x"}
        )
