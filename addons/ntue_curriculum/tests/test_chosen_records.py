import re
from datetime import timedelta

from lxml import html
from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import email_normalize

from ..models.account import remembered_contacts
from . import records
from . import school as school_of
from .access import AccessTable, Row
from .chosen import TAKEN, ChosenRecords
from .common import REFUSED, SchoolCase, SchoolHttpCase, crossing
from .test_import_base import FILES

STUDENT = "ntue.student"
MERGE = "base.partner.merge.automatic.wizard"
NEW, THIRD = "new@mail.example.com", "third@mail.example.com"


@tagged("post_install", "-at_install")
class TestChosenRecords(ChosenRecords, AccessTable, SchoolCase):
    """Nobody exercises the code's rights on an account of their choice."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        records.drafts(cls)
        cls.add_clerk()
        cls.account = school_of.account_of(cls.student)
        cls.new = {
            "student_no": "210999999",
            "name": "New",
            "curriculum_id": cls.framework.id,
            "entry_year": 109,
        }

    def mails(self):
        return self.env["mail.mail"].search([]).mapped("email_to")

    @crossing
    def test_no_role_reaches_the_account_of_another_through_a_record_that_it_names(self):
        contacts = {
            f"contact of {title}": Row(contact, {"email": TAKEN}, lambda: {"name": "New"})
            for title, contact in (
                ("an administrator", self.admin.partner_id),
                ("a fellow student", self.fellow.partner_id),
            )
        }
        rows = {**records.rows(self), **contacts}
        self.assertEqual(self.taken_accounts(rows), [])

    def test_a_student_record_is_bound_to_a_contact_by_the_system_alone(self):
        for user in (self.registrar, self.clerk):
            for target in (self.admin, self.assistant, school_of.account_of(self.fellow)):
                bound = {**self.new, "partner_id": target.partner_id.id}
                found = self.outcome(user, STUDENT, "create", bound)
                self.assertEqual(found, REFUSED, f"{user.login} {target.login}")
        number = self.rpc(self.registrar, STUDENT, "create", self.new)
        contact = self.env[STUDENT].browse(number).partner_id
        self.assertEqual((contact.name, contact.create_uid.id), ("New", 1))

    def test_who_comes_back_after_uninstalling_gets_the_contact_that_the_system_kept(self):
        number, contact, account = self.student.student_no, self.student.partner_id, self.account
        remembered_contacts.remember(self.env)
        self.student.partner_id = False  # as after uninstalling: nobody is that contact
        self.student.student_no = "210941099"
        again = {**self.new, "student_no": number}
        created = self.env[STUDENT].browse(self.rpc(self.registrar, STUDENT, "create", again))
        self.assertEqual((created.partner_id, created._account()), (contact, account))
        self.assertEqual(contact.email, account.email, "its owner's, not the record's")
        created.sudo().write({"partner_id": False, "student_no": "210941098"})
        other = self.env[STUDENT].browse(self.rpc(self.registrar, STUDENT, "create", again))
        self.assertNotEqual(other.partner_id, contact, "given back once")

    def test_no_contact_comes_back_that_is_gone_an_employees_or_another_students(self):
        number = self.student.student_no
        for change in ("gone", "employee", "taken"):
            with self.subTest(change=change), self.undone():
                remembered_contacts.remember(self.env)
                contact = self.student.partner_id
                self.student.write({"partner_id": False, "student_no": "210941099"})
                self.env.flush_all()
                if change == "gone":
                    self.account.unlink()
                    contact.unlink()
                elif change == "employee":
                    self.account.group_ids = self.env.ref("base.group_user")
                else:
                    self.fellow.partner_id = contact
                vals = {**self.new, "student_no": number}
                made = self.rpc(self.registrar, STUDENT, "create", vals)
                self.assertNotEqual(self.env[STUDENT].browse(made).partner_id, contact)

    def test_a_registrars_own_default_gives_a_new_contact_no_account(self):
        for model, field in (("res.partner", "user_ids"), (STUDENT, "partner_id")):
            value = self.admin.partner_id.id if field == "partner_id" else [[4, self.admin.id]]
            self.rpc(self.registrar, "ir.default", "set", model, field, value, True)
        number = self.rpc(self.registrar, STUDENT, "create", self.new)
        contact = self.env[STUDENT].browse(number).partner_id
        self.assertFalse(contact.user_ids)
        self.assertNotEqual(contact, self.admin.partner_id)

    def test_the_contact_of_an_employee_who_studies_here_is_never_written(self):
        for user in (self.assistant, self.admin):
            self.student.partner_id = user.partner_id
            before = (user.partner_id.name, user.partner_id.email)
            vals = {"name": "別名", "email": NEW, "correction_reason": "Asked"}
            self.rpc(self.registrar, STUDENT, "write", self.student.ids, vals)
            self.student.sudo().write({"email": "other@mail.example.com"})
            self.assertEqual((user.partner_id.name, user.partner_id.email), before)
            user.active = False
            self.student.sudo().write({"email": TAKEN, "name": "又名"})
            self.assertEqual((user.partner_id.name, user.partner_id.email), before)
        self.assertFalse(self.mails())

    def test_an_import_writes_neither_an_employees_contact_nor_the_address_of_an_account(self):
        contents = {f"{name}.csv": "\n".join(lines).encode() for name, lines in FILES.items()}
        importer = self.env["ntue.importer"].with_user(self.operator)
        self.assertTrue(importer._import(contents).ok)
        for number, contact in (("Z211", self.admin.partner_id), ("Z212", self._portal("Z212"))):
            student = self.env[STUDENT].search([("student_no", "=", number)])
            student.partner_id = contact
            before = (contact.email, contact.user_ids.login)
            changed = contents["students.csv"].replace(student.email.encode(), TAKEN.encode())
            context = {"default_user_ids": [(4, self.admin.id)]}
            report = importer.with_context(**context)._import({"students.csv": changed})
            self.assertTrue(report.ok)
            self.assertEqual(student.email, TAKEN)
            self.assertEqual((contact.email, contact.user_ids.login), before)

    def _portal(self, login):
        return school_of.user(self.env, login, school_of.PORTAL).partner_id

    def test_a_contact_without_an_account_follows_the_record(self):
        student = self.env[STUDENT].create(self.new)
        vals = {"name": "改名", "email": NEW, "correction_reason": "Asked"}
        self.rpc(self.registrar, STUDENT, "write", student.ids, vals)
        self.assertEqual((student.partner_id.name, student.partner_id.email), ("改名", NEW))
        self.assertFalse(self.mails())

    # The address by which an account gets a new password

    def change_email(self, user, email=NEW):
        reason = {} if user == self.account else {"correction_reason": "Phoned"}
        self.rpc(user, STUDENT, "write", self.student.ids, {"email": email, **reason})

    def confirm(self, user, token, password=None):
        student = self.student.with_user(user)
        return student._confirm_account_email(token, password or user.login)

    def link(self):
        """The token of the link in the last mail that has one."""
        bodies = self.env["mail.mail"].search([], order="id desc").mapped("body_html")
        found = [re.search(r"token=([\w-]+)", body) for body in bodies]
        return next(match[1] for match in found if match)

    def test_a_third_person_moves_no_account_and_both_addresses_are_told(self):
        old = self.account.email
        for user in (self.registrar, self.clerk, self.account):
            with self.subTest(user=user.login), self.undone():
                self.change_email(user)
                self.assertEqual((self.student.email, self.account.email), (NEW, old))
                self.assertEqual(sorted(self.mails()), sorted([NEW, old]))
                for mail in self.env["mail.mail"].search([]):
                    self.assertIn(NEW, mail.body_html)
                    self.assertIn(old, mail.body_html)
                    self.assertEqual("token=" in mail.body_html, mail.email_to == NEW)

    def test_the_mail_about_an_address_is_the_offices_and_in_its_readers_language(self):
        office = "office@school.example.com"
        self.env["ir.config_parameter"].set_param("ntue_curriculum.office_email", office)
        self.env.company.email = "company@school.example.com"
        self.registrar.lang = "en_US"
        self.account.partner_id.lang = "zh_TW"
        self.change_email(self.registrar)
        mails = self.env["mail.mail"].search([])
        self.assertTrue(mails)
        for mail in mails:
            self.assertEqual(email_normalize(mail.email_from), office)
            self.assertEqual(email_normalize(mail.reply_to), office)
            self.assertEqual(mail.subject, "您登入用的電子信箱")

    def test_without_an_address_of_the_office_mails_come_from_the_schools_and_last_from_odoobot(
        self,
    ):
        student, company = self.env[STUDENT], self.env.company
        alias = self.env["mail.alias.domain"].create({"name": "school.example.com"})
        self.env["ir.config_parameter"].set_param("ntue_curriculum.office_email", False)
        for vals, address in (
            ({"email": "school@school.example.com"}, "school@school.example.com"),
            ({"email": False, "alias_domain_id": alias.id}, alias.default_from_email),
            ({"email": False, "alias_domain_id": False}, self.env.ref("base.partner_root").email),
        ):
            company.write(vals)
            self.assertEqual(email_normalize(student._office_sender()), address)

    def test_a_contact_made_by_an_import_is_written_to_in_the_language_of_the_papers(self):
        self.env["res.lang"]._activate_lang("en_US")
        student = self.env[STUDENT].with_context(lang="en_US").create(self.new)
        self.assertEqual(student.partner_id.lang, "zh_TW")

    def test_the_owner_confirms_with_the_password_and_nobody_else(self):
        old = self.account.email
        self.change_email(self.registrar)
        token = self.link()
        for user in (self.registrar, self.clerk, school_of.account_of(self.fellow)):
            with self.assertRaises(AccessError):
                self.confirm(user, token)
        self.assertIn("password", self.confirm(self.account, token, "wrong"))
        self.assertEqual(self.account.email, old)
        self.assertIsNone(self.confirm(self.account, token))
        self.assertEqual(self.account.email, NEW)
        self.assertIn("cannot be used any more", self.confirm(self.account, token))
        told = [(row.action, row.old, row.new, row.user_id) for row in self.student.change_ids]
        self.assertEqual(told[0], ("changed", old, NEW, self.account))
        self.assertEqual(told[1], ("asked", old, NEW, self.registrar))
        self.assertEqual(self.mails().count(old), 2, "told before and after")

    def test_a_login_that_was_the_address_moves_with_it_unless_another_has_it(self):
        self.account.login = self.account.email = "old@mail.example.com"
        self.account.password = "old password"  # of an invented account
        self.change_email(self.account)
        with self.undone():
            self.confirm(self.account, self.link(), "old password")
            self.assertEqual(self.account.login, NEW)
        self.env["res.users"].create({"login": NEW, "name": "Other"})
        self.confirm(self.account, self.link(), "old password")
        self.assertEqual((self.account.login, self.account.email), ("old@mail.example.com", NEW))

    def test_a_link_is_good_for_one_change_and_for_three_days(self):
        self.change_email(self.account)
        token = self.link()
        another = "B" if token[20] == "A" else "A"
        for forged in ("", "x", token[:-2], token[:20] + another + token[21:], "æ"):
            self.assertFalse(self.student._is_account_email_token(forged), forged)
        with freeze_time(fields.Datetime.now() + timedelta(hours=73)):
            self.assertIn("cannot be used", self.confirm(self.account, token))
        self.assertTrue(self.student._is_account_email_token(token))
        self.change_email(self.account, "third@mail.example.com")
        self.assertIn("cannot be used", self.confirm(self.account, token))
        self.assertNotIn(NEW, token)

    def test_the_schools_server_mails_five_links_a_day_for_a_student(self):
        for number in range(9):
            self.change_email(self.account, f"a{number}@mail.example.com")
        self.assertEqual(sum("token=" in mail.body_html for mail in self._mails()), 5)
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertTrue(self.student.with_user(self.account)._ask_about_account_email())

    def _mails(self):
        return self.env["mail.mail"].search([])

    def test_an_address_of_old_again_or_none_asks_for_nothing(self):
        for email in (self.account.email.upper(), False):
            self.change_email(self.account, email)
        self.assertFalse(self.mails())

    # Odoo's own doors to it

    def test_somebody_who_keeps_contacts_does_not_move_or_rename_a_students_account(self):
        contact = self.student.partner_id
        for vals in ({"email": TAKEN}, {"name": "別名"}, {"email": False}):
            found = self.outcome(self.clerk, "res.partner", "write", contact.ids, vals)
            self.assertEqual(found, REFUSED, vals)
        wizard = self.env["portal.wizard"].with_user(self.clerk)
        wizard = wizard.create({"partner_ids": [(6, 0, contact.ids)]})
        with self.undone(), self.assertRaises(AccessError):
            wizard.user_ids.email = TAKEN
            wizard.user_ids.action_invite_again()
        self.rpc(self.clerk, "res.partner", "write", contact.ids, {"phone": "02-0000-0000"})

    def test_a_students_contact_is_merged_with_no_other(self):
        other = self.env["res.partner"].create({"name": "Other"})
        other.email = self.student.partner_id.email
        wizard = self.env[MERGE].with_user(self.clerk)
        with self.undone(), self.assertRaises(AccessError):
            wizard._merge((other | self.student.partner_id).ids, other)

    def test_an_administrator_moves_an_account_and_it_is_kept(self):
        manager = school_of.user(
            self.env, "manager@staff.example.com", f"{school_of.STAFF},base.group_erp_manager"
        )
        manager.group_ids |= self.env.ref("base.group_partner_manager")
        old = self.account.email
        self.rpc(manager, "res.partner", "write", self.student.partner_id.ids, {"email": NEW})
        row = self.student.change_ids[0]
        told = (row.field, row.old, row.new, row.user_id)
        self.assertEqual(told, ("account_email", old, NEW, manager))


@tagged("post_install", "-at_install")
class TestAccountPage(SchoolHttpCase):
    """The page behind the mailed link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def setUp(self):
        super().setUp()
        self.enter(self.account)

    def asked(self):
        self.rpc(self.account, STUDENT, "write", self.student.ids, {"email": NEW})
        return self.student._account_email_token()

    def test_the_link_opens_a_page_with_both_addresses_and_changes_nothing(self):
        old = self.account.email
        token = self.asked()
        before = self.fingerprint()
        page = self.url_open(f"/my/profile/address?token={token}").text
        for text in (old, NEW, 'type="password"'):
            self.assertIn(text, page)
        self.assertEqual((self.fingerprint(), self.account.email), (before, old))
        self.assertIn(NEW, self.url_open("/my/profile").text)
        saved = html.fromstring(self.url_open("/my/profile?saved=1").text)
        self.assertIn(NEW, saved.cssselect("#saved_pending")[0].text_content())

    def test_the_password_confirms_and_a_wrong_one_is_told(self):
        token = self.asked()
        page = self.post("/my/profile/address", token=token, password="wrong").text
        self.assertIn('id="account_email_problem"', page)
        self.assertNotEqual(self.account.email, NEW)
        login = self.account.login
        answer = self.post("/my/profile/address", token=token, password=login)
        self.assertIn("saved=account_email", answer.url, "and still signed in")
        self.assertEqual(self.account.email, NEW)
        self.assertFalse(html.fromstring(answer.text).cssselect("[data-block=pending_email]"))

    def test_somebody_elses_link_shows_no_address(self):
        token = self.asked()
        self.enter(school_of.account_of(self.fellow))
        page = self.url_open(f"/my/profile/address?token={token}").text
        self.assertIn('id="account_email_problem"', page)
        self.assertNotIn(NEW, page)

    def test_a_link_that_does_nothing_says_who_is_signed_in_and_what_waits(self):
        """Anyone who shares a device sees whose account this is; a used link did its work."""
        token = self.asked()
        self.rpc(self.account, STUDENT, "write", self.student.ids, {"email": THIRD})
        now = self.standing(token)
        for words in (self.student.student_no, self.account.email, THIRD):
            self.assertIn(words, now)
        token = self.student._account_email_token()
        self.post("/my/profile/address", token=token, password=self.account.login)
        now = self.standing(token)
        self.assertIn(THIRD, now)
        self.assertIn("沒有等待確認", now)
        self.enter(school_of.account_of(self.fellow))
        self.assertIn(self.fellow.student_no, self.standing(token))

    def standing(self, token):
        """What the page behind a link that cannot be used says of the account."""
        page = html.fromstring(self.url_open(f"/my/profile/address?token={token}").text)
        return page.cssselect("#account_email_now")[0].text_content()

    def test_the_link_is_sent_again_from_the_profile(self):
        self.asked()
        before = self.env["mail.mail"].search_count([])
        answer = self.post("/my/profile", action="send_link")
        self.assertIn("saved=link_sent", answer.url)
        self.assertEqual(self.env["mail.mail"].search_count([]), before + 2)
