"""A form invites to what the model takes: forms × roles × records, found by introspection.

That a record which its reader may not write at all is shown to be read, `refused_form.js` asks
the server (tests/e2e/test_forms.py). Here is the rest: what may be written has a form, and each
field that is open in it is one that the model takes of this reader.
"""

from datetime import timedelta

from odoo import fields
from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access import AccessTable
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, crossing
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval
from psycopg2 import IntegrityError

from . import records
from .common import window

STAFF = ("assistant", "other_assistant", "registrar", "registrar_day", "operator")
REASONS = {"change_reason": "Decided by the board", "correction_reason": "Typing mistake"}
"""What forms ask for beside a change."""

BY_VALUE = {"division"}
"""Where the model refuses a value and not the change: of divisions one's own, or both."""

AS_PICKED = 8
"""Of so many records a picker lets choose at once."""


@tagged("post_install", "-at_install")
class TestFormsAsAllowed(AccessTable, SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)

    def test_a_framework_is_made_for_a_program_of_ones_own_department(self):
        for user, others_too in ((self.assistant, False), (self.registrar, True)):
            form = Form(self.env["ntue.curriculum"].with_user(user))
            programs = self.env["ntue.program"].browse(offered(form, "program_id"))
            self.assertIn(self.program, programs)
            self.assertEqual(bool(programs - self.srd.program_ids), others_too)

    @crossing
    def test_no_form_invites_to_a_change_that_the_model_refuses(self):
        curriculum_records.drafts(self)
        rows = {**curriculum_records.rows(self), **records.rows(self)}
        users, refused, tried = self.users(), [], 0
        for title, row in rows.items():
            for role in STAFF:
                record = row.record.with_user(users[role])
                self.env.invalidate_all()
                for name, values in self.invited(record):
                    tried += 1
                    if said := self.said(record, values):
                        refused.append(f"{title}, {role}: {name}: {said}")
        self.assertEqual("\n".join(refused), "")
        self.assertGreater(tried, 100)

    def invited(self, record):
        """Each field that is open in the form of ``record``, and another value for it."""
        made = self.env["ir.ui.view"].search_count(
            [("model", "=", record._name), ("type", "=", "form")], limit=1
        )
        if not (made and record.has_access("read") and record.has_access("write")):
            return
        form = Form(record)
        if form._view["tree"].get("edit") in ("0", "false", "False"):
            return
        reasons = {name: text for name, text in REASONS.items() if name in form._view["fields"]}
        for name in form._view["fields"]:
            is_bar = form._view["tree"].xpath(f"//field[@name='{name}'][@widget='statusbar']")
            if name in reasons or name in BY_VALUE or name == "id" or is_bar:
                continue
            if form._get_modifier(name, "readonly") or form._get_modifier(name, "invisible"):
                continue
            for other in others(form, record, name):
                yield name, {**reasons, name: other}

    def said(self, record, values):
        """The refusal of ``values``; nothing where they are taken, or are no sensible values."""
        with self.undone(), mute_logger("odoo.sql_db"):
            try:
                self.rpc(record.env.user, record._name, "write", record.ids, values)
            except (ValidationError, IntegrityError):
                return None
            except UserError as refusal:
                return str(refusal)
        return None


def others(form, record, name):
    """Other values of the field, as a client sends them: of what a picker offers all."""
    field, value = record._fields[name], record[name]
    match field.type:
        case "char" | "text":
            return [f"{value or ''}1"]
        case "integer" | "float":
            return [value + 1]
        case "boolean":
            return [not value]
        case "date":
            day = (value or fields.Date.today()) - timedelta(days=1)
            return [fields.Date.to_string(day)]
        case "selection":
            return [key for key in field.get_values(record.env) if key != value][:1]
        case "many2one":
            return [number for number in offered(form, name) if number != value.id]
    return []


def offered(form, name):
    """What the picker of a form offers, as the client asks for it."""
    (node, *_others) = form._view["tree"].xpath(f"//field[@name='{name}']")
    info = form._view["fields"][name]
    domain = node.get("domain") or info.get("domain") or []
    if isinstance(domain, str):
        domain = safe_eval(domain, {**form._get_eval_context(), "uid": form._env.uid})
    found = form._env[info["relation"]].name_search("", domain, limit=AS_PICKED)
    return [number for number, _name in found]
