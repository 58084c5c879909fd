"""What an operator is told of the server, each part made to fail; and whose clock decides."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import clock, database_clock, press
from ..models.platform import readiness
from .common import SchoolCase

LOGGER = "odoo.addons.ntue_curriculum.models.platform.readiness"
ARCHIVER = readiness._ARCHIVER


@tagged("post_install", "-at_install")
class TestReadiness(SchoolCase):
    def setUp(self):
        super().setUp()
        # What other tests and this database's own jobs leave is not looked at.
        self.env["mail.mail"].search([("state", "=", "outgoing")]).write({"state": "cancel"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC'")
        self.enterContext(patch.dict(readiness._printed, {"at": -1e9, "ready": False}))
        self.enterContext(patch.object(press, "printed", lambda _page: b"%PDF"))
        self.enterContext(patch.object(database_clock, "measured", lambda _cr: 0.1))

    def unready(self):
        self.env.flush_all()
        checks = self.env["ntue.readiness"]._checks()
        return {name for name, check in checks.items() if not check["ready"]}

    def test_a_server_of_which_everything_is_there_is_ready(self):
        self.assertEqual(self.unready(), set())

    def test_each_part_that_fails_is_named(self):
        def broken(_page):
            raise press.PressError("no typefaces")

        def late_mail():
            mail = self.env["mail.mail"].create({"state": "outgoing", "body_html": "x"})
            self.env.flush_all()
            query = "UPDATE mail_mail SET create_date = now() - interval '9 hours' WHERE id = %s"
            self.env.cr.execute(query, [mail.id])

        def late_job():
            self.env.cr.execute(
                "UPDATE ir_cron SET nextcall = nextcall - interval '1 hour' WHERE active"
            )

        told = [("An entry was rewritten.", True)]
        chained = self.env.registry["ntue.chained.anchor"]
        for part, make in {
            "mails": late_mail,
            "jobs": late_job,
            "papers": lambda: self.patch(press, "printed", broken),
            "clock": lambda: self.patch(database_clock, "measured", lambda _cr: -9.0),
            "backups": lambda: self.archives("on", "2025-01-01", "2025-01-02"),
        }.items():
            with self.subTest(part), self.undone(), mute_logger(LOGGER):
                make()
                readiness._printed["at"] = -1e9
                self.assertIn(part, self.unready())
        self.patch(readiness.anchor_key, "place", lambda: "/nowhere/anchors")
        self.patch(chained, "_check_anchors", lambda _chain, _anchors=None: told)
        self.assertIn("anchors", self.unready())

    def archives(self, mode, archived=None, failed=None):
        """Let PostgreSQL say this of the log that it archives: its setting, and two moments."""
        said = ("archived", archived), ("failed", failed)
        times = ", ".join(
            f"{repr(time) if time else 'NULL'}::timestamptz AS last_{name}_time"
            for name, time in said
        )
        query = ARCHIVER.replace("current_setting('archive_mode')", f"'{mode}'")
        query = query.replace("pg_stat_archiver", f"(SELECT {times}) AS archiver")
        self.patch(readiness, "_ARCHIVER", query)

    def test_backups_are_ready_where_none_are_made_and_where_the_last_piece_of_the_log_left(self):
        for mode, archived, failed, expected in (
            ("off", None, "2025-01-01", (True, 0, 0)),
            ("on", None, None, (True, 0, -1)),
            ("on", None, "2025-01-01", (False, 1, -1)),
        ):
            with self.subTest(mode=mode, failed=failed), self.undone():
                self.archives(mode, archived, failed)
                check = self.env["ntue.readiness"]._check_backups()
                self.assertEqual(tuple(check.values()), expected)
        self.archives("always", "2025-01-02", "2025-01-01")
        check = self.env["ntue.readiness"]._check_backups()
        self.assertEqual((check["ready"], check["failing"]), (True, 0))
        self.assertGreater(check["age_seconds"], 86400)

    def test_the_figures_of_the_checks_are_gauges(self):
        readiness_of = self.env["ntue.readiness"]
        figures = readiness_of._figures(readiness_of._checks())
        parts = {labels[0]: figure for labels, figure in figures["ntue_ready"][2]}
        self.assertEqual(parts["database"], 1)
        self.assertIn("ntue_mails_waiting", figures)
        self.assertIn("ntue_register_entry", [row[0][0] for row in figures["ntue_log_entries"][2]])


@tagged("post_install", "-at_install")
class TestClock(SchoolCase):
    def test_the_day_is_that_of_the_databases_clock(self):
        self.addCleanup(clock.set_by, datetime.now(UTC))
        here = clock.taipei_today()
        self.env.cr.execute("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Taipei')::date")
        (there,) = self.env.cr.fetchone()
        self.assertNotEqual(here, there, "this test stops its own clock")
        ahead = database_clock.measured(self.env.cr)
        self.assertEqual(clock.taipei_today(), there)
        self.assertGreater(ahead, timedelta(days=1).total_seconds())

    def test_a_test_that_stops_the_clock_goes_by_its_own(self):
        before = clock.taipei_today()
        with patch.dict(database_clock._asked, {"at": -1e9}):
            database_clock.keep(self.env.cr)
        self.assertEqual(clock.taipei_today(), before)
        self.assertEqual(before, clock.taipei_day(fields.Datetime.now()))
