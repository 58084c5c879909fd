"""Areas that are there for some years of entry and departments only (A43), as records and files."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase
from .test_import_base import FILES, ImportCase


@tagged("post_install", "-at_install")
class TestConditions(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = school_of.framework(cls.school, "SRD-E-110", cls.program, 110)
        cls.area = cls.env["ntue.curriculum.area"].create(
            {"curriculum_id": cls.draft.id, "code": "I", "name": "資訊", "select_domains": "資訊"}
        )

    def codes(self, **values):
        """Codes of the areas that a student who entered in 110 reads."""
        self.area.write(values)
        school_of.publish(self.draft)
        student = self.new_student("210941009", "轉學生", of_framework=self.draft)
        page = progress(student.with_user(school_of.account_of(student)))
        return student, [row.area.code for row in page["areas"]]

    def test_an_area_of_other_years_is_not_there(self):
        student, codes = self.codes(entry_years="111-")
        self.assertNotIn("I", codes)
        student.rules_year = 111  # came by transfer, so these rules hold
        self.assertIn("I", [row.code for row in student._case().audit().areas])

    def test_an_area_of_another_department_is_not_there(self):
        self.assertNotIn("I", self.codes(departments="CICT")[1])

    def test_an_area_of_the_own_year_and_department_is(self):
        self.assertIn("I", self.codes(entry_years="109; 110-112", departments="CICT；srd")[1])

    def test_years_that_are_none_are_refused_with_how_to_write_them(self):
        for text in ("next year", "112-110", "-", "1101-1102"):
            with (
                self.subTest(text=text),
                self.undone(),
                self.assertRaisesRegex(ValidationError, "115-117"),
            ):
                self.area.entry_years = text


@tagged("post_install", "-at_install")
class TestConditionsInFiles(ImportCase):
    def areas(self, text):
        head, first, *rest = FILES["framework_areas"]
        return [f"{head},適用入學學年度,適用系所代碼", f"{first},{text}", *(f"{r},," for r in rest)]

    def test_they_are_imported_and_come_in_again_without_a_difference(self):
        areas = self.areas("110;113-,ZQ")
        self.import_set(framework_areas=areas)
        made = self.env["ntue.curriculum"].search([("code", "=", "ZQ-E-113")])
        area = made.area_ids.sorted("sequence")[0]
        self.assertEqual((area.entry_years, area.departments), ("110;113-", "ZQ"))
        counts = self.import_set(framework_areas=areas).counts_of("framework_areas.csv")
        self.assertEqual((counts.created, counts.updated), (0, 0))

    def test_years_that_are_none_are_told_by_row_and_column(self):
        contents = self.contents(framework_areas=self.areas("明年,"))
        self.assert_refused(contents, ("framework_areas.csv", 2, "適用入學學年度"))
