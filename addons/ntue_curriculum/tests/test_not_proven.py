"""Work without a bound, in the audit: what was given up is told wherever it is looked at (A33)."""

import csv
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..cli.ntue_audit import audit_to_files
from ..degree_audit import LEVELS, Budget
from ..degree_audit.placement import kept_solver
from ..pages.what_if import what_if
from . import school as school_of
from .common import SchoolCase, SchoolHttpCase

NOT_PROVEN = "Not proven best"
REMARK = "a better one may exist"
TOLD_IN_CHINESE, REMARK_IN_CHINESE = "未證明為最佳", "可能還有更好的"


def sharing(school, code, subjects=9, areas=3):
    """A draft in which capped areas share all subjects."""
    draft = school.env["ntue.curriculum"].create(
        {
            "code": code,
            "program_id": school.program.id,
            "entry_year": 109,
            "graduation_credits": 9,
        }
    )
    for name in "ABC"[:areas]:
        area = draft.area_ids.create(
            {
                "curriculum_id": draft.id,
                "code": name,
                "name": name,
                "min_credits": 6,
                "has_cap": True,
                "max_credits": 9,
            }
        )
        for number in range(subjects):
            draft.line_ids.create(
                {
                    "curriculum_id": draft.id,
                    "area_id": area.id,
                    "course_id": school_of.course(school, f"S{number}", f"共享{number}").id,
                    "name": f"共享{number}",
                    "credits": 3,
                    "requirement": "elective",
                    "shareable": True,
                }
            )
    return draft


def who_took(school, draft, number="210941009", subjects=9):
    """A student of ``draft``, published in spite of what is found, with ``subjects`` passed."""
    draft._publish("Decided by the course committee")
    student = school_of.student(school, number, "共享生", of_framework=draft, taken=())
    for place in range(subjects):
        school_of.enrol(
            school, student, "1091", f"05{place:02}", f"S{place}", f"共享{place}", 3, 85
        )
    return student


def few_steps(steps=0):
    """As if the budget were so small, so that a test need not search for long."""
    return patch.object(Budget.__init__, "__defaults__", (steps, 2000))


def own_search_alone():
    """As if the optional solver was not installed, which proves what these frameworks need."""
    return patch.object(kept_solver, "is_there", lambda: False)


@tagged("post_install", "-at_install")
class TestNotProven(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(own_search_alone())
        cls.draft = sharing(cls.school, "SRD-S-109")

    def test_three_capped_areas_that_share_nine_subjects_are_audited_on_every_way(self):
        student = who_took(self.school, self.draft)
        result = student._case().audit()
        self.assertEqual([area.taken for area in result.areas], [9, 9, 9])
        self.assertEqual(result.taken, 27)
        what_if(student, curriculum=self.draft)
        self.assertIn("共享0", student.with_user(self.assistant).audit_panel)

    def test_a_student_under_a_draft_that_needs_many_steps_is_tried_and_told(self):
        student = self.new_student("210941008", "王大明")
        wide = sharing(self.school, "SRD-T-109", subjects=16)
        for place in range(16):
            school_of.enrol(
                self.school, student, "1091", f"06{place:02}", f"S{place}", f"共享{place}", 3, 85
            )
        wizard = (
            self.env["ntue.student.what.if"]
            .with_user(self.assistant)
            .create({"student_id": student.id, "curriculum_id": wide.id})
        )
        self.assertIn(NOT_PROVEN, wizard.panel)

    def test_publishing_tells_of_a_framework_that_reaches_the_budget_and_asks_why(self):
        wide = sharing(self.school, "SRD-T-109", subjects=16)
        (row,) = wide._finding_rows()
        self.assertIn("so many ways", row["text"])
        self.assertIn("several areas at once", row["advice"])
        told = self.refused(self.registrar, "ntue.curriculum", "action_publish", wide.ids)
        self.assertIn("so many ways", told)
        self.assertEqual(sharing(self.school, "SRD-U-109", subjects=3)._finding_rows(), [])

    def test_the_stored_audit_and_the_file_of_all_audits_tell_it(self):
        student = who_took(self.school, self.draft)
        sure = self.new_student("210941001", "王大明")
        with few_steps():
            (student | sure)._store_audits()
            with tempfile.TemporaryDirectory() as folder:
                files = [Path(folder) / name for name in ("audit.csv", "detail.csv")]
                audit_to_files(self.env, *files, lambda _text: None)
                with files[1].open(encoding="utf-8-sig") as file:
                    rows = list(csv.DictReader(file))
        self.assertEqual([row.audit_ids.not_proven for row in (student, sure)], [True, False])
        told = {row["學號"] for row in rows if REMARK in row["說明"]}
        self.assertEqual(told, {"210941009"})

    def test_areas_stand_inside_so_many_at_most(self):
        parent = self.draft.area_ids[0]
        parent.line_ids.unlink()
        for depth in range(1, LEVELS + 1):
            parent = parent.copy({"code": f"D{depth}", "parent_id": parent.id})
        with self.assertRaises(ValidationError):
            parent.copy({"code": "D99", "parent_id": parent.id})
        with self.assertRaises(ValidationError):
            self.draft.area_ids[0].parent_id = self.draft.area_ids.filtered(
                lambda area: area.code == "B"
            )


@tagged("post_install", "-at_install")
class TestNotProvenPages(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(own_search_alone())

    def test_the_students_pages_tell_it_until_it_is_proven(self):
        student = who_took(self.school, sharing(self.school, "SRD-S-109"))
        self.enter(school_of.account_of(student))
        addresses = ("/my/progress", f"/my/progress/what-if?framework={student.curriculum_id.id}")
        for address in addresses:
            self.assertNotIn(TOLD_IN_CHINESE, self.url_open(address).text)
            with few_steps():
                page = self.url_open(address).text
            self.assertIn(TOLD_IN_CHINESE, page, address)
        self.assertIn(REMARK_IN_CHINESE, page)
