"""Rules of other schools as data: each folder of data/samples/rules is imported and audited.

One student of each folder meets its rule, and one misses it by one thing.
"""

from pathlib import Path

from odoo.tests import tagged

from ..audit_adapter import sharing_of
from ..degree_audit import Reading, Remark
from ..importer.problems import Severity
from .test_import_base import ImportCase

RULES = Path(__file__).resolve().parents[3] / "data" / "samples" / "rules"
COMMON = RULES / "common"
FOLDERS = sorted(folder for folder in RULES.iterdir() if folder.is_dir() and folder != COMMON)


REMARKED = {"23": Remark.PREREQUISITE}
"""By row, what is remarked on a course of who misses a rule of planning, which forbids nothing."""


def files_of(*folders):
    """The files of these folders, as an upload has them."""
    return {
        file.name: file.read_bytes() for folder in folders for file in sorted(folder.glob("*.csv"))
    }


@tagged("post_install", "-at_install")
class TestRulesAsData(ImportCase):
    def audited(self, folder):
        """Whether the student who meets the rule does, and the one who misses it."""
        report = self.run_import(files_of(COMMON, folder))
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.texts(report, Severity.WARNING), [])
        students = self.env["ntue.student"]
        met = {}
        for end in ("MEETS", "MISSES"):
            student = students.search([("student_no", "=", f"R{folder.name}{end}")])
            met[end] = self.is_met(folder.name, student)
            report = self.run_import(files_of(folder))
            self.assertTrue(report.ok, self.texts(report))
        return met

    def is_met(self, row, student):
        """Whether the main program is met, and every further one beside it.

        Of a row that only remarks: whether nothing of the main program is remarked on.
        """
        case = student._case()
        result = case.audit(reading=Reading.FINAL)
        beside = [
            case.beside(one._prepared()[0], sharing_of(one), Reading.FINAL)
            for one in student.programme_ids.curriculum_id
        ]
        remarks = {remark for row in result.enrolments for remark in row.remarks}
        return (
            result.met
            and REMARKED.get(row) not in remarks
            and all(one.met and one.main.met for one in beside)
        )

    def finds(self, folder):
        self.assertEqual(self.audited(folder), {"MEETS": True, "MISSES": False})


def _named(folder):
    def test(self):
        self.finds(folder)

    test.__name__ = f"test_row_{folder.name}_is_met_and_missed_by_one_thing"
    return test


for _folder in FOLDERS:
    _test = _named(_folder)
    setattr(TestRulesAsData, _test.__name__, _test)
