import ast
import io
import json
import logging
import zipfile
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import tagged

from .. import quiet_log
from . import papers, records
from . import school as school_of
from .access import own_models
from .common import SchoolCase, SchoolHttpCase

ACCOUNTS = ("auth_", "portal", "base", "web")
"""Addons whose code speaks of accounts."""

NAMES = ("login", ".email")
"""What an argument of a log line holds when it names an account."""


@tagged("post_install", "-at_install")
class TestQuietLog(SchoolCase):
    """The server's log names nobody who signs in, fails to or asks for a new password."""

    def said(self, name, *said):
        lines = []
        logger = logging.getLogger(name)
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(record.getMessage())
        logger.addHandler(handler)
        level, logger.level = logger.level, logging.INFO
        logger.info(*said)
        logger.removeHandler(handler)
        logger.setLevel(level)
        return lines[0]

    def test_a_name_that_was_typed_stands_in_the_log_as_a_mark(self):
        quiet_log.install()
        for name in quiet_log.ABOUT_ACCOUNTS:
            for typed in ("210941001", "my password", "a@mail.example.com", "192.0.2.1.x"):
                line = self.said(name, "Login failed for login:%s from %s", typed, "192.0.2.1")
                self.assertNotIn(typed, line)
                self.assertIn(f"login:{quiet_log.mark(typed)} from 192.0.2.1", line)
        self.assertNotEqual(quiet_log.mark("210941001"), quiet_log.mark("210941002"))

    def test_every_log_line_of_odoo_that_names_an_account_is_marked(self):
        installed = self.env["ir.module.module"].search([("state", "=", "installed")])
        names = [name for name in installed.mapped("name") if name.startswith(ACCOUNTS)]
        self.assertIn("auth_signup", names)
        naming = {
            line
            for name in names
            for line in self.naming(name)
            if name.startswith("auth_") or line[0].endswith("res_users")
        }
        self.assertTrue(naming)
        unmarked = sorted(line for line in naming if line[0] not in quiet_log.ABOUT_ACCOUNTS)
        self.assertEqual(unmarked, [])

    def naming(self, addon):
        """(logger, line number) of the calls in ``addon`` whose arguments name an account."""
        root = Path(get_module_path(addon))
        for file in root.rglob("*.py"):
            parts = file.relative_to(root).with_suffix("").parts
            if "tests" in parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_logger."):
                    given = [ast.unparse(argument) for argument in node.args[1:]]
                    if any(word in text for word in NAMES for text in given):
                        yield f"odoo.addons.{'.'.join((addon, *parts))}", node.lineno


