import json

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOISY
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..pages import draft
from ..pages.check import check_version
from .common import APPLICATION, LINE, TICKABLE, GraduationHttpCase


@tagged("post_install", "-at_install")
class TestHttp(GraduationHttpCase):
    """The same promises through the door that browsers come by."""

    def test_private_methods_are_out_of_reach(self):
        record = self.way.submitted().record
        self.enter(self.way.account)
        for model, method, *args in (
            (APPLICATION, "_set", record.ids, {"state": "completed"}),
            (APPLICATION, "_write_one", record.ids, {"state": "completed"}),
            (APPLICATION, "_freeze", record.ids),
            (APPLICATION, "_lapse_overdue"),
            (APPLICATION, "_tell_student", record.ids, "Congratulations"),
            (APPLICATION, "_send_reminders"),
            (APPLICATION, "_check_guards", record.ids, []),
            (APPLICATION, "mail_allowed_qweb_expressions"),
            ("ntue.graduation.late.permit", "_set", [], {"date_end": "2099-01-01"}),
            ("ntue.graduation.window", "_copy_to", self.window.ids, {}, {}),
            (LINE, "_log_decision", record.line_ids[:1].ids),
            ("ntue.recognition", "_withdraw", []),
            ("ntue.curriculum", "_set", self.framework.ids, {"state": "draft"}),
            ("ntue.student", "_save_profile", self.fellow.ids, {"mobile": "0911-111-111"}),
            ("ntue.importer", "_import", {}),
            (APPLICATION, "sudo", record.ids),
            (APPLICATION, "with_user", record.ids, 1),
        ):
            for route in ("call_kw", "call_button"):
                with self.subTest(method=method, route=route):
                    self.assert_refused(model, method, *args, route=route)

    def test_a_student_presses_no_reviewers_button(self):
        record = self.way.reviewed().record
        self.enter(self.way.account)
        for method in (
            "action_pass_first",
            "action_fail_first",
            "action_return",
            "action_receive_paper",
            "action_pass_second",
            "action_complete",
        ):
            self.assert_refused(APPLICATION, method, record.ids, route="call_button")
        self.assert_refused(LINE, "action_accept", record.line_ids.ids, route="call_button")

    def test_148_staff_get_nothing_of_a_draft_from_any_address(self):
        record = self.way.drafted().record
        attachment = self.env["ir.attachment"].create(
            {
                "name": "passport.pdf",
                "raw": b"scan-of-a-passport",
                "res_model": APPLICATION,
                "res_id": record.id,
            }
        )
        for user in (self.assistant, self.registrar):
            self.enter(user)
            for address in (
                f"/report/pdf/ntue_graduation.report_slip/{record.id}",
                f"/report/html/ntue_graduation.report_slip/{record.id}",
                f"/my/graduation/{record.id}",
                f"/my/graduation/{record.id}/slip",
                f"/web/content/{attachment.id}",
                f"/web/content/{APPLICATION}/{record.id}/english_name",
                f"/odoo/action-ntue_graduation.action_application_desk/{record.id}",
                f"/mail/view?model={APPLICATION}&res_id={record.id}",
            ):
                with self.subTest(user=user.login, address=address):
                    self.assert_shows_nothing(
                        address, "王大明", "210941001", "scan-of-a-passport", "Hidden"
                    )
            self.assertEqual(self.call(APPLICATION, "search_count", [])["result"], 0)
            self.assert_refused(APPLICATION, "web_read", record.ids, {"state": {}})

    def test_the_json_api_keeps_the_same_rules(self):
        self.way.drafted()
        model = self.env["res.users.apikeys"].with_user(self.assistant).sudo()
        key = model._generate("rpc", "test", None)
        self.env.flush_all()
        headers = {"Authorization": f"bearer {key}", "Content-Type": "application/json"}

        def ask(method, **body):
            with mute_logger(*NOISY):
                return self.url_open(
                    f"/json/2/{APPLICATION}/{method}", data=json.dumps(body), headers=headers
                )

        self.assertEqual(ask("search_count", domain=[]).json(), 0)
        ids = self.way.record.ids
        for method, body in (
            ("read", {"ids": ids, "fields": ["state"]}),
            ("action_submit", {"ids": ids}),
            ("_set", {"ids": ids, "vals": {"state": "submitted"}}),
        ):
            self.assertGreaterEqual(ask(method, **body).status_code, 400, method)
        self.env.invalidate_all()
        self.assertEqual(self.way.position(), "draft/pending/pending")

    def test_somebody_who_is_not_signed_in_is_sent_to_the_door(self):
        record = self.way.submitted().record
        self.env.flush_all()
        self.authenticate(None, None)
        for address in (
            "/my/graduation",
            f"/my/graduation/{record.id}",
            "/my/progress",
            f"/my/graduation/{record.id}/slip",
        ):
            answer = self.url_open(address)
            self.assertIn("/web/login", answer.url, address)
        self.assertIn("error", self.call(APPLICATION, "search", []))

    def test_a_fellow_student_reaches_nothing_by_number(self):
        record = self.way.submitted().record
        self.enter(school_of.account_of(self.fellow))
        for address in (f"/my/graduation/{record.id}", f"/my/graduation/{record.id}/slip"):
            answer = self.url_open(address)
            self.assertNotEqual(answer.headers["Content-Type"], "application/pdf")
            self.assertNotIn("王大明".encode(), answer.content)

    def test_a_forged_post_of_the_form_is_refused_and_saves_nothing(self):
        record = self.way.drafted().record
        self.enter(self.way.account)
        other = school_of.enrolment(self.fellow, "0733").id
        failed = school_of.enrolment(self.student, "0650").id
        version = draft.version(record.with_user(self.way.account))
        for ticks in ([other], [failed], [*record.tick_ids.ids, other]):
            before = self.fingerprint()
            answer = self.post(
                f"/my/graduation/{record.id}/save",
                action="save",
                version=version,
                tick=ticks,
                state="completed",
                first_review="passed",
            )
            self.assertEqual(answer.status_code, 422)
            self.assertEqual(self.fingerprint(), before)
        self.assertEqual({*TICKABLE}, set(record.tick_ids.mapped("offering_no")))

    def test_159_the_form_saves_and_the_check_page_submits(self):
        record = self.way.drafted().record
        mine = record.with_user(self.way.account)
        self.enter(self.way.account)
        address = f"/my/graduation/{record.id}"
        one = school_of.enrolment(self.student, "0733").ids
        self.post(f"{address}/save", action="save", version=draft.version(mine), tick=one)
        self.assertEqual(record.tick_ids.ids, one)
        answer = self.post(f"{address}/save", action="check", tick=one)
        self.assertTrue(answer.url.endswith("/check"), answer.url)
        sent = {"version": check_version(mine), "shortfall_acknowledged": "1"}
        self.post(f"{address}/submit", **sent)
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        before = self.fingerprint()
        answer = self.post(f"{address}/submit", **sent)
        self.assertIn("submitted=already", answer.url)
        self.assertEqual(self.fingerprint(), before, "a double click is harmless")

    def test_166_the_slip_comes_as_a_pdf_to_its_owner(self):
        record = self.way.submitted().record
        self.enter(self.way.account)
        answer = self.url_open(f"/my/graduation/{record.id}/slip")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("1141-210941001.pdf", answer.headers["Content-Disposition"])
