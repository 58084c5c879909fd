"""A long import is the server's job: how far it is can be seen, and half of one is nothing."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..importer.stages import StoppedError, rows_read, rows_written
from ..models.imports import import_job
from ..models.imports.progress import Progress
from ..wizard import import_wizard
from . import school as school_of
from .test_import_base import with_row
from .test_import_preview import WizardCase


class Told:
    """In place of what keeps the progress past the transaction of the job."""

    all = ()

    def __init__(self, _registry, _number):
        self.said = []
        self.all.append(self)

    def __call__(self, message):
        self.said.append(str(message))


@tagged("-at_install", "post_install")
class TestImportJob(WizardCase):
    def setUp(self):
        super().setUp()
        Told.all = []
        self.patch(import_wizard, "LONG", 0)
        self.patch(import_job, "Progress", Told)
        # It commits, which no test may; two at once are in tests/e2e.
        self.patch(import_job, "retrying", lambda work, _env: work())

    def queued(self, contents=None, *, checks=False, **values):
        """The dialog, and the record to which it leads."""
        wizard = self.wizard(self.contents() if contents is None else contents, **values)
        action = wizard.action_check() if checks else wizard.action_import()
        self.assertEqual((action["res_model"], action["target"]), ("ntue.import", "current"))
        record = self.env["ntue.import"].browse(action["res_id"])
        self.assertEqual((record.state, record.user_id), ("waiting", self.operator))
        self.assertFalse(self.student(), "nobody waits at the dialog")
        return wizard, record

    def work(self):
        self.env["ntue.import"]._work()

    def test_large_files_wait_for_the_server_and_are_imported_as_the_person_who_sent_them(self):
        wizard, record = self.queued(blanks_erase=True)
        trigger = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("ntue_curriculum.cron_import").id)]
        )
        self.assertTrue(trigger)
        self.work()
        self.assertEqual((record.state, wizard.state), ("done", "done"))
        self.assertTrue(record.ended_at)
        self.assertIn("Blank cells erase", record.choices_text)
        row = self.enrollment("0101")
        self.assertEqual((row.import_id, row.create_uid), (record, self.operator))
        self.assertFalse(self.env["ntue.import.progress"].search([]))

    def test_files_and_choices_that_are_changed_while_it_waits_are_not_imported(self):
        for change in (
            lambda wizard: wizard.write({"blanks_erase": True}),
            lambda wizard: wizard.file_ids[:1].sudo().write({"raw": b"Another file"}),
        ):
            wizard, record = self.queued()
            change(wizard)
            self.work()
            self.assertEqual((record.state, record.failure), ("failed", "ChangedSinceError"))
            self.assertIn("Send them again", record.failure_text)
            self.assertFalse(self.student())

    def test_small_files_are_imported_at_once(self):
        self.patch(import_wizard, "LONG", 1_000_000)
        wizard = self.wizard(self.contents())
        wizard.action_import()
        self.assertEqual(wizard.state, "done")

    def test_rows_read_checked_and_written_are_told_while_it_works(self):
        self.queued()
        self.work()
        (told,) = Told.all
        for text in (
            "enrollments.csv: 4 rows read",
            "enrollments.csv: 4 rows checked",
            "enrollments.csv: 4 of 4 rows compared and written",
            "students.csv: 2 of 2 rows compared and written",
        ):
            self.assertIn(text, told.said)

    def test_a_check_by_the_server_writes_nothing_and_leads_back_to_the_dialog(self):
        wizard, record = self.queued(checks=True)
        mine = record.with_user(self.operator)
        self.assertFalse(mine.has_dialog)
        self.work()
        self.assertEqual((record.state, record.dry_run, wizard.state), ("checked", True, "checked"))
        self.assertFalse(self.student())
        self.assertTrue(mine.has_dialog)
        self.assertEqual(mine.action_dialog()["res_id"], wizard.id)
        self.assertIn("Z211", mine.preview_panel)
        other = record.with_user(self.registrar)
        self.assertFalse(other.preview_panel, "worked out for another")
        forged = other.new({"user_id": self.registrar.id}, origin=other)
        self.assertFalse(forged.preview_panel, "whosever a form says it is")
        self.assertFalse(record.with_user(self.registrar).has_dialog)

    def test_what_is_refused_is_on_the_record_and_in_the_dialog(self):
        wizard, record = self.queued(self.contents(terms=with_row("terms", 2, "1514,,")))
        self.work()
        self.assertEqual((record.state, wizard.state), ("refused", "refused"))
        self.assertIn("1514", record.with_user(self.operator).findings_panel)

    def test_one_that_waits_is_stopped_by_who_imports_and_by_nobody_else(self):
        _wizard, record = self.queued()
        with self.assertRaises(AccessError):
            record.with_user(self.plain_registrar()).action_stop()
        record.with_user(self.registrar).action_stop()
        self.work()
        self.assertEqual(record.state, "stopped")
        self.assertFalse(self.student())
        with self.assertRaisesRegex(UserError, "not under way"):
            record.with_user(self.registrar).action_stop()

    def plain_registrar(self):
        return school_of.user(
            self.env, "job.registrar@staff.example.com", school_of.GROUPS["registrar"]
        )

    def test_a_stop_in_the_middle_of_writing_is_nothing_done(self):
        _wizard, record = self.queued()

        def stop(_self, message):
            if "written" in str(message) and "enrollments" in str(message):
                raise StoppedError

        before = self.table_sizes()
        with patch.object(Told, "__call__", stop):
            self.work()
        self.assertEqual(record.state, "stopped")
        self.assertFalse(self.student())
        before.pop("ntue_import_progress")
        after = self.table_sizes()
        after.pop("ntue_import_progress")
        self.assertEqual(after, before)

    def test_one_that_the_server_died_of_is_told_and_the_next_one_is_worked_on(self):
        _wizard, dead = self.queued()
        dead.state = "running"
        _wizard, record = self.queued()
        self.work()
        self.assertEqual((dead.state, record.state), ("failed", "done"))
        self.assertIn("The server was stopped", dead.failure_text)

    def test_one_that_breaks_off_is_told_by_its_kind_and_does_not_stop_the_next(self):
        _wizard, broken = self.queued()
        importer = type(self.importer)
        with (
            patch.object(importer, "_write", side_effect=ZeroDivisionError),
            self.assertLogs("odoo.addons.ntue_curriculum.models.imports.import_job", "ERROR"),
        ):
            self.work()
        self.assertEqual((broken.state, broken.failure), ("failed", "ZeroDivisionError"))
        self.assertFalse(self.student())

    def test_one_whose_dialog_is_gone_is_not_worked_on(self):
        wizard, record = self.queued()
        wizard.unlink()
        self.work()
        self.assertEqual((record.state, record.failure), ("failed", "DialogClosed"))
        with self.assertRaises(UserError):
            record.with_user(self.operator).action_dialog()

    def test_the_page_says_how_far_it_is(self):
        _wizard, record = self.queued()
        mine = record.with_user(self.operator)
        self.assertIn("wait", mine.progress_panel)
        record.state = "running"
        teller = Progress(self.registry, record.id)
        with patch.object(type(self.registry), "cursor", lambda _registry: self.shared()):
            teller(rows_read("terms.csv", 2))
            teller(rows_written("terms.csv", 1, 2))
            self.env.invalidate_all()
            self.assertIn("terms.csv: 1 of 2", mine.progress_panel)
            mine.action_stop()
            self.env.flush_all()
            with self.assertRaises(StoppedError):
                teller(rows_written("terms.csv", 2, 2))

    def shared(self):
        """The cursor of this test in place of one of its own, which would see nothing of it."""
        cr = self.env.cr

        class Cursor:
            execute, fetchone = cr.execute, cr.fetchone

            def __enter__(self):
                return self

            def __exit__(self, *_error):
                pass

        return Cursor()
