"""Headers and leftovers: what a page, a cookie and a field tell beside what they should."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOISY, SchoolHttpCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.application_desk import FOR_STAFF
from .common import APPLICATION, GraduationCase, Way, window
from .test_typed_text import routes_of


@tagged("post_install", "-at_install")
class TestLeftovers(GraduationCase):
    """No field that a student reads names somebody of the staff, or says what they weigh."""

    def models_read(self):
        """Our models of which the student reads a record, and one that is read."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.way.account)
            if not name.startswith("ntue.") or model._abstract or not model.has_access("read"):
                continue
            if found := model.search([], limit=3):
                yield name, found

    def test_no_field_names_a_member_of_the_staff_to_a_student(self):
        self.way.second_passed()
        staff = (self.assistant | self.registrar | self.env.ref("base.user_root")).mapped("name")
        told, read = [], set()
        for name, found in self.models_read():
            for field in found._fields:
                try:
                    rows = self.rpc(self.way.account, name, "read", found.ids, [field])
                except UserError:
                    continue
                read.add(name)
                told += [
                    (name, field) for row in rows if any(who in str(row[field]) for who in staff)
                ]
        self.assertGreater(len(read), 12)
        self.assertEqual(told, [])

    def test_what_reviewers_note_and_weigh_is_not_the_students_to_read(self):
        self.way.second_passed()
        open_to = []
        for field in sorted(FOR_STAFF):
            for method, args in (
                ("read", (self.way.record.ids, [field])),
                ("search", ([(field, "!=", False)],)),
                ("formatted_read_group", ([], [field])),
            ):
                try:
                    self.rpc(self.way.account, APPLICATION, method, *args)
                except (UserError, ValueError):
                    continue
                open_to.append((field, method))
        self.assertEqual(open_to, [])
        (row,) = self.rpc(self.assistant, APPLICATION, "read", self.way.record.ids, ["findings"])
        self.assertIn("findings", row)


@tagged("post_install", "-at_install")
class TestHeaders(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")

    def test_no_personal_page_or_paper_is_kept_framed_or_sent_with_a_loose_cookie(self):
        way = Way(self, self.student).submitted()
        numbers = {"application_id": way.record.id, "document": "1141-210941001-1", "roster_id": 1}
        addresses = ["/my", "/my/home", "/my/account", "/web/login"]
        for rule in routes_of(self):
            # Odoo's address of papers, which ours bound, is asked for with real papers below.
            if "GET" in (rule.methods or ("GET",)) and "converter" not in rule.arguments:
                build = {name: numbers.get(name, 1) for name in rule.arguments}
                addresses.append(rule.build(build, append_unknown=False)[1])
        slip = f"ntue_graduation.report_slip/{way.record.id}"
        addresses += [f"/report/pdf/{slip}", f"/report/html/{slip}"]
        self.enter(school_of.account_of(self.student))
        wrong = []
        for address in addresses:
            with mute_logger(*NOISY):
                answer = self.url_open(address, allow_redirects=False)
            if answer.headers.get("Cache-Control") != "no-store":
                wrong.append((address, answer.headers.get("Cache-Control")))
            kind = answer.headers.get("Content-Type", "")
            policy = answer.headers.get("Content-Security-Policy", "")
            if kind.startswith(("text/html", "application/pdf")) and (
                "frame-ancestors" not in policy or not answer.headers.get("X-Frame-Options")
            ):
                wrong.append((address, policy))
        self.assertGreater(len(addresses), 20)
        self.assertEqual(wrong, [])

    def test_the_sessions_cookie_goes_with_no_form_of_another_site(self):
        self.opener.cookies.clear()
        answer = self.url_open("/web/login", allow_redirects=False)
        cookies = [
            value for name, value in answer.raw.headers.items() if name.lower() == "set-cookie"
        ]
        found = [cookie for cookie in cookies if cookie.startswith("session_id=")]
        self.assertTrue(found)
        for cookie in found:
            self.assertIn("SameSite=Lax", cookie)
            self.assertIn("HttpOnly", cookie)
