"""What was erased stays so: nobody writes it back, fakes it, or leaves a trace of it."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.privacy.student_privacy import NAMING, PSEUDONYM
from . import keeping
from .test_erasure import NAMES, ErasureCase

MARK = "left behind"
BACK = {
    "student_no": "210941001",
    "name": "王大明",
    "english_name": "WANG, DA-MING",
    "alias_name": "WANG, DAVID",
    "email": "back@example.com",
    "mobile": "0911-111-111",
    "phone": "02-1111-1111",
    "keep_reason": "王大明",
    "active": True,
}
UNMATCHED = ("bus_bus", "ir_model", "ir_ui_view", "ir_act", "ntue_register_entry", "ir_module")


@tagged("post_install", "-at_install")
@freeze_time(keeping.LATER)
class TestStaysErased(ErasureCase):
    def new(self, **vals):
        framework = self.student.curriculum_id
        vals = {"student_no": "210941777", "name": "新同學", "entry_year": 109, **vals}
        return {**vals, "curriculum_id": framework.id}

    def test_nobody_writes_a_name_back_that_was_erased(self):
        self.erase(extent="identity")
        self.assertEqual(sorted(BACK), sorted(NAMING))
        for name, value in BACK.items():
            vals = {name: value, "correction_reason": "It was a mistake"}
            self.refused(self.registrar, "ntue.student", "write", self.student.ids, vals)
            with self.subTest(name=name), self.undone(), self.assertRaises(UserError):
                self.student.write({name: value})

    def test_a_new_record_does_not_count_as_erased_by_a_default(self):
        """The register of somebody who counts as erased is read by nobody."""
        field = self.env["ir.model.fields"]._get("ntue.student", "identity_erased_on")
        default = {"field_id": field.id, "user_id": self.registrar.id, "json_value": '"2025-01-01"'}
        contexts = ({"default_identity_erased_on": "2025-01-01"}, {})
        for context in contexts:
            with self.subTest(context=context), self.undone():
                if not context:
                    self.env["ir.default"].create(default)
                number = self.rpc(
                    self.registrar, "ntue.student", "create", self.new(), context=context
                )
                self.assertFalse(self.env["ntue.student"].browse(number).identity_erased_on)

    def test_the_number_of_an_erased_one_is_given_by_erasing_alone(self):
        number = self.student._pseudonym()
        for taken in (number, number.lower(), f" {number}"):
            vals = self.new(student_no=taken)
            self.refused(self.registrar, "ntue.student", "create", vals)
            with self.undone(), self.assertRaises(ValidationError):
                self.fellow.write({"student_no": taken})
        self.erase(extent="identity")
        self.assertTrue(self.student.student_no.startswith(PSEUDONYM))

    def test_somebody_who_counts_as_erased_without_an_entry_is_found(self):
        self.assertEqual(self.check_log(), [])
        self.env.cr.execute(
            "UPDATE ntue_student SET identity_erased_on = '2027-01-01' WHERE id = %s",
            [self.student.id],
        )
        self.env.invalidate_all()
        self.assertIn(str(self.student.id), " ".join(self.check_log()))

    def leave_traces(self):
        """A mark in every text of the contact, and in what belongs to the account alone."""
        contact = self.student.partner_id
        texts = [
            name
            for name, field in contact._fields.items()
            if field.type in ("char", "text", "html") and field.column_type and not field.compute
            if field.store and not field.translate and not field.company_dependent
            if name not in ("name", "email")
        ]
        self.env.flush_all()
        marks = ", ".join(f"{name} = %s" for name in texts)
        query = f"UPDATE res_partner SET {marks} WHERE id = %s"  # noqa: S608 (names of fields)
        self.env.cr.execute(query, [MARK] * len(texts) + [contact.id])
        self.env.invalidate_all()
        rows = (
            ("ir.filters", {"name": MARK, "model_id": "ntue.student"}),
            ("res.users.log", {}),
        )
        for model, vals in rows:
            self.env[model].with_user(self.account).sudo().create(vals)
        mails = self.env["mail.mail"]
        to = f'"王大明" <{self.student.email}>'
        place = {"model": "res.users", "res_id": self.account.id}
        mails.create({"email_to": to, "subject": MARK, "body_html": MARK, "state": "exception"})
        mails.create({"recipient_ids": contact.ids, "body_html": MARK, "state": "exception"})
        mails.create({"email_to": to, "body_html": MARK, "state": "exception", **place})

    def test_no_table_names_the_student_after_an_erasure_but_the_chain(self):
        """Every table of the database, no matter who brings it along."""
        self.leave_traces()
        self.erase(extent="identity")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
            " 'public'::regnamespace"
        )
        tables = sorted(name for (name,) in self.env.cr.fetchall() if self.is_of_people(name))
        found = set()
        words = (*NAMES, MARK, self.account_login)
        for table in tables:
            self.env.cr.execute(
                f"SELECT t::text FROM {table} t WHERE t::text LIKE ANY(%s)",  # noqa: S608 (the catalogue's names)
                [[f"%{word}%" for word in words]],
            )
            found |= {
                (table, word)
                for (text,) in self.env.cr.fetchall()
                for word in words
                if word in text
            }
        self.assertEqual(found, set())

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account_login = cls.account.login

    @staticmethod
    def is_of_people(table):
        return not table.startswith(UNMATCHED)
