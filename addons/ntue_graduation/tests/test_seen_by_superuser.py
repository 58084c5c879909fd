"""Nobody learns of a record by naming its number: forms, defaults and writes read as the user."""

import re
from contextlib import suppress
from functools import cached_property

from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import AccessTable, own_models
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import records
from .common import APPLICATION, window

RELATIONAL = ("many2one", "one2many", "many2many")
NOBODY = 2_000_000_000
"""A number that no record has."""

QUIET = ("odoo.sql_db", "odoo.models", "odoo.orm.models", "odoo.domains")

NEEDS_SUPERUSER = {
    # A student's own decision names parts of a framework that was archived since.
    "ntue.recognition.is_void",
    "ntue.recognition.void_text",
    # Why a step was taken, as far as its student is told.
    "ntue.graduation.event.shown_reason",
}
"""Fields that are computed with all rights although they are not stored; each says less."""


class Asked:
    """One model, asked by one user about numbers in one relational field, in every way."""

    def __init__(self, case, user, model, field, own):
        self.case, self.user, self.model, self.field, self.own = case, user, model, field, own

    def ways(self, may):
        """Way → the call with a number, for the rights (``create``, ``write``) of the user."""
        name, form = self.field.name, self.form
        default = f"default_{name}"
        ways = {
            "default_get": lambda n: self._call("default_get", [name], **{default: self.put(n)})
        }
        if "create" in may:
            ways |= {
                "onchange": lambda n: self._call("onchange", [], {name: self.put(n)}, [name], form),
                "onchange, default": lambda n: self._call(
                    "onchange", [], {}, [], form, **{default: self.put(n)}
                ),
                "create": lambda n: self._call("create", self.values(n)),
                "web_save, new": self._saved_new,
                "create, default": lambda n: self._call(
                    "create", self.values(None), **{default: self.put(n)}
                ),
            }
            if self.field.type == "many2one":
                ways["default that was stored"] = self._stored_default
        if "write" in may and self.own:
            ids = self.own.ids
            ways |= {
                "onchange of one's own": lambda n: self._call(
                    "onchange", ids, {name: self.put(n)}, [name], form
                ),
                "write": lambda n: self._call("write", ids, {name: self.put(n)}),
                "web_save": lambda n: self._call("web_save", ids, {name: self.put(n)}, form),
            }
        return ways

    def put(self, number):
        return number if self.field.type == "many2one" else [Command.link(number)]

    def values(self, number):
        """Values of a new record that are good but for this field."""
        vals = dict(self.case.new_values.get(self.model, {}))
        vals.pop(self.field.name, None)
        return vals if number is None else {**vals, self.field.name: self.put(number)}

    @cached_property
    def form(self):
        """A form with every field that the user may see."""
        found = self.case.env[self.model].with_user(self.user).fields_get(attributes=["type"])
        name = {"fields": {"display_name": {}}}
        return {
            key: name if about["type"] in RELATIONAL else {}
            for key, about in found.items()
            if key in self.case.own_fields[self.model] or key == self.field.name
        }

    def _stored_default(self, number):
        """A person's own default, which Odoo takes unseen."""
        self.case.rpc(self.user, "ir.default", "set", self.model, self.field.name, number, True)
        return self._call("onchange", [], {}, [], self.form)

    def _saved_new(self, number):
        """What the form shows once it was saved; the number of the new record is left out."""
        rows = self._call("web_save", [], self.values(number), self.form)
        return [{key: said for key, said in row.items() if key != "id"} for row in rows]

    def _call(self, method, *args, **context):
        return self.case.rpc(self.user, self.model, method, *args, context=context)

    def answer(self, call, number):
        """What the user is told, the number itself left out."""
        with self.case.undone():
            try:
                told = call(number)
                told = "made" if isinstance(told, int) else repr(told)
            except UserError as error:
                told = f"refused: {error}"
            except Exception as error:  # whatever else comes is an answer too
                told = f"broken: {type(error).__name__}"
        return told

    def forged(self, hidden, may):
        """The ways in which a number of ``hidden`` says more than a number of nothing."""
        for way, call in self.ways(may).items():
            known = re.compile(rf"\b({hidden.id}|{NOBODY})\b")
            told, missing = (known.sub("#", self.answer(call, n)) for n in (hidden.id, NOBODY))
            if told != missing:
                yield f"{way}: {told[:160]} instead of {missing[:160]}"


