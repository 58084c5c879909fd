"""The student system's nightly files by JSON-2, by a real client with a key for that alone."""

import base64
import json
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import AccessDenied
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .. import feed
from ..cli.ntue_feed_key import feed_account, new_key, revoke_keys
from . import school as school_of
from .common import NOISY
from .test_import_base import FILES, ImportCase, csv_bytes, with_row
from .test_import_readable import workbook
from .test_import_sources import zip_bytes

SCORED = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"
OTHERS = (
    ("ntue.import", "search_read", {"domain": []}),
    ("ntue.student", "search_read", {"domain": []}),
    ("ntue.term", "search_read", {"domain": []}),
    ("ntue.department", "search_read", {"domain": []}),
    ("res.users", "context_get", {}),
    ("res.users", "search_read", {"domain": []}),
    ("res.partner", "search_read", {"domain": []}),
    ("ntue.import.conflict", "search_read", {"domain": []}),
    ("ntue.import.wizard", "create", {"vals_list": [{}]}),
    ("ntue.importer", "_import", {"contents": {}}),
)


@tagged("-at_install", "post_install")
class TestFeed(ImportCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.key = new_key(self.env, 30)
        self.account = feed_account(self.env)

    def post(self, body, path=feed.PATH, key=None, **headers):
        """The answer of the server to one call, as the student system makes it."""
        self.env.flush_all()
        headers |= {
            "Content-Type": "application/json",
            "Authorization": f"bearer {key or self.key}",
        }
        with mute_logger(*NOISY):
            answer = self.url_open(path, data=json.dumps(body), headers=headers, timeout=120)
        self.env.invalidate_all()
        return answer

    def sent(self, contents=None, **body):
        """What the server says of these files."""
        files = [
            {"name": name, "content": base64.b64encode(data).decode()}
            for name, data in (self.contents() if contents is None else contents).items()
        ]
        answer = self.post({"files": files, **body})
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def registrar(self):
        return school_of.user(
            self.env, "feed.registrar@staff.example.com", school_of.GROUPS["registrar"]
        )

    def test_a_night_of_files_is_imported_and_the_next_one_changes_nothing(self):
        told = self.sent()
        self.assertEqual((told["exit_code"], told["counts"]["enrollments.csv"]["created"]), (0, 4))
        record = self.env["ntue.import"].browse(told["import"])
        self.assertEqual((record.way, record.user_id), ("feed", self.account))
        self.assertTrue(self.student())
        self.assertTrue(self.sent()["nothing_changes"])

    def test_a_zip_and_the_text_of_a_file_are_taken_too(self):
        self.assertEqual(self.sent({"all.zip": zip_bytes(**self.contents())})["exit_code"], 0)
        text = "\n".join(FILES["terms"])
        answer = self.post({"files": [{"name": "terms.csv", "text": text}]})
        self.assertTrue(answer.json()["nothing_changes"])

    def test_a_dry_run_writes_nothing(self):
        told = self.sent(dry_run=True)
        self.assertTrue(told["dry_run"])
        record = self.env["ntue.import"].browse(told["import"])
        self.assertEqual((record.dry_run, record.state), (True, "checked"))
        self.assertFalse(self.student())

    def test_headers_of_the_school_are_read_by_the_mapping_that_the_call_names(self):
        mapping = self.env["ntue.import.mapping"].create({"name": "Student system"})
        line = {"mapping_id": mapping.id, "table": "terms", "title": "學期別"}
        mapping.line_ids.create({**line, "column": "terms.code", "is_confirmed": True})
        own = [FILES["terms"][0].replace("學年期", "學期別"), *FILES["terms"][1:]]
        contents = self.contents(terms=own)
        self.assertEqual(self.sent(contents)["exit_code"], 1)
        told = self.sent(contents, mapping="Student system")
        self.assertEqual(told["exit_code"], 0)
        self.assertIn("學期別", json.dumps(told["problems"], ensure_ascii=False))
        record = self.env["ntue.import"].browse(told["import"])
        self.assertIn("Student system", record.choices_text)

    def test_a_wrong_row_refuses_all_unless_its_student_is_left_out(self):
        lines = with_row("enrollments", 5, "Z212,1511,0101,ZQ001,研究法,3,必修,ZQ,,185,否,,")
        contents = self.contents(enrollments=lines)
        told = self.sent(contents)
        self.assertEqual(told["exit_code"], 1)
        (problem,) = [one for one in told["problems"] if one["severity"] == "error"]
        self.assertEqual((problem["row"], problem["column"]), (5, "成績"))
        self.assertEqual(told["repairs"][0]["count"], 1)
        self.assertFalse(self.student())
        told = self.sent(contents, leave_out_students=True)
        self.assertEqual((told["exit_code"], told["left_out"]), (3, ["Z212"]))
        self.assertTrue(self.student())

    def test_F23_a_correction_then_the_old_file_is_kept_listed_decided_and_logged(self):
        self.sent()
        row = self.enrollment("0101")
        mine = row.with_user(self.registrar())
        mine.write({"score": 90, "correction_reason": "Typed wrongly"})
        told = self.sent(self.only(enrollments=FILES["enrollments"]))
        self.assertEqual(told["counts"]["enrollments.csv"]["conflicts"], 1)
        self.assertEqual(row.score, 90)
        conflict = mine.env["ntue.import.conflict"].search([])
        self.assertEqual(conflict.import_ids.ids, [told["import"]])
        conflict.decision_reason = "List of the teacher"
        conflict.action_take()
        self.assertEqual((row.score, conflict.state), (85, "taken"))
        self.assertEqual(self.student().register_ids[:1].reason, "List of the teacher")

    def test_F21_a_file_without_the_scores_changes_no_grade(self):
        self.sent()
        keep = [
            place for place, name in enumerate(FILES["enrollments"][0].split(",")) if name != "成績"
        ]
        lines = [
            ",".join(line.split(",")[place] for place in keep) for line in FILES["enrollments"]
        ]
        told = self.sent(self.only(enrollments=lines))
        self.assertTrue(told["nothing_changes"])
        self.assertEqual(self.enrollment("0101").score, 85)

    def test_F24_a_whole_list_without_a_course_is_shown_then_withdrawn_and_the_audit_follows(self):
        passed = with_row("enrollments", 3, "Z211,1512,0102,ZQ002,專題甲,3,選修,ZQ,,90,否,,")
        self.sent(self.contents(enrollments=passed))
        row = self.enrollment("0102")
        self.assertEqual(self.student()._case().audit().earned, 6)
        contents = self.only(enrollments=[line for line in passed if "ZQ002" not in line])
        told = self.sent(contents, whole_terms=["1512"])
        self.assertEqual((told["missing"], row.state), (1, "passed"))
        told = self.sent(contents, whole_terms=["1512"], withdraw_missing=True)
        self.assertEqual(told["counts"]["enrollments.csv"]["withdrawn"], 1)
        self.assertEqual(row.state, "withdrawn")
        entry = self.student().register_ids[:1]
        self.assertIn("完整名單", entry.reason)
        self.assertEqual(entry.import_id.id, told["import"])
        self.assertEqual(self.student()._case().audit().earned, 3)

    def test_F27_a_score_formula_without_a_result_is_an_error_with_row_and_column(self):
        cells = [line.split(",") for line in FILES["enrollments"]]
        cells[1][9] = "=40+45"
        data = workbook({"enrollments": cells})
        told = self.sent({**self.contents(enrollments=None), "enrollments.xlsx": data})
        (problem,) = [one for one in told["problems"] if one["severity"] == "error"]
        self.assertEqual((problem["row"], problem["column"]), (2, "成績"))
        self.assertFalse(self.student())

    def test_the_key_reads_and_calls_nothing_else(self):
        self.sent()
        # Wrong keys are counted where the sign-in of the campus is installed, also by calls that
        # read only: on a server in a transaction of their own, which the one of a test is not.
        self.set_registry_readonly_mode(False)
        self.addCleanup(self.set_registry_readonly_mode, True)
        for model, method, body in OTHERS:
            with self.subTest(model=model, method=method):
                answer = self.post(body, f"/json/2/{model}/{method}")
                self.assertIn(answer.status_code, (401, 403, 404, 429), answer.text)
                self.assertNotIn("Z211", answer.text)

    def test_the_key_is_none_for_calls_of_the_older_kind(self):
        for password in (self.key, "a password of its own"):
            self.account.password = password
            self.env.flush_all()
            with mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http"):
                found = self.xmlrpc_common.authenticate(
                    self.env.cr.dbname, self.account.login, password, {}
                )
            self.assertFalse(found)

    def test_the_account_signs_in_by_no_password_and_reaches_no_page(self):
        self.account.password = "Kestrel-on-7-roofs"
        credential = {"type": "password", "password": "Kestrel-on-7-roofs"}
        with self.assertRaises(AccessDenied):
            self.account.with_user(self.account)._check_credentials(
                credential, {"interactive": True}
            )
        self.env.flush_all()
        self.authenticate("admin", "admin")
        self.session.uid = self.account.id
        self.session.session_token = self.account._compute_session_token(self.session.sid)
        http.root.session_store.save(self.session)
        for path in ("/my", "/my/account", "/odoo", "/json/2/res.users/context_get"):
            with self.subTest(path=path), mute_logger(*NOISY):
                self.assertIn(self.url_open(path).status_code, (401, 403, 404, 405))

    def test_nobody_else_sends_files_by_it(self):
        for group in ("assistant", "registrar"):
            user = school_of.user(
                self.env, f"feed.{group}2@staff.example.com", school_of.GROUPS[group]
            )
            keys = self.env["res.users.apikeys"].with_user(user).sudo()
            tomorrow = fields.Datetime.now() + timedelta(days=1)
            answer = self.post({"files": []}, key=keys._generate("rpc", "theirs", tomorrow))
            self.assertEqual(answer.status_code, 403, answer.text)

    def test_a_key_that_was_taken_away_or_made_up_is_none(self):
        self.assertEqual(revoke_keys(self.env), 1)
        for key in (self.key, "made-up"):
            self.assertEqual(self.post({"files": []}, key=key).status_code, 401)

    def test_a_call_that_is_no_call_says_what_is_missing(self):
        good = {"name": "terms.csv", "text": "x"}
        for body, said in (
            ({"files": []}, "files"),
            ({"files": "x"}, "files"),
            ({"files": [1]}, "name"),
            ({"files": [{"name": "../terms.csv", "text": "x"}]}, "name"),
            ({"files": [{"name": "terms.csv"}]}, "base64"),
            ({"files": [{"name": "terms.csv", "content": "%%%"}]}, "base64"),
            ({"files": [good], "dry_run": "yes"}, "dry_run"),
            ({"files": [good], "whole_terms": "1141"}, "whole_terms"),
            ({"files": [good], "revision_reason": ["x"]}, "revision_reason"),
            ({"files": [good], "mapping": ["x"]}, "mapping"),
            ({"files": [good], "mapping": "Nobody's"}, "Nobody's"),
        ):
            with self.subTest(body=body):
                answer = self.post(body)
                self.assertEqual(answer.status_code, 422, answer.text)
                self.assertIn(said, answer.json()["message"])

    def test_files_larger_than_a_page_takes_are_read_here_alone(self):
        lines = [*FILES["terms"], *("," * 2 for _row in range(400_000))]
        told = self.sent({"terms.csv": csv_bytes(lines)})
        self.assertEqual(told["counts"]["terms.csv"]["created"], 2)
        answer = self.post({"x": "y" * 2_000_000}, "/json/2/res.users/context_get")
        self.assertIn(answer.status_code, (401, 413))
