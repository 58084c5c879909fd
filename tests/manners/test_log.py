"""The log in databases of their own: many at once, checked, tampered with, upgraded."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from dev import databases, odoo, postgres, python_env, sample_school, workers
from dev.checkout import Checkout
from dev.product import ADDONS

STUDENTS = 50

COMMAND_AFTER_COMMAND = Path(__file__).parent / "scripts" / "command_after_command.py"

MANY_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from psycopg2 import errors

window = env["ntue.graduation.window"].search([], limit=1)
student = env["ntue.student"].search([("division", "=", window.division)], limit=1)
students = env["ntue.student"].create([
    {
        "student_no": f"2999{number:05}",
        "name": f"同時{number}",
        "curriculum_id": student.curriculum_id.id,
        "entry_year": student.entry_year,
    }
    for number in range(STUDENTS)
])
env.cr.execute(
    "INSERT INTO ntue_graduation_application (student_id, window_id, state, first_review,"
    " second_review) SELECT id, %s, 'draft', 'pending', 'pending' FROM ntue_student"
    " WHERE id IN %s RETURNING id",
    [window.id, tuple(students.ids)],
)
applications = [row[0] for row in env.cr.fetchall()]
env.cr.commit()
tries = []

def step(application):
    with Registry(env.cr.dbname).cursor() as cr:
        own = api.Environment(cr, SUPERUSER_ID, {})

        def work():
            tries.append(application)
            record = own["ntue.graduation.application"].browse(application)
            record.lock_for_update()  # the picture of the database is taken here
            record._log("decide", ("draft", "pending", "pending"), ("draft", "pending", "pending"))

        retrying(work, own)

with ThreadPoolExecutor(STUDENTS) as pool:
    list(pool.map(step, applications))
print("tries", len(tries))
"""

TO_THE_SHAPE_OF_BEFORE = """
DROP TABLE ntue_graduation_event_mark;
DROP FUNCTION ntue_graduation_event_guard() CASCADE;
DROP FUNCTION ntue_graduation_event_refuse() CASCADE;
DROP FUNCTION ntue_graduation_event_keep() CASCADE;
ALTER TABLE ntue_graduation_event DROP COLUMN number, DROP COLUMN previous_hash,
    DROP COLUMN entry_hash, DROP COLUMN salts, DROP COLUMN commitments, DROP COLUMN erased_entry;
UPDATE ir_module_module SET latest_version = '19.0.1.0.0' WHERE name = 'ntue_graduation';
"""


ON_WITH_IT = """
import os
os.environ.update(PLACES)
application = env["ntue.graduation.application"].search([], limit=1)
for day in DAYS:
    position = application._position()
    application._log("decide", position, position)
    env["ir.config_parameter"].set_param("ntue_curriculum.office_name", day)
    env.cr.commit()
    assert env["ntue.chained"]._anchor([day])
"""

ASLEEP = """
ALTER TABLE ntue_graduation_event DISABLE TRIGGER USER;
{};
ALTER TABLE ntue_graduation_event ENABLE TRIGGER USER;
"""


