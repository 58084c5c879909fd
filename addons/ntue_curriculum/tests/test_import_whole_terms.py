"""A file that is the whole list of a term says what is gone, too (docs/readings.md F24)."""

from odoo.tests import freeze_time, tagged

from ..importer.problems import Severity
from ..importer.student_files import ENROLLMENTS
from ..importer.writing.conflicts import COLUMNS
from ..models.chain.corrections import RESULT
from . import school as school_of
from .test_import_base import FILES, ImportCase

SHORT = [line for line in FILES["enrollments"] if ",0102," not in line]
"""The enrolments without one of term 1512."""


@tagged("-at_install", "post_install")
class TestImportWholeTerms(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set()
        cls.row = cls.enrollment("0102")

    def imported(self, lines=SHORT, **options):
        return self.run_import(self.only(enrollments=lines), **options)

    def corrected(self, **values):
        """A registrar who has corrected the enrolment."""
        registrar = self.env["res.users"].search([("login", "=", "whole@staff.example.com")])
        registrar = registrar or school_of.user(
            self.env, "whole@staff.example.com", school_of.GROUPS["registrar"]
        )
        vals = {**values, "correction_reason": "Typed wrongly"}
        self.row.with_user(registrar).write(vals)
        return registrar

    def now(self):
        return self.row.score, self.row.state, bool(self.row.withdrawn_on)

    def test_F24_without_the_choice_nothing_is_missing(self):
        report = self.imported()
        self.assertEqual((report.missing, self.texts(report, Severity.WARNING)), (0, []))
        self.assertEqual(self.now(), (69.5, "failed", False))

    def test_F24_what_the_whole_list_lacks_is_named_and_stays_until_it_is_confirmed(self):
        report = self.imported(whole_terms=("1512",))
        (text,) = self.texts(report, Severity.WARNING)
        self.assertIn("專題甲", text)
        self.assertIn("Z211", text)
        self.assertEqual((report.missing, self.now()), (1, (69.5, "failed", False)))

    def test_F24_once_confirmed_it_is_withdrawn_with_the_reason_and_the_record_stays(self):
        report = self.imported(whole_terms=("1512",), withdraw_missing=True)
        self.assertEqual(self.counts(report)["enrollments"], (0, 1, 3))
        self.assertEqual(self.now(), (69.5, "withdrawn", True))
        entry = self.student().register_ids.filtered(lambda one: one.record == self.row.id)[:1]
        self.assertIn("完整名單", entry.reason)
        again = self.imported(whole_terms=("1512",), withdraw_missing=True)
        self.assertEqual((again.missing, self.counts(again)["enrollments"]), (0, (0, 0, 3)))

    def test_F24_a_file_that_has_it_again_takes_the_withdrawal_back(self):
        self.imported(whole_terms=("1512",), withdraw_missing=True)
        report = self.imported(FILES["enrollments"])
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.now(), (69.5, "failed", False))
        self.assertFalse(self.row.gone_missing)
        self.assertFalse(self.env["ntue.import.conflict"].search([]))

    def test_F24_what_staff_corrected_is_a_conflict_and_not_withdrawn(self):
        registrar = self.corrected(score=75, state="passed")
        self.imported(whole_terms=("1512",), withdraw_missing=True)
        self.assertEqual(self.now(), (75, "passed", False))
        conflict = self.env["ntue.import.conflict"].with_user(registrar).search([])
        self.assertEqual(conflict.state, "open")
        conflict.decision_reason = "It was dropped"
        conflict.action_take()
        self.assertEqual(self.now(), (75, "withdrawn", True))

    def test_F24_what_staff_restored_is_no_more_called_missing_and_a_file_may_list_it(self):
        self.imported(whole_terms=("1512",), withdraw_missing=True)
        self.corrected(state="failed")
        self.assertEqual((self.now(), self.row.gone_missing), ((69.5, "failed", False), False))
        report = self.imported(FILES["enrollments"])
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        self.assertEqual(self.now(), (69.5, "failed", False))

    def test_F24_staff_who_write_that_it_is_withdrawn_make_it_theirs(self):
        self.imported(whole_terms=("1512",), withdraw_missing=True)
        self.corrected(state="withdrawn")
        self.assertEqual((self.now(), self.row.gone_missing), ((69.5, "withdrawn", True), False))
        self.imported(FILES["enrollments"])
        self.assertEqual(self.now(), (69.5, "withdrawn", True))

    def test_F24_a_row_that_was_restored_and_is_still_called_missing_is_a_conflict(self):
        self.row.write({"gone_missing": True})  # as rows were kept that were restored before
        self.corrected(grade_locked=True)
        report = self.imported(FILES["enrollments"])
        self.assertEqual(self.told(report, Severity.WARNING), [("enrollments.csv", 3, "狀態")])

    def test_F24_every_value_of_a_result_is_reported_at_a_column_of_the_file(self):
        for name in RESULT:
            self.assertIn(COLUMNS.get(name, name), ENROLLMENTS.by_name)

    def test_F24_a_conflict_decided_for_the_correction_is_not_asked_again_the_next_day(self):
        registrar = self.corrected(score=75, state="passed")
        conflicts = self.env["ntue.import.conflict"].with_user(registrar)
        for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
            with freeze_time(f"{day} 04:00:00"):
                report = self.imported(whole_terms=("1512",), withdraw_missing=True)
                self.assertEqual(report.missing, 1)
                if conflict := conflicts.search([("state", "=", "open")]):
                    conflict.decision_reason = "The teacher says so"
                    conflict.action_keep()
        self.assertEqual(conflicts.search([]).mapped("state"), ["kept"])
        self.assertEqual(self.now(), (75, "passed", False))

    def test_F24_a_list_without_a_row_of_its_term_is_refused(self):
        for term in ("1511", "1599"):
            lines = [line for line in FILES["enrollments"] if ",1511," not in line]
            report = self.imported(lines, whole_terms=(term,), withdraw_missing=True)
            self.assertIn(term, self.texts(report)[0])
        self.assertEqual(self.enrollment("0101").state, "passed")

    def test_F24_the_wizard_shows_how_many_and_withdraws_when_it_is_ticked(self):
        operator = school_of.user(
            self.env, "whole.list@staff.example.com", school_of.GROUPS["operator"]
        )
        contents = self.only(enrollments=SHORT)
        files = self.env["ir.attachment"].with_user(operator)
        file = files.create(
            [
                {"name": name, "raw": data, "res_model": "ntue.import.wizard"}
                for name, data in contents.items()
            ]
        )
        term = self.env["ntue.term"].search([("code", "=", "1512")])
        wizards = self.env["ntue.import.wizard"].with_user(operator)
        wizard = wizards.create({"file_ids": file.ids, "whole_term_ids": term.ids})
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.missing_count), ("checked", 1))
        wizard.withdraw_missing = True
        wizard.action_import()
        self.assertEqual((wizard.state, self.now()), ("done", (69.5, "withdrawn", True)))

    def test_F24_a_conflict_about_a_row_that_the_whole_list_has_no_more_is_settled(self):
        self.corrected(score=90)
        self.imported(FILES["enrollments"])
        conflict = self.env["ntue.import.conflict"].search([])
        self.assertEqual(conflict.state, "open")
        self.imported(whole_terms=("1512",))
        self.assertEqual(conflict.state, "settled")

    def test_F24_a_conflict_about_a_missing_row_is_open_until_the_list_has_it_again(self):
        self.corrected(score=90, state="passed")
        self.imported(whole_terms=("1512",), withdraw_missing=True)
        conflict = self.env["ntue.import.conflict"].search([])
        self.imported(whole_terms=("1512",))
        self.assertEqual(conflict.state, "open")
        again = [line.replace(",69.5,", ",90,") for line in FILES["enrollments"]]
        self.imported(again, whole_terms=("1512",))
        self.assertEqual(conflict.state, "settled")
