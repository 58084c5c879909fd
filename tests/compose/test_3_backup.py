"""What is backed up comes back whole, to the minute, and an earlier database is noticed."""

import time

import pytest

from .conftest import Desk

DAY = "day"


def wait_for_the_log(desk: Desk) -> None:
    """Wait until what was committed so far is in the backup."""
    last = desk.stack.sql("SELECT pg_walfile_name(pg_switch_wal())")
    limit = time.monotonic() + 120
    while desk.stack.sql("SELECT last_archived_wal FROM pg_stat_archiver") < last:
        assert time.monotonic() < limit
        time.sleep(0.5)


def back_up(desk: Desk) -> None:
    said = desk.stack.run("docker compose run --rm backup")
    assert "The database is in the backup." in said
    assert "The files are in the backup." in said


def lose_everything(desk: Desk) -> None:
    desk.stack.run(
        "docker compose down && docker volume rm ntue_db-data ntue_odoo-data ntue_db-socket"
    )


def something_happens(desk: Desk, what: str) -> None:
    """An entry in the log of applications, and a file beside the database."""
    desk.odoo(
        "shell --no-http",
        "application = env['ntue.graduation.application'].search([], limit=1)\n"
        "position = application._position()\n"
        "application._log('decide', position, position)\n"
        f"env['ir.attachment'].create({{'name': '{what}', 'raw': b'{what}' * 99}})\n"
        "env.cr.commit()",
    )


@pytest.fixture(scope="module")
def application(desk: Desk) -> None:
    """An application, whichever tests ran before."""
    if desk.stack.sql("SELECT count(*) FROM ntue_graduation_application") == "0":
        desk.odoo(
            "shell --no-http",
            "student = env['ntue.student'].search([('student_no', '=', '210941001')])\n"
            "window = env['ntue.graduation.window'].search(\n"
            "    [('division', '=', student.division)], limit=1)\n"
            "env.cr.execute(\n"
            "    'INSERT INTO ntue_graduation_application (student_id, window_id, state,'\n"
            "    ' first_review, second_review) VALUES (%s, %s, %s, %s, %s)',\n"
            "    [student.id, window.id, 'draft', 'pending', 'pending'])\n"
            "env.cr.commit()",
        )


@pytest.mark.usefixtures("application")
def test_everything_is_lost_and_comes_back_as_it_was_at_a_minute(desk: Desk) -> None:
    desk.follow("install.md", "well")
    desk.anchor(f"{DAY} one")
    something_happens(desk, "before")
    back_up(desk)
    something_happens(desk, "between")
    desk.follow("backup.md", "files")
    desk.follow("backup.md", "look")
    desk.stack.run("docker compose stop odoo cron proxy")
    desk.stack.run("docker compose start odoo")
    kept = desk.contents()
    moment = desk.stack.sql("SELECT now()")
    time.sleep(2)  # what comes now is later by any clock
    desk.stack.sql("DROP TABLE ntue_graduation_application CASCADE")
    wait_for_the_log(desk)
    lose_everything(desk)
    assert "status: ok" in desk.stack.run("docker compose run --rm backup list")
    chosen = desk.stack.run(f"docker compose run --rm backup snapshot '{moment}'")
    assert chosen.split()[-1] == "latest"
    assert desk.stack.run("docker compose ps --all --quiet db") == "", "looking starts no database"
    started = time.monotonic()
    desk.follow("backup.md", "restore", MOMENT=moment)
    desk.note("restored, from an empty machine to pages", time.monotonic() - started)
    assert desk.contents() == kept
    desk.odoo("ntue_check_log --anchors")
    assert desk.ask("/web/login")[0] == 200


