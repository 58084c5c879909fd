import json
import re
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.account import password_request
from ..models.platform import site_address
from ..models.platform.site_address import is_address
from . import keeping, records
from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase, SchoolHttpCase, without_captcha

NUMBER, NAME = "210947777", "獨一無二"
TEXT = ("char", "text", "html")


@tagged("post_install", "-at_install")
class TestOtherModels(SchoolCase):
    """Odoo's own models tell nobody of a student whom our records hide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.hidden = cls.new_student(NUMBER, NAME, taken=(), mobile="0977-777-777")
        cls.employee = school_of.user(
            cls.env,
            "employee@staff.example.com",
            f"{school_of.STAFF},base.group_partner_manager",
        )

    def seen_by(self, user):
        """(model, fields) of Odoo's own in which ``user`` finds the hidden student by a text."""
        env = self.env(user=user.id, su=False, context={})
        for name in sorted(env.registry):
            model = env[name]
            if name.startswith("ntue.") or model._abstract or model._transient:
                continue
            if not model.has_access("read"):
                continue
            found = [field for field in self._texts(model) if self._finds(model, field)]
            if found:
                yield name, found

    @staticmethod
    def _texts(model):
        return [
            name
            for name, field in model._fields.items()
            if field.type in TEXT
            and field._description_searchable
            and model._has_field_access(field, "read")
        ]

    def _finds(self, model, field):
        said = Domain.OR(Domain(field, "ilike", text) for text in (NUMBER, NAME, "0977-777-777"))
        try:
            with self.undone():
                return bool(model.search_count(said, limit=1))
        except (UserError, ValueError, NotImplementedError):
            return False

    @mute_logger("odoo.models", "odoo.orm.models", "odoo.sql_db", "odoo.domains")
    def test_no_model_of_odoo_names_a_student_to_whom_the_record_is_not_shown(self):
        self.env.flush_all()
        seen = {
            (user.login, model, *fields)
            for user in (
                self.employee,
                self.operator,
                self.other_assistant,
                self.registrar_day,
                school_of.account_of(self.fellow),
            )
            for model, fields in self.seen_by(user)
        }
        self.assertEqual(sorted(seen), [])

    @mute_logger("odoo.models", "odoo.orm.models", "odoo.sql_db", "odoo.domains")
    def test_somebody_who_reads_the_record_reads_the_contact(self):
        for user in (self.assistant, self.registrar, school_of.account_of(self.hidden)):
            models = dict(self.seen_by(user))
            self.assertIn("res.partner", models, user.login)
            own = user == school_of.account_of(self.hidden)
            self.assertEqual("res.users" in models, own, user.login)

    def test_employees_find_each_other_and_somebody_who_gives_access_finds_everybody(self):
        for user in (self.employee, self.assistant):
            logins = {
                row["login"] for row in self.rpc(user, "res.users", "search_read", [], ["login"])
            }
            self.assertIn(self.registrar.login, logins)
        studies = [("partner_id", "=", self.assistant.partner_id.id)]
        self.student.partner_id = self.assistant.partner_id
        self.assertTrue(self.env["ntue.student"].search(studies))
        for user in (self.employee, self.registrar_day):
            ids = self.assistant.partner_id.ids
            self.assertTrue(self.rpc(user, "res.partner", "search", [("id", "in", ids)]))
        manager = school_of.user(
            self.env, "manager@staff.example.com", f"{school_of.STAFF},base.group_erp_manager"
        )
        accounts = school_of.account_of(self.hidden) | self.registrar
        domain = [("id", "in", accounts.ids)]
        self.assertEqual(self.rpc(manager, "res.users", "search_count", domain), 2)
        domain = [("id", "in", accounts.partner_id.ids)]
        self.assertEqual(self.rpc(manager, "res.partner", "search_count", domain), 2)

    # One door to name and e-mail

    def test_a_student_changes_neither_name_nor_email_of_the_account_by_a_remote_call(self):
        account = school_of.account_of(self.hidden)
        for vals in ({"name": "別名"}, {"email": "b@mail.example.com"}, {"name": False}):
            for model, ids in (("res.users", account.ids), ("res.partner", account.partner_id.ids)):
                found = self.outcome_of_account(account, model, ids, vals)
                self.assertEqual(found, REFUSED, f"{model} {vals}")
        self.assertEqual(
            self.outcome_of_account(account, "res.users", account.ids, {"lang": "en_US"}), CHANGED
        )

    def outcome_of_account(self, account, model, ids, vals):
        with self.undone():
            try:
                self.rpc(account, model, "write", ids, vals)
            except UserError:
                return REFUSED
            return CHANGED

    def test_an_employee_who_studies_here_keeps_the_own_preferences(self):
        self.student.partner_id = self.assistant.partner_id
        vals = {"name": "改名", "email": "other@staff.example.com"}
        self.rpc(self.assistant, "res.users", "write", self.assistant.ids, vals)
        self.assertEqual(self.assistant.partner_id.name, "改名")

    def test_the_account_of_a_student_is_not_deleted_by_its_owner(self):
        account = school_of.account_of(self.hidden)
        for archived in (False, True):
            self.hidden.active = not archived
            with self.undone(), self.assertRaises(UserError):
                account.sudo()._deactivate_portal_user()
        self.assertTrue(account.active)

    # Where QR codes and mails lead

    def test_the_address_of_the_desk_is_an_address_of_a_site(self):
        for good in ("https://desk.example.edu.tw", "http://127.0.0.1:8069", "https://desk/"):
            self.assertTrue(is_address(good), good)
        for bad in (
            "",
            "desk.example.edu.tw",
            "javascript://desk",
            "https://",
            "https://desk/page",
            "https://desk?a=1",
            "https://desk#a",
            "https://school@evil.example",
            "https://desk:99999",
            "https://de sk",
            "https://德.example",
            "https://desk\n",
        ):
            self.assertFalse(is_address(bad), bad)
            with self.undone(), self.assertRaises(ValidationError):
                self.env["ir.config_parameter"].set_param("web.base.url", bad or " ")

    def test_a_start_tells_where_codes_and_mails_lead(self):
        parameters = self.env["ir.config_parameter"]
        for address, level, text in (
            ("https://desk.example.edu.tw", "info", "lead to https://desk.example.edu.tw"),
            ("http://desk.example.edu.tw", "warning", "without encryption"),
        ):
            parameters.set_param("web.base.url", address)
            with patch.object(site_address, "_logger") as log:
                parameters._register_hook()
            ((name, (sentence, *values), _named),) = log.mock_calls
            self.assertEqual(name, level)
            self.assertIn(text, sentence % tuple(values))


