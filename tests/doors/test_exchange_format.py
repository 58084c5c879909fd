"""The format of the files, as it is published, is that of the running product."""

from pathlib import Path

from odoo.tests import TransactionCase, tagged

KEPT = Path(__file__).resolve().parents[2] / "data" / "templates" / "datapackage.json"


@tagged("post_install", "-at_install")
class TestExchangeFormat(TransactionCase):
    def test_the_published_format_is_that_of_the_declared_columns(self):
        self.assertEqual(
            KEPT.read_text(encoding="utf-8"),
            self.env["ntue.exporter"]._data_package(),
            "odoo ntue_export -d NAME --data-package data/templates/datapackage.json makes it anew",
        )

    def test_the_empty_files_to_start_from_have_every_column(self):
        specs = self.env["ntue.importer"]._file_specs()
        for spec in specs:
            file = KEPT.parent / f"{spec.name}.csv"
            header = ",".join(column.header for column in spec.columns if column.exported)
            with self.subTest(file=file.name):
                self.assertEqual(file.read_text(encoding="utf-8-sig"), f"{header}\n")
        kept = {file.stem for file in KEPT.parent.glob("*.csv")}
        self.assertEqual(kept, {spec.name for spec in specs})