@pytest.mark.usefixtures("application")
def test_of_a_machine_that_is_gone_at_once_a_minute_is_lost_at_most(desk: Desk) -> None:
    back_up(desk)
    desk.stack.sql("CREATE TABLE ticks (at timestamptz)")
    desk.stack.run(
        "for second in $(seq 45); do docker compose exec -T db psql --quiet --username postgres"
        " school --command 'INSERT INTO ticks SELECT clock_timestamp()'; sleep 1; done"
    )
    last = float(desk.stack.sql("SELECT extract(epoch FROM max(at)) FROM ticks"))
    desk.stack.run("docker compose kill")
    lose_everything(desk)
    desk.follow("backup.md", "restore", MOMENT="latest")
    back = float(desk.stack.sql("SELECT extract(epoch FROM max(at)) FROM ticks"))
    desk.note("seconds lost of a machine that was gone at once", last - back)
    assert last - back <= 65
    desk.stack.sql("DROP TABLE ticks")
    desk.follow("backup.md", "signed")


@pytest.mark.usefixtures("application")
def test_yesterdays_dump_put_in_place_is_noticed(desk: Desk) -> None:
    dump = "docker compose exec -T db pg_dump --username postgres --format custom school"
    desk.anchor(f"{DAY} yesterday")
    desk.stack.run(f"{dump} > yesterday.dump")
    something_happens(desk, "today")
    desk.anchor(f"{DAY} today")
    desk.odoo("ntue_check_log --anchors")
    desk.stack.run("docker compose stop odoo cron proxy")
    put = "pg_restore --username postgres --clean --create --dbname postgres"
    desk.stack.run(f"docker compose exec -T db {put} < yesterday.dump")
    desk.stack.run("docker compose up --detach")
    said = desk.stack.run(
        "docker compose exec -T odoo sh -c 'odoo ntue_check_log -d \"$NTUE_DATABASE\" --anchors'",
        fails=True,
    )
    assert "如同由備份還原" in said
    desk.odoo('ntue_check_log --restored "yesterday"')


def test_a_rehearsal_reads_the_backup_and_leaves_the_school_alone(desk: Desk) -> None:
    back_up(desk)
    before = desk.stack.sql("SELECT archived_count FROM pg_stat_archiver")
    said = desk.follow("backup.md", "rehearse")
    assert "Restored." in said
    assert desk.ask("/web/login")[0] == 200
    assert int(desk.stack.sql("SELECT archived_count FROM pg_stat_archiver")) >= int(before)


def test_runs_that_come_at_once_wait_for_each_other(desk: Desk) -> None:
    """Each is a container of its own, and knows nothing of the others but by the backup."""
    said = desk.stack.run(
        "docker compose run --rm backup check > one & docker compose run --rm backup > two &"
        " docker compose run --rm backup files > three; wait; cat one two three"
    )
    assert said.count("The files are in the backup.") == 2
    assert "The database is in the backup." in said
    assert "The backup can be read." in said


def test_a_backup_is_readable_by_nobody_without_its_key(desk: Desk) -> None:
    found = desk.stack.run("grep --recursive --files-with-matches 210941001 backups || true")
    assert found.split() == []
    said = desk.stack.run(
        "docker compose run --rm --env NTUE_BACKUP_KEY=another backup list || true"
    )
    assert "unable to load info file" in said
    assert "wrong password" in said


def test_when_the_log_cannot_leave_the_school_goes_on(desk: Desk) -> None:
    """The folder of the backups is away; when it is back the log leaves by itself."""
    failed = "SELECT failed_count FROM pg_stat_archiver"
    before = int(desk.stack.sql(failed))
    desk.stack.run("mv backups/database backups/away")
    # A log in which nothing was written since the last piece has no further one.
    desk.stack.sql("CREATE TABLE something_happens (); DROP TABLE something_happens")
    desk.stack.sql("SELECT pg_switch_wal()")
    limit = time.monotonic() + 120
    while int(desk.stack.sql(failed)) <= before:
        assert time.monotonic() < limit
        time.sleep(1)
    desk.follow("disk-full.md", "look")
    assert "failed_count" in desk.follow("disk-full.md", "log")
    assert desk.ask("/web/login")[0] == 200
    desk.stack.run("rm -rf backups/database && mv backups/away backups/database")
    wait_for_the_log(desk)
    assert "The backup can be read." in desk.follow("disk-full.md", "again")
    assert "not in the backup any more" in desk.follow("disk-full.md", "less")
    desk.follow("disk-full.md", "images")
