"""Courses of other schools and 抵免 under one code are told apart by name and school (F6, A31)."""

from odoo.tests import tagged

from .test_import_base import FILES, ImportCase

EXCHANGE = (
    "Z211,1512,0000,EXCH,Topology,3,選修,,Leiden,80,是,,",
    "Z211,1512,0000,EXCH,Algebra,3,選修,,Leiden,82,是,,",
    "Z211,1512,0000,EXCH,Algebra,3,選修,,Uppsala,84,是,,",
)
TRANSFERRED = (
    "Z211,1511,,TRANSFER,統計學,3,,,,,,抵免,",
    "Z211,1511,,TRANSFER,微積分,3,,,,,,抵免,",
)


def with_rows(*rows):
    return [*FILES["enrollments"], *rows]


@tagged("post_install", "-at_install")
class TestImportOutside(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set(enrollments=with_rows(*EXCHANGE, *TRANSFERRED))

    def taken(self, code):
        rows = self.student("Z211").enrollment_ids.filtered(lambda one: one.course_id.code == code)
        return sorted((row.name, row.school or "", row.score) for row in rows)

    def test_F6_courses_of_one_placeholder_code_are_each_taken(self):
        found = [("Algebra", "Leiden", 82), ("Algebra", "Uppsala", 84), ("Topology", "Leiden", 80)]
        self.assertEqual(self.taken("EXCH"), found)
        self.assertEqual([name for name, *_ in self.taken("TRANSFER")], ["微積分", "統計學"])
        outside = {e.key for e in self.student("Z211")._case().enrolments if e.code == "EXCH"}
        self.assertLessEqual(outside, self.student("Z211")._case().tickable)

    def test_F6_the_same_file_again_doubles_and_changes_nothing(self):
        before = self.table_sizes()
        report = self.import_set(enrollments=with_rows(*EXCHANGE[::-1], *TRANSFERRED[::-1]))
        self.assertEqual(self.table_sizes(), before)
        self.assertEqual(report.counts["enrollments.csv"].updated, 0)

    def test_F6_a_score_that_came_in_goes_to_its_own_course(self):
        changed = EXCHANGE[1].replace(",82,", ",91,")
        self.import_set(enrollments=with_rows(EXCHANGE[2], changed, EXCHANGE[0]))
        found = [("Algebra", "Leiden", 91), ("Algebra", "Uppsala", 84), ("Topology", "Leiden", 80)]
        self.assertEqual(self.taken("EXCH"), found)

    def test_F6_the_name_of_the_only_course_of_its_code_may_be_put_right(self):
        alone = "Z212,1511,0001,ALONE,Topolgy,3,選修,,Leiden,80,是,,"
        self.import_set(enrollments=with_rows(*EXCHANGE, *TRANSFERRED, alone))
        right = alone.replace("Topolgy", "Topology")
        self.import_set(enrollments=with_rows(*EXCHANGE, *TRANSFERRED, right))
        rows = self.student("Z212").enrollment_ids.filtered(lambda one: one.school)
        self.assertEqual(rows.mapped("name"), ["Topology"])

    def whole(self, lines, term):
        return self.run_import(
            self.only(enrollments=lines), whole_terms=(term,), withdraw_missing=True
        )

    def states(self, code):
        rows = self.student("Z211").enrollment_ids.filtered(lambda one: one.course_id.code == code)
        return {(row.name, row.school or ""): row.state for row in rows}

    def test_F24_the_one_of_several_of_a_code_that_a_whole_list_lacks_is_missing(self):
        report = self.whole(with_rows(*EXCHANGE[1:], *TRANSFERRED), "1512")
        self.assertEqual(report.missing, 1)
        found = self.states("EXCH")
        self.assertEqual(found.pop(("Topology", "Leiden")), "withdrawn")
        self.assertEqual(set(found.values()), {"passed"})

    def test_F24_two_transferred_of_one_code_are_withdrawn_and_taken_back(self):
        report = self.whole(with_rows(*EXCHANGE), "1511")
        self.assertEqual(report.missing, 2)
        self.assertEqual(set(self.states("TRANSFER").values()), {"withdrawn"})
        count = len(self.student("Z211").enrollment_ids)
        self.whole(with_rows(*EXCHANGE, *TRANSFERRED), "1511")
        self.assertEqual(set(self.states("TRANSFER").values()), {"transferred"})
        self.assertEqual(len(self.student("Z211").enrollment_ids), count)

    def test_F19_the_same_course_of_another_school_twice_is_an_error(self):
        lines = with_rows(*EXCHANGE, EXCHANGE[0])
        place = ("enrollments.csv", len(lines), "學號")
        self.assert_refused(self.contents(enrollments=lines), place)

    def test_F20_a_decision_on_one_of_several_under_one_code_is_asked_for_on_screen(self):
        decided = [FILES["recognitions"][0], "Z211,1512,0000,EXCH,彈性,,,1512,初審通過"]
        before = self.table_sizes()
        report = self.run_import(self.only(recognitions=decided))
        self.assertEqual(self.told(report), [("recognitions.csv", 2, "科目代碼")])
        self.assertIn("on screen", self.texts(report)[0])
        self.assertEqual(self.table_sizes(), before)

    def test_F6_courses_of_the_own_school_are_known_by_their_code_as_before(self):
        lines = with_rows("Z211,1511,0101,ZQ001,別名,3,必修,ZQ,,85,是,,")
        self.assert_refused(
            self.contents(enrollments=lines), ("enrollments.csv", len(lines), "學號")
        )
