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
from psycopg2 import IntegrityError

from . import records
from .common import window

STAFF = ("assistant", "other_assistant", "registrar", "registrar_day", "operator")
REASONS = {"change_reason": "Decided by the board", "correction_reason": "Typing mistake"}
"""What forms ask for beside a change."""

BY_VALUE = {"division", "program_id"}
"""Where the model refuses a value and not the change.

Of divisions one's own, or both; of programs those of one's own departments.
"""


@tagged("post_install", "-at_install")
class TestFormsAsAllowed(AccessTable, SchoolCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)

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
            if (other := another(record, name)) is not None:
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


def another(record, name):
    """Another value of the field, as a client sends it; None where there is none to try."""
    field, value = record._fields[name], record[name]
    match field.type:
        case "char" | "text":
            return f"{value or ''}1"
        case "integer" | "float":
            return value + 1
        case "boolean":
            return not value
        case "date":
            day = (value or fields.Date.today()) - timedelta(days=1)
            return fields.Date.to_string(day)
        case "selection":
            keys = [key for key in field.get_values(record.env) if key != value]
            return keys[0] if keys else None
        case "many2one":
            others = record.env[field.comodel_name].search([("id", "!=", value.id)], limit=1)
            return others.id or None
    return None
