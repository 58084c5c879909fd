"""New students that are sent by COPY are those that the models would have made one by one."""

import json
from contextlib import closing
from unittest.mock import patch

from odoo import api
from odoo.tests import tagged

from ..importer.writing import newcomers
from ..importer.writing.newcomers import Newcomers
from ..models.account import remembered_contacts
from .test_import_base import FILES, ImportCase

HEADER = f"{FILES['students'][0]},適用學年度,身分別,班排名,班級人數,平均成績,英文姓名核可"
STUDENTS = [
    HEADER,
    *(f"{line},,,,,," for line in FILES["students"][1:]),
    "Z213,張小安,,,,,ZQ-E-113,113,否,,,,,,",
    'Z214,陳大文,"CHEN, TA-WEN",Da.Wen@Example.COM,0900-000-003,02-0000-0000 轉 5,ZR-B-113,,是,112,'
    "外國學生（交換）,3,28,83.5,否",
    r"Z215,林　小安,MADONNA,a b,09\00,分機 1,ZR-B-113,112,否,,,,5,0,是",
    "Z216,吳小安,,z6@example.com,,,ZQ-E-113,113,否,113,,,,71.5,",
]
FRAMEWORKS = {
    "programs": [*FILES["programs"], "ZR-B,別的學士班,,ZR,日間,日間,學士,60,8,8,6,5"],
    "frameworks": [*FILES["frameworks"], "ZR-B-113,ZR-B,113,,9"],
    "framework_areas": [*FILES["framework_areas"], "ZR-B-113,A,,方法領域,3,1,,,"],
    "framework_courses": [*FILES["framework_courses"], "ZR-B-113,A,ZQ001,研究法,3,必修,1,1,,"],
}

PARTS = """
    SELECT to_jsonb(student), to_jsonb(contact), to_jsonb(place)
      FROM ntue_student student
      JOIN res_partner contact ON contact.id = student.partner_id
      JOIN ntue_student_correspondence place ON place.student_id = student.id
     WHERE student_no LIKE 'Z21_'
"""
JOBS = {"ir_cron_trigger"}
"""Whose rows say how often a job was asked for."""

OWN = {"id", "partner_id", "student_id", "import_id"}