@tagged("post_install", "-at_install")
class TestOwnExport(SchoolHttpCase):
    """A student takes a copy of what is kept about her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.rpc(cls.account, "ntue.student", "write", cls.student.ids, {"mobile": "0911-111-111"})
        papers.upload(cls.student)

    def test_the_file_holds_all_records_of_the_student_and_nobody_elses(self):
        self.enter(self.account)
        answer = self.url_open("/my/profile/export")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        self.assertEqual(archive.namelist(), ["data.html", "data.json", "passport-210941001.pdf"])
        self.assertEqual(archive.read("passport-210941001.pdf"), papers.PDF)
        data = json.loads(archive.read("data.json"))
        text = json.dumps(data, ensure_ascii=False)
        for words in ("王大明", "0911-111-111", "0900-000-000", "課程理論研究", self.account.login):
            self.assertIn(words, text)
        for words in ("同系同學", "210941002", "他系學生", self.registrar.login):
            self.assertNotIn(words, text)

    def test_the_file_is_read_by_people_in_their_own_language(self):
        """A page beside the data, since a phone shows no JSON; models by their names."""
        place = self.student._correspondence()
        place.message_post(
            body="<p>Bring the form</p>",
            partner_ids=self.student.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        place.message_post(body="<p>Kept among us</p>", subtype_xmlid="mail.mt_note")
        self.enter(self.account)
        archive = zipfile.ZipFile(io.BytesIO(self.url_open("/my/profile/export").content))
        page = archive.read("data.html").decode()
        for words in (
            "學校留存您的哪些資料",
            "修課紀錄",
            "王大明",
            "0911-111-111",
            "Bring the form",
        ):
            self.assertIn(words, page)
        self.assertIn('<html lang="zh-TW">', page)
        for words in ("Kept among us", "<dd>True</dd>"):
            self.assertNotIn(words, page)
        titles = json.loads(archive.read("data.json"))
        self.assertEqual([title for title in titles if title.isascii()], [])

    def test_every_model_that_belongs_to_a_student_is_in_it(self):
        """By introspection: what comes later is in the file, or the student may not read it."""
        student = self.student.with_user(self.account)
        kept = student._kept()
        for name in own_models(self.env):
            model = student.env[name]
            field = model._fields.get("student_id")
            if model._transient or not field or not model.has_access("read"):
                continue
            records = model.search([("student_id", "=", student.id)])
            self.assertEqual(len(kept.get(model._description, ())), len(records), name)

    def test_somebody_who_has_no_student_record_is_told_so(self):
        self.enter(school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL))
        self.assertNotIn("zip", self.url_open("/my/profile/export").headers["Content-Type"])


@tagged("post_install", "-at_install")
class TestPrivacyPage(SchoolHttpCase):
    """A student reads what is kept, for how long, who sees it, and what to ask for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.parameters = cls.env["ir.config_parameter"].sudo()

    def page(self, user=None):
        self.enter(user or self.account)
        answer = self.url_open("/my/profile/privacy")
        self.env.invalidate_all()
        return answer.text

    def test_the_page_says_the_rules_that_hold_today(self):
        self.assertIn("留存 1095 天後刪除。", self.page())
        self.parameters.set_param("ntue_curriculum.keep_history_days", "0")
        self.parameters.set_param("ntue_curriculum.keep_messages_days", "400")
        page = self.page()
        self.assertIn("永久留存。", page)
        self.assertIn("留存 400 天後刪除。", page)

    def test_the_age_of_backups_is_said_on_the_page_and_in_the_export(self):
        self.assertIn("尚未說明留存多久", self.page())
        self.parameters.set_param("ntue_curriculum.backup_days", "35")
        self.assertIn("備份留存 35 天", self.page())
        archive = zipfile.ZipFile(io.BytesIO(self.url_open("/my/profile/export").content))
        self.assertIn("備份留存 35 天", archive.read("data.json").decode())

    def test_whom_to_ask_is_named_and_never_the_systems_own_address(self):
        self.env.company.email = False
        root = self.env.ref("base.partner_root").email
        page = self.page()
        self.assertNotIn(root, page)
        self.assertIn(f'<li class="text-break">{self.env.company.name}</li>', page)
        self.parameters.set_param("ntue_curriculum.office_email", "office@school.example.com")
        self.assertIn("office@school.example.com", self.page())

    def test_openings_and_a_hold_are_shown_without_names_and_without_the_reason(self):
        copy = papers.upload(self.student)
        self.rpc(self.assistant, "ntue.passport.copy", "read", copy.ids, ["content"])
        self.student.keep_reason = "Dispute about a grade"
        page = self.page()
        self.assertIn(">系所<", page)
        self.assertIn("不刪除您的任何資料", page)
        for words in (self.assistant.login, "Dispute about a grade"):
            self.assertNotIn(words, page)

    def test_every_kind_that_is_a_students_own_is_on_the_page(self):
        """By introspection: a kind that is counted by student is shown to the student."""
        shown = self.student._who_sees()
        retention = self.env["ntue.retention"]
        own = {kind.key for kind in retention._kinds() if kind.student} | {"messages"}
        told_by_others = {"reminders"}  # that a mail was sent, which the student has
        self.assertEqual(own - set(shown) - told_by_others, set())

    def test_who_is_no_student_is_told_so(self):
        guest = school_of.user(self.env, "guest2@mail.example.com", school_of.PORTAL)
        self.assertNotIn("/my/profile/export", self.page(guest))
