"""A student behind a replica that is held back sees her own steps; one that is cut off is told."""

import json

import psycopg2
import pytest

from dev import cheap_passwords, databases, odoo, postgres, replica, sample_school, server, workers
from dev.checkout import Checkout
from dev.crowd import Session, path

BEHIND = 5
"""Seconds by which the replica is late."""

STUDENT = "210941003"
"""Who lacks nothing: the whole way is four addresses."""

SAID = """
import json
from contextlib import closing
from odoo.addons.ntue_curriculum.models.platform import ir_http_replica, readiness

def read():
    with closing(env.registry.cursor(readonly=True)) as cr:
        return ir_http_replica.replica_has(cr, None)

said = {"read": read()}
env.cr.execute("UPDATE ntue_student SET write_uid = write_uid")
env.cr.commit()
readiness.LAG = ir_http_replica.LONGEST = 0  # as after a long time
said |= {"read_no_more": not read(), **env["ntue.readiness"]._check_replica()}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def running():
    """A server that reads from a late replica, and the replica's folder; None where none is ours.

    On a server that PGHOST names nobody here makes a replica.
    """
    checkout = Checkout.here()
    if postgres.external(checkout):
        yield None
        return
    name = workers.database(checkout, "replica")
    sample_school.copy(checkout, name)
    try:
        with replica.running(checkout, BEHIND) as socket:
            options = (f"--db_replica_host={socket}", f"--db_replica_port={postgres.PORT}")
            log = workers.log(checkout, "replica")
            # Without jobs: the server would be stopped in the middle of one.
            quiet = "--max-cron-threads=0"
            extra = (*options, *cheap_passwords.options(checkout), quiet)
            with server.running(checkout, name, log=log, extra=extra) as found:
                yield found, socket
    finally:
        databases.drop(checkout, name)


def asked(socket, database, query):
    """What the replica answers."""
    connection = psycopg2.connect(
        host=socket, port=postgres.PORT, user=postgres.SUPERUSER, dbname=database
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(query)
        (found,) = cursor.fetchone()
    connection.close()
    return found


def test_a_student_never_sees_her_own_step_undone(running):
    if running is None:
        return
    found, socket = running
    reading = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    visitor = Session.of_visitor(found.port)
    assert visitor.get("/graduation/notice").status == 200
    assert asked(socket, found.database, reading) > 1, "Odoo reads from the replica"

    session = Session(found.port, STUDENT, f"demo-{STUDENT}")
    lists = session.get("/my/graduation")
    assert lists.status == 200
    begun = session.post("/my/graduation/new", {"csrf_token": session.token(lists)})
    form = session.get(path(begun))
    assert form.status == 200, "after 新增 there is a form"

    fields = {"csrf_token": session.token(form), "action": "save"}
    saved = session.post(f"{path(begun)}/save", {**fields, "version": session.version(form)})
    check = session.get(f"{path(begun)}/check")
    assert session.get(path(saved)).status == 200
    assert check.status == 200, "after 暫存 what was saved is checked"

    fields = {"csrf_token": session.token(check), "version": session.version(check)}
    sent = session.post(f"{path(begun)}/submit", fields)
    assert path(sent) == "/my/graduation?submitted=1&term=1141"
    after = session.get(path(sent)).body
    assert "已送出" in after
    assert "尚未送出" not in after


def test_a_replica_that_is_cut_off_is_not_ready_and_is_read_no_more(running, tmp_path):
    if running is None:
        return
    found, socket = running
    checkout = Checkout.here()
    asked(socket, found.database, "SELECT pg_wal_replay_pause()")
    script = tmp_path / "said.py"
    script.write_text(SAID)
    options = (f"--db_replica_host={socket}", f"--db_replica_port={postgres.PORT}")
    where = ("-d", found.database, "--no-http", *options)
    try:
        told = odoo.run(checkout, "shell", "shell", *where, script=script)
    finally:
        asked(socket, found.database, "SELECT pg_wal_replay_resume()")
    said = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
    assert (said["read"], said["read_no_more"], said["ready"]) == (True, True, False)
    assert said["lag_seconds"] > 0
