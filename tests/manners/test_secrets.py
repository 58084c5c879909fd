"""No ID number, password or link in a dump, a stored file, a log or an export.

Everything that handles them is done in a school of the sample: imports from the shell and on
screen, a forgotten password by the page, a mail that could be sent and one that could not, the
link, the new password, wrong tries. Then all that remains is searched.
"""

import json
import re
import subprocess
import zipfile
from io import BytesIO

import pytest
import requests

from dev import (
    captcha,
    cheap_passwords,
    databases,
    odoo,
    postgres,
    sample_school,
    server,
    workers,
)
from dev.checkout import Checkout

MAILBOX = "a{}@grad.ntue.edu.tw"
NEW, TRIED = "Zephyr-4417-quince", "Wrong-8812-tried"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

IMPORTED = """
import csv, json, pathlib
from odoo.addons.ntue_campus_login.national_id import check_digit
from odoo.addons.ntue_curriculum.cli.ntue_import import import_folder, print_report

folder = pathlib.Path(FOLDER)
students = env["ntue.student"].search([("partner_id.user_ids", "!=", False)], limit=8)
numbers = [f"X2{1234567 + place * 9973:07d}" for place in range(8)]
numbers = [stem + check_digit(stem) for stem in numbers]
bad = numbers[-1][:-1] + str((int(numbers[-1][-1]) + 1) % 10)
header = ["學號", "姓名", "課架代碼", "入學學年度", "身分證字號"]

def write(name, first, numbers):
    # A file of students, from the one in the place `first` on, with these numbers.
    of = ("student_no", "name", "curriculum_id.code", "entry_year")
    rows = zip(students[first:], numbers)
    with (folder / name).open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows([*(s.mapped(field)[0] for field in of), number] for s, number in rows)
    return (folder / name).read_bytes()

for name, some in (("bad", [*numbers[:7], bad]), ("good", numbers[:4])):
    (folder / name).mkdir()
    write(f"{name}/students.csv", 0, some)
    report = import_folder(env, folder / name, False, None, print)
    print_report(env, report, print)
    assert report.ok is (name == "good")

operator = env["res.users"].search([("login", "=", "registrar.continuing")])
mine = env(user=operator.id)
for first, some in ((0, [*numbers[:7], bad]), (4, numbers[4:])):
    file = {"name": "students.csv", "raw": write("students.csv", first, some)}
    file = mine["ir.attachment"].create({**file, "res_model": "ntue.import.wizard"})
    wizard = mine["ntue.import.wizard"].create({"file_ids": [(6, 0, file.ids)]})
    wizard.action_check()
    if wizard.state == "checked":
        wizard.action_import()
assert wizard.state == "done", wizard.problem_ids.mapped("message")
assert env["ntue.national.id"].search_count([]) == 8
env.cr.commit()
known = {s.student_no: [n, s.partner_id.user_ids.login] for s, n in zip(students, numbers)}
(folder / "known.json").write_text(json.dumps([known, bad]))
"""

ANSWERED = """
import json, pathlib, re
from unittest.mock import patch
from odoo.addons.base.models.ir_mail_server import IrMail_Server

folder, sent = pathlib.Path(FOLDER), []

def fails(*_args, **_kwargs):
    raise ConnectionRefusedError

def send(_server, message, *_args, **_kwargs):
    sent.append(message.get_body(("html",)).get_content())

for reaction in (fails, send):
    with patch.object(IrMail_Server, "send_email", reaction):
        env["ntue.forgotten.request"]._answer()
        env["ntue.password.request"]._answer()
env.cr.commit()
links = [re.search(r"forgotten/new[?]token=([\\w-]+)", text) for text in sent]
(folder / "links.json").write_text(json.dumps([found[1] for found in links if found]))
"""

EXPORTED = """
import pathlib

folder = pathlib.Path(FOLDER)
for student in env["ntue.student"].search([("partner_id.user_ids", "!=", False)], limit=8):
    account = student.partner_id.user_ids
    copy = student.with_user(account)._kept_file()
    (folder / f"{student.student_no}.zip").write_bytes(copy)
"""


