"""Calls that no page makes: parts of models, odd arguments, odd values in dialogs.

Everybody who signs in may call a public method of any model, also of the parts that models are put
together from, with anything that JSON holds. The answer is a refusal or Odoo's own complaint, never
a fault of ours in the log; nothing changes, and nobody's data are shown. Models, methods and fields
are found by introspection.
"""

import json
from types import FunctionType

import psycopg2
from odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense import is_raised_by_us
from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access import AccessTable, own_methods
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing, unexplained
from odoo.exceptions import UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import records
from .common import window

SILENT = ("odoo.models", "odoo.orm.models", "odoo.sql_db")
ROLES = ("student", "assistant", "registrar")
ODD = (7, "x", {"a": 1}, [["a"]])
TYPED = {
    "char": ("1,,2", "９" * 9, 7, ["a"]),
    "text": ("\r\n,;", 7, ["a"]),
    "binary": ("=", "%%%", "w6Q=", 7),
    "integer": (10**30, -1, "1e5"),
    "float": (1e308, "NaN"),
    "date": ("2025-13-45", "9999-12-31", "0001-01-01"),
    "datetime": ("9999-12-31 23:59:59", 7),
    "selection": ("x", 7),
}
"""Values for a field of each type."""


@tagged("post_install", "-at_install")
class TestOddCalls(AccessTable, SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)
        curriculum_records.drafts(cls)
        cls.rows = {**records.rows(cls), **curriculum_records.rows(cls)}
        cls.ids = {}
        for row in cls.rows.values():
            cls.ids.setdefault(row.record._name, []).extend(row.record.ids)

    def callers(self):
        return {role: user for role, user in self.users().items() if role in ROLES}

    def fault(self, user, model, method, *args):
        """What of ours fell over the call, or None; what it gave stands in ``self.given``."""
        self.given = None
        try:
            with self.undone(), unexplained():
                self.given = self.rpc(user, model, method, *args)
        except (UserError, psycopg2.Error):
            return None
        except Exception as error:  # whatever it is: whose it is, is the question
            return repr(error)[:120] if is_raised_by_us(error) else None
        return None

    @crossing
    @mute_logger(*SILENT)
    def test_no_part_of_a_model_is_called_by_itself(self):
        """A part has no rows and no rights; its methods belong to the model it is put into."""
        wrong, number = [], self.submitted.record.id
        parts = {
            name for name, model in self.env.items() if name.startswith("ntue.") and model._abstract
        }
        own = {tuple(call.rsplit(".", 1)) for call in own_methods(self.env)}
        # What Odoo gives to all of them alike is tried on one.
        some = "ntue.graduation.application.desk"
        odoos = {(some, method) for method in _public_methods(self.env[some])}
        for name, method in sorted({call for call in own if call[0] in parts} | odoos):
            for role, user in self.callers().items():
                for args in ([[number]], [[number], {}], []):
                    fault = self.fault(user, name, method, *args)
                    shown = self.fellow.student_no in json.dumps(self.given, default=str)
                    if fault or shown:
                        wrong.append((name, method, role, args, fault))
        self.assertEqual(wrong, [])

    @crossing
    @mute_logger(*SILENT)
    def test_no_method_of_ours_falls_over_what_it_is_given(self):
        wrong = []
        for call in sorted(own_methods(self.env)):
            name, method = call.rsplit(".", 1)
            for number in self.ids.get(name, ())[:1]:
                for role, user in self.callers().items():
                    for odd in ODD:
                        for args in ([odd], [odd, odd]):
                            if fault := self.fault(user, name, method, [number], *args):
                                wrong.append((call, role, args, fault))
        self.assertEqual(wrong, [])

    @crossing
    @mute_logger(*SILENT)
    def test_no_form_of_ours_falls_over_a_value_that_no_form_has(self):
        wrong = []
        for name, ids in sorted(self.ids.items()):
            for role, user in self.callers().items():
                for field, odd in self.typed(name, user):
                    values, spec = {field: odd}, {field: {}, "display_name": {}}
                    tries = (
                        ("create", values),
                        ("write", ids[:1], values),
                        ("onchange", [], values, [field], spec),
                    )
                    for method, *args in tries:
                        if fault := self.fault(user, name, method, *args):
                            wrong.append((name, field, role, method, odd, fault))
        self.assertEqual(wrong, [])

    @crossing
    @mute_logger(*SILENT)
    def test_no_record_is_made_whole_but_for_one_odd_value_with_a_fault(self):
        wrong = []
        for title, row in self.rows.items():
            if row.make is None:
                continue
            for role, user in self.callers().items():
                if not row.record.with_user(user).has_access("create"):
                    continue
                with self.undone():
                    whole = dict(row.make())
                    for field in whole:
                        for odd in TYPED.get(row.record._fields[field].type, ()):
                            values = {**whole, field: odd}
                            if fault := self.fault(user, row.record._name, "create", values):
                                wrong.append((title, field, role, odd, fault))
        self.assertEqual(wrong, [])

    def typed(self, name, user):
        """Fields of a form that the user may open to write, each with every odd value."""
        model = self.env[name].with_user(user)
        if not (model.has_access("create") or model.has_access("write")):
            return
        for field in model._fields.values():
            if field.name not in ("id", "display_name") and not (field.readonly or field.related):
                for odd in TYPED.get(field.type, ()):
                    yield field.name, odd


def _public_methods(model):
    """Names of the methods that a client may call of a model, Odoo's own too."""
    found = []
    for name in dir(type(model)):
        if name.startswith("_") or not isinstance(getattr(type(model), name, None), FunctionType):
            continue
        try:
            get_public_method(model, name)
        except (UserError, AttributeError):
            continue
        found.append(name)
    return found
