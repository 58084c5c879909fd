"""A server as those see it who watch it: readiness, figures, and a log without anybody in it."""

import csv
import http.client
import json
import re
from dataclasses import replace

import pytest

from dev import cheap_passwords, databases, postgres, sample_school, server, workers
from dev.checkout import Checkout
from dev.crowd import Session, path

STUDENT = "210941003"
TOKEN = "a token of the tests that is long enough"  # no secret
SCORE, CORRECTED, REFUSED = "78.37", "79.41", "187.53"
"""Of a course of the student: as it is, as the registrar corrects it, and one that is none."""
NATIONAL_ID = "F200000008"
"""Invented; right by its check digit, so that nothing refuses it at the door."""
TYPED = {
    "mailbox": "a210941003@grad.ntue.edu.tw",
    "reason": "Lin Mei-hua telephoned 02-5550-1234",
    "e-mail": "mei.hua.lin@example.net",
}
"""What people write into forms and calls, some of it where it is refused."""

SCORED = """
    UPDATE ntue_enrollment SET score = :'score' WHERE id = (
        SELECT taken.id FROM ntue_enrollment taken JOIN ntue_student student
               ON student.id = taken.student_id
         WHERE student.student_no = :'student' AND taken.is_graded
         ORDER BY taken.score DESC LIMIT 1)
    RETURNING id
"""

SHORT = 2
"""A name of so few letters and less is found in words of its own, and is not looked for."""


@pytest.fixture(scope="module")
def running():
    checkout = Checkout.here()
    name = workers.database(checkout, "outside")
    sample_school.copy(checkout, name)
    set_so = {"NTUE_LOG_JSON": "1", "NTUE_METRICS_TOKEN": TOKEN}
    checkout = replace(checkout, environ={**checkout.environ, **set_so})
    log = workers.log(checkout, "outside")
    log.unlink(missing_ok=True)
    try:
        # A job that runs while the server stops dies with a traceback, and all of them are due in a
        # copy of the sample.
        extra = [*cheap_passwords.options(checkout), "--max-cron-threads=0"]
        set_to = {"student": STUDENT, "score": SCORE}
        number = int(postgres.psql(checkout, SCORED, database=name, **set_to))
        with server.running(checkout, name, log=log, workers=2, extra=extra) as found:
            walk(found)
            mistakes(found, number)
            yield found, log
    finally:
        databases.drop(checkout, name)


def walk(found):
    """What a student does in the last hour, mistakes among it."""
    visitor = Session.of_visitor(found.port)
    page = visitor.get("/web/login")
    wrong = {"login": "210941001", "password": "wrong", "csrf_token": visitor.token(page)}
    assert visitor.post("/web/login", wrong).status == 200
    visitor.get(f"/web/login?login={STUDENT}@example.com")
    visitor.get(f"/graduation/slip/1141-{STUDENT}-1")
    session = Session(found.port, STUDENT, f"demo-{STUDENT}")
    lists = session.get("/my/graduation")
    form = path(session.post("/my/graduation/new", {"csrf_token": session.token(lists)}))
    shown = session.get(form)
    fields = {"csrf_token": session.token(shown), "action": "save"}
    session.post(f"{form}/save", {**fields, "version": session.version(shown)})
    check = session.get(f"{form}/check")
    fields = {"csrf_token": session.token(check), "version": session.version(check)}
    assert session.post(f"{form}/submit", fields).status == 303
    session.get("/my/progress")
    session.get("/my/profile")


def mistakes(found, number):
    """What people type where it is taken, and where it is refused: scores, numbers, addresses."""
    visitor = Session.of_visitor(found.port)
    page = visitor.get("/web/forgotten")
    form = {"national_id": NATIONAL_ID, "mailbox": TYPED["mailbox"]}
    visitor.post("/web/forgotten", {**form, "csrf_token": visitor.token(page)})
    form["mailbox"] = TYPED["e-mail"]
    visitor.post("/web/forgotten", {**form, "csrf_token": visitor.token(page)})
    office = Session(found.port, "registrar.continuing", "demo-registrar.continuing")
    for score in (CORRECTED, REFUSED):
        values = {"score": float(score), "correction_reason": TYPED["reason"]}
        office.call("ntue.enrollment", "write", [[number], values])
    office.call("ntue.enrollment", "write", [[number], {"score": TYPED["e-mail"]}])
    office.call("ntue.student", "search_read", [[["email", "=", TYPED["e-mail"]]], ["no_such"]])
    office.call("ntue.enrollment", f"write_{TYPED['e-mail']}", [[number], {}])
    for session in (office, visitor):
        session.get(f"/my/graduation/{TYPED['e-mail']}?score={SCORE}")
    student = Session(found.port, STUDENT, f"demo-{STUDENT}")
    assert CORRECTED in student.get("/my/progress").body, "a score is worked with"
    for address in ("/my/progress/sheet", "/my/privacy/download", "/my/graduation"):
        student.get(address)


