"""The waiting room in the containers: three times as many students as they bear, by Locust."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev import hour, stack, waiting

from .conftest import BOUND, HOST, Desk

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench" / "hour"))

import figures
import room

ROOT = Path(__file__).resolve().parents[2]
NORMAL, SECONDS, STUDENTS = 8, 45, 160
THERE = """
SELECT a.state, count(*), count(DISTINCT a.student_id)
  FROM ntue_graduation_application a JOIN ntue_student s ON s.id = a.student_id
 WHERE s.student_no >= '{first}' GROUP BY a.state
"""

ENTRY = "40r/m"
"""How many come in: about as many as finish, with two workers beside everything else."""


def proxy_anew(desk: Desk) -> None:
    desk.stack.run("docker compose up --detach --no-deps --wait --force-recreate proxy")


@pytest.fixture
def crowded(desk: Desk) -> Iterator[Desk]:
    """The desk with its waiting room, whose numbers are set as docs/operations says, and students.

    The proxy takes an address from who asks: all programs of this test ask from one.
    """
    enrolling = (ROOT / "bench" / "hour" / "enrolling.py").read_text(encoding="utf-8")
    desk.odoo("shell --no-http", f"{enrolling}\nevening(env, {STUDENTS}, {hour.PASSWORD!r})")
    gateway = desk.stack.run(
        "docker compose ps --quiet proxy | xargs docker inspect --format"
        " '{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}'"
    ).strip()
    limits = desk.stack.folder / waiting.LIMITS
    kept = limits.read_text(encoding="utf-8")
    limits.write_text(waiting.with_bounds(kept, {"entry": ENTRY}), encoding="utf-8")
    set_so = {"NTUE_WAITING_ROOM": "open", "NTUE_TRUSTED_PROXY": gateway}
    for name, value in set_so.items():
        stack.set_line(desk.stack, name, value)
    proxy_anew(desk)
    yield desk
    limits.write_text(kept, encoding="utf-8")
    for name, value in {
        "NTUE_WAITING_ROOM": "none",
        "NTUE_TRUSTED_PROXY": "255.255.255.255",
    }.items():
        stack.set_line(desk.stack, name, value)
    proxy_anew(desk)


def pid(desk: Desk, service: str) -> int:
    """The number of a container's first process, as this machine has it."""
    asked = f"docker inspect --format '{{{{.State.Pid}}}}' {desk.container(service)}"
    return int(desk.stack.run(asked))


def test_in_a_rush_those_inside_go_on_others_wait_and_nobody_is_lost(crowded: Desk) -> None:
    stages = hour.rush_stages(NORMAL, SECONDS)
    plan = hour.new_plan(crowded.checkout, "The rush before the containers", stages, STUDENTS)
    plan |= {"host": f"https://{BOUND}", "headers": {"Host": HOST}}
    pids = {"workers": pid(crowded, "odoo"), "database": pid(crowded, "db")}
    hour.play(crowded.checkout, plan, {**pids, "proxy": pid(crowded, "proxy")})
    found = room.seen(plan)
    figures.tell_stages([found.normal, found.rush, found.after])
    crowded.note("p95 of those inside in a rush, by a normal evening's", found.ratio)
    crowded.note("pages of the waiting room in the rush", found.rush.outside)
    crowded.note("seconds after the rush until its last page", found.off)
    assert found.rush.outside
    assert found.is_off
    assert found.lost == 0

    visits = figures.read_visits(plan["visits"])
    told = Counter(visit.reached for visit in visits)
    rows = crowded.stack.sql(THERE.format(first=hour.FIRST))
    there = {state: (int(number), int(of)) for state, number, of in map(_cells, rows.splitlines())}
    assert there["submitted"] == (told["submitted"],) * 2
    drafts, owners = there.get("draft", (0, 0))
    assert told["begun"] + told["saved"] <= drafts == owners
    crowded.odoo("ntue_check_log")


def _cells(line: str) -> list[str]:
    return line.split("|")
