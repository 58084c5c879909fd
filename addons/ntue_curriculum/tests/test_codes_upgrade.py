"""An upgrade on codes as they were typed before: each takes its one form where it has a place."""

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from . import school as school_of
from .common import SchoolCase
from .upgrades import upgrade


@tagged("post_install", "-at_install")
class TestCodesUpgrade(SchoolCase):
    def typed(self, record, code, name="code"):
        """The record, with a code that no field would take any more."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                SQL.identifier(record._table),
                SQL.identifier(name),
                code,
                record.id,
            )
        )
        self.env.invalidate_all()
        return record

    def upgraded(self):
        with mute_logger("upgrade_post-codes"):
            upgrade(self.env, "ntue_curriculum", "19.0.1.3.0", "post-codes")

    def test_an_area_takes_its_form_though_another_framework_has_an_area_of_that_code(self):
        other = school_of.framework(self.school, "ZZ-E-110", self.framework.program_id, 110)
        mine, beside = self.framework.area_ids[:2]
        code, taken = mine.code, beside.code
        self.assertIn(code, other.area_ids.mapped("code"))
        self.typed(mine, f" {code}")
        self.upgraded()
        self.assertEqual((mine.code, beside.code), (code, taken))
        self.typed(mine, f" {taken}")
        self.upgraded()
        self.assertEqual((mine.code, beside.code), (f" {taken}", taken), "people merge the two")

    def test_an_offering_number_takes_its_form_though_another_student_has_it(self):
        (first, blank), (second, _other) = (
            self.new_student(f"21094110{number}", "同學").enrollment_ids.sorted("id")[:2]
            for number in (1, 2)
        )
        number = first.offering_no
        self.assertEqual(second.offering_no, number)
        self.typed(first, f"'{number}", "offering_no")
        self.typed(blank, " ", "offering_no")
        self.upgraded()
        self.assertEqual((first.offering_no, blank.offering_no), (number, False))

    def test_the_same_enrolment_under_two_forms_stays_two(self):
        row = self.new_student("210941101", "同學").enrollment_ids.sorted("id")[0]
        number = row.offering_no
        again = self.typed(row.copy({"offering_no": "OTHER"}), f"'{number}", "offering_no")
        self.upgraded()
        self.assertEqual((row.offering_no, again.offering_no), (number, f"'{number}"))

    def test_a_code_that_is_one_in_the_whole_school_stays_where_it_is_taken(self):
        course, taken = self.env["ntue.course"].create(
            [{"code": "ZZ1", "name": "One"}, {"code": "ZZ2", "name": "Two"}]
        )
        self.typed(course, "zz1")
        self.upgraded()
        self.assertEqual(course.code, "ZZ1")
        self.typed(course, "zz2")
        self.upgraded()
        self.assertEqual((course.code, taken.code), ("zz2", "ZZ2"))

    def test_the_register_has_what_the_upgrade_changes(self):
        """It began in an earlier version: what is changed past it would be called forged."""
        student = self.new_student("21094110A", "同學")
        self.typed(student, "21094110a", "student_no")
        self.typed(self.framework.program_id.department_id, "zz", "code")
        self.upgraded()
        self.assertEqual(student.student_no, "21094110A")
        self.assertEqual(self.env["ntue.register.entry"]._check_log(), [])