class Commands:
    """Odoo's commands one after the other in one process, because it takes seconds to load Odoo."""

    def __init__(self, checkout, noise):
        self.noise = noise
        command = [str(python_env.interpreter(checkout)), str(COMMAND_AFTER_COMMAND)]
        with noise.open("w") as file:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                env=odoo.environment(checkout),
                cwd=checkout.root,
                text=True,
            )

    def done(self, kind, *arguments, **environ):
        """The exit code, and what was printed."""
        print(json.dumps([environ, kind, *arguments]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, self.noise.read_text()
        return tuple(json.loads(answer))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Log:
    """A database with the sample school, and ways to act on its log."""

    def __init__(self, checkout, name, commands):
        self.checkout, self.name, self.commands = checkout, name, commands

    def odoo(self, *arguments, script=None):
        command, *rest = arguments
        return odoo.run(self.checkout, command, command, "-d", self.name, *rest, script=script)

    def sql(self, query):
        with psycopg2.connect(dbname=self.name) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            found = cursor.fetchall() if cursor.description else []
        connection.close()
        return found

    def check(self, *arguments, **environ):
        """The exit code of the command, and what it printed."""
        given = ("ntue_check_log", "-d", self.name, *arguments)
        return self.commands.done("command", *given, **environ)

    def typed_check(self, *arguments):
        """The same, in a process of its own, as an operator types it."""
        program = str(self.checkout.root / "tools" / "odoo")
        done = subprocess.run(
            [sys.executable, program, "ntue_check_log", "-d", self.name, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def run(self, script):
        """Run a script with ``env`` on the database."""
        assert self.commands.done("script", self.name, str(script))[0] == 0

    def noted(self):
        """The head of the log that the check prints to be noted down."""
        code, said = self.check()
        assert code == 0, said
        return said.split("--noted ")[1].split()[0]


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    commands = Commands(Checkout.here(), tmp_path_factory.mktemp("commands") / "noise")
    yield commands
    commands.close()


@pytest.fixture(scope="module")
def original(tmp_path_factory, commands):
    """A log of fifty entries that were made at once, and what was said; no test changes it."""
    checkout = Checkout.here()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in postgres.environment(checkout).items():
            patch.setenv(name, value)
        name = workers.database(checkout, "log_original")
        sample_school.copy(checkout, name)
        script = tmp_path_factory.mktemp("log") / "many.py"
        script.write_text(f"STUDENTS = {STUDENTS}\n{MANY_AT_ONCE}")
        log = Log(checkout, name, commands)
        yield log, log.odoo("shell", "--no-http", "--db_maxconn=128", script=script)
        databases.drop(checkout, name)


@pytest.fixture
def log(original, commands):
    """A copy of it for one test, which may do with it as it likes."""
    checkout, name = original[0].checkout, workers.database(original[0].checkout, "log")
    databases.copy(checkout, original[0].name, name)
    yield Log(checkout, name, commands)
    commands.done("forget", name)
    databases.drop(checkout, name)


def test_fifty_students_at_once_get_in_at_the_first_try_and_into_one_chain(original):
    log, said = original
    assert f"tries {STUDENTS}" in said
    numbers = [row[0] for row in log.sql("SELECT number FROM ntue_graduation_event ORDER BY 1")]
    assert numbers == list(range(1, STUDENTS + 1))
    assert log.typed_check("--noted", log.noted())[0] == 0


def test_what_was_changed_while_the_guard_was_put_to_sleep_is_found(log):
    noted = log.noted()
    log.sql(ASLEEP.format("UPDATE ntue_graduation_event SET reason = 'x' WHERE number = 7"))
    code, said = log.typed_check()
    assert code == 1
    assert "7" in said.splitlines()[0]
    log.sql(ASLEEP.format("UPDATE ntue_graduation_event SET reason = NULL WHERE number = 7"))
    assert log.check("--noted", noted)[0] == 0


def test_entries_of_the_version_before_are_chained_in_their_order_and_guarded(log):
    entries = (
        "SELECT number, id, application_id, action, user_id, happened_at, position_from,"
        " position_to, reason, actor FROM ntue_graduation_event ORDER BY number"
    )
    before = log.sql(entries)
    log.sql(TO_THE_SHAPE_OF_BEFORE)
    log.odoo("server", "-u", ",".join(ADDONS), "--stop-after-init", "--no-http")
    assert log.sql(entries) == before
    kinds = "SELECT DISTINCT substr(entry_hash, 1, 5), salts IS NULL FROM ntue_graduation_event"
    assert log.sql(kinds) == [("ntue2", True)], "they are hashed as they were, without salts"
    code, said = log.check("--noted", log.noted())
    assert code == 0, said
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        log.sql("DELETE FROM ntue_graduation_event")


def test_marks_that_another_role_keeps_are_out_of_the_applications_reach(log):
    """As a school's server has it; on a server that PGHOST names nobody here is its superuser."""
    if postgres.external(log.checkout):
        return
    entries = log.sql("SELECT COUNT(*) FROM ntue_graduation_event")
    script = (log.checkout.root / "tools" / "keep_marks.sql").read_text()
    for _again in range(2):
        postgres.psql(log.checkout, f"\\connect {log.name}\n{script}", superuser=True)
    mark = "ntue_kept.ntue_graduation_event_mark"
    refused = [
        f"DELETE FROM {mark}",  # noqa: S608  # our own table's name
        f"UPDATE {mark} SET entry_hash = 'x'",  # noqa: S608  # the same
        f"TRUNCATE {mark}",
        f"DROP TABLE {mark}",
        f"ALTER TABLE {mark} DISABLE TRIGGER USER",
        "DROP SCHEMA ntue_kept CASCADE",
        "CREATE OR REPLACE FUNCTION ntue_graduation_event_keep() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    ]
    allowed = []
    for query in refused:
        try:
            log.sql(query)
        except psycopg2.errors.InsufficientPrivilege:
            continue
        allowed.append(query)
    assert allowed == []

    # Upgrading leaves them where they are, and the log goes on.
    log.odoo("server", "-u", ",".join(ADDONS), "--stop-after-init", "--no-http")
    assert log.sql("SELECT to_regclass('public.ntue_graduation_event_mark')") == [(None,)]
    assert log.sql(f"SELECT COUNT(*) FROM {mark}") == entries  # noqa: S608
    code, said = log.check()
    assert code == 0, said
    log.sql(
        "ALTER TABLE ntue_graduation_event DISABLE TRIGGER USER;"
        "DELETE FROM ntue_graduation_event WHERE number = 50"
    )
    code, said = log.check()
    assert code == 1, said
    assert "50" in said.splitlines()[0]


def test_a_dump_of_yesterday_put_in_place_is_noticed(log, tmp_path):
    """As an operator does it by mistake, or somebody who wants a day not to have been."""
    key, anchors = tmp_path / "key.pem", tmp_path / "anchors"
    private = Ed25519PrivateKey.generate()
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = tmp_path / "public.pem"
    public.write_bytes(
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    places = {"NTUE_ANCHOR_KEY_FILE": str(key), "NTUE_ANCHOR_FILE": str(anchors)}

    def go_on(*days):
        script = tmp_path / "on.py"
        script.write_text(f"PLACES, DAYS = {places!r}, {days!r}\n{ON_WITH_IT}")
        log.run(script)

    def check(*arguments):
        return log.check("--anchors", str(anchors), "--anchor-key", *arguments)

    dump = workers.database(log.checkout, "log_yesterday")
    go_on("yesterday")
    databases.copy(log.checkout, log.name, dump)
    try:
        go_on("today")
        code, said = check(str(public))
        assert code == 0, said
        databases.drop(log.checkout, log.name)
        databases.copy(log.checkout, dump, log.name)
    finally:
        databases.drop(log.checkout, dump)
    assert log.check()[0] == 0, "nothing in the dump itself tells of it"
    code, said = check(str(public))
    assert code == 1
    assert "--restored" in said, said
    go_on("tomorrow")
    code, said = check(str(public))
    assert code == 1, said
    code, said = log.check("--restored", "Disk of the database lost", **places)
    assert code == 0, said
    code, said = log.check("--anchors", **places)
    assert code == 0, said
    assert "Disk of the database lost" in said
    exported = tmp_path / "export"
    assert log.check("--export", str(exported))[0] == 0
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    assert any(line.get("log") == "ntue_graduation_event" for line in lines)
    assert "head" in lines[-1]
