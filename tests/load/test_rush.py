"""Everybody presses at once: one draft, one submitted application, no fault (I8, D10).

`make load` runs it; `CROWD=` sets how many sessions, 50 unless given.
"""

import json
import os
import re
from dataclasses import replace
from functools import partial

import pytest

from dev import cheap_passwords, databases, odoo, sample_school, server, workers
from dev.checkout import Checkout
from dev.crowd import Session, at_once, path, tally

CROWD = int(os.environ.get("CROWD", "50"))

STUDENT = "210941003"
"""Who lacks nothing: the whole way is four addresses."""

INVITED = "210941001"
"""Whose invitation is opened in several browsers at once."""

INVITE = """
from dataclasses import replace
from datetime import timedelta
from odoo import fields

student = env["ntue.student"].search([("student_no", "=", "{number}")])
account = student._account()
env.cr.execute("UPDATE res_users SET password = NULL WHERE id = %s", [account.id])
token = account._ntue_link_token("invitation", fields.Datetime.now() + timedelta(days=1))
env.cr.commit()
print("=== invited", token)
"""

CHOSEN = """
account = env["ntue.student"].search([("student_no", "=", "{number}")])._account()
known = account._ntue_password_hash()
words = [f"Kestrel-on-{{number}}-roofs" for number in range(100, {most})]
right = [word for word in words if account._crypt_context().verify(word, known)]
events = env["ntue.sign.in.event"].search_count(
    [("user_id", "=", account.id), ("kind", "=", "change")]
)
print("=== chosen", len(right), right[0], events)
"""

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
    turns = dict.fromkeys(("NTUE_TURNS_STUDENT", "NTUE_TURNS_ADDRESS"), f"{CROWD},{CROWD}")
    checkout = replace(checkout, environ={**checkout.environ, **turns})
    log = workers.log(checkout, "load")
    with server.running(
        checkout, name, log=log, extra=(room, *cheap_passwords.options(checkout))
    ) as found:
        yield found
    databases.drop(checkout, name)


def counted(checkout, running, folder, number):
    """What is in the database of the student's applications."""
    script = folder / "count.py"
    script.write_text(COUNT.format(number=number))
    options = ("shell", "--database", running.database, "--no-http")
    output = odoo.run(checkout, "Counting", *options, script=script)
    (line,) = [line for line in output.splitlines() if line.startswith("=== counted")]
    return json.loads(line.removeprefix("=== counted "))


def said(checkout, running, folder, script, mark):
    """What a script says in the shell of the school, after ``mark``."""
    file = folder / "script.py"
    file.write_text(script)
    options = ("shell", "--database", running.database, "--no-http")
    output = odoo.run(checkout, "Looking", *options, script=file)
    (line,) = [line for line in output.splitlines() if line.startswith(f"=== {mark} ")]
    return line.removeprefix(f"=== {mark} ")


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
    assert ends.count("/my/graduation?submitted=1&term=1141") == 1
    assert ends.count("/my/graduation?submitted=already&term=1141") == CROWD - 1
    assert counted(checkout, running, tmp_path, STUDENT) == {
        "states": ["submitted"],
        "events": 1,
        "submissions": 1,
        "snapshots": 1,
        "every course once": True,
        "tasks": 0,
    }


def test_of_several_browsers_that_send_one_invitation_at_once_one_chooses_the_password(
    checkout, running, tmp_path
):
    script = INVITE.format(number=INVITED)
    token = said(checkout, running, tmp_path, script, "invited")
    visitors = [Session.of_visitor(running.port) for _ in range(8)]
    forms = []
    for number, visitor in enumerate(visitors, start=100):
        assert visitor.get(f"/web/invitation?token={token}").status == 303
        page = visitor.get("/web/invitation")
        (mark,) = re.findall(r'name="invited"[^>]*value="([^"]+)"', page.body)
        word = f"Kestrel-on-{number}-roofs"
        form = {"csrf_token": visitor.token(page), "invited": mark}
        forms.append({**form, "password": word, "password_again": word})
    answers = at_once(
        [
            partial(visitor.post, "/web/invitation", form)
            for visitor, form in zip(visitors, forms, strict=True)
        ]
    )
    print(f"{len(answers)} at once with one invitation: {tally(answers)}")
    ends = [number for number, answer in enumerate(answers, 100) if path(answer) == "/web/login"]
    script = CHOSEN.format(number=INVITED, most=100 + len(visitors))
    chosen = said(checkout, running, tmp_path, script, "chosen")
    assert [f"1 Kestrel-on-{number}-roofs 1" for number in ends] == [chosen]
    others = [answer for answer in answers if path(answer) != "/web/login"]
    assert {answer.status for answer in others} == {200}
    assert all("password_problem" in answer.body for answer in others)
    # Of two that store a password at once PostgreSQL refuses one; its hash is not for the log.
    assert "pbkdf2" not in workers.log(checkout, "load").read_text()
