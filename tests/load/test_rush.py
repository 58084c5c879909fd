"""Everybody presses at once: one draft, one submitted application, no fault (I8, D10).

`make load` runs it; `CROWD=` sets how many sessions, 50 unless given.
"""

import json
import os
from dataclasses import replace
from functools import partial

import pytest

from dev import cheap_passwords, databases, odoo, sample_school, server, workers
from dev.checkout import Checkout

from .crowd import Session, at_once, path, tally

CROWD = int(os.environ.get("CROWD", "50"))

STUDENT = "210941003"
"""Who lacks nothing: the whole way is four addresses."""

COUNT = """
import json
found = env["ntue.graduation.application"].search([("student_id.student_no", "=", "{number}")])
submitted = found.event_ids.filtered(lambda row: row.action == "submit")
print("=== counted", json.dumps({{
    "states": found.mapped("state"),
    "events": len(found.event_ids),
    "submissions": len(submitted),
    "snapshots": len(submitted.filtered("snapshot")),
    "every course once": len(found.line_ids) == len(found.student_id.enrollment_ids),
    "tasks": len(found.activity_ids) - len(found.department_id.assistant_ids),
}}))
"""


@pytest.fixture(scope="module")
def checkout():
    return Checkout.here()


@pytest.fixture(scope="module")
def running(checkout):
    """A server of its own with the sample school."""
    name = workers.database(checkout, "load")
    sample_school.copy(checkout, name)
    # A connection for everybody, so that all of them are inside at the same moment.
    room = f"--db_maxconn={CROWD + 20}"
    # A person has fewer turns; what is tried here is the application, and not the gate.
    turns = {"NTUE_TURNS_STUDENT": f"{CROWD},{CROWD}"}
    checkout = replace(checkout, environ={**checkout.environ, **turns})
    log = workers.log(checkout, "load")
    with server.running(
        checkout, name, log=log, extra=(room, *cheap_passwords.options(checkout))
    ) as found:
        yield found
    databases.drop(checkout, name)


def counted(checkout, running, folder, number):
    """What stands in the database of the student's applications."""
    script = folder / "count.py"
    script.write_text(COUNT.format(number=number))
    options = ("shell", "--database", running.database, "--no-http")
    output = odoo.run(checkout, "Counting", *options, script=script)
    (line,) = [line for line in output.splitlines() if line.startswith("=== counted")]
    return json.loads(line.removeprefix("=== counted "))


def sessions_of(running, number):
    """As many sessions of one student, signed in one after the other."""
    return [Session(running.port, number, f"demo-{number}") for _ in range(CROWD)]


def pressed(sessions, page, address, **fields):
    """Everybody sends the form of ``page`` to ``address`` at one moment, and gets no fault.

    Returns where they were sent on to.
    """
    forms = [{"csrf_token": session.token(session.get(page)), **fields} for session in sessions]
    answers = at_once(
        [
            partial(session.post, address, form)
            for session, form in zip(sessions, forms, strict=True)
        ]
    )
    print(f"{len(answers)} at once to {address}: {tally(answers)}")
    assert {answer.status for answer in answers} == {303}
    return [path(answer) for answer in answers]


def test_I8_a_crowd_that_presses_at_once_ends_in_one_submitted_application(
    checkout, running, tmp_path
):
    sessions = sessions_of(running, STUDENT)
    (form,) = set(pressed(sessions, "/my/graduation", "/my/graduation/new"))
    assert counted(checkout, running, tmp_path, STUDENT)["states"] == ["draft"]

    version = sessions[0].version(sessions[0].get(form))
    pressed(sessions, form, f"{form}/save", action="save", version=version)

    check = f"{form}/check"
    version = sessions[0].version(sessions[0].get(check))
    ends = pressed(sessions, check, f"{form}/submit", version=version)
    assert ends.count("/my/graduation?submitted=1") == 1
    assert ends.count("/my/graduation?submitted=already") == CROWD - 1
    assert counted(checkout, running, tmp_path, STUDENT) == {
        "states": ["submitted"],
        "events": 1,
        "submissions": 1,
        "snapshots": 1,
        "every course once": True,
        "tasks": 0,
    }
