"""The sign-in addon comes to a database full of people and goes again: everybody signs in."""

import json

import psycopg2
import pytest

from dev import cheap_passwords, console, databases, logscan, odoo, postgres, workers
from dev.checkout import Checkout
from dev.product import SAMPLES

ADDON = "ntue_campus_login"

PEOPLE = """
env = env(context={**env.context, "no_reset_password": True, "tracking_disable": True})

def account(login, group, partner=None):
    values = {"login": login, "name": login, "email": login, "password": f"word of {login}"}
    values["group_ids"] = [(6, 0, [env.ref(group).id])]
    return env["res.users"].create({**values, **({"partner_id": partner.id} if partner else {})})

for student in env["ntue.student"].search([], limit=20):
    account(f"{student.student_no}@mail.example.com", "base.group_portal", student.partner_id)
for number in range(5):
    account(f"guest{number}@mail.example.com", "base.group_portal")
    account(f"employee{number}@staff.example.com", "base.group_user")
account("registrar@staff.example.com", "ntue_curriculum.group_registrar_continuing")
account("setup@staff.example.com", "base.group_system")
env.cr.commit()
"""

SIGN_IN = """
import json
from odoo.exceptions import AccessDenied

out = []
for login in sorted(env["res.users"].search([("login", "like", "@")]).mapped("login")):
    credential = {"type": "password", "login": login, "password": f"word of {login}"}
    try:
        env["res.users"].authenticate(credential, {"interactive": False})
    except AccessDenied:
        out.append(login)
count = env["res.users"].search_count([("login", "like", "@")])
print("===", json.dumps([count, out]))
"""
"""How many accounts there are, and those that do not get in with their password."""

USED = """
from odoo.addons.ntue_campus_login.national_id import check_digit

number = "X27654321" + check_digit("X27654321")
students = env["ntue.student"].search([("partner_id.user_ids", "!=", False)], limit=3)
for student in students:
    student._ntue_set_national_id(number)
settings = env["res.config.settings"].create({"ntue_campus_mailboxes": "s#@stu.example.edu.tw"})
settings.set_values()
mailbox = f"s{students[0].student_no}@stu.example.edu.tw"
env["ntue.forgotten.request"]._ask(number, mailbox, "192.0.2.1")
env.cr.commit()
"""
FIRST = "first.of.all"
"""The name of an account whose first password is open when the addon goes."""

OPENED = f"""
values = {{"login": "{FIRST}", "name": "First"}}
values["group_ids"] = [(6, 0, [env.ref("base.group_portal").id])]
account = env["res.users"].with_context(no_reset_password=True).create(values)
account._ntue_set_first_password("X276543210")
env.cr.commit()
"""

SESSIONS = """
import json

users = env["res.users"].search([("share", "=", True), ("login", "!=", "public")], order="id")
sid = "a-session-of-{}"  # Odoo remembers by it alone whose it is
tokens = {user.login: user._compute_session_token(sid.format(user.id)) for user in users}
print("===", json.dumps(tokens))
"""
"""What a session of each account of the portal has to carry to be one, by login."""

ONE_AFTER_THE_OTHER = """
for text in {!r}:
    env.registry.clear_all_caches()
    env.invalidate_all()
    exec(text, {{"env": env}})
    env.cr.rollback()
"""
"""Each script begins with what those before it have committed, as in a shell of its own."""

UNINSTALL = f"""
module = env["ir.module.module"].search([("name", "=", "{ADDON}")])
module.button_immediate_uninstall()
"""

SHAPE = """
SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
  FROM information_schema.columns WHERE table_schema = current_schema()
   AND table_name NOT LIKE 'base\\_import\\_%'
UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL SELECT 'constraint ' || conname FROM pg_constraint
UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'cron ' || cron_name FROM ir_cron
UNION ALL SELECT 'setting ' || key FROM ir_config_parameter WHERE key LIKE 'ntue%'
UNION ALL SELECT 'model ' || model FROM ir_model
UNION ALL SELECT 'field ' || model || '.' || name FROM ir_model_fields
UNION ALL SELECT 'view ' || COALESCE(key, name) FROM ir_ui_view WHERE active
"""
LEFT_BEHIND = """
SELECT 'record ' || name FROM ir_model_data WHERE module = 'ntue_campus_login'
UNION ALL SELECT 'view ' || name FROM ir_ui_view WHERE arch_db::text LIKE '%ntue_campus_login%'
UNION ALL SELECT 'file ' || name FROM ir_attachment WHERE url LIKE '%ntue_campus_login%'
"""


class House:
    """A database of somebody else's, in which people sign in with passwords."""

    def __init__(self, checkout, name, folder):
        self.checkout, self.name, self.folder = checkout, name, folder
        self.said = []

    def run(self, *arguments, script=None):
        if script is not None:
            file = self.folder / "script.py"
            file.write_text(script)
            script = file
        command, *rest = arguments
        said = odoo.run(self.checkout, command, command, "-d", self.name, *rest, script=script)
        self.said.append(said)
        return said

    def shell(self, *scripts):
        """What the scripts found, of those that print it, in one shell: to start one takes long."""
        options = ("shell", "--no-http", *cheap_passwords.options(self.checkout))
        said = self.run(*options, script=ONE_AFTER_THE_OTHER.format(scripts))
        lines = [line for line in said.splitlines() if line.startswith("===")]
        return [json.loads(line.removeprefix("===")) for line in lines]

    def install(self, modules):
        self.run("server", "--init", modules, "--stop-after-init", "--no-http")

    def sql(self, query):
        with psycopg2.connect(dbname=self.name) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            found = {row[0] for row in cursor.fetchall()}
        connection.close()
        return found


NEEDED = "auth_oauth,auth_passkey,auth_totp_mail"
"""Modules of Odoo that the addon depends on; Odoo leaves them installed."""


@pytest.fixture
def school(monkeypatch, tmp_path):
    checkout = Checkout.here()
    for name, value in postgres.environment(checkout).items():
        monkeypatch.setenv(name, value)
    name = workers.database(checkout, "campus")
    databases.bare(checkout, name, console.ProgressLine())
    yield House(checkout, name, tmp_path)
    databases.drop(checkout, name)


def test_everybody_signs_in_before_with_and_after_the_addon_and_nothing_of_it_is_left(school):
    school.install(f"ntue_curriculum,{NEEDED}")
    school.run("ntue_import", str(school.checkout.root / SAMPLES))
    ((count, away),) = school.shell(PEOPLE, SIGN_IN)
    assert count > 20
    assert away == []
    before = school.sql(SHAPE)

    school.install(ADDON)
    new, used, signed_in = school.shell(SIGN_IN, USED, SIGN_IN, OPENED, SESSIONS)
    assert new == [count, []]
    assert used == [count, []]
    assert FIRST in signed_in
    school.shell(UNINSTALL)
    gone, still = school.shell(SIGN_IN, SESSIONS)
    assert gone == [count, []]
    # Who is signed in stays so, but by a first password, which opens nothing any more.
    ended = {login for login, token in signed_in.items() if still.get(login) != token}
    assert ended == {FIRST}
    assert school.sql(LEFT_BEHIND) == set()
    after = school.sql(SHAPE)
    # The page for settings keeps what it shows, of the other addons as well.
    left = {line for line in after - before if not line.startswith("setting ntue_curriculum.")}
    assert (sorted(left), sorted(before - after)) == ([], [])

    log = school.folder / "campus.log"
    log.write_text("\n".join(school.said))
    assert list(logscan.read(log)) == []
