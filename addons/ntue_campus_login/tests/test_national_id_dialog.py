"""One student's ID number, entered or removed by the registrar of the division, for a reason."""

from odoo.addons.ntue_curriculum.tests import records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .. import id_key
from .numbers import KEY, keys, number, wrong

DIALOG = "ntue.national.id.dialog"
WHY = "Identity card shown at the counter"


@tagged("post_install", "-at_install")
class TestNationalIdDialog(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)

    def setUp(self):
        super().setUp()
        self.enterContext(keys(KEY))

    def dialog(self, user=None, student=None, **values):
        user, student = user or self.registrar, student or self.student
        values = {"student_id": student.id, "reason": WHY, **values}
        # As the client does: saved first, then the button.
        (saved,) = self.rpc(user, DIALOG, "web_save", [], values, specification={"is_kept": {}})
        return saved

    def keep(self, text, **how):
        user = how.get("user") or self.registrar
        return self.rpc(user, DIALOG, "action_keep", self.dialog(number=text, **how)["id"])

    def is_hers(self, text):
        return self.student._ntue_is_national_id(id_key.typed(text))

    def entries(self):
        domain = [("model", "=", "ntue.national.id")]
        return self.env["ntue.register.entry"].search(domain, order="number")

    def test_a_number_is_kept_corrected_and_removed_and_the_register_says_why(self):
        self.keep(number(1))
        self.assertTrue(self.is_hers(number(1)))
        self.keep(number(2))
        self.assertTrue(self.is_hers(number(2)))
        self.assertFalse(self.is_hers(number(1)))
        saved = self.dialog()
        self.assertTrue(saved["is_kept"])
        self.rpc(self.registrar, DIALOG, "action_remove", saved["id"])
        self.assertFalse(self.student._ntue_has_national_id())
        self.assertEqual(self.entries().mapped("action"), ["created", "changed", "deleted"])
        self.assertEqual(set(self.entries().mapped("reason")), {WHY})
        self.assertEqual(self.entries().mapped("user_id"), self.registrar)
        self.assertEqual(self.entries().student_id, self.student)

    def test_no_table_has_the_number_while_the_dialog_is_open_or_afterwards(self):
        saved = self.dialog(number=number(1))
        for _time in ("open", "closed"):
            self.env.flush_all()
            for table in ("ntue_national_id_dialog", "ntue_national_id", "ntue_register_entry"):
                self.env.cr.execute(
                    f"SELECT 1 FROM {table} t WHERE t::text LIKE %s",  # noqa: S608 (ours)
                    [f"%{number(1)}%"],
                )
                self.assertFalse(self.env.cr.rowcount, table)
            if _time == "open":
                self.rpc(self.registrar, DIALOG, "action_keep", saved["id"])
        shown = self.rpc(self.registrar, DIALOG, "read", saved["id"], ["number"])
        self.assertFalse(shown[0]["number"])

    def test_a_slip_of_the_hand_is_refused_without_naming_the_number(self):
        with self.assertRaises(UserError) as refused, self.undone():
            self.keep(wrong(1))
        self.assertNotIn(wrong(1), str(refused.exception))
        self.assertFalse(self.entries())

    def test_without_a_reason_or_a_number_or_a_key_nothing_is_kept(self):
        for values in ({"reason": " ", "number": number(1)}, {"number": ""}):
            with self.subTest(values=values), self.undone(), self.assertRaises(UserError):
                self.rpc(self.registrar, DIALOG, "action_keep", self.dialog(**values)["id"])
        with keys(), self.undone(), self.assertRaises(UserError):
            self.keep(number(1))
        self.assertFalse(self.student._ntue_has_national_id())

    def test_nobody_else_keeps_removes_or_learns_whether_there_is_one(self):
        self.keep(number(1))
        setup = school_of.user(self.env, "setup@staff.example.com", "base.group_system")
        others = (self.assistant, self.registrar_day, self.operator, setup)
        for user in (*others, school_of.account_of(self.student)):
            with self.subTest(user=user.login), self.undone(), self.assertRaises(UserError):
                self.keep(number(2), user=user)
        self.assertTrue(self.is_hers(number(1)))

    def test_a_registrar_who_studies_here_keeps_not_her_own(self):
        self.student.sudo().partner_id = self.registrar.partner_id
        with self.assertRaises(AccessError), self.undone():
            self.keep(number(1))
