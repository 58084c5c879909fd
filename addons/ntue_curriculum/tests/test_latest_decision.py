"""Which decision holds does not depend on how it came into the database (readings.md A27)."""

from itertools import permutations

from odoo.tests import tagged

from . import school as school_of
from .common import SchoolCase
from .test_import_base import FILES, ImportCase


@tagged("post_install", "-at_install")
class TestLatestDecision(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.row = school_of.enrolment(cls.student, "0733")
        cls.area = cls.framework.area_ids.filtered(lambda area: area.code == "C")

    def record(self, kind, term):
        return self.env["ntue.recognition"].create(
            {
                "student_id": self.student.id,
                "enrollment_id": self.row.id,
                "kind": kind,
                "area_id": self.area.id if kind == "mapped" else False,
                "term_id": self.terms[term].id,
            }
        )

    def reason(self):
        outcomes = {row.key: row for row in self.student._case().audit().enrolments}
        return outcomes[self.row.id].reason.value

    def test_A27_of_two_terms_the_later_one_decides_in_whatever_order_they_were_recorded(self):
        for older, newer in permutations(("flexible", "refused", "mapped"), 2):
            decisions = ((older, "1132"), (newer, "1141"))
            for ordered in permutations(decisions):
                with self.subTest(ordered=ordered):
                    recorded = [self.record(*one) for one in ordered]
                    self.assertEqual(self.reason(), newer)
                    self.env["ntue.recognition"].browse(one.id for one in recorded).unlink()

    def test_A27_within_a_term_the_decision_recorded_last_replaces_the_earlier_one(self):
        for first, last in permutations(("flexible", "refused", "mapped"), 2):
            with self.subTest(first=first, last=last):
                recorded = self.record(first, "1141") | self.record(last, "1141")
                self.assertEqual(self.reason(), last)
                recorded.unlink()


@tagged("post_install", "-at_install")
class TestLatestImportedDecision(ImportCase):
    def test_A27_the_order_of_rows_in_a_file_decides_nothing(self):
        rows = ("Z211,1512,0648,ZQ901,不採計,,,1512,", "Z211,1512,0648,ZQ901,彈性,,,1511,")
        for ordered in permutations(rows):
            with self.subTest(first=ordered[0]), self.env.cr.savepoint() as savepoint:
                self.import_set(recognitions=[FILES["recognitions"][0], *ordered])
                student = self.student()
                self.assertEqual(student.recognition_ids[0].term_id.code, ordered[0][-5:-1])
                decided = student.recognition_ids.enrollment_id.id
                outcomes = {row.key: row for row in student._case().audit().enrolments}
                self.assertEqual(outcomes[decided].reason.value, "refused")
                savepoint.rollback()
                self.env.invalidate_all()
