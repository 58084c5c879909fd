"""The sign-in page as a visitor uses it: read, answered and sent, the captcha too.

What the captcha asks is in no page; a test takes it from the session, on the server.
"""

import base64
import json

import altcha
from lxml import html
from odoo import http
from odoo.addons.ntue_campus_login.models.door.captcha import SESSION
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase

LOGIN = "/web/login"


class SignInCase(SchoolHttpCase):
    language = "en-US,en;q=0.9"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where the school speaks Chinese alone, every visitor is spoken to in Chinese.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = cls.student.partner_id.user_ids
        cls.limits = cls.env["ntue.sign.in.limit"]
        cls.events = cls.env["ntue.sign.in.event"]

    def setUp(self):
        super().setUp()
        self.visit()

    def visit(self):
        """Another visitor: a browser that was never here."""
        self.authenticate(None, None)
        self.opener.headers["Accept-Language"] = self.language
        self.opener.cookies.clear()

    def setting(self, name, value):
        self.env["ir.config_parameter"].set_param(f"ntue_campus_login.{name}", value)
        self.env.flush_all()

    def page(self, address=LOGIN):
        self.env.flush_all()
        answer = self.url_open(address)
        self.env.invalidate_all()
        return html.fromstring(answer.content)

    @staticmethod
    def field(tree, name):
        (found,) = tree.cssselect(f"input[name={name}]")
        return found.get("value")

    def waiting(self):
        """The challenges that wait in the visitor's session, by number."""
        kept = http.root.session_store.get(self.opener.cookies["session_id"])
        return kept.get(SESSION) or {}

    def answered(self, tree):
        """The fields by which the captcha of a page is answered rightly; none where it has none."""
        if not tree.cssselect("input[name=captcha_number]"):
            return {}
        number = self.field(tree, "captcha_number")
        work = tree.cssselect(".o_ntue_captcha_work")
        right = self.worked(work[0]) if work else self.waiting()[number]["text"]
        return {"captcha_number": number, "captcha": right}

    @staticmethod
    def worked(element):
        """What a browser sends that did the work."""
        asked = json.loads(element.get("data-work"))
        made = altcha.ChallengeV1(
            *(asked[name] for name in ("algorithm", "challenge", "maxNumber", "salt", "signature"))
        )
        solution = altcha.solve_challenge_v1(made)
        done = {**asked, "number": solution.number}
        return base64.b64encode(json.dumps(done).encode()).decode()

    def send(self, tree, login, password, **fields):
        """What the form of a page is answered."""
        token = self.field(tree, "csrf_token")
        data = {"csrf_token": token, "login": login, "password": password, **fields}
        self.env.flush_all()
        answer = self.url_open(LOGIN, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def sign_in(self, login, password=None, **fields):
        """Read the page and send it with the captcha answered; the password is the right one."""
        tree = self.page()
        right = self.account.login if password is None else password
        return self.send(tree, login, right, **{**self.answered(tree), **fields})

    def assert_in(self, answer):
        self.assertEqual(answer.status_code, 303, "signed in")

    def assert_out(self, answer, words):
        self.assertEqual(answer.status_code, 200)
        (said,) = html.fromstring(answer.content).cssselect(".alert-danger")
        self.assertIn(words, " ".join(said.text_content().split()))
