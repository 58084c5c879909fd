"""Two web containers, a new release beside the former one, and a replica."""

import http.client
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from dev import console, stack, stand_ins

from .conftest import Desk, asked_meanwhile

TA = "ta.srd"


@pytest.fixture
def two(desk: Desk) -> Desk:
    stack.set_line(desk.stack, "NTUE_WEB", "2")
    desk.stack.run("docker compose up --detach --no-deps --wait odoo")
    desk.wait_for_pages()
    return desk


def signed_in(desk: Desk, login: str) -> str:
    """Sign in as a program does; the session's number."""
    status, headers, body = desk.ask("/web/login")
    assert status == 200
    cookie = re.search(r"session_id=([^;]+)", headers["set-cookie"])
    token = re.search(rb'name="csrf_token" value="([^"]+)"', body)
    assert cookie
    assert token
    form = f"login={login}&password={desk.passwords[login]}&csrf_token={token[1].decode()}"
    said = desk.stack.run(
        "curl --silent --output /dev/null --dump-header - --cacert certificates/ca.pem"
        f" --resolve desk.example:443:127.0.0.19 --cookie session_id={cookie[1]}"
        f" --data '{form}' https://desk.example/web/login"
    )
    changed = re.findall(r"(?i)set-cookie: session_id=([^;]+)", said)
    assert " 303 " in said.splitlines()[0], said
    return changed[-1] if changed else cookie[1]


def addresses(desk: Desk) -> list[str]:
    """The addresses of the web containers."""
    return desk.stack.run(
        "docker compose ps --quiet odoo | xargs docker inspect --format"
        " '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}'"
    ).split()


def test_of_two_web_containers_each_knows_who_signed_in_at_the_other(two: Desk) -> None:
    cookie = signed_in(two, "210941002")
    found = addresses(two)
    assert len(found) == 2
    for address in found:
        connection = http.client.HTTPConnection(address, 8069, timeout=60)
        connection.request("GET", "/my/progress", headers={"Cookie": f"session_id={cookie}"})
        answer = connection.getresponse()
        assert (answer.status, b"210941002" in answer.read()) == (200, True)
        connection.close()


def test_when_one_of_two_web_containers_is_killed_pages_go_on(two: Desk) -> None:
    cookie = signed_in(two, "210941002")
    killed = two.stack.run("docker compose ps --quiet odoo").split()[0]
    with asked_meanwhile(two, "/my/progress", cookie) as found:
        two.stack.run(
            f"docker kill --signal KILL {killed}; sleep 8; docker start {killed}; sleep 5"
        )
    refused = [status for _when, status in found if status != 200]
    two.note("pages asked while one of two web containers was killed", len(found))
    two.note("of them not answered", len(refused))
    assert len(refused) <= 3


NEXT = "19.0.9.9.9"


def next_release(desk: Desk, folder: Path) -> None:
    """Build the image of a release that is newer than this one."""
    for name in ("addons", "docker"):
        shutil.copytree(desk.checkout.root / name, folder / name)
    for manifest in (folder / "addons").glob("*/__manifest__.py"):
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(re.sub(r'("version": )"[^"]+"', rf'\1"{NEXT}"', text), encoding="utf-8")
    progress = console.ProgressLine()
    named = "ntue-graduation:next"
    stand_ins.build(desk.checkout, stand_ins.PRODUCT, named, progress, folder)


def test_a_new_release_comes_while_the_former_one_serves(desk: Desk, tmp_path: Path) -> None:
    stack.set_line(desk.stack, "NTUE_WEB", "1")
    desk.stack.run("docker compose up --detach --no-deps --wait odoo")
    desk.wait_for_pages()
    desk.follow("upgrade.md", "before")
    desk.follow("upgrade.md", "build")
    next_release(desk, tmp_path)
    former = desk.container("odoo")
    cookie = signed_in(desk, "210941002")
    with asked_meanwhile(desk, "/my/progress", cookie) as found:
        for step in ("database", "swap", "after"):
            before = len(found)
            desk.follow("upgrade.md", step)
            desk.note(f"pages asked during {step}", len(found) - before)
            refused = [status for _when, status in found[before:] if status != 200]
            desk.note(f"of them refused during {step}", len(refused))
    desk.note("longest wait for one", max(one[0] - two[0] for two, one in pairwise(found)))
    assert desk.container("odoo") != former
    assert {status for _when, status in found} == {200}
    versions = "SELECT DISTINCT latest_version FROM ir_module_module WHERE name LIKE 'ntue%'"
    assert desk.stack.sql(versions) == NEXT


def test_the_databases_own_image_is_made_anew_in_a_quiet_hour(desk: Desk, tmp_path: Path) -> None:
    former = desk.container("db")
    shutil.copytree(desk.checkout.root / "docker", tmp_path / "docker")
    with (tmp_path / "docker" / "postgres" / "backup.sh").open("a") as file:
        file.write("# A newer one.\n")
    ours, progress = stand_ins.DATABASE, console.ProgressLine()
    stand_ins.build(desk.checkout, ours, ours, progress, tmp_path)
    desk.follow("upgrade.md", "quiet")
    assert desk.container("db") != former
    assert "A newer one." in desk.stack.run(
        "docker compose exec -T db cat /usr/local/lib/ntue/backup.sh"
    )


def test_the_logs_of_the_database_and_of_the_proxy_name_nobody(desk: Desk) -> None:
    """What the database refuses, and the page that the QR code of a slip leads to."""
    other = "INSERT INTO ntue_student (student_no, name) VALUES ('210941002', '無名氏')"
    desk.stack.run(
        f'docker compose exec -T db psql --username postgres school --command "{other}" || true'
    )
    desk.ask("/graduation/slip/1141-210941002-1")
    said = desk.stack.run("docker compose logs db proxy 2>&1")
    assert "ERROR:" in said
    assert "/graduation/slip/..." in said
    assert "210941002" not in said


def test_a_replica_answers_what_only_reads_and_may_be_lost(desk: Desk) -> None:
    stack.set_line(desk.stack, "PGHOST_REPLICA", "replica")
    stack.set_line(desk.stack, "COMPOSE_PROFILES", "replica")
    assert "streaming" in desk.follow("replica-lost.md", "made")
    desk.stack.run("docker compose up --detach --no-deps --wait replica odoo")
    desk.wait_for_pages()
    cookie = signed_in(desk, "210941002")
    for _time in range(10):
        assert desk.ask("/my/progress", cookie=cookie)[0] == 200
    asked = "SELECT sum(numbackends) FROM pg_stat_database WHERE datname = current_database()"
    there = desk.stack.run(
        "docker compose exec -T replica psql -tA --username postgres school"
        f' --command "SELECT pg_is_in_recovery()" --command "{asked}"'
    ).split()
    assert there[0] == "t"
    assert int(there[1]) > 1
    desk.stack.run("docker compose kill replica")
    assert desk.ask("/my/progress", cookie=cookie)[0] == 200
    desk.follow("replica-lost.md", "lost")
    desk.follow("replica-lost.md", "again")
    desk.wait_for("replica")
    for name in ("PGHOST_REPLICA", "COMPOSE_PROFILES"):
        file = desk.stack.folder / ".env"
        file.write_text(re.sub(rf"(?m)^{name}=.*\n", "", file.read_text()))
    desk.follow("replica-lost.md", "removed")
    desk.stack.run("docker compose up --detach --no-deps --wait odoo")
    desk.wait_for_pages()
    assert desk.ask("/my/progress", cookie=cookie)[0] == 200
