"""A school's own headers are confirmed one by one and remembered by a name."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..importer.problems import Severity
from . import school as school_of
from .test_import_base import FILES, csv_bytes, with_row
from .test_import_preview import WizardCase

OWN = FILES["terms"][0].replace("學年期", "學期別").replace("開始日", "起始日期")
"""A header as the school's own system writes it."""


@tagged("-at_install", "post_install")
class TestImportMapping(WizardCase):
    def own(self, header=OWN):
        return {"terms.csv": csv_bytes([header, *FILES["terms"][1:]])}

    def mapped(self, contents=None):
        """The wizard, and the mapping that its screen opens."""
        wizard = self.wizard(self.own() if contents is None else contents)
        action = wizard.action_map()
        self.assertEqual(action["res_id"], wizard.mapping_id.id)
        return wizard, wizard.mapping_id

    def lines(self, mapping):
        return {line.title: (line.column, line.is_confirmed) for line in mapping.line_ids}

    def confirm(self, mapping):
        for line in mapping.line_ids:
            line.column = {"學期別": "terms.code", "起始日期": "terms.date_start"}[line.title]
            line.is_confirmed = True

    def test_every_header_that_nobody_knows_is_listed_with_a_suggestion_not_confirmed(self):
        _wizard, mapping = self.mapped()
        lines = self.lines(mapping)
        self.assertEqual(sorted(lines), ["學期別", "起始日期"])
        self.assertEqual(lines["學期別"], ("terms.code", False))
        self.assertFalse(any(confirmed for _column, confirmed in lines.values()))

    def test_what_is_not_confirmed_is_not_read(self):
        wizard, _mapping = self.mapped()
        wizard.action_check()
        self.assertEqual(wizard.state, "refused")

    def test_what_is_confirmed_is_read_and_said_with_every_import(self):
        wizard, mapping = self.mapped()
        self.confirm(mapping)
        mapping.with_context(ntue_import_wizard=wizard.id).action_use()
        wizard.action_import()
        self.assertEqual(wizard.state, "done", wizard.problem_ids.mapped("message"))
        self.assertTrue(self.env["ntue.term"].search([("code", "=", "1512")]))
        notes = wizard.problem_ids.filtered(lambda one: one.severity == "note")
        said = " ".join(notes.mapped("message"))
        for text in ("學期別", "起始日期", mapping.name):
            self.assertIn(text, said)
        self.assertIn(mapping.name, self.env["ntue.import"].search([], limit=1).choices_text)

    def test_a_mapping_is_remembered_by_its_name_for_the_next_files(self):
        _wizard, mapping = self.mapped()
        self.confirm(mapping)
        mapping.name = "Student system"
        report = self.run_import(self.own(), mapping=mapping)
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(len(report.of(Severity.NOTE)), 2)
        wizard = self.wizard(self.own(f"{OWN},備註一"), mapping_id=mapping.id)
        wizard.action_map()
        self.assertIn("備註一", self.lines(mapping))
        self.assertEqual(self.lines(mapping)["學期別"], ("terms.code", True))

    def test_two_headers_are_never_one_column_and_none_takes_the_place_of_a_real_one(self):
        _wizard, mapping = self.mapped()
        self.confirm(mapping)
        first, second = mapping.line_ids
        for line, values in (
            (second, {"column": first.column}),
            (first, {"column": "students.name"}),
            (first, {"column": False}),
            (first, {"column": "anything"}),
            (first, {"column": "terms.anything"}),
            (first, {"table": "anything"}),
            (first, {"title": "結束日"}),
            (second, {"title": first.title}),
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                line.write(values)

    def test_a_file_that_has_the_real_column_too_is_refused(self):
        _wizard, mapping = self.mapped()
        self.confirm(mapping)
        rows = [f"{line},x" for line in FILES["terms"][1:]]
        contents = {"terms.csv": csv_bytes([f"{OWN},學年期", *rows])}
        report = self.run_import(contents, mapping=mapping)
        self.assertFalse(report.ok)
        self.assertIn("twice", " ".join(self.texts(report)))

    def test_only_those_who_import_keep_mappings(self):
        _wizard, mapping = self.mapped()
        registrar = school_of.user(
            self.env, "mapping.registrar@staff.example.com", school_of.GROUPS["registrar"]
        )
        for call in (
            lambda: mapping.with_user(registrar).read(["name"]),
            lambda: mapping.with_user(registrar).create({"name": "Mine"}),
            lambda: mapping.line_ids.with_user(registrar).write({"is_confirmed": True}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_mapping_is_used_in_ones_own_import_alone(self):
        wizard, mapping = self.mapped()
        other = school_of.user(
            self.env, "mapping.other@staff.example.com", school_of.GROUPS["operator"]
        )
        for number in (wizard.id, "1", None, 0):
            theirs = mapping.with_user(other).with_context(ntue_import_wizard=number)
            with self.subTest(number=number), self.assertRaises(UserError):
                theirs.action_use()

    def test_files_with_our_own_headers_need_no_mapping(self):
        contents = self.contents(terms=with_row("terms", 2, "1511,113-08-01,114-01-31"))
        _wizard, mapping = self.mapped(contents)
        self.assertFalse(mapping.line_ids)
