"""Files between two databases, and a server that dies while it writes: by the real commands."""

import re
import signal
import subprocess
import time
from contextlib import closing

import psycopg2
import pytest

from dev import console, databases, odoo, postgres, sample_school, workers
from dev.checkout import Checkout
from dev.product import SAMPLES

HELD = 0x6E74
"""Key of the lock at which a commit waits."""

WAIT_IN_COMMIT = f"""
CREATE FUNCTION ntue_test_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock({HELD}); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER ntue_test_wait AFTER INSERT ON ntue_enrollment
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ntue_test_wait();
"""
WAITING = """
SELECT pid FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE 'commit%'
"""
OURS = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'ntue%' OR tablename = 'res_partner'"
LEFT = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture
def checkout(monkeypatch):
    found = Checkout.here()
    for name, value in postgres.environment(found).items():
        monkeypatch.setenv(name, value)
    return found


@pytest.fixture
def empty(checkout):
    """The name of a database with the addons and nobody in it."""
    name = workers.database(checkout, "exchange_empty")
    databases.fresh(checkout, name, console.ProgressLine())
    yield name
    databases.drop(checkout, name)


@pytest.fixture
def sample(checkout):
    """The name of a database with the sample school."""
    name = workers.database(checkout, "exchange_sample")
    sample_school.copy(checkout, name)
    yield name
    databases.drop(checkout, name)


def run(checkout, name, command, *arguments):
    return odoo.run(checkout, command, command, "-d", name, *map(str, arguments))


def test_an_export_imported_into_an_empty_database_is_audited_byte_for_byte_alike(
    checkout, sample, empty, tmp_path
):
    folder = tmp_path / "export"
    folder.mkdir()
    run(checkout, sample, "ntue_export", folder)
    run(checkout, empty, "ntue_import", folder)
    audits = [tmp_path / f"{name}.csv" for name in ("before", "after")]
    for name, audit in zip((sample, empty), audits, strict=True):
        run(checkout, name, "ntue_audit", "-o", audit)
    before, after = (audit.read_bytes() for audit in audits)
    assert before.count(b"\n") > 70
    assert after == before

    again = run(checkout, sample, "ntue_import", folder)
    written = re.findall(r"新增 (\d+) 筆、變更 (\d+) 筆", again)
    filled = [file for file in folder.iterdir() if file.read_text("utf-8-sig").count("\n") > 1]
    assert len(written) == len(filled) == 14
    assert set(written) == {("0", "0")}


def contents(connection):
    """How many rows each of our tables has, and a sum that any change changes."""
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        names = sorted(name for (name,) in cursor.fetchall())
        found = {}
        for name in names:
            query = f"SELECT count(*), sum(hashtext(t::text)::bigint) FROM {name} t"  # noqa: S608 - names from the catalogue
            cursor.execute(query)
            found[name] = cursor.fetchone()
    return found


def waits_for(condition):
    """Wait until ``condition`` holds; a minute is for a machine that has much else to do."""
    for _turn in range(600):
        if condition():
            return True
        time.sleep(0.1)  # another process has to come so far; it tells nobody
    return False


def one(connection, query, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(query, arguments or None)
        row = cursor.fetchone()
    return row and row[0]


def test_a_server_killed_in_the_middle_of_a_commit_leaves_nothing_behind(checkout, empty):
    folder = str(checkout.root / SAMPLES)
    with closing(psycopg2.connect(dbname=empty)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(WAIT_IN_COMMIT)
            cursor.execute("SELECT pg_advisory_lock(%s)", [HELD])
        before = contents(connection)
        command = odoo.command(checkout, "ntue_import", "-d", empty, folder)
        importing = subprocess.Popen(
            command, env=odoo.environment(checkout), stdout=subprocess.DEVNULL
        )
        try:
            assert waits_for(lambda: one(connection, WAITING) or importing.poll() is not None)
            backend = one(connection, WAITING)
            assert backend, "the import is at its commit"
        finally:
            importing.send_signal(signal.SIGKILL)
            importing.wait()
        assert one(connection, "SELECT pg_terminate_backend(%s)", backend)
        assert waits_for(lambda: not one(connection, LEFT, backend))
        assert contents(connection) == before
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [HELD])
            cursor.execute("DROP FUNCTION ntue_test_wait CASCADE")
    said = run(checkout, empty, "ntue_import", folder)
    assert re.search(r"students\.csv[^\n]*新增 14 筆", said), said
