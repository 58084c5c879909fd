"""Who sends files reads of records that they may read alone (F23, F24)."""

import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..cli.ntue_feed_key import feed_account
from . import school as school_of
from .test_import_base import FILES, csv_bytes, with_row
from .test_import_preview import WizardCase
from .test_import_readable import workbook

SHORT = [line for line in FILES["enrollments"] if ",0102," not in line]
"""The enrolments without one of term 1512."""
STORED = ("專題甲", "Z211")
"""What the database has of the enrolment that is not in them."""


@tagged("-at_install", "post_install")
class TestImportDiscreet(WizardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = ",".join(school_of.GROUPS[name] for name in ("operator", "assistant"))
        cls.assistant = school_of.user(cls.env, "discreet.ta@staff.example.com", both)
        cls.import_set()

    def looks_after(self, code):
        departments = self.env["ntue.department"].search([("code", "in", ("ZQ", "ZR"))])
        departments.assistant_ids -= self.assistant
        own = departments.filtered(lambda one: one.code == code)
        own.assistant_ids += self.assistant
        self.env.invalidate_all()

    def whole(self, user):
        """All that the wizard says to ``user`` of a list that lacks a course."""
        term = self.env["ntue.term"].search([("code", "=", "1512")])
        contents = self.only(enrollments=SHORT)
        wizard = self.checked(contents, user=user, whole_term_ids=term.ids)
        self.assertEqual((wizard.state, wizard.missing_count), ("checked", 1))
        said = [*wizard.problem_ids.mapped("message"), wizard.panel, wizard.repairs_panel]
        return json.dumps([said, wizard.found], ensure_ascii=False, default=str)

    def test_what_a_whole_list_lacks_is_named_to_the_assistant_of_the_department_alone(self):
        self.looks_after("ZQ")
        for text in STORED:
            self.assertIn(text, self.whole(self.assistant))
        self.looks_after("ZR")
        for user in (self.assistant, self.operator):
            told = self.whole(user)
            self.assertIn("…", told)
            for text in STORED:
                self.assertNotIn(text, told)

    def test_a_feed_hears_how_many_are_missing_and_not_who(self):
        imports = self.env["ntue.import"].with_user(feed_account(self.env))
        files = [{"name": "enrollments.csv", "text": "\n".join(SHORT)}]
        told = imports.receive(files, whole_terms=["1512"])
        self.assertEqual(told["missing"], 1)
        for stored in STORED:
            self.assertNotIn(stored, json.dumps(told, ensure_ascii=False))

    def test_the_record_tells_each_reader_what_they_may_read(self):
        self.run_import(self.only(enrollments=SHORT), whole_terms=("1512",))
        record = self.env["ntue.import"].search([], limit=1)
        self.looks_after("ZR")
        for user, is_told in ((self.registrar, True), (self.operator, False)):
            mine = record.with_user(user)
            found = json.dumps(mine._read_findings(), ensure_ascii=False)
            for text in STORED:
                self.assertEqual(text in found, is_told, user.login)
                self.assertEqual(text in mine.findings_panel, is_told, user.login)
            with self.assertRaises(AccessError):
                mine.read(["findings"])
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "ntue.import"), ("res_field", "=", "findings")]
        )
        with self.assertRaises(AccessError):
            kept.with_user(self.operator).read(["raw"])

    def test_another_number_of_one_person_is_told_to_who_may_read_it(self):
        again = "Z299,王小明,,z1@example.com,,,ZQ-E-113,113,否"
        for user, is_told in ((self.registrar, True), (self.operator, False)):
            contents = self.only(students=[FILES["students"][0], again])
            wizard = self.checked(contents, user=user)
            (text,) = wizard.problem_ids.mapped("message")
            self.assertIn("same name", text)
            self.assertEqual("Z211" in text, is_told)

    def test_framework_and_entry_on_record_are_told_to_who_may_read_them(self):
        early = "Z211,1051,0777,ZQ001,研究法,3,必修,ZQ,,80,是,,"
        contents = self.only(
            terms=[FILES["terms"][0], "1051,105-08-01,106-01-31"],
            enrollments=[FILES["enrollments"][0], early],
        )
        for user, is_told in ((self.registrar, True), (self.operator, False)):
            (text,) = self.checked(contents, user=user).problem_ids.mapped("message")
            self.assertEqual("113" in text, is_told, text)

    def test_the_reason_of_a_correction_is_told_to_who_may_read_it(self):
        row = self.enrollment("0101")
        vals = {"score": 90, "correction_reason": "Typed wrongly"}
        row.with_user(self.registrar).write(vals)
        for user, is_told in ((self.registrar, True), (self.operator, False)):
            wizard = self.checked(self.only(enrollments=FILES["enrollments"]), user=user)
            (text,) = wizard.problem_ids.mapped("message")
            self.assertEqual("Typed wrongly" in text, is_told)

    def test_what_stays_of_an_import_has_no_name_of_a_file_and_no_header_as_they_were_typed(self):
        header = f"{FILES['terms'][0]},林小安的欄"
        terms = [header, *(f"{line},x" for line in with_row("terms", 2, "1514,,")[1:])]
        contents = {"terms.csv": csv_bytes(terms), "林小安.csv": b"secret", "林.txt": b"secret"}
        self.run_import(contents)
        record = self.env["ntue.import"].search([], limit=1)
        stays = json.dumps([record.outcome, record.file_ids.mapped("name")], ensure_ascii=False)
        self.assertNotIn("林小安", stays)
        self.assertNotIn("林", stays)
        self.assertIn("terms.csv 學年期", stays)
        self.assertEqual(sorted(record.file_ids.mapped("name")), ["terms.csv", "…", "….csv"])
        found = json.dumps(record._read_findings(), ensure_ascii=False)
        self.assertIn("林小安的欄", found)

    def test_a_file_that_is_no_table_is_kept_by_its_hash_alone(self):
        self.run_import({**self.contents(), "note.csv": b"secret"})
        record = self.env["ntue.import"].search([], limit=1)
        kept = {file.name: file.is_kept for file in record.file_ids}
        self.assertFalse(kept.pop("….csv"))
        self.assertEqual(set(kept.values()), {True})

    def test_who_imports_finds_the_name_of_a_file_as_long_as_it_is_kept(self):
        cells = [line.split(",") for line in FILES["terms"]]
        book = workbook({"terms": cells})
        self.run_import({"林小安.xlsx": book})
        file = self.env["ntue.import"].search([], limit=1).file_ids
        self.assertEqual((file.name, file.is_kept), ("….xlsx", True))
        self.assertEqual(file.with_user(self.operator).given_name, "林小安.xlsx")
