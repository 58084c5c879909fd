from datetime import date, timedelta
from unittest.mock import patch

from odoo import sql_db
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..clock import taipei_today
from ..erasing import erasing
from ..models.privacy import retention
from . import keeping, records
from . import school as school_of
from .common import NOON, SchoolCase
from .test_import_base import ImportCase

# Kind → the day on which it goes, counted from the noon of the case: the last day on which it
# is still there, and the day after. Contacts count from the last day of the last term.
DAYS = {
    "history": 1095,
    "plans": 1095,
    "messages": 1095,
    "files": 1095,
    "mails": 30,
    "imports": 7,
    "sign_ins": 180,
    "openings": 1825,
}


@tagged("post_install", "-at_install")
class TestRetention(SchoolCase):
    """What is kept no longer is erased at night, and the register says how much."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.made = keeping.fill(cls, cls.student)
        cls.retention = cls.env["ntue.retention"]

    def count(self, key):
        """Records of one kind, whatever their age."""
        kind = self.retention._kind(key)
        with freeze_time("2190-01-01"):
            due = self.retention._due(kind, taipei_today(), self.env["ntue.student"])
        found = self.retention._records(kind).search(due)
        return len(found - self.just_written() if key == "history" else found)

    def just_written(self):
        """That a passport copy went is written down when it goes, and has its own time."""
        changes = self.env["ntue.student.change"]
        return changes.search([("action", "=", "purged")])

    def entries(self):
        return self.env["ntue.register.entry"].search([("model", "=", "ntue.retention")])

    def run_on(self, day):
        keeping.run(self, f"{day} 04:00:00")

    def test_every_kind_goes_on_its_day_and_not_before(self):
        first = date.fromisoformat(NOON[:10])
        for key, days in DAYS.items():
            with self.subTest(kind=key), self.undone():
                before = self.count(key)
                self.assertTrue(before)
                self.run_on(first + timedelta(days=days - 1))
                self.assertEqual(self.count(key), before)
                self.run_on(first + timedelta(days=days))
                self.assertFalse(self.count(key))

    def test_sign_ins_of_employees_are_not_the_students_kind(self):
        device = self.made["device"].copy({"user_id": self.assistant.id})
        self.run_on(date.fromisoformat(NOON[:10]) + timedelta(days=DAYS["sign_ins"]))
        self.assertEqual((self.made["device"] | device).exists(), device)

    def test_contacts_of_people_who_left_go_with_their_account(self):
        account, contact = school_of.account_of(self.student), self.student.partner_id
        last = self.student.left_on
        self.assertEqual(last, max(self.student.term_ids.term_id.mapped("date_end")))
        self.run_on(last + timedelta(days=729))
        self.assertTrue(self.student.email and account.active)
        self.run_on(last + timedelta(days=730))
        self.assertFalse(self.student.email or self.student.mobile or self.student.phone)
        self.assertFalse(account.active or contact.email)
        self.assertEqual(account.login, f"erased-{account.id}")
        self.assertEqual(self.student.name, "王大明")

    def test_a_setting_of_0_keeps_for_good(self):
        for key in DAYS:
            self.retention._set_days(self.retention._kind(key), 0)
        self.retention._set_days(self.retention._kind("contacts"), 0)
        with freeze_time("2190-01-01"):
            needed = self.env["ntue.student"]
            kinds = [kind for kind in self.retention._kinds() if kind.has_setting]
            due = [
                kind.key
                for kind in kinds
                if (*DAYS, "contacts").count(kind.key)
                and self.retention._due(kind, taipei_today(), needed) is not None
            ]
        self.assertEqual(due, [])

    def test_fewer_days_than_make_sense_are_refused_and_taken_for_no_setting(self):
        for kind in self.retention._kinds():
            if kind.has_setting:
                for days in (kind.least - 1, -1, 36501):
                    with self.subTest(kind=kind.key, days=days):
                        if days:
                            with self.assertRaises(UserError):
                                self.retention._set_days(kind, days)
                parameters = self.env["ir.config_parameter"]
                for text, taken in (("soon", kind.default), ("1", max(kind.least, 1))):
                    parameters.set_param(self.retention._parameter(kind.key), text)
                    self.assertEqual(self.retention._days(kind), taken, kind.key)

    def test_the_settings_page_keeps_every_kinds_days_and_enters_the_change(self):
        settings = self.env["res.config.settings"].create({})
        for kind in self.retention._kinds():
            if kind.has_setting:
                self.assertEqual(settings[f"ntue_keep_{kind.key}_days"], kind.default)
        settings.ntue_keep_history_days = 400
        settings.ntue_keep_openings_days = 0
        settings.ntue_backup_days = 35
        settings.execute()
        self.assertEqual(self.retention._days(self.retention._kind("history")), 400)
        self.assertEqual(self.retention._days(self.retention._kind("openings")), 0)
        self.assertIn("35", self.retention._backup_sentence())
        entry = self.env["ntue.register.entry"].search(
            [("label", "=", "ntue_curriculum.keep_history_days")]
        )
        self.assertIn("400", entry.changes)
        with self.assertRaises(UserError):
            self.env["res.config.settings"].create({"ntue_keep_history_days": 3})
        with self.assertRaises(UserError):
            self.env["res.config.settings"].create({"ntue_backup_days": -1})

    def test_the_settings_page_gives_every_kinds_name_and_reason_in_the_same_words(self):
        views = self.env["ir.ui.view"].search([("model", "=", "res.config.settings")])
        page = " ".join(views.mapped("arch"))
        for kind in self.retention._kinds():
            if kind.has_setting:
                self.assertIn(f'"{kind.label}"', page)
                self.assertIn(f'"{kind.why}"', page)

    def test_nobody_but_an_administrator_sets_days(self):
        for user in (school_of.account_of(self.student), self.assistant, self.registrar):
            vals = {"ntue_keep_history_days": 400}
            self.refused(user, "res.config.settings", "create", vals)
            self.refused(user, "ir.config_parameter", "set_param", "ntue_curriculum.x", "1")

    def test_what_a_hold_keeps_stays_until_the_hold_is_taken_off(self):
        hold = {"keep_reason": "Objection of May", "correction_reason": "Letter 12"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, hold)
        kept = (*set(DAYS) - {"imports"}, "passport_copies", "contacts")
        mine = self.retention._kind("contacts")
        before = {key: self.count(key) for key in kept}
        self.assertTrue(all(before.values()), before)
        self.run_on("2040-01-01")
        after = {key: self.count(key) for key in kept}
        self.assertEqual({**after, "contacts": 0}, {**before, "contacts": 0})
        self.assertTrue(self.student.mobile)
        self.assertFalse(
            self.retention._records(mine).search([("email", "!=", False)]) - self.student
        )
        free = {"keep_reason": False, "correction_reason": "Letter 13"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, free)
        self.run_on("2040-01-02")
        self.assertEqual({key: self.count(key) for key in kept}, dict.fromkeys(kept, 0))

    def test_the_register_says_how_many_by_which_rule_and_nothing_of_whom(self):
        self.run_on("2040-01-01")
        entries = self.entries()
        self.assertEqual(set(entries.mapped("action")), {"erased"})
        said = " ".join(str(entry.read()) for entry in entries)
        # The copy of a mail went with its message, sign-ins with their account.
        for kind in self.retention._kinds():
            if kind.key in (*DAYS, "contacts", "passport_copies") and kind.key not in (
                "mails",
                "sign_ins",
            ):
                self.assertIn(kind.key, said)
        for words in ("王大明", "210941001", "0911-111-111", keeping.SAID):
            self.assertNotIn(words, said)
        self.assertFalse(entries.student_id)
        self.assertEqual(self.env["ntue.register.entry"]._check_log(), [])

    def test_no_copy_of_what_was_erased_comes_to_stand_elsewhere(self):
        self.run_on("2040-01-01")
        self.assertFalse(self.student.change_ids - self.just_written())
        self.assertFalse(self.made["message"].exists() or self.made["letter"].exists())
        self.env.cr.execute("SELECT COUNT(*) FROM mail_message WHERE body LIKE '%0911-111-111%'")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_a_copy_that_counts_as_the_message_itself_takes_no_message_along(self):
        message = self.made["message"]
        copy = self.env["mail.mail"].create(
            {"mail_message_id": message.id, "is_notification": False}
        )
        self.retention._erase_mails(copy)
        self.assertFalse(copy.exists())
        self.assertTrue(message.exists())

    def test_no_code_deletes_what_was_said_but_the_jobs_of_erasing(self):
        message = self.made["message"]
        with self.assertRaises(AccessError), self.undone():
            message.unlink()
        erasing(message).unlink()
        self.assertFalse(message.exists())

    def test_a_job_that_runs_out_of_time_goes_on_the_next_night(self):
        for number in range(3):
            vals = {"mobile": f"0911-111-11{number}"}
            account = school_of.account_of(self.student)
            self.rpc(account, "ntue.student", "write", self.student.ids, vals)
        before = self.count("history")
        keeping.run(self, "2040-01-01 04:00:00", seconds=0.0)
        self.assertEqual(self.count("history"), before, "contacts took all the time there was")
        with freeze_time("2040-01-01"), keeping.no_commit(self.env, seconds=0.0):
            self.assertFalse(self.retention._run_kind("history", 2))
        self.assertEqual(self.count("history"), before - 2)
        keeping.run(self, "2040-01-02 04:00:00")
        self.assertEqual(self.count("history"), 0)

    def test_while_somebody_writes_records_of_students_nobody_waits_for_the_job(self):
        """A real second connection is at it, as a long import is."""
        before = self.count("history")
        self.env.cr.execute("SET LOCAL statement_timeout = '60s'")  # no end without the patience
        with (
            sql_db.db_connect(self.env.cr.dbname).cursor() as importer,
            patch.object(retention, "PATIENCE", "50ms"),
        ):
            importer.execute("LOCK TABLE ntue_student IN ROW EXCLUSIVE MODE NOWAIT")
            self.run_on("2040-01-01")
            self.assertEqual(self.count("history"), before)
            importer.rollback()
            self.run_on("2040-01-02")
        self.assertEqual(self.count("history"), 0)

    def test_of_accounts_few_are_closed_at_once_so_that_nobody_waits_long_at_the_door(self):
        for number in range(21):
            self.new_student(f"2109490{number:02}", "同學", taken=(), email=f"{number}@x.example")
        batches = []

        def committed(_cron, processed=0, **_how):
            batches.append(processed)
            return 60.0

        with (
            freeze_time("2040-01-01 04:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", committed),
            patch.object(type(self.retention), "_kinds", self.contacts_alone),
        ):
            self.retention._run()
        self.assertGreater(sum(batches), 20)
        self.assertLessEqual(max(batches), 5)

    @staticmethod
    def contacts_alone(retention):
        return [kind for kind in retention._kinds_of_people() if kind.key == "contacts"]

    def test_somebody_who_applies_while_the_job_runs_keeps_everything(self):
        """Between two batches a student comes back: from then on the data are needed."""
        students = type(self.env["ntue.student"])
        needed, batches = [self.env["ntue.student"]], []
        account = school_of.account_of(self.student)
        for number in range(3):
            vals = {"mobile": f"0911-111-11{number}"}
            self.rpc(account, "ntue.student", "write", self.student.ids, vals)
        before = self.count("history")

        def committed(_cron, processed=0, **_how):
            if processed:
                batches.append(processed)
                needed[0] = self.student
            return 60.0

        with (
            freeze_time("2040-01-01 04:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", committed),
            patch.object(students, "_needed", lambda _self: needed[0]),
        ):
            self.retention._run_kind("history", 1)
        self.assertEqual((batches, self.count("history")), ([1], before - 1))

    def test_the_cron_comes_back_the_same_night_for_the_kinds_that_there_was_no_time_for(self):
        account = school_of.account_of(self.student)
        self.rpc(account, "ntue.student", "write", self.student.ids, {"mobile": "0911-111-119"})
        left, runs = [1], 0

        def out_of_time(_cron, processed=0, *, remaining=None):
            left[0] = left[0] - processed if remaining is None else remaining
            return 0.0

        with (
            freeze_time("2040-01-01 04:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", out_of_time),
        ):
            while left[0] and runs < 50:
                runs += 1
                self.retention._run()
        self.assertEqual((self.count("history"), self.count("openings"), left), (0, 0, [0]))

    def test_the_plan_says_the_day_and_the_number_and_what_waits(self):
        plan = self.env["ntue.retention.plan"].with_user(self.registrar)
        shown = {
            planned.kind.key: planned
            for planned in self.retention._plan(date.fromisoformat(NOON[:10]) + timedelta(days=40))
        }
        tomorrow = date.fromisoformat(NOON[:10])
        self.assertEqual(shown["imports"].on[tomorrow + timedelta(days=7)], 1)
        self.assertEqual(shown["mails"].on[tomorrow + timedelta(days=30)], 1)
        self.assertEqual(shown["history"].on.total(), 0)
        panel = plan.create({"until": tomorrow + timedelta(days=40)}).panel
        self.assertIn("114-11-17", panel)

    def test_the_plan_puts_what_is_overdue_on_tonight_and_counts_what_is_held_apart(self):
        def openings(day):
            plan = self.retention._plan(day)
            return next(planned for planned in plan if planned.kind.key == "openings")

        with freeze_time("2040-01-01 04:00:00"):
            day = taipei_today()
            self.assertEqual((openings(day).on, openings(day).held), ({day: 1}, 0))
            self.student.sudo().write({"keep_reason": "Dispute"})
            self.assertEqual((openings(day).on.total(), openings(day).held), (0, 1))

    def test_only_a_registrar_sees_the_plan_and_nobody_runs_the_job_by_a_call(self):
        for user in (school_of.account_of(self.student), self.assistant, self.operator):
            self.refused(user, "ntue.retention.plan", "create", {})
        for user in (self.registrar, self.operator):
            for method in ("_run", "_run_kind", "_erase_history"):
                with self.assertRaises(AccessError, msg=method):
                    self.rpc(user, "ntue.retention", method)

    def test_every_model_that_holds_people_has_a_rule_or_a_reason_why_not(self):
        """By introspection: a model that comes later fails here until somebody decides."""
        held = self.retention._held_models()
        keys = {kind.key for kind in self.retention._kinds()}
        undecided = sorted(keeping.personal_models(self.env) - set(held))
        self.assertEqual(undecided, [], "say in ntue.retention how long they are kept, or why")
        for model, answer in held.items():
            with self.subTest(model=model):
                self.assertIn(model, self.env)
                self.assertTrue(answer in keys or answer.endswith("."), answer)

    def test_every_text_of_the_student_record_goes_or_stays_by_decision(self):
        """By introspection: a field that comes later fails here until somebody decides."""
        goes = {"email", "mobile", "phone", "english_name", "alias_name", "student_no", "name"}
        stays = {"keep_reason", "correction_reason"}  # emptied when it is given, or when it ends
        stays |= {"student_kind"}  # which rules held for her: a record of the school
        texts = {
            name
            for name, field in self.env["ntue.student"]._fields.items()
            if field.store and field.type in ("char", "text", "html", "binary")
        }
        self.assertEqual(texts, goes | stays)


@tagged("post_install", "-at_install")
class TestImportAfterErasing(ImportCase):
    def test_an_import_does_not_bring_contacts_back_that_were_erased(self):
        self.import_set()
        student, other = self.student("Z211"), self.student("Z212")
        erasing(student)._erase_contacts()
        self.import_set()
        self.assertFalse(student.email or student.mobile)
        self.assertEqual(other.email, "z2@example.com")
