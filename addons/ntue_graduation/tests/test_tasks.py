"""Tasks of staff are what stage, office and day say, whatever changed."""

from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import tasks
from .common import APPLICATION, GraduationCase, Way
from .stands import STANDS, at_each, lapsed


@tagged("post_install", "-at_install")
class TestTasks(GraduationCase):
    def tasks(self, kind=None, way=None):
        found = (way or self.way).record.activity_ids
        wanted = kind and self.env.ref(kind)
        return found.filtered(lambda task: not kind or task.activity_type_id == wanted)

    def newcomer(self):
        return self.assistant.copy({"login": "new.assistant@staff.example.com"})

    @crossing
    def test_wherever_an_application_is_its_review_is_on_the_list_of_those_who_owe_it(self):
        def look(stand):
            with self.subTest(stand=stand):
                self.way.record.invalidate_recordset()
                owed = self.assistant if self.way.record.step == "first" else self.env["res.users"]
                self.assertEqual(self.tasks(tasks.REVIEW).user_id, owed)

        at_each(self.way, look)

    @crossing
    def test_nothing_survives_the_end_of_an_application(self):
        for stand in ("submitted", "supplement", "first_passed", "second_passed"):
            with self.subTest(stood=stand), self.undone():
                self.way = Way(self, self.student)
                lapsed(self.way, lambda way, before=STANDS[stand]: self.with_all_tasks(before, way))
                self.assertEqual(self.way.record.state, "lapsed")
                self.assertFalse(self.tasks())

    def with_all_tasks(self, before, way):
        before(way)
        way.record.sudo()._set({"is_short": True})
        for kind in (tasks.SHORT, tasks.WRITTEN, tasks.UPLOADED):
            tasks.begin(way.record, kind)
        self.assertTrue(self.tasks())

    def test_a_task_is_due_on_the_day_that_the_window_plans_and_moves_with_it(self):
        self.way.submitted()
        self.assertEqual(str(self.tasks().date_deadline), "2025-11-21")
        self.window.write({"first_review_due": "2025-12-01"})
        self.assertEqual(str(self.tasks().date_deadline), "2025-12-01")

    def test_who_leaves_the_department_leaves_the_tasks_to_those_who_come(self):
        other = Way(self, self.new_student("210941002", "另一位")).submitted()
        self.way.submitted()
        self.env.cr.flush()
        tasks.begin(self.way.record, tasks.WRITTEN)
        newcomer = self.newcomer()
        self.student.department_id.write({"assistant_ids": [(6, 0, newcomer.ids)]})
        for way in (self.way, other):
            self.assertEqual(self.tasks(way=way).user_id, newcomer)
        self.assertEqual(len(self.tasks(tasks.WRITTEN)), 1)

    def test_what_waits_for_who_is_archived_goes_to_the_colleague(self):
        for kind in self.with_what_happened():
            with self.subTest(kind=kind), self.undone():
                tasks.begin(self.way.record, kind)
                colleague = self.newcomer()
                self.student.department_id.sudo().assistant_ids |= colleague
                self.assertNotIn(colleague, self.tasks(kind).user_id)
                self.assistant.action_archive()
                self.assertIn(colleague, self.tasks(kind).user_id)
                self.assertNotIn(self.assistant, self.tasks().user_id)
                self.assertTrue(all(task.user_id for task in self.tasks()))

    def test_what_waits_for_the_only_one_of_an_office_waits_for_who_is_named_later(self):
        department = self.student.department_id.sudo()
        for kind in self.with_what_happened():
            for end in (self.assistant.action_archive, lambda: self.names()):
                with self.subTest(kind=kind), self.undone():
                    tasks.begin(self.way.record, kind)
                    newcomer = self.newcomer()
                    others = self.tasks(kind).user_id - self.assistant
                    end()
                    tasks.of_offices(self.env[APPLICATION], [])
                    self.assertEqual(self.tasks(kind).user_id, others)
                    self.assertEqual(len(self.tasks(kind)), len(others) + 1, "one is nobody's")
                    self.assertFalse(self.tasks(tasks.REVIEW))
                    department.assistant_ids = newcomer
                    self.assertEqual(self.tasks(kind).user_id, others | newcomer)
                    self.assertEqual(len(self.tasks(kind)), len(others) + 1)
                    self.assertEqual(self.tasks(tasks.REVIEW).user_id, newcomer)

    def names(self, *assistants):
        ids = [user.id for user in assistants]
        self.student.department_id.sudo().write({"assistant_ids": [(6, 0, ids)]})

    def with_what_happened(self):
        """The kinds of tasks that this application has cause for."""
        STANDS["supplement"](self.way)
        self.way.record.sudo()._set({"is_short": True})
        return tasks.HAPPENED

    def test_what_happens_while_an_office_has_nobody_waits_for_who_is_named(self):
        self.way.submitted()
        self.names()
        for _time in range(2):
            self.assertFalse(tasks.begin(self.way.record, tasks.WRITTEN))
            self.assertEqual(len(self.tasks(tasks.WRITTEN)), 1)
        self.names(self.assistant)
        self.assertEqual(self.tasks(tasks.WRITTEN).user_id, self.assistant)

    def test_what_was_done_is_not_asked_of_anybody_again_while_a_colleague_is_missing(self):
        self.with_what_happened()
        tasks.begin(self.way.record, tasks.SHORT)
        self.tasks(tasks.SHORT).filtered(lambda task: task.user_id != self.assistant).unlink()
        self.assistant.action_archive()
        tasks.of_offices(self.env[APPLICATION], [])
        self.assertFalse(self.tasks(tasks.SHORT).user_id)

    def test_what_waits_for_nobody_ends_with_the_application(self):
        self.way.submitted()
        tasks.begin(self.way.record, tasks.WRITTEN)
        self.names()
        self.assertTrue(self.tasks(tasks.WRITTEN))
        self.way.record.sudo()._set({"state": "lapsed"})
        tasks.follow(self.way.record)
        self.assertFalse(self.tasks())

    def test_who_owes_a_task_is_archived_and_not_deleted(self):
        newcomer = self.newcomer()
        self.student.department_id.sudo().assistant_ids |= newcomer
        self.way.submitted()
        tasks.begin(self.way.record, tasks.WRITTEN)
        before = self.tasks(tasks.WRITTEN)
        self.assertIn(newcomer, before.user_id)
        with self.undone(), self.assertRaisesRegex(UserError, "Archive the account instead"):
            newcomer.unlink()
        self.assertEqual(self.tasks(tasks.WRITTEN), before)
        newcomer.action_archive()
        newcomer.unlink()
        self.assertEqual(self.tasks(tasks.WRITTEN).user_id, self.assistant)

    def test_who_may_archive_nobody_takes_nobody_off_a_task(self):
        self.way.submitted()
        tasks.begin(self.way.record, tasks.WRITTEN)
        before = self.tasks(tasks.WRITTEN).user_id
        for user in (self.way.account, self.registrar, self.assistant):
            self.refused(user, "res.users", "action_archive", self.other_assistant.ids)
            self.refused(user, "res.users", "action_archive", before.ids)
        self.assertEqual(self.tasks(tasks.WRITTEN).user_id, before)

    def test_who_is_archived_has_no_task_left_after_the_night(self):
        self.way.submitted()
        newcomer = self.newcomer()
        self.student.department_id.sudo().assistant_ids |= newcomer
        self.env.cr.execute("UPDATE res_users SET active = false WHERE id = %s", [newcomer.id])
        self.env.invalidate_all()
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env[APPLICATION]._send_digest()
        self.assertEqual(self.tasks().user_id, self.assistant)

    def test_a_task_that_staff_made_themselves_stays_theirs(self):
        self.way.submitted()
        own = self.way.record.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.registrar.id
        )
        own.automated = False
        self.way.receive().decide().pass_first()
        self.assertEqual(self.tasks(), own)

    def test_the_summary_speaks_the_language_of_who_reads_it(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.assistant.lang = "zh_TW"
        self.way.submitted()
        self.assertIn("初審", self.tasks().summary)