@tagged("-at_install", "post_install")
class TestNewcomers(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        empty = dict.fromkeys(("students", "student_terms", "enrollments", "recognitions"))
        cls.import_set(**FRAMEWORKS, **empty)

    def imported(self, students=STUDENTS, **options):
        """The report, and how many students the models made by themselves."""
        made, by_models = [], Newcomers.by_models

        def counted(one, vals_list):
            made.extend(vals_list)
            return by_models(one, vals_list)

        with patch.object(Newcomers, "by_models", counted):
            report = self.run_import(self.only(students=students), **options)
        return report, len(made)

    def told_of(self, report):
        return [(one.severity, one.row, str(one.message)) for one in report.problems]

    def parts(self):
        """What the database has of each student: all columns but the numbers of the records."""
        self.env.flush_all()
        self.env.cr.execute(PARTS)
        found = {}
        for student, contact, place in self.env.cr.fetchall():
            self.assertEqual(contact["commercial_partner_id"], contact["id"])
            contact["commercial_partner_id"] = "its own"
            found[student["student_no"]] = [
                {name: value for name, value in part.items() if name not in OWN}
                for part in (student, contact, place)
            ]
        return found

    def both_ways(self, students=STUDENTS):
        """What becomes of the file when COPY sends what it can, and when the models make all."""
        outcomes = []
        for is_known in (Newcomers._is_known, lambda _one: False):
            with (
                closing(self.env.cr.savepoint()),
                patch.object(Newcomers, "_is_known", is_known),
            ):
                before = self.table_sizes()
                report, by_models = self.imported(students)
                sizes = self.table_sizes()
                grown = {name: sizes[name] - before[name] for name in sizes if name not in JOBS}
                outcomes.append((self.told_of(report), self.parts(), grown, by_models))
            self.env.invalidate_all()
        return outcomes

    def assert_both_ways_alike(self, students=STUDENTS):
        """Returns what the database had of the students."""
        (*sent, few), (*made, _all) = self.both_ways(students)
        self.assertLessEqual(few, 2)
        for one, other in zip(sent, made, strict=True):
            self.assertEqual(one, other)
        return made[1]

    def test_every_column_is_as_if_the_models_had_made_them_all(self):
        found = self.assert_both_ways_alike()
        self.assertEqual(len(found), 6)
        student, contact, _place = found["Z214"]
        self.assertEqual(student["email"], "Da.Wen@example.com")
        self.assertEqual(contact["email_normalized"], "da.wen@example.com")
        self.assertEqual((student["division"], contact["create_uid"]), ("day", 1))

    def test_what_the_school_has_as_default_is_in_all_of_them(self):
        defaults = self.env["ir.default"]
        defaults.set("ntue.student", "class_size", 30)
        defaults.set("ntue.student", "extension_years", 1)
        defaults.set("res.partner", "lang", "en_US")
        short = [line.rsplit(",", 6)[0] for line in STUDENTS]
        short = [line for line in short if "MADONNA" not in line]
        student, contact, _place = self.assert_both_ways_alike(short)["Z216"]
        self.assertEqual((student["class_size"], student["extension_years"]), (30, 1))
        self.assertEqual(contact["lang"], "en_US")

    def test_what_the_models_refuse_is_refused(self):
        wrong = [*STUDENTS, "ERASED-1,王小明,,,,,ZQ-E-113,113,否,,,,,,"]
        sent, made = self.both_ways(wrong)
        self.assertEqual(sent[:2], made[:2])
        self.assertTrue(any("begins with ERASED-" in said for *_where, said in sent[0]))
        self.assertFalse(sent[1])

    def test_the_next_student_has_a_number_that_nobody_has(self):
        _report, by_models = self.imported()
        self.assertEqual(by_models, 2)
        made = self.student("Z216").sudo().copy({"student_no": "Z219"})
        last = self.student("Z216")
        self.assertGreater(made.id, last.id)
        self.assertGreater(made.partner_id.id, last.partner_id.id)

    def test_a_second_run_changes_nothing(self):
        self.imported()
        report, by_models = self.imported()
        self.assertEqual((self.counts(report)["students"], by_models), ((0, 0, 6), 0))

    def test_a_check_shows_them_all_and_makes_none(self):
        report, _by_models = self.imported(dry_run=True)
        (part,) = report.preview["changes"]
        self.assertEqual(part["created"], [f"Z21{number}" for number in range(1, 7)])
        self.assertEqual(part["created_count"], 6)
        self.assertFalse(self.student("Z216"))

    def test_where_somebody_else_makes_contacts_the_models_make_all(self):
        partners, made = type(self.env["res.partner"]), []
        create = partners.create

        @api.model_create_multi
        def watched(records, vals_list):
            made.extend(vals_list)
            return create(records, vals_list)

        watched.__module__ = "odoo.addons.another"
        self.patch(partners, "create", watched)
        self.assertEqual(self.imported()[1], 6)
        self.assertEqual(len(made), 6)

    def test_where_more_follows_from_a_name_the_models_make_all(self):
        self.patch(newcomers, "ALWAYS_EMPTY", frozenset())
        self.assertEqual(self.imported()[1], 6)

    def test_where_the_second_is_not_like_the_first_the_models_make_all(self):
        self.patch(newcomers, "email_normalize", lambda *_said, **_how: "other@example.com")
        self.assertEqual(self.imported()[1], 6)
        self.assertEqual(self.student("Z216").partner_id.email_normalized, "z6@example.com")

    def test_who_had_a_contact_before_the_addons_were_away_gets_that_one_back(self):
        contact = self.env["res.partner"].create({"name": "吳小安", "phone": "02-0000-0000"})
        kept = json.dumps({"Z216": contact.id})
        self.env["ir.config_parameter"].set_param(remembered_contacts.KEY, kept)
        self.imported()
        self.assertEqual(self.student("Z216").partner_id, contact)
        self.assertFalse(self.student("Z215").partner_id.phone)
