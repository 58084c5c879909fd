"""What is exported makes the same school where nothing of it is: no field that decides is lost."""

import io
import zipfile

from odoo.addons.ntue_curriculum.importer.problems import Report
from odoo.addons.ntue_curriculum.importer.sources import read_uploads
from odoo.addons.ntue_curriculum.tests.test_import_base import ImportCase
from odoo.tests import tagged

DECIDING = {
    "ntue.department": ("ZQ", {"is_paperless": True, "counter": "行政大樓 201 室"}),
    "ntue.program": (
        "ZQ-E",
        {"shortfall_policy": "block", "average_counts": "passed", "average_decimals": 1},
    ),
    "ntue.course": ("ZQ001", {"in_average": False}),
    "ntue.student": ("Z211", {"alias_name": "WANG, DAVID", "extension_years": 2}),
}
"""By model, a record and values that are not those of a new one."""

ELSEWHERE = (("ZQ", "YQ"), ("ZR", "YR"), ("Z21", "Y21"), ("@", "@y."))
"""What tells the records of an export apart, and the same of a school that is not there yet."""


def elsewhere(text):
    for here, there in ELSEWHERE:
        text = text.replace(here, there)
    return text


@tagged("-at_install", "post_install")
class TestExportWhole(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_TW")
        cls.import_set()
        for model, (code, values) in DECIDING.items():
            cls.record(model, code).with_context(lang="zh_TW").write(values)
        cls.record("ntue.department", "ZQ").with_context(lang="en_US").counter = "Room 201"

    @classmethod
    def record(cls, model, code):
        field = "student_no" if model == "ntue.student" else "code"
        return cls.env[model].search([(field, "=", code)])

    def exported(self):
        """The files of an export, by name."""
        self.env.flush_all()
        self.env.invalidate_all()
        with (
            self.env["ntue.exporter"]._export_file("zip") as file,
            zipfile.ZipFile(io.BytesIO(file.read())) as archive,
        ):
            return {name: archive.read(name) for name in archive.namelist()}

    def test_what_decides_is_in_a_school_that_is_made_of_an_export(self):
        files = {name: elsewhere(data.decode()).encode() for name, data in self.exported().items()}
        report = self.run_import(read_uploads(files.items(), Report()))
        self.assertTrue(report.ok, self.texts(report))
        for model, (code, values) in DECIDING.items():
            with self.subTest(model=model):
                made = self.record(model, elsewhere(code)).with_context(lang="zh_TW")
                self.assertEqual({name: made[name] for name in values}, values)
        made = self.record("ntue.department", "YQ").with_context(lang="en_US")
        self.assertEqual(made.counter, "Room 201")

    def test_it_comes_in_again_where_it_is_and_changes_nothing(self):
        report = self.run_import(read_uploads(self.exported().items(), Report()))
        self.assertTrue(report.ok, self.texts(report))
        changed = {name: c for name, c in report.counts.items() if c.created or c.updated}
        self.assertEqual(changed, {})

    def test_files_of_before_and_empty_cells_take_nothing_of_it_away(self):
        self.import_set()
        files = self.exported()
        for name in ("departments.csv", "programs.csv", "courses.csv", "students.csv"):
            text = files[name].decode()
            for said in ("行政大樓 201 室", "Room 201", "不受理", "WANG, DAVID"):
                text = text.replace(said, "")
            files[name] = text.encode()
        report = self.run_import(read_uploads(files.items(), Report()))
        self.assertTrue(report.ok, self.texts(report))
        for model, (code, values) in DECIDING.items():
            with self.subTest(model=model):
                kept = self.record(model, code).with_context(lang="zh_TW")
                self.assertEqual({name: kept[name] for name in values}, values)

    def test_a_course_that_only_its_file_names_is_made(self):
        lines = ["科目代碼,科目名稱,計入平均", "ZQ990,專題演講,否", "ZQ991,,"]
        report = self.run_import(self.only(courses=lines))
        self.assertTrue(report.ok, self.texts(report))
        made = [self.record("ntue.course", code) for code in ("ZQ990", "ZQ991")]
        self.assertEqual(
            [(one.name, one.in_average) for one in made], [("專題演講", False), ("ZQ991", True)]
        )
