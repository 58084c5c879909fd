"""Every import is kept: who, when, how, with which files, and what became of them."""

import json
from hashlib import sha256
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..importing import KEY
from . import keeping
from . import school as school_of
from .test_import_base import FILES, ImportCase, csv_bytes, with_row

SCORED = "Z211,1511,0101,ZQ001,研究法,3,必修,ZQ,,85,是,,"


@tagged("-at_install", "post_install")
class TestImportRecords(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new = school_of.user
        groups = school_of.GROUPS
        cls.registrar = new(cls.env, "kept.registrar@staff.example.com", groups["registrar"])
        cls.operator = new(cls.env, "kept.operator@staff.example.com", groups["operator"])

    def records(self, user=None):
        return self.env["ntue.import"].with_user(user or self.registrar).search([])

    def latest(self):
        return self.env["ntue.import"].search([], limit=1)

    def test_an_import_is_kept_with_its_files_their_hashes_and_its_counts(self):
        contents = self.contents()
        self.importer.with_user(self.operator)._import(contents, way="wizard")
        record = self.records()[0]
        self.assertEqual(
            (record.user_id, record.way, record.state), (self.operator, "wizard", "done")
        )
        files = {file.name: (file.size, file.sha256) for file in record.file_ids}
        wanted = {n: (len(data), sha256(data).hexdigest()) for n, data in contents.items()}
        self.assertEqual(files, wanted)
        counts = record.outcome["counts"]
        self.assertEqual(counts["enrollments.csv"]["created"], 4)
        self.assertEqual(record.created_count, sum(one["created"] for one in counts.values()))
        self.assertTrue(record.ended_at)

    def test_a_second_run_of_the_same_files_changes_nothing_and_says_so(self):
        self.import_set()
        report = self.import_set()
        record = self.latest()
        self.assertTrue(report.changes_nothing)
        self.assertEqual((record.created_count, record.changed_count), (0, 0))
        self.assertTrue(record.outcome["nothing_changes"])
        self.assertIn("Nothing changes", record.panel)

    def test_a_refused_import_is_kept_with_what_is_to_be_mended(self):
        report = self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")))
        self.assertFalse(report.ok)
        record = self.latest()
        self.assertEqual((record.state, record.error_count), ("refused", report.errors))
        self.assertEqual(record.created_count, 0)
        self.assertIn("1514", json.dumps(record._read_findings(), ensure_ascii=False))
        self.assertNotIn(
            "1514", json.dumps(record.outcome, ensure_ascii=False), "a value of a file"
        )

    def test_a_check_writes_nothing_and_is_kept_as_a_check(self):
        before = self.table_sizes()
        self.run_import(dry_run=True)
        record = self.latest()
        self.assertEqual((record.dry_run, record.state), (True, "checked"))
        self.assertTrue(record.created_count, "what it would create")
        self.assertEqual(len(record.file_ids), len(FILES))
        self.assertEqual(self.table_sizes(), before)
        self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")), dry_run=True)
        record = self.latest()
        self.assertEqual((record.dry_run, record.state), (True, "refused"))

    def test_an_import_that_breaks_off_is_kept_past_its_transaction(self):
        kept = []

        def keep(_self, way, contents, choices, error, *, dry_run):
            self.assertFalse(dry_run)
            kept.append((way, sorted(contents), choices["blanks_erase"], type(error)))

        importer, imports = type(self.importer), type(self.env["ntue.import"])
        with (
            patch.object(importer, "_write", side_effect=ZeroDivisionError),
            patch.object(imports, "_keep_failure", keep),
            self.assertRaises(ZeroDivisionError),
        ):
            self.run_import(self.only(terms=FILES["terms"]), blanks_erase=True)
        self.assertEqual(kept, [("shell", ["terms.csv"], True, ZeroDivisionError)])

    def test_a_change_of_a_student_names_the_import_and_what_it_was(self):
        self.import_set()
        row = self.enrollment("0101")
        self.assertEqual(row.import_id, self.latest(), "what came with an import names it")
        lines = with_row("enrollments", 2, SCORED.replace(",85,", ",60,"))
        students = with_row("students", 3, "Z212,李小華,,new@example.com,,,ZQ-E-113,113,是")
        self.run_import(self.only(enrollments=lines, students=students))
        record = self.latest()
        self.assertNotEqual(row.import_id, record)
        entry = self.student().register_ids.filtered(lambda one: one.import_id == record)
        self.assertEqual(entry.record, row.id)
        self.assertIn("85.0 → 60.0", entry.changes_text)
        change = self.student("Z212").change_ids.filtered(lambda one: one.import_id == record)
        self.assertEqual((change.old, change.new), ("z2@example.com", "new@example.com"))

    def test_what_a_person_changes_names_no_import_whatever_the_call_says(self):
        self.import_set()
        row, number = self.enrollment("0101"), self.latest().id
        mine = row.with_user(self.registrar)
        forged = mine.with_context(**{KEY: number, "default_import_id": number})
        forged.write({"score": 90, "correction_reason": "Typed wrongly"})
        self.assertFalse(self.student().register_ids[:1].import_id)
        course = self.env["ntue.course"].search([("code", "=", "ZQ002")])
        made = forged.create(
            {
                "student_id": row.student_id.id,
                "term_id": row.term_id.id,
                "course_id": course.id,
                "name": "New",
                "credits": 2,
            }
        )
        self.assertFalse(made.sudo().import_id)
        for call in (
            lambda: mine.write({"import_id": number, "correction_reason": "Forged"}),
            lambda: mine.create({"import_id": number}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_conflict_stays_with_every_import_that_said_it_and_shows_the_decision(self):
        self.import_set()
        row = self.enrollment("0101")
        row.with_user(self.registrar).write({"score": 90, "correction_reason": "Typed wrongly"})
        for _time in range(2):
            self.run_import(self.only(enrollments=FILES["enrollments"]))
        second, first = self.records()[:2]
        conflict = self.env["ntue.import.conflict"].with_user(self.registrar).search([])
        self.assertEqual((first.conflict_ids, second.conflict_ids), (conflict, conflict))
        self.assertEqual((first.conflict_count, second.conflict_count), (1, 1))
        conflict.decision_reason = "List of the teacher"
        conflict.action_keep()
        self.assertEqual(first.conflict_ids.state, "kept")

    def test_files_and_findings_are_for_those_who_import_and_the_record_for_the_registrar(self):
        self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")))
        record = self.latest()
        mine = record.with_user(self.registrar)
        self.assertEqual(mine.error_count, record.error_count)
        for read in (
            lambda: mine.findings,
            lambda: mine.findings_panel,
            lambda: mine.file_ids[0].content,
        ):
            with self.assertRaises(AccessError):
                read()
        theirs = record.with_user(self.operator)
        self.assertIn("1514", theirs.findings_panel)
        self.assertTrue(theirs.file_ids[0].content)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "ntue.import.file"), ("res_field", "=", "content")]
        )
        with self.assertRaises(AccessError):
            files.with_user(self.registrar).read(["raw"])

    def test_files_and_findings_go_when_their_time_is_over_and_the_record_stays(self):
        with freeze_time("2026-03-01 04:00:00"):
            self.run_import(self.contents(terms=with_row("terms", 2, "1514,,")))
        record = self.latest()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = '2026-03-01'"
            " WHERE res_model LIKE 'ntue.import%'"
        )
        self.env.invalidate_all()
        keeping.run(self, day="2026-03-05 04:00:00")
        self.assertTrue(all(record.file_ids.mapped("is_kept")))
        keeping.run(self, day="2026-03-20 04:00:00")
        self.assertFalse(any(record.file_ids.mapped("is_kept")))
        self.assertEqual(record._read_findings(), {})
        self.assertIn("erased", record.with_user(self.operator).findings_panel)
        self.assertTrue(all(record.file_ids.mapped("sha256")))

    def test_findings_of_one_missing_student_are_one_repair_in_however_many_files(self):
        lines = [*FILES["enrollments"], SCORED.replace("Z211", "Z999")]
        terms = [*FILES["student_terms"], "Z999,1511,在學"]
        report = self.run_import(self.contents(enrollments=lines, student_terms=terms))
        (repair,) = report.repairs
        (case,) = repair.cases.values()
        self.assertEqual((repair.count, case.count), (2, 2))
        places = [("student_terms.csv", 5, "學號"), ("enrollments.csv", 6, "學號")]
        self.assertEqual([tuple(place) for place in case.places], places)
        self.assertIn("Z999", str(repair.message))
        self.assertNotIn("Z999", str(repair.masked))

    def test_different_values_of_one_repair_are_told_apart_and_bounded(self):
        rows = [SCORED.replace("Z211", f"Z{number}") for number in range(500, 560)]
        report = self.run_import(self.contents(enrollments=[*FILES["enrollments"], *rows]))
        (repair,) = report.repairs
        self.assertEqual((repair.count, len(repair.cases), repair.more), (60, 20, 40))
        self.assertIn("…", str(repair.message))

    def test_the_form_opens_for_everybody_who_reads_the_record(self):
        self.import_set()
        both = ",".join(school_of.GROUPS[name] for name in ("registrar", "operator"))
        user = school_of.user(self.env, "kept.both@staff.example.com", both)
        for reader in (self.registrar, self.operator, user):
            with self.subTest(reader=reader.login):
                record = self.latest().with_user(reader)
                wanted = {
                    "file_ids": {"fields": {"name": {}, "is_kept": {}, "content": {}}},
                    "panel": {},
                    "choices_text": {},
                    "display_name": {},
                }
                if reader != self.registrar:
                    wanted["findings_panel"] = {}
                else:
                    wanted["file_ids"]["fields"].pop("content")
                if reader != self.operator:
                    wanted["conflict_ids"] = {"fields": {"what": {}, "changes_text": {}}}
                (told,) = record.with_context(bin_size=True).web_read(wanted)
                self.assertEqual(told["id"], record.id)

    def test_an_import_by_hand_of_a_folder_is_the_shells(self):
        self.importer._import({"terms.csv": csv_bytes(FILES["terms"])})
        self.assertEqual(self.latest().way, "shell")
