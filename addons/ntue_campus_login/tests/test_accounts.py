"""Accounts for many students: looked at first, made one by one, and never twice (D44)."""

import base64
from ast import literal_eval
from pathlib import Path

from odoo import fields
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..wizard.account_wizard import ID_NUMBER, NUMBER
from .portal import switch_on
from .words import GOOD, id_number, server_key

WIZARD, BATCH = "ntue.account.wizard", "ntue.account.batch"
PROGRAM = "ntue.program"


@tagged("post_install", "-at_install")
class TestAccounts(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomers = cls.env["ntue.student"].browse()
        for serial in (1, 2, 3):
            student = cls.new_student(f"21094101{serial}", f"新生{serial}", taken=())
            school_of.account_of(student).unlink()
            student.email = f"new{serial}@mail.example.com"
            cls.newcomers |= student
        cls.settled = cls.new_student("210941001", "王大明", taken=())
        cls.undergraduate = cls.new_student(
            "110941004", "日間學生", of_framework=cls.day_framework, taken=()
        )
        school_of.account_of(cls.undergraduate).unlink()
        cls.numbers = {
            student.student_no: id_number(1000000 + student.id % 900000)
            for student in cls.newcomers
        }

    def looked_at(self, user=None, **values):
        """The batch that comes of the wizard, filled in by ``user`` over RPC."""
        user = user or self.registrar
        number = self.rpc(user, WIZARD, "create", values)
        opened = self.rpc(user, WIZARD, "action_look", [number])
        return self.env[BATCH].browse(opened["res_id"])

    def by_list(self, rows=None, header="學號,身分證字號", **values):
        rows = self.numbers.items() if rows is None else rows
        text = "\n".join([header, *(",".join(row) for row in rows)])
        return self.looked_at(
            way="first_password",
            list_name="list.csv",
            list_file=base64.b64encode(text.encode()).decode(),
            **values,
        )

    def made(self, batch):
        """Begin it as its registrar, and let the cron work; the batch as it is then."""
        self.rpc(self.registrar, BATCH, "action_start", batch.ids)
        with keeping.no_commit(self.env):
            self.env[BATCH]._run_due()
        self.env.invalidate_all()
        return batch

    def accounts(self):
        return self.env["res.users"].with_context(active_test=False).search([])

    def mails(self):
        return self.env["mail.mail"].search([])

    def of(self, batch, student):
        return batch.line_ids.filtered(lambda line: line.student_id == student)

    def test_nothing_is_made_before_it_was_looked_at_and_begun(self):
        before, mails = self.accounts(), self.mails()
        batch = self.looked_at()
        self.assertEqual((batch.state, batch.ready, batch.done), ("preview", 3, 0))
        self.assertIn("chosen a password", self.of(batch, self.settled).why)
        self.assertFalse(self.of(batch, self.undergraduate), "of another division")
        self.assertEqual((self.accounts(), self.mails()), (before, mails))

    def test_invitations_make_portal_accounts_by_student_number_and_mail_each_its_link(self):
        before = self.mails()
        batch = self.made(self.looked_at())
        self.assertEqual((batch.state, batch.done, batch.percent), ("done", 3, 100))
        for student in self.newcomers:
            account = school_of.account_of(student)
            self.assertEqual(account.login, student.student_no)
            self.assertTrue(account._is_portal())
            self.assertTrue(account._ntue_is_student())
            self.assertFalse(account._ntue_password_hash())
        mails = self.mails() - before
        self.assertEqual(sorted(mails.mapped("email_to")), self.newcomers.mapped("email"))

    def test_a_second_time_doubles_neither_accounts_nor_mails(self):
        self.made(self.looked_at())
        before, mails = self.accounts(), self.mails()
        batch = self.made(self.looked_at())
        self.assertEqual((batch.ready, batch.done), (0, 0))
        self.assertIn("good until", self.of(batch, self.newcomers[0]).why)
        self.assertEqual((self.accounts(), self.mails()), (before, mails))

    def test_the_cron_that_is_cut_goes_on_where_it_was_and_makes_nobody_twice(self):
        batch = self.looked_at()
        self.rpc(self.registrar, BATCH, "action_start", batch.ids)
        before = self.mails()
        with keeping.no_commit(self.env, seconds=0.0):
            self.env[BATCH]._run_due()
        self.assertEqual((batch.state, len(self.mails() - before)), ("running", 1))
        with keeping.no_commit(self.env):
            self.env[BATCH]._run_due()
            self.env[BATCH]._run_due()
        self.assertEqual((batch.state, len(self.mails() - before)), ("done", 3))

    def test_somebody_who_has_not_come_is_invited_again_when_asked_for(self):
        self.made(self.looked_at())
        accounts, mails = self.accounts(), self.mails()
        batch = self.made(self.looked_at(again=True))
        self.assertEqual((batch.ready, batch.done), (3, 3))
        self.assertEqual(self.accounts(), accounts)
        self.assertEqual(len(self.mails() - mails), 3)

    def test_somebody_who_has_chosen_a_password_is_left_alone_even_when_asked_for(self):
        self.made(self.looked_at())
        account = school_of.account_of(self.newcomers[0])
        account.with_user(account)._ntue_set_new_password(GOOD)
        self.assertEqual(self.looked_at(again=True).ready, 2)

    def test_who_cannot_get_an_account_is_told_why(self):
        self.newcomers[0].email = False
        self.env["res.users"].create({"login": "210941012", "name": "Somebody else"})
        works_here = self.new_student("210941015", "職員學生", taken=())
        staff = self.env.ref("base.group_user").ids
        school_of.account_of(works_here).group_ids = [fields.Command.set(staff)]
        closed = self.new_student("210941016", "停用", taken=())
        school_of.account_of(closed).active = False
        batch = self.looked_at()
        for student, words in (
            (self.newcomers[0], "No e-mail"),
            (self.newcomers[1], "has the student number as its name"),
            (works_here, "works here"),
            (closed, "was closed"),
        ):
            self.assertIn(words, self.of(batch, student).why)
        self.assertEqual(batch.ready, 1)

    def test_what_changed_since_it_was_looked_at_is_looked_at_again(self):
        batch = self.looked_at()
        self.newcomers[0].email = self.newcomers[0].partner_id.email = False
        self.made(batch)
        line = self.of(batch, self.newcomers[0])
        self.assertEqual((line.result, batch.done, batch.refused), ("refused", 2, 1))
        self.assertIn("No e-mail", line.message)

    def test_students_chosen_in_the_list_get_one_and_nobody_else(self):
        chosen = self.newcomers[:2]
        context = {"active_model": "ntue.student", "active_ids": chosen.ids}
        number = self.rpc(self.registrar, WIZARD, "create", {}, context=context)
        opened = self.rpc(self.registrar, WIZARD, "action_look", [number])
        batch = self.env[BATCH].browse(opened["res_id"])
        self.assertEqual(batch.line_ids.student_id, chosen)

    def test_a_program_and_a_year_narrow_it_down(self):
        self.newcomers[0].write({"entry_year": 110})
        for values, expected in (
            ({"entry_year": 110}, self.newcomers[0]),
            ({"program_ids": [(6, 0, self.program.ids)], "entry_year": 110}, self.newcomers[0]),
        ):
            self.assertEqual(self.looked_at(**values).line_ids.student_id, expected)
        with self.assertRaises(UserError):
            self.looked_at(program_ids=[(6, 0, self.cict_program.ids)])

    def test_only_programs_of_ones_own_division_are_offered(self):
        for user, program in (
            (self.registrar, self.program),
            (self.registrar_day, self.day_program),
        ):
            views = self.rpc(user, WIZARD, "get_views", [[False, "form"]])
            domain = literal_eval(views["models"][WIZARD]["fields"]["program_ids"]["domain"])
            offered = {number for number, _ in self.rpc(user, PROGRAM, "name_search", "", domain)}
            self.assertEqual(offered & {self.program.id, self.day_program.id}, {program.id})

    def test_a_registrar_makes_accounts_of_her_own_division_only(self):
        for student in (self.newcomers[0], self.undergraduate):
            user = self.registrar_day if student == self.undergraduate else self.registrar
            batch = self.looked_at(user)
            self.assertIn(student, batch.line_ids.student_id)
            self.assertEqual(set(batch.line_ids.student_id.mapped("division")), {student.division})
        with self.assertRaises(AccessError):
            self.rpc(self.registrar_day, BATCH, "action_start", self.looked_at().ids)

    def test_who_sees_another_division_as_assistant_makes_no_accounts_there(self):
        self.assistant.group_ids |= self.env.ref("ntue_curriculum.group_registrar_continuing")
        seen = self.env["ntue.student"].with_user(self.assistant).search([])
        self.assertIn(self.undergraduate, seen)
        made_for = self.looked_at(self.assistant).line_ids.student_id
        self.assertIn(self.newcomers[0], made_for)
        self.assertNotIn(self.undergraduate, made_for)

    # First passwords

    def test_a_list_gives_first_passwords_that_are_hashed_and_good_for_changing_only(self):
        with server_key():
            batch = self.made(self.by_list())
        self.assertEqual((batch.state, batch.done), ("done", 3))
        for student in self.newcomers:
            account = school_of.account_of(student)
            first = f"{self.numbers[student.student_no][-5:]}@Ntue"
            hashed = account._ntue_password_hash()
            self.assertTrue(account._crypt_context().verify(first, hashed))
            self.assertTrue(account.ntue_must_change)
            self.assertTrue(account.ntue_password_until)

    def test_no_table_has_an_id_number_of_the_list_at_any_time(self):
        with server_key():
            batch = self.by_list()
            self.assertEqual(self.tables_with(self.numbers.values()), [])
            self.assertTrue(batch.line_ids[0].sealed)
            self.made(batch)
        self.assertEqual(self.tables_with(self.numbers.values()), [])
        self.assertEqual(set(batch.line_ids.mapped("sealed")), {False})

    def tables_with(self, texts):
        """Tables of the database in which one of ``texts`` is, in any column."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                   "'public'::regnamespace")  # fmt: skip
        found = []
        for (name,) in cr.fetchall():
            cr.execute(
                f'SELECT 1 FROM "{name}" t WHERE t::text ~ %s LIMIT 1',  # noqa: S608 (the catalogue's names)
                ["|".join(texts)],
            )
            found += [name] if cr.rowcount else []
        return found

    def test_a_second_list_doubles_nothing_and_a_first_password_is_renewed_when_asked_for(self):
        with server_key():
            self.made(self.by_list())
            accounts = self.accounts()
            self.assertEqual(self.by_list().ready, 0)
            self.assertEqual(self.made(self.by_list(again=True)).done, 3)
        self.assertEqual(self.accounts(), accounts)

    def test_without_a_key_of_the_server_there_are_no_first_passwords(self):
        with server_key(""), self.assertRaises(UserError) as refused:
            self.by_list()
        self.assertIn("NTUE_ID_KEY", str(refused.exception))

    def test_a_number_of_nobody_and_one_of_another_division_are_told_the_same(self):
        rows = [("999999999", id_number(5)), (self.undergraduate.student_no, id_number(6))]
        with server_key():
            batch = self.by_list(rows)
        self.assertEqual(len(set(batch.line_ids.mapped("why"))), 1)
        self.assertFalse(batch.line_ids.student_id)

    def test_the_empty_list_to_start_from_has_the_columns_that_are_read(self):
        folder = Path(__file__).resolve().parents[3] / "data" / "accounts"
        (empty,) = folder.iterdir()
        text = empty.read_text(encoding="utf-8-sig")
        self.assertEqual(text.strip().split(","), [NUMBER, ID_NUMBER])
        with server_key():
            wizard = self.env[WIZARD].with_user(self.registrar)
            filled = f"{text}210941011,{id_number(5)}\n".encode()
            self.assertEqual(wizard._read_list(empty.name, filled), {"210941011": id_number(5)})

    def test_a_list_that_cannot_be_read_names_rows_and_no_number(self):
        good, bad = id_number(5), "F29876543"
        slip = good[:-1] + str((int(good[-1]) + 1) % 10)
        with server_key():
            for rows, words in (
                ([("210941011", good), ("210941012", bad)], "3"),
                ([("210941011", good), ("210941012", slip)], "3"),
                ([("210941011", good), ("210941011", good)], "3"),
                ([("", good)], "2"),
            ):
                with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                    self.by_list(rows)
                said = str(refused.exception)
                self.assertIn(words, said)
                for text in (good, bad, slip, good[-5:]):
                    self.assertNotIn(text, said)
            with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                self.by_list(header="number,id")
            self.assertIn("學號", str(refused.exception))

    def test_what_was_looked_at_and_not_begun_is_forgotten_the_day_after(self):
        with server_key():
            batch = self.by_list()
        batch.requested_at = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        begun = self.looked_at()
        self.env[BATCH]._gc_batches()
        self.assertFalse(batch.exists())
        self.assertTrue(begun.exists())

    def test_while_students_come_by_the_portal_an_account_alone_is_made(self):
        switch_on(self.env)
        self.assertEqual(self.env[WIZARD].with_user(self.registrar).new().way, "portal")
        invited = self.looked_at(way="invitation")
        self.assertEqual(set(invited.line_ids.mapped("verdict")), {"left_out"})
        batch = self.made(self.looked_at(way="portal"))
        self.assertEqual(
            batch.line_ids.filtered(lambda line: line.result == "done").student_id, self.newcomers
        )
        for student in self.newcomers:
            (account,) = student.partner_id.user_ids
            self.assertFalse(account._ntue_password_hash())
            self.assertFalse(account.ntue_invited_until)
