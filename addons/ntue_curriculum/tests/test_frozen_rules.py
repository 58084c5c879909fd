"""What all frameworks share changes no framework that is published."""

from odoo.fields import Command
from odoo.tests import tagged

from ..importer.problems import Severity
from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase
from .test_import_base import ImportCase, with_row

PUBLISH = "ntue.curriculum.publish"
MASTER = ("ntue.course", "ntue.term", "ntue.department", "ntue.program")
"""Models whose records frameworks of all departments have in common."""

AT_ONCE = {
    "ntue.department.code": "names the department that offers a course, in every framework alike",
    "ntue.program.department_id": "moves the framework itself to another department",
    "ntue.course.code": "is the course's own name, and goes with its enrolments",
}
"""What is read anew: changed by a registrar, with a reason that is kept."""


@tagged("post_install", "-at_install")
class TestFrozenRules(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.outside = school_of.enrolment(cls.student, "0733").course_id
        cls.failed = school_of.enrolment(cls.student, "0650").course_id

    def bridge(self, **others):
        """Values of a new course for which two others stand."""
        both = [Command.set([self.outside.id, self.failed.id])]
        return {"code": "BRIDGE", "name": "Bridge", "equivalent_ids": both, **others}

    def test_an_assistant_adds_a_course_and_says_of_none_what_it_stands_for(self):
        for vals in (
            self.bridge(),
            {"code": "C7", "name": "New", "equivalent_ids": [Command.link(self.outside.id)]},
        ):
            with self.subTest(vals=vals):
                told = self.refused(self.other_assistant, "ntue.course", "create", vals)
                self.assertIn("registrar", told)
        plain = {"code": "C7", "name": "New"}
        context = {"default_equivalent_ids": [Command.set([self.outside.id])]}
        self.env["ir.default"].sudo().set("ntue.course", "equivalent_ids", [self.outside.id])
        number = self.rpc(self.other_assistant, "ntue.course", "create", plain, context=context)
        self.assertFalse(self.env["ntue.course"].browse(number).equivalent_ids)

    def test_codes_and_equivalents_are_changed_by_registrars_with_a_reason_only(self):
        for vals in (
            {"code": "OTHER"},
            {"equivalent_ids": [Command.link(self.failed.id)]},
        ):
            reasoned = {**vals, "change_reason": "Recoded by the senate"}
            for user, values, expected in (
                (self.assistant, reasoned, REFUSED),
                (self.other_assistant, reasoned, REFUSED),
                (self.operator, reasoned, REFUSED),
                (school_of.account_of(self.student), reasoned, REFUSED),
                (self.registrar, vals, REFUSED),
                (self.registrar, reasoned, CHANGED),
            ):
                with self.subTest(user=user.login, vals=values):
                    found = self.outcome(user, "ntue.course", "write", self.outside.ids, values)
                    self.assertEqual(found, expected)

    def test_a_bridge_between_two_courses_changes_no_published_framework(self):
        before = self.student._case().audit()
        made = self.bridge(change_reason="Asked by CICT")
        number = self.rpc(self.registrar, "ntue.course", "create", made)
        linked = {"equivalent_ids": [Command.link(number)], "change_reason": "Asked by CICT"}
        self.rpc(self.registrar, "ntue.course", "write", self.failed.ids, linked)
        self.assertEqual(self.student._case().audit(), before)
        framework = self.framework.with_user(self.registrar)
        self.assertIn("SRD005", framework.equivalents_notice)
        undone = {"equivalent_ids": [Command.clear()], "change_reason": "Mistaken"}
        self.rpc(self.registrar, "ntue.course", "write", self.failed.ids, undone)
        self.assertEqual(self.student._case().audit(), before)
        self.env.invalidate_all()
        self.assertFalse(framework.equivalents_notice)

    def test_nothing_that_frameworks_share_changes_what_a_published_one_asks(self):
        """Every field of the shared models that decides, one after the other."""
        failures = []
        for model in MASTER:
            record = self.shared(model)
            for name in sorted(record._deciding()):
                key = f"{model}.{name}"
                if key not in AT_ONCE and self.changes_the_audit(record, name):
                    failures.append(key)
        self.assertEqual(failures, [])

    def shared(self, model):
        return {
            "ntue.course": self.outside,
            "ntue.term": self.terms["1101"],
            "ntue.department": self.srd,
            "ntue.program": self.program,
        }[model]

    def changes_the_audit(self, record, name):
        with self.undone():
            before = self.framework._prepared()
            field = record._fields[name]
            if field.type == "many2many":
                others = self.env[field.comodel_name].search([("id", "!=", record.id)])
                record[name] = self.failed if others._name == record._name else others[:1]
            elif field.type == "many2one":
                record[name] = self.cict
            elif field.type == "selection":
                record[name] = field.get_values(self.env)[0]
            elif field.type in ("integer", "float"):
                record[name] += 1
            elif field.type == "boolean":
                record[name] = not record[name]
            elif field.type == "date":
                record[name] = "2021-12-31"
            else:
                record[name] = {"ntue.term": "1083"}.get(record._name, "OTHER")
            self.env.flush_all()
            self.env.registry.clear_cache()
            after = self.framework._prepared()
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        return before[1] != after[1]

    def test_a_revision_takes_the_change_over_and_shows_its_effects_first(self):
        self.failed.equivalent_ids = self.outside
        draft = self.framework._start_revision("Meeting 3")
        action = self.rpc(self.registrar, "ntue.curriculum", "action_review", draft.ids)
        wizard = self.env[PUBLISH].browse(action["res_id"]).with_user(self.registrar)
        self.assertEqual((wizard.changed_count, wizard.effect_ids.verdict), (1, "better"))
        self.assertIn("Credits that count: 28 → 31.", wizard.effect_ids.summary)
        self.assertIn("Courses that stand for it", wizard.difference_panel)
        self.assertIn("CICT101", wizard.difference_panel)
        self.assertEqual(self.student._case().audit().taken, 28)
        self.rpc(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.env.invalidate_all()
        self.assertEqual(self.student._case().audit().taken, 31)

    def test_a_revision_that_was_published_keeps_its_own_when_the_next_one_is_made(self):
        self.failed.equivalent_ids = self.outside
        second = self.framework._start_revision("Meeting 3")
        second.action_publish()
        self.failed.equivalent_ids = False
        self.env.flush_all()
        third = second._start_revision("Meeting 4")
        third.action_publish()
        asked = [bool(each._equivalents()) for each in (self.framework, second, third)]
        self.assertEqual(asked, [False, True, False])

    def test_what_a_framework_was_published_with_is_written_by_nobody(self):
        draft = self.framework._start_revision("Meeting 3")
        vals = {"frozen_equivalents": [[self.outside.id, self.failed.id]]}
        for user in (self.assistant, self.registrar):
            for record in (draft, self.framework):
                self.refused(user, "ntue.curriculum", "write", record.ids, vals)
            new = {"code": "N", "program_id": self.program.id, "entry_year": 114}
            new |= {"graduation_credits": 30, **vals}
            self.refused(user, "ntue.curriculum", "create", new)

    def test_a_course_that_stands_for_another_in_a_published_framework_is_not_deleted(self):
        spare = school_of.course(self.school, "OLD1", "Old")
        self.failed.equivalent_ids = spare
        self.framework._start_revision("Meeting 3").action_publish()
        self.failed.equivalent_ids = False
        told = self.refused(self.registrar, "ntue.course", "unlink", spare.ids)
        self.assertIn("SRD-E-109", told)


@tagged("post_install", "-at_install")
class TestImportedEquivalents(ImportCase):
    def test_frameworks_are_published_with_the_equivalents_of_the_same_files(self):
        self.import_set()
        self.assertEqual(self.framework()._equivalents(), {"ZQ001": frozenset({"ZQ901"})})

    def test_later_equivalents_become_a_revision_for_a_reason_and_warn_without_one(self):
        self.import_set()
        published = self.framework()
        lines = with_row("course_equivalents", 2, "ZQ002,ZQ901")
        contents = self.contents(course_equivalents=lines)
        report = self.assert_warned(contents, ("course_equivalents.csv", 2, "等同科目代碼"))
        self.assertIn("ZQ-E-113", self.texts(report, Severity.WARNING)[0])
        self.assertEqual(self.framework(), published)
        self.assertEqual(set(published._equivalents()), {"ZQ001"})
        report = self.run_import(contents, revision_reason="Meeting 9")
        self.assertTrue(report.ok, self.texts(report))
        revised = self.framework()
        self.assertEqual((revised.revises_id, revised.revision), (published, 2))
        self.assertEqual(set(revised._equivalents()), {"ZQ001", "ZQ002"})
        self.assertEqual(set(published._equivalents()), {"ZQ001"})
