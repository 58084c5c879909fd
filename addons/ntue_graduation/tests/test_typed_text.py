"""Rules in the model: every text a student may write × hostile values × every door."""

import inspect
import json
import re
import threading
from datetime import datetime, timedelta
from unittest.mock import patch
from urllib.parse import quote_plus, urlencode

from odoo import http
from odoo.addons.ntue_curriculum.tests.common import NOISY, crossing
from odoo.addons.ntue_curriculum.tests.hostile import HUGE, OTHERS, TEXTS, looks_sound
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GraduationCase, GraduationHttpCase
from .test_deferral import fail, undergraduate

HARMLESS = ("WANG, TA-MING", "a@mail.example.com", "0911-111-111", "One more year")
TEXT = ("char", "text", "html")
READS = re.compile(r"""(?:post|query|args|form|_post|_query)(?:\.get(?:list)?\(|\[)"(\w+)\"""")


def routes_of(case):
    """The rule of every page of ours."""
    with patch.object(threading.current_thread(), "dbname", case.env.cr.dbname, create=True):
        rules = list(case.env["ir.http"].routing_map().iter_rules())
    return [
        rule
        for rule in rules
        if rule.endpoint.func.__module__.startswith("odoo.addons.ntue_")
        and rule.endpoint.routing["type"] == "http"
    ]


class Fields:
    """The text fields of our models that a portal user may write, found by asking."""

    def writers(self):
        """``(model, records, write)``: every own record that a portal user writes or makes."""
        self.day = undergraduate(self)
        fail(self.day)
        self.way.drafted()
        own = {
            "ntue.student": (self.way.account, self.student),
            "ntue.graduation.application": (self.way.account, self.way.record),
            "ntue.graduation.deferral": (self.day.account, None),
            "ntue.passport.copy": (self.way.account, None),
            "ntue.study.plan": (self.way.account, self.plan()),
        }
        found = self.models_open()
        self.assertEqual(found - set(own), set(), "a record of each is needed here")
        return {model: own[model] for model in sorted(found)}

    def plan(self):
        vals = {"student_id": self.student.id, "name": "Next term", "framework_code": "SRD-E-109"}
        (number,) = self.rpc(self.way.account, "ntue.study.plan", "create", [vals])
        return self.env["ntue.study.plan"].browse(number)

    def models_open(self):
        user = self.way.account
        return {
            name
            for name in self.env.registry
            if name.startswith("ntue.")
            and not self.env[name]._abstract
            and any(self.env[name].with_user(user).has_access(mode) for mode in ("write", "create"))
        }

    def texts_of(self, model):
        fields = self.env[model]._fields.values()
        return [field.name for field in fields if field.type in TEXT and field.store]

    def sent(self, model, user, record, name, value):
        """Write or create with one field; the text that is kept, or None when refused."""
        with self.undone():
            try:
                if record:
                    self.rpc(user, model, "write", record.ids, {name: value})
                else:
                    number = self.rpc(user, model, "create", {name: value})
                    record = self.env[model].browse(number)
            except UserError:
                return None
            record.invalidate_recordset()
            return record[name] or ""


@tagged("post_install", "-at_install")
class TestTypedText(Fields, GraduationCase):
    def test_every_text_that_a_student_may_write_is_short_whole_and_visible_or_refused(self):
        wrong, writable = [], set()
        for model, (user, record) in self.writers().items():
            for name in self.texts_of(model):
                for value in (*HARMLESS, *TEXTS, HUGE, *OTHERS):
                    case = (model, name, repr(value)[:40])
                    try:
                        kept = self.sent(model, user, record, name, value)
                    except Exception as error:  # anything but a sentence
                        wrong.append((*case, f"{type(error).__name__}: {str(error)[:80]}"))
                        continue
                    if kept is not None:
                        writable.add((model, name))
                        if not looks_sound(kept):
                            wrong.append((*case, f"kept as {kept[:40]!r}"))
        self.assertEqual(wrong, [])
        self.assertIn(("ntue.student", "email"), writable)
        self.assertIn(("ntue.graduation.deferral", "reason"), writable)
        self.assertIn(("ntue.study.plan", "name"), writable)

    def test_an_address_is_one_that_mail_can_go_to(self):
        for value, kept in (
            ("b@Mail.Example.COM", "b@mail.example.com"),
            ("ｂ@mail.example.com", "b@mail.example.com"),
            ("\u200bb@mail.example.com\u202c", "b@mail.example.com"),
            ("a@例子.台灣", "a@xn--fsqu00a.xn--kpry57d"),
            ("", ""),
        ):
            found = self.sent("ntue.student", self.way.account, self.student, "email", value)
            self.assertEqual(found, kept, value)
        for value in TEXTS[14:19]:
            found = self.sent("ntue.student", self.way.account, self.student, "email", value)
            self.assertIsNone(found, value)

    def test_a_number_is_one_that_can_be_dialled(self):
        for name, value, taken in (
            ("mobile", "+81 90-1234-5678", True),
            ("mobile", "0912 345 678", True),
            ("mobile", "02-2732-1104", False),
            ("mobile", "0912-345-67", False),
            ("phone", "02-2732-1104 轉 123", True),
            ("phone", "(02)2732-1104#8", True),
            ("phone", "12", False),
        ):
            found = self.sent("ntue.student", self.way.account, self.student, name, value)
            self.assertEqual(found is not None, taken, value)

    def test_what_a_file_brings_is_kept_and_asked_about_as_ever(self):
        self.student.write({"email": "none", "mobile": "900"})
        self.assertLessEqual({"email", "mobile"}, set(self.student._diploma_problems()))


