"""What no page sends: refused with a 4xx, nothing changed, one line in the log (I9, D10, D18)."""

import logging

from odoo import http
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..pages import draft
from ..pages.check import check_version
from .common import APPLICATION, EVENT, LINE, TICKABLE, GraduationHttpCase

LOG = "odoo.addons.ntue_graduation"
INFO = logging.INFO  # the name is another level's in Odoo
PERSONAL = ("王大明", "210941001", "WANG", "0900", "example.com")


@tagged("post_install", "-at_install")
class TestTampering(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.drafted()
        cls.mine = cls.way.record.with_user(cls.way.account)
        cls.address = f"/my/graduation/{cls.mine.id}"

    def setUp(self):
        super().setUp()
        self.enter(self.way.account)

    def fields(self, **values):
        return {"version": draft.version(self.mine), "tick": self.mine.tick_ids.ids, **values}

    def assert_refused_and_logged(self, status, address, reason, **fields):
        """The status, nothing changed, and one line that names the reason and no person."""
        before = self.fingerprint()
        with self.assertLogs(LOG, INFO) as logged:
            answer = self.post(address, **fields)
        self.assertEqual(answer.status_code, status)
        self.assertEqual(self.fingerprint(), before)
        self.assertEqual(len(logged.output), 1, logged.output)
        (line,) = logged.output
        self.assertIn(reason, line)
        self.assertIn(f"user {self.session.uid}", line)
        for text in PERSONAL:
            self.assertNotIn(text, line)

    def save(self, **values):
        return {"address": f"{self.address}/save", "action": "save", **self.fields(**values)}

    def number(self, student, offering):
        return school_of.enrolment(student, offering).id

    def test_ticks_of_somebody_else_are_refused(self):
        other = self.number(self.fellow, "0733")
        self.assert_refused_and_logged(422, reason="ticks_allowed", **self.save(tick=[other]))

    def test_ticks_that_exist_nowhere_are_refused(self):
        nowhere = self.env["ntue.enrollment"].search([], order="id desc", limit=1).id + 1000
        self.assert_refused_and_logged(422, reason="ticks_allowed", **self.save(tick=[nowhere]))

    def test_138_ticks_above_the_cap_are_refused(self):
        third = school_of.enrol(
            self.school, self.student, "1132", "0778", "CICT103", "教學設計", 3, 88
        )
        ticks = [*self.mine.tick_ids.ids, third.id]
        self.assert_refused_and_logged(422, reason="flexible_rules_hold", **self.save(tick=ticks))

    def test_D18_ticks_on_rows_that_may_not_be_ticked_are_refused(self):
        for offering in ("0650", "0648"):
            ticks = [self.number(self.student, offering)]
            self.assert_refused_and_logged(422, reason="ticks_allowed", **self.save(tick=ticks))

    def test_somebody_elses_draft_is_as_if_it_were_not_there(self):
        fellow = school_of.account_of(self.fellow)
        self.enter(fellow)
        for path, fields in (
            ("save", {"action": "save", **self.fields()}),
            ("save", {"action": "check", **self.fields()}),
            ("save", {"action": "leave"}),
            ("submit", {"version": check_version(self.mine)}),
            ("discard", {}),
        ):
            with self.subTest(path=path, fields=fields):
                self.assert_refused_and_logged(
                    404, f"{self.address}/{path}", "not theirs", **fields
                )
        for path in ("", "/check", "/leave", "/slip"):
            with self.subTest(path=path), self.assertLogs(LOG, INFO) as logged:
                answer = self.url_open(self.address + path)
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn("王大明", answer.text)
            self.assertEqual(len(logged.output), 1, logged.output)
            self.assertIn("not theirs", logged.output[0])

    def test_D14_a_minute_after_the_close_nothing_is_submitted_or_started(self):
        version = check_version(self.mine)
        with freeze_time("2025-11-21 16:01:00"):
            self.enter(self.way.account)
            self.assert_refused_and_logged(
                422, f"{self.address}/submit", "window_open", version=version
            )
            self.enter(school_of.account_of(self.fellow))
            self.assert_refused_and_logged(422, "/my/graduation/new", "window")

    def test_D14_a_minute_before_the_close_it_is(self):
        version = check_version(self.mine)
        with freeze_time("2025-11-21 15:59:00"):
            self.enter(self.way.account)
            self.post(f"{self.address}/submit", version=version)
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_D10_what_the_check_page_did_not_show_is_not_submitted(self):
        for version in ("", "0" * 32, draft.version(self.mine)):
            self.assert_refused_and_logged(
                422, f"{self.address}/submit", "stale_page", version=version
            )
        self.assert_refused_and_logged(422, f"{self.address}/submit", "stale_page")

    def test_a_form_without_the_token_of_its_session_is_refused(self):
        good = http.Request.csrf_token(self)
        self.enter(school_of.account_of(self.fellow))
        replayed = http.Request.csrf_token(self)
        self.enter(self.way.account)
        self.env.flush_all()
        mine = [f"{self.address}/{path}" for path in ("save", "submit", "discard")]
        for token in (None, "", replayed, good[:-4], f"{good}x"):
            for address in (*mine, "/my/graduation/new", "/my/profile"):
                with self.subTest(token=token, address=address):
                    before = self.fingerprint()
                    fields = {"csrf_token": token} if token is not None else {}
                    with self.assertLogs("odoo", "WARNING") as logged:
                        answer = self.url_open(address, data={"action": "save", **fields})
                    self.env.invalidate_all()
                    self.assertEqual(answer.status_code, 400)
                    self.assertEqual(self.fingerprint(), before)
                    self.assertEqual(len(logged.output), 1, logged.output)

    def test_what_changes_something_is_not_had_by_a_link(self):
        with mute_logger("odoo.http"):
            for path in ("save", "submit", "discard"):
                before = self.fingerprint()
                self.assertEqual(self.url_open(f"{self.address}/{path}").status_code, 405)
                self.assertEqual(self.fingerprint(), before)

    def test_I9_remote_calls_gain_nothing_by_avoiding_the_pages(self):
        ids, fellow = self.mine.ids, school_of.account_of(self.fellow)
        for user, model, method, *args in (
            (self.way.account, APPLICATION, "create", {"student_id": self.fellow.id}),
            (self.way.account, APPLICATION, "create", {"state": "submitted"}),
            (self.way.account, APPLICATION, "write", ids, {"state": "completed"}),
            (self.way.account, APPLICATION, "write", ids, {"submitted_at": "2025-11-01"}),
            (self.way.account, APPLICATION, "write", ids, {"window_id": self.window.id}),
            (self.way.account, LINE, "create", {"application_id": ids[0]}),
            (self.way.account, EVENT, "create", {"application_id": ids[0], "action": "submit"}),
            (fellow, APPLICATION, "write", ids, {"tick_ids": [(5,)]}),
            (fellow, APPLICATION, "action_submit", ids),
            (fellow, APPLICATION, "unlink", ids),
            (self.assistant, APPLICATION, "action_submit", ids),
            (self.registrar, APPLICATION, "write", ids, {"state": "submitted"}),
        ):
            with self.subTest(user=user.login, method=method, args=args):
                self.enter(user)
                before = self.fingerprint()
                with self.assertLogs("odoo", "WARNING") as logged:
                    self.assertIn("error", self.call_aloud(model, method, *args))
                self.assertEqual(self.fingerprint(), before)
                self.assertEqual(len(logged.output), 1, logged.output)

    def test_I9_a_refused_step_of_a_remote_call_stands_in_the_log(self):
        with self.assertLogs(LOG, INFO) as logged:
            self.assert_refused(APPLICATION, "write", self.mine.ids, {"state": "completed"})
        self.assertIn(f"application {self.mine.id}: draft/pending/pending", logged.output[0])
        self.assertEqual(set(self.mine.tick_ids.mapped("offering_no")), {*TICKABLE})