class Desk:
    """The school of the sample, and everything that it keeps."""

    def __init__(self, checkout, name, folder):
        self.checkout, self.name, self.folder = checkout, name, folder
        self.log = folder / "server.log"
        self.said = []

    def shell(self, script):
        file = self.folder / "script.py"
        file.write_text(f"FOLDER = {str(self.folder)!r}\n{script}")
        options = ("-d", self.name, "--no-http", "--log-level=debug")
        cheap = cheap_passwords.options(self.checkout)
        self.said.append(odoo.run(self.checkout, "shell", "shell", *options, *cheap, script=file))

    def serving(self):
        extra = (
            "--log-level=debug",
            "--max-cron-threads=0",
            *cheap_passwords.options(self.checkout),
        )
        return server.running(self.checkout, self.name, log=self.log, extra=extra)

    def dump(self):
        """Every row of the database, as a backup has it."""
        program = str(postgres.programs(self.checkout) / "pg_dump")
        done = subprocess.run(
            [program, "--no-owner", self.name], capture_output=True, text=True, check=True
        )
        return done.stdout

    def stored(self):
        """The bytes of every attachment and session."""
        for folder in (f"filestore/{self.name}", "sessions"):
            for path in (self.checkout.data / folder).rglob("*"):
                if path.is_file():
                    yield path, path.read_bytes()

    def exports(self):
        for path in self.folder.glob("*.zip"):
            with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
                for name in archive.namelist():
                    yield path, archive.read(name)


class Visitor:
    """A browser that sends forms."""

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def post(self, path, page=None, **fields):
        text = self.session.get(self.url + (page or path), timeout=60).text
        token = TOKEN.search(text)[1]
        answers = captcha.answered(Checkout.here(), self.session.cookies["session_id"], text)
        data = {"csrf_token": token, **answers, **fields}
        return self.session.post(self.url + path, data=data, timeout=60).text


@pytest.fixture
def desk(monkeypatch, tmp_path):
    checkout = Checkout.here()
    for name, value in postgres.environment(checkout).items():
        monkeypatch.setenv(name, value)
    name = workers.database(checkout, "secrets")
    sample_school.copy(checkout, name)
    yield Desk(checkout, name, tmp_path)
    databases.drop(checkout, name)


def test_no_id_number_password_or_link_is_anywhere_but_where_it_is_used(desk):
    desk.shell(IMPORTED)
    known, bad = json.loads((desk.folder / "known.json").read_text())
    (student, (number, login)), *_others = known.items()
    with desk.serving() as running:
        visitor = Visitor(running.url)
        visitor.post("/web/forgotten", national_id=number, mailbox=MAILBOX.format(student))
        visitor.post("/web/forgotten", national_id=bad, mailbox=MAILBOX.format(student))
        visitor.post("/web/reset_password", login=TRIED)
        visitor.post("/web/login", login=login, password=TRIED)
    desk.shell(ANSWERED)
    (link,) = json.loads((desk.folder / "links.json").read_text())
    with desk.serving() as running:
        visitor = Visitor(running.url)
        page = f"/web/forgotten/new?token={link}"
        both = {"password": NEW, "password_again": NEW}
        assert "alert-success" in visitor.post("/web/forgotten/new", page, token=link, **both)
        visitor.post("/web/login", login=login, password=NEW)
        assert visitor.session.get(f"{running.url}/my/profile", timeout=60).ok
    desk.shell(EXPORTED)

    secrets = {"link": link, "new password": NEW, "tried password": TRIED, "bad number": bad[1:]}
    secrets |= {f"number {place}": text[1:] for place, (text, _login) in enumerate(known.values())}
    places = {"dump": desk.dump().encode(), "said": "\n".join(desk.said).encode()}
    places["log"] = desk.log.read_bytes()
    assert len(places["log"]) > 1000
    assert b"ntue_national_id" in places["dump"]
    places |= {str(path): data for path, data in (*desk.stored(), *desk.exports())}
    found = [
        (what, where)
        for where, data in places.items()
        for what, text in secrets.items()
        if text.encode() in data
    ]
    assert found == []