def asked(found, address, token=TOKEN, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", found.port, timeout=120)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def personal():
    """What the samples say of anybody: names, numbers, addresses, telephones."""
    said = set()
    for file in (Checkout.here().root / "data" / "samples").rglob("students.csv"):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                columns = ("學號", "姓名", "英文姓名", "電子信箱", "行動電話", "聯絡電話")
                said |= {(row.get(name) or "").strip() for name in columns}
    said |= {SCORE, CORRECTED, REFUSED, NATIONAL_ID, *TYPED.values()}
    return {word for word in said if len(word) > SHORT}


def test_the_log_and_the_figures_of_a_run_have_nobody_in_them(running):
    found, log = running
    _answer, figures = asked(found, "/ntue/metrics")
    _answer, ready = asked(found, "/ntue/ready")
    lines = log.read_text().splitlines()
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    plain = [line for line in lines if not line.startswith("{")]
    assert not [line for line in plain if " werkzeug: " in line], "the usual list of requests"
    answered = {line["route"] for line in parsed if "route" in line}
    assert "/my/graduation/<int:application_id>/submit" in answered, answered
    words = personal()
    assert STUDENT in words
    for name, text in (("log", "\n".join(lines)), ("figures", figures), ("ready", ready)):
        assert sorted(word for word in words if word in text) == [], name
    assert all("request" in line for line in parsed if "route" in line)


def test_figures_of_several_workers_do_not_depend_on_which_of_them_is_asked(running):
    found, _log = running
    counted = re.compile(r'ntue_request_seconds_count\{method="POST",route="/web/login".*')
    said = {tuple(sorted(counted.findall(asked(found, "/ntue/metrics")[1]))) for _ in range(12)}
    assert len(said) == 1, said
    answers = re.compile(r'count\{method="GET",route="/ntue/metrics",status="200"\} (\S+)')
    figures = [asked(found, "/ntue/metrics")[1] for _ in range(6)]
    each = [float(answers.findall(text)[0]) for text in figures]
    assert each == [each[0] + place for place in range(len(each))], "each is counted once"


def test_figures_are_for_who_has_the_token(running):
    found, _log = running
    for address in ("/ntue/ready", "/ntue/metrics"):
        for token in ("", "another token that is long enough", TOKEN[:-1]):
            assert asked(found, address, token)[0].status == 404
    answer, figures = asked(found, "/ntue/metrics")
    assert answer.status == 200
    assert 'ntue_request_seconds_count{method="POST",route="/web/login",status="303"}' in figures
    assert 'ntue_log_entries{log="ntue_graduation_event"} 1.0' in figures


def test_readiness_says_of_each_part_whether_it_is_there(running):
    found, _log = running
    answer, text = asked(found, "/ntue/ready")
    parts = json.loads(text)
    assert set(parts) >= {"database", "clock", "replica", "mails", "jobs", "papers", "anchors"}
    assert parts["papers"]["ready"]
    expected = 200 if all(part["ready"] for part in parts.values()) else 503
    assert answer.status == expected, parts


def test_an_answer_has_the_number_of_its_request_that_the_log_has(running):
    found, log = running
    answer, _text = asked(found, "/web/login", "", **{"X-Request-ID": "ab" * 16})
    assert answer.headers["X-Request-ID"] == "ab" * 16
    assert "ab" * 16 in log.read_text()
    answer, _text = asked(found, "/web/login", "", **{"X-Request-ID": "王大明 <script>".encode()})
    assert "script" not in answer.headers["X-Request-ID"]


def test_alerts_and_the_dashboard_ask_for_figures_that_there_are(running):
    found, _log = running
    _answer, figures = asked(found, "/ntue/metrics")
    there = set(re.findall(r"^(ntue_[a-z_]+)[{ ]", figures, re.MULTILINE))
    folder = Checkout.here().root / "docs" / "operations"
    for name in ("alerts.yml", "dashboard.json"):
        wanted = set(re.findall(r"\bntue_[a-z_]+", (folder / name).read_text()))
        assert wanted
        assert wanted - there == set(), name
