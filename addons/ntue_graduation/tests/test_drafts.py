from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import APPLICATION, EVENT, LINE, TICKABLE, GraduationCase, Way

ALL_GROUPS = (
    "base.group_system",
    "ntue_curriculum.group_assistant",
    "ntue_curriculum.group_registrar_day",
    "ntue_curriculum.group_registrar_continuing",
    "ntue_curriculum.group_operator",
)


@tagged("post_install", "-at_install")
class TestDrafts(GraduationCase):
    """A draft is its owner's: staff meet it nowhere, the technical administrator included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ",".join((school_of.STAFF, *ALL_GROUPS))
        cls.admin = school_of.user(cls.env, "admin@staff.example.com", groups)
        cls.srd.assistant_ids += cls.admin
        cls.staff = cls.assistant | cls.registrar | cls.registrar_day | cls.admin
        cls.returned_student = cls.new_student("210941007", "退回學生")
        cls.way.drafted()
        cls.returned = Way(cls, cls.returned_student).returned()
        cls.hidden = cls.way.record | cls.returned.record

    def assert_unseen(self, model, domain, **kwargs):
        """Searched, counted and grouped by any member of staff: nothing comes."""
        for user in self.staff:
            with self.subTest(user=user.login, model=model, domain=domain):
                found = self.rpc(user, model, "search", domain, **kwargs)
                self.assertEqual(found, [])
                self.assertEqual(self.rpc(user, model, "search_count", domain), 0)
                (total,) = self.rpc(user, model, "formatted_read_group", domain, [], ["__count"])
                self.assertEqual(total["__count"], 0)

    def test_148_a_draft_is_visible_to_its_owner_only(self):
        self.assertEqual(self.rpc(self.way.account, APPLICATION, "search", []), self.way.record.ids)
        self.assert_unseen(APPLICATION, [])
        self.assert_unseen(APPLICATION, [("state", "=", "draft")])
        self.assert_unseen(APPLICATION, [("student_id", "=", self.student.id)])
        self.assert_unseen(LINE, [])
        self.assert_unseen(EVENT, [])
        self.assertTrue(self.env[LINE].search_count([]), "the returned one has frozen rows")

    def test_I9_the_link_on_a_students_record_counts_no_draft(self):
        students = [("id", "in", self.hidden.student_id.ids)]
        shown = 0
        for user in self.staff:
            found = self.rpc(user, "ntue.student", "search_read", students, ["application_count"])
            self.assertEqual([row for row in found if row["application_count"]], [], user.login)
            shown += len(found)
        self.assertTrue(shown)
        self.way.submit()
        found = self.rpc(
            self.assistant, "ntue.student", "search_read", students, ["application_count"]
        )
        self.assertEqual(sorted(row["application_count"] for row in found), [0, 1])
        with self.assertRaises(Exception):  # noqa: B017  # refused, or no field to search by
            self.rpc(self.assistant, "ntue.student", "search", [("application_count", ">", 0)])

    def test_I9_a_draft_is_not_found_by_name_nor_grouped_nor_exported(self):
        for user in self.staff:
            for name in ("", "王大明", "210941001", "1141"):
                self.assertEqual(self.rpc(user, APPLICATION, "name_search", name), [])
            groups = self.rpc(user, APPLICATION, "formatted_read_group", [], ["state"], ["__count"])
            self.assertEqual(groups, [])
            self.refused(user, APPLICATION, "export_data", self.hidden.ids, ["student_id"])

    def test_I9_a_draft_is_not_read_by_its_number(self):
        for user in self.staff:
            for method, *args in (
                ("read", ["state"]),
                ("web_read", {"state": {}}),
                ("get_metadata",),
                ("export_data", ["state"]),
                ("activity_schedule",),
            ):
                for record in self.hidden:
                    with self.subTest(user=user.login, method=method):
                        self.refused(user, APPLICATION, method, record.ids, *args)

    def test_I9_no_other_record_leads_to_a_draft(self):
        """Odoo searches a one2many without the rules of what it leads to: there is none.

        What is worked out with the reader's own rights, and no domain goes through, may be.
        """
        found = {
            f"{model}.{name}"
            for model, fields in self.env.registry.items()
            for name, field in fields._fields.items()
            if field.comodel_name == APPLICATION
            and not (field.compute and not (field.store or field.search or field.compute_sudo))
        }
        asked = ("ntue.recognition", "ntue.graduation.exception", "ntue.graduation.bulk.line")
        kept = {f"{model}.application_id" for model in (LINE, EVENT, *asked)}
        closed = {
            "ntue.graduation.reason",
            "ntue.graduation.correspondence",
            "ntue.graduation.mail.preview",
        }
        self.assertEqual(found, {*kept, *(f"{model}.application_id" for model in closed)})
        hidden = [("application_id", "in", self.hidden.ids)]
        for user in self.staff:
            found = self._seen(user, "ntue.graduation.correspondence", hidden)
            self.assertEqual(found, [])
        for model in asked:
            readers = self.staff if model != asked[2] else [self.registrar]
            for user in readers:
                for domain in (
                    [("application_id", "in", self.hidden.ids)],
                    [("application_id.state", "=", "draft")],
                ):
                    with self.subTest(model=model, user=user.login, domain=domain):
                        self.assertFalse(self.rpc(user, model, "search", domain))

    def test_I9_a_ticked_course_reads_like_any_other(self):
        ticked = school_of.enrolment(self.student, TICKABLE[0])
        before = self.rpc(self.assistant, "ntue.enrollment", "read", ticked.ids)
        self.way.tick()
        self.assertEqual(self.rpc(self.assistant, "ntue.enrollment", "read", ticked.ids), before)

    def test_I9_the_name_of_a_draft_is_shown_behind_no_reference(self):
        for user in (self.assistant, self.registrar, self.admin):
            with self.subTest(user=user.login):
                spec = {"application_id": {"fields": {"display_name": {}}}}
                vals = {"application_id": self.way.record.id}
                told = self.refused(user, "ntue.graduation.reason", "onchange", [], vals, [], spec)
                self.assertNotIn("210941001", told)
                self.assertNotIn("王大明", told)
        spec = {"student_id": {"fields": {"display_name": {}}}}
        vals = {"student_id": self.returned_student.id}
        told = self.refused(self.way.account, APPLICATION, "onchange", [], vals, [], spec)
        self.assertNotIn("退回學生", told)
        self.assertNotIn("210941007", told)

    def test_I9_nothing_is_said_on_a_draft_and_of_a_returned_one_nothing_is_seen(self):
        self.assertFalse(hasattr(self.env[APPLICATION], "message_post"))  # it has no messages
        self.assertFalse(self.way.record.correspondence_ids)
        place = self.returned.record.correspondence_ids
        about = [("model", "=", place._name), ("res_id", "=", place.id)]
        self.assertTrue(self.env["mail.message"].search_count(about))
        self.assert_unseen("mail.message", about)
        self.assert_unseen(place._name, [("id", "=", place.id)])

    def test_I9_nobody_of_the_staff_follows_or_minds_a_draft(self):
        on_hidden = [("res_model", "=", APPLICATION), ("res_id", "in", self.hidden.ids)]
        followers = self.env["mail.followers"].search(on_hidden).partner_id
        self.assertFalse(followers & self.staff.partner_id)
        self.assertFalse(
            self.env["mail.activity"].with_context(active_test=False).search(on_hidden)
        )
        for user in self.staff:
            self.assertEqual(self.rpc(user, "mail.activity", "search", on_hidden), [])
            self.assertEqual(self._seen(user, "mail.followers", on_hidden), [])

    def _seen(self, user, model, domain):
        """What is found; nothing when the model as a whole is closed to the user."""
        try:
            return self.rpc(user, model, "search", domain)
        except AccessError:
            return []

    def test_I9_a_message_on_a_returned_draft_is_refused_and_mailed_to_no_assistant(self):
        before = self.env["mail.mail"].search([])
        noticed = self.env["mail.notification"].search([])
        with self.assertRaises(UserError):
            self.returned.record.with_user(self.returned.account)._answer("Hm")
        told = (self.env["mail.notification"].search([]) - noticed).res_partner_id
        self.assertFalse(told & self.staff.partner_id)
        mails = self.env["mail.mail"].search([]) - before
        self.assertFalse(mails.recipient_ids & self.staff.partner_id)

    def test_I9_an_attachment_of_a_draft_is_read_by_no_staff_until_it_is_submitted(self):
        vals = {"name": "passport.pdf", "raw": b"%PDF", "res_model": APPLICATION}
        vals["res_id"] = self.way.record.id
        number = self.env["ir.attachment"].create(vals).id  # as Odoo's upload page does
        own = [("id", "=", number)]
        self.assert_unseen("ir.attachment", own)
        for user in self.staff:
            self.refused(user, "ir.attachment", "read", [number], ["name", "raw"])
        self.way.submit()
        self.assertEqual(self.rpc(self.assistant, "ir.attachment", "search", own), [number])

    def test_150_saving_a_draft_tells_nobody(self):
        """No mail, no message, no activity, no follower: not even of the student (I10)."""
        watched = ("mail.message", "mail.mail", "mail.activity", "mail.followers")
        before = [self.env[model].search_count([]) for model in watched]
        fresh = Way(self, self.new_student("210941008", "新學生")).start()
        silent = [self.env[model].search_count([]) for model in watched]
        with patch("odoo.addons.mail.models.mail_thread.MailThread._notify_thread") as notify:
            fresh.tick(*TICKABLE).tick().tick("0733")
        after = [self.env[model].search_count([]) for model in watched]
        self.assertEqual(silent, after)
        self.assertEqual(before[1:3], after[1:3])
        notify.assert_not_called()
        about = [("model", "=", APPLICATION), ("res_id", "=", fresh.record.id)]
        for model in ("mail.message", "mail.mail"):
            self.assertFalse(self.env[model].search_count(about))

    def test_I10_submitting_gives_each_assistant_of_the_department_one_thing_to_do(self):
        second = school_of.user(self.env, "second@staff.example.com", school_of.GROUPS["assistant"])
        self.srd.assistant_ids = self.assistant | second
        self.env["res.lang"]._activate_lang("en_US")
        self.srd.assistant_ids.lang = "en_US"
        self.way.submit()
        todo = self.env["mail.activity"].search([("res_model", "=", APPLICATION)])
        self.assertEqual(todo.user_id, self.assistant | second)
        self.assertEqual(len(todo), 2)
        self.assertEqual(todo.mapped("res_id"), self.way.record.ids * 2)
        for text in ("First review", "210941001"):
            self.assertIn(text, todo[0].summary)

    def test_the_review_leaves_the_assistants_list_when_it_is_done(self):
        for end in (
            lambda way: way.receive().decide().pass_first(),
            lambda way: way.send_back(),
            lambda way: (
                way.by_assistant("write", {"review_reason": "No"})
                and way.by_assistant("action_fail_first")
            ),
        ):
            with self.undone():
                way = Way(self, self.student)
                way.record = self.way.record
                way.submit()
                self.assertTrue(way.record.activity_ids)
                end(way)
                self.assertFalse(way.record.activity_ids)

    def test_152_a_draft_that_lapses_unsubmitted_stays_out_of_sight(self):
        self.window.write(
            {"date_open": "2025-09-01", "date_close": "2025-09-30", "date_leave": "2025-11-09"}
        )
        self.env[APPLICATION]._lapse_overdue()
        self.assertEqual(self.way.record.state, "lapsed")
        self.assert_unseen(APPLICATION, [("id", "=", self.way.record.id)])