@tagged("post_install", "-at_install")
class TestSeenBySuperuser(AccessTable, SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)
        curriculum_records.drafts(cls)
        cls.bare_registrar = school_of.user(
            cls.env,
            "nodivision@staff.example.com",
            f"{school_of.STAFF},ntue_curriculum.group_registrar",
        )

    def setUp(self):
        super().setUp()
        self.found_within = {}

    def users(self):
        return {**super().users(), "registrar without division": self.bare_registrar}

    @crossing
    @mute_logger(*QUIET)
    def test_a_forged_number_in_any_field_of_any_form_says_no_more_than_a_number_of_nothing(self):
        rows = {**records.rows(self), **curriculum_records.rows(self)}
        self.new_values = self.made(rows.values())
        self.own_fields = {
            name: {
                key
                for key, field in self.env[name]._fields.items()
                if any(module.startswith("ntue_") for module in field._modules)
            }
            for name in own_models(self.env)
        }
        failures = [
            f"{role}, {model}.{field.name}, {told}"
            for role, user in self.users().items()
            for model in sorted(own_models(self.env))
            for field, told in self.cells(user, model)
        ]
        self.assertEqual(failures, [])

    def made(self, rows):
        """Values of a new record of each model, as far as making them changes nothing."""
        found = {}
        for row in rows:
            if row.make is not None and row.record._name not in found:
                with self.undone(), suppress(UserError):
                    found[row.record._name] = dict(row.make())
        return found

    def cells(self, user, model):
        """(field, what a forged number tells) for one user and one model."""
        records_of = self.env[model].with_user(user)
        may = {mode for mode in ("create", "write") if records_of.has_access(mode)}
        if not may and not records_of.has_access("read"):
            return
        own = self.within(user, model, "write")[:1] if "write" in may else None
        for field in self.relational(model):
            hidden = self.env[field.comodel_name].sudo().with_context(active_test=False)
            hidden = hidden.search([], order="id") - self.within(user, field.comodel_name, "read")
            for told in (
                Asked(self, user, model, field, own).forged(hidden[-1:], may) if hidden else ()
            ):
                yield field, told

    def within(self, user, model, mode):
        """All records of ``model`` with which the user may do this; whatever is tried is undone."""
        records_of = self.env[model].sudo().with_context(active_test=False)
        asked = (user.id, model, mode)
        if asked not in self.found_within:
            everything = records_of.search([], order="id")
            self.found_within[asked] = everything.with_user(user)._filtered_access(mode).ids
        return records_of.browse(self.found_within[asked])

    def relational(self, model):
        """Fields of our addons in which numbers of its records stand."""
        names = own_models(self.env)
        return [
            field
            for name, field in sorted(self.env[model]._fields.items())
            if field.type in RELATIONAL and field.comodel_name in names
        ]

    def test_every_model_of_the_house_checks_what_its_values_name(self):
        unchecked = {
            name
            for name in own_models(self.env)
            if not hasattr(self.env[name], "_check_references")
        }
        self.assertEqual(unchecked, set())

    def test_no_field_that_is_not_stored_is_computed_with_all_rights_but_those_that_need_it(self):
        found = {
            f"{model}.{name}"
            for model in own_models(self.env)
            for name, field in self.env[model]._fields.items()
            if (field.compute or field.related)
            and not field.store
            and field.compute_sudo
            and any(module.startswith("ntue_") for module in field._modules)
        }
        self.assertEqual(found, NEEDS_SUPERUSER)

    def test_no_field_of_the_house_names_records_in_a_way_that_is_not_checked(self):
        kinds = {
            field.type
            for model in own_models(self.env)
            for field in self.env[model]._fields.values()
            if any(module.startswith("ntue_") for module in field._modules)
        }
        self.assertFalse(kinds & {"many2one_reference", "properties", "properties_definition"})

    def test_a_number_in_rows_of_a_form_is_a_forged_number_too(self):
        """A registrar may read the student's own record, but not rows of another division."""
        hidden = self.undergraduate.enrollment_ids[:1].id
        for commands in (
            [Command.link(hidden)],
            [Command.set([hidden])],
            [Command.update(hidden, {"note": "x"})],
            [Command.delete(hidden)],
            [hidden],
            [[4, float(hidden)]],
            [[4, str(hidden)]],
            [{"id": hidden}],
            [[0, 0, {"student_id": self.undergraduate.id}]],
            [[1, self.student.enrollment_ids[0].id, {"student_id": [self.undergraduate.id, ""]}]],
        ):
            with self.subTest(commands=commands):
                self.refused(
                    self.registrar,
                    "ntue.student",
                    "onchange",
                    self.student.ids,
                    {"enrollment_ids": commands},
                    ["enrollment_ids"],
                    {"enrollment_ids": {"fields": {"name": {}, "score": {}}}},
                )

    def test_what_stands_in_a_form_already_is_no_forged_number(self):
        """A framework that was made from one of another department is edited all the same."""
        self.draft.sudo()._set({"copied_from_id": self.cict_framework.id})
        spec = {"copied_from_id": {}, "class_name": {}}
        values = {"copied_from_id": self.cict_framework.id, "class_name": "Changed"}
        self.rpc(
            self.assistant,
            "ntue.curriculum",
            "onchange",
            self.draft.ids,
            values,
            ["class_name"],
            spec,
        )
        self.refused(
            self.assistant,
            "ntue.curriculum",
            "onchange",
            self.draft.ids,
            {"copied_from_id": self.cict_framework.id, "revises_id": self.cict_draft.id},
            ["revises_id"],
            {"revises_id": {}},
        )

    @crossing
    @mute_logger(*QUIET)
    def test_nobody_fills_in_a_row_of_a_form_who_may_neither_make_nor_write_such_a_row(self):
        """What is computed of such a row may say more than the record says to them."""
        failures, tried = [], 0
        for role, user in self.users().items():
            for model in sorted(own_models(self.env)):
                for field, row in self.closed_rows(user, model):
                    tried += 1
                    outcome = self.filled_in(user, model, field, row)
                    if outcome != "refused":
                        failures.append(f"{role}, {model}.{field.name}: {outcome}")
        self.assertEqual(failures, [])
        self.assertGreater(tried, 100)

    def closed_rows(self, user, model):
        """(field of a form of the user's, record that they may read and not write, or none)."""
        records_of = self.env[model].with_user(user)
        if not (records_of.has_access("create") and records_of.has_access("read")):
            return
        for field in self.relational(model):
            comodel = self.env[field.comodel_name].with_user(user)
            if not records_of._has_field_access(field, "read"):
                continue
            if not comodel.has_access("create"):
                yield field, comodel.browse()
            kept = self.within(user, field.comodel_name, "read")
            yield from (
                (field, row) for row in (kept - self.within(user, kept._name, "write"))[-1:]
            )

    def filled_in(self, user, model, field, row):
        """How a form is answered that says something of such a row."""
        said = {next(name for name in row._fields if name not in ("id", "display_name")): "x"}
        command = Command.update(row.id, said) if row else Command.create(said)
        value = {"id": row.id, **said} if field.type == "many2one" else [command]
        with self.undone():
            try:
                form = {field.name: {"fields": {"display_name": {}}}}
                self.rpc(user, model, "onchange", [], {field.name: value}, [], form)
            except AccessError:
                return "refused"
            except Exception as error:  # whatever else comes is told
                return f"broken: {type(error).__name__}"
            return "answered"

    def test_nobody_learns_who_keeps_a_draft_or_what_a_student_is(self):
        spec = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in ("student_id", "department_id", "program_id", "division", "is_teacher_ed")
        }
        draft = self.draft_way.record
        self.refused(
            self.submitted.account,
            APPLICATION,
            "onchange",
            [],
            {"student_id": self.fellow.id},
            ["student_id"],
            spec,
        )
        self.refused(
            self.assistant,
            "ntue.graduation.exception",
            "onchange",
            [],
            {"application_id": draft.id},
            ["application_id"],
            {"student_id": spec["student_id"]},
        )
