"""docs/platform.md decides every page and every model of people that Odoo brings along.

The routes and models are read from the running registry: what another version of Odoo or
another dependency adds fails here until somebody has decided it for students and employees.
"""

import re
import threading
from fnmatch import fnmatchcase
from pathlib import Path
from unittest.mock import patch

from odoo import http
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.addons.ntue_curriculum.tests.test_messages_of_odoo import threads
from odoo.tests import tagged
from odoo.tools import mute_logger

PAGE = Path(__file__).resolve().parents[2] / "docs" / "platform.md"
PEOPLE = ("res.partner", "res.users")
MODES = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
TURNED_AWAY = {301, 302, 303, 400, 403, 404, 405, 415, 422}
"""What a closed page may answer; a page, or a fault of the server, is none of them."""


def table(title):
    """The rows of the table under the heading ``title``, cells without their quotes."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


@tagged("post_install", "-at_install")
class TestPlatformPage(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)
        cls.employee = school_of.user(cls.env, "employee@staff.example.com", "base.group_user")

    def routes(self):
        """Every route of the installed addons: path, and the methods it takes."""
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        return {rule.rule: rule.methods or {"GET", "POST"} for rule in rules}

    def decided(self, path, rows):
        """The most exact row that ``path`` falls under, or None."""
        under = [row for row in rows if fnmatchcase(path, row[0].replace("[", "[[]"))]
        return max(under, key=lambda row: len(row[0]), default=None)

    def test_every_route_of_the_installed_addons_is_decided(self):
        rows = table("Pages and other addresses")
        routes = self.routes()
        undecided = [path for path in sorted(routes) if not self.decided(path, rows)]
        self.assertEqual(undecided, [])
        used = {self.decided(path, rows)[0] for path in routes}
        self.assertEqual(sorted({row[0] for row in rows} - used), [], "of no route")
        for row in rows:
            self.assertLessEqual(set(row[1:3]), {"open", "closed", "own"}, row)
            self.assertTrue(row[3], row)

    def test_what_is_closed_to_students_turns_a_student_away(self):
        self.enter(self.account)
        rows = table("Pages and other addresses")
        let_in = []
        for path, methods in self.routes().items():
            if self.decided(path, rows)[1] != "closed":
                continue
            address = re.sub(r"<[^>]*>", "1", path)
            for method in sorted(methods & {"GET", "POST"}):
                with mute_logger("odoo.http", "odoo.addons.base.models.ir_http"):
                    status = self.status(address, method)
                if status not in TURNED_AWAY:
                    let_in.append((method, address, status))
        self.assertEqual(let_in, [])

    def status(self, address, method):
        """The status of a form sent, or of a page asked for; JSON's own errors are refusals."""
        if method == "GET":
            return self.url_open(address, allow_redirects=False).status_code
        answer = self.url_open(
            address,
            data={"csrf_token": http.Request.csrf_token(self), "partner_id": "1"},
            allow_redirects=False,
        )
        return answer.status_code

    def test_every_model_of_odoo_that_holds_people_is_decided(self):
        rows = {row[0]: row[1:3] for row in table("Models of Odoo that hold people")}
        self.assertEqual(rows, self.models_of_people())

    def test_every_model_of_odoo_with_messages_is_decided(self):
        rows = {row[0]: row[1:3] for row in table("Models of Odoo with messages")}
        self.assertEqual(sorted(rows), threads(self.env))
        for model, decided in rows.items():
            reads = self.env[model].with_user(self.employee).has_access("read")
            self.assertEqual(decided, ["none", "own name" if reads else "none"], model)

    def models_of_people(self):
        """By model: the letters of what a student and an employee may do with its records."""
        found = {}
        for name in sorted(self.env.registry):
            model = self.env[name]
            if name.startswith("ntue.") or model._abstract or model._transient:
                continue
            if name not in PEOPLE and not any(
                field.comodel_name in PEOPLE and field.store
                for key, field in model._fields.items()
                if key not in ("create_uid", "write_uid")
            ):
                continue
            letters = [
                "".join(
                    letter
                    for letter, mode in MODES.items()
                    if model.with_user(user).sudo(False).has_access(mode)
                )
                or "—"
                for user in (self.account, self.employee)
            ]
            if letters != ["—", "—"]:
                found[name] = letters
        return found
