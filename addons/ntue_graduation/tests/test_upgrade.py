"""Upgrading: the scripts on rows as versions before had them, in every stage of an application."""

from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.upgrades import upgrade
from odoo.tests import tagged
from psycopg2.errors import UndefinedTable

from .common import APPLICATION, GraduationCase, Way

HOMES = {
    "ntue.student": ("ntue_curriculum", "19.0.1.1.0"),
    APPLICATION: ("ntue_graduation", "19.0.1.2.0"),
}
PLACES = {
    "ntue.student": "ntue.student.correspondence",
    APPLICATION: "ntue.graduation.correspondence",
}
STAGES = ("drafted", "submitted", "returned", "first_passed", "second_passed")


@tagged("post_install", "-at_install")
class TestUpgrade(GraduationCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = school_of.user(cls.env, "employee@staff.example.com", school_of.STAFF)
        cls.ways = {}
        for number, stage in enumerate(STAGES):
            student = cls.new_student(f"21094110{number}", "同學")
            cls.ways[stage] = getattr(Way(cls, student), stage)()
        cls.before()

    @classmethod
    def before(cls):
        """Messages, files, waiting messages and followers on the records themselves."""
        cls.messages = cls.env["mail.message"]
        cls.waiting = cls.env["mail.scheduled.message"]
        for way in cls.ways.values():
            for record in (way.student, way.record):
                cls.said_on(record, way.account)
                cls.waits_on(record)
                for user in (cls.assistant, cls.registrar, way.account, cls.colleague):
                    cls.env["mail.followers"].sudo().create(
                        {
                            "res_model": record._name,
                            "res_id": record.id,
                            "partner_id": user.partner_id.id,
                        }
                    )
        cls.env.flush_all()
        for place in PLACES.values():
            cls.env.cr.execute(f"DELETE FROM {place.replace('.', '_')}")  # noqa: S608
        cls.env.invalidate_all()

    @classmethod
    def said_on(cls, record, account):
        """Three messages with a file, by staff and by the student."""
        there = {"res_model": record._name, "res_id": record.id}
        file = cls.env["ir.attachment"].create({"name": "note.txt", "raw": b"Note", **there})
        for body, author, subtype in (
            ("Note of staff", cls.assistant, "mail.mt_note"),
            ("Word of staff", cls.assistant, "mail.mt_comment"),
            ("Word of the student", account, "mail.mt_comment"),
        ):
            cls.messages |= cls.messages.sudo().create(
                {
                    "model": record._name,
                    "res_id": record.id,
                    "body": body,
                    "author_id": author.partner_id.id,
                    "message_type": "comment",
                    "subtype_id": cls.env.ref(subtype).id,
                    "attachment_ids": file.ids,
                }
            )

    @classmethod
    def waits_on(cls, record):
        """A message of staff that waits for its day."""
        cls.env.cr.execute(
            "INSERT INTO mail_scheduled_message (model, res_id, author_id, scheduled_date, body)"
            " VALUES (%s, %s, %s, '2099-01-01', 'Later') RETURNING id",
            [record._name, record.id, cls.assistant.partner_id.id],
        )
        cls.waiting |= cls.waiting.browse(cls.env.cr.fetchone()[0])

    def upgraded(self, topic):
        for addon, version in HOMES.values():
            upgrade(self.env, addon, version, f"post-{topic}")

    def test_what_was_said_stands_beside_the_records_and_nothing_of_it_is_lost(self):
        self.upgraded("correspondence")
        left = [
            (row.model, row.res_id) for row in self.messages if row.model not in PLACES.values()
        ]
        self.assertEqual(left, [])
        for way in self.ways.values():
            for record in (way.student, way.record):
                place = record.sudo().correspondence_ids
                self.assertEqual(len(place), 1)
                self.assertEqual(len(place.message_ids & self.messages), 3)
                files = (place.message_ids & self.messages).attachment_ids
                self.assertEqual(
                    {(row.res_model, row.res_id) for row in files}, {(place._name, place.id)}
                )
                staff = self.assistant | self.registrar | self.colleague
                self.assertEqual(place.message_partner_ids & staff.partner_id, staff.partner_id)
                self.assertFalse(place.message_partner_ids & way.account.partner_id)
                waits = self.waiting.filtered(lambda row, place=place: row.res_id == place.id)
                self.assertIn(place._name, waits.mapped("model"))
        self.env.cr.execute(
            "SELECT COUNT(*) FROM mail_followers WHERE res_model IN %s", [tuple(PLACES)]
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_afterwards_each_reads_what_the_table_says(self):
        self.upgraded("correspondence")
        wrong = []
        for stage, way in self.ways.items():
            own = self.messages.filtered(
                lambda row, way=way: row.author_id == way.account.partner_id
            )
            for record in (way.student, way.record):
                place = record.sudo().correspondence_ids
                there = self.messages.filtered(
                    lambda row, place=place: (row.model, row.res_id) == (place._name, place.id)
                )
                hidden = record == way.record and way.record.state == "draft"
                written = there.filtered(lambda row: row.author_id == self.assistant.partner_id)
                for user, readable in (
                    (self.assistant, written if hidden else there),  # its author has it
                    (self.registrar, there.browse() if hidden else there),
                    (self.colleague, there.browse()),
                    (way.account, there & own),
                ):
                    seen = self.rpc(user, "mail.message", "search", [("id", "in", there.ids)])
                    if set(seen) != set(readable.ids):
                        wrong.append((stage, record._name, user.login, len(seen), len(readable)))
        self.assertEqual(wrong, [])

    def test_what_decides_is_entered_and_an_upgrade_that_is_run_again_changes_nothing(self):
        for _again in range(2):
            self.upgraded("correspondence")
            self.upgraded("register")
            self.assertEqual(self.env["ntue.register.entry"]._check_log(), [])
        for way in self.ways.values():
            self.assertEqual(len(way.student.sudo().correspondence_ids), 1)

    def test_a_register_that_the_upgrade_itself_makes_is_written_at_once(self):
        """Another connection, which a chain asks for its head, does not see the table yet."""
        register = self.env["ntue.register.entry"]
        seen = type(register)._head_seen

        def unseen(model, cr):
            if cr is not self.env.cr:
                raise UndefinedTable
            return seen(model, cr)

        self.env.cr.precommit.data.pop(register._table, None)
        with (
            patch.object(type(register), "_head_seen", unseen),
            patch(
                "odoo.addons.ntue_curriculum.models.chain.chained.table_exists", return_value=False
            ),
        ):
            self.env["ir.config_parameter"].set_param("ntue_curriculum.office_name", "Office")
        self.assertEqual(register._check_log(), [])
