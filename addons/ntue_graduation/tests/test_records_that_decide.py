"""What decides who may see or do something is guarded no less than what it guards."""

import json
from datetime import timedelta

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED, SchoolCase
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval
from psycopg2.errors import InsufficientPrivilege

from .common import Way, window

CHANGE = "ntue.register.entry"
BOTH = f"{school_of.GROUPS['registrar']},ntue_curriculum.group_registrar_day"

GUARDED_OTHERWISE = {
    "ntue.account.batch": "made by the system for the registrar who asked",
    "ntue.student": "corrected by the registrar of the division, with a reason",
    "ntue.curriculum": "never changed once published",
    "ntue.graduation.application": "moved by its table of steps, each in the log",
    "ntue.graduation.bulk": "made by the system for the user who asked",
    "res.partner": "bound by the system",
    "res.users": "Odoo's own",
}
"""Models on which record rules rest although they are no settings."""

OTHER = {"ntue.term.code": "1151"}
"""Another value of fields whose form is checked."""


@tagged("post_install", "-at_install")
class TestRecordsThatDecide(SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.chief = school_of.user(cls.env, "chief@staff.example.com", BOTH)
        cls.changes = cls.env[CHANGE]

    def decisive(self):
        return {name for name in own_models(self.env) if hasattr(self.env[name], "_deciding")}

    def targets(self):
        """A record of every model that decides, which both divisions' registrar may change."""
        term = self.env["ntue.term"].create({"code": "1142"})
        found = {
            "ntue.term": term,
            "ntue.department": self.srd,
            "ntue.program": self.program,
            "ntue.graduation.window": self.window,
        }
        for name in self.decisive() - set(found):
            found[name] = self.env[name].search([], limit=1)
        return found

    def other(self, record, name):
        """A value that the field does not have, as a client sends it."""
        field, value = record._fields[name], record[name]
        if f"{record._name}.{name}" in OTHER:
            return OTHER[f"{record._name}.{name}"]
        if field.type == "selection":
            keys = [key for key in field.get_values(self.env) if key != value]
            return keys[0]
        if field.type == "boolean":
            return not value
        if field.type in ("integer", "float"):
            return value + 1
        if field.type == "date":
            day = value or record[{"date_end": "date_start"}.get(name, name)]
            return str(day + timedelta(days=1) if day else "2025-12-01")
        if field.type == "many2one":
            comodel = self.env[field.comodel_name]
            return comodel.search([("id", "!=", value.id)], limit=1).id
        if field.type == "many2many":
            comodel = self.env[field.comodel_name]
            domain = Domain("id", "not in", value.ids) & (
                Domain("share", "=", False) if comodel._name == "res.users" else Domain.TRUE
            )
            return [Command.link(comodel.search(domain, limit=1).id)]
        return f"{value or ''}X"

    def test_every_field_that_decides_changes_for_a_reason_only_and_leaves_a_row(self):
        failures = []
        for model, record in sorted(self.targets().items()):
            self.assertTrue(record, model)
            for name in sorted(record._deciding()):
                with self.undone():
                    failures += [
                        f"{model}.{name}: {failure}" for failure in self.wrong(record, name)
                    ]
        self.assertEqual(failures, [])

    def wrong(self, record, name):
        """What is not as it must be when the field ``name`` of ``record`` is changed."""
        vals = {name: self.other(record, name)}
        ids, model = record.ids, record._name
        for reason in ({}, {"change_reason": "  "}):
            if self.outcome(self.chief, model, "write", ids, {**vals, **reason}) != REFUSED:
                yield f"is changed with the reason {reason}"
        before = self.changes.search([], limit=1)
        self.rpc(self.chief, model, "write", ids, {**vals, "change_reason": " By the senate "})
        rows = self.changes.search([("id", ">", before.id)])
        told = [
            (row.user_id, row.model, row.record, row.action, row.reason, bool(row.happened_at))
            for row in rows
        ]
        if told != [(self.chief, model, record.id, "changed", "By the senate", True)]:
            yield f"leaves {told}"
            return
        old, new = self.told(rows).get(name, (None, None))
        if old == new:
            yield f"tells {old} → {new}"

    def told(self, row):
        """Text before and after, by field, of an entry."""
        return json.loads(row.changes)

    def test_every_model_that_decides_asks_for_the_reason_where_it_is_changed(self):
        asking = {
            view.model
            for view in self.env["ir.ui.view"].search([("model", "in", sorted(self.decisive()))])
            if "change_reason" in (view.arch or "")
        }
        self.assertEqual(asking, self.decisive())
        form = Form(self.program.with_user(self.registrar))
        form.pass_mark = 60
        with self.assertRaises(UserError):
            form.save()
        form.change_reason = "By the senate"
        form.save()
        self.assertEqual((self.program.pass_mark, self.program.change_reason), (60, False))

    def test_all_that_record_rules_rest_on_is_a_record_that_decides(self):
        rules = self.env["ir.rule"].search([("model_id.model", "in", sorted(own_models(self.env)))])
        rests_on = set()
        for rule in rules:
            user = self.env.user
            domain = Domain(safe_eval(rule.domain_force or "[]", {"user": user}))
            for condition in domain.iter_conditions():
                path = str(condition.field_expr)
                rests_on |= self.models_of(self.env[rule.model_id.model], path)
        self.assertEqual(rests_on - self.decisive() - set(GUARDED_OTHERWISE), set())
        self.assertLessEqual({"ntue.program", "ntue.department"}, rests_on)

    def models_of(self, model, path):
        """The models, other than ``model``, whose fields ``path`` reads, through related ones."""
        found = set()
        for name in path.split("."):
            if name == "id":
                break
            field = model._fields[name]
            if field.related:
                found |= self.models_of(model, field.related)
            if not field.relational:
                break
            model = self.env[field.comodel_name]
            found.add(model._name)
        return found

    def test_a_registrar_does_not_take_a_program_of_the_other_division_over(self):
        self.new_student("110941004", "日間學生", of_framework=self.day_framework)
        take = {"division": "continuing", "change_reason": "Mistaken"}
        self.refused(self.registrar, "ntue.program", "write", self.day_program.ids, take)
        self.refused(
            self.registrar, "ntue.program", "write", self.day_program.ids, {"pass_mark": 1, **take}
        )
        give = {"division": "day", "change_reason": "Mistaken"}
        told = self.refused(self.registrar, "ntue.program", "write", self.program.ids, give)
        self.assertIn("another division", told)
        made = {"code": "P9", "name": "P9", "department_id": self.srd.id, "kind": "day"}
        made |= {"division": "day", "degree": "master"}
        self.refused(self.registrar, "ntue.program", "create", made)
        self.refused(self.registrar, "ntue.program", "unlink", self.day_program.ids)
        self.refused(
            self.registrar,
            "ntue.department",
            "write",
            self.srd.ids,
            {"program_ids": [Command.update(self.day_program.id, take)]},
        )

    def test_a_registrar_does_not_move_a_window_to_the_other_division(self):
        give = {"division": "day", "change_reason": "Mistaken"}
        self.refused(self.registrar, "ntue.graduation.window", "write", self.window.ids, give)
        self.refused(
            self.registrar_day,
            "ntue.graduation.window",
            "write",
            self.window.ids,
            {"division": "day", "date_close": "2026-01-31", "change_reason": "Mistaken"},
        )

    def test_a_department_is_kept_by_the_registrars_of_its_programs(self):
        vals = {"assistant_ids": [Command.link(self.assistant.id)], "change_reason": "On leave"}
        for user, expected in (
            (self.registrar, CHANGED),
            (self.registrar_day, REFUSED),
            (self.assistant, REFUSED),
            (self.other_assistant, REFUSED),
            (self.operator, REFUSED),
        ):
            with self.subTest(user=user.login):
                found = self.outcome(user, "ntue.department", "write", self.cict.ids, vals)
                self.assertEqual(found, expected)

    def test_who_is_told_by_name_and_login_and_who_was_taken_off_is_told_too(self):
        vals = {"assistant_ids": [Command.set(self.other_assistant.ids)], "change_reason": "New"}
        self.rpc(self.registrar, "ntue.department", "write", self.srd.ids, vals)
        row = self.changes.search([], limit=1)
        old, new = self.told(row)["assistant_ids"]
        self.assertIn(f"({self.assistant.login})", old)
        self.assertNotIn(f"({self.assistant.login})", new)
        self.assertEqual((row.record, row.label), (self.srd.id, self.srd.name))

    def test_what_is_only_said_is_changed_without_a_reason_and_leaves_no_row(self):
        before = self.changes.search_count([])
        for model, record, vals in (
            ("ntue.program", self.program, {"name": "Changed", "english_name": "Changed"}),
            ("ntue.department", self.cict, {"phone": "82203", "email": "d@example.com"}),
            ("ntue.graduation.window", self.window, {"caution": "Read", "contact_phone": "1"}),
            ("ntue.graduation.window", self.window, {"date_close": str(self.window.date_close)}),
        ):
            with self.subTest(model=model):
                self.rpc(self.registrar, model, "write", record.ids, vals)
        self.assertEqual(self.changes.search_count([]), before)

    def test_what_is_made_or_deleted_leaves_a_row(self):
        new = {"term_id": self.terms["1132"].id, "division": "continuing", "kind": "evening"}
        new |= {"date_open": "2025-03-01", "date_close": "2025-03-31", "date_leave": "2025-07-31"}
        number = self.rpc(self.registrar, "ntue.graduation.window", "create", new)
        made = self.changes.search([], limit=1)
        self.assertEqual((made.action, made.record), ("created", number))
        self.assertEqual(self.told(made)["date_close"], [None, "2025-03-31"])
        # By the names of the fields, not of what an erasure says under the same key.
        kind = self.env["ntue.graduation.window"]._fields["kind"]
        text = made.with_user(self.registrar).changes_text
        self.assertIn(f"{kind._description_string(self.env)}: – → 夜間", text)
        self.assertNotIn("Kind of data", text)
        self.rpc(self.registrar, "ntue.graduation.window", "unlink", [number])
        gone = self.changes.search([], limit=1)
        self.assertEqual((gone.action, gone.user_id), ("deleted", self.registrar))
        self.assertEqual(self.told(gone)["date_close"], ["2025-03-31", None])

    def test_changes_of_settings_have_a_list_of_their_own_in_the_registrars_menu(self):
        vals = {"pass_mark": 65, "change_reason": "Regulations of 114"}
        self.rpc(self.registrar, "ntue.program", "write", self.program.ids, vals)
        self.env["ntue.register.entry"]._enter_erased("Passport copies", {"erased_number": 1})
        self.student.write({"english_name": "WANG, TA-MING"})
        menu = self.env.ref("ntue_curriculum.menu_register_settings")
        visible = {
            user: menu in menu.with_user(user)._filter_visible_menus()
            for user in (self.registrar, self.assistant, self.operator)
        }
        self.assertEqual(list(visible.values()), [True, False, False])
        domain = safe_eval(menu.action.domain)
        found = self.changes.with_user(self.registrar).search(domain)
        self.assertEqual(found[0].reason, "Regulations of 114")
        self.assertEqual(found.student_id.ids, [])
        self.assertNotIn("erased", found.mapped("action"))

    def test_the_record_of_changes_is_read_by_registrars_and_written_by_nobody(self):
        row = self.changes.search([], limit=1)
        for user, readers in (
            (self.registrar, True),
            (self.registrar_day, True),
            (self.assistant, False),
            (self.operator, False),
            (Way(self, self.student).account, False),
        ):
            with self.subTest(user=user.login):
                reader = row.with_user(user)
                self.assertEqual(reader.has_access("read"), readers)
                for method, *args in (("write", {"reason": "x"}), ("unlink",)):
                    self.refused(user, CHANGE, method, row.ids, *args)
                vals = {"model": "ntue.term", "record": 1, "label": "x", "action": "changed"}
                self.refused(user, CHANGE, "create", vals)
        for act in (lambda: row.sudo().write({"reason": "x"}), lambda: row.sudo().unlink()):
            with self.assertRaises(AccessError):
                act()

    def test_the_database_refuses_to_change_delete_or_truncate_the_record_of_changes(self):
        self.env.flush_all()
        for query in (
            "UPDATE ntue_register_entry SET reason = 'x'",
            "DELETE FROM ntue_register_entry",
            "TRUNCATE ntue_register_entry",
        ):
            with (
                self.subTest(query=query),
                mute_logger("odoo.sql_db"),
                self.undone(),
                self.assertRaises(InsufficientPrivilege),
            ):
                self.env.cr.execute(query)