@tagged("post_install", "-at_install")
class TestTypedDoors(Fields, GraduationHttpCase):
    def routes(self):
        """Every page of ours and the names that its code reads."""
        for rule in routes_of(self):
            function = rule.endpoint.func
            source = inspect.getsource(inspect.getmodule(function))
            signature = inspect.signature(function).parameters
            names = {*READS.findall(source), *signature, "email", "english_name", "mobile", "phone"}
            yield rule, sorted(names - {"self", "post", "query", "_post", "_query"})

    def address(self, rule, value):
        numbers = {"application_id": self.way.record.id, "document": value}
        with mute_logger(*NOISY):
            return rule.build(
                {name: numbers.get(name, 1) for name in rule.arguments}, append_unknown=False
            )[1]

    def post_alike(self, address, names, text):
        """What the site answers to a form with ``text`` in every field; encoded once, not in each.

        Megabytes in every field of every form take longer to encode than to be refused.
        """
        token = urlencode({"csrf_token": http.Request.csrf_token(self)})
        same = quote_plus(text)
        form = "&".join([token, *(f"{quote_plus(name)}={same}" for name in names)])
        self.env.flush_all()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.url_open(address, form, headers=headers)
        self.env.invalidate_all()
        return answer

    @crossing
    @mute_logger("odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense")
    def test_no_page_falls_over_whatever_a_form_or_an_address_says(self):
        self.way.drafted()
        self.enter(self.way.account)
        wrong, seen = [], 0
        for rule, names in self.routes():
            is_form = "POST" in (rule.methods or ())
            for value in (*TEXTS, HUGE):
                text = value.encode("utf-8", "replace").decode()
                if len(text) > 2000 and not is_form:
                    continue
                seen += 1
                with mute_logger(*NOISY, "werkzeug"):
                    if is_form:
                        answer = self.post_alike(self.address(rule, "x"), names, text)
                    else:
                        fields = dict.fromkeys(names, text)
                        answer = self.url_open(self.address(rule, "x"), params=fields)
                if answer.status_code >= 500:
                    wrong.append((rule.rule, repr(value)[:40], answer.status_code))
                elif "\0" in text and answer.status_code not in (404, 422):
                    wrong.append((rule.rule, "NUL", answer.status_code))
            if is_form:
                for name in names:
                    files = {name: ("a.txt", b"text")}
                    with mute_logger(*NOISY, "werkzeug"):
                        answer = self.post(self.address(rule, "x"), files=files)
                    if answer.status_code != 422 and name not in rule.endpoint.routing.get(
                        "ntue_files", ()
                    ):
                        wrong.append((rule.rule, f"{name} sent as a file", answer.status_code))
        self.assertGreater(seen, 300)
        self.assertEqual(wrong, [])

    def test_the_remote_door_with_a_key_is_the_same_as_the_page(self):
        user = self.way.account
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        until = datetime(2099, 1, 1) - timedelta(days=1)  # noqa: DTZ001  # Odoo's are naive
        headers = {
            "Authorization": f"Bearer {keys._generate('rpc', 'test', until)}",
            "Content-Type": "application/json",
        }
        self.env.flush_all()
        wrong = []
        for name in ("email", "mobile", "phone", "english_name", "alias_name"):
            # The huge one is refused unread (HTTP 413), the long one by the model.
            for value in (*TEXTS, HUGE, HUGE[:100_000], *OTHERS):
                body = json.dumps({"ids": self.student.ids, "vals": {name: value}})
                with mute_logger(*NOISY):
                    answer = self.url_open("/json/2/ntue.student/write", body, headers=headers)
                self.env.invalidate_all()
                refused = (413,) if value is HUGE else (200, 400, 403, 422)
                if answer.status_code not in refused:
                    wrong.append((name, repr(value)[:40], answer.status_code))
                elif not looks_sound(self.student[name] or ""):
                    wrong.append((name, repr(value)[:40], self.student[name][:40]))
        self.assertEqual(wrong, [])

    def test_an_address_that_looks_like_a_slip_of_the_hand_is_asked_about_and_not_refused(self):
        self.enter(self.way.account)
        typed = {
            "english_name": "WANG, TA-MING",
            "email": "wang@gmail.con",
            "mobile": "0911-111-111",
            "phone": "",
        }
        asked = self.post("/my/profile", **typed).text
        self.assertIn("wang@gmail.com", asked)
        self.assertIn('name="email_is_right"', asked)
        self.assertNotEqual(self.student.email, "wang@gmail.con")
        self.post("/my/profile", **typed, email_is_right="wang@gmail.con")
        self.assertEqual(self.student.email, "wang@gmail.con")
        again = self.post("/my/profile", **typed)
        self.assertNotIn('name="email_is_right"', again.text)