@tagged("post_install", "-at_install")
class TestDoors(SchoolHttpCase):
    """Odoo's own pages, as a student's browser asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")

    def contact(self):
        """What may not change by any of these pages."""
        self.env.invalidate_all()
        partner = self.student.partner_id
        return partner.name, partner.email, partner.active, partner.child_ids, self.account.active

    def test_account_and_address_pages_lead_a_student_to_the_profile(self):
        self.enter(self.account)
        for archived in (False, True):
            self.student.active = not archived
            for path in ("/my/account", "/my/addresses", "/my/address", "/my/address?partner_id=1"):
                self.env.flush_all()
                answer = self.url_open(path, allow_redirects=False)
                self.assertEqual(answer.status_code, 303, path)
                self.assertTrue(answer.headers["Location"].endswith("/my/profile"), path)

    def test_a_forged_form_of_these_pages_changes_nothing(self):
        self.enter(self.account)
        before = self.contact()
        number = self.student.partner_id.id
        new = {"name": "別名", "email": "b@mail.example.com", "phone": "1", "city": "Taipei"}
        with mute_logger("odoo.http"):
            for vals in (new, {**new, "partner_id": number}):
                answer = self.post("/my/address/submit", **vals)
                self.assertEqual(answer.status_code, 403)
            self.post("/my/account", **new)
            self.url_open(
                "/my/address/archive",
                data=json.dumps({"params": {"partner_id": number}}),
                headers={"Content-Type": "application/json"},
            )
            login = self.account.login
            self.post("/my/deactivate_account", validation=login, password=login)
        self.assertEqual(self.contact(), before)

    def test_the_pages_of_a_student_offer_none_of_these_doors(self):
        self.enter(self.account)
        pages = "".join(self.url_open(path).text for path in ("/my", "/my/security"))
        for text in ("/my/account", "/my/addresses", "/my/deactivate_account"):
            self.assertNotIn(text, pages)
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        self.enter(guest)
        pages = "".join(self.url_open(path).text for path in ("/my", "/my/security"))
        for text in ("/my/account", "/my/addresses", "/my/deactivate_account"):
            self.assertIn(text, pages, "others keep what Odoo gives them")

    def reset_page(self, login):
        """The answer to a request for a new password, but for what differs each time."""
        with without_captcha(self.env):
            answer = self.post("/web/reset_password", login=login)
        text = answer.text.replace(login, "LOGIN")
        text = re.sub(r'(csrf_token"? ?[:=]|value=) ?"[0-9a-fo]{40,}"', "", text)
        return answer.status_code, re.sub(r"\b[0-9a-f]{7,}o?[0-9]*\b", "", text)

    def test_the_page_for_a_new_password_says_the_same_no_matter_who_asks(self):
        without = school_of.user(self.env, "nomail@mail.example.com", school_of.PORTAL)
        without.partner_id.email = False
        twice = [school_of.user(self.env, f"twice{n}", school_of.PORTAL) for n in (1, 2)]
        for user in twice:
            user.partner_id.email = "twice@mail.example.com"
        self.authenticate(None, None)
        known = self.reset_page(self.account.login)
        self.assertIn("alert-success", known[1])
        for login in ("nobody", without.login, "twice@mail.example.com", self.account.email):
            self.assertEqual(self.reset_page(login), known, login)

    def test_the_link_goes_to_somebody_who_has_an_account_and_no_log_names_who_asked(self):
        asked = self.env["ntue.password.request"]
        for login in ("nobody.at.all", self.account.login, "x" * 300, "a\0b", ""):
            asked._ask(login)
        asked._ask(self.account.login)
        self.assertEqual(len(asked.search([])), 2)
        before = self.env["mail.mail"].search([])
        with patch.object(password_request, "_logger") as log:
            for request in asked.search([]):
                request._answer_one()
        (left,) = asked.search([])
        self.assertEqual((left.login, left.user_id), (False, self.account))
        self.assertEqual(log.info.call_count, 1)
        self.assertNotIn("nobody.at.all", str(log.mock_calls))
        self.account.partner_id.invalidate_recordset(["signup_type"])
        self.assertEqual(self.account.partner_id.signup_type, "reset")
        mails = self.env["mail.mail"].search([]) - before
        self.assertLessEqual(set(mails.mapped("email_to")), {self.account.email})

    def mailed(self, *names):
        """The accounts that are mailed a link when somebody asks by these names, one by one."""
        asked, found = self.env["ntue.password.request"], []

        def mail(users, *_args, **_kwargs):
            found.extend(users)

        users = type(self.env["res.users"])
        with patch.object(users, "_action_reset_password", mail), keeping.no_commit(self.env):
            for name in names:
                asked._ask(name)
                asked._answer()
        return found

    def test_five_links_of_an_account_are_good_at_a_time_by_whichever_of_its_names(self):
        one, other = (
            school_of.user(self.env, f"guest{n}@mail.example.com", school_of.PORTAL) for n in "12"
        )
        one.login = "guest.one"
        names = [one.login, one.email] * 4
        self.assertEqual(self.mailed(*names), [one] * 5)
        self.assertEqual(self.mailed(other.login, one.login), [other])
        with freeze_time("2025-11-10 08:00:01"):
            self.assertEqual(self.mailed(*names), [one] * 5, "whose links are good no more")
        with freeze_time("2025-11-11 08:00:02"):
            self.env["ntue.password.request"]._gc_answered()
            self.assertFalse(self.env["ntue.password.request"].search([]))
            self.assertEqual(self.mailed(*names), [one] * 5)

    def test_who_asks_once_more_than_five_times_reads_the_same(self):
        self.authenticate(None, None)
        guest = school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL)
        known = self.reset_page(guest.login)
        self.mailed(*[guest.login] * 6)
        self.assertEqual(self.reset_page(guest.login), known)
        self.assertEqual(self.mailed(guest.login), [])

    def test_an_email_in_an_address_is_not_answered_with_its_login(self):
        self.authenticate(None, None)
        self.account.login = "what.nobody.guesses"
        self.account._update_last_login()
        self.env.flush_all()
        for page in ("/web/reset_password", "/web/signup"):
            with mute_logger("odoo.http"):
                answer = self.url_open(
                    f"{page}?signup_email={self.account.email}", allow_redirects=False
                )
            self.assertNotIn(answer.status_code, (301, 302, 303), page)
            self.assertNotIn(self.account.login, answer.text)

    def test_nobody_makes_an_account_or_learns_by_trying_who_has_one(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.authenticate(None, None)
        secret = {"password": "a password", "confirm_password": "a password"}
        with mute_logger("odoo.http"):
            for login in (self.account.login, "nobody"):
                answer = self.post("/web/signup", login=login, name="New", **secret)
                self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.env["res.users"].search([("login", "=", "nobody")]))

    def test_a_sign_in_under_a_forged_host_moves_no_address(self):
        parameters = self.env["ir.config_parameter"]
        parameters.search([("key", "=", "web.base.url.freeze")]).unlink()
        before = parameters.get_param("web.base.url")
        admin = self.env.ref("base.user_admin")
        secret = "a password of the test"
        admin.password = secret
        credential = {"type": "password", "login": admin.login, "password": secret}
        told = {"interactive": True, "base_location": "https://evil.example"}
        self.env["res.users"].authenticate(credential, told)
        self.assertEqual(parameters.get_param("web.base.url"), before)
