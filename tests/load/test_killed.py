"""Killed in the middle of many submissions: nothing is lost, doubled or half done.

One part after the other is ended without a word (SIGKILL): a worker, the process of jobs, the
replica, the proxy and PostgreSQL. What does not come again by itself is started again at once, as
`restart: unless-stopped` of docker-compose.yml does; Odoo's first process among it, which ends when
it is about to make a worker and finds no database. Students press again where no answer came.
`make load` has 500 submissions, SUBMISSIONS says how many otherwise, and how long nothing was
answered is printed.
"""

import json
import os
import queue
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from pathlib import Path

import psycopg2
import pytest

from dev import (
    cheap_passwords,
    databases,
    odoo,
    postgres,
    process,
    python_env,
    replica,
    sample_school,
    server,
    waiting,
    workers,
)
from dev.checkout import Checkout
from dev.crowd import Session, path
from dev.errors import CommandError

SUBMISSIONS = int(os.environ.get("SUBMISSIONS", "24"))
WORKERS = 2
AT_ONCE = 6
FIRST = 310000000
PASSWORD = "a password"  # of accounts that are made here
PATIENCE = 120
"""Seconds that a student goes on pressing."""

NO_DOOR = {"working": "900", "entry": "900r/s", "entry_address": "900r/s", "burst": "900"}

COUNT = """
import json
from collections import Counter
kinds = Counter()
for student in env["ntue.student"].search([("student_no", "in", {logins})]):
    found = env["ntue.graduation.application"].search([("student_id", "=", student.id)])
    submitted = found.event_ids.filtered(lambda row: row.action == "submit")
    kinds[json.dumps({{
        "states": found.mapped("state"),
        "events": len(found.event_ids),
        "snapshots": len(submitted.filtered("snapshot")),
        "every course once": len(found.line_ids) == len(student.enrollment_ids),
        "tasks": len(found.activity_ids) - len(found.department_id.assistant_ids),
    }})] += 1
print("=== counted", json.dumps(kinds))
"""


class NotYetError(Exception):
    """The page did not come, or is another one."""


@dataclass
class Evening:
    """What runs, and what was seen of it."""

    checkout: Checkout
    server: server.Server
    options: tuple[str, ...]
    primary: replica.Copy
    second: replica.Copy
    proxy: waiting.Room
    checks: dict[str, str]
    """The address of the page before 確認送出, by student number."""
    told: dict[str, str] = field(default_factory=dict)
    again: int = 0
    seen: list[tuple[float, bool]] = field(default_factory=list)

    def processes(self, *, of_pages: bool) -> list[int]:
        """The server's processes that answer pages, or those of jobs."""
        found = []
        for child in process.find(self.server.pid).children():
            with suppress(process.gone()):
                if "gevent" in child.cmdline():
                    continue
                ports = {one.laddr.port for one in child.net_connections() if not one.raddr}
                if (self.server.port in ports) is of_pages:
                    found.append(child.pid)
        return found

    def are_there(self, number: int, *, of_pages: bool) -> None:
        """Wait until there are so many of these processes."""
        limit = time.monotonic() + PATIENCE
        while len(self.processes(of_pages=of_pages)) < number:
            assert time.monotonic() < limit
            time.sleep(0.05)

    def kill_worker(self) -> None:
        process.kill(self.processes(of_pages=True)[0])
        self.are_there(WORKERS, of_pages=True)

    def kill_jobs(self) -> None:
        process.kill(self.processes(of_pages=False)[0])
        self.are_there(1, of_pages=False)

    def kill_replica(self) -> None:
        self.second.kill()

    def kill_proxy(self) -> None:
        self.proxy.kill()
        self.proxy.start()

    def kill_database(self) -> None:
        self.primary.kill()
        self.primary.start()

    def start_again(self) -> None:
        """Start the server if it has ended; its workers may hold its port for a moment."""
        if process.find(self.server.pid) is None:
            with suppress(CommandError):
                self.start()

    def start(self) -> None:
        """Start the server, on the port that it had."""
        self.server = server.start(
            self.checkout,
            self.server.database,
            self.server.port,
            log=Path(self.server.log),
            workers=WORKERS,
            extra=self.options,
        )

    def watch(self, ended: threading.Event) -> None:
        """Ask for a page over and over, and start the server where it has ended."""
        while not ended.wait(0.05):
            self.start_again()
            visitor = Session.of_visitor(self.proxy.port)
            try:
                is_there = visitor.get("/web/login").status == 200
            except (OSError, HTTPException):
                is_there = False
            self.seen.append((time.monotonic(), is_there))

    def silence(self, since: float, until: float) -> tuple[int, float]:
        """How many pages did not come after a moment, and after how long all do again."""
        missing = [when for when, is_there in self.seen if since < when < until and not is_there]
        after = [when for when, _is in self.seen if missing and when > missing[-1]]
        return len(missing), after[0] - since if after else 0.0


KILLED = {
    "a worker": Evening.kill_worker,
    "the process of jobs": Evening.kill_jobs,
    "the replica": Evening.kill_replica,
    "the proxy": Evening.kill_proxy,
    "PostgreSQL": Evening.kill_database,
}


def checks(database: str, primary: replica.Copy) -> dict[str, str]:
    """The address of the page before 確認送出, by student number."""
    connection = psycopg2.connect(
        host=str(primary.home), port=postgres.PORT, user=postgres.SUPERUSER, dbname=database
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT student_no, a.id FROM ntue_graduation_application a"
            " JOIN ntue_student s ON s.id = a.student_id WHERE student_no >= %s",
            (str(FIRST),),
        )
        found = {number: f"/my/graduation/{one}/check" for number, one in cursor.fetchall()}
    connection.close()
    return found


