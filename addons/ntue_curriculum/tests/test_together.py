"""Several courses that stand for one subject together: who may decide it, and in files (A55)."""

from unittest.mock import patch

from odoo.tests import Form, tagged

from ..degree_audit import Reason
from ..importer.problems import Report
from ..importer.sources import read_uploads
from . import school as school_of
from .common import SchoolCase
from .test_export import exported, tables_of
from .test_import_base import FILES, ImportCase

RECOGNITION = "ntue.recognition"


@tagged("post_install", "-at_install")
class TestTogether(SchoolCase):
    """論文 (4 credits) is failed; two courses of other units have 3 and 3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        school_of.enrolment(cls.student, "0901").write({"state": "failed", "is_graded": True})
        cls.line = cls.framework.line_ids.filtered(lambda line: line.name == "碩士論文")
        cls.first = school_of.enrolment(cls.student, "0733")
        cls.second = school_of.enrolment(cls.student, "0812")

    def decision(self, **values):
        return {
            "student_id": self.student.id,
            "kind": "substituted",
            "enrollment_id": self.first.id,
            "together_ids": [(6, 0, self.second.ids)],
            "line_id": self.line.id,
            "reason": "Meeting 5",
            **values,
        }

    def outcomes(self):
        found = {row.key: row for row in self.student._case().audit().enrolments}
        return found[self.first.id], found[self.second.id]

    def test_they_count_as_the_subject_and_the_page_tells_the_credits_once(self):
        self.assertTrue(self.student._case().audit().missing_lines)
        before = self.student._case().audit().taken
        number = self.rpc(self.assistant, RECOGNITION, "create", self.decision())
        result = self.student._case().audit()
        self.assertEqual((result.missing_lines, result.taken), ((), before + 4))
        first, second = self.outcomes()
        self.assertEqual((first.counted_credits, second.counted_credits), (4, 0))
        self.assertIs(second.reason, Reason.TOGETHER)
        label = self.env[RECOGNITION].browse(number)._registered_label()
        self.assertIn(self.first.name, label)
        self.assertIn(self.second.name, label)

    def test_what_they_add_up_to_is_shown_before_it_is_decided(self):
        decisions = self.env[RECOGNITION].with_user(self.assistant)
        with Form(decisions.with_context(default_student_id=self.student.id)) as form:
            form.kind = "substituted"
            form.enrollment_id = self.first
            form.line_id = self.line
            form.together_ids.add(self.second)
            self.assertIn("3 + 3 credits count as the 4 of 碩士論文.", form.effect)
            form.reason = "Meeting 5"

    def test_it_puts_the_stored_audit_out_of_date_and_so_does_its_withdrawal(self):
        cron = type(self.env["ir.cron"])
        for step in (lambda: self.env[RECOGNITION].create(self.decision()), self.taken_back):
            with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
                self.env["ntue.audit"]._make_due()
            self.assertFalse(self.student.audit_ids.is_stale)
            step()
            self.assertTrue(self.student.audit_ids.is_stale)

    def taken_back(self):
        self.student.recognition_ids.unlink()

    def test_credits_that_are_fewer_and_a_course_that_is_not_passed_are_refused(self):
        self.second.credits = 0.5
        told = self.refused(self.assistant, RECOGNITION, "create", self.decision())
        self.assertIn("3.5 credits are fewer than the 4 of 碩士論文", told)
        self.second.write({"credits": 3, "state": "in_progress", "is_graded": False})
        told = self.refused(self.assistant, RECOGNITION, "create", self.decision())
        self.assertIn("neither passed nor credited", told)

    def test_only_own_courses_each_once_and_for_a_subject_only(self):
        fellow = self.new_student("210941008", "同學")
        for values in (
            {"together_ids": [(6, 0, fellow.enrollment_ids[:1].ids)]},
            {"together_ids": [(6, 0, self.first.ids)]},
            {"kind": "refused", "line_id": False},
            {"kind": "mapped"},
            {"reason": " "},
            {"together_ids": [(0, 0, {"name": "X"})]},
        ):
            with self.subTest(values=values):
                self.refused(self.assistant, RECOGNITION, "create", self.decision(**values))

    def test_nobody_names_a_course_that_they_may_not_read(self):
        other = self.new_student("210943008", "他系", of_framework=self.cict_framework)
        values = self.decision(together_ids=[(6, 0, other.enrollment_ids[:1].ids)])
        self.refused(self.assistant, RECOGNITION, "create", values)

    def test_it_is_not_rewritten(self):
        made = self.env[RECOGNITION].create(self.decision())
        self.refused(self.assistant, RECOGNITION, "write", made.ids, {"together_ids": [(5,)]})

    def test_a_revision_carries_it_over(self):
        made = self.env[RECOGNITION].create(self.decision())
        self.env.flush_all()
        school_of.publish(self.framework._start_revision("Meeting 6"))
        self.assertFalse(made.is_void)
        self.assertIs(self.outcomes()[1].reason, Reason.TOGETHER)


@tagged("post_install", "-at_install")
class TestTogetherInFiles(ImportCase):
    HEADER = FILES["recognitions"][0]
    TAKEN = (
        "Z212,1511,0301,S1,會計學,2,,,他校,,否,抵免,",
        "Z212,1511,0302,S2,會計實習,1,,,他校,,否,抵免,",
    )
    ROWS = (
        "Z212,1511,0301,S1,合併抵充,,ZQ002,1511,課程委員會",
        "Z212,1511,0302,S2,合併抵充,,ZQ002,1511,課程委員會",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.import_set(enrollments=[*FILES["enrollments"], *cls.TAKEN])

    def decide(self, *rows):
        return self.run_import(self.only(recognitions=[self.HEADER, *rows]))

    def test_rows_of_one_subject_and_term_are_one_decision(self):
        report = self.decide(*self.ROWS)
        self.assertTrue(report.ok, self.texts(report))
        made = self.student("Z212").recognition_ids
        self.assertEqual(
            (made.kind, made.line_id.name, made.reason), ("substituted", "專題甲", "課程委員會")
        )
        courses = made.enrollment_id | made.together_ids
        self.assertEqual(sorted(courses.mapped("name")), ["會計學", "會計實習"])
        self.assertEqual(self.counts(report)["recognitions"], (2, 0, 0))

    def test_what_is_exported_comes_in_again_without_a_difference(self):
        self.decide(*self.ROWS, "Z211,1512,0648,ZQ901,抵充,,ZQ003,1511,同意")
        for kind in ("zip", "xlsx"):
            with self.subTest(kind=kind):
                data = exported(self.env, kind, ["recognitions"])
                report = self.run_import(read_uploads([(f"recognitions.{kind}", data)], Report()))
                self.assertTrue(report.ok, self.texts(report))
                (counts,) = report.counts.values()
                self.assertEqual((counts.created, counts.updated), (0, 0))
        rows = tables_of(exported(self.env, names=["recognitions"]))["recognitions"]
        mine = [row for row in rows if row[0] == "Z212"]
        self.assertEqual([row[3:] for row in mine], [row.split(",")[3:] for row in self.ROWS])

    def test_one_alone_too_few_credits_two_reasons_and_no_subject_are_told_by_row_and_column(self):
        first, second = self.ROWS
        for rows, place in (
            ([first], (2, "認列")),
            ([first, second.replace("課程委員會", "系務會議")], (3, "說明")),
            ([row.replace("ZQ002", "ZQ777") for row in self.ROWS], (2, "對應科目代碼")),
            ([row.replace("課程委員會", "") for row in self.ROWS], (2, "說明")),
            (["Z212,1511,0301,S1,抵充,,,1511,同意"], (2, "對應科目代碼")),
            (["Z212,1511,0301,S1,抵充,,ZQ002,1511,"], (2, "說明")),
        ):
            with self.subTest(rows=rows):
                report = self.decide(*rows)
                self.assertIn(("recognitions.csv", *place), self.told(report), self.texts(report))
        self.enrollment("0301", "Z212").credits = 1
        report = self.decide(*self.ROWS)
        self.assertEqual(self.told(report), [("recognitions.csv", 2, "對應科目代碼")])
        self.assertIn("2 credits are fewer than the 3", self.texts(report)[0])
        self.assertFalse(self.student("Z212").recognition_ids)