@pytest.fixture(scope="module")
def evening():
    """A server with workers, a replica and a proxy, and drafts; None on PGHOST's own server."""
    checkout = Checkout.here()
    if postgres.external(checkout):
        yield None
        return
    name = workers.database(checkout, "killed")
    sample_school.copy(checkout, name)
    script = checkout.root / "bench" / "hour" / "students.py"
    cheap = ("--drafted", f"--rounds={cheap_passwords.ROUNDS}")
    command = [str(python_env.interpreter(checkout)), str(script), name, str(SUBMISSIONS), PASSWORD]
    subprocess.run([*command, *cheap], env=odoo.environment(checkout), check=True)
    # Not among the logs that are read for faults: this one has them.
    log = checkout.log(f"killed-{name}")
    with ExitStack() as stack:
        stack.callback(databases.drop, checkout, name)
        primary, second = stack.enter_context(replica.apart(checkout, name))
        there = replace(checkout, environ={**checkout.environ, **primary.environ})
        options = (f"--db_replica_host={second.home}", f"--db_replica_port={postgres.PORT}")
        extra = ("--proxy-mode", *options, *cheap_passwords.options(there))
        port = process.free_port()
        upstream = f"{process.LOOPBACK}:{port}"
        room = waiting.before(checkout, upstream, checkout.log(f"killed-{name}-proxy"), NO_DOOR)
        proxy = stack.enter_context(room)
        planned = server.Server(0, port, name, str(log))
        found = Evening(there, planned, extra, primary, second, proxy, checks(name, primary))
        stack.callback(lambda: server.stop(there, found.server))
        found.start()
        yield found


def press(evening: Evening, login: str, session: Session | None) -> Session:
    """One try of a student to submit; NotYetError where she does not read that she did."""
    place = int(login) - FIRST
    address = f"10.2.{place // 250}.{place % 250 + 1}"
    session = session or Session(evening.proxy.port, login, PASSWORD, address)
    page = session.get(evening.checks[login])
    if page.status == 303:
        evening.told[login] = path(page)
    elif page.status == 200:
        fields = {"csrf_token": session.token(page), "version": session.version(page)}
        answer = session.post(evening.checks[login].replace("/check", "/submit"), fields)
        evening.told[login] = path(answer)
    if not evening.told.get(login, "").startswith("/my/graduation?submitted="):
        raise NotYetError
    return session


def submit(evening: Evening, login: str) -> None:
    """Press until it is said that the application is submitted."""
    session, limit = None, time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            session = press(evening, login, session)
        except (OSError, HTTPException, CommandError, IndexError, NotYetError):
            evening.again += 1
            session = None if evening.again % 2 else session  # some open the page anew
            time.sleep(0.2)
        else:
            return


def killed(evening: Evening, done: "queue.Queue[str]") -> dict[str, tuple[float, float]]:
    """Kill one part after the other, so many submissions apart; when, and when it was again."""
    moments = {}
    for what, kill in KILLED.items():
        for _number in range(SUBMISSIONS // (len(KILLED) + 1)):
            done.get(timeout=PATIENCE)
        began = time.monotonic()
        kill(evening)
        moments[what] = (began, time.monotonic())
    return moments


def counted(evening: Evening, folder) -> dict[str, int]:
    """How many students have which record."""
    script = folder / "count.py"
    script.write_text(COUNT.format(logins=sorted(evening.checks)))
    options = ("shell", "--database", evening.server.database, "--no-http")
    output = odoo.run(evening.checkout, "Counting", *options, script=script)
    (line,) = [line for line in output.splitlines() if line.startswith("=== counted")]
    return json.loads(line.removeprefix("=== counted "))


def test_of_many_submissions_none_is_lost_doubled_or_half_done_whatever_is_killed(
    evening, tmp_path
):
    if evening is None:
        return
    logins = [str(FIRST + number) for number in range(SUBMISSIONS)]
    done, ended = queue.Queue(), threading.Event()

    def person(login):
        submit(evening, login)
        done.put(login)

    watching = threading.Thread(target=evening.watch, args=(ended,))
    watching.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as people:
            answers = people.map(person, logins)
            moments = killed(evening, done)
            list(answers)
    finally:
        ended.set()
        watching.join()

    borders = [*(began for began, _again in moments.values()), time.monotonic()]
    for (what, (began, again)), until in zip(moments.items(), borders[1:], strict=True):
        missing, seconds = evening.silence(began, until)
        print(f"{what}: there again after {again - began:.1f} s, {missing} pages did not come,"
              f" the last within {seconds:.1f} s")  # fmt: skip
    print(f"{SUBMISSIONS} submissions, {evening.again} times pressed again:"
          f" {dict(Counter(evening.told.values()))}")  # fmt: skip

    assert set(evening.told) == set(logins)
    assert set(evening.told.values()) <= {
        "/my/graduation?submitted=1&term=1141",
        "/my/graduation?submitted=already&term=1141",
    }
    # All are alike.
    ((kind, number),) = counted(evening, tmp_path).items()
    assert (number, json.loads(kind)) == (
        SUBMISSIONS,
        {
            "states": ["submitted"],
            "events": 1,
            "snapshots": 1,
            "every course once": True,
            "tasks": 0,
        },
    )
    odoo.run(evening.checkout, "The log", "ntue_check_log", "-d", evening.server.database)
